"""Where the addresses of a site stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from algokader_lint.content.external import external_addresses
from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.content.tree import display_path
from algokader_lint.links.document import LinkPlace

Wanted = Callable[[Page, Span], bool]
"""Says whether what stands there on a page is wanted."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an address stands."""

    page: Page
    span: Span
    place: LinkPlace


def gather(pages: Iterable[Page], wanted: Wanted = lambda page, span: True) -> dict[str, list[Mention]]:
    """The addresses that pages name, as browsers read them, and all their places in the order of files and lines."""
    found: dict[str, list[Mention]] = {}
    for page in pages:
        addresses = external_addresses(page, page.body.span)
        begins = [section.heading.span.start for section in page.body.sections] if addresses else []
        for address in addresses:
            if wanted(page, address.span):
                place = _place(page, address.span, begins)
                found.setdefault(address.url, []).append(Mention(page, address.span, place))
    return found


def on_added_lines(before: Callable[[Page], Page | None]) -> Wanted:
    """Wants what stands on a line that a page did not have ``before``."""
    added: dict[str, frozenset[int]] = {}

    def wanted(page: Page, span: Span) -> bool:
        if page.path not in added:
            added[page.path] = added_lines(page, before(page))
        return page.source.position(span.start).line in added[page.path]

    return wanted


def added_lines(page: Page, before: Page | None) -> frozenset[int]:
    """The numbers of the lines that a page has and did not have before; a line that was moved is not added."""
    earlier = Counter(_lines(before)) if before is not None else Counter()
    added: set[int] = set()
    for number, line in enumerate(_lines(page), 1):
        if earlier[line] > 0:
            earlier[line] -= 1
        else:
            added.add(number)
    return frozenset(added)


def _lines(page: Page) -> list[str]:
    return [line.strip() for line in page.source.text.split("\n")]


def _place(page: Page, span: Span, begins: list[int]) -> LinkPlace:
    line, column = page.source.position(span.start)
    number = bisect_right(begins, span.start) - 1
    section = page.body.sections[number].heading.text if number >= 0 else ""
    return LinkPlace(display_path(page.path), line, column, section, page.title)
