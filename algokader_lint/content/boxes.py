"""Boxes (admonitions, details and tabs) and the lines that were meant to be in them.

A box is what ``Body`` says: an opening line, and what is indented by four below it (Python-Markdown's ``admonition``,
pymdown-extensions' ``details`` and ``tabbed``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from algokader_lint.content.markdown import Block
from algokader_lint.content.page import Page
from algokader_lint.content.source import Span

INDENT = 4
_TYPE = re.compile(r"[!?]{3}\+?[ ]?(?P<type>[\w-]+)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}\.)[ \t]")
_BLOCK_KINDS = ("paragraph", "list", "table", "quote", "fence", "html")
Distance = Literal["next", "indented", "apart"]


@dataclass(frozen=True, slots=True)
class EmptyBox:
    """A box with nothing in it, and the text behind it.

    ``outside`` is the first line of that text; ``lines`` are the numbers of the lines that must move to be in the box.
    ``distance`` is how near the text is: on the ``next`` line, ``indented`` but not enough, or ``apart``.
    """

    opening: Span
    mark: str
    type: str
    outside: Span
    distance: Distance
    lines: range
    indent: int


def empty_boxes(page: Page, shown: Collection[Span]) -> Iterator[EmptyBox]:
    """The boxes of a page that have no body while a text follows; ``shown`` are comments that the build replaces."""
    blocks = page.body.blocks
    for place, block in enumerate(blocks):
        if block.kind == "box" and page.source.text.find("\n", block.span.start, block.span.end) < 0:
            found = _empty_box(page, block, _siblings(blocks, place), shown)
            if found is not None:
                yield found


def boxes_of(page: Page, types: Collection[str]) -> list[Span]:
    """The admonitions and details of these types (in small letters), from their openings to their ends."""
    found = []
    for block in page.body.blocks:
        kind = _TYPE.search(page.source.text, block.span.start, block.span.end) if block.kind == "box" else None
        if kind is not None and block.mark != "===" and kind["type"].lower() in types:
            found.append(block.span)
    return found


def _siblings(blocks: tuple[Block, ...], place: int) -> list[Block]:
    """The two blocks that follow a box in what it stands in."""
    own = blocks[place]
    found: list[Block] = []
    for index in range(place + 1, len(blocks)):  # a slice would copy all that follows, for every box
        block = blocks[index]
        if len(block.inside) < len(own.inside) or len(found) == 2:
            break
        if block.inside == own.inside and block.span.start >= own.span.end:
            found.append(block)
    return found


def _empty_box(page: Page, box: Block, following: list[Block], shown: Collection[Span]) -> EmptyBox | None:
    source = page.source
    line = source.position(box.span.start).line
    opening = source.line(line)
    lead = opening[: len(opening) - len(opening.lstrip(" \t"))]
    if not following or not opening[len(lead) :].startswith(box.mark) or following[0].kind not in _BLOCK_KINDS:
        return None
    indent, after = _columns(lead), following[0]
    moved = range(source.position(after.span.start).line, source.position(after.span.end).line + 1)
    outside = after
    if after.kind == "html" and not _is_shown(page, after, shown):
        if moved.start != line + 1 or len(following) < 2 or following[1].kind != "code":
            return None
        outside = following[1]  # a comment that has come between the opening and the body
    text = source.line(source.position(outside.span.start).line)
    shift = _columns(text[: len(text) - len(text.lstrip(" \t"))]) - indent
    distance: Distance = "apart"
    if moved.start == line + 1:
        distance = "next"
    elif 0 < shift < INDENT:
        distance = "indented"
    kind = _TYPE.match(opening, len(lead))
    start = source.line_starts[source.position(outside.span.start).line - 1]
    first = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
    name = kind["type"].lower() if kind is not None else ""
    opened = Span(box.span.end - len(opening) + len(lead), box.span.end)
    return EmptyBox(opened, box.mark, name, first, distance, moved, indent)


def _is_shown(page: Page, block: Block, shown: Collection[Span]) -> bool:
    """Whether raw HTML is more than a comment, or a comment that the build replaces."""
    text = page.source.slice(block.span)
    lead = len(text) - len(text.lstrip())
    if not text.lstrip().startswith("<!--"):
        return True
    return any(span.start == block.span.start + lead for span in shown)


def moved_into(page: Page, box: EmptyBox) -> list[tuple[int, str]]:
    """What must be put where, so that the lines of an empty box are in it: offsets and spaces."""
    texts = {number: page.source.line(number) for number in box.lines}
    leads = {number: text[: len(text) - len(text.lstrip(" \t"))] for number, text in texts.items() if text.strip()}
    wanted = box.indent + INDENT
    shift = wanted - _columns(leads[box.lines.start])
    is_list = _ITEM.match(texts[box.lines.start]) is not None
    found = []
    for number, lead in leads.items():
        nested = is_list and _columns(lead) - box.indent >= INDENT  # a list in it needs four spaces more than it
        more = INDENT if nested else max(shift, wanted - _columns(lead))
        if more > 0:
            found.append((page.source.line_starts[number - 1] + len(lead), " " * more))
    return found


def _columns(lead: str) -> int:
    return len(lead.expandtabs(INDENT))
