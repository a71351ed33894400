"""Checks on what is left of a template: its texts, words that keep a place free, and comments that say what to do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from algokader_lint.checks.directive_grammar import Grammar, directives
from algokader_lint.content.cover import Cover
from algokader_lint.content.markdown import Block
from algokader_lint.content.outline import text_is_known
from algokader_lint.content.page import Page
from algokader_lint.content.prose import prose
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.templates import Common, template_places, template_texts
from algokader_lint.finding import Finding, Fix
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model
from algokader_lint.nearest import folded

_WHOLE_LIMIT = 100
"""Longest line, in characters, that may be nothing but a placeholder."""

_ENDS = " \t*_."


class Placeholders(Model):
    """Regular expressions: what keeps a place free in any text, in that of pages of a content type, or as a ``whole``
    line of those; ``comments`` begin as an instruction does.
    """

    anywhere: tuple[re.Pattern[str], ...]
    typed: tuple[re.Pattern[str], ...]
    whole: tuple[re.Pattern[str], ...]
    comments: tuple[re.Pattern[str], ...]


class TemplateOptions(Model):
    """``folder``: where the templates are; ``keep``: how texts of them begin that stay; ``common_share`` and
    ``common_pages``: on how large a part of the pages of a type, and on how many, a text is the site's own.
    """

    folder: str
    placeholders: Placeholders
    keep: tuple[str, ...] = ()
    common_share: float = 0.2
    common_pages: int = 5


class CommentOptions(Model):
    """``folder``: where the templates are; ``grammar``: comments that are directives, which stay."""

    folder: str
    placeholders: Placeholders
    grammar: Grammar


def template_text(site: Site, page: Page, options: TemplateOptions) -> Iterator[Finding]:
    """A page does not show what a template says, nor words that keep a place free."""
    if not text_is_known(page):
        return
    common = Common(options.common_share, options.common_pages)
    places = template_places(site, options.folder, options.keep, common).get(page.path, ())
    for span in places:
        yield Finding(span=span, values={"text": page.source.slice(span)})
    told = Cover(places)
    for span in _free_places(page, options.placeholders):
        if not told.covers(span):
            yield Finding(span=span, variant="placeholder", values={"text": page.source.slice(span)})


def _free_places(page: Page, placeholders: Placeholders) -> Iterator[Span]:
    """Whole lines that keep a place free, then words within other lines that a reader sees."""
    whole = list(_whole_lines(page, placeholders.whole)) if page.type is not None else []
    yield from whole
    patterns = (*placeholders.anywhere, *(placeholders.typed if page.type is not None else ()))
    start = page.body.span.start
    found = [Span(*match.span()) for pattern in patterns for match in pattern.finditer(page.source.text, start)]
    if found:
        seen = Cover(span for shown in prose(page.body) for span in shown.spans)
        lines = Cover(whole)
        yield from (place for place in found if seen.covers(place) and not lines.covers(place))


def _whole_lines(page: Page, patterns: Collection[re.Pattern[str]]) -> Iterator[Span]:
    for inline in page.body.inlines:
        for line in inline.pieces if inline.kind == "paragraph" else ():
            if line.end - line.start <= _WHOLE_LIMIT:
                text = page.source.slice(line).strip(_ENDS)
                if any(pattern.fullmatch(text) for pattern in patterns):
                    yield line


def template_comment(site: Site, page: Page, options: CommentOptions) -> Iterator[Finding]:
    """A page holds no comment that tells how to fill in a template."""
    if not text_is_known(page):
        return
    known = template_texts(site, options.folder).comments
    living = {directive.span for directive in directives(page, options.grammar)}
    found = [
        comment
        for comment in page.body.comments
        if comment.closed
        and comment.span not in living
        and (folded(comment.text) in known or any(p.match(comment.text.strip()) for p in options.placeholders.comments))
    ]
    surroundings = _Surroundings(page) if found else None
    for comment in found:
        fix = surroundings.removal(comment.span) if surroundings is not None else None
        yield Finding(span=comment.span, values={"text": " ".join(comment.text.split())}, fix=fix)


_OPEN_ENDED = ("list", "quote", "footnote", "box")
_TAKEN_IN = ("list", "quote", "code", "footnote")


class _Surroundings:
    """The block elements of a page among which its comments stand."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._comments: set[Span] = set()
        self._others: list[Block] = []
        for block in page.body.blocks:
            if not block.inside:
                text = page.source.slice(block.span)
                if block.kind == "html" and text.startswith("<!--") and text.find("-->") == len(text.rstrip()) - 3:
                    self._comments.add(Span(block.span.start, block.span.start + len(text.rstrip())))
                else:
                    self._others.append(block)
        self._starts = [block.span.start for block in self._others]

    def removal(self, comment: Span) -> Fix | None:
        """The removal of a comment on lines of its own; none where what stands around it would run together."""
        place = bisect_left(self._starts, comment.start)
        before, after = self._others[max(place - 1, 0) : place], self._others[place : place + 1]
        lines = _lines_of(self._page, comment, parted=bool(before) and before[0].kind == "heading")
        if comment not in self._comments or self._page.source.slice(lines).strip() != self._page.source.slice(comment):
            return None
        indented = bool(after) and self._page.source.text[after[0].span.start] in " \t"
        if before and after and before[0].kind in _OPEN_ENDED and (indented or after[0].kind in _TAKEN_IN):
            return None
        return Fix((Edit(lines, ""),), safe=True)


def _lines_of(page: Page, span: Span, *, parted: bool) -> Span:
    """The lines of a comment; an empty one of them stays when it is all that would part what stands around it, unless
    that is ``parted`` by itself.
    """
    source = page.source
    first, last = source.position(span.start).line, source.position(span.end).line
    start = source.line_starts[first - 1]
    if last == len(source.line_starts):
        return Span(start, len(source.text))
    next_start = source.line_starts[last]
    parted = (
        parted
        or start == page.body.span.start
        or not source.line(first - 1).strip()
        or not source.line(last + 1).strip()
    )
    if parted:
        return Span(start, next_start)
    return Span(start, source.line_starts[last - 1] + len(source.line(last)))
