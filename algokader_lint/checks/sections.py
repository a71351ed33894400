"""Checks on the sections of a page: that it has those of its content type, in their order, with something in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from algokader_lint.checks.directive_forms import near_misses
from algokader_lint.checks.directive_grammar import GrammarOptions, directives
from algokader_lint.checks.options import NoOptions
from algokader_lint.content.filling import Filling
from algokader_lint.content.markdown import Heading, Section
from algokader_lint.content.outline import own_headings, text_is_known, wanted_sections
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding
from algokader_lint.knowledge import SectionSpec, plain_heading
from algokader_lint.nearest import nearest

_HEADING_LIMIT = 100
"""Longest line of text that may have been meant as a heading."""

_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*$")
_HEADING_MARKS = "#*_: "
_ITEM_MARKS = ("- ", "* ", "+ ")


def section_present(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """A page has the sections that its content type asks for; a heading that is nearly one is told.

    Nothing of one that a directive without an end swallows: it is back when that is mended.
    """
    if page.type is None or not text_is_known(page):
        return
    wanted = wanted_sections(page, site.types[page.type])
    own = {plain_heading(heading.text): heading for heading in own_headings(page)}
    yield from _too_deep(wanted, own)
    missing = [spec for spec in wanted if not spec.optional and own.keys().isdisjoint(spec.plain_headings)]
    if missing:
        swallowed = set(_swallowed(site, page, options))
        missing = [spec for spec in missing if swallowed.isdisjoint(spec.plain_headings)]
    if not missing:
        return
    known = {heading for spec in wanted for heading in spec.plain_headings}
    others = {text: heading for text, heading in own.items() if text not in known}
    for spec in missing:
        yield _missing(page, spec, _places(page, spec, others))


def _too_deep(wanted: Sequence[SectionSpec], own: Mapping[str, Heading]) -> Iterator[Finding]:
    """Headings of sections with more marks than most of the others."""
    found = [(spec, own[text]) for spec in wanted for text in sorted(spec.plain_headings) if text in own]
    for level, count in Counter(heading.level for _, heading in found).most_common(1):
        for spec, heading in found if count > len(found) / 2 else ():
            if heading.level > level:
                values = {"heading": heading.text, "marks": "#" * level}
                yield Finding(span=heading.span, field=spec.heading, variant="too-deep", values=values, identity="")


def _swallowed(site: Site, page: Page, options: GrammarOptions) -> Iterator[str]:
    """The headings in comments that go on because a directive has no end."""
    starts = {near.span.start for near in near_misses(site, page, options.grammar) if near.kind == "unterminated"}
    for comment in page.body.comments:
        if comment.span.start in starts:
            lines = (line.strip() for line in comment.text.splitlines())
            yield from (plain_heading(_ATTRIBUTES.sub("", line.lstrip("#"))) for line in lines if line.startswith("#"))


def _places(page: Page, spec: SectionSpec, others: Mapping[str, Heading]) -> Iterator[tuple[str, str, Span]]:
    """What stands where the heading of a section should, and why it is no such heading."""
    for heading in page.body.headings:
        if heading.boxed and plain_heading(heading.text) in spec.plain_headings:
            yield "boxed", heading.text, heading.span
    for inline in page.body.inlines:
        if inline.kind == "paragraph" and len(inline.pieces) == 1:
            text = page.source.slice(inline.pieces[0])[:_HEADING_LIMIT]
            if plain_heading(text.strip(_HEADING_MARKS)) in spec.plain_headings:
                yield "plain-text", text.strip(_HEADING_MARKS), inline.pieces[0]
    for near in (*_shorter(spec, others), *nearest(plain_heading(spec.heading), others))[:1]:
        yield "misspelt", others[near].text, others[near].span


def _shorter(spec: SectionSpec, others: Mapping[str, Heading]) -> list[str]:
    """Headings that say part of what the heading of a section says."""
    wanted = [set(heading.split()) for heading in spec.plain_headings]
    return [text for text in others if any(set(text.split()) < words for words in wanted) and text]


def _missing(page: Page, spec: SectionSpec, places: Iterator[tuple[str, str, Span]]) -> Finding:
    variant, found, span = next(places, ("", "", page.front_matter.opening))
    return Finding(
        span=span,
        field=spec.heading,
        variant=variant,
        values={"heading": spec.heading, "found": found},
        identity="",
    )


def section_order(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """The sections of a page stand in the order of its content type: as few as possible are told to be out of place."""
    if page.type is None or not text_is_known(page):
        return
    wanted = wanted_sections(page, site.types[page.type])
    places: dict[str, int] = {}
    for place, spec in enumerate(wanted):
        places |= dict.fromkeys(spec.plain_headings, place)
    found: dict[int, Heading] = {}
    for heading in own_headings(page):
        place = places.get(plain_heading(heading.text), -1)
        if place >= 0:
            found.setdefault(place, heading)
    order = ", ".join(found[place].text for place in sorted(found))
    in_order = _longest_ascending(list(found))
    for place, heading in found.items():
        if place not in in_order:
            values = {"heading": heading.text, "order": order}
            yield Finding(span=heading.span, field=wanted[place].heading, values=values, identity="")


def _longest_ascending(numbers: Sequence[int]) -> set[int]:
    """The longest ascending row that is left when others are taken out of distinct numbers (patience sorting)."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    row: set[int] = set()
    following = ends[-1] if ends else None
    while following is not None:
        row.add(following)
        following = before[following]
    return row


def section_filled(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """Below each heading a reader sees something, be it another heading; the title of a page is not asked."""
    if not text_is_known(page):
        return
    for section in empty_sections(site, page, options):
        accident = _is_accident(page, section)
        yield Finding(
            span=section.heading.span,
            field=section_field(site, page, section.heading),
            variant="accident" if accident else "",
            values={"heading": section.heading.text},
            identity=None if accident else "",
        )


def empty_sections(site: Site, page: Page, options: GrammarOptions) -> Iterator[Section]:
    """The sections in which a reader sees nothing, and those whose heading is one by accident."""
    shown = [directive.span for directive in directives(page, options.grammar)]
    shown += [near_miss.span for near_miss in near_misses(site, page, options.grammar)]
    filling = Filling(page, shown)
    accidents = {section.heading.span.start for section in page.body.sections if _is_accident(page, section)}
    for section in page.body.sections:
        followed = section.body.end in accidents
        if section.heading.span.start in accidents or not (
            section.heading.level == 1 or followed or not filling.nothing_in(section.body)
        ):
            yield section


def section_field(site: Site, page: Page, heading: Heading) -> str:
    """What a section is called in findings: as its content type calls it, else by its heading."""
    spec = site.types[page.type].section(heading.text) if page.type is not None else None
    return spec.heading if spec is not None else heading.text


def _is_accident(page: Page, section: Section) -> bool:
    """Whether the first item of a list became a heading, for the mark of an empty item underlines it."""
    return page.source.slice(section.heading.span).startswith(_ITEM_MARKS)
