"""Walks over the tree that a text was read into, and keeps what is known of it, in places of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from algokader_lint.content.body import Block, BlockKind, Comment, Inline, InlineKind, Link
from algokader_lint.content.markdown_constructs import (
    COMMENT,
    comments,
    html_targets,
    inside_link,
    plain_text,
    visible_text,
)
from algokader_lint.content.markdown_stash import MARK, Element, Raw
from algokader_lint.content.markdown_syntax import Tree
from algokader_lint.content.markdown_tree import Node, Row
from algokader_lint.content.source import Span

_CONTAINERS: Mapping[str, BlockKind] = {
    "ul": "list",
    "ol": "list",
    "li": "item",
    "quote": "quote",
    "admonition": "box",
    "details": "box",
    "tab": "box",
    "table": "table",
    "tr": "row",
    "footnote": "footnote",
}
_LEAVES: Mapping[str, BlockKind] = {"code": "code", "hr": "rule", "edge": "html"}
_TITLES: Mapping[str, InlineKind] = {"td": "cell", "admonition": "title", "details": "title", "tab": "title"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EOL = re.compile(r"\r\n|\r|\n")
_ATTRIBUTE_LIST = re.compile(r"[ ]*\{:?[ ]*([^}\n ][^}\n]*)[ ]*\}[ ]*$")
_EXPLICIT_ID = re.compile(r"(?:^|\s)(?:#|id=[\"']?)(?P<id>[^\s}\"']+)")
_ONLY_COMMENTS = re.compile(r"\s*+(?:<!--(?:(?!<!--|-->).)*+-->\s*+)++$", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_INLINE_MARKS = re.compile(r"[\[<!`]")
_FOOTNOTE = re.compile(r"\[\^([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading that has no anchor yet."""

    level: int
    text: str
    explicit_id: str | None
    span: Span
    boxed: bool
    in_footnote: bool


