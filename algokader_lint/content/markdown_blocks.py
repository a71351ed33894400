"""Reads the blocks of a text as Python-Markdown's ``blockparser`` does, each line with its place.

Where Python-Markdown works on strings, this works on lines: what is cut off a line moves its place, so that everything
in the tree can be pointed at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal

from algokader_lint.content.markdown_stash import Element, Raw
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.markdown_tree import Lines, Node, Row, rows_of, split

State = Literal["", "list", "looselist", "detabbed", "quote"]

INDENT = " " * TAB
_DEEPEST = 40
"""How many blocks may stand in each other; what is deeper is text."""


def detab(block: Lines, width: int = TAB) -> tuple[list[Row], Lines]:
    """The first lines of a block, as many as are indented, without their indentation; and what is left."""
    indent = " " * width
    rows: list[Row] = []
    for index in range(block.first, block.last):
        text, at = block.rows[index]
        if text.startswith(indent):
            rows.append((text[width:], at + width))
        elif not text.strip():
            rows.append(("", at))
        else:
            break
    return rows, block.part(block.first + len(rows), block.last)


def loose_detab(block: Lines, level: int = 1) -> Lines:
    """A block, its lines without their indentation where they have it."""
    width = TAB * level
    indent = " " * width
    rows = [(text[width:], at + width) if text.startswith(indent) else (text, at) for text, at in block.all()]
    return Lines([row for row in rows if row[0]])


class BlockReader:
    """Makes a tree of blocks. ``footnotes`` are those of each id, ``references`` the target of each
    label, and its place; ``abbreviations`` the names of those that are explained.
    """

    def __init__(self, text: str, stash: Sequence[Raw | Element], rules: Sequence[BlockRule]) -> None:
        self.text = text
        self.rules = rules
        self.stash = stash
        self.states: list[State] = [""]
        self.depth = 0
        self.footnotes: dict[str, Node] = {}
        self.references: dict[str, Row] = {}
        self.abbreviations: list[Row] = []
        self.root = Node("root", 0)

    def read(self, end: int) -> Node:
        """The tree of the text up to ``end``; behind it stands what is in elements."""
        self.rows(self.root, rows_of(self.text, 0, end))
        return self.root

    @property
    def state(self) -> State:
        """What the blocks are part of."""
        return self.states[-1]

    def rows(self, parent: Node, rows: Sequence[Row], state: State | None = None) -> None:
        """Read lines, with blank ones between the blocks (``parseChunk``)."""
        self.blocks(parent, split(rows), state)

    def blocks(self, parent: Node, blocks: Sequence[Lines], state: State | None = None) -> None:
        """Read blocks as children of ``parent`` (``parseBlocks``)."""
        if state is not None:
            self.states.append(state)
        self.depth += 1
        left = deque(blocks)
        while left:
            block = left.popleft()
            while block.first < block.last and not block.text:
                block = block.part(block.first + 1, block.last)
            if not len(block):
                continue
            if not (self.depth > _DEEPEST or block.is_plain) and self._by_rule(parent, block, left):
                continue
            self._paragraph(parent, block)
        self.depth -= 1
        if state is not None:
            self.states.pop()

    def _by_rule(self, parent: Node, block: Lines, left: deque[Lines]) -> bool:
        for rule in self.rules:  # noqa: SIM110 - faster than any() here
            if rule(self, parent, block, left):
                return True
        return False

    def before(self, parent: Node, block: Lines, index: int) -> None:
        """Read the lines of a block before the one at ``index``."""
        if index > block.first:
            self.blocks(parent, [block.part(block.first, index)])

    def _paragraph(self, parent: Node, block: Lines) -> None:
        rows = block.all()
        if not any(text.strip() for text, _ in rows):
            return
        if self.state != "list":
            parent.add("p", rows[0][1]).text = list(rows)
        elif parent.last is not None:
            parent.last.tail.extend(rows)
        else:
            parent.text.extend(rows)


def put_back(left: deque[Lines], block: Lines) -> None:
    """What is left of a block is the next one."""
    if len(block):
        left.appendleft(block)


BlockRule = Callable[[BlockReader, Node, Lines, deque[Lines]], bool]
"""Reads a block as a child of a node, and may put back what is left of it; False when it is not for this rule."""
