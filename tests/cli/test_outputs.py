"""Several reports of one run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Lint
from tests.sites_in_tests import minimal_site

BROKEN = {"docs/rollen/oud.md": "geen voorblad\n"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return minimal_site(tmp_path, BROKEN)


def test_a_report_in_a_file_comes_beside_the_usual_one(lint: Lint, site: Path) -> None:
    plain = lint("check", "--quiet", cwd=site)
    result = lint("check", "--quiet", "--format", "json=verslag.json", cwd=site)
    assert (result.code, result.out, result.err) == (1, plain.out, "")
    assert "fout[AK002]" in result.out
    assert [f["code"] for f in json.loads((site / "verslag.json").read_text())["findings"]] == ["AK002"]


def test_in_actions_annotations_and_the_job_summary_stay(lint: Lint, site: Path) -> None:
    summary = site / "samenvatting.md"
    summary.write_text("van een eerdere stap\n")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    result = lint("check", "--format", "json=verslag.json", cwd=site, env=env)
    assert result.out.startswith("::stop-commands::")
    assert "\n::error file=docs/rollen/oud.md," in result.out
    assert summary.read_text().startswith("van een eerdere stap\n### ❌ algokader-lint: 1 fout")
    assert json.loads((site / "verslag.json").read_text())["summary"]["errors"] == 1
    summary.write_text("")
    chosen = lint("check", "--format", "concise", "--format", "json=verslag.json", cwd=site, env=env)
    assert chosen.out.startswith("docs/rollen/oud.md:1:1: AK002 ")
    assert summary.read_text() == ""


def test_output_takes_the_usual_report_or_the_one_that_is_asked_for(lint: Lint, site: Path) -> None:
    assert lint("check", "--format", "json=a.json", "--output", "b.txt", cwd=site).out == ""
    assert "fout[AK002]" in (site / "b.txt").read_text()
    assert lint("check", "--format", "concise", "--format", "json=a.json", "--output", "c.txt", cwd=site).out == ""
    assert (site / "c.txt").read_text().startswith("docs/rollen/oud.md:1:1: AK002 ")
    result = lint("check", "--format", "concise", "--format", "json", "--output", "d.txt", cwd=site)
    assert (result.code, result.out) == (2, "")
    assert result.err == "algokader-lint: fout: --output kan maar bij één --format zonder eigen bestand\n"
    assert not (site / "d.txt").exists()
