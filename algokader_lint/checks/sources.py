"""The checks on the sources of a page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.sources import SourceSections, read_sources, sources_sections
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
        field=options.headings[0],
        variant=f"{sources.state}-in-scope" if graver else sources.state,
        values={"section": options.headings[0]},
        identity="",
    )


class SourceHeadings(Model):
    """``headings``: what the section of sources is called."""

    headings: tuple[str, ...]


def repeated_source(site: Site, page: Page, options: SourceHeadings) -> Iterator[Finding]:
    """No line with a link is there twice in one section of sources; the same address with other words is fine."""
    if page.type is None or page.front_matter.fields is None:
        return
    lines = sorted(piece for inline in page.body.inlines if inline.kind == "paragraph" for piece in inline.pieces)
    links = [link for link in page.body.links if link.kind == "link"]
    named = {page.source.position(link.span.start).line: link.text or link.target for link in reversed(links)}
    for section in sources_sections(page, options.headings):
        first: dict[str, Span] = {}
        for line in lines[bisect_left(lines, section.body) : bisect_left(lines, Span(section.body.end, 0))]:
            name = named.get(page.source.position(line.start).line)
            if name is None:
                continue
            text = folded(page.source.slice(line)).rstrip(" .;,")
            if text in first:
                related = (Related(page, first[text], "first"),)
                yield Finding(span=line, field=options.headings[0], values={"text": name}, related=related)
            else:
                first[text] = line
