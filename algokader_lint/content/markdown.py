"""The structure of a page's text: headings, links, images, comments and sections, each with its span.

What a text is, is decided as Python-Markdown with the site's extensions decides it.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from algokader_lint.content import markdown_inlines
from algokader_lint.content.anchors import unique_anchors
from algokader_lint.content.body import (
    Block,
    BlockKind,
    Body,
    Comment,
    Heading,
    Inline,
    InlineKind,
    Link,
    LinkKind,
    Section,
)
from algokader_lint.content.markdown_constructs import COMMENT
from algokader_lint.content.markdown_reader import RawHeading, TreeReader
from algokader_lint.content.source import Span

__all__ = [
    "COMMENT",
    "Block",
    "BlockKind",
    "Body",
    "Comment",
    "Heading",
    "Inline",
    "InlineKind",
    "Link",
    "LinkKind",
    "Section",
    "make_parser",
    "read_body",
]


def make_parser() -> MarkdownIt:
    """A parser of running text; it may be used for any number of pages."""
    md = MarkdownIt("commonmark", {"maxNesting": 40})
    markdown_inlines.install(md)
    return md


def read_body(md: MarkdownIt, text: str, start: int) -> Body:
    """Read the Markdown of ``text`` from offset ``start``; spans are offsets in ``text``."""
    reader = TreeReader(md, text, start)
    reader.read()
    headings = _with_anchors(reader.headings)
    return Body(
        headings=headings,
        links=tuple(sorted(reader.links, key=lambda link: link.span)),
        comments=reader.comments,
        code=tuple(reader.code),
        sections=tuple(_sections(headings, len(text))),
        blocks=tuple(reader.blocks),
        inlines=tuple(reader.inlines),
        html=tuple(reader.html),
        labels=reader.labels,
        abbreviations=reader.abbreviations,
        span=Span(start, len(text)),
    )


def _with_anchors(found: list[RawHeading]) -> tuple[Heading, ...]:
    """The headings of a page; those in footnotes get their ids last, as they are shown last."""
    order = sorted(range(len(found)), key=lambda index: found[index].in_footnote)
    ids = unique_anchors([(found[index].text, found[index].explicit_id) for index in order])
    anchors = dict(zip(order, ids, strict=True))
    return tuple(Heading(raw.level, raw.text, anchors[index], raw.span, raw.boxed) for index, raw in enumerate(found))


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
