"""Checks on directives: HTML comments that the site's build replaces by lists and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from algokader_lint.content.markdown import Comment
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Suggestion
from algokader_lint.knowledge import ContentType, Model
from algokader_lint.nearest import nearest


class DirectiveSpec(Model):
    """One directive: what it lists (a content type, with filter and flags) or, without ``lists``, a bare word.

    ``pages``: the only content types on which it means anything; empty: any page.
    """

    lists: str | None = None
    flags: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


class Grammar(Model):
    """``rules/data/directives.yaml``: the directives, and what a flag begins with."""

    flag_prefixes: tuple[str, ...]
    directives: Mapping[str, DirectiveSpec]


class GrammarOptions(Model):
    """``grammar``: the directives that exist."""

    grammar: Grammar


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a directive."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that the build replaces."""

    name: str
    spec: DirectiveSpec
    words: tuple[Word, ...]
    span: Span

    @property
    def filter(self) -> Word | None:
        """The word that the build takes as filter: the first, when it is no flag."""
        return self.words[0] if self.words else None


_WELL_FORMED = re.compile(r" (?P<name>\S+)(?P<words>(?: [^\n]*)?) \Z")
_WORD = re.compile(r"\S+")
_BAD_OPENING = re.compile(r"(?:<!-(?!-)|<--|<! --|< !--|<!—|<!–) ?(?P<name>[\w-]+)[^\n<>]*?(?:-->|—>|–>|->|>)")
_FILTER_LIKE = re.compile(r"[\w-]+/[\w./-]+\Z")


def directives(page: Page, grammar: Grammar) -> Iterator[Directive]:
    """The directives of a page that the build will find."""
    for comment in page.body.comments:
        match = _WELL_FORMED.match(comment.text)
        if match is None or not comment.closed:
            continue
        spec = grammar.directives.get(match["name"].casefold())
        if spec is None:
            continue
        offset = comment.span.start + 4
        words = tuple(
            Word(word[0], Span(offset + word.start(), offset + word.end()))
            for word in _WORD.finditer(comment.text, match.start("words"))
        )
        if words and spec.lists is None:
            continue
        yield Directive(match["name"].casefold(), spec, words, comment.span)


