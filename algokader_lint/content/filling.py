"""Where a page shows something: text, an image, a box, what the build puts in the place of a comment."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from algokader_lint.content.markdown import COMMENT, Inline
from algokader_lint.content.page import Page
from algokader_lint.content.prose import prose
from algokader_lint.content.source import Span

_SHOWING = ("box", "fence", "code", "table", "footnote")
_LETTER = re.compile(r"\w")
_SPACE_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", re.IGNORECASE)
_SILENT_TAG = re.compile(r"<(?:[bh]r\b[^<>]*|p|div|span|center)\s*/?>|</[a-z][^<>]*>", re.IGNORECASE)
_LOUD_TAG = re.compile(r"<[a-z]", re.IGNORECASE)


class Filling:
    """The places of a page where a reader sees something; ``shown`` are those of comments that the build replaces."""

    def __init__(self, page: Page, shown: Iterable[Span]) -> None:
        self._starts = sorted([*_places(page), *(span.start for span in shown)])

    def nothing_in(self, span: Span) -> bool:
        """Whether nothing of what a reader sees begins in ``span``."""
        at = bisect_left(self._starts, span.start)
        return at == len(self._starts) or self._starts[at] >= span.end


def _places(page: Page) -> Iterator[int]:
    body, text = page.body, page.source.text
    yield from (heading.span.start for heading in body.headings)
    yield from (block.span.start for block in body.blocks if block.kind in _SHOWING)
    yield from (link.span.start for link in body.links if link.kind in ("image", "html-image"))
    for html in body.html:
        if _shows(text[html.start : html.end]):
            yield html.start
    yield from (code.start for code in body.code)
    doubtful: list[Inline] = []
    for inline in body.inlines:
        start = inline.pieces[0].start
        if _LETTER.match(text, start):
            yield start
        else:
            doubtful.append(inline)
    for shown in prose(replace(body, inlines=tuple(doubtful))):
        if any(_LETTER.search(_SPACE_ENTITY.sub("", text[span.start : span.end])) for span in shown.spans):
            yield shown.inline.pieces[0].start


def _shows(html: str) -> bool:
    """Whether raw HTML shows something: text, or an element that is more than a break or a frame for others."""
    loud = _SILENT_TAG.sub("", _SPACE_ENTITY.sub("", COMMENT.sub("", html)))
    return _LOUD_TAG.search(loud) is not None or _LETTER.search(loud) is not None
