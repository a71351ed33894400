"""The CSV form, read back with Python's csv."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given

from algokader_lint.messages import LANGUAGES, load_messages
from algokader_lint.report import coverage
from algokader_lint.report.csv_text import guarded
from tests.command import run
from tests.git_in_tests import commit_all, git
from tests.report.coverage.spreadsheets import LIST, TITLES, document, hostile_site
from tests.report.hostile import TEXTS
from tests.report.runner import commands
from tests.sites_in_tests import minimal_site

BEGINS = re.compile(r'[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def texts(site: Path) -> dict[str, str]:
    """What the views print."""
    return {view: text(site, *options) for view, options in (("coverage", ()), ("frameworks", ("--frameworks",)))}


def read(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written, newline=""), delimiter=";", strict=True))


def table(folder: Path, *options: str) -> list[dict[str, str]]:
    return read(text(folder, *options))


def text(folder: Path, *options: str) -> str:
    ran = run("coverage", "--format", "csv", *options, cwd=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.removeprefix("\ufeff")


def test_the_file_is_what_a_dutch_spreadsheet_opens(site: Path, texts: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "dekking.csv"
    assert run("coverage", "--format", "csv", "--output", str(file), cwd=site).returncode == 0
    data = file.read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"soort";"sleutel";"id";"titel";"stand";"vereiste";')
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 1 + len(read(texts["coverage"]))


def test_every_page_and_every_target_has_one_row_with_the_figures_of_the_document(
    site: Path, texts: dict[str, str]
) -> None:
    rows, found = read(texts["coverage"]), document(site)
    pages, targets = found["pages"], found["targets"]
    keys = [(row["soort"], row["sleutel"], row["bestand"]) for row in rows]
    assert keys == [
        *(("maatregel", page["key"], page["file"]) for page in pages),
        *((name, item["key"], item["file"]) for name in targets for item in targets[name]["items"]),
    ]
    by_key = {row["sleutel"]: row for row in rows}
    for page in pages:
        row = by_key[page["key"]]
        assert (row["id"], row["stand"]) == (page["id"], "in orde" if page["ok"] else "niet in orde")
        assert [int(row[name]) for name in ("vereiste", "fasen", "rollen")] == [
            page["references"][name]["ok"] for name in ("vereiste", "fase", "rol")
        ]
    for item in targets["vereiste"]["items"]:
        row = by_key[item["key"]]
        assert row["uitgewerkt"] == ", ".join(item["specific"])
        assert row["aantal maatregelen"] == str(len(item["specific"]))
        assert row["uitgewerkt buiten dit onderwerp"] == ", ".join(item["elsewhere"]) == "7-mon-01-toezicht-houden"
    for item in (*targets["fase"]["items"], *targets["rol"]["items"]):
        row = by_key[item["key"]]
        assert (row["aantal maatregelen"], row["genoemd in"]) == (str(item["count"]), ", ".join(item["pages"]))
        assert row["stand"] == ("genoemd" if item["count"] else "niet genoemd")


def test_no_title_is_a_formula(texts: dict[str, str]) -> None:
    titles = {row["id"].rpartition(":")[2]: row["titel"] for row in read(texts["coverage"])}
    assert {number: titles[number] for number in TITLES} == {
        "owp-10": "'=cmd|' /C calc'!A0",
        "owp-11": "'+31612345678",
        "owp-12": "'-2+3",
        "owp-13": "'@SUM(1+1)",
        "owp-14": "'＝1+1",
        "owp-15": "'=1+1",
        "owp-16": "'@SUM(1+1)",
        "owp-17": 'a";\'=1+1;"b',
        "owp-18": "a, '=HYPERLINK(1)",
        "owp-19": 'zeg "ja"; of zeg "nee"',
        "owp-20": "https://kwaad.example/",
        "owp-21": "\\u0001 _x0041_\\ufffe\\u202e",
        "owp-22": "0012",
        "owp-23": "#\\u0023[error]weg",
        "owp-24": "::error::weg",
    }


@pytest.mark.parametrize("view", ["coverage", "frameworks"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_no_cell_is_a_formula_whatever_the_separator(texts: dict[str, str], view: str, separator: str) -> None:
    rows = list(csv.reader(io.StringIO(texts[view], newline=""), delimiter=separator))
    assert len(rows) > 3
    assert [cell for row in rows for cell in row if BEGINS.match(cell)] == []


@pytest.mark.parametrize("view", ["coverage", "frameworks"])
def test_a_runner_that_prints_it_hears_no_command(texts: dict[str, str], view: str) -> None:
    assert "error" in texts[view]
    assert commands(texts[view]) == ([], [])


@given(TEXTS)
def test_a_guarded_text_stays_one_and_begins_no_formula(value: str) -> None:
    shown = guarded(value)
    assert [cell for cell in (shown, *re.split("[;,]", shown)) if BEGINS.match(cell)] == []
    assert guarded(shown) == shown
    assert shown.isprintable()


@pytest.mark.parametrize("value", ["a-b", "a = b", "1 + 1", "naam@voorbeeld.example", "2.10", "'al beveiligd", "– x"])
def test_what_is_no_formula_is_left_alone(value: str) -> None:
    assert guarded(value) == value


def test_numbers_are_no_text(texts: dict[str, str]) -> None:
    row = next(line for line in texts["coverage"].split("\r\n") if line.startswith('"fase";"ontwerp"'))
    assert f";{len(TITLES) + 1};" in row


def test_codes_and_who_names_them(texts: dict[str, str]) -> None:
    rows = read(texts["frameworks"])
    assert list(rows[0]) == [
        *("nummer", "maatregel", "source", "kader", "in de lijst", "bij dit onderwerp", "elders op de site")
    ]
    keys = ", ".join(f"2-{number}-pagina" for number in TITLES)
    adr, ark = "Onderzoekskader Auditdienst Rijk", "Toetsingskader Algemene Rekenkamer"
    assert [list(row.values()) for row in rows] == [
        ["SV.1", 'Twee regels; "zo"', adr, "ADR", "ja", keys, ""],
        ["SV.2", "'=1+1", adr, "ADR", "ja", "", ""],
        ["::error::weg", "", "", "ADR", "nee", keys, ""],
        ["'=1+1", "", "", "ADR", "nee", keys, ""],
        ["2.10", "Nog een", ark, "ARK", "ja", keys, ""],
    ]


def test_the_codes_can_take_the_place_of_the_list(tmp_path: Path) -> None:
    folder = hostile_site(tmp_path)
    before = text(folder, "--frameworks")
    (folder / LIST).write_bytes(b"\xef\xbb\xbf" + before.encode())
    assert text(folder, "--frameworks") == before


def test_without_a_list_no_code_is_called_listed(tmp_path: Path) -> None:
    folder = hostile_site(tmp_path)
    (folder / LIST).unlink()
    rows = table(folder, "--frameworks")
    assert [(row["nummer"], row["source"], row["in de lijst"]) for row in rows] == [
        ("::error::weg", "", "geen lijst"),
        ("'=1+1", "", "geen lijst"),
        ("SV.1", "", "geen lijst"),
        ("2.10", "", "geen lijst"),
    ]


def test_releases_and_topics(tmp_path: Path) -> None:
    folder = minimal_site(tmp_path)
    git(folder, "init", "--quiet")
    commit_all(folder)
    git(folder, "tag", "v1")
    (release,) = table(folder, "--history")
    assert (release["uitgave"], release["maatregelen"], release["vereisten"], release["uitgewerkt"]) == ("v1", *"111")
    topics = {row["onderwerp"]: row["maatregelen"] for row in table(folder, "--all-topics")}
    assert len(topics) == 3
    assert sorted(topics.values()) == ["0", "1", "1"]


def test_the_forms_are_made_in_english_too(site: Path, tmp_path: Path) -> None:
    assert text(site, "--lang", "en").startswith('"kind";"key";"id";"title";"state";"requirement";"phases";"roles";')
    assert read(text(site, "--lang", "en", "--frameworks"))[0]["listed"] == "yes"
    file = tmp_path / "coverage.xlsx"
    assert run("coverage", "--lang", "en", "--format", "xlsx", "--output", str(file), cwd=site).returncode == 0
    assert openpyxl.load_workbook(file).sheetnames[:2] == ["Measures", "Summary"]


def test_both_languages_have_the_same_words_and_use_them_all() -> None:
    dutch, english = (load_messages(language, "sheets").names() for language in LANGUAGES)
    names = {name for name in dutch if name.startswith("sheets.")}
    assert names == {name for name in english if name.startswith("sheets.")}
    code = "".join((Path(coverage.__file__).parent / file).read_text() for file in ("csv_form.py", "xlsx.py"))
    assert [name for name in sorted(names) if f'"{name}"' not in code] == []
