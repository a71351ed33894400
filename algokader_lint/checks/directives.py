"""Checks on the directives that the build finds: their presence, filters, words and results."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.checks.directive_fixes import filter_fields, inserted, refiltered, value_exists, without_words
from algokader_lint.checks.directive_forms import near_misses
from algokader_lint.checks.directive_grammar import Directive, DirectiveSpec, Grammar, GrammarOptions, Word, directives
from algokader_lint.content.markdown import COMMENT
from algokader_lint.content.nodes import scalars
from algokader_lint.content.outline import sections_called
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import ContentType
from algokader_lint.nearest import nearest


def directive_present(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A page holds the directives that its content type asks for."""
    if page.type is None or page.front_matter.fields is None:
        return
    wanted = site.types[page.type].directives
    names = {directive.name for directive in directives(page, options.grammar)}
    names |= {name for near_miss in near_misses(site, page, options.grammar) for name in near_miss.names}
    for text in wanted.required:
        name, _, filter_text = text.partition(" ")
        if name not in names:
            yield _absent(site, page, text, "")
        elif "{key}" in filter_text and not _filters_on(page, name, filter_text.partition("/")[0], options.grammar):
            yield _absent(site, page, text, "other-list")
    for expected in wanted.expected:
        if expected.directive.split()[0] in names or _has_text(site, page, expected.unless_text_in):
            continue
        if expected.if_field is not None and not scalars(page.front_matter.get(expected.if_field)):
            continue
        yield _absent(site, page, expected.directive, "expected")


