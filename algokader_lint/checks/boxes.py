"""Checks on boxes: a body that stands outside of its box, and an opening that opens nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from algokader_lint.checks.directive_forms import near_misses
from algokader_lint.checks.directive_grammar import Grammar, directives
from algokader_lint.content.boxes import INDENT, empty_boxes, moved_into
from algokader_lint.content.cover import Cover
from algokader_lint.content.outline import text_is_known
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Fix, Related
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model

_FOLDING = ("???", "===")
"""What nobody makes without a body: a reader opens it and finds nothing."""


class BodyOptions(Model):
    """``with_body``: types of admonitions that are nothing without a body; of others the title may be all there is."""

    grammar: Grammar
    with_body: tuple[str, ...] = ()


class OpeningOptions(Model):
    """``types``: the types of admonitions and details that pages use; ``styles``: words that may follow one."""

    types: tuple[str, ...]
    styles: tuple[str, ...] = ()


def body_indented(site: Site, page: Page, options: BodyOptions) -> Iterator[Finding]:
    """What follows the opening of a box is indented, so that it is in the box."""
    if not text_is_known(page):
        return
    shown = {directive.span for directive in directives(page, options.grammar)}
    shown |= {near_miss.span for near_miss in near_misses(site, page, options.grammar)}
    for box in empty_boxes(page, shown):
        if box.distance == "apart" and box.mark not in _FOLDING and box.type not in options.with_body:
            continue
        edits = tuple(Edit(Span(at, at), spaces) for at, spaces in moved_into(page, box))
        opening = page.source.slice(box.opening)
        yield Finding(
            span=box.outside,
            values={"opening": opening},
            related=(Related(page, box.opening, "opening"),),
            fix=Fix(edits, safe=False),
        )


_QUOTES = "\"“”„‟«»'‘’‚`´"
_START = re.compile(r"(?P<mark>!{2,4}|\?{2,4}\+?|={3}(?:\+!?|!\+?)?)(?![!?=])[ \t]*(?P<rest>\S.*)\Z")
_TYPE_AND_TITLE = re.compile(rf"(?P<type>[\w-]+)[:,]?[ \t]*[ \t:,](?P<quote>[{_QUOTES}]?)(?P<title>.+)\Z")
_TYPE_IN_QUOTES = re.compile(
    rf"[{_QUOTES}](?P<type>[\w-]+)[{_QUOTES}][:,]?[ \t]+(?P<quote>[{_QUOTES}]?)(?P<title>.+)\Z"
)
_WITH_WORDS = re.compile(r"[!?]{3}\+?[ \t]?(?P<type>[\w-]+)[ \t]+(?P<words>[\w-]+(?:[ \t]+[\w-]+)*)[ \t]*\Z")
_LINE_LIMIT = 200
"""Longest line, in characters, that is read as the opening of a box."""


def opening_formed(site: Site, page: Page, options: OpeningOptions) -> Iterator[Finding]:
    """What begins as the opening of a box is one, and what looks like its title is."""
    if not text_is_known(page):
        return
    yield from _titles_lost(page, options)
    code = Cover(page.body.code)
    for piece in (piece for inline in page.body.inlines if inline.kind == "paragraph" for piece in inline.pieces):
        text = page.source.text[piece.start : min(piece.end, piece.start + _LINE_LIMIT)]
        start = _START.match(text) if text[:2] in ("!!", "??", "==") and piece.end - piece.start < _LINE_LIMIT else None
        if start is None or code.covers(piece):
            continue
        meant, certain = _meant(start["mark"], start["rest"].rstrip(), options.types)
        if certain or (len(start["mark"].rstrip("+!")) in (0, 3) and _body_follows(page, piece)):
            yield Finding(
                span=piece,
                variant="" if meant else "unclear",
                values={"value": text, "meant": meant},
                fix=Fix((Edit(piece, meant),), safe=True) if meant else None,
            )


def _titles_lost(page: Page, options: OpeningOptions) -> Iterator[Finding]:
    """Words behind the type of a box, without quotation marks: the site takes them for names of styles."""
    for block in page.body.blocks:
        if block.kind != "box" or not block.mark.startswith(("!", "?")):
            continue
        start = page.source.text.find(block.mark, block.span.start, block.span.end)
        line = page.source.text[start : min(block.span.end, start + _LINE_LIMIT)].partition("\n")[0].rstrip("\r")
        found = _WITH_WORDS.match(line) if start >= 0 else None
        if found is not None:
            yield from _title_lost(line, start, found, options)


def _title_lost(line: str, start: int, found: re.Match[str], options: OpeningOptions) -> Iterator[Finding]:
    """The words of one opening that are no known styles. In small letters they may be styles of the site's own.

    The site reads types and styles without regard to case.
    """
    known = {*options.types, *options.styles}
    at = next((word.start() for word in re.finditer(r"[\w-]+", found["words"]) if word[0].lower() not in known), None)
    if at is None:
        return
    title = found["words"][at:]
    typed = found["type"].lower() in options.types
    certain = title[0].isupper()
    if not typed and not certain and not found["type"][0].isupper():
        return
    span = Span(start + found.start("words") + at, start + found.end("words"))
    meant = f'{line[: span.start - start]}"{title}"'
    yield Finding(
        span=span,
        variant="no-type" if not typed else "lost-title" if certain else "perhaps-title",
        values={"value": title, "meant": meant},
        fix=Fix((Edit(span, f'"{title}"'),), safe=True) if typed and certain else None,
    )


def _meant(mark: str, rest: str, types: Collection[str]) -> tuple[str, bool]:
    """The opening that a line was meant as, nothing when that is not clear; and whether the line alone makes certain
    that it was meant as one.
    """
    sign = mark[0] * 3 + mark.lstrip(mark[0])
    if sign.startswith("="):
        title = rest.strip(_QUOTES).strip()
        return (f'{sign} "{title}"' if title and '"' not in title else ""), False
    found = _TYPE_IN_QUOTES.match(rest) or _TYPE_AND_TITLE.match(rest)
    if found is None or found["type"].lower() not in types:
        return "", False
    title = found["title"].strip()
    if found["quote"] or found.re is _TYPE_IN_QUOTES:
        title = title.rstrip(_QUOTES).strip()
    if not title or '"' in title or title.startswith("{") or (sign != mark and found["quote"] != '"'):
        return "", False
    return f'{sign} {found["type"]} "{title}"', bool(found["quote"]) or found.re is _TYPE_IN_QUOTES


def _body_follows(page: Page, opening: Span) -> bool:
    """Whether the next line that is not empty is indented as the body of a box is."""
    source = page.source
    line, column = source.position(opening.start)
    for number in range(line + 1, min(line + 4, len(source.line_starts) + 1)):
        text = source.line(number).expandtabs(INDENT)
        if text.strip():
            return len(text) - len(text.lstrip()) >= column - 1 + INDENT
    return False
