"""The check on the sources of a page."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.sources import SourceSections, read_sources
from algokader_lint.finding import Finding


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
