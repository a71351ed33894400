"""What is known of addresses, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.links.document import LinkPlace, LinkReport, LinkReportEntry
from algokader_lint.messages import Messages
from algokader_lint.report.csv_text import csv_text
from algokader_lint.report.links import words
from algokader_lint.report.links.groups import groups, kind_of

_COLUMNS = (
    *("url", "verdict", "reason", "status", "moved_to", "final_url", "checked", "cached", "stale", "severity", "code"),
    *("file", "line", "column", "section", "page"),
)
_NOWHERE = ("", "", "", "", "")

Cell = str | int


def render_csv(report: LinkReport, messages: Messages) -> str:
    """One row for every place of every address, what harms a reader most first; an address without a place has one."""
    rows = (row for group in groups(report) for entry in group.entries for row in _rows(entry, messages))
    return csv_text([messages(f"links_csv.{name}") for name in _COLUMNS], rows)


def _rows(entry: LinkReportEntry, messages: Messages) -> Iterator[tuple[Cell, ...]]:
    answer = entry.answer
    known = (
        entry.url,
        messages(f"verdict.{kind_of(entry)}"),
        words.explanation(entry, messages),
        "" if answer.status is None else answer.status,
        answer.moved_to,
        answer.final_url,
        str(words.checked_day(answer) or ""),
        *(messages("links_csv.yes" if so else "links_csv.no") for so in (answer.cached, answer.stale)),
        "" if entry.severity is None else messages(f"severity.{entry.severity}"),
        entry.code,
    )
    places = [_place(place) for place in sorted(entry.places)] or [_NOWHERE]
    yield from ((*known, *place) for place in places)


def _place(place: LinkPlace) -> tuple[Cell, ...]:
    return place.file, place.line, place.column, place.section, place.page
