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


def stray_bar(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """No line of running text ends with the bar of a table, and what was meant as a table is one."""
    if not text_is_known(page):
        return
    code = Cover(page.body.code)
    for inline in page.body.inlines:
        if inline.kind != "paragraph":
            continue
        rows = [piece for piece in inline.pieces if page.source.text.startswith("|", piece.start)]
        if rows and _is_table(page, inline):
            yield Finding(span=rows[0], variant="table", values={"text": page.source.slice(rows[0])})
            continue
        for piece in inline.pieces:
            end = piece.start + len(page.source.slice(piece).rstrip())
            bar = Span(end - 1, end)
            before = page.source.text[end - 2 : end - 1]
            if page.source.slice(bar) == "|" and before not in ("\\", "|") and not code.covers(bar):
                yield Finding(span=bar, values={"text": page.source.slice(piece)}, identity=page.source.slice(piece))


def _is_table(page: Page, inline: Inline) -> bool:
    """Whether running text was meant as a table: some line is that between its head and its rows."""
    lines = (page.source.slice(piece) for piece in inline.pieces)
    return any("|" in line and _DELIMITERS.match(line) is not None for line in lines)
