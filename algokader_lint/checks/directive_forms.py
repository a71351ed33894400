"""The check on comments that were meant as directives, but that the build passes over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from algokader_lint.checks.directive_fixes import respaced, respelt, rewritten
from algokader_lint.checks.directive_grammar import WELL_FORMED, Grammar, GrammarOptions, directives, without_end
from algokader_lint.content.markdown import Comment
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.nearest import nearest, normalize

_BAD_OPENING = re.compile(r"(?:<!-(?!-)|<--|<! --|< !--|<!—|<!–) ?(?P<name>[\w-]+)[^\n<>]*?(?:-->|—>|–>|->|>)")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Characters that nobody sees, and that come along with pasted text."""
_Near = Callable[[str], list[str]]
_LONGEST_NAME = 3
"""Words that a name is cut into by spaces in the place of its hyphens, at most."""


def directive_form(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A comment that was meant as a directive, but that the build passes over."""
    for near_miss in near_misses(site, page, options.grammar):
        yield Finding(
            span=near_miss.span,
            field=near_miss.name,
            variant=near_miss.kind,
            values={"value": near_miss.written, "name": near_miss.name},
            suggestions=(Suggestion(near_miss.suggestion),) if near_miss.suggestion else (),
            fix=_fix(page, near_miss, options.grammar),
        )


def _fix(page: Page, near_miss: NearMiss, grammar: Grammar) -> Fix | None:
    if near_miss.sure:
        return respaced(page, near_miss.span, near_miss.suggestion, near_miss.others, grammar)
    if near_miss.kind == "":
        return respelt(page, near_miss.span, near_miss.written, near_miss.others, grammar)
    if near_miss.kind in ("spacing", "line-break", "unterminated", "bad-opening"):
        return rewritten(page, near_miss.span, near_miss.name, grammar)
    return None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A comment that was meant as the directive ``name``: in what way it fails, and the word as ``written``, with the
    ``others`` behind it when it is a misspelt name. ``sure``: only spaces tell it from what is suggested.
    """

    kind: str
    name: str
    written: str
    suggestion: str
    span: Span
    swallowed: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    sure: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The directives that the author did write: this one, and those that an unclosed comment swallows."""
        return self.swallowed | {self.name}


def near_misses(site: Site, page: Page, grammar: Grammar) -> list[NearMiss]:
    """The comments of a page that were meant as directives, looked for once for all checks that ask."""
    return site.once(("near-misses", page.path, grammar.identity), lambda: list(_near_misses(page, grammar)))


def _near_misses(page: Page, grammar: Grammar) -> Iterator[NearMiss]:
    present = {directive.name for directive in directives(page, grammar)}
    known: dict[str, list[str]] = {}

    def near(word: str) -> list[str]:
        if word not in known:  # the same comment may stand on a page any number of times
            known[word] = nearest(word, grammar.directives)[:1]
        return known[word]

    for comment in page.body.comments:
        found = _near_miss(comment, grammar, present, near)
        if found is not None:
            yield found
    for match in _BAD_OPENING.finditer(page.source.text, page.body.span.start):
        span = Span(*match.span())
        name = match["name"].casefold()
        if name in grammar.directives and not page.body.in_code(span):
            yield NearMiss("bad-opening", name, match[0], "", span)


def _near_miss(comment: Comment, grammar: Grammar, present: set[str], near: _Near) -> NearMiss | None:
    """What a comment was meant as, None when it is a directive that works, or prose."""
    if not comment.closed or "\n" in comment.text:
        unterminated = _unterminated(comment, grammar)
        if unterminated is not None or not comment.closed:
            return unterminated
    words = comment.text.lstrip("-").split()
    divided = _divided(comment, words, grammar) or _glued(comment, words, grammar)
    if divided is not None:
        return divided
    if not words or not all(grammar.is_argument(word) for word in words[1:]):
        return None
    name = words[0].casefold()
    spec = grammar.directives.get(name)
    if spec is None:
        return _misspelt(comment, words, grammar, present, near)
    if words[1:] and spec.lists is None:
        return NearMiss("extra-words", name, words[0], "", comment.span)
    if "\n" in comment.text:
        return NearMiss("line-break", name, words[0], "", comment.span)
    if WELL_FORMED.match(comment.text) is None:
        return NearMiss("spacing", name, words[0], "", comment.span)
    return None


def _unterminated(comment: Comment, grammar: Grammar) -> NearMiss | None:
    """A directive whose ``-->`` is missing or maimed, so that it swallows what follows."""
    first_line = comment.text.split("\n", 1)[0]
    inner = without_end(first_line)
    words = inner.split()
    rest = comment.text[len(first_line) :].split()
    whole = inner != first_line or not comment.closed or not all(grammar.is_argument(word) for word in rest)
    if not whole or not words or words[0].casefold() not in grammar.directives:
        return None
    if not all(grammar.is_argument(word) for word in words[1:]):
        return None
    end = comment.span.start + 4 + len(first_line.rstrip())
    swallowed = frozenset(name for name in grammar.directives if f" {name} " in comment.text)
    return NearMiss("unterminated", words[0].casefold(), words[0], "", Span(comment.span.start, end), swallowed)


def _divided(comment: Comment, words: list[str], grammar: Grammar) -> NearMiss | None:
    """A name with spaces in it."""
    first = words[0].casefold() if words else ""
    names = [name for name in grammar.directives if name.startswith(first) and name != first]
    for count in range(2, min(len(words), _LONGEST_NAME) + 1) if names else ():
        head = "-".join(words[:count])
        name = next((name for name in names if normalize(name) == normalize(head)), None)
        if name is not None and "/" not in head and all(grammar.is_argument(word) for word in words[count:]):
            start = comment.text.index(words[0])
            end = start
            for word in words[:count]:
                end = comment.text.index(word, end) + len(word)
            return _in_place_of(comment, Span(start, end), name, words[count:])
    return None


def _glued(comment: Comment, words: list[str], grammar: Grammar) -> NearMiss | None:
    """A name with no space between it and its filter."""
    word = words[0] if words else ""
    names = sorted(grammar.directives, key=len, reverse=True) if "/" in word else []
    for name in names:
        behind = word[len(name) :]
        if word.casefold().startswith(name) and behind[0] in "_-/:" and grammar.is_argument(behind[1:]):
            start = comment.text.index(word)
            span = Span(start, start + len(word))
            return _in_place_of(comment, span, f"{name} {behind[1:]}", [behind[1:], *words[1:]])
    return None


def _in_place_of(comment: Comment, span: Span, meant: str, others: list[str]) -> NearMiss:
    at = comment.span.start + 4
    written = comment.text[span.start : span.end]
    place = Span(at + span.start, at + span.end)
    return NearMiss("", meant.split()[0], written, meant, place, others=tuple(others), sure=True)


def _misspelt(
    comment: Comment, words: list[str], grammar: Grammar, present: set[str], nearest_to: _Near
) -> NearMiss | None:
    word = words[0].rstrip(",:;.").translate(_INVISIBLE)
    if not re.fullmatch(r"[\w-]+", word):
        return None
    near = nearest_to(word)
    family = word.partition("_")[0] + "_"
    related = len(words) > 1 and "_" in word and any(name.startswith(family) for name in grammar.directives)
    if not near and not related:
        return None
    name = near[0] if near else word
    if len(words) == 1 and "_" not in word and ("_" in name or name in present):
        return None  # a word by itself, such as a note: not the name of a list, nor a second time the same
    at = comment.span.start + 4 + comment.text.index(words[0])
    span = Span(at, at + len(words[0]))
    return NearMiss("" if near else "unknown", name, word, name if near else "", span, others=tuple(words[1:]))
