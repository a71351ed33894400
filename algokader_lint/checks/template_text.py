"""Checks on what is left of a template: its texts, words that keep a place free, and comments that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from algokader_lint.checks.directive_grammar import Grammar, directives
from algokader_lint.content.markdown import Block, Comment
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
    for span in _free_places(page, options.placeholders):
        if not any(place.covers(span) for place in places):
            yield Finding(span=span, variant="placeholder", values={"text": page.source.slice(span)})


def _free_places(page: Page, placeholders: Placeholders) -> Iterator[Span]:
    patterns = (*placeholders.anywhere, *(placeholders.typed if page.type is not None else ()))
    whole = placeholders.whole if page.type is not None else ()
    for shown in prose(page.body):
        lines = {*shown.inline.pieces} if shown.inline.kind == "paragraph" else set()
        for span in shown.spans:
            text = (
                page.source.slice(span).strip(_ENDS) if span in lines and span.end - span.start <= _WHOLE_LIMIT else ""
            )
            if text and any(pattern.fullmatch(text) for pattern in whole):
                yield span
                continue
            for pattern in patterns:
                for match in pattern.finditer(page.source.text, span.start, span.end):
                    yield Span(*match.span())


def template_comment(site: Site, page: Page, options: CommentOptions) -> Iterator[Finding]:
    """A page holds no comment that tells how to fill in a template."""
    if not text_is_known(page):
        return
    known = template_texts(site, options.folder).comments
    living = {directive.span for directive in directives(page, options.grammar)}
    for comment in page.body.comments:
        if comment.span in living or not comment.closed:
            continue
        text = comment.text.strip()
        if folded(text) in known or any(pattern.match(text) for pattern in options.placeholders.comments):
            yield Finding(span=comment.span, values={"text": " ".join(text.split())}, fix=_removal(page, comment))


_OPEN_ENDED = ("list", "quote", "footnote", "box")
_TAKEN_IN = ("list", "quote", "code", "footnote")


def _removal(page: Page, comment: Comment) -> Fix | None:
    """The removal of a comment on lines of its own; none where what stands around it would run together."""
    blocks = [block for block in page.body.blocks if not block.inside]
    place = next((n for n, b in enumerate(blocks) if b.kind == "html" and b.span.covers(comment.span)), None)
    if place is None or page.source.slice(blocks[place].span).strip() != page.source.slice(comment.span):
        return None
    before = next((block for block in reversed(blocks[:place]) if not _is_comment(page, block)), None)
    after = next((block for block in blocks[place + 1 :] if not _is_comment(page, block)), None)
    if before is not None and after is not None and before.kind in _OPEN_ENDED:
        indented = page.source.position(after.span.start).column > 1 or page.source.text[after.span.start] in " \t"
        if after.kind in _TAKEN_IN or indented:
            return None
    return Fix((Edit(_lines_of(page, comment.span), ""),), safe=True)


def _is_comment(page: Page, block: Block) -> bool:
    text = page.source.slice(block.span).strip()
    return block.kind == "html" and text.startswith("<!--") and text.find("-->") == len(text) - 3


def _lines_of(page: Page, span: Span) -> Span:
    """The lines of a comment; an empty one of them stays when it is all that would part what stands around it."""
    source = page.source
    first, last = source.position(span.start).line, source.position(span.end).line
    start = source.line_starts[first - 1]
    if last == len(source.line_starts):
        return Span(start, len(source.text))
    next_start = source.line_starts[last]
    parted = start == page.body.span.start or not source.line(first - 1).strip() or not source.line(last + 1).strip()
    if parted:
        return Span(start, next_start)
    return Span(start, source.line_starts[last - 1] + len(source.line(last)))
