"""Definitions: footnotes, abbreviations and targets of links (Python-Markdown's ``footnotes``, ``abbr``,
``ReferenceProcessor``).
"""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from algokader_lint.content.markdown_blocks import INDENT, BlockReader, put_back
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.markdown_tree import Lines, Node, Row

_FOOTNOTE = re.compile(r"[ ]{0,3}\[\^(?P<id>[^\]]*)\]:[ ]*")
_REFERENCE = re.compile(r"[ ]{0,3}\[(?P<id>[^\[\]]*)\]:[ ]*(?P<target>\S*)(?P<rest>.*)$")
_TARGET = re.compile(r"[ ]*(?P<target>\S+)(?P<rest>.*)$")
_TITLE = re.compile(r"[ ]*(?:\"(?:.*)\"[ ]*|'(?:.*)'[ ]*|\(.*\)[ ]*)$")
_ABBREVIATION = re.compile(r"[*]\[(?P<text>[^\\]*?)\][ ]?:(?P<meaning>.*)$")


def footnote(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``[^id]: text`` and what is indented behind it. Of two with the same id the last one is shown."""
    index = block.find("footnote")
    if index < 0:
        return False
    before = block.part(block.first, index)
    while block.part(index + 1, block.last).find("footnote") == index + 1:
        _note(reader, block.rows[index], [])
        index += 1
    rest = block.part(index + 1, block.last)
    following = rest.find("footnote")
    rows = _lazily_indented(rest if following < 0 else rest.part(rest.first, following))
    if following >= 0:
        left.appendleft(rest.part(following, rest.last))
    else:
        rows += _indented_blocks(left)
    put_back(left, before)
    _note(reader, block.rows[index], rows)
    return True


def _note(reader: BlockReader, row: Row, rows: list[Row]) -> None:
    """Read a footnote: the line that it begins with, and those that follow."""
    text, at = row
    opening = _FOOTNOTE.match(text)
    assert opening is not None  # noqa: S101
    node = reader.footnotes[opening["id"]] = Node("footnote", at, at + len(text))
    states, reader.states = reader.states, [""]
    reader.rows(node, [(text[opening.end() :], at + opening.end()), *rows])
    reader.states = states


def _lazily_indented(block: Lines) -> list[Row]:
    return [(text[TAB:], at + TAB) if text.startswith(INDENT) else (text, at) for text, at in block.all()]


def _indented_blocks(left: deque[Lines]) -> list[Row]:
    """The lines of the blocks that belong to a footnote."""
    rows: list[Row] = []
    while left and left[0].text.startswith(INDENT):
        block = left.popleft()
        other = block.find("footnote")
        if other >= 0:
            left.appendleft(block.part(other, block.last))
            block = block.part(block.first, other)
        if len(block):
            rows += [("", block.at), *_lazily_indented(block)]
        if other >= 0:
            break
    return rows


def abbreviation(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``*[abbr]: meaning`` is a definition and shows nothing."""
    index = block.find("abbreviation")
    if index < 0:
        return False
    definition = _ABBREVIATION.match(block.rows[index][0])
    after = index + 1
    if definition is None or not definition["text"].strip():
        return False
    if not definition["meaning"].strip():
        if after >= block.last or not block.rows[after][0].strip():
            return False
        after += 1
    name = definition["text"]
    at = block.rows[index][1] + definition.start("text") + len(name) - len(name.lstrip())
    reader.abbreviations.append((name.strip(), at))
    put_back(left, block.part(after, block.last))
    put_back(left, block.part(block.first, index))
    return True


class _Definition(NamedTuple):
    """A label, its target and where that stands, and behind which line all of it ends."""

    label: str
    target: Row
    after: int


def reference(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``[label]: target "title"`` is a definition and shows nothing."""
    index = block.find("reference")
    while index >= 0:
        found = _definition(block, index)
        if found is not None:
            put_back(left, block.part(_define(reader, block, found), block.last))
            put_back(left, block.part(block.first, index))
            return True
        index = block.part(index + 1, block.last).find("reference")
    return False


def _define(reader: BlockReader, block: Lines, found: _Definition | None) -> int:
    """Note a definition, and those of one line right behind it; tells behind which line they end."""
    after = 0
    while found is not None and (not after or found.after == after + 1):
        reader.references[found.label.strip().lower()] = found.target
        after = found.after
        found = _definition(block, after) if block.part(after, block.last).find("reference") == after else None
    return after


def _definition(block: Lines, index: int) -> _Definition | None:
    found = _REFERENCE.match(block.rows[index][0])
    if found is None:
        return None
    label, after, at = found["id"], index + 1, block.rows[index][1]
    if not found["target"]:
        found = _TARGET.match(block.rows[after][0]) if after < block.last else None
        at = block.rows[after][1] if found is not None else at
        if found is None:
            return None
        after += 1
    if found["rest"].strip(" "):
        if _TITLE.match(found["rest"]) is None:
            return None
    elif after < block.last and _TITLE.match(block.rows[after][0]) is not None:
        after += 1
    target = found["target"].lstrip("<")
    place = at + found.end("target") - len(target)
    return _Definition(label, (target.rstrip(">"), place), after)
