"""Fixes of directives: their form, their words, and where one that is missing belongs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from algokader_lint.checks.directive_grammar import Directive, DirectiveSpec, Grammar, Word, directives, without_end
from algokader_lint.checks.meant import Meant, meant_page, meant_word, same_form
from algokader_lint.checks.yaml_edits import line_end, newline
from algokader_lint.content.outline import sections_called
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Fix
from algokader_lint.fix import Edit
from algokader_lint.knowledge import ContentType
from algokader_lint.knowledge.schema import DirectivePlace
from algokader_lint.nearest import likeness, nearest

_OPENING = re.compile(r"(?:<! --|< !--|<--|<!—|<!–|<!-*)-*")
_PLAIN_KEY = re.compile(r"[\w.-]+")
_MOST = 20
"""Words that the build passes over, beyond which nobody wrote a directive."""
_CLOSE = 0.8
"""How alike a misspelt name and the right one must be for the directive not to be another one."""


def rewritten(page: Page, span: Span, name: str, grammar: Grammar) -> Fix | None:
    """A directive that is there but for its marks, spaces or line breaks, written as the build reads it."""
    words = without_end(_OPENING.sub("", page.source.slice(span), count=1)).split()
    if not words or words[0].casefold() != name or not _may_stand(page, grammar.directives[name], words[1:], grammar):
        return None
    return None if _leaves_an_end(page, span) else Fix((Edit(span, f"<!-- {' '.join(words)} -->"),), safe=True)


def respelt(page: Page, span: Span, word: str, others: Sequence[str], grammar: Grammar) -> Fix | None:
    """The name of the one directive that can be meant."""
    near = nearest(word, grammar.directives)
    if len(near) != 1 or not _may_stand(page, grammar.directives[near[0]], others, grammar):
        return None
    alike = likeness(word, near[0]) >= _CLOSE and word.count("_") == near[0].count("_")
    return Fix((Edit(span, near[0]),), safe=alike or same_form(word, near[0]))


def respaced(page: Page, span: Span, meant: str, others: Sequence[str], grammar: Grammar) -> Fix | None:
    """A name, with a filter behind it or not, that differs from what was meant in its spaces alone."""
    spec = grammar.directives[meant.split()[0]]
    return Fix((Edit(span, meant),), safe=True) if _may_stand(page, spec, others, grammar) else None


def _may_stand(page: Page, spec: DirectiveSpec, words: Sequence[str], grammar: Grammar) -> bool:
    if spec.pages and page.type not in spec.pages:
        return False
    return not words or (spec.lists is not None and all(grammar.is_argument(word) for word in words))


def _leaves_an_end(page: Page, span: Span) -> bool:
    """Whether the comment that begins here ends further on, in a mark that would then be left over."""
    comments = page.body.comments
    at = bisect_left(comments, span.start, key=lambda comment: comment.span.start)
    if at == len(comments) or comments[at].span.start != span.start or comments[at].span.end <= span.end:
        return False
    return comments[at].closed and "<!--" not in page.source.slice(Span(span.end, comments[at].span.end))


def inserted(site: Site, page: Page, place: DirectivePlace) -> Fix | None:
    """A missing directive where it belongs; None when there is no such place on the page, or more than one."""
    if not _PLAIN_KEY.fullmatch(page.key):
        return None
    text = page.source.text
    at, end = _top(page) if place.under is None else _end_of_section(site, page, place.under)
    if at < 0:
        return None
    eol = newline(text, max(at - 1, 0))
    form = place.form.replace("{key}", page.key).rstrip("\n").replace("\n", eol)
    if place.under is None:
        begins_blank = text[at : at + 1] in ("", "\r", "\n")
        return Fix((Edit(Span(at, at), f"{eol}{form}{eol}{'' if begins_blank else eol}"),), safe=True)
    apart = eol if end < len(text) and text[at:end].count("\n") < 2 else ""
    return Fix((Edit(Span(at, at), f"{eol}{eol}{form}{apart}"),), safe=True)


def _top(page: Page) -> tuple[int, int]:
    return page.front_matter.body_start, page.front_matter.body_start


def _end_of_section(site: Site, page: Page, name: str) -> tuple[int, int]:
    """Where the text of the one section of this name ends, and where the next heading begins; else -1."""
    sections = sections_called(site, page, name)
    if len(sections) != 1:
        return -1, -1
    body = sections[0].body
    deeper = (other.heading.span.start for other in page.body.sections if body.covers(other.heading.span))
    end = min(deeper, default=body.end)
    start = line_end(page.source.text, max(body.start - 1, 0))
    at = start + len(page.source.text[start:end].rstrip())
    if any(comment.span.start < at and not comment.closed for comment in page.body.comments):
        return -1, -1
    return at, end


def refiltered(
    site: Site, page: Page, directive: Directive, word: Word, listed: ContentType, grammar: Grammar
) -> Fix | None:
    """The one filter that can be meant; on a page that must list what refers to itself, no other than its own."""
    meant = _meant_filter(site, word.text, listed)
    if meant is None:
        return None
    own = own_filter(site, page, directive.name)
    field = meant.value.partition("/")[0]
    other = own is not None and own.startswith(f"{field}/") and meant.value != own
    if other and own not in site.once(("filters", page.path), lambda: _filters(page, grammar)):
        return None
    return Fix((Edit(word.span, meant.value),), meant.safe)


def _filters(page: Page, grammar: Grammar) -> frozenset[str]:
    return frozenset(other.filter.text for other in directives(page, grammar) if other.filter is not None)


def own_filter(site: Site, page: Page, name: str) -> str | None:
    """The filter by which a directive must list what refers to the page itself, None when it need not."""
    wanted = site.types[page.type].directives.required if page.type is not None else ()
    texts = (text.partition(" ")[2] for text in wanted if text.split()[0] == name and "{key}" in text)
    return next((text.replace("{key}", page.key) for text in texts), None)


def filter_fields(listed: ContentType) -> list[str]:
    """The fields by which pages of a type can be listed."""
    return [name for name, spec in listed.fields.items() if spec.kind in ("references", "choices")]


def value_exists(site: Site, listed: ContentType, field: str, value: str) -> bool:
    """Whether a field of the listed pages can have this value."""
    spec = listed.fields[field]
    return value in spec.values if spec.to is None else value in site.of_type(spec.to)


def _meant_filter(site: Site, text: str, listed: ContentType) -> Meant | None:
    bare = re.sub("/+", "/", text).strip("/")
    field, slash, value = bare.partition("/")
    if not slash or not field or not value or "/" in value:
        return None
    fields = filter_fields(listed)
    name: Meant | None = Meant(field, True)
    if field not in fields:
        synonym = listed.synonyms.get(field)
        name = Meant(synonym, True) if synonym in fields and synonym is not None else meant_word(field, fields)
    if name is None:
        return None
    meant: Meant | None = Meant(value, True)
    if not value_exists(site, listed, name.value, value):
        spec = listed.fields[name.value]
        meant = meant_page(site, spec.to, value) if spec.to is not None else meant_word(value, spec.values)
    return None if meant is None else Meant(f"{name.value}/{meant.value}", name.safe and meant.safe)


def without_words(
    site: Site, page: Page, directive: Directive, kind: str, ignored: Sequence[Word], grammar: Grammar
) -> Fix | None:
    """A list without the words that the build passes over, when it then lists the same.

    A misspelt flag is written as it was meant, a filter behind a flag goes before it: that changes what is listed.
    """
    if len(ignored) > _MOST:
        return None
    listed = site.types.get(directive.spec.lists or "")
    if kind == "second-filter" and directive.filter is None:
        return _moved(site, page, directive, ignored, listed) if listed is not None else None
    flags = [prefix + flag for flag in directive.spec.flags for prefix in grammar.flag_prefixes]
    edits: list[Edit] = []
    safe = True
    for word in ignored:
        near = nearest(word.text, flags) if kind == "unknown-flag" else []
        if len(near) > 1:
            return None
        if near and all(other.text != near[0] for other in directive.words):
            edits.append(Edit(word.span, near[0]))
            safe = False
        else:
            edits.append(_cut(page, word))
    left = [word for word in directive.words if word not in ignored]
    first = left[0] if left and not grammar.is_flag(left[0].text) else None
    return Fix(tuple(edits), safe) if first == directive.filter else None


def _moved(site: Site, page: Page, directive: Directive, ignored: Sequence[Word], listed: ContentType) -> Fix | None:
    field, _, value = ignored[0].text.partition("/")
    if len(ignored) > 1 or field not in filter_fields(listed) or not value_exists(site, listed, field, value):
        return None
    place = directive.words[0].span.start
    return Fix((Edit(Span(place, place), f"{ignored[0].text} "), _cut(page, ignored[0])), safe=False)


def _cut(page: Page, word: Word) -> Edit:
    """A word taken out, with the white space before it."""
    start = word.span.start
    while page.source.text[start - 1].isspace():
        start -= 1
    return Edit(Span(start, word.span.end), "")
