"""Several reports of one run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.sites_in_tests import minimal_site

BROKEN = {"docs/rollen/oud.md": "geen voorblad\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return minimal_site(tmp_path, BROKEN)


def test_a_report_in_a_file_comes_beside_the_usual_one(site: Path) -> None:
    plain = run("check", "--quiet", cwd=site)
    result = run("check", "--quiet", "--format", "json=verslag.json", cwd=site)
    assert (result.returncode, result.stdout, result.stderr) == (1, plain.stdout, "")
    assert "fout[AK002]" in result.stdout
    assert [f["code"] for f in json.loads((site / "verslag.json").read_text())["findings"]] == ["AK002"]


def test_in_actions_annotations_and_the_job_summary_stay(site: Path) -> None:
    summary = site / "samenvatting.md"
    summary.write_text("van een eerdere stap\n")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    result = run("check", "--format", "json=verslag.json", cwd=site, env=env)
    assert result.stdout.startswith("::stop-commands::")
    assert "\n::error file=docs/rollen/oud.md," in result.stdout
    assert summary.read_text().startswith("van een eerdere stap\n### ❌ algokader-lint: 1 fout")
    assert json.loads((site / "verslag.json").read_text())["summary"]["errors"] == 1
    summary.write_text("")
    chosen = run("check", "--format", "concise", "--format", "json=verslag.json", cwd=site, env=env)
    assert chosen.stdout.startswith("docs/rollen/oud.md:1:1: AK002 ")
    assert summary.read_text() == ""


def test_output_takes_the_usual_report_or_the_one_that_is_asked_for(site: Path) -> None:
    assert run("check", "--format", "json=a.json", "--output", "b.txt", cwd=site).stdout == ""
    assert "fout[AK002]" in (site / "b.txt").read_text()
    assert run("check", "--format", "concise", "--format", "json=a.json", "--output", "c.txt", cwd=site).stdout == ""
    assert (site / "c.txt").read_text().startswith("docs/rollen/oud.md:1:1: AK002 ")
    result = run("check", "--format", "concise", "--format", "json", "--output", "d.txt", cwd=site)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "algokader-lint: fout: --output kan maar bij één --format zonder eigen bestand\n"
    assert not (site / "d.txt").exists()