def directive_filter(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """The filter of a list names a field and a value that exist."""
    for directive, word, listed in _filtered(site, page, options.grammar):
        field, slash, value = word.text.partition("/")
        fields = filter_fields(listed)
        fix = refiltered(site, page, directive, word, listed, options.grammar)
        values = {"value": word.text, "field": field, "lists": listed.type}
        if not slash or "/" in value or not field or not value:
            yield Finding(span=word.span, field=directive.name, variant="no-filter", values=values, fix=fix)
        elif field not in fields:
            suggestions = tuple(Suggestion(f"{near}/{value}") for near in _near_fields(field, listed, fields))
            yield Finding(
                span=word.span,
                field=directive.name,
                variant="unknown-field",
                values=values,
                suggestions=suggestions,
                fix=fix,
            )
        elif not value_exists(site, listed, field, value):
            suggestions = tuple(
                Suggestion(f"{field}/{near}", title) for near, title in _near_values(site, listed, field, value)
            )
            yield Finding(span=word.span, field=directive.name, values=values, suggestions=suggestions, fix=fix)


def directive_words(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """Words of a list that the build does not look at: a second filter, an unknown flag. One finding for each kind."""
    for directive in directives(page, options.grammar):
        if directive.spec.lists is None or _without_filter(directive):
            continue
        ignored: dict[str, list[Word]] = {}
        for place, word in enumerate(directive.words):
            kind = _ignored(place, word, directive.spec, options.grammar)
            if kind is not None:
                ignored.setdefault(kind, []).append(word)
        flags = [prefix + flag for flag in directive.spec.flags for prefix in options.grammar.flag_prefixes]
        for kind, words in ignored.items():
            near = nearest(words[0].text, flags)[:1] if len(words) == 1 and kind != "second-filter" else []
            yield Finding(
                span=words[0].span,
                field=directive.name,
                variant=kind,
                values={"value": "', '".join(word.text for word in words)},
                suggestions=tuple(Suggestion(flag) for flag in near),
                fix=without_words(site, page, directive, kind, words, options.grammar),
            )


def _ignored(place: int, word: Word, spec: DirectiveSpec, grammar: Grammar) -> str | None:
    """In what way the build passes over a word, None when it does not."""
    if grammar.is_flag(word.text):
        known = any(word.text == prefix + flag for prefix in grammar.flag_prefixes for flag in spec.flags)
        return None if known else "unknown-flag"
    if place == 0:
        return None
    return "second-filter" if "/" in word.text else "unknown-word"


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
        mine = [(d, d.filter) for d in directives(page, options.grammar) if d.name == name and d.filter is not None]
        if any(word.text == own for _, word in mine):
            continue
        theirs = [(directive, word) for directive, word in mine if word.text.startswith(field + "/")]
        for directive, word in theirs:
            yield Finding(
                span=word.span,
                field=directive.name,
                values={"value": word.text, "own": own},
                suggestions=(Suggestion(own, page.title),),
                # Safe, though the list becomes another: it holds what other pages say of this one, so nothing untrue.
                fix=Fix((Edit(word.span, own),), safe=True) if len(theirs) == 1 else None,
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
    """A list with a right filter lists at least one page.

    While a page that could be in it cannot be read, nobody knows; that page has a finding of its own.
    """
    for directive, word, listed in _filtered(site, page, options.grammar):
        field, slash, value = word.text.partition("/")
        if not slash or field not in filter_fields(listed) or not value_exists(site, listed, field, value):
            continue
        if not site.any_with_item(listed.type, field, value) and _all_read(site, listed.type):
            values = {"value": word.text, "lists": listed.type}
            yield Finding(span=word.span, field=directive.name, values=values)


def _all_read(site: Site, type_name: str) -> bool:
    """Whether the fields of all pages of a type could be read."""
    pages = site.of_type(type_name).values()
    return site.once(("all-read", type_name), lambda: all(page.front_matter.fields is not None for page in pages))


def _filtered(site: Site, page: Page, grammar: Grammar) -> Iterator[tuple[Directive, Word, ContentType]]:
    """The lists with a filter, that filter, and the content type that is listed."""
    for directive in directives(page, grammar):
        listed = site.types.get(directive.spec.lists or "")
        if directive.filter is not None and listed is not None:
            yield directive, directive.filter, listed


def _filters_on(page: Page, name: str, field: str, grammar: Grammar) -> bool:
    """Whether a directive of that name filters on that field, or on something that is wrong in another way."""
    mine = [directive for directive in directives(page, grammar) if directive.name == name]
    filters = [directive.filter.text for directive in mine if directive.filter is not None]
    return not mine or any(f.startswith(field + "/") or f.count("/") != 1 for f in filters)


def _without_filter(directive: Directive) -> bool:
    """Whether the first word is neither a flag nor a filter: then it is that word which is wrong."""
    return directive.filter is not None and directive.filter.text.count("/") != 1


def _near_fields(field: str, listed: ContentType, fields: list[str]) -> list[str]:
    synonym = listed.synonyms.get(field)
    return [synonym] if synonym in fields else nearest(field, fields)


def _absent(site: Site, page: Page, text: str, variant: str) -> Finding:
    wanted, name = text.replace("{key}", page.key), text.split()[0]
    directives = site.types[page.type or ""].directives
    place = directives.places.get(name) if variant != "other-list" else None
    return Finding(
        span=page.front_matter.opening,
        field=name,
        variant=variant,
        values={"directive": f"<!-- {wanted} -->"},
        snippet=f"<!-- {wanted} -->",
        fix=inserted(site, page, place) if place is not None else None,
    )


def _has_text(site: Site, page: Page, section_name: str | None) -> bool:
    """Whether the section of that name has text of its own, comments apart."""
    sections = sections_called(site, page, section_name) if section_name is not None else []
    return bool(sections) and bool(COMMENT.sub("", page.source.slice(sections[0].body)).strip())


def _near_values(site: Site, listed: ContentType, field: str, value: str) -> list[tuple[str, str]]:
    spec = listed.fields[field]
    if spec.to is None:
        return [(near, "") for near in nearest(value, spec.values)]
    return [(page.key, page.title) for page in site.near(spec.to, value)]
