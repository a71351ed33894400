"""Text that was taken apart and put together, and where each of its characters stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right

TAB = 4
"""Width of an indentation, in columns."""

_ODD = re.compile(r"(?:(?<=[\r\n])[ \t]++(?=[\r\n]|\Z))|\r\n?|[\t\x02\x03]")


class Placed:
    """Text made of pieces of another text, and of what was put between them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._begins: list[int] = []
        self._places: list[int] = []
        self._limits: list[int | None] = []
        self.length = 0

    def add(self, text: str, place: int) -> None:
        """Add a piece that stands at ``place`` of the other text."""
        self._append(text, place, None)

    def put(self, text: str, place: int, width: int = 0) -> None:
        """Add what stands in place of ``width`` characters at ``place`` of the other text."""
        last = place + max(width - 1, 0)
        self._append(text[:-1], place, last)
        self._append(text[-1:], last if len(text) > 1 else place, last)

    def _append(self, text: str, place: int, limit: int | None) -> None:
        if not text:
            return
        self._parts.append(text)
        goes_on = limit is None and self._begins and self._limits[-1] is None
        if not goes_on or place - self._places[-1] != self.length - self._begins[-1]:
            self._begins.append(self.length)
            self._places.append(place)
            self._limits.append(limit)
        self.length += len(text)

    @property
    def is_copy(self) -> bool:
        """Whether it is the other text as it is."""
        return not self._begins or (len(self._begins) == 1 and self._places[0] == 0 and self._limits[0] is None)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def ends_with(self, end: str) -> bool:
        """Whether the last piece ends with ``end``."""
        return bool(self._parts) and self._parts[-1].endswith(end)

    def place(self, at: int) -> int:
        """Where the character at ``at`` stands in the other text."""
        index = bisect_right(self._begins, at) - 1
        if index < 0:
            return at
        place = self._places[index] + at - self._begins[index]
        limit = self._limits[index]
        return place if limit is None else min(place, limit)


def normalized(source: str, start: int) -> Placed:
    """The Markdown of ``source`` from ``start`` as Python-Markdown reads it (``NormalizeWhitespace``): tabs are spaces,
    lines of white space are empty, a line ends with ``\\n``.
    """
    made = Placed()
    at, line = start, 0
    for odd in _ODD.finditer(source, start):
        before = source[at : odd.start()]
        made.add(before, at)
        newline = before.rfind("\n")
        if newline >= 0:
            line = made.length - len(before) + newline + 1
        mark = odd[0]
        if mark[0] == "\r":
            made.put("\n", odd.start(), len(mark))
            line = made.length
        elif mark == "\t" and not _is_blank_line(source, odd.start(), odd.end()):
            made.put(" " * (TAB - (made.length - line) % TAB), odd.start(), 1)
        at = odd.end()
    made.add(source[at:], at)
    return made


def _is_blank_line(source: str, start: int, end: int) -> bool:
    return start > 0 and source[start - 1] in "\r\n" and (end == len(source) or source[end] in "\r\n")
