"""Addresses on a page as they are written there, and edits of them that leave the rest as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from algokader_lint.content.external import ExternalAddress, addresses_of, resolve_entities
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Fix
from algokader_lint.fix import Edit

_TELLING = len("https://")
_READY_TO_WRITE = re.compile(r"(?i:https?)://[!#-&(-;=?-Z_a-z~]+")


def written_addresses(site: Site, page: Page) -> Iterator[ExternalAddress]:
    """The external addresses of a page where they are written: of a link by reference where that is defined."""
    for address in addresses_of(site, page):
        if begins_with(page, address.span, address.url[:_TELLING]):
            yield address


def can_be_written(url: str) -> bool:
    """Whether an address can stand in Markdown and in HTML as it is."""
    return _READY_TO_WRITE.fullmatch(url) is not None and url.count("(") == url.count(")")


def begins_with(page: Page, span: Span, beginning: str) -> bool:
    """Whether a beginning of an address, whatever its case, is written at a place as it is read."""
    return page.source.text[span.start : span.start + len(beginning)].casefold() == beginning.casefold()


def rewritten(page: Page, address: ExternalAddress, new: str, *, safe: bool) -> Fix | None:
    """A new address in the place of another, with the entities of HTML that were used; None when it cannot stand there.

    Only what differs is edited. An address that is written with backslashes is left alone.
    """
    written = page.source.slice(address.span)
    if resolve_entities(written) != address.url or not can_be_written(new):
        return None
    text = new.replace("&", "&amp;") if "&amp;" in written else new
    if resolve_entities(text) != new:
        return None
    before = _shared(written, text)
    after = _shared(written[before:][::-1], text[before:][::-1])
    span = Span(address.span.start + before, address.span.end - after)
    return Fix((Edit(span, text[before : len(text) - after]),), safe=safe)


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