def directive_form(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A comment that was meant as a directive, but that the build passes over."""
    for near_miss in _near_misses(page, options.grammar):
        yield Finding(
            span=near_miss.span,
            field=near_miss.name,
            variant=near_miss.kind,
            values={"value": near_miss.written, "name": near_miss.name},
            suggestions=(Suggestion(near_miss.suggestion),) if near_miss.suggestion else (),
        )


def directive_present(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A page holds the directives that its content type asks for."""
    if page.type is None or page.front_matter.fields is None:
        return
    wanted = site.types[page.type].directives
    names = {directive.name for directive in directives(page, options.grammar)}
    names |= {near_miss.name for near_miss in _near_misses(page, options.grammar)}
    for text in wanted.required:
        if text.split()[0] not in names:
            yield _absent(page, text, "")
    for expected in wanted.expected:
        if expected.directive.split()[0] in names or _has_text(page, expected.unless_text_in):
            continue
        yield _absent(page, expected.directive, "expected")


def directive_filter(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """The filter of a list names a field and a value that exist."""
    for directive in directives(page, options.grammar):
        word = directive.filter
        if word is None or directive.spec.lists is None or _is_flag(word, options.grammar):
            continue
        field, slash, value = word.text.partition("/")
        listed = site.types.get(directive.spec.lists)
        if listed is None:
            continue
        fields = _filter_fields(listed)
        values = {"value": word.text, "field": field, "wanted": value, "lists": directive.spec.lists}
        if not slash or "/" in value or not field or not value:
            yield Finding(span=word.span, field=directive.name, variant="no-filter", values=values)
        elif field not in fields:
            suggestions = tuple(Suggestion(f"{near}/{value}") for near in nearest(field, fields))
            yield Finding(
                span=word.span, field=directive.name, variant="unknown-field", values=values, suggestions=suggestions
            )
        elif not _value_exists(site, listed, field, value):
            suggestions = tuple(
                Suggestion(f"{field}/{near}", title) for near, title in _near_values(site, listed, field, value)
            )
            yield Finding(span=word.span, field=directive.name, values=values, suggestions=suggestions)


def directive_words(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """Words of a list that the build does not look at: a second filter, an unknown flag."""
    for directive in directives(page, options.grammar):
        if directive.spec.lists is None:
            continue
        for place, word in enumerate(directive.words):
            if _is_flag(word, options.grammar):
                flag = word.text.partition("-")[2]
                if flag not in directive.spec.flags:
                    near = nearest(flag, directive.spec.flags)
                    prefix = word.text.partition("-")[0]
                    yield Finding(
                        span=word.span,
                        field=directive.name,
                        variant="unknown-flag",
                        values={"value": word.text},
                        suggestions=tuple(Suggestion(f"{prefix}-{name}") for name in near),
                    )
            elif place > 0:
                yield Finding(
                    span=word.span,
                    field=directive.name,
                    variant="second-filter" if "/" in word.text else "unknown-word",
                    values={"value": word.text, "first": directive.words[0].text},
                )


def directive_own_key(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A page that must list what refers to itself lists what refers to another page of its type."""
    if page.type is None:
        return
    for text in site.types[page.type].directives.required:
        name, _, wanted = text.partition(" ")
        if "{key}" not in wanted:
            continue
        own = wanted.replace("{key}", page.key)
        field = own.partition("/")[0]
        mine = [d for d in directives(page, options.grammar) if d.name == name and d.filter is not None]
        if any(d.filter is not None and d.filter.text == own for d in mine):
            continue
        for directive in mine:
            word = directive.filter
            if word is None or not word.text.startswith(field + "/"):
                continue
            other = site.of_type(page.type).get(word.text.partition("/")[2])
            yield Finding(
                span=word.span,
                field=directive.name,
                values={"value": word.text, "own": own, "title": other.title if other is not None else ""},
                suggestions=(Suggestion(own, page.title),),
            )


def directive_page(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A directive that only means something on pages of certain types stands on such a page."""
    for directive in directives(page, options.grammar):
        allowed = directive.spec.pages
        if allowed and page.type not in allowed:
            yield Finding(
                span=directive.span,
                field=directive.name,
                values={"name": directive.name, "pages": ", ".join(allowed)},
            )


def directive_result(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A list with a right filter lists at least one page."""
    for directive in directives(page, options.grammar):
        word = directive.filter
        if word is None or directive.spec.lists is None or _is_flag(word, options.grammar):
            continue
        field, slash, value = word.text.partition("/")
        listed = site.types.get(directive.spec.lists)
        if listed is None or not slash or field not in _filter_fields(listed):
            continue
        if not _value_exists(site, listed, field, value) or site.any_with_item(listed.type, field, value):
            continue
        yield Finding(span=word.span, field=directive.name, values={"value": word.text, "lists": listed.type})


@dataclass(frozen=True, slots=True)
class _NearMiss:
    kind: str
    name: str
    written: str
    suggestion: str
    span: Span


def _near_misses(page: Page, grammar: Grammar) -> Iterator[_NearMiss]:
    for comment in page.body.comments:
        found = _near_miss(comment, grammar)
        if found is not None:
            yield found
    for match in _BAD_OPENING.finditer(page.source.text, page.body.span.start):
        span = Span(*match.span())
        name = match["name"].casefold()
        if name in grammar.directives and not page.body.in_code(span):
            yield _NearMiss("bad-opening", name, match[0], "", span)


def _near_miss(comment: Comment, grammar: Grammar) -> _NearMiss | None:
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
        return _NearMiss("line-break", name, words[0], "", comment.span)
    if _WELL_FORMED.match(comment.text) is None:
        return _NearMiss("spacing", name, words[0], "", comment.span)
    return None


def _unterminated(comment: Comment, first_line: str, grammar: Grammar) -> _NearMiss | None:
    """A directive whose ``-->`` is maimed, so that it swallows what follows."""
    inner = _swallowed_end(first_line)
    words = inner.split() if inner is not None else []
    if not words or words[0].casefold() not in grammar.directives or not _arguments(words[1:], grammar):
        return None
    end = comment.span.start + 4 + len(first_line.rstrip())
    return _NearMiss("unterminated", words[0].casefold(), words[0], "", Span(comment.span.start, end))


def _misspelt(comment: Comment, word: str, grammar: Grammar) -> _NearMiss | None:
    near = nearest(word, grammar.directives) if re.fullmatch(r"[\w-]+", word) else []
    if not near:
        return None
    at = comment.span.start + 4 + comment.text.index(word)
    return _NearMiss("", near[0], word, near[0], Span(at, at + len(word)))


def _swallowed_end(first_line: str) -> str | None:
    """The words of a line that ends in what should have been ``-->``."""
    match = re.search(r"\s*(?:--|->|—>|–>|-- >|>)\s*\Z", first_line)
    return first_line[: match.start()] if match else None


def _arguments(words: list[str], grammar: Grammar) -> bool:
    """Whether words look like a filter and flags, not like a sentence."""
    return all(_FILTER_LIKE.match(word) or word.startswith(grammar.flag_prefixes) for word in words)


def _is_flag(word: Word, grammar: Grammar) -> bool:
    return word.text.startswith(grammar.flag_prefixes)


def _absent(page: Page, text: str, variant: str) -> Finding:
    wanted = text.replace("{key}", page.key)
    return Finding(
        span=page.front_matter.opening,
        field=text.split()[0],
        variant=variant,
        values={"directive": f"<!-- {wanted} -->"},
    )


def _has_text(page: Page, section_name: str | None) -> bool:
    """Whether the section of that name has text of its own, comments apart."""
    if section_name is None:
        return False
    for section in page.body.sections():
        if section.heading.text.casefold() == section_name.casefold():
            text = page.source.slice(section.body)
            return bool(re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL).strip())
    return False


def _filter_fields(listed: ContentType) -> list[str]:
    return [name for name, spec in listed.fields.items() if spec.kind in ("references", "choices")]


def _value_exists(site: Site, listed: ContentType, field: str, value: str) -> bool:
    spec = listed.fields[field]
    return value in spec.values if spec.to is None else value in site.of_type(spec.to)


def _near_values(site: Site, listed: ContentType, field: str, value: str) -> list[tuple[str, str]]:
    spec = listed.fields[field]
    if spec.to is None:
        return [(near, "") for near in nearest(value, spec.values)]
    return [(page.key, page.title) for page in site.near(spec.to, value)]
