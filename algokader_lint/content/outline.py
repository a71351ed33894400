"""The outline of a page: its headings in their order, and the sections that its content type asks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from algokader_lint.content.markdown import Heading, Section
from algokader_lint.content.nodes import scalars
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.knowledge import ContentType, SectionSpec, plain_heading


def text_is_known(page: Page) -> bool:
    """Whether it is certain where the text of a page begins: front matter that cannot be read might be part of it."""
    front_matter = page.front_matter
    if page.unreadable or (page.type is not None and front_matter.fields is None):
        return False
    return front_matter.fields is not None or all(defect.kind == "missing" for defect in front_matter.defects)


def wanted_sections(page: Page, content_type: ContentType) -> Sequence[SectionSpec]:
    """The sections that a page should have, in order; none when its front matter does not tell which."""
    own = {plain_heading(heading.text) for heading in page.body.headings}
    sections = content_type.sections
    for family in content_type.families:
        if any(plain_heading(heading) in own for heading in family.headings):
            sections = family.sections
            break
        values = [(name, item.text) for name in family.fields for item in scalars(page.front_matter.get(name))]
        if any(value in family.fields[name] for name, value in values):
            sections = family.sections
            break
        if any(value not in content_type.choices(name) for name, value in values if content_type.choices(name)):
            return ()
    return [spec for spec in sections if not spec.if_field or scalars(page.front_matter.get(spec.if_field))]


def sections_called(site: Site, page: Page, name: str) -> list[Section]:
    """The sections of a page that are the one of this name, by any of the headings that its content type gives it; on
    a page of no type, that any type does.
    """
    types = site.types.values() if page.type is None else (site.types[page.type],)
    specs = [spec for spec in (content_type.section(name) for content_type in types) if spec is not None]
    wanted = frozenset({plain_heading(name)}.union(*(spec.plain_headings for spec in specs)))
    return [section for section in page.body.sections if plain_heading(section.heading.text) in wanted]


def own_headings(page: Page) -> list[Heading]:
    """The headings that make up the outline: those within a box, a list or a quotation are no part of it."""
    return [heading for heading in page.body.headings if not heading.boxed]


def with_parents(headings: Sequence[Heading]) -> Iterator[tuple[Heading, int]]:
    """Headings in order, each with the place in ``headings`` of the one that it stands under, -1 for none."""
    open_ones: list[int] = []
    for place, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            open_ones.pop()
        yield heading, open_ones[-1] if open_ones else -1
        open_ones.append(place)
