"""Five thousand findings: every form keeps its size, and says what it left out."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from tests.command import run
from tests.report.reading import Shown, read
from tests.report.runner import commands
from tests.sites_in_tests import SITES, minimal_site

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
PAGES, EACH = 10, 500


@pytest.fixture
def site(tmp_path: Path) -> Path:
    text = (SITES / "minimaal" / MEASURE).read_text(encoding="utf-8")
    files: dict[str, bytes | str] = {}
    for page in range(PAGES):
        wrong = "\n".join(f"- aia-01-menselijk-toezicht-{page}-{number}::error::##[error]" for number in range(EACH))
        name = MEASURE.replace("owp-01-eisen", f"owp-{page + 10}-::error::@naam <b>")
        files[name] = text.replace("owp-01", f"owp-{page + 10}").replace("- aia-01-menselijk-toezicht", wrong)
    return minimal_site(tmp_path / "site", files)


@pytest.mark.slow
def test_five_thousand_findings(site: Path, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"head": {"ref": "tak", "repo": {"full_name": "ambtenaar/site"}}}}))
    env = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(event), "GITHUB_SERVER_URL": "https://github.com"}
    started = time.monotonic()
    files = [f"--format={form}={tmp_path / form}" for form in ("console", "concise", "json", "markdown")]
    checked = run("check", "--format=github", *files, cwd=site, env=env)
    again = ("--format=markdown", f"--output={tmp_path / 'again'}")
    rendered = run("render", str(tmp_path / "json"), *again, cwd=site, env=env)
    assert (checked.returncode, rendered.returncode) == (1, 0)
    assert time.monotonic() - started < 40

    counts = json.loads((tmp_path / "json").read_text())["summary"]
    errors, problems = counts["errors"], counts["errors"] + counts["warnings"]
    assert errors == PAGES * EACH
    assert len((tmp_path / "concise").read_text().splitlines()) == problems + counts["infos"]
    done, printed = commands(checked.stdout + rendered.stdout)
    places = [command.properties["file"] for command in done if command.name == "error"]
    assert (len(places), len(set(places))) == (10, 10)
    assert done[-1].name == "notice"
    assert f" {problems - 10 - min(counts['warnings'], 10)} " in done[-1].data
    assert len(printed) > errors
    markdown = (tmp_path / "markdown").read_text()
    assert len(markdown) <= 60_000
    assert counted(read(markdown)) == problems
    assert (tmp_path / "again").read_text() == markdown


def counted(shown: Shown) -> int:
    """The findings that are told, and those that are said to be left out."""
    rest = [re.search(r"en nog (\d+) melding", paragraph) for paragraph in shown.paragraphs]
    told = sum(len(items) for heading, items in shown.items.items() if heading[:1].isdigit())
    return told + sum(int(match[1]) for match in rest if match)
