"""The coverage report as a workbook: one sheet per table.

Text is written as text, whatever it begins with: never as a formula, an address or a number. Limits are those of Excel
("Excel specifications and limits"): 32,767 characters in a cell, 31 in the name of a sheet.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from algokader_lint.coverage.outcome import Outcome
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words
from algokader_lint.report.coverage.tables import Cell, Table, Tables
from algokader_lint.report.text import capitalized, plain

_CELL_LIMIT = 32_767
_NAME_LIMIT = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 60
"""Width of a column in characters, unless its head is wider."""
_FILTER_BUTTON = 4
_INDENT = 2
_LINE = 15
"""Height of a line in points."""
_HIGHEST = 409
"""Height of a row in points, at most."""
_A4 = 9
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SCALE = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#8FC7E8"}


def render_xlsx(outcome: Outcome, messages: Messages) -> bytes:
    """A workbook of all tables that have something to say; the same report gives the same bytes."""
    tables = Tables(outcome, messages)
    found = [_with_standing(table, tables) if table.name == "measures" else table for table in tables.all()]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _SAFE) as workbook:
        workbook.set_properties(_properties(outcome, messages))
        book = _Book(workbook)
        for table, name in zip(found, sheet_names([_name(table, tables) for table in found]), strict=True):
            notes = (*table.notes, *(outcome.notices if table is found[0] else ()), words.revision(outcome, messages))
            book.add(table, name, notes)
    return out.getvalue()


class _Book:
    """Writes sheets: a caption, the table under a row of column names that stays in sight, and notes below it."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.caption = workbook.add_format({"bold": True, "font_size": 14, "indent": 1})
        head = {"bold": True, "valign": "top", "bottom": 1}
        cell = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#D9D9D9"}
        left, right = {"align": "left", "indent": 1}, {"align": "right"}
        self.text_head, self.number_head = (workbook.add_format({**head, **side}) for side in (left, right))
        self.text, self.number = (workbook.add_format({**cell, **side}) for side in (left, right))
        self.note = workbook.add_format({"text_wrap": True, "valign": "top", **left})

    def add(self, table: Table, name: str, notes: Sequence[str]) -> None:
        sheet = self.workbook.add_worksheet(name)
        columns = [_Column(head, [row[at] for row in table.rows]) for at, head in enumerate(table.columns)]
        sheet.write_string(0, 0, cell_text(table.title), self.caption)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(1, at, cell_text(column.head), self.number_head if column.numbers else self.text_head)
        for number, row in enumerate(table.rows, start=2):
            self._row(sheet, number, row, columns)
        last = len(table.rows) + 1
        sheet.autofilter(1, 0, last, len(table.columns) - 1)
        sheet.freeze_panes(2, 1)
        if table.name == "grid":
            sheet.conditional_format(2, 1, last, len(table.columns) - 1, _SCALE)
        for number, note in enumerate(notes, start=last + 2):
            self._note(sheet, number, cell_text(note), columns)
        sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, last, len(table.columns) - 1)})
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)

    def _row(self, sheet: Any, number: int, row: Sequence[Cell], columns: Sequence[_Column]) -> None:
        """A row as high as its texts need; not every spreadsheet sees to that by itself."""
        lines = 1
        for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if isinstance(cell, str):
                _write_text(sheet, number, at, cell_text(cell), self.text)
                lines = max(lines, _lines(cell, column.width - _INDENT))
            else:
                sheet.write_number(number, at, cell, self.number if column.numbers else self.text)
        sheet.set_row(number, min(_HIGHEST, _LINE * lines))

    def _note(self, sheet: Any, number: int, note: str, columns: Sequence[_Column]) -> None:
        """A sentence as wide as the table."""
        if len(columns) > 1:
            sheet.merge_range(number, 0, number, len(columns) - 1, "", self.note)
        sheet.write_string(number, 0, note, self.note)
        sheet.set_row(number, min(_HIGHEST, _LINE * _lines(note, sum(column.width for column in columns))))


