"""The structure of a page's text: headings, links, images, comments and sections, each with its span."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from algokader_lint.content import markdown_blocks, markdown_inlines
from algokader_lint.content.anchors import unique_anchors
from algokader_lint.content.source import NOWHERE, Span

LinkKind = Literal["link", "image", "html-link", "html-image"]
BlockKind = Literal[
    "paragraph", "heading", "list", "item", "quote", "box", "table", "row", "fence", "code", "html", "footnote", "rule"
]
InlineKind = Literal["paragraph", "heading", "cell", "title"]

_KINDS: Mapping[str, BlockKind] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    f"{markdown_blocks.BOX}_open": "box",
    "table_open": "table",
    "tr_open": "row",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "footnote_reference_open": "footnote",
    "hr": "rule",
}
_INLINES: Mapping[BlockKind, InlineKind] = {"heading": "heading", "row": "cell", "box": "title"}
_HOLDERS = ("paragraph", "heading")
_EOL = re.compile(r"\r\n|\r|\n")
_ATTRIBUTE_LIST = re.compile(r"[ ]*\{:?[ ]*([^}\n ][^}\n]*)[ ]*\}[ ]*$")
_EXPLICIT_ID = re.compile(r"(?:^|\s)(?:#|id=[\"']?)(?P<id>[^\s}\"']+)")
COMMENT = re.compile(r"<!--(?P<text>.*?)(?:-->|\Z)", re.DOTALL)
_HTML_TARGET = re.compile(
    r"<(?P<tag>a|img)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s(?P<name>href|src)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"']+))",
    re.IGNORECASE,
)
_INLINE_MARKS = re.compile(r"[\[<!`]")
_EMOJI = re.compile(r":[+\w-]+:")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``text`` is what a reader sees, ``anchor`` the id it gets, ``span`` its line.

    ``boxed`` tells that it stands inside an admonition, a tab, a list or a quotation.
    """

    level: int
    text: str
    anchor: str
    span: Span
    boxed: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image; ``target`` is as written, ``span`` the whole construct.

    ``text`` is what a reader sees of it, and stands in ``text_span``; of raw HTML neither is known.
    """

    kind: LinkKind
    target: str
    text: str
    span: Span
    target_span: Span
    text_span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment outside of code; ``text`` is what stands between its marks."""

    text: str
    span: Span
    closed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """What follows a heading, up to the next one of the same or a higher level."""

    heading: Heading
    body: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A block element: the ``span`` of its lines, and the kinds of the blocks it is ``inside`` of, outermost first.

    ``mark`` is what a box begins with (``!!!``, ``???``, ``===``).
    """

    kind: BlockKind
    span: Span
    inside: tuple[BlockKind, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """Running text: that of a paragraph, a heading, a cell of a table or the title of a box.

    ``pieces`` is its text line by line, without what a line begins with (``>``, the mark of a list); ``inside`` are the
    kinds of the blocks that hold it.
    """

    kind: InlineKind
    pieces: tuple[Span, ...]
    inside: tuple[BlockKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The structure of a page's text: its block elements, those within others too, and what stands in them.

    ``html`` are raw blocks and tags, ``code`` blocks and spans of code.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    code: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()
    html: tuple[Span, ...] = ()
    span: Span = NOWHERE

    def in_code(self, span: Span) -> bool:
        """Whether ``span`` lies in a code block or code span."""
        return any(code.covers(span) for code in self.code)


def make_parser() -> MarkdownIt:
    """A parser with the site's extensions; it may be used for any number of pages."""
    md = MarkdownIt("commonmark", {"maxNesting": 40})
    md.enable("table")
    md.use(footnote_plugin, inline=False, move_to_end=False)
    markdown_blocks.install(md)
    markdown_inlines.install(md)
    return md


def read_body(md: MarkdownIt, text: str, start: int) -> Body:
    """Read the Markdown of ``text`` from offset ``start``; spans are offsets in ``text``."""
    reader = _BodyReader(md, text, start)
    reader.read()
    anchors = unique_anchors([(raw.text, raw.explicit_id) for raw in reader.headings])
    headings = tuple(
        Heading(raw.level, raw.text, anchor, raw.span, raw.boxed)
        for raw, anchor in zip(reader.headings, anchors, strict=True)
    )
    return Body(
        headings=headings,
        links=tuple(sorted(reader.links, key=lambda link: link.span)),
        comments=reader.comments,
        code=tuple(reader.code),
        sections=tuple(_sections(headings, len(text))),
        blocks=tuple(reader.blocks),
        inlines=tuple(reader.inlines),
        html=tuple(reader.html),
        span=Span(start, len(text)),
    )


def _sections(headings: tuple[Heading, ...], end: int) -> list[Section]:
    """The sections of a page, headings inside boxes not counted; from the last to the first, each heading once."""
    found: list[Section] = []
    ends: dict[int, int] = {}
    for heading in reversed([heading for heading in headings if not heading.boxed]):
        own_end = min((start for level, start in ends.items() if level <= heading.level), default=end)
        found.append(Section(heading, Span(heading.span.end, own_end)))
        ends = {level: start for level, start in ends.items() if level < heading.level}
        ends[heading.level] = heading.span.start
    return found[::-1]


@dataclass(frozen=True, slots=True)
class _RawHeading:
    level: int
    text: str
    explicit_id: str | None
    span: Span
    boxed: bool


