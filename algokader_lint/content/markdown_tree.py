"""What a text is read into: blocks of lines, and the tree that is made of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

Row = tuple[str, int]
"""A line, without what it began with, and where it stands in the text."""

_MARKED = re.compile(
    r"(?P<tab>={3}(?:\+!?|!\+?)? +\".*?\" *$)"
    r"|(?P<details>\?{3}\+? ?(?:(?:[\w\-]+(?: +[\w\-]+)*)?(?: +\".*?\")|[\w\-]+(?: +[\w\-]+)*) *$)"
    r"|(?P<admonition>!!! ?[\w\-]+(?: +[\w\-]+)*(?: +\".*?\")? *$)"
    r"|(?P<heading>#{1,6}(?:\\.|[^\\#]|#+(?=[^#]))*?#*$)"
    r"|(?P<rule>[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*$)"
    r"|(?P<quote>[ ]{0,3}>)"
    r"|(?P<footnote>[ ]{0,3}\[\^[^\]]*\]:)"
    r"|(?P<reference>[ ]{0,3}\[[^\[\]]*\]:)"
    r"|(?P<abbreviation>[*]\[[^\\]*?\][ ]?:)"
    r"|(?P<html>[ ]{0,3}/{3,}[ ]*(?:html[ ]*\||$))"
)
_FIRST = frozenset("=?!# -_*>[/")


class Lines:
    """A block: lines of which none is empty. Parts of a block share what is known of its lines."""

    __slots__ = ("first", "last", "marked", "rows")

    def __init__(self, rows: Sequence[Row], first: int = 0, last: int = -1) -> None:
        self.rows = rows
        self.first = first
        self.last = len(rows) if last < 0 else last
        self.marked: dict[str, list[int]] | None = None

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def text(self) -> str:
        """The first line."""
        return self.rows[self.first][0]

    @property
    def at(self) -> int:
        """Where the first line stands."""
        return self.rows[self.first][1]

    def all(self) -> Sequence[Row]:
        """The lines themselves."""
        return self.rows[self.first : self.last]

    def part(self, first: int, last: int) -> Lines:
        """Some of the lines."""
        made = Lines(self.rows, first, last)
        made.marked = self.marked
        return made

    @property
    def is_plain(self) -> bool:
        """Whether it can be nothing but a paragraph."""
        if self.marked is None:
            self.marked = _marks(self.rows)
        text = self.rows[self.first][0]
        if self.marked or not text[:1].isalpha() or "|" in text:
            return False
        if self.last - self.first == 1:
            return True
        second = self.rows[self.first + 1][0]
        return "|" not in second and second[:1] not in "=-"

    def find(self, kind: str) -> int:
        """The first line that begins ``kind``, -1 when none does."""
        if self.marked is None:
            self.marked = _marks(self.rows)
        found = self.marked.get(kind)
        if found is None:
            return -1
        index = bisect_left(found, self.first)
        return found[index] if index < len(found) and found[index] < self.last else -1


def _marks(rows: Sequence[Row]) -> dict[str, list[int]]:
    marked: dict[str, list[int]] = {}
    for index, (text, _) in enumerate(rows):
        if text[:1] in _FIRST:
            match = _MARKED.match(text)
            if match is not None:
                marked.setdefault(match.lastgroup or "", []).append(index)
            elif text.startswith("    "):
                marked.setdefault("indented", []).append(index)
    return marked


def split(rows: Iterable[Row]) -> list[Lines]:
    """The blocks of lines that blank ones stand between."""
    blocks: list[Lines] = []
    block: list[Row] = []
    for row in rows:
        if row[0]:
            block.append(row)
        elif block:
            blocks.append(Lines(block))
            block = []
    if block:
        blocks.append(Lines(block))
    return blocks


def rows_of(text: str, start: int, end: int) -> list[Row]:
    """The lines of ``text`` from ``start`` to ``end``."""
    rows: list[Row] = []
    for line in text[start:end].split("\n"):
        rows.append((line, start))
        start += len(line) + 1
    return rows


class Node:
    """An element of the tree. ``text`` are its own lines before its children, ``tail`` those behind it, ``start`` is
    where it begins, ``info`` how: the mark of a box.
    """

    __slots__ = ("children", "end", "info", "start", "tag", "tail", "text")

    def __init__(self, tag: str, start: int, end: int = 0, info: str = "") -> None:
        self.tag = tag
        self.children: list[Node] = []
        self.text: list[Row] = []
        self.tail: list[Row] = []
        self.start = start
        self.end = end
        self.info = info

    def add(self, tag: str, start: int, end: int = 0, info: str = "") -> Node:
        """A new last child."""
        node = Node(tag, start, end, info)
        self.children.append(node)
        return node

    @property
    def last(self) -> Node | None:
        """The last child."""
        return self.children[-1] if self.children else None

    def text_to_paragraph(self, first: bool) -> None:
        """Make a paragraph of the text of an item, the first or the last thing in it."""
        if self.text:
            paragraph = Node("p", self.text[0][1])
            paragraph.text, self.text = self.text, []
            self.children.insert(0 if first else len(self.children), paragraph)
