"""Running text with all that a reader does not see as text masked, so that a pattern can look across what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from algokader_lint.content.markdown import Body, Inline
from algokader_lint.content.page import Page
from algokader_lint.content.prose import Prose, prose
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span

MASK = "\0"
"""Stands for each hidden character; no page holds it."""


@dataclass(frozen=True, slots=True)
class Visible:
    """One piece of running text: as long as in the file, and where it begins there.

    Hidden characters are ``MASK``; all that lies between two lines (their end, the mark of a quotation) is line ends.
    """

    inline: Inline
    start: int
    text: str

    def span(self, start: int, end: int) -> Span:
        """Where a part of ``text`` stands in the file."""
        return Span(self.start + start, self.start + end)


def visible_texts(site: Site, page: Page) -> list[Visible]:
    """The running text of a page, made once for the checks of a site."""
    return site.once(("visible-texts", page.path), lambda: list(read_visible(page.body, page.source.text)))


def read_visible(body: Body, text: str) -> Iterator[Visible]:
    """The running text of a page whose whole text is ``text``."""
    for item in prose(body):
        pieces = item.inline.pieces
        if item.spans and pieces:
            yield Visible(item.inline, pieces[0].start, "".join(_masked(item, text)))


def _masked(item: Prose, text: str) -> Iterator[str]:
    spans = list(reversed(item.spans))
    at = item.inline.pieces[0].start
    for piece in item.inline.pieces:
        yield "\n" * (piece.start - at)
        at = max(at, piece.start)
        while spans and spans[-1].start < piece.end:
            span = spans.pop()
            yield MASK * (span.start - at)
            yield text[max(span.start, at) : span.end]
            at = max(at, span.end)
        yield MASK * (piece.end - at)
        at = max(at, piece.end)
