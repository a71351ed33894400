"""Blocks without a module of their own: code, headings, rules, quotations, elements of HTML (Python-Markdown's
``blockprocessors`` and ``md_in_html``; ``pymdownx.blocks.html``).
"""

from __future__ import annotations

import re
from collections import deque

from algokader_lint.content.markdown_blocks import INDENT, BlockReader, detab, loose_detab, put_back
from algokader_lint.content.markdown_stash import MARK, Element, Raw
from algokader_lint.content.markdown_tree import Lines, Node, Row, rows_of

_HEADING = re.compile(r"(?P<marks>#{1,6})(?P<text>(?:\\.|[^\\#]|#+(?=[^#]))*?)#*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
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
    if reader.state == "looselist" and rest.find("indented") >= 0:
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
