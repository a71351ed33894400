"""What a change made worse and what it mended, on small sites of two states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from algokader_lint.problem import Report
from tests.sites_in_tests import SITES, check, described, minimal_site, read_files

FOLDER = "docs/voldoen-aan-wetten-en-regels/maatregelen"
MEASURE = f"{FOLDER}/2-owp-01-eisen-stellen.md"
OTHER = f"{FOLDER}/7-mon-01-toezicht-houden.md"
TOOL = "docs/voldoen-aan-wetten-en-regels/hulpmiddelen/handreiking-inkoop.md"
VEREISTE = "docs/voldoen-aan-wetten-en-regels/vereisten/aia-01-menselijk-toezicht.md"
CLEAN = {name: data.decode() for name, data in read_files(SITES / "minimaal").items()}
BROKEN = CLEAN[MEASURE].replace("- aia-01-menselijk-toezicht", "- aia-01-toezigt")


def compared(
    folder: Path,
    before: Mapping[str, str],
    after: Mapping[str, str],
    gone: tuple[str, ...] = (),
    distrust: bool = False,
) -> Report:
    was = minimal_site(folder / "before", before)
    now = minimal_site(folder / "after", after)
    for name in gone:
        (now / name).unlink()
    return check(now, before=was, distrust=distrust)


def repaired(report: Report) -> list[str]:
    assert report.change is not None
    return described(report.change.repaired)


def test_an_old_finding_is_known_wherever_it_stands_now(tmp_path: Path) -> None:
    moved = BROKEN.replace("vereiste:\n", "# uitleg\n\nvereiste:\n- aia-01-menselijk-toezicht\n")
    report = compared(tmp_path, {MEASURE: BROKEN}, {MEASURE: moved})
    assert (described(report.problems), repaired(report)) == ([], [])
    assert report.change is not None
    assert report.change.known == 1


def test_a_second_finding_that_says_the_same_is_new(tmp_path: Path) -> None:
    twice = BROKEN.replace("## Bronnen", "<!-- list_maatregelen onderwerp/niets -->\n\n## Bronnen")
    thrice = twice.replace("## Bronnen", "<!-- list_maatregelen onderwerp/niets -->\n\n## Bronnen")
    report = compared(tmp_path, {MEASURE: twice}, {MEASURE: thrice})
    assert [p.code for p in report.problems] == ["AK503"]


def test_what_is_mended_is_named_at_its_old_place(tmp_path: Path) -> None:
    report = compared(tmp_path, {MEASURE: BROKEN}, {})
    assert (described(report.problems), repaired(report)) == ([], [f"{MEASURE}:6 AK301 error"])


def test_breakage_on_a_page_that_the_change_does_not_touch_is_new(tmp_path: Path) -> None:
    report = compared(tmp_path, {}, {}, gone=(VEREISTE,))
    referring = sorted(name for name, text in CLEAN.items() if "- aia-01-menselijk-toezicht" in text)
    assert [p.place.file for p in report.problems if p.code != "AK204"] == referring
    assert [p.code for p in report.problems if p.place.file == "mkdocs.yml"] == ["AK204"]


def test_a_page_that_is_renamed_keeps_its_old_findings(tmp_path: Path) -> None:
    new_name = MEASURE.replace("eisen-stellen", "stel-eisen-op")
    tool = CLEAN[TOOL].replace("2-owp-01-eisen-stellen", "2-owp-01-stel-eisen-op")
    report = compared(tmp_path, {MEASURE: BROKEN}, {new_name: BROKEN, TOOL: tool}, gone=(MEASURE,))
    assert (described(report.problems), repaired(report)) == ([], [])


def test_a_finding_that_became_graver_is_new_and_one_that_became_milder_is_not(tmp_path: Path) -> None:
    outside = CLEAN[OTHER].replace("## Bronnen", "## Iets anders")
    assert "publieke-inkoop" not in outside
    inside = outside.replace("onderwerp:\n", "onderwerp:\n- publieke-inkoop\n")
    report = compared(tmp_path / "worse", {OTHER: outside}, {OTHER: inside})
    assert (described(report.problems), repaired(report)) == ([f"{OTHER}:1 AK701 error"], [])
    report = compared(tmp_path / "better", {OTHER: inside}, {OTHER: outside})
    assert (described(report.problems), repaired(report)) == ([], [])


def test_a_page_that_cannot_be_read_any_more_has_repaired_nothing(tmp_path: Path) -> None:
    report = compared(tmp_path, {MEASURE: BROKEN}, {MEASURE: BROKEN.replace("title: ", "title: a: b: ")})
    assert [p.code for p in report.problems] == ["AK003"]
    assert repaired(report) == []


def test_a_page_that_is_gone_has_repaired_nothing(tmp_path: Path) -> None:
    report = compared(tmp_path, {MEASURE: BROKEN}, {}, gone=(MEASURE,))
    told = [line for line in described(report.problems) if "AK805" not in line]  # its phase and role are empty now
    assert told == [f"{TOOL}:7 AK301 error", "mkdocs.yml:1 AK204 error"]
    assert repaired(report) == []


def test_a_word_more_in_a_long_text_is_no_new_finding(tmp_path: Path) -> None:
    long = CLEAN[MEASURE].replace("toelichting: ", "toelichting: " + "woord " * 60)
    report = compared(tmp_path, {MEASURE: long}, {MEASURE: long.replace("woord woord", "een woord woord")})
    assert (described(report.problems), repaired(report)) == ([], [])


def test_quotes_around_a_value_make_no_new_finding(tmp_path: Path) -> None:
    quoted = BROKEN.replace("- aia-01-toezigt", '- "aia-01-toezigt"')
    report = compared(tmp_path, {MEASURE: BROKEN}, {MEASURE: quoted})
    assert (described(report.problems), repaired(report)) == ([], [])


def test_what_a_waiver_hid_is_not_new_when_the_waiver_goes(tmp_path: Path) -> None:
    waived = BROKEN.replace("- aia-01-toezigt", "# lint-uit AK301: wacht op de wet\n- aia-01-toezigt")
    report = compared(tmp_path, {MEASURE: waived}, {MEASURE: BROKEN})
    assert (described(report.problems), repaired(report)) == ([], [])
    report = compared(tmp_path / "other", {MEASURE: BROKEN}, {MEASURE: waived})
    assert (described(report.problems), repaired(report)) == ([], [])


def test_a_suppression_that_the_change_adds_does_not_count_when_it_is_distrusted(tmp_path: Path) -> None:
    waived = BROKEN.replace("- aia-01-toezigt", "# lint-uit AK301: omdat het kan\n- aia-01-toezigt")
    assert described(compared(tmp_path / "a", {}, {MEASURE: waived}).problems) == []
    report = compared(tmp_path / "b", {}, {MEASURE: waived}, distrust=True)
    assert [p.code for p in report.problems] == ["AK301"]
    (notice,) = report.notices
    assert notice == f"deze wijziging onderdrukt meldingen op {MEASURE}; dat telt pas als het is samengevoegd"
    old, new = (text.replace("vereiste:", "# lint-uit AK301: wacht\nvereiste:") for text in (CLEAN[MEASURE], BROKEN))
    report = compared(tmp_path / "c", {MEASURE: old}, {MEASURE: new}, distrust=True)
    assert (described(report.problems), report.notices) == ([], ())


WAIVED = "# lint-uit AK301: wacht\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- aia-01-menselijk-toezicht\n", f"- aia-01-menselijk-toezicht\n{WAIVED}- aia-02-nieuw\n"),  # copied
        (f"{WAIVED}- aia-01-toezigt", f"- aia-01-toezigt\n{WAIVED}- aia-02-nieuw"),  # moved
    ],
)
def test_a_suppression_that_is_copied_or_moved_is_a_new_one(tmp_path: Path, old: str, new: str) -> None:
    item = "- aia-01-menselijk-toezicht\n"
    before = CLEAN[MEASURE].replace(item, f"{item}{WAIVED}- aia-01-toezigt\n")
    after = before.replace(old, new, 1)
    assert described(compared(tmp_path / "mine", {MEASURE: before}, {MEASURE: after}).problems) == []
    report = compared(tmp_path / "theirs", {MEASURE: before}, {MEASURE: after}, distrust=True)
    assert [p.place.excerpt for p in report.problems] == ["- aia-02-nieuw"]
    assert len(report.notices) == 1
