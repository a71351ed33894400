"""Codes of frameworks: which pages name them, which nobody names, and which do not exist."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from algokader_lint.cli.measuring import plan_of
from algokader_lint.config import CoverageSettings
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site
from algokader_lint.coverage.document import Framework
from algokader_lint.coverage.frameworks import frameworks_of
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.outcome import Outcome, labels_of
from algokader_lint.coverage.plan import Plan
from algokader_lint.messages import load_messages
from algokader_lint.report.coverage.tables import Table, Tables
from algokader_lint.selection import Choice
from tests.corpus import RELEASES, clone_release
from tests.report.coverage.spreadsheets import FOLDER, LIST, page
from tests.sites_in_tests import knowledge, minimal_site, open_folder, write_files

MESSAGES = load_messages("nl", "coverage")
ADR, ARK = "Onderzoekskader Auditdienst Rijk", "Toetsingskader Algemene Rekenkamer"
CODES = "".join(
    line + "\r\n"
    for line in (
        "nummer;maatregel;source",
        f"SV.1;Eerste;{ADR}",
        f'SV.2;"Over twee\r\nregels; met ""teken""";{ADR}',
        f"SV.3;Derde;{ADR}",
        f"PRI.1;Nog een;{ADR}",
        f"2.01;Begin;{ARK}",
        f"2.10;Eind;{ARK}",
        "9.99;Van een ander;Iets anders",
    )
)
PAGES = {
    f"{FOLDER}/2-owp-10-a.md": page("owp-10", "A", "{ADR: [SV.1, SV.1, SV.30, SV.4], ARK: 2.10}"),
    f"{FOLDER}/2-owp-11-b.md": page("owp-11", "B", "{ADR: SV.2}", "transparantie"),
    f"{FOLDER}/2-owp-12-c.md": page("owp-12", "C", "\n  ARK:\n  - 2.10\n  ADR:"),
}


def plan(value: str | None = "publieke-inkoop") -> Plan:
    scope = knowledge().scope("publieke-inkoop")
    assert scope is not None
    scope = scope.model_copy(update={"value": value})
    found = plan_of(knowledge(), Choice(pack="publieke-inkoop"), scope, CoverageSettings(), MESSAGES)
    assert found is not None
    return replace(found, today=date(2026, 1, 1))


@cache
def reader() -> PageReader:
    return PageReader(knowledge().types)


def site_of(folder: Path, codes: bytes | str | None) -> Site:
    minimal_site(folder, PAGES)
    if codes is not None:
        write_files(folder, {LIST: codes})
    return open_folder(folder, reader=reader())


def frameworks(folder: Path, codes: bytes | None) -> Mapping[str, Framework]:
    return {found.name: found for found in frameworks_of(site_of(folder, codes), plan())}


def told(found: Framework) -> list[tuple[str, str, bool, tuple[str, ...], tuple[str, ...]]]:
    return [(code.code, code.text, code.known, code.pages, code.in_scope) for code in found.codes]


def tables(site: Site, value: str | None = "publieke-inkoop") -> dict[str, Table]:
    labels = labels_of(plan(value), reader().types, "Inkoop", "nl")
    outcome = Outcome(coverage=measure(site, plan(value)), labels=labels, names={}, day="2026-01-01")
    return {table.name: table for table in Tables(outcome, MESSAGES).frameworks()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("site"), CODES)


def test_codes_in_the_order_of_the_list_and_those_that_it_lacks_behind_them(usual: Site) -> None:
    found = {found.name: found for found in frameworks_of(usual, plan())}
    a, b, c = "2-owp-10-a", "2-owp-11-b", "2-owp-12-c"
    assert told(found["ADR"]) == [
        ("SV.1", "Eerste", True, (a,), (a,)),
        ("SV.2", 'Over twee regels; met "teken"', True, (b,), ()),
        ("SV.3", "Derde", True, (), ()),
        ("PRI.1", "Nog een", True, (), ()),
        ("SV.4", "", False, (a,), (a,)),
        ("SV.30", "", False, (a,), (a,)),
    ]
    assert told(found["ARK"]) == [("2.01", "Begin", True, (), ()), ("2.10", "Eind", True, (a, c), (a, c))]
    assert [(f.title, f.file, f.listed, f.problem) for f in found.values()] == [
        (ADR, LIST, True, None),
        (ARK, LIST, True, None),
    ]


