"""Checks on the headings of a page as such: those that are there twice, and their levels."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.checks.directive_grammar import GrammarOptions
from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.sections import empty_sections, section_field
from algokader_lint.content.markdown import Heading
from algokader_lint.content.outline import own_headings, text_is_known, with_parents
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Related
from algokader_lint.nearest import folded


def repeated_heading(site: Site, page: Page, options: GrammarOptions) -> Iterator[Finding]:
    """No two headings of one level, under the same heading, say the same. Of two the one with nothing below it is told
    of, else the second.
    """
    if not text_is_known(page):
        return
    pairs = list(_pairs(page))
    empty = {section.heading for section in empty_sections(site, page, options)} if pairs else set()
    for first, second in pairs:
        spare, other = (first, second) if first in empty and second not in empty else (second, first)
        yield Finding(
            span=spare.span,
            field=section_field(site, page, spare),
            variant="empty" if spare in empty else "",
            values={"heading": spare.text},
            related=(Related(page, other.span, "first"),),
            identity="",
        )


def _pairs(page: Page) -> Iterator[tuple[Heading, Heading]]:
    """Each heading that says what an earlier one does, behind the first of them."""
    first: dict[tuple[int, int, str], Heading] = {}
    for heading, parent in with_parents(own_headings(page)):
        name = (parent, heading.level, folded(heading.text))
        if name in first:
            yield first[name], heading
        elif name[2]:
            first[name] = heading


def heading_level(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A heading is at most one level below the one before it; the title of a page is the only one of the first."""
    if not text_is_known(page):
        return
    top = page.type is None or site.types[page.type].top_heading
    before = 1
    for heading in own_headings(page):
        values = {"heading": heading.text, "wanted": "#" * (before + 1)}
        if heading.level == 1 and not top:
            yield Finding(span=heading.span, field=heading.text, variant="top", values=values, identity="")
        elif heading.level > before + 1:
            yield Finding(span=heading.span, field=heading.text, values=values, identity="")
        before = heading.level
