"""Blocks without a module of their own: code, headings, quotations, definitions (Python-Markdown's ``blockprocessors``,
``footnotes``, ``abbr``, ``md_in_html``; ``pymdownx.blocks.html``).
"""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from algokader_lint.content.markdown_blocks import INDENT, BlockReader, detab, loose_detab, put_back
from algokader_lint.content.markdown_html import MARK, Element, Raw
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.markdown_tree import Lines, Node, Row, rows_of

_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<text>(?:\\.|[^\\#]|#+(?=[^#]))*?)#*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
_FOOTNOTE = re.compile(r"[ ]{0,3}\[\^(?P<id>[^\]]*)\]:[ ]*")
_REFERENCE = re.compile(r"[ ]{0,3}\[(?P<id>[^\[\]]*)\]:[ ]*(?P<target>\S*)(?P<rest>.*)$")
_TARGET = re.compile(r"[ ]*(?P<target>\S+)(?P<rest>.*)$")
_TITLE = re.compile(r"[ ]*(?:\"(?:.*)\"[ ]*|'(?:.*)'[ ]*|\(.*\)[ ]*)$")
_ABBREVIATION = re.compile(r"[*]\[(?P<text>[^\\]*?)\][ ]?:(?P<meaning>.*)$")
_FENCE = re.compile(r"([> ]*+)\x02(\d+)\x03$")
_BLOCK_EDGE = re.compile(r"[ ]{0,3}(?P<marks>/{3,})[ ]*(?P<name>html[ ]*\|[ ]*\S.*)?$")


def element(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """An element with Markdown in it."""
    text = block.text
    mark = MARK.match(text) if text[0] == "\x02" else None
    found = reader.stash[int(mark[1])] if mark is not None else None
    if mark is None or not isinstance(found, Element):
        return False
    node = parent.add(found.name, block.at, block.at + mark.end(), mark[1])
    start, end = found.content
    if found.state == "block":
        reader.rows(node, rows_of(reader.text, start, end))
    elif found.state == "span":
        node.text = [row for row in rows_of(reader.text, start, end) if row[0]]
    rest = text[mark.end() :]
    if rest.strip() or len(block) > 1:
        left.appendleft(Lines([(rest, block.at + mark.end()), *block.all()[1:]]))
    return True


def html_block(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``/// html | tag``: an element up to a line of as many slashes (``pymdownx.blocks.html``)."""
    index = block.find("html")
    edge = _BLOCK_EDGE.match(block.rows[index][0]) if index >= 0 else None
    if edge is None or not edge["name"]:
        return False
    reader.before(parent, block, index)
    text, at = block.rows[index]
    node = parent.add("div", at)
    node.add("edge", at, at + len(text))
    put_back(left, block.part(index + 1, block.last))
    inside: list[Lines] = []
    depth, end = 1, None
    while left and depth:
        part = left.popleft()
        for place in range(part.first, part.last):
            line = part.rows[place]
            other = _BLOCK_EDGE.match(line[0])
            if other is None or other["marks"] != edge["marks"]:
                continue
            depth += 1 if other["name"] else -1
            if not depth:
                end = line
                put_back(left, part.part(place + 1, part.last))
                part = part.part(part.first, place)
                break
        if len(part):
            inside.append(part)
    reader.blocks(node, inside, "")
    if end is not None:
        node.add("edge", end[1], end[1] + len(end[0]))
    return True


def code(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """Code that is indented."""
    if not block.text.startswith(INDENT):
        return False
    if any("\x02" in text for text, _ in block.all()):
        block = Lines([line for row in block.all() for line in _fence_put_back(reader, row)])
    rows, rest = detab(block)
    before = parent.last
    node = before if before is not None and before.tag == "code" else parent.add("code", rows[0][1])
    node.end = rows[-1][1] + len(rows[-1][0].rstrip())
    put_back(left, rest)
    return True


def _fence_put_back(reader: BlockReader, row: Row) -> list[Row]:
    """The lines of a fence in place of its mark (``SuperFencesCodeBlockProcessor``)."""
    mark = _FENCE.match(row[0])
    found = reader.stash[int(mark[2])] if mark is not None else None
    if mark is None or not isinstance(found, Raw) or found.kind != "fence":
        return [row]
    found.put_back = True
    cut = found.indent - len(mark[1])
    return [(text[cut:], at + cut) for text, at in rows_of(reader.text, *found.content)]


def heading(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``# Heading``, on any line of a block; the space is optional."""
    index = block.find("heading")
    if index < 0:
        return False
    reader.before(parent, block, index)
    text, at = block.rows[index]
    found = _HEADING.match(text)
    assert found is not None  # noqa: S101
    _add_heading(parent, len(found["marks"]), (found["text"], at + found.start("text")), at, at + len(text))
    rest = block.part(index + 1, block.last)
    if reader.state == "looselist" and any(text.startswith(INDENT) for text, _ in rest.all()):
        rest = loose_detab(rest)
    put_back(left, rest)
    return True


def underlined(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """A heading underlined by ``===`` or ``---``: the first two lines of a block."""
    if len(block) < 2 or _UNDERLINE.match(block.rows[block.first + 1][0]) is None:
        return False
    line, at = block.rows[block.first + 1]
    _add_heading(parent, 1 if line[0] == "=" else 2, (block.text, block.at), block.at, at + len(line))
    put_back(left, block.part(block.first + 2, block.last))
    return True


def _add_heading(parent: Node, level: int, row: Row, start: int, end: int) -> None:
    text, at = row
    stripped = text.strip()
    parent.add(f"h{level}", start, end).text = [(stripped, at + len(text) - len(text.lstrip()))]


def rule(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``---`` and the like, on any line of a block."""
    index = block.find("rule")
    if index < 0:
        return False
    reader.before(parent, block, index)
    text, at = block.rows[index]
    parent.add("hr", at, at + len(text))
    put_back(left, block.part(index + 1, block.last))
    return True


def quote(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``>`` makes what is left of a block a quotation."""
    index = block.find("quote")
    if index < 0:
        return False
    reader.before(parent, block, index)
    rows = [_unquoted(row) for row in block.part(index, block.last).all()]
    node = parent.last
    if node is None or node.tag != "quote":
        node = parent.add("quote", block.rows[index][1])
    node.end = rows[-1][1] + len(rows[-1][0])
    reader.rows(node, rows, "quote")
    return True


def _unquoted(row: Row) -> Row:
    text, at = row
    mark = _QUOTED.match(text)
    if text.strip() == ">":
        return "", at
    return row if mark is None else (text[mark.end() :], at + mark.end())


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
    put_back(left, block.part(after, block.last))
    put_back(left, block.part(block.first, index))
    return True


class _Definition(NamedTuple):
    """A label, its target, where that stands, and behind which line all of it ends."""

    label: str
    target: str
    place: int
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
        reader.references[found.label.strip().lower()] = (found.target, found.place)
        after = found.after
        found = _definition(block, after) if block.part(after, block.last).find("reference") == after else None
    return after


def _definition(block: Lines, index: int) -> _Definition | None:
    text, at = block.rows[index]
    found = _REFERENCE.match(text)
    if found is None:
        return None
    label, after = found["id"], index + 1
    if not found["target"]:
        found = _TARGET.match(block.rows[after][0]) if after < block.last else None
        if found is None:
            return None
        at = block.rows[after][1]
        after += 1
    if found["rest"].strip(" "):
        if _TITLE.match(found["rest"]) is None:
            return None
    elif after < block.last and _TITLE.match(block.rows[after][0]) is not None:
        after += 1
    target = found["target"]
    place = at + found.start("target") + len(target) - len(target.lstrip("<"))
    return _Definition(label, target.lstrip("<").rstrip(">"), place, after)
