"""Admonitions, details and tabs (``extensions.admonition``, ``pymdownx.details``, ``pymdownx.tabbed``)."""

from __future__ import annotations

import re
from collections import deque

from algokader_lint.content.markdown_blocks import INDENT, BlockReader, detab, put_back
from algokader_lint.content.markdown_lists import LISTS
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.markdown_tree import Lines, Node

_TITLE = re.compile(r"[^\"]*\"(?P<title>.*?)\" *$")


def tab(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``=== "title"``; tabs that follow each other are a set."""
    index = block.find("tab")
    if index < 0:
        return _goes_on(reader, block, left, _in_tabs(parent, block))
    reader.before(parent, block, index)
    before = parent.last
    mark = block.rows[index][0].split('"', 1)[0]
    if before is None or before.tag != "tabs" or "!" in mark:
        before = parent.add("tabs", block.rows[index][1])
    _open(reader, before, block, left, index, "tab")
    return True


def details(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``??? type "title"``."""
    index = block.find("details")
    if index < 0:
        return _goes_on(reader, block, left, _in_box(parent, block, "details"))
    reader.before(parent, block, index)
    _open(reader, parent, block, left, index, "details")
    return True


def admonition(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``!!! type "title"``."""
    index = block.find("admonition")
    if index < 0:
        return _goes_on(reader, block, left, _in_box(parent, block, "admonition"))
    reader.before(parent, block, index)
    _open(reader, parent, block, left, index, "admonition")
    return True


def _open(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines], index: int, tag: str) -> None:
    """A new box, with the lines of the block that stand in it."""
    text, at = block.rows[index]
    node = parent.add(tag, at, at + len(text), text[:3])
    title = _TITLE.match(text)
    if title is not None and title["title"].strip():
        node.text = [(title["title"], at + title.start("title"))]
    rows, rest = detab(block.part(index + 1, block.last))
    reader.rows(node, rows)
    put_back(left, rest)


def _goes_on(reader: BlockReader, block: Lines, left: deque[Lines], found: tuple[Node, int] | None) -> bool:
    """A block that stands in a box that was opened before, or in an item of a list in it."""
    if found is None:
        return False
    node, indent = found
    rows, rest = detab(block, indent)
    if node.tag == "li":
        node.text_to_paragraph(first=False)
    elif node.tag == "tabs" and node.last is not None:
        node = node.last
    reader.rows(node, rows)
    put_back(left, rest)
    return True


def _in_box(parent: Node, block: Lines, tag: str) -> tuple[Node, int] | None:
    """The last box, or the item in it, that a block belongs to, and how far that indents it."""
    box, text = parent.last, block.text
    if box is None or box.tag != tag or not text.startswith(INDENT):
        return None
    indent, inner = 0, box.last
    while inner is not None and inner.tag in LISTS and text.startswith(INDENT * 2, indent):
        item = inner.last
        if item is None:
            return None
        box, inner = item, item.last
        indent += TAB
    return (box, indent + TAB) if text.startswith(INDENT, indent) else None


def _in_tabs(parent: Node, block: Lines) -> tuple[Node, int] | None:
    tabs, text = parent.last, block.text
    if tabs is None or tabs.tag != "tabs" or not text.startswith(INDENT):
        return None
    indent, inner = 0, tabs.last
    box = tabs
    while inner is not None and (inner.tag in LISTS or inner.tag == "tab") and text.startswith(INDENT * 2, indent):
        if inner.tag == "tab":
            inner = inner.last
            if inner is None or inner.tag not in LISTS:
                break
        item = inner.last
        if item is None:
            return None
        box, inner = item, item.last
        indent += TAB
    return (box, indent + TAB) if text.startswith(INDENT, indent) else None
