"""Checks on the sources of a page and the addresses it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.sources import SourceSections, read_sources
from algokader_lint.finding import Finding
from algokader_lint.knowledge import Model
from algokader_lint.links.addresses import danger


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


class PrivateHosts(Model):
    """``rules/data/private-hosts.yaml``: names of machines inside a network; a leading dot makes it an ending."""

    hosts: tuple[str, ...]


class AddressOptions(Model):
    """``private-hosts``: names that do not belong in a public page."""

    private_hosts: PrivateHosts


def safe_address(site: Site, page: Page, options: AddressOptions) -> Iterator[Finding]:
    """No link leads into somebody's own network, or carries a password."""
    for link in page.body.links:
        why = danger(link.target, options.private_hosts.hosts)
        if why is not None:
            shown = re.sub(r"[^/:@]+:[^/@]*@", "…@", link.target)
            yield Finding(span=link.target_span, variant=why, values={"value": shown})