def _write_text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Write text as text; a cell without any stays empty, which filters tell apart."""
    if text:
        sheet.write_string(row, column, text, form)
    else:
        sheet.write_blank(row, column, None, form)


class _Column:
    """The ``head`` of a column, its ``width`` in characters, and whether it holds ``numbers`` alone."""

    def __init__(self, head: str, cells: Sequence[Cell]) -> None:
        longest = max((len(str(cell)) for cell in cells), default=0)
        self.head = head
        self.numbers = all(isinstance(cell, int) for cell in cells)
        self.width = max(len(head) + _FILTER_BUTTON, min(_WIDEST, longest + _INDENT))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes."""
    return len(textwrap.wrap(text, width)) if len(text) > width else 1


def cell_text(text: str) -> str:
    """Text that fits in a cell, whose characters are counted in UTF-16; what is too long ends with an ellipsis."""
    text = plain(text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _CELL_LIMIT:
        return text
    return units[: 2 * (_CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that sheets can have, in the same order: short, without ``[]:*?/\\``, and no two alike."""
    found: list[str] = []
    taken: set[str] = set()
    for name in wanted:
        text = " ".join(_NOT_IN_A_NAME.sub(" ", plain(name)).split()).strip("' ") or "-"
        legal = next(option for option in _options(text) if option.casefold() not in taken)
        taken.add(legal.casefold())
        found.append(legal)
    return found


def _options(name: str) -> Iterator[str]:
    """A name cut to size, and the same with a number behind it."""
    yield name[:_NAME_LIMIT].strip("' ")
    number = 2
    while True:
        mark = f" ({number})"
        yield name[: _NAME_LIMIT - len(mark)].strip("' ") + mark
        number += 1


def _with_standing(table: Table, tables: Tables) -> Table:
    """The first table with a column more: whether a page is in order."""
    pages, messages = tables.coverage.pages, tables.messages
    standings = (messages("sheets.ok" if row.ok else "sheets.not_ok") for row in pages)
    rows = tuple((*row, standing) for row, standing in zip(table.rows, standings, strict=True))
    return replace(table, columns=(*table.columns, messages("cover.gaps.state")), rows=rows)


def _name(table: Table, tables: Tables) -> str:
    """What the sheet of a table is called."""
    coverage, labels, messages = tables.coverage, tables.outcome.labels, tables.messages
    fixed: Mapping[str, str] = {
        "measures": tables.many(coverage.scope.type).capitalize(),
        "summary": messages("sheets.names.summary"),
        "gaps": messages("sheets.names.gaps"),
        "sources": messages("sheets.names.sources"),
        "single_carriers": messages("sheets.names.single_carriers"),
        "identical_lists": messages("sheets.names.identical_lists"),
        "dangling": messages("sheets.names.dangling"),
        "duplicates": messages("sheets.names.duplicates"),
        "waivers": messages("sheets.names.waivers"),
        "trend": messages("sheets.names.trend"),
        "topics": messages("sheets.names.topics"),
        **{name: tables.many(name).capitalize() for name in coverage.targets},
        **{name: capitalized(label) for name, label in labels.groups.items()},
        **{framework.name: framework.name for framework in coverage.frameworks},
    }
    if table.name == "grid" and coverage.grid is not None:
        rows, columns = tables.many(coverage.grid.rows), tables.many(coverage.grid.columns)
        return messages("sheets.names.grid", rows=rows, columns=columns).capitalize()
    return fixed.get(table.name, table.title)


def _properties(outcome: Outcome, messages: Messages) -> Mapping[str, object]:
    """Those of the document; Excel shows when it was made, which is the day of the report."""
    return {
        "title": cell_text(messages("cover.title", scope=outcome.labels.scope)),
        "comments": cell_text(words.revision(outcome, messages)),
        "created": datetime.fromisoformat(outcome.day),
    }
