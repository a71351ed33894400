"""The checks on the sources of a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from algokader_lint.content.outline import sections_called
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.sources import SourceSections, read_sources
from algokader_lint.finding import Finding, Related
from algokader_lint.knowledge import Model
from algokader_lint.nearest import folded


class SourceOptions(SourceSections):
    """``types``: whose pages need a source; the rest says what counts as one."""

    types: tuple[str, ...]


def has_source(site: Site, page: Page, options: SourceOptions) -> Iterator[Finding]:
    """A page says where its statements come from, in its section of sources or by codes of a framework."""
    if page.type not in options.types or page.front_matter.fields is None:
        return
    sources = read_sources(site, page, options)
    if sources.traceable:
        return
    graver = site.in_scope(page) and sources.state in ("absent", "empty")
    yield Finding(
        span=sources.place,
        field=options.section,
        variant=f"{sources.state}-in-scope" if graver else sources.state,
        values={"section": options.section},
        identity="",
    )


class SourceSection(Model):
    """``section``: which one is that of sources, by the schemas."""

    section: str


def repeated_source(site: Site, page: Page, options: SourceSection) -> Iterator[Finding]:
    """No line with a link is there twice in one section of sources; the same address with other words is fine."""
    if page.type is None or page.front_matter.fields is None:
        return
    lines = sorted(piece for inline in page.body.inlines if inline.kind == "paragraph" for piece in inline.pieces)
    links = [link for link in page.body.links if link.kind == "link"]
    named = {page.source.position(link.span.start).line: link.text or link.target for link in reversed(links)}
    for section in sections_called(site, page, options.section):
        first: dict[str, Span] = {}
        for line in lines[bisect_left(lines, section.body) : bisect_left(lines, Span(section.body.end, 0))]:
            name = named.get(page.source.position(line.start).line)
            if name is None:
                continue
            text = folded(page.source.slice(line)).rstrip(" .;,")
            if text in first:
                related = (Related(page, first[text], "first"),)
                yield Finding(span=line, field=options.section, values={"text": name}, related=related)
            else:
                first[text] = line
