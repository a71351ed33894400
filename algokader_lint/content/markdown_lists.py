"""Lists as Python-Markdown reads them (``ListIndentProcessor``, ``OListProcessor``, ``UListProcessor``)."""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from algokader_lint.content.markdown_blocks import INDENT, BlockReader, loose_detab
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.markdown_tree import Lines, Node, Row

LISTS = ("ul", "ol")
_ITEM = re.compile(r"[ ]{0,3}(?P<mark>\d+\.|[*+-])[ ]+")
_INDENTED_ITEM = re.compile(r"[ ]{4,7}(?:\d+\.|[*+-])[ ]+")


def indented(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """What is indented behind an item belongs to it, or to one in it: by fours."""
    last = parent.last
    in_item = parent.tag == "li"
    if (
        not (in_item or (last is not None and last.tag in LISTS))
        or reader.state == "detabbed"
        or not block.text.startswith(INDENT)
    ):
        return False
    level, sibling = _level(parent, block.text, 1 if reader.state == "list" else 0)
    block = loose_detab(block, level)
    if in_item:
        reader.blocks(last if last is not None and last.tag in LISTS else parent, [block], "detabbed")
    elif sibling.tag == "li":
        reader.blocks(sibling, [block], "detabbed")
    elif sibling.last is not None and sibling.last.tag == "li":
        sibling.last.text_to_paragraph(first=True)
        reader.blocks(sibling.last, [block], "detabbed")
    else:
        reader.blocks(sibling.add("li", block.at), [block], "detabbed")
    return True


def _level(parent: Node, text: str, level: int) -> tuple[int, Node]:
    """How deep the item is that a line belongs to, and that item or its list."""
    deepest = (len(text) - len(text.lstrip(" "))) // TAB
    while deepest > level:
        child = parent.last
        if child is None or child.tag not in ("li", *LISTS):
            break
        if child.tag in LISTS:
            level += 1
        parent = child
    return level, parent


class _Item(NamedTuple):
    """An item of a list, or, without a mark, indented lines that belong to the one before."""

    mark: int
    rows: list[Row]


def ordered(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``1. item``."""
    item = _ITEM.match(block.text)
    if item is None or not item["mark"].endswith("."):
        return False
    _read_list(reader, parent, block, "ol")
    return True


def unordered(reader: BlockReader, parent: Node, block: Lines, left: deque[Lines]) -> bool:
    """``- item``, ``* item`` and ``+ item``."""
    item = _ITEM.match(block.text)
    if item is None or item["mark"].endswith("."):
        return False
    _read_list(reader, parent, block, "ul")
    return True


def _read_list(reader: BlockReader, parent: Node, block: Lines, tag: str) -> None:
    items = _items(block)
    before = parent.last
    if before is not None and before.tag in LISTS:
        if before.last is not None:
            before.last.text_to_paragraph(first=True)
            _tail_to_paragraph(before.last)
        made, first = before, items.pop(0)
        reader.blocks(made.add("li", first.mark, first.rows[0][1]), [Lines(first.rows)], "looselist")
    elif parent.tag in LISTS:
        made = parent
    else:
        made = parent.add(tag, block.at)
    for item in items:
        own = made.last if item.mark < 0 else None
        node = own or made.add("li", item.mark, item.rows[0][1])
        reader.blocks(node, [Lines(item.rows)], "list")


def _tail_to_paragraph(item: Node) -> None:
    last = item.last
    if last is not None and last.tail:
        item.add("p", last.tail[0][1]).text = last.tail
        last.tail = []


def _items(block: Lines) -> list[_Item]:
    """The items of a block."""
    items: list[_Item] = []
    for row in block.all():
        text, at = row
        item = _ITEM.match(text)
        if item is not None:
            items.append(_Item(at + item.start("mark"), [(text[item.end() :], at + item.end())]))
        elif _INDENTED_ITEM.match(text) is not None and not items[-1].rows[0][0].startswith(INDENT):
            items.append(_Item(-1, [row]))
        else:
            items[-1].rows.append(row)
    return items
