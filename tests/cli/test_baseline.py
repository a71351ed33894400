from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Lint, Ran
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


def checked(lint: Lint, site: Path, *more: str) -> Ran:
    return lint("check", "--baseline", FILE, *more, cwd=site)


def test_what_is_in_the_baseline_stops_nobody(lint: Lint, site: Path) -> None:
    written = lint("check", "--write-baseline", cwd=site)
    assert (written.code, written.err) == (0, "")
    assert written.out.startswith(f"baseline geschreven naar {FILE}: 2 meldingen")
    assert all(key.startswith("AK301:") and value == 1 for key, value in entries(site).items())
    assert MEASURE not in (site / FILE).read_text()
    result = checked(lint, site)
    assert (result.code, result.err) == (0, "")
    assert "2 meldingen staan in de baseline" in result.out
    write_files(site, {MEASURE: BROKEN.replace("rollen:\n", "# uitleg\nrollen:\n- niemand\n")})
    document = json.loads(checked(lint, site, "--format", "json").out)
    assert [finding["excerpt"] for finding in document["findings"]] == ["- niemand"]
    assert document["baseline"] == {"known": 2, "stale": 0}


def test_a_baseline_only_shrinks(lint: Lint, site: Path) -> None:
    lint("check", "--write-baseline", cwd=site)
    before = entries(site)
    write_files(site, {MEASURE: BROKEN.replace("- aia-01-toezigt\n", "- aia-77-nieuw\n")})
    result = checked(lint, site)
    assert result.code == 1
    assert "1 melding uit de baseline is opgelost: haal haar eruit met --write-baseline" in result.out
    lint("check", "--write-baseline", cwd=site)
    after = entries(site)
    assert len(after) == 1
    assert after.items() < before.items()


def test_a_run_of_some_rules_neither_calls_the_others_stale_nor_drops_them(lint: Lint, site: Path) -> None:
    lint("check", "--write-baseline", cwd=site)
    before = entries(site)
    assert "opgelost" not in checked(lint, site, "--select", "AK108").out
    lint("check", "--write-baseline", "--select", "AK108", cwd=site)
    assert entries(site) == before


def test_the_settings_can_name_the_baseline(lint: Lint, site: Path) -> None:
    write_files(site, {"algokader-lint.toml": f"baseline = '{FILE}'\n"})
    assert "maak hem met --write-baseline" in lint("check", cwd=site).err
    assert lint("check", "--write-baseline", cwd=site / "docs").code == 0
    assert lint("check", cwd=site).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "{}", '{"version": 2, "findings": {}}', '{"version": 1, "findings": []}',
        '{"version": 1, "findings": {"a": "1"}}', '{"version": 1, "findings": {"a": true}}',
        '{"version": 1, "findings": {"a": -1}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_one_line(lint: Lint, site: Path, text: str) -> None:
    write_files(site, {FILE: text})
    result = checked(lint, site)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert "is geen baseline" in result.err
    assert lint("check", "--baseline", FILE, "--write-baseline", cwd=site).code == 2
    assert (site / FILE).read_text() == text


def test_a_baseline_is_of_the_whole_site(lint: Lint, tmp_path: Path) -> None:
    site = git_site(tmp_path, {MEASURE: BROKEN})
    commit_all(site, "nog een")
    for more in (("docs/rollen",), ("--since", "HEAD~1")):
        result = lint("check", "--write-baseline", *more, cwd=site)
        assert result.code == 2
        assert "een baseline gaat over de hele site" in result.err
    assert not (site / FILE).exists()
