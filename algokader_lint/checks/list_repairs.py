"""Repairs of lists. Each is read, as the site would, before it is offered: nothing else may come to stand elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from algokader_lint.content.body import Body
from algokader_lint.content.lists import Line, Point, Text, line_edge, line_start, points, texts, words
from algokader_lint.content.markdown import make_parser, read_body
from algokader_lint.content.markdown_text import TAB
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Fix
from algokader_lint.fix import Edit, edited

_MOST = 25
_MOST_TEXT = 100_000


def repairs_of(page: Page) -> int:
    """How many findings on a page get a repair: for each the page is read again, and it may be large. The others get
    one when these are repaired.
    """
    return min(_MOST, 1 + _MOST_TEXT // (1 + len(page.source.text)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paragraph, by its number, of which the lines from ``first`` on are points: without the marks in ``marks``."""

    number: int
    lines: Sequence[Line]
    first: int
    marks: Sequence[Span | None]


def as_list(site: Site, page: Page, wanted: Sequence[Wanted], edits: Sequence[Edit]) -> Fix | None:
    """``edits``, when they make points of what is wanted, and change nothing else."""
    text = page.source.text
    before = texts(text, page.body)
    expected: list[Text] = []
    made: set[int] = set()
    done = 0
    for one in wanted:
        inside = before[one.number][0]
        shown = _shown(text, one)
        if not shown:
            return None
        expected += before[done : one.number]
        if one.first:
            expected.append((inside, words(text, [line.span for line in one.lines[: one.first]])))
        made.update(range(len(expected), len(expected) + len(shown)))
        expected += [((*inside, "list", "item"), item) for item in shown]
        done = one.number + 1
    return _safe(site, page, edits, [*expected, *before[done:]], made)


def _shown(text: str, wanted: Wanted) -> list[str]:
    """What the points will show; nothing when of some line it is not clear whether it belongs to the one above it."""
    shown: list[list[Span]] = []
    column = 0
    for line, mark in zip(wanted.lines[wanted.first :], wanted.marks[wanted.first :], strict=True):
        if mark is not None:
            shown.append([Span(mark.end, line.span.end)])
            column = line.column
        elif not shown or line.column <= column:
            return []
        else:
            shown[-1].append(line.span)
    return [words(text, spans) for spans in shown]


def _safe(site: Site, page: Page, edits: Sequence[Edit], expected: Sequence[Text], made: Collection[int]) -> Fix | None:
    """``edits``, when they give what is expected; a point that is ``made`` may stand under another one."""
    text, body = _after(site, page, edits)
    after = texts(text, body)
    anchors = [heading.anchor for heading in body.headings]
    if len(after) != len(expected) or anchors != [heading.anchor for heading in page.body.headings]:
        return None
    for number, ((inside, shown), (inside_after, shown_after)) in enumerate(zip(expected, after, strict=True)):
        under = number in made and inside_after[: len(inside)] == inside and not _but_lists(inside_after[len(inside) :])
        if shown != shown_after or not (inside == inside_after or under):
            return None
    return Fix(tuple(edits), safe=True)


def _after(site: Site, page: Page, edits: Sequence[Edit]) -> tuple[str, Body]:
    parser = site.once("parser-of-repairs", make_parser)
    text = edited(page.source, edits)
    return text, read_body(parser, text, page.body.span.start)


def blank_line_above(text: str, at: int) -> Edit:
    """A blank line above the one that ``at`` is on, in the same quotation and with the line ending of the file."""
    start = line_start(text, at)
    edge = text[start : line_edge(text, at)[0]]
    quote = edge[: edge.rfind(">") + 1]
    ending = "\r\n" if text.endswith("\r\n", 0, start) else text[start - 1 : start]
    return Edit(Span(start, start), quote + ending)


def under_point(site: Site, page: Page, above: Point, run: Span) -> Fix | None:
    """Indent the lines of ``run``, so that the points in them come to stand under the point ``above`` them."""
    text = page.source.text
    columns = {point.span.start: point.column for point in points(text, page.body) if run.covers(point.span)}
    edits: list[Edit] = []
    depths: dict[int, int] = {}
    levels = [above.column]
    moved = 0
    for start in _line_starts(text, run):
        edge, column = line_edge(text, start)
        if edge in columns:
            while len(levels) > 1 and column <= levels[-1]:
                levels.pop()
            levels.append(column)
            depths[edge] = len(levels) - 1
            moved = above.column + TAB * depths[edge] - column
        elif column <= above.column or text[edge : edge + 1] in ("", "\r", "\n"):
            continue
        if moved < 0:
            return None
        edits.append(Edit(Span(edge, edge), " " * moved))
    return _safe_under(site, page, edits, run, [depth + above.inside.count("item") + 1 for depth in depths.values()])


def _line_starts(text: str, run: Span) -> list[int]:
    ends = (end.end() for end in re.finditer(r"\r\n|\r|\n", text[run.start : run.end]))
    return [line_start(text, run.start), *(run.start + end for end in ends)]


def _safe_under(site: Site, page: Page, edits: Sequence[Edit], run: Span, depths: Sequence[int]) -> Fix | None:
    text, body = _after(site, page, edits)
    grown = sum(len(edit.text) for edit in edits)
    run_after = Span(run.start, run.end + grown)
    made = [point.inside.count("item") + 1 for point in points(text, body) if run_after.covers(point.span)]
    before, after = texts(page.source.text, page.body), texts(text, body)
    if made != depths or len(before) != len(after):
        return None
    for inline, (inside, old), (inside_after, new) in zip(page.body.inlines, before, after, strict=True):
        in_run = bool(inline.pieces) and run.covers(inline.pieces[0])
        same = inside == inside_after or (in_run and _but_lists(inside) == _but_lists(inside_after))
        if old != new or not same:
            return None
    return Fix(tuple(edits), safe=True)


def _but_lists(inside: Sequence[str]) -> list[str]:
    return [kind for kind in inside if kind not in ("list", "item")]
