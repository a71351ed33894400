"""The check on what is left of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.cover import Cover
from algokader_lint.content.markdown import Inline
from algokader_lint.content.outline import text_is_known
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding

_DELIMITERS = re.compile(r"[|:\- \t]*-[|:\- \t]*\Z")
_BAR = re.compile(r"(?<![\\|])\|(?!\|)")
_BARS_OF_A_ROW = 2


def stray_bar(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """No line of running text ends with the bar of a table, and what was meant as a table is one."""
    if not text_is_known(page):
        return
    code = Cover(page.body.code)
    for inline in page.body.inlines:
        if inline.kind != "paragraph":
            continue
        first = next((piece for piece in inline.pieces if page.source.text.startswith("|", piece.start)), None)
        if first is not None and _has_delimiters(page, inline):
            yield Finding(span=first, variant="table")
            continue
        rows = _rows(page, inline, code)
        if rows:
            values = {"row": _delimiters(page, rows[0], code)}
            yield Finding(span=rows[0], variant="no-delimiters", values=values)
        told = frozenset(rows)
        for piece in (piece for piece in inline.pieces if piece not in told):
            end = piece.start + len(page.source.slice(piece).rstrip())
            bar = Span(end - 1, end)
            before = page.source.text[end - 2 : end - 1]
            if page.source.slice(bar) == "|" and before not in ("\\", "|") and not code.covers(bar):
                yield _left_over(page, piece, bar, code, alone=piece == inline.pieces[0])


def _left_over(page: Page, piece: Span, bar: Span, code: Cover, *, alone: bool) -> Finding:
    """A bar at the end of a line. Below an empty line, one with a bar at its beginning too is a row of a table."""
    text = page.source.slice(piece)
    if alone and text.startswith("|") and len(_bars(page, piece, code)) >= _BARS_OF_A_ROW:
        return Finding(span=piece, variant="loose-row")
    return Finding(span=bar, identity=text)


def _has_delimiters(page: Page, inline: Inline) -> bool:
    """Whether running text was meant as a table: some line is that between its head and its rows."""
    lines = (page.source.slice(piece) for piece in inline.pieces)
    return any("|" in line and _DELIMITERS.match(line) is not None for line in lines)


def _rows(page: Page, inline: Inline, code: Cover) -> list[Span]:
    """The lines of running text that are a table but for the line below its head: two at least, one after another."""
    found: list[Span] = []
    for piece in inline.pieces:
        line = page.source.slice(piece)
        if (line.startswith("|") or line.endswith("|")) and len(_bars(page, piece, code)) >= _BARS_OF_A_ROW:
            found.append(piece)
            continue
        if len(found) > 1:
            break
        found.clear()
    return found if len(found) > 1 else []


def _bars(page: Page, piece: Span, code: Cover) -> list[int]:
    """Where the bars of a line are that are no text."""
    found = (piece.start + match.start() for match in _BAR.finditer(page.source.slice(piece)))
    return [at for at in found if not code.covers(Span(at, at + 1))]


def _delimiters(page: Page, head: Span, code: Cover) -> str:
    """The line that belongs below the head of a table."""
    bars = _bars(page, head, code)
    columns = len(bars) + 1 - (bars[0] == head.start) - (bars[-1] == head.end - 1)
    return "|" + "---|" * columns