@pytest.mark.parametrize(
    "codes",
    [
        b"\xef\xbb\xbf" + CODES.encode(),
        CODES.replace("\r\n", "\n").encode(),
        CODES.replace("\r\n", "\r").encode(),
        CODES.replace("nummer;maatregel;source", " Nummer ;Maatregel;SOURCE;extra").encode(),
        CODES.replace("nummer;maatregel;source", '"nummer";"maatregel";"source"').encode(),
        CODES.replace("SV.3;Derde", "\r\n;;\r\n SV.3 ;Derde").encode(),
        CODES.replace(f";{ADR}", ";ADR").encode(),
        (CODES + "SV.1;Nog eens anders;ADR\r\nlos\r\n").encode(),
        (CODES + f"SV.4;Van niemand;\r\nSV.5\r\n;Geen code;{ADR}\r\n").encode(),
    ],
    ids=["bom", "lf", "cr", "heads", "quoted", "blank", "short", "twice", "nobody's"],
)
def test_what_people_and_spreadsheets_make_of_the_list_is_read_the_same(
    usual: Site, tmp_path: Path, codes: bytes
) -> None:
    assert tuple(frameworks(tmp_path, codes).values()) == frameworks_of(usual, plan())


@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        (None, "absent"),
        (CODES.replace("Eerste", "Geïnventariseerd").encode("cp1252"), "unreadable"),
        (CODES.encode("utf-16"), "unreadable"),
        (CODES.replace("Eerste", "Eer\0ste").encode(), "unreadable"),
        (CODES.replace("Eerste", '"Eerste').encode(), "unreadable"),
        (CODES.replace("Eerste", "x" * 200_000).encode(), "unreadable"),
        (CODES.encode() + b"x" * 1_100_000, "unreadable"),
        (CODES.encode() + f"SV.7;x;{ADR}\r\n".encode() * 6_000, "unreadable"),
        (CODES.replace(";", ",").encode(), "columns"),
        (CODES.replace("source", "kader").encode(), "columns"),
        (b"", "columns"),
        (b"\r\n\r\n", "columns"),
        (b"nummer;maatregel;source\r\n", "not_in_it"),
        (f"nummer;maatregel;source\r\n9.99;Van een ander;{ADR[1:]}\r\n".encode(), "not_in_it"),
    ],
)
def test_a_list_that_says_nothing_is_told_so_and_no_code_is_called_wrong(
    tmp_path: Path, codes: bytes | None, problem: str
) -> None:
    site = site_of(tmp_path, codes)
    found = {found.name: found for found in frameworks_of(site, plan())}
    assert [(f.listed, f.problem) for f in found.values()] == [(False, problem)] * 2
    assert [(code.code, code.known) for code in found["ADR"].codes] == [
        *(("SV.1", True), ("SV.2", True), ("SV.4", True), ("SV.30", True))
    ]
    notes = tables(site)["ADR"].notes
    assert len(notes) == 1
    assert re.match(rf"Welke codes er zijn, is niet bekend: .*{LIST}.*\. Hieronder staan alleen de codes", notes[0])


def test_the_apostrophe_that_guards_a_spreadsheet_is_no_part_of_the_text(tmp_path: Path) -> None:
    codes = f"nummer;maatregel;source\nSV.1;'-Een;{ADR}\nSV.2;'s avonds;{ADR}\nSV.3;-Drie;{ADR}\n"
    found = frameworks(tmp_path, codes.encode())["ADR"]
    assert [code.text for code in found.codes][:3] == ["-Een", "'s avonds", "-Drie"]


def test_a_list_outside_the_repository_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elders.csv").write_text(CODES)
    folder = minimal_site(tmp_path / "site", PAGES)
    (folder / LIST).parent.mkdir()
    (folder / LIST).symlink_to(tmp_path / "elders.csv")
    found = frameworks_of(open_folder(folder, reader=reader()), plan())[0]
    assert (found.listed, found.problem) == (False, "unreadable")


def test_one_framework_may_be_listed_and_another_not(tmp_path: Path) -> None:
    found = frameworks(tmp_path, CODES.replace(ARK, "Iets anders").encode())
    assert [(f.name, f.problem) for f in found.values()] == [("ADR", None), ("ARK", "not_in_it")]
    assert [code.known for code in found["ARK"].codes] == [True]


