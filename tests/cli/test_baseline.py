from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Ran, run
from tests.git_in_tests import commit_all, git_site
from tests.sites_in_tests import SITES, minimal_site, read_files, write_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
BROKEN = CLEAN.replace("- aia-01-menselijk-toezicht", "- aia-01-toezigt\n- aia-01-tezicht")
FILE = "algokader-lint-baseline.json"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return minimal_site(tmp_path, {MEASURE: BROKEN})


def entries(site: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((site / FILE).read_text())["findings"]
    return found


def checked(site: Path, *more: str) -> Ran:
    return run("check", "--baseline", FILE, *more, cwd=site)


def test_what_is_in_the_baseline_stops_nobody(site: Path) -> None:
    written = run("check", "--write-baseline", cwd=site)
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout.startswith(f"baseline geschreven naar {FILE}: 2 meldingen")
    assert all(key.startswith("AK301:") and value == 1 for key, value in entries(site).items())
    assert MEASURE not in (site / FILE).read_text()
    result = checked(site)
    assert (result.returncode, result.stderr) == (0, "")
    assert "2 meldingen staan in de baseline" in result.stdout
    write_files(site, {MEASURE: BROKEN.replace("rollen:\n", "# uitleg\nrollen:\n- niemand\n")})
    document = json.loads(checked(site, "--format", "json").stdout)
    assert [finding["excerpt"] for finding in document["findings"]] == ["- niemand"]
    assert document["baseline"] == {"known": 2, "stale": 0}


def test_a_baseline_only_shrinks(site: Path) -> None:
    run("check", "--write-baseline", cwd=site)
    before = entries(site)
    write_files(site, {MEASURE: BROKEN.replace("- aia-01-toezigt\n", "- aia-77-nieuw\n")})
    result = checked(site)
    assert result.returncode == 1
    assert "1 melding uit de baseline is opgelost: haal haar eruit met --write-baseline" in result.stdout
    run("check", "--write-baseline", cwd=site)
    after = entries(site)
    assert len(after) == 1
    assert after.items() < before.items()


def test_a_run_of_some_rules_neither_calls_the_others_stale_nor_drops_them(site: Path) -> None:
    run("check", "--write-baseline", cwd=site)
    before = entries(site)
    assert "opgelost" not in checked(site, "--select", "AK108").stdout
    run("check", "--write-baseline", "--select", "AK108", cwd=site)
    assert entries(site) == before


def test_the_settings_can_name_the_baseline(site: Path) -> None:
    write_files(site, {"algokader-lint.toml": f"baseline = '{FILE}'\n"})
    assert "maak hem met --write-baseline" in run("check", cwd=site).stderr
    assert run("check", "--write-baseline", cwd=site / "docs").returncode == 0
    assert run("check", cwd=site).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "{}", '{"version": 2, "findings": {}}', '{"version": 1, "findings": []}',
        '{"version": 1, "findings": {"a": "1"}}', '{"version": 1, "findings": {"a": true}}',
        '{"version": 1, "findings": {"a": -1}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_one_line(site: Path, text: str) -> None:
    write_files(site, {FILE: text})
    result = checked(site)
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert "is geen baseline" in result.stderr
    assert run("check", "--baseline", FILE, "--write-baseline", cwd=site).returncode == 2
    assert (site / FILE).read_text() == text


def test_a_baseline_is_of_the_whole_site(tmp_path: Path) -> None:
    site = git_site(tmp_path, {MEASURE: BROKEN})
    commit_all(site, "nog een")
    for more in (("docs/rollen",), ("--since", "HEAD~1")):
        result = run("check", "--write-baseline", *more, cwd=site)
        assert result.returncode == 2
        assert "een baseline gaat over de hele site" in result.stderr
    assert not (site / FILE).exists()
