"""Directives beyond the examples on the rule pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from algokader_lint.problem import Place
from tests.sites_in_tests import check, minimal_site

PAGE = "docs/onderwerpen/data.md"


def found(folder: Path, text: str, page: str = PAGE) -> list[tuple[str, str]]:
    """Codes, and the text under the caret on the first line."""
    content = f"---\ntitle: Data\n---\n\n{text}\n"
    problems = check(minimal_site(folder, {page: content}), select=["AK5"]).problems
    return [(p.code, marked(p.place)) for p in problems if p.place.file == page]


def marked(place: Place) -> str:
    end = place.end_column - 1 if place.end_line == place.line else None
    return place.excerpt[place.column - 1 : end]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- list_maatregelen -->",
        "<!-- list_maatregelen no-search -->",
        "<!-- LIST_MAATREGELEN onderwerp/publieke-inkoop  no-search   -->",
        "<!-- list_vereisten onderwerp/transparantie add-wetcode -->",
        "<!-- list_hulpmiddelen categorie/handreiking -->",
        '??? expander "x"\n    <!-- list_maatregelen onderwerp/publieke-inkoop -->',
        "<!-- Let op! de regel met 'tags' niet weghalen -->",
        "<!-- TODO: tags controleren -->",
        "<!-- maatregelen -->",
        "<!-- list maatregelen nog aanvullen -->",
        "<!-- list vereisten/maatregelen -->",
        "<!-- vereisten -->",
        "<!-- tags van deze pagina nog nakijken -->",
        "<!-- Hier staat\nover twee regels iets over tags -->",
        "`<!-- list_maatregel onderwerp/data -->`",
        "```\n<!-- list_maatregel onderwerp/data -->\n```",
        "<!-- -->",
        "<!---->",
    ],
)
def test_what_works_and_what_is_prose_gives_nothing(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("<!-- list_maatregel onderwerp/data -->", "AK501", "list_maatregel"),
        ("<!-- lijst_maatregelen onderwerp/data -->", "AK501", "lijst_maatregelen"),
        ("<!-- list_maatregelen, onderwerp/data -->", "AK501", "list_maatregelen,"),
        ("<!-- list_instrumenten onderwerp/data -->", "AK501", "list_instrumenten"),
        ("<!-- list maatregelen onderwerp/data -->", "AK501", "list maatregelen"),
        ("<!-- List  Vereisten -->", "AK501", "List  Vereisten"),
        ("<!-- list_maatregelen_onderwerp/data no-search -->", "AK501", "list_maatregelen_onderwerp/data"),
        ("<!-- list_maatregelen/onderwerp/data -->", "AK501", "list_maatregelen/onderwerp/data"),
        ("<!-- list_\u200bmaatregelen onderwerp/data -->", "AK501", "list_\u200bmaatregelen"),
        ("<!--list_maatregelen onderwerp/data -->", "AK501", "<!--list_maatregelen onderwerp/data -->"),
        ("<!-- list_maatregelen onderwerp/data-->", "AK501", "<!-- list_maatregelen onderwerp/data-->"),
        ("<!--  tags -->", "AK501", "<!--  tags -->"),
        ("<!--- tags -->", "AK501", "<!--- tags -->"),
        ("<!-- list_maatregelen\nonderwerp/data -->", "AK501", "<!-- list_maatregelen"),
        ("<!-- list_maatregelen onderwerp/data --\n\nTekst", "AK501", "<!-- list_maatregelen onderwerp/data --"),
        ("<!-- list_maatregelen onderwerp/data\n\nTekst", "AK501", "<!-- list_maatregelen onderwerp/data"),
        ("<!-- tags ->\n\nTekst <!-- noot -->", "AK501", "<!-- tags ->"),
        ("<!- list_maatregelen onderwerp/data -->", "AK501", "<!- list_maatregelen onderwerp/data -->"),
        ("<-- tags -->", "AK501", "<-- tags -->"),
        ("<!-- tags onderwerp/data -->", "AK501", "<!-- tags onderwerp/data -->"),
        ("<!-- list_maatregelen rol/jurist -->", "AK503", "rol/jurist"),
        ("<!-- list_maatregelen rollen/jurist/x -->", "AK503", "rollen/jurist/x"),
        ("<!-- list_maatregelen rollen/juristen -->", "AK503", "rollen/juristen"),
        ("<!-- list_hulpmiddelen categorie/handreikingen -->", "AK503", "categorie/handreikingen"),
        ("<!-- list_maatregelen publieke-inkoop no-search -->", "AK503", "publieke-inkoop"),
        ("<!-- list_maatregelen is nodig voor de lijst -->", "AK503", "is"),  # the build lists everything here
        ("<!-- list_maatregelen no-search onderwerp/data -->", "AK504", "onderwerp/data"),
        ("<!-- list_maatregelen onderwerp/publieke-inkoop no-rollen -->", "AK504", "no-rollen"),
        ("<!-- list_vereisten_on_maatregelen_page -->", "AK506", "<!-- list_vereisten_on_maatregelen_page -->"),
        ("<!-- list_maatregelen onderwerp/data -->", "AK507", "onderwerp/data"),
    ],
)
def test_what_does_not_work_gives_one_finding_at_its_place(tmp_path: Path, text: str, code: str, marked: str) -> None:
    assert found(tmp_path, text) == [(code, marked)]


def test_a_synonym_of_a_field_is_offered(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {PAGE: "---\ntitle: Data\n---\n\n<!-- list_maatregelen rol/jurist -->\n"})
    (problem,) = check(site, select=["AK503"]).problems
    assert "bedoelde je 'rollen/jurist'?" in problem.message


@pytest.mark.parametrize(
    ("wrong", "meant"), [("rolen/jurist", "rollen/jurist"), ("categorie/handreikin", "categorie/handreiking")]
)
def test_what_is_near_is_offered(tmp_path: Path, wrong: str, meant: str) -> None:
    lists = "list_hulpmiddelen" if "categorie" in wrong else "list_maatregelen"
    site = minimal_site(tmp_path, {PAGE: f"---\ntitle: Data\n---\n\n<!-- {lists} {wrong} -->\n"})
    (problem,) = check(site, select=["AK503"]).problems
    assert f"bedoelde je '{meant}'?" in problem.message


def test_a_directive_that_was_meant_is_not_also_missing(tmp_path: Path) -> None:
    page = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
    text = "<!--tags-->\n\n<!-- list_vereisten_on_maatregel_page -->"
    assert [code for code, _ in found(tmp_path, text, page)] == ["AK501", "AK501"]


def test_other_text_stands_in_for_an_expected_directive(tmp_path: Path) -> None:
    page = "docs/voldoen-aan-wetten-en-regels/vereisten/aia-01-menselijk-toezicht.md"
    rest = "<!-- tags -->\n\n<!-- list_maatregelen vereiste/aia-01-menselijk-toezicht -->\n\n## Van toepassing op\n\n"
    assert [code for code, _ in found(tmp_path / "a", rest, page)] == ["AK502"]
    assert found(tmp_path / "b", rest + "Elk systeem.", page) == []


def test_a_list_is_not_called_empty_while_a_page_that_it_could_hold_cannot_be_read(tmp_path: Path) -> None:
    measure = "docs/voldoen-aan-wetten-en-regels/maatregelen/7-mon-02-nieuw.md"
    lists = "---\ntitle: Data\n---\n\n<!-- list_maatregelen onderwerp/data -->\n"
    for number, (text, told) in enumerate([("---\ntitle: [x\n---\n", ["AK003"]), ("", ["AK507"])]):
        files = {PAGE: lists} | ({measure: text} if text else {})
        report = check(minimal_site(tmp_path / str(number), files), select=["AK003", "AK507"])
        assert [p.code for p in report.problems] == told
