"""Where the addresses of a site stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from algokader_lint.content.external import external_addresses
from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.content.tree import display_path
from algokader_lint.links.document import LinkPlace

Wanted = Callable[[Page, Span], bool]
"""Says whether what stands there on a page is wanted."""


def gather(pages: Iterable[Page], wanted: Wanted = lambda page, span: True) -> dict[str, list[LinkPlace]]:
    """The addresses that pages name, as browsers read them, and all their places in the order of files and lines."""
    found: dict[str, list[LinkPlace]] = {}
    for page in pages:
        addresses = external_addresses(page, page.body.span)
        begins = [section.heading.span.start for section in page.body.sections] if addresses else []
        for address in addresses:
            if wanted(page, address.span):
                found.setdefault(address.url, []).append(_place(page, address.span, begins))
    return found


def _place(page: Page, span: Span, begins: list[int]) -> LinkPlace:
    line, column = page.source.position(span.start)
    number = bisect_right(begins, span.start) - 1
    section = page.body.sections[number].heading.text if number >= 0 else ""
    return LinkPlace(display_path(page.path), line, column, section, page.title)