class _BodyReader:
    """Walks over the tokens of one page and keeps facts; tokens are dropped with the reader."""

    def __init__(self, md: MarkdownIt, text: str, start: int) -> None:
        self.md = md
        self.text = text
        self.lines: list[str] = []
        self.line_starts: list[int] = []
        at = start
        for end in _EOL.finditer(text, start):
            self.lines.append(text[at : end.start()])
            self.line_starts.append(at)
            at = end.end()
        self.lines.append(text[at:])
        self.line_starts.append(at)
        self.headings: list[_RawHeading] = []
        self.links: list[Link] = []
        self.code: list[Span] = []
        self.blocks: list[Block] = []
        self.inlines: list[Inline] = []
        self.html: list[Span] = []
        self.comments: tuple[Comment, ...] = ()

    def read(self) -> None:
        env: dict[str, object] = {}
        tokens: list[Token] = []
        self.md.block.parse("\n".join(self.lines), self.md, env, tokens)
        table_line, table_cursor = -1, 0
        heading: Token | None = None
        for token, inside in _with_containers(tokens):
            kind = _KINDS.get(token.type)
            if kind is not None and token.map is not None:
                self._block(token, kind, inside)
            if token.type == "heading_open":
                heading = token
            elif token.type == "inline" and token.map is not None:
                if token.map[0] != table_line:
                    table_line, table_cursor = token.map[0], 0
                places, table_cursor = self._places(token.content, token.map[0], table_cursor)
                self._inline_of(token.content, places, inside)
                children = self._inline(token.content, places, env)
                if heading is not None:
                    self._heading(heading, token.content, children)
            elif token.type == "heading_close":
                heading = None
        self.comments = tuple(self._comments(self.line_starts[0]))
        for block in self.blocks:
            if block.kind == "html":
                self.links.extend(self._html_targets(block.span))

    def _block(self, token: Token, kind: BlockKind, inside: tuple[BlockKind, ...]) -> None:
        span = self._line_span(token)
        self.blocks.append(Block(kind, span, inside, token.info if kind == "box" else ""))
        if kind in ("fence", "code"):
            self.code.append(span)
        elif kind == "html":
            self.html.append(span)

    def _inline_of(self, content: str, places: list[tuple[int, int]], inside: tuple[BlockKind, ...]) -> None:
        parts = (part.strip() for part in content.split("\n"))
        pieces = tuple(Span(place, place + len(part)) for (_, place), part in zip(places, parts, strict=True))
        holder = inside[-1] if inside else "paragraph"
        kind = _INLINES.get(holder, "paragraph")
        self.inlines.append(Inline(kind, pieces, inside[:-1] if holder in _HOLDERS else inside))

    def _line_span(self, token: Token) -> Span:
        first, last = token.map or [0, 1]
        end_line = min(last, len(self.lines)) - 1
        return Span(self.line_starts[first], self.line_starts[end_line] + len(self.lines[end_line]))

    def _places(self, content: str, first_line: int, cursor: int) -> tuple[list[tuple[int, int]], int]:
        """Pairs (offset in ``content``, offset in the text) where each of its lines begins."""
        places: list[tuple[int, int]] = []
        while first_line < len(self.lines) - 1 and not self.lines[first_line].strip().lstrip("> \t").strip():
            first_line += 1  # markdown-it strips lines of only U+00A0 and the like off a paragraph
        at = 0
        column = cursor
        for number, part in enumerate(content.split("\n")):
            line_number = min(first_line + number, len(self.lines) - 1)
            line = self.lines[line_number]
            visible = part.strip()
            lead = len(part) - len(part.lstrip())
            if number or not cursor:
                stripped = line.rstrip()
                column = len(stripped) - len(visible) if stripped.endswith(visible) else max(line.find(visible), 0)
                if not number:
                    first = line.find(visible)
                    column = first if first >= 0 else 0
            else:
                found = line.find(visible, cursor)
                column = found if found >= 0 else cursor
            places.append((at + lead, self.line_starts[line_number] + column))
            at += len(part) + 1
            column += len(visible)
        return places, column

    def _inline(self, content: str, places: list[tuple[int, int]], env: dict[str, object]) -> list[Token]:
        if not _INLINE_MARKS.search(content):
            return []
        children: list[Token] = []
        self.md.inline.parse(content, self.md, env, children)

        begins = [begin for begin, _ in places]

        def offset(at: int) -> int:
            begin, place = places[max(bisect_right(begins, at) - 1, 0)]
            return place + (at - begin)

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

    def _heading(self, token: Token, content: str, children: list[Token]) -> None:
        attributes = _ATTRIBUTE_LIST.search(content)
        explicit = _EXPLICIT_ID.search(attributes[1]) if attributes else None
        shown = _visible_text(children) if children else _plain_text(self.md, content)
        self.headings.append(
            _RawHeading(
                level=int(token.tag[1]),
                text=_ATTRIBUTE_LIST.sub("", shown).strip(),
                explicit_id=explicit["id"] if explicit else None,
                span=self._line_span(token),
                boxed=token.level > 0,
            )
        )

    def _comments(self, start: int) -> Iterator[Comment]:
        code = sorted(self.code)
        index = 0
        for match in COMMENT.finditer(self.text, start):
            while index < len(code) and code[index].end <= match.start():
                index += 1
            if index < len(code) and code[index].start <= match.start():
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


def _with_containers(tokens: Iterable[Token]) -> Iterator[tuple[Token, tuple[BlockKind, ...]]]:
    """Tokens with the kinds of the blocks that each stands in, outermost first."""
    inside: tuple[BlockKind, ...] = ()
    for token in tokens:
        if token.nesting < 0 and f"{token.type.removesuffix('close')}open" in _KINDS:
            inside = inside[:-1]
        yield token, inside
        if token.nesting > 0 and token.type in _KINDS:
            inside = (*inside, _KINDS[token.type])


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
