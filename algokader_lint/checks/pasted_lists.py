"""The check on lists that were made with the bullets of a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from algokader_lint.checks.list_repairs import Wanted, as_list, blank_line_above, repairs_of
from algokader_lint.content.body import BlockKind
from algokader_lint.content.lists import lines_of
from algokader_lint.content.outline import text_is_known
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model

_SPACE = " \\t\u00a0"


class BulletOptions(Model):
    """``bullets``: characters that are nothing but the mark of a point. ``dashes``: what a sentence may begin with too,
    and is a mark when at least two lines below each other begin with it; white space must follow.
    """

    bullets: tuple[str, ...]
    dashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pasted:
    """Points below each other that begin with the same mark; the last of them ends at ``end``."""

    mark: str
    inside: tuple[BlockKind, ...]
    parts: tuple[Wanted, ...]
    end: int

    @property
    def marks(self) -> list[Span]:
        """Where the marks stand, and the white space behind them."""
        return [mark for part in self.parts for mark in part.marks if mark is not None]


def pasted_list(site: Site, page: Page, options: BulletOptions) -> Iterator[Finding]:
    """No list is made with the bullets of a word processor: the site shows them as text."""
    if not text_is_known(page):
        return
    form = site.once(("form-of-bullets", options), lambda: _form(options))
    text, repairs = page.source.text, repairs_of(page)
    for found in _together(text, _pasted(page, form)):
        marks = found.marks
        if found.mark in options.dashes and len(marks) < 2:
            continue
        edits = [Edit(mark, "- ") for mark in marks]
        if found.parts[0].first:
            edits.insert(0, blank_line_above(text, marks[0].start))
        yield Finding(
            span=Span(marks[0].start, marks[0].start + len(found.mark.strip())),
            values={"mark": found.mark.strip()},
            identity=text[slice(*found.parts[0].lines[found.parts[0].first].span)],
            fix=as_list(site, page, found.parts, edits) if repairs > 0 else None,
        )
        repairs -= 1


def _form(options: BulletOptions) -> re.Pattern[str]:
    bullets = "|".join(map(re.escape, options.bullets))
    dashes = "|".join(re.escape(dash) + ("" if dash[-1:].isspace() else f"(?=[{_SPACE}])") for dash in options.dashes)
    return re.compile(rf"(?P<mark>{bullets}|{dashes})[{_SPACE}]*(?=\S)")


def _pasted(page: Page, form: re.Pattern[str]) -> Iterator[_Pasted]:
    """The points of each paragraph."""
    text = page.source.text
    for number, inline in enumerate(page.body.inlines):
        if inline.kind != "paragraph" or not any(form.match(text, *piece) for piece in inline.pieces):
            continue
        lines = lines_of(text, inline)
        found = [form.match(text, *line.span) if line.column >= 0 else None for line in lines]
        first = next((index for index, match in enumerate(found) if match is not None), 0)
        match = found[first]
        if match is not None:
            marks = [Span(*same.span()) if same and same["mark"] == match["mark"] else None for same in found]
            wanted = Wanted(number, lines, first, marks)
            yield _Pasted(match["mark"], inline.inside, (wanted,), lines[-1].span.end)


def _together(text: str, found: Iterator[_Pasted]) -> Iterator[_Pasted]:
    """Those that only white space stands between as one."""
    last: _Pasted | None = None
    for pasted in found:
        part = pasted.parts[0]
        if last is not None:
            between = text[last.end : part.lines[0].span.start]
            same = (last.mark, last.inside) == (pasted.mark, pasted.inside)
            if same and part.first == 0 and not between.strip(" \t\r\n>"):
                last = _Pasted(last.mark, last.inside, last.parts + pasted.parts, pasted.end)
                continue
            yield last
        last = pasted
    if last is not None:
        yield last
