"""What is known of a page's text: headings, links, images, comments, blocks and sections, each with its span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from algokader_lint.content.source import NOWHERE, Span

LinkKind = Literal["link", "image", "html-link", "html-image"]
BlockKind = Literal[
    "paragraph", "heading", "list", "item", "quote", "box", "table", "row", "fence", "code", "html", "footnote", "rule"
]
InlineKind = Literal["paragraph", "heading", "cell", "title"]


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

    ``target_span`` is where the target is written: for a reference in its definition, which others may share.
    ``text`` is what a reader sees of it, and stands in ``text_span``; of raw HTML neither is known.
    """

    kind: LinkKind
    target: str
    text: str
    span: Span
    target_span: Span
    text_span: Span = NOWHERE

    @property
    def by_reference(self) -> bool:
        """Whether its target is written in a definition elsewhere on the page."""
        return not self.span.covers(self.target_span)


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

    ``html`` are raw blocks and tags, ``code`` blocks and spans of code. ``labels`` are those that definitions of links
    have, in small letters; ``abbreviations`` is where names stand that are explained by a definition (``abbr``): a
    reader who points at such a name, by case, sees the explanation.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    code: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    inlines: tuple[Inline, ...] = ()
    html: tuple[Span, ...] = ()
    labels: frozenset[str] = frozenset()
    abbreviations: tuple[Span, ...] = ()
    span: Span = NOWHERE

    @property
    def distinct_links(self) -> tuple[Link, ...]:
        """The links, but of those that share a definition only the first: what is wrong with it is wrong once."""
        first: dict[Span, Link] = {}
        for link in self.links:
            if link.by_reference:
                first.setdefault(link.target_span, link)
        return tuple(link for link in self.links if not link.by_reference or first[link.target_span] is link)

    def in_code(self, span: Span) -> bool:
        """Whether ``span`` lies in a code block or code span."""
        return any(code.covers(span) for code in self.code)