def test_a_pack_without_a_list_says_so(usual: Site) -> None:
    bare = replace(plan(), definition=plan().definition.model_copy(update={"frameworks": None}))
    assert [(f.name, f.title, f.file, f.problem) for f in frameworks_of(usual, bare)] == [
        ("ADR", "ADR", "", "undefined"),
        ("ARK", "ARK", "", "undefined"),
    ]


def test_the_tables_say_what_is_lacking_both_ways(usual: Site) -> None:
    found = tables(usual)
    assert found["ADR"].title == f"ADR ({ADR})"
    assert found["ADR"].columns == ("code", "bij dit onderwerp", "elders op de site", "tekst")
    assert found["ADR"].rows[1] == ("SV.2", "", "2-owp-11-b", 'Over twee regels; met "teken"')
    assert found["ADR"].rows[-1] == ("SV.30", "2-owp-10-a", "", "staat niet in de lijst")
    assert found["ADR"].notes == (
        "1 van 4 codes genoemd bij dit onderwerp, 2 van 4 op de hele site",
        "niet genoemd bij dit onderwerp: SV.2, SV.3, PRI.1",
        "op de hele site niet genoemd: SV.3, PRI.1",
        f"genoemd, maar niet in de lijst {LIST}: SV.4, SV.30",
    )
    assert found["ARK"].notes[:1] == ("1 van 2 codes genoemd bij dit onderwerp, 1 van 2 op de hele site",)


def test_the_whole_site_has_no_elsewhere(usual: Site) -> None:
    found = tables(usual, None)["ADR"]
    assert found.columns == ("code", "maatregelen", "tekst")
    assert found.rows[0] == ("SV.1", "2-owp-10-a", "Eerste")
    assert found.notes[:2] == ("2 van 4 codes genoemd", "op de hele site niet genoemd: SV.3, PRI.1")


def test_many_codes_in_a_row_are_told_by_the_first_and_the_last(tmp_path: Path) -> None:
    rows = [f"{letters}.{n};Tekst;{ADR}" for letters in ("SV", "DM") for n in range(1, 10)]
    site = site_of(tmp_path, "\n".join(["nummer;maatregel;source", *rows]))
    assert tables(site)["ADR"].notes[1:3] == (
        "niet genoemd bij dit onderwerp: SV.2, SV.3, SV.5 t/m SV.9, DM.1 t/m DM.9",
        "op de hele site niet genoemd: SV.3, SV.5 t/m SV.9, DM.1 t/m DM.9",
    )


@pytest.mark.parametrize("release", RELEASES[-1:])
def test_the_real_content_recounted(release: str, tmp_path: Path) -> None:
    folder = clone_release(release, tmp_path / "site")
    named: dict[tuple[str, str], set[str]] = {}
    topic: dict[tuple[str, str], set[str]] = {}
    for path in (folder / FOLDER).glob("*.md"):
        match = re.match(r"---\n(.*?)\n---", path.read_text(encoding="utf-8-sig"), re.DOTALL)
        fields = yaml.load(match[1], Loader=yaml.CBaseLoader) if match is not None else {}  # noqa: S506 - only texts
        for framework, codes in (fields.get("sources") or {}).items():
            for code in codes if isinstance(codes, list) else [codes]:
                named.setdefault((framework, code), set()).add(path.stem)
                if "publieke-inkoop" in fields["onderwerp"]:
                    topic.setdefault((framework, code), set()).add(path.stem)
    with (folder / LIST).open(encoding="utf-8-sig", newline="") as file:
        listed = [(row["source"], row["nummer"]) for row in csv.DictReader(file, delimiter=";")]
    found = frameworks_of(open_folder(folder), plan())
    assert [(f.title, code.code) for f in found for code in f.codes if code.known] == listed
    assert {(f.name, c.code): {*c.pages} for f in found for c in f.codes if c.pages} == named
    assert {(f.name, c.code): {*c.in_scope} for f in found for c in f.codes if c.in_scope} == topic
    assert [(len(f.codes), sum(bool(code.in_scope) for code in f.codes)) for f in found] == [(84, 4), (55, 2)]
