"""Checks on lists that the site does not show as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from algokader_lint.checks.list_repairs import Wanted, as_list, blank_line_above, repairs_of, under_point
from algokader_lint.checks.options import NoOptions
from algokader_lint.content.lists import Line, Point, lines_of, mark_at, points
from algokader_lint.content.outline import text_is_known
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding

_NUMBER = re.compile(r"(\d{1,9})\.")
_SHALLOW = (2, 3)
"""How many columns a point stands to the right that is meant to stand under another one, and does not."""


def list_without_blank_line(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """No list stands right under a line of text: there it is part of the text."""
    text, repairs = page.source.text, repairs_of(page)
    for number, inline in enumerate(page.body.inlines if text_is_known(page) else ()):
        if inline.kind != "paragraph" or len(inline.pieces) < 2:
            continue
        lines = lines_of(text, inline)
        marks = [mark_at(text, line.span.start) if line.column >= 0 else None for line in lines]
        first = _first_point(text, lines, marks)
        if first:
            above = blank_line_above(text, lines[first].span.start)
            fix = as_list(site, page, [Wanted(number, lines, first, marks)], [above]) if repairs > 0 else None
            repairs -= 1
            yield Finding(span=lines[first].span, fix=fix)


def _first_point(text: str, lines: Sequence[Line], marks: Sequence[Span | None]) -> int:
    """Which line begins a list, 0 when none does: a sentence may run on with a dash or a number."""
    named = [(index, text[mark.start : mark.end].rstrip()) for index, mark in enumerate(marks) if index and mark]
    if not named:
        return 0
    first, mark = named[0]
    after = named[1][1] if len(named) > 1 else ""
    announced = text[slice(*lines[first - 1].span)].rstrip(" *_\u00a0").endswith(":")
    if not mark.endswith("."):
        return first if announced or after == mark else 0
    goes_on = after in ("1.", "2.")
    return first if mark == "1." and (announced or goes_on) else 0


def shallow_point(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A point that stands under another one is indented by four: by two or three it stands beside it."""
    if not text_is_known(page):
        return
    repairs = repairs_of(page)
    for number, (above, run) in enumerate(_shallow_runs(page.source.text, points(page.source.text, page.body))):
        first, last = run[0], run[-1]
        yield Finding(
            span=first.span,
            values={"spaces": str(first.column - above.column)},
            fix=under_point(site, page, above, Span(first.span.start, last.span.end)) if number < repairs else None,
        )


def _shallow_runs(text: str, found: Iterator[Point]) -> Iterator[tuple[Point, list[Point]]]:
    """Points of one list that stand a little to the right of the one above them; not those that stand in such ones."""
    above: dict[int, Point] = {}
    run: list[Point] = []
    over: Point | None = None
    for point in found:
        known = above.get(point.list_number)
        if run and run[-1].span.covers(point.span):
            continue  # it moves with them
        if known is not None and _is_shallow(text, known, point):
            if run and over is known:
                run.append(point)
                continue
            if run and over is not None:
                yield over, run
            over, run = known, [point]
            continue
        above[point.list_number] = point
    if run and over is not None:
        yield over, run


def _is_shallow(text: str, above: Point, point: Point) -> bool:
    if point.column - above.column not in _SHALLOW:
        return False
    numbers = _NUMBER.match(text, above.span.start), _NUMBER.match(text, point.span.start)
    return numbers[0] is None or numbers[1] is None or int(numbers[1][1]) != int(numbers[0][1]) + 1
