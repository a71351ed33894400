"""A change that makes coverage worse is stopped: by check, and by the command that measures it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, read_files, write_files

FOLDER = "docs/voldoen-aan-wetten-en-regels"
MEASURE = f"{FOLDER}/maatregelen/2-owp-01-eisen-stellen.md"
OTHER = f"{FOLDER}/maatregelen/2-owp-02-bewijs-vragen.md"
TARGET = f"{FOLDER}/vereisten/aia-01-menselijk-toezicht.md"
CLEAN = {name: data.decode() for name, data in read_files(SITES / "minimaal").items()}
SECOND = {
    TARGET.replace("aia-01-menselijk-toezicht", "avg-01-grondslag"): CLEAN[TARGET]
    .replace("aia-01", "avg-01")
    .replace("menselijk-toezicht", "grondslag")
    .replace("Mensen houden toezicht op het systeem", "Voor het gebruik is een grondslag"),
    OTHER: CLEAN[MEASURE]
    .replace("owp-01", "owp-02")
    .replace("Stel eisen aan de leverancier", "Vraag bewijs")
    .replace("- aia-01-menselijk-toezicht", "- aia-01-menselijk-toezicht\n- avg-01-grondslag"),
}
WITHOUT = SECOND[OTHER].replace("- avg-01-grondslag\n", "")
NO_SOURCE = CLEAN[MEASURE][: CLEAN[MEASURE].index("- [Handreiking")] + "Geen bron beschikbaar voor deze maatregel.\n"


def told(site: Path, *arguments: str) -> list[tuple[str, str, str]]:
    """The errors of a check since the last commit: code, file and message."""
    result = run("check", "--since", "HEAD", "--format", "json", *arguments, cwd=site)
    assert result.stderr == ""
    findings = json.loads(result.stdout)["findings"]
    return [(f["code"], f["file"], f["message"]) for f in findings if f["severity"] == "error"]


def measured(site: Path, *arguments: str, code: int) -> dict[str, Any]:
    """What a change does to coverage, by the command, which ends with ``code``."""
    result = run("coverage", "--since", "HEAD", "--format", "json", *arguments, cwd=site)
    assert (result.returncode, result.stderr) == (code, "")
    change: dict[str, Any] = json.loads(result.stdout)["change"]
    return change


def test_what_is_no_longer_worked_out_is_told_at_the_page_that_dropped_it(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    assert told(site) == []
    assert measured(site, code=0)["faults"] == []
    write_files(site, {OTHER: WITHOUT})
    message = (
        "vereiste 'avg-01-grondslag' wordt bij het onderwerp 'publieke-inkoop' door geen enkele maatregel meer genoemd"
    )
    assert told(site) == [("AK805", OTHER, message)]
    change = measured(site, code=1)
    assert [(fault["kind"], fault["key"]) for fault in change["faults"]] == [("falls", "avg-01-grondslag")]
    console = run("coverage", "--since", "HEAD", cwd=site).stdout
    assert "avg-01: uitgewerkt → niet genoemd (1 → 0, niet meer door owp-02)" in console
    assert "vereisten: 2 → 1 genoemd, 2 → 1 uitgewerkt" in console


def test_it_is_told_at_the_target_when_its_page_is_gone(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    (site / OTHER).unlink()
    gone = TARGET.replace("aia-01-menselijk-toezicht", "avg-01-grondslag")
    assert [found[:2] for found in told(site, "--select", "AK8")] == [("AK805", gone)]


def test_a_slip_of_the_pen_is_one_finding(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    write_files(site, {OTHER: SECOND[OTHER].replace("- avg-01-grondslag", "- avg-01-grondslach")})
    assert [found[:2] for found in told(site)] == [("AK301", OTHER)]
    assert [fault["kind"] for fault in measured(site, code=1)["faults"]] == ["falls", "dangling"]
    assert [found[:2] for found in told(site, "--ignore", "AK301")] == [("AK805", OTHER)] * 2
    write_files(site, {OTHER: SECOND[OTHER].replace("vereiste:\n", "vereiste: [\n")})
    assert [found[:2] for found in told(site)] == [("AK003", OTHER)]
    assert measured(site, code=1)["faults"] != []


def test_a_page_that_came_to_mention_many_is_one_finding(tmp_path: Path) -> None:
    more = {
        TARGET.replace("aia-01-menselijk-toezicht", f"aia-{n:02}-nog"): CLEAN[TARGET].replace("aia-01", f"aia-{n:02}")
        for n in range(2, 10)
    }
    site = git_site(tmp_path, {**SECOND, **more})
    listed = "".join(f"- aia-{n:02}-nog\n" for n in range(2, 10))
    write_files(site, {OTHER: SECOND[OTHER].replace("- avg-01-grondslag\n", f"- avg-01-grondslag\n{listed}")})
    ((code, file, message),) = told(site, "--select", "AK8")
    assert (code, file) == ("AK805", OTHER)
    assert message.startswith("deze maatregel noemt nu 10 vereisten; bij meer dan 8 is het een verzamelmaatregel")
    assert message.endswith("werkt ze deze niet meer uit: avg-01")


def test_a_target_that_is_renumbered_is_no_loss(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    old = TARGET.replace("aia-01-menselijk-toezicht", "avg-01-grondslag")
    new = old.replace("avg-01", "avg-02")
    (site / old).unlink()
    write_files(site, {new: SECOND[old].replace("avg-01", "avg-02")})
    change = measured(site, code=1)
    assert [fault["kind"] for fault in change["faults"]] == ["dangling"]
    (item,) = change["items"]
    assert (item["key"], item["was"], item["misnamed"]) == ("avg-02-grondslag", "avg-01-grondslag", [Path(OTHER).stem])
    console = run("coverage", "--since", "HEAD", cwd=site).stdout
    assert "avg-01-grondslag heet nu avg-02-grondslag; nog genoemd door owp-02" in console
    write_files(site, {OTHER: SECOND[OTHER].replace("avg-01", "avg-02")})
    change = measured(site, code=0)
    assert (change["items"], change["faults"]) == ([], [])


def test_a_source_that_becomes_none_is_told_once(tmp_path: Path) -> None:
    site = git_site(tmp_path)
    write_files(site, {MEASURE: NO_SOURCE})
    assert told(site) == [("AK805", MEASURE, "deze pagina had een bron, en zegt nu dat er geen is")]
    write_files(site, {MEASURE: CLEAN[MEASURE].partition("## Bronnen")[0]})
    assert told(site) == [("AK805", MEASURE, "deze pagina had een bron, en nu niet meer")]
    assert measured(site, code=1)["sources_lost"] == [Path(MEASURE).stem]


def test_a_role_that_nothing_names_any_more(tmp_path: Path) -> None:
    role = CLEAN["docs/rollen/projectleider.md"]
    site = git_site(
        tmp_path,
        {
            "docs/rollen/jurist.md": role.replace("Projectleider", "Jurist"),
            MEASURE: CLEAN[MEASURE].replace("- projectleider", "- projectleider\n- jurist"),
        },
    )
    write_files(site, {MEASURE: CLEAN[MEASURE]})
    message = "rol 'jurist' wordt bij het onderwerp 'publieke-inkoop' door geen enkele maatregel meer genoemd"
    assert told(site) == [("AK805", "docs/rollen/jurist.md", message)]


def test_a_floor_is_a_number_in_the_settings(tmp_path: Path) -> None:
    site = git_site(tmp_path, {**SECOND, "algokader-lint.toml": "[coverage.floors]\nvereiste = 3\n"})
    write_files(site, {OTHER: SECOND[OTHER] + "\nMeer tekst.\n"})
    message = "van 'vereiste' zijn er 2 gedekt, en volgens de instellingen moeten dat er minstens 3 zijn"
    assert told(site) == [("AK805", "algokader-lint.toml", message)]
    found = json.loads(run("check", "--since", "HEAD", "--format", "json", cwd=site).stdout)["findings"]
    assert [(f["line"], f["end_column"]) for f in found if f["code"] == "AK805"] == [(1, 18)]
    assert run("check", cwd=site).returncode == 0


def test_what_a_page_loses_is_told_beside_one_that_cannot_be_read(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    for broken, other in ((OTHER, MEASURE), (MEASURE, OTHER)):
        lost = SECOND.get(other, CLEAN.get(other, "")).partition("\n- [Handreiking")[0] + "\nGeen bron beschikbaar.\n"
        write_files(site, {broken: "---\ntitle: [x\n---\n", other: lost})
        codes = {(code, file) for code, file, _ in told(site)}
        assert ("AK003", broken) in codes
        assert [file for code, file in codes if code == "AK805"] == [other]


def test_what_does_not_apply_may_fall(tmp_path: Path) -> None:
    waiver = "[[coverage.waivers]]\nkey = 'avg-01-grondslag'\nreason = 'niet bij inkoop'\nuntil = 2999-01-01\n"
    site = git_site(tmp_path, {**SECOND, "algokader-lint.toml": waiver})
    write_files(site, {OTHER: WITHOUT})
    assert told(site) == []
    document = json.loads(run("coverage", "--format", "json", cwd=site).stdout)
    target = document["targets"]["vereiste"]
    assert (target["specific"], target["waived"], target["none"]) == (1, 1, 0)


def test_a_stranger_cannot_waive_what_his_own_change_breaks(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    waiver = "[[coverage.waivers]]\nkey = 'avg-01-grondslag'\nreason = 'omdat het kan'\n"
    write_files(site, {OTHER: WITHOUT, "algokader-lint.toml": waiver})
    commit_all(site)
    result = run("check", "--since", "HEAD~1", "--base-settings", "--format", "json", cwd=site)
    findings = json.loads(result.stdout)["findings"]
    assert [finding["code"] for finding in findings if finding["severity"] == "error"] == ["AK805"]
    assert run("coverage", "--since", "HEAD~1", "--base-settings", cwd=site).returncode == 1


def test_a_merge_is_not_to_blame_for_what_either_side_had_lost(tmp_path: Path) -> None:
    site = git_site(tmp_path, SECOND)
    git(site, "checkout", "-q", "-b", "tak")
    write_files(site, {"docs/index.md": "# Begin\n\nAnders.\n"})
    commit_all(site)
    git(site, "checkout", "-q", "main")
    write_files(site, {OTHER: WITHOUT})
    commit_all(site)
    git(site, "checkout", "-q", "tak")
    git(site, "merge", "-q", "--no-commit", "--no-ff", "main")
    result = run("check", "--staged", "--format", "json", cwd=site)
    assert json.loads(result.stdout)["findings"] == []


def test_the_comment_tells_what_a_change_does(tmp_path: Path) -> None:
    """From the report of a pull request, which may come from anyone."""
    site = git_site(tmp_path, SECOND)
    write_files(site, {OTHER: WITHOUT})
    report = tmp_path / "verslag.json"
    run("check", "--since", "HEAD", f"--format=json={report}", cwd=site)
    text = run("render", str(report), "--format", "markdown", cwd=site).stdout
    assert "#### Dekking sinds HEAD" in text
    assert "❌ Slechter\n\n- avg-01: uitgewerkt → niet genoemd (1 → 0, niet meer door owp-02)" in text
    document = json.loads(report.read_text())
    document["coverage"]["change"]["names"]["avg-01-grondslag"] = "@minister\n::error::x <b> | [x](javascript:1)"
    report.write_text(json.dumps(document))
    text = run("render", str(report), "--format", "markdown", cwd=site).stdout
    assert "@minister" not in text
    assert "\n::error" not in text
    assert "<b>" not in text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("target",), "onbekend"),
        (("total",), "veel"),
        (("labels",), None),
        (("change", "targets"), {"onbekend": {"total": [0, 1], "covered": [0, 1], "specific": None}}),
        (("change", "items"), [{"key": "x"}]),
        (("change", "faults"), [{"kind": "anders"}]),
    ],
)
def test_a_report_that_is_none_is_refused(tmp_path: Path, place: tuple[str, ...], value: object) -> None:
    site = git_site(tmp_path / "site")
    report = tmp_path / "verslag.json"
    run("check", "--since", "HEAD", f"--format=json={report}", cwd=site)
    document = json.loads(report.read_text())
    inner = document["coverage"]
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    report.write_text(json.dumps(document))
    result = run("render", str(report), "--format", "markdown", cwd=site)
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert "is geen JSON-verslag van deze versie" in result.stderr
