"""The check on comments that were meant as directives, but that the build passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from algokader_lint.checks.directive_grammar import WELL_FORMED, Grammar, GrammarOptions
from algokader_lint.content.markdown import Comment
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Suggestion
from algokader_lint.nearest import nearest

_BAD_OPENING = re.compile(r"(?:<!-(?!-)|<--|<! --|< !--|<!—|<!–) ?(?P<name>[\w-]+)[^\n<>]*?(?:-->|—>|–>|->|>)")
_FILTER_LIKE = re.compile(r"[\w-]+/[\w./-]+\Z")


def directive_form(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A comment that was meant as a directive, but that the build passes over."""
    for near_miss in near_misses(page, options.grammar):
        yield Finding(
            span=near_miss.span,
            field=near_miss.name,
            variant=near_miss.kind,
            values={"value": near_miss.written, "name": near_miss.name},
            suggestions=(Suggestion(near_miss.suggestion),) if near_miss.suggestion else (),
        )


@dataclass(frozen=True, slots=True)
class NearMiss:
    kind: str
    name: str
    written: str
    suggestion: str
    span: Span


def near_misses(page: Page, grammar: Grammar) -> Iterator[NearMiss]:
    for comment in page.body.comments:
        found = _near_miss(comment, grammar)
        if found is not None:
            yield found
    for match in _BAD_OPENING.finditer(page.source.text, page.body.span.start):
        span = Span(*match.span())
        name = match["name"].casefold()
        if name in grammar.directives and not page.body.in_code(span):
            yield NearMiss("bad-opening", name, match[0], "", span)


def _near_miss(comment: Comment, grammar: Grammar) -> NearMiss | None:
    """What a comment was meant as, None when it is a directive that works, or prose."""
    first_line = comment.text.split("\n", 1)[0]
    if "\n" in comment.text or not comment.closed:
        unterminated = _unterminated(comment, first_line, grammar)
        if unterminated is not None or not comment.closed:
            return unterminated
    words = comment.text.split()
    if not words or not _arguments(words[1:], grammar):
        return None
    name = words[0].casefold()
    spec = grammar.directives.get(name)
    if spec is None:
        return _misspelt(comment, words[0], grammar)
    if words[1:] and spec.lists is None:
        return None
    if "\n" in comment.text:
        return NearMiss("line-break", name, words[0], "", comment.span)
    if WELL_FORMED.match(comment.text) is None:
        return NearMiss("spacing", name, words[0], "", comment.span)
    return None


def _unterminated(comment: Comment, first_line: str, grammar: Grammar) -> NearMiss | None:
    """A directive whose ``-->`` is maimed, so that it swallows what follows."""
    inner = _swallowed_end(first_line)
    words = inner.split() if inner is not None else []
    if not words or words[0].casefold() not in grammar.directives or not _arguments(words[1:], grammar):
        return None
    end = comment.span.start + 4 + len(first_line.rstrip())
    return NearMiss("unterminated", words[0].casefold(), words[0], "", Span(comment.span.start, end))


def _misspelt(comment: Comment, word: str, grammar: Grammar) -> NearMiss | None:
    near = nearest(word, grammar.directives) if re.fullmatch(r"[\w-]+", word) else []
    if not near:
        return None
    at = comment.span.start + 4 + comment.text.index(word)
    return NearMiss("", near[0], word, near[0], Span(at, at + len(word)))


def _swallowed_end(first_line: str) -> str | None:
    """The words of a line that ends in what should have been ``-->``."""
    match = re.search(r"\s*(?:--|->|—>|–>|-- >|>)\s*\Z", first_line)
    return first_line[: match.start()] if match else None


def _arguments(words: list[str], grammar: Grammar) -> bool:
    """Whether words look like a filter and flags, not like a sentence."""
    return all(_FILTER_LIKE.match(word) or grammar.is_flag(word) for word in words)
