"""Walks over the tree that a text was read into, and keeps what is known of it, in places of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from algokader_lint.content.body import Block, BlockKind, Comment, Inline, InlineKind, Link
from algokader_lint.content.markdown_blocks import BlockReader
from algokader_lint.content.markdown_boxes import admonition, details, tab
from algokader_lint.content.markdown_fences import fences
from algokader_lint.content.markdown_html import MARK, Element, HtmlReader, Raw
from algokader_lint.content.markdown_leaves import (
    abbreviation,
    code,
    element,
    footnote,
    heading,
    html_block,
    quote,
    reference,
    rule,
    underlined,
)
from algokader_lint.content.markdown_lists import indented, ordered, unordered
from algokader_lint.content.markdown_tables import table
from algokader_lint.content.markdown_text import Placed, normalized
from algokader_lint.content.markdown_tree import Node, Row
from algokader_lint.content.source import Span

# In the order of Python-Markdown's priorities.
_RULES = (
    tab,
    details,
    admonition,
    element,
    indented,
    html_block,
    code,
    table,
    heading,
    underlined,
    rule,
    ordered,
    unordered,
    quote,
    footnote,
    abbreviation,
    reference,
)
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
_HTML_TARGET = re.compile(
    r"<(?P<tag>a|img)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s(?P<name>href|src)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"']+))",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_INLINE_MARKS = re.compile(r"[\[<!`]")
_FOOTNOTE = re.compile(r"\[\^([^\]]*)\]")
_EMOJI = re.compile(r":[+\w-]+:")
COMMENT = re.compile(r"<!--(?P<text>.*?)(?:-->|\Z)", re.DOTALL)


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
        self._layers: list[Placed] = []
        self._stash: list[Raw | Element] = []
        self._env: dict[str, object] = {}
        self._footnotes: Collection[str] = ()
        self._elements = 0
        self._in_footnote = False

    def read(self) -> None:
        """Read it all."""
        blocks = self._blocks()
        self._env["references"] = {
            normalizeReference(label): {"href": target} for label, (target, _) in blocks.references.items()
        }
        self._footnotes = blocks.footnotes.keys()
        parts = [*blocks.root.children, *blocks.footnotes.values()]
        for node in sorted(parts, key=lambda node: node.start) if blocks.footnotes else parts:
            self._in_footnote = node.tag == "footnote"
            self._node(node, ())
        self.comments = tuple(self._comments(self.start))
        for block in self.blocks:
            if block.kind == "html":
                self.links.extend(self._html_targets(block.span))

    def _blocks(self) -> BlockReader:
        """The tree of blocks, and how to get from a place in it to one in the file."""
        plain = normalized(self.text, self.start)
        unfenced, end = self._without_fences(plain)
        html = HtmlReader(unfenced.text[:end], unfenced.text[end:], self._stash)
        html.read()
        self._layers = [layer for layer in (html.made, unfenced, plain) if not layer.is_copy]
        fences_in = [layer for layer in (plain,) if not layer.is_copy]
        html_in = [layer for layer in (unfenced, plain) if not layer.is_copy]
        for found in self._stash:
            if isinstance(found, Element):
                found.tags = [_placed(span, html_in) for span in found.tags]
            else:
                found.span = _placed(found.span, fences_in if found.kind == "fence" else html_in)
        blocks = BlockReader(html.made.text, self._stash, _RULES)
        blocks.read(html.top_length)
        self.code.extend(
            self._lines(*found.span)
            for found in self._stash
            if isinstance(found, Raw) and found.kind == "fence" and not found.put_back
        )
        return blocks

    def _without_fences(self, plain: Placed) -> tuple[Placed, int]:
        """The text with marks in place of fences, and where it ends; behind it stand the fences themselves."""
        text = plain.text
        made = Placed()
        at = 0
        for fence in fences(text):
            made.add(text[at : fence.start] + fence.indent, at)
            found = Raw("fence", Span(fence.start, fence.end), indent=len(fence.indent))
            self._stash.append(found)
            made.put(f"\x02{len(self._stash) - 1}\x03", fence.start, fence.end - fence.start)
            at = fence.end
        made.add(text[at:], at)
        end = made.length
        for found in self._stash:
            if isinstance(found, Raw):
                found.content = Span(made.length, made.length + found.span.end - found.span.start)
                made.add(text[slice(*found.span)], found.span.start)
        return made, end

    def _place(self, at: int) -> int:
        """Where a character of the tree stands in the file."""
        for layer in self._layers:
            at = layer.place(at)
        return at

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
        shown = _visible_text(children) if children else _plain_text(self.md, content)
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
                self.links.extend(self._html_targets(span))
            else:
                image = token.type == "image"
                target = str(token.attrs["src" if image else "href"])
                place = offset(token.meta["target"])
                label, label_end = token.meta["label"]
                self.links.append(
                    Link(
                        kind="image" if image else "link",
                        target=target,
                        text=token.content if image else _visible_text(_inside(children, index)),
                        span=span,
                        target_span=Span(place, min(place + len(target), max(span.end, place))),
                        text_span=Span(offset(label), max(offset(label_end), offset(label))),
                    )
                )
        return children

    def _comments(self, start: int) -> Iterator[Comment]:
        spans = sorted(self.code)
        index = 0
        for match in COMMENT.finditer(self.text, start):
            while index < len(spans) and spans[index].end <= match.start():
                index += 1
            if index < len(spans) and spans[index].start <= match.start():
                continue
            yield Comment(match["text"], Span(*match.span()), match[0].endswith("-->"))

    def _html_targets(self, span: Span) -> Iterator[Link]:
        piece = COMMENT.sub(lambda m: " " * len(m[0]), self.text[span.start : span.end])
        for match in _HTML_TARGET.finditer(piece):
            image = match["tag"].lower() == "img"
            if (match["name"].lower() == "src") != image:
                continue
            group = next(name for name in ("double", "single", "bare") if match[name] is not None)
            yield Link(
                kind="html-image" if image else "html-link",
                target=match[group],
                text="",
                span=Span(span.start + match.start(), span.start + match.end()),
                target_span=Span(span.start + match.start(group), span.start + match.end(group)),
            )


def _placed(span: Span, layers: Iterable[Placed]) -> Span:
    start, end = span
    for layer in layers:
        start, end = layer.place(start), layer.place(end - 1) + 1 if end > start else layer.place(end)
    return Span(start, max(start, end))


def _inside(tokens: list[Token], opening: int) -> Iterator[Token]:
    for index in range(opening + 1, len(tokens)):
        if tokens[index].type == "link_close":
            return
        yield tokens[index]


def _visible_text(tokens: Iterable[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return _EMOJI.sub("", "".join(parts))


def _plain_text(md: MarkdownIt, content: str) -> str:
    """The visible text of inline Markdown without links, code or HTML."""
    if not re.search(r"[*_\\&:]", content):
        return content
    children: list[Token] = []
    md.inline.parse(content, md, {}, children)
    return _visible_text(children)
