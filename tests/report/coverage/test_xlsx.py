"""The XLSX form, read back with another library."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given

from algokader_lint.report.coverage.xlsx import cell_text, sheet_names
from tests.command import run
from tests.report.coverage.spreadsheets import TITLES, document, hostile_site
from tests.report.hostile import TEXTS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site(tmp_path_factory.mktemp("site"))


def workbook_data(folder: Path) -> bytes:
    ran = run("coverage", "--format", "xlsx", "--output", "dekking.xlsx", cwd=folder)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    return (folder / "dekking.xlsx").read_bytes()


@pytest.fixture(scope="module")
def data(site: Path) -> bytes:
    return workbook_data(site)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows of a table: below its head, above the blank row before its notes."""
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    return rows[: next(number for number, row in enumerate(rows) if not any(cell is not None for cell in row))]


def cells_of(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_one_sheet_per_table_the_own_question_first(book: Any) -> None:
    names = book.sheetnames
    assert names[:2] == ["Maatregelen", "Samenvatting"]
    assert {"Vereisten", "Fasen", "Rollen", "Fasen en rollen", "Wet", "Dezelfde lijst", "ADR", "ARK"} <= {*names}
    assert len({name.casefold() for name in names}) == len(names)


def test_a_head_that_stays_and_filters(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B3"
        assert sheet["A1"].font.b
        assert all(sheet.cell(2, at).font.b for at in range(1, sheet.max_column + 1))
        assert sheet.auto_filter.ref.startswith("A2:")
        assert sheet.auto_filter.ref.endswith(str(2 + len(rows_of(sheet))))
        assert sheet.print_title_rows == "$2:$2"


def test_figures_are_numbers_and_those_of_the_document(book: Any, site: Path) -> None:
    found = document(site)
    targets = found["targets"]
    assert [row[:4] for row in rows_of(book["Maatregelen"])] == [
        (page["key"], *(page["references"][name]["ok"] for name in ("vereiste", "fase", "rol")))
        for page in found["pages"]
    ]
    assert rows_of(book["Samenvatting"])[0][:3] == ("vereisten uitgewerkt", targets["vereiste"]["specific"], 1)
    assert rows_of(book["Fasen en rollen"]) == [
        (key, *cells) for key, cells in zip(found["grid"]["row_keys"], found["grid"]["cells"], strict=True)
    ]
    assert rows_of(book["Fasen"]) == [
        (item["key"], item["count"], ", ".join(item["pages"]) or None) for item in targets["fase"]["items"]
    ]


def test_the_grid_has_a_scale_of_colours(book: Any) -> None:
    found = {
        sheet.title: [str(part.sqref) for part in sheet.conditional_formatting]
        for sheet in book.worksheets
        if sheet.conditional_formatting
    }
    assert found == {"Fasen en rollen": ["B3:C4"]}


def test_text_is_text(book: Any) -> None:
    assert {cell.data_type for cell in cells_of(book)} == {"s", "n"}
    assert all(isinstance(cell.value, int) for cell in cells_of(book) if cell.data_type == "n")
    assert [cell.value for cell in cells_of(book) if cell.hyperlink] == []
    assert ("2.10", "s") in [(cell.value, cell.data_type) for cell in book["ARK"]["A"]]
    assert {row[6] for row in rows_of(book["Maatregelen"])} <= {"stand", "in orde", "niet in orde"}
    titles = {row[0]: row[5] for row in rows_of(book["Maatregelen"])}
    assert {number: titles[f"2-{number}-pagina"] for number in TITLES} == {
        "owp-10": "=cmd|' /C calc'!A0",
        "owp-11": "+31612345678",
        "owp-12": "-2+3",
        "owp-13": "@SUM(1+1)",
        "owp-14": "＝1+1",
        "owp-15": "=1+1",
        "owp-16": "@SUM(1+1)",
        "owp-17": 'a";=1+1;"b',
        "owp-18": "a, =HYPERLINK(1)",
        "owp-19": 'zeg "ja"; of zeg "nee"',
        "owp-20": "https://kwaad.example/",
        "owp-21": "\\u0001 _x0041_\\ufffe\\u202e",
        "owp-22": "0012",
        "owp-23": "#\\u0023[error]weg",
        "owp-24": "::error::weg",
    }


def test_nothing_in_it_is_a_formula_or_leads_elsewhere(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            root = ElementTree.fromstring(archive.read(name))  # noqa: S314 - made here
            tags = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert not {"f", "hyperlink", "externalReference"} & tags


def test_the_same_report_gives_the_same_bytes_on_the_same_day(data: bytes, site: Path, book: Any) -> None:
    assert workbook_data(site) == data
    today = datetime.combine(date.today(), datetime.min.time())
    assert (book.properties.created, book.properties.modified) == (today, today)
    assert book.properties.title == "Dekking: Publieke-inkoop"


def test_without_the_library_one_line_says_what_to_install(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "algokader_lint.report.coverage.xlsx")
    ran = run("coverage", "--format", "xlsx", "--output", "niet.xlsx", cwd=site)
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (2, "", 1)
    assert "algokader-lint[report]" in ran.stderr
    assert not (site / "niet.xlsx").exists()


def test_every_sheet_says_which_state_it_is_of(book: Any) -> None:
    stated = f"Stand van {date.today().isoformat()}, geen git"
    assert all(sheet.cell(sheet.max_row, 1).value == stated for sheet in book.worksheets)


@given(TEXTS)
def test_the_text_of_a_cell_can_stand_in_xml(value: str) -> None:
    shown = cell_text(value)
    written = "".join(f"&#{ord(character)};" for character in shown)
    assert ElementTree.fromstring(f"<a>{written}</a>").text == (shown or None)  # noqa: S314 - made here
    assert cell_text(shown) == shown


@pytest.mark.parametrize("character", ["x", "é", "😀"])
def test_too_much_for_a_cell_ends_with_an_ellipsis(character: str) -> None:
    shown = cell_text(character * 40_000)
    assert 32_766 <= len(shown.encode("utf-16-le")) // 2 <= 32_767
    assert shown.rstrip("…") == character * (len(shown) - 1)
    assert cell_text(character * 16_000) == character * 16_000


def test_sheets_have_names_that_they_can_have() -> None:
    long = "Een naam die veel te lang is voor een blad"
    names = sheet_names(["Fasen", "fasen", "FASEN", long, long, "a/b:c?[d]*\\", "'x'", "", "::"])
    assert names == [
        *("Fasen", "fasen (2)", "FASEN (3)", "Een naam die veel te lang is vo", "Een naam die veel te lang i (2)"),
        *("a b c d", "x", "-", "- (2)"),
    ]
    assert all(len(name) <= 31 for name in names)
