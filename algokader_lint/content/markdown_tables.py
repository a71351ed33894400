"""Tables (Python-Markdown's ``extensions.tables``)."""

from __future__ import annotations

import re
from collections import deque

from algokader_lint.content.markdown_blocks import BlockReader
from algokader_lint.content.markdown_tree import Lines, Node, Row

_MARKS = re.compile(r"(?P<other>\\\\)|(?P<escaped>\\`+)|(?P<ticks>`+)|(?P<literal>\\\|)|(?P<pipe>\|)")
_END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")
_SEPARATOR = frozenset("|:- ")


def table(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """A row of headings, one of dashes, and rows."""
    if len(block) < 2 or ("|" not in block.text and "|" not in block.rows[block.first + 1][0]):
        return False
    head = _stripped(block.rows[block.first])
    border = head[0].startswith("|") or _END_BORDER.search(head[0]) is not None
    cells = _cells(head, border)
    if len(cells) == 1 and not (border and _is_column(block)):
        return False
    separator = _cells(_stripped(block.rows[block.first + 1]), border)
    if len(separator) != len(cells) or not all(_SEPARATOR.issuperset(text) for text, _ in separator):
        return False
    node = parent.add("table", block.at)
    last = block.rows[block.last - 1]
    node.end = last[1] + len(last[0])
    for index, row in enumerate(block.all()):
        if index != 1:
            _add_row(node, row, cells if not index else _cells(_stripped(row), border)[: len(cells)])
    return True


def _add_row(parent: Node, row: Row, cells: list[Row]) -> None:
    text, at = row
    node = parent.add("tr", at, at + len(text))
    for cell in cells:
        shown, place = _stripped(cell)
        if shown:
            node.add("td", place).text = [(shown, place)]


def _is_column(block: Lines) -> bool:
    """Whether each row of a table of one column has a pipe."""
    rows = (block.rows[index][0].strip(" ") for index in range(block.first + 1, block.last))
    return all(text.startswith("|") or _END_BORDER.search(text) is not None for text in rows)


def _stripped(row: Row) -> Row:
    text, at = row
    begun = text.lstrip(" ")
    return begun.rstrip(" "), at + len(text) - len(begun)


def _cells(row: Row, border: bool) -> list[Row]:
    text, at = row
    if border:
        if text.startswith("|"):
            text, at = text[1:], at + 1
        end = _END_BORDER.search(text)
        if end is not None:
            text = text[: end.start()]
    cells: list[Row] = []
    begin = 0
    for pipe in _pipes(text):
        cells.append((text[begin:pipe], at + begin))
        begin = pipe + 1
    cells.append((text[begin:], at + begin))
    return cells


def _pipes(text: str) -> list[int]:
    """The pipes between cells: those that are not escaped, nor in code."""
    pipes: list[int] = []
    ticks: list[tuple[int, int, int, int]] = []
    for mark in _MARKS.finditer(text):
        kind = mark.lastgroup
        if kind == "pipe":
            pipes.append(mark.start())
        elif kind == "escaped":
            ticks.append((len(mark[0]) - 1, 1, mark.start(), mark.end() - 1))
        elif kind == "ticks":
            ticks.append((len(mark[0]), 0, mark.start(), mark.end() - 1))
    if not ticks:
        return pipes
    regions = _code(ticks)
    kept: list[int] = []
    index = 0
    for pipe in pipes:
        while index < len(regions) and regions[index][1] < pipe:
            index += 1
        if index == len(regions) or pipe < regions[index][0]:
            kept.append(pipe)
    return kept


def _code(ticks: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Where code is, by runs of backticks: of each how long, how many escaped, where it begins and ends."""
    at: dict[int, deque[int]] = {}
    for index, (length, *_) in enumerate(ticks):
        at.setdefault(length, deque()).append(index)
    regions: list[tuple[int, int]] = []
    index = 0
    while index < len(ticks):
        length, escaped, start, _ = ticks[index]
        same = at.get(length - escaped, deque())
        while same and same[0] <= index:
            same.popleft()
        if length == escaped or not same:
            index += 1
            continue
        regions.append((start, ticks[same[0]][3]))
        index = same[0] + 1
    return regions
