"""Lists of a page: what stands in them as points, and what looks like points but is running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from algokader_lint.content.body import BlockKind, Body, Inline
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.source import Span

_MARK = re.compile(r"(?:[*+-]|\d{1,9}\.)[ \t]+(?=\S)")
_EDGE = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text. Its ``column`` counts from 0, tabs expanded; -1 when something stands before the text."""

    span: Span
    column: int


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a list that begins its line. ``list_number`` is the same for those of one list."""

    span: Span
    column: int
    inside: tuple[BlockKind, ...]
    list_number: int


Text = tuple[tuple[BlockKind, ...], str]
"""Running text: what it stands in, and its words."""


def mark_at(text: str, at: int) -> Span | None:
    """The mark of a list at ``at`` and the white space behind it, None when no text with a mark begins there."""
    found = _MARK.match(text, at)
    return None if found is None else Span(*found.span())


def lines_of(text: str, inline: Inline) -> list[Line]:
    """The lines of running text."""
    lines: list[Line] = []
    for piece in inline.pieces:
        start, column = line_edge(text, piece.start)
        lines.append(Line(piece, column if start == piece.start else -1))
    return lines


def line_start(text: str, at: int) -> int:
    """Where the line begins that ``at`` is on."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_edge(text: str, at: int) -> tuple[int, int]:
    """Behind the indentation and the marks of quotations of the line that ``at`` is on: where that is, its column."""
    start = line_start(text, at)
    edge = _EDGE.match(text, start)
    end = start if edge is None else edge.end()
    return end, len(text[start:end].expandtabs(TAB))


def points(text: str, body: Body) -> Iterator[Point]:
    """The items of all lists, in the order of the page."""
    lists: dict[int, int] = {}
    for number, block in enumerate(body.blocks):
        if block.kind == "list":
            lists[len(block.inside)] = number
        elif block.kind == "item":
            start, column = line_edge(text, block.span.start)
            if start == block.span.start:
                yield Point(block.span, column, block.inside, lists.get(len(block.inside) - 1, -1))


def texts(text: str, body: Body) -> list[Text]:
    """All running text of a page."""
    return [(inline.inside, words(text, inline.pieces)) for inline in body.inlines]


def words(text: str, pieces: Sequence[Span]) -> str:
    """The words at some places, one space between them."""
    return " ".join(" ".join(text[start:end] for start, end in pieces).split())
