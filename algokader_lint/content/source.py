"""The text of one file, and places in it."""

from __future__ import annotations

import bisect
import codecs
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

SIZE_LIMIT = 1_048_576
"""Largest file that is read, in bytes. The largest real page is under 100 kB."""


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


NOWHERE = Span(0, 0)
"""The start of a file: where that stands which has no place."""


class Position(NamedTuple):
    """A place as an editor shows it: line and column count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class SourceText:
    """The decoded text of a file; offsets everywhere else point into ``text``.

    Line endings are kept as they are. Only ``\\n`` ends a line, as in git and in editors: YAML's and
    Unicode's other line breaks do not shift line numbers. A byte order mark is not part of the text.
    """

    text: str
    byte_order_mark: bool = False

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """Line and column of ``offset``; an offset past the end is the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect.bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1), without its line ending; the same string each time."""
        known = self._lines.get(number)
        if known is None:
            known = self._lines[number] = self._cut_line(number)
        return known

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    def _cut_line(self, number: int) -> str:
        start = self.line_starts[number - 1]
        last = number >= len(self.line_starts)
        end = len(self.text) if last else self.line_starts[number] - 1
        return self.text[start:end].removesuffix("\r")

    @property
    def first_line(self) -> Span:
        """The first line, without its line ending."""
        return Span(0, len(self.line(1)))

    def slice(self, span: Span) -> str:
        """The text of ``span``."""
        return self.text[span.start : span.end]


class UnreadableText(Exception):
    """A file's bytes are no text that a page can be read from.

    ``kind`` names what is wrong, ``source`` holds what could be decoded, ``span`` is the first offending place.
    """

    def __init__(self, kind: str, source: SourceText, span: Span) -> None:
        super().__init__(kind)
        self.kind = kind
        self.source = source
        self.span = span


def decode(data: bytes) -> SourceText:
    """Decode a file as MkDocs does (UTF-8, with or without a byte order mark).

    Raises UnreadableText of kind ``too-large``, ``not-utf-8`` or ``nul``.
    """
    if len(data) > SIZE_LIMIT:
        raise UnreadableText("too-large", SourceText(""), Span(0, 0))
    mark = data.startswith(codecs.BOM_UTF8)
    if mark:
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode("utf-8"))
        source = SourceText(data.decode("utf-8", errors="replace"), mark)
        raise UnreadableText("not-utf-8", source, Span(start, start + 1)) from None
    source = SourceText(text, mark)
    nul = text.find("\0")
    if nul >= 0:
        raise UnreadableText("nul", source, Span(nul, nul + 1))
    return source
