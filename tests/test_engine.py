from __future__ import annotations

import time
from pathlib import Path

import pytest

from algokader_lint.engine import Exemption, Run, run
from algokader_lint.messages import load_messages
from algokader_lint.selection import Choice, choose
from tests.sites_in_tests import SITES, check, described, knowledge, minimal_site, minimal_tree, open_folder, read_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
BROKEN = CLEAN.replace("- aia-01-menselijk-toezicht", "- aia-01-toezigt")


def test_a_check_that_fails_is_a_finding_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from algokader_lint.checks import PageCheck
    from algokader_lint.knowledge import Model

    class Options(Model):
        pass

    def fail(*_: object) -> list[object]:
        raise ValueError("kapot")

    rules = choose(knowledge(), Choice(pack="basis", select=["AK301", "AK108"]))
    broken = [
        replace(r, kind=PageCheck(fail, Options)) if r.rule.code == "AK108" else r  # type: ignore[arg-type]
        for r in rules
    ]
    site = open_folder(minimal_site(tmp_path, {MEASURE: BROKEN}))
    report = run(Run(site=site, rules=broken, pack="basis", knowledge=knowledge(), messages=load_messages("nl")))
    assert report.crashed
    assert {p.code for p in report.problems} == {"AK000", "AK301"}
    crash = next(p for p in report.problems if p.code == "AK000")
    assert crash.message == "regel AK108 (punt-achter-titel) is op deze pagina mislukt: ValueError: kapot"


def test_one_defect_is_one_finding(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {MEASURE: BROKEN})
    assert [p.code for p in check(site).problems] == ["AK301"]
    assert [p.code for p in check(site, select=["AK303"]).problems] == ["AK303"]


def test_hiding_needs_the_same_field(tmp_path: Path) -> None:
    page = CLEAN.replace("title: Stel eisen aan de leverancier\n", "").replace(
        "vereiste:\n- aia-01-menselijk-toezicht\n", ""
    )
    found = described(check(minimal_site(tmp_path, {MEASURE: page})).problems)
    assert found == [f"{MEASURE}:1 AK101 error", f"{MEASURE}:1 AK303 error"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("rollen:\n- projectleider", "rollen:", "AK105"),  # equally grave, and each hides the other: the first stays
        ("rollen:\n- projectleider", "rollen:\n-", "AK105"),
        ("vereiste:\n- aia-01-menselijk-toezicht", "vereiste:", "AK303"),  # AK105 is but a warning here
    ],
)
def test_two_that_hide_each_other_leave_one(tmp_path: Path, old: str, new: str, code: str) -> None:
    report = check(minimal_site(tmp_path, {MEASURE: CLEAN.replace(old, new)}))
    assert [(problem.code, problem.severity) for problem in report.problems] == [(code, "error")]


def test_exemptions_are_counted(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {MEASURE: BROKEN})
    exemption = Exemption("docs/**/2-owp-*.md", ("AK3",))
    report = check(site, exemptions=[exemption])
    assert (report.problems, report.summary.suppressed) == ((), 1)
    assert check(site, exemptions=[Exemption("docs/*.md", ("AK3",))]).summary.suppressed == 0


def test_fingerprints_do_not_move_with_lines(tmp_path: Path) -> None:
    first = check(minimal_site(tmp_path / "a", {MEASURE: BROKEN})).problems[0]
    moved = BROKEN.replace("vereiste:", "# uitleg\n\nvereiste:").replace("- aia-01-toezigt", "  -   aia-01-toezigt")
    second = check(minimal_site(tmp_path / "b", {MEASURE: moved})).problems[0]
    assert first.place.line != second.place.line
    assert first.fingerprint == second.fingerprint
    other = BROKEN.replace("toezigt", "toezicth")
    assert check(minimal_site(tmp_path / "c", {MEASURE: other})).problems[0].fingerprint != first.fingerprint


def test_the_summary_names_the_last_pack_that_is_satisfied(tmp_path: Path) -> None:
    assert check(minimal_site(tmp_path / "a")).summary.pack == "publieke-inkoop"
    no_reference = CLEAN.replace("vereiste:\n- aia-01-menselijk-toezicht\n", "")
    report = check(minimal_site(tmp_path / "b", {MEASURE: no_reference}))
    assert [p.code for p in report.problems] == ["AK303"]
    assert report.summary.pack == "basis"
    assert check(minimal_site(tmp_path / "c", {MEASURE: BROKEN})).summary.pack is None
    assert check(minimal_site(tmp_path / "d"), select=["AK3"]).summary.pack is None


def test_a_pack_says_what_fails_it(tmp_path: Path) -> None:
    loose = check(minimal_site(tmp_path / "a", {MEASURE: f"{CLEAN}\n<!-- Vul hier iets in -->\n"}), pack="streng")
    assert {problem.severity for problem in loose.problems} == {"info"}
    assert loose.summary.pack == "publieke-inkoop"
    example = CLEAN[CLEAN.index("## Voorbeeld") : CLEAN.index("## Bronnen")]
    strict = check(minimal_site(tmp_path / "b", {MEASURE: f"{CLEAN.replace(example, '')}\n{example}"}), pack="streng")
    assert (strict.problems, strict.summary.pack) == ((), "streng")


def test_paths_limit_the_report_but_not_the_scope(tmp_path: Path) -> None:
    site = minimal_site(tmp_path, {MEASURE: BROKEN})
    report = check(site, paths=["docs/rollen"])
    assert report.problems == ()
    assert report.summary.scope is not None
    assert [page.name for page in report.summary.scope.failing] == ["owp-01"]


def test_cost_grows_with_pages_not_with_their_square() -> None:
    def seconds(copies: int) -> float:
        pages = {
            MEASURE.replace("owp-01", f"x{n:05}-01"): CLEAN.replace("leverancier", f"leverancier {n}")
            for n in range(copies)
        }
        site = open_folder(minimal_tree({name: text.encode() for name, text in pages.items()}))
        rules = choose(knowledge(), Choice(pack="publieke-inkoop", ignore=["AK202", "AK203"]))
        started = time.process_time()
        run(Run(site=site, rules=rules, pack="basis", knowledge=knowledge(), messages=load_messages("nl")))
        return time.process_time() - started

    seconds(10)
    assert seconds(400) < 8 * seconds(100) + 0.1
