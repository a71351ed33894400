"""``check --fix``, ``--unsafe`` and ``--diff`` on the command line."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest

from algokader_lint.cli import rewriting
from tests.command import Ran, run
from tests.git_in_tests import git_site
from tests.sites_in_tests import SITES, minimal_site, read_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
ROLE = "docs/rollen/jurist.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
BROKEN = CLEAN.replace("- projectleider", "- Projectleider\n- projectleider").replace(
    "- aia-01-menselijk-toezicht", "- aia-07-menselijk-toezicht"
)
SAFELY = BROKEN.replace("- Projectleider\n", "")
FILES: dict[str, bytes | str] = {MEASURE: BROKEN, ROLE: b"\xef\xbb\xbf---\r\ntitle: Jurist.\r\n---\r\n\r\ngeen einde"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return minimal_site(tmp_path, FILES)


def written(site: Path) -> dict[str, bytes]:
    return {name: (site / name).read_bytes() for name in (MEASURE, ROLE)}


def fix(site: Path, *more: str, **how: str) -> Ran:
    return run("check", *more, cwd=site, env=how)


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_diff_is_what_git_applies_and_writes_nothing(unsafe: bool, tmp_path: Path) -> None:
    site = git_site(tmp_path, FILES)
    flags = ("--unsafe",) if unsafe else ()
    before = written(site)
    shown = fix(site, "--diff", *flags)
    assert shown.returncode == 1
    assert written(site) == before
    subprocess.run(["git", "apply", "--check", "-"], cwd=site, input=shown.stdout.encode(), check=True)
    subprocess.run(["git", "apply", "-"], cwd=site, input=shown.stdout.encode(), check=True)
    applied = written(site)
    assert applied != before
    subprocess.run(["git", "checkout", "-q", "."], cwd=site, check=True)
    assert fix(site, "--fix", *flags).returncode == int(not unsafe)
    assert written(site) == applied
    again = fix(site, "--diff", *flags)
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "Er is niets wat de linter zelf kan herstellen.\n"


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
@pytest.mark.parametrize(
    "name", ["met spatie.md", "één.md", "a\tb.md", 'a"b.md', "a\\b.md", "\x1b[1mb.md", "\udce9.md"]
)
def test_a_diff_applies_whatever_a_file_is_called(name: str, tmp_path: Path) -> None:
    site = git_site(tmp_path, {f"docs/{name}": "Mail naam@voorbeeld.example.\n"})
    shown = fix(site, "--diff", "--select", "AK613")
    assert "\x1b" not in shown.stdout
    subprocess.run(["git", "apply", "-"], cwd=site, input=shown.stdout.encode(), check=True)
    assert (site / "docs" / name).read_text() == "Mail [naam@voorbeeld.example](mailto:naam@voorbeeld.example).\n"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_a_diff_names_the_file_behind_a_symbolic_link_and_names_it_once(tmp_path: Path) -> None:
    site = git_site(tmp_path, {"BIJDRAGEN.md": "Mail naam@voorbeeld.example.\n"})
    for name in ("docs/bijdragen.md", "docs/meedoen.md"):
        (site / name).symlink_to("../BIJDRAGEN.md")
    shown = fix(site, "--diff", "--select", "AK613").stdout
    assert [line for line in shown.splitlines() if line.startswith("--- ")] == ["--- a/BIJDRAGEN.md"]
    subprocess.run(["git", "apply", "-"], cwd=site, input=shown.encode(), check=True)
    assert fix(site, "--diff", "--select", "AK613").stdout == ""


def test_what_was_done_is_told_and_what_is_left_is_reported(site: Path) -> None:
    done = fix(site, "--fix")
    assert written(site)[MEASURE].decode() == SAFELY
    assert written(site)[ROLE] == FILES[ROLE].replace(b"Jurist.", b"Jurist")  # type: ignore[arg-type]
    assert done.stderr.splitlines() == [
        f"{ROLE}: 1 × AK108 punt-achter-titel",
        f"{MEASURE}: 1 × AK106 dubbele-waarde, 1 × AK301 onbekende-verwijzing",
        "Hersteld: 3 meldingen in 2 bestanden.",
        "",
    ]
    assert done.returncode == 1
    assert "aia-07-menselijk-toezicht" in done.stdout
    assert "AK108" not in done.stdout
    assert "algokader-lint check --diff --unsafe" in done.stdout


def test_what_needs_an_eye_is_told_with_titles(site: Path) -> None:
    done = fix(site, "--fix", "--unsafe")
    assert written(site)[MEASURE].decode() == CLEAN
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    at = next(n for n, line in enumerate(lines) if "kijk zelf na" in line)
    assert "regel 6: vereiste 'aia-07-menselijk-toezicht' bestaat niet" in lines[at]
    assert lines[at].endswith("(AK301)")
    assert lines[at + 1].strip() == "was 'aia-07-menselijk-toezicht', is nu 'aia-01-menselijk-toezicht'"
    assert lines[at + 2].strip() == "'aia-01-menselijk-toezicht' heet: Mensen houden toezicht op het systeem"


def test_a_link_that_leads_elsewhere_is_told_with_both_titles(tmp_path: Path) -> None:
    link = "[Mensen houden toezicht op het systeem](../onderwerpen/data.md)"
    site = minimal_site(tmp_path, {ROLE: f"---\ntitle: Jurist\nhide: toc\n---\n\nLees {link}.\n"})
    done = fix(site, "--fix", "--unsafe", "--select", "AK609")
    new = "../voldoen-aan-wetten-en-regels/vereisten/aia-01-menselijk-toezicht.md"
    _, found, change, titles, *_ = done.stderr.splitlines()
    assert found.startswith(
        "  kijk zelf na, regel 6: linktekst 'Mensen houden toezicht op het systeem' noemt een andere"
    )
    assert change == f"    was '../onderwerpen/data.md', is nu '{new}'"
    assert "'../onderwerpen/data.md', en die pagina heet 'Data'. De pagina die je noemt, is" in titles


def test_what_is_written_in_several_places_is_told_place_by_place(tmp_path: Path) -> None:
    page = 'Lees [de gids](https://a.example/b\n\n!!! note "A"\nTekst.\n'
    site = minimal_site(tmp_path, {"docs/los.md": page})
    told = fix(site, "--fix", "--unsafe", "--select", "AK605,AK407", "--lang", "en").stderr
    assert "    added: ')'" in told
    assert "''" not in told  # spaces in front of a line are told by the message


@pytest.mark.parametrize(("language", "words"), [("nl", "Hersteld: 3 meldingen"), ("en", "Repaired: 3 problems")])
def test_it_speaks_both_languages(site: Path, language: str, words: str) -> None:
    assert words in fix(site, "--fix", "--lang", language).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--unsafe",),
        ("--fix", "--staged"),
        ("--diff", "--staged"),
        ("--fix", "--write-baseline"),
        ("--diff", "--write-baseline"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_cannot_go_together(arguments: tuple[str, ...], language: str, tmp_path: Path) -> None:
    site = git_site(tmp_path, FILES)
    before = written(site)
    result = fix(site, *arguments, "--lang", language)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"algokader-lint: {'fout' if language == 'nl' else 'error'}: ")
    assert result.stderr.count("\n") == 1
    assert written(site) == before


def test_json_stays_json(site: Path) -> None:
    document = json.loads(fix(site, "--fix", "--format", "json").stdout)
    assert [finding["code"] for finding in document["findings"]] == ["AK301"]
    (edit,) = document["findings"][0]["fix"]["edits"]
    assert document["findings"][0]["fix"]["safe"] is False
    assert edit["text"] == "aia-01-menselijk-toezicht"
    line = (site / edit["file"]).read_text().splitlines()[edit["line"] - 1]
    assert line[edit["column"] - 1 : edit["end_column"] - 1] == "aia-07-menselijk-toezicht"


def test_modes_stay_and_nothing_is_left_beside_a_file(site: Path) -> None:
    (site / ROLE).chmod(0o640)
    others = sorted(path.name for path in (site / ROLE).parent.iterdir())
    fix(site, "--fix")
    assert stat.S_IMODE((site / ROLE).stat().st_mode) == 0o640
    assert sorted(path.name for path in (site / ROLE).parent.iterdir()) == others


def test_a_symbolic_link_within_the_repository_stays_one(tmp_path: Path) -> None:
    site = git_site(tmp_path, FILES)
    (site / "elders.md").write_bytes((site / ROLE).read_bytes())
    (site / ROLE).unlink()
    (site / ROLE).symlink_to("../../elders.md")
    fix(site, "--fix")
    assert (site / ROLE).is_symlink()
    assert b"title: Jurist\r\n" in (site / "elders.md").read_bytes()


def test_no_symbolic_link_out_of_the_repository_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "geheim.md"
    outside.write_text("---\ntitle: Jurist.\n---\n")
    site = git_site(tmp_path / "site", FILES)
    (site / ROLE).unlink()
    (site / ROLE).symlink_to(outside)
    result = fix(site, "--fix")
    assert outside.read_text() == "---\ntitle: Jurist.\n---\n"
    assert written(site)[MEASURE].decode() == SAFELY
    assert "Traceback" not in result.stderr


def test_a_file_that_changed_meanwhile_is_left_alone(site: Path) -> None:
    real = rewriting.rewrite

    def while_somebody_writes(*arguments: object, **more: object) -> object:
        (site / ROLE).write_bytes(b"---\ntitle: Van een ander\n---\n")
        return real(*arguments, **more)  # type: ignore[arg-type]

    with patch("algokader_lint.cli.fixes.rewrite", while_somebody_writes):
        result = fix(site, "--fix")
    assert (site / ROLE).read_bytes() == b"---\ntitle: Van een ander\n---\n"
    assert written(site)[MEASURE].decode() == SAFELY
    assert f"{ROLE} is intussen veranderd en blijft zoals het nu is" in result.stderr
    assert f"{ROLE}: 1 ×" not in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_cannot_be_written_is_an_error_of_one_line(site: Path) -> None:
    (site / ROLE).parent.chmod(0o555)
    try:
        result = fix(site, "--fix")
    finally:
        (site / ROLE).parent.chmod(0o755)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_no_line_is_a_command_to_a_ci_runner(tmp_path: Path) -> None:
    title = "::error::x%0A::set-output name=a::b"
    hostile = f"---\ntitle: '{title}.'\nhide:\n- toc\n- toc\n---\n\n::stop-commands::x\n"
    site = minimal_site(tmp_path, {**FILES, "docs/onderwerpen/::warning::x.md": hostile, "docs/rollen/y.md": hostile})
    for flags in (("--diff",), ("--diff", "--unsafe"), ("--fix",)):
        result = fix(site, *flags, "--format", "console", GITHUB_ACTIONS="true")
        for line in (result.stdout + result.stderr).splitlines():
            assert not line.lstrip().startswith("::"), line


def test_a_part_of_the_site_is_repaired_when_asked(site: Path) -> None:
    before = written(site)
    fix(site, "--fix", ROLE)
    assert written(site)[MEASURE] == before[MEASURE]
    assert written(site)[ROLE] != before[ROLE]


def test_only_what_is_new_is_repaired(tmp_path: Path) -> None:
    site = git_site(tmp_path, {ROLE: "---\ntitle: Jurist.\n---\n"})
    (site / MEASURE).write_text(BROKEN)
    fix(site, "--fix", "--since", "HEAD")
    assert (site / MEASURE).read_text() == SAFELY
    assert (site / ROLE).read_text() == "---\ntitle: Jurist.\n---\n"


def test_what_is_refused_is_told(site: Path) -> None:
    before = written(site)
    with patch("algokader_lint.engine.fixing._reads_worse", return_value=True):
        result = fix(site, "--fix")
    assert written(site) == before
    assert result.stderr.splitlines() == [
        "2 meldingen zijn niet hersteld, want de pagina zou er slechter van worden. Kijk er zelf naar:",
        f"  {ROLE}, regel 2: AK108",
        f"  {MEASURE}, regel 12: AK301",
    ]
