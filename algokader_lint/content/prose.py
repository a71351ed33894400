"""What a reader sees as text: running text without code, comments, tags, and what links and images are written with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from algokader_lint.content.markdown import Body, Inline
from algokader_lint.content.source import Span


@dataclass(frozen=True, slots=True)
class Prose:
    """The visible text of a piece of running text; what was left out lies between its ``spans``."""

    inline: Inline
    spans: tuple[Span, ...]


def prose(body: Body) -> list[Prose]:
    """All running text of a page as a reader sees it, in the order of the page. The text of a link is visible, its
    target is not; of an image nothing is.
    """
    hidden = merged([*body.code, *body.html, *(comment.span for comment in body.comments), *_of_links(body)])
    starts = [span.start for span in hidden]
    return [Prose(inline, tuple(_visible(inline, hidden, starts))) for inline in body.inlines]


def _of_links(body: Body) -> Iterator[Span]:
    for link in body.links:
        if link.kind == "image":
            yield link.span
        elif link.kind == "link":
            yield Span(link.span.start, link.text_span.start)
            yield Span(link.text_span.end, link.span.end)


def merged(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap or touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _visible(inline: Inline, hidden: Sequence[Span], starts: Sequence[int]) -> Iterator[Span]:
    for piece in inline.pieces:
        at = piece.start
        index = max(bisect_left(starts, at) - 1, 0)
        while index < len(hidden) and hidden[index].start < piece.end:
            if hidden[index].start > at:
                yield Span(at, hidden[index].start)
            at = max(at, hidden[index].end)
            index += 1
        if at < piece.end:
            yield Span(at, piece.end)