class TreeReader:
    """Reads the text of one page, and keeps facts of it; what it was read into is dropped with the reader."""

    def __init__(self, md: MarkdownIt, text: str, start: int) -> None:
        self.md = md
        self.text = text
        self.start = start
        self.line_starts = [start, *(end.end() for end in _EOL.finditer(text, start))]
        self.headings: list[RawHeading] = []
        self.links: list[Link] = []
        self.code: list[Span] = []
        self.blocks: list[Block] = []
        self.inlines: list[Inline] = []
        self.html: list[Span] = []
        self.comments: tuple[Comment, ...] = ()
        self._tree = Tree(text, start)
        self._place = self._tree.place
        self._stash = self._tree.stash
        self.labels = frozenset(self._tree.references)
        self.abbreviations = tuple(sorted(self._written(*row) for row in self._tree.abbreviations))
        self._footnotes = self._tree.footnotes.keys()
        self._env: dict[str, object] = {
            "references": {
                normalizeReference(label): {"href": target, "place": place}
                for label, (target, place) in self._tree.references.items()
            }
        }
        self._elements = 0
        self._in_footnote = False

    def read(self) -> None:
        """Read it all."""
        self.code.extend(self._lines(*span) for span in self._tree.fences())
        for node in self._tree.parts():
            self._in_footnote = node.tag == "footnote"
            self._node(node, ())
        self.comments = tuple(comments(self.text, self.start, self.code))
        for block in self.blocks:
            if block.kind == "html":
                self.links.extend(html_targets(self.text, block.span))

    def _written(self, text: str, at: int) -> Span:
        """Where a text of the tree stands."""
        return Span(self._place(at), self._place(at + len(text) - 1) + 1 if text else self._place(at))

    def _end(self, row: Row) -> int:
        """Where a line of the tree ends."""
        text, at = row
        return self._place(at + len(text) - 1) + 1 if text else self._place(at)

    def _lines(self, start: int, end: int) -> Span:
        """A span from the start of its first line."""
        return Span(self.line_starts[bisect_right(self.line_starts, start) - 1], end)

    def _node(self, node: Node, inside: tuple[BlockKind, ...]) -> int:
        """Keep what is known of a node and those in it, and tell where it ends."""
        tag = node.tag
        if tag == "p":
            end = self._running_text(node.text, inside)
        elif tag in _HEADINGS and not node.info:
            end = self._heading(node, inside)
        elif tag in _LEAVES:
            end = self._leaf(node, _LEAVES[tag], inside)
        elif tag in _CONTAINERS:
            end = self._container(node, _CONTAINERS[tag], inside)
        elif node.info:
            end = self._element(node, inside)
        else:
            end = self._children(node, inside, self._place(node.start))
        return max(end, self._running_text(node.tail, inside)) if node.tail else end

    def _children(self, node: Node, inside: tuple[BlockKind, ...], end: int) -> int:
        for child in node.children:
            end = max(end, self._node(child, inside))
        return end

    def _leaf(self, node: Node, kind: BlockKind, inside: tuple[BlockKind, ...]) -> int:
        span = self._lines(self._place(node.start), self._place(node.end - 1) + 1)
        self.blocks.append(Block(kind, span, inside))
        if kind == "code":
            self.code.append(span)
        elif kind == "html":
            self.html.append(span)
        return span.end

    def _container(self, node: Node, kind: BlockKind, inside: tuple[BlockKind, ...]) -> int:
        start = self._place(node.start)
        end = max(start, self._place(node.end - 1) + 1) if node.end else start
        index = len(self.blocks)
        block = Block(kind, Span(start, end), inside, node.info)
        self.blocks.append(block)
        within = (*inside, kind)
        if node.tag in _TITLES:
            if node.text:
                self._inline(_TITLES[node.tag], node.text, within)
        elif node.text:
            end = max(end, self._running_text(node.text, within))
        for child in node.children:
            if child.tag == "td":
                self._inline("cell", child.text, within)
            else:
                end = max(end, self._node(child, within))
        span = Span(start, end) if kind == "item" else self._lines(start, end)
        self.blocks[index] = Block(kind, span, inside, node.info)
        return end

    def _element(self, node: Node, inside: tuple[BlockKind, ...]) -> int:
        """An element of HTML with Markdown in it."""
        found = self._stash[int(node.info)]
        assert isinstance(found, Element)  # noqa: S101
        first, last = found.tags[0], found.tags[-1]
        if found.state == "off":
            self._html(Span(first.start, last.end), inside)
            return last.end
        self._html(first, inside)
        self._elements += 1
        if node.text:
            self._running_text(node.text, inside)
        self._children(node, inside, 0)
        self._elements -= 1
        if last.end > last.start:
            self._html(last, inside)
        return last.end

    def _html(self, span: Span, inside: tuple[BlockKind, ...]) -> None:
        span = self._lines(span.start, span.end)
        self.blocks.append(Block("html", span, inside))
        self.html.append(span)

    def _running_text(self, rows: Sequence[Row], inside: tuple[BlockKind, ...]) -> int:
        """A paragraph, or the text of an item that is none; what was taken out of it is a block of its own."""
        rows = [row for row in rows if row[0].strip()]
        if not rows:
            return 0
        end = 0
        marked = [row for row in rows if "\x02" in row[0]]
        for text, _ in marked:
            for mark in MARK.finditer(text):
                end = max(end, self._taken_out(self._stash[int(mark[1])], inside))
        if marked and not any(MARK.sub("", text).strip() for text, _ in rows):
            return end
        span = Span(self._place(rows[0][1]), self._end(rows[-1]))
        if rows[0][0].lstrip().startswith("<!--") and _ONLY_COMMENTS.match("\n".join(text for text, _ in rows)):
            self._html(span, inside)
            return span.end
        self.blocks.append(Block("paragraph", self._lines(*span), inside))
        self._inline("paragraph", rows, inside)
        return max(end, span.end)

    def _taken_out(self, found: Raw | Element, inside: tuple[BlockKind, ...]) -> int:
        if isinstance(found, Element):
            return 0
        if found.kind == "fence":
            self.blocks.append(Block("fence", self._lines(*found.span), inside))
        else:
            self._html(found.span, inside)
        return found.span.end

    def _heading(self, node: Node, inside: tuple[BlockKind, ...]) -> int:
        span = self._lines(self._place(node.start), self._place(node.end - 1) + 1)
        self.blocks.append(Block("heading", span, inside))
        content = node.text[0][0]
        children = self._inline("heading", node.text, inside)
        for mark in MARK.finditer(content):
            self._taken_out(self._stash[int(mark[1])], inside)
        attributes = _ATTRIBUTE_LIST.search(content)
        explicit = _EXPLICIT_ID.search(attributes[1]) if attributes else None
        shown = visible_text(children) if children else plain_text(self.md, content)
        shown = _FOOTNOTE.sub(lambda note: "" if note[1] in self._footnotes else note[0], shown)
        self.headings.append(
            RawHeading(
                level=int(node.tag[1]),
                text=_ATTRIBUTE_LIST.sub("", MARK.sub(self._shown, shown)).strip(),
                explicit_id=explicit["id"] if explicit else None,
                span=span,
                boxed=bool(inside or self._elements),
                in_footnote=self._in_footnote,
            )
        )
        return span.end

    def _shown(self, mark: re.Match[str]) -> str:
        """What is shown of what a mark stands for."""
        found = self._stash[int(mark[1])]
        if isinstance(found, Element):
            return ""
        text = self.text[slice(*found.span)]
        if found.kind == "html":
            return _TAG.sub("", COMMENT.sub("", text))
        return " ".join(line.strip() for line in text.splitlines()[1:-1])

    def _inline(self, kind: InlineKind, rows: Sequence[Row], inside: tuple[BlockKind, ...]) -> list[Token]:
        """Keep running text, and what stands in it."""
        pieces: list[Span] = []
        places: list[tuple[int, int]] = []
        at = 0
        for text, place in rows:
            places.append((at, place))
            at += len(text) + 1
            if "\x02" in text:
                pieces.extend(self._pieces_around_marks(text, place))
            elif visible := text.strip():
                begin = place + len(text) - len(text.lstrip())
                pieces.append(Span(self._place(begin), self._place(begin + len(visible) - 1) + 1))
        self.inlines.append(Inline(kind, tuple(pieces), inside))
        content = "\n".join(text for text, _ in rows)
        if not _INLINE_MARKS.search(content):
            return []
        return self._constructs(content, places)

    def _pieces_around_marks(self, text: str, place: int) -> Iterator[Span]:
        """What is shown of a line that something was taken out of."""
        at = 0
        for end, after in [*(mark.span() for mark in MARK.finditer(text)), (len(text), len(text))]:
            part = text[at:end]
            if visible := part.strip():
                begin = place + at + len(part) - len(part.lstrip())
                yield Span(self._place(begin), self._place(begin + len(visible) - 1) + 1)
            at = after

    def _constructs(self, content: str, places: list[tuple[int, int]]) -> list[Token]:
        """The links, images, code and tags of running text."""
        children: list[Token] = []
        self.md.inline.parse(content, self.md, self._env, children)
        begins = [begin for begin, _ in places]

        def offset(at: int) -> int:
            begin, place = places[max(bisect_right(begins, at) - 1, 0)]
            return self._place(place + at - begin)

        for index, token in enumerate(children):
            if "start" not in token.meta:
                continue
            span = Span(offset(token.meta["start"]), offset(token.meta["end"] - 1) + 1)
            if token.type == "code_inline":
                self.code.append(span)
            elif token.type == "html_inline":
                self.html.append(span)
                self.links.extend(html_targets(self.text, span))
            else:
                image = token.type == "image"
                target = str(token.attrs["src" if image else "href"])
                label, label_end = token.meta["label"]
                self.links.append(
                    Link(
                        kind="image" if image else "link",
                        target=target,
                        text=token.content if image else visible_text(inside_link(children, index)),
                        span=span,
                        target_span=self._target_span(token, target, span, offset),
                        text_span=Span(offset(label), max(offset(label_end), offset(label))),
                    )
                )
        return children

    def _target_span(self, token: Token, target: str, link: Span, offset: Callable[[int], int]) -> Span:
        """Where the target of a link is written; that of a reference stands in its definition."""
        if "defined" in token.meta:
            return self._written(target, token.meta["defined"])
        start = offset(token.meta["target"])
        return Span(start, min(start + len(target), max(link.end, start)))
