"""The step of links/action.yml that checks, with a stand-in for the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from algokader_lint.cli.arguments import parse
from algokader_lint.messages import load_messages
from tests.action.runner import PROJECT, Action, Step, commands

PROGRAM = """#!/bin/sh
printf "%s\\n" "$@" >"$0.log"
env | grep -ci "token" >"$0.tokens"
for word in "$@"; do
  case $word in --format=markdown=*) echo "verslag" >"${word#*=*=}" ;; esac
done
exit "${CODE:-0}"
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "algokader-lint"
    file.write_text(PROGRAM)
    file.chmod(0o755)
    return file


@pytest.fixture
def action(tmp_path: Path) -> Action:
    (tmp_path / "runner").mkdir()
    return Action(PROJECT / "links/action.yml", tmp_path / "runner")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "werk" / "een site;$(id)").mkdir(parents=True)
    return tmp_path / "werk"


def links(action: Action, site: Path, program: Path, **more: dict[str, str]) -> Step:
    return action.run_step(1, site, command=str(program), **more)  # type: ignore[arg-type]


def test_the_report_is_left_in_a_folder_and_in_the_job_summary(action: Action, site: Path, program: Path) -> None:
    inputs = {"path": "een site;$(id)", "config": "in $(id).toml", "cache": "-c $HOME.sqlite", "lang": "en"}
    result = links(action, site, program, inputs=inputs)
    assert (result.code, result.out, result.summary) == (0, "", "verslag\n")
    folder = result.outputs["report"]
    assert Path(folder).parent == action.temp
    words = Path(f"{program}.log").read_text().splitlines()
    assert parse(words, load_messages("en"))
    assert words == [
        "links",
        "--format=github",
        f"--format=markdown={folder}/links.md",
        f"--format=json={folder}/links.json",
        f"--config={site}/in $(id).toml",
        f"--cache={site}/-c $HOME.sqlite",
        "--lang=en",
    ]
    assert Path(f"{program}.tokens").read_text() == "0\n"


def test_dead_addresses_let_the_job_go_on_and_what_cannot_be_done_does_not(
    action: Action, site: Path, program: Path
) -> None:
    result = links(action, site, program, env={"CODE": "1"})
    assert (result.code, set(result.outputs)) == (0, {"report"})
    words = "er zijn webadressen die niet werken; ze staan in het verslag"
    assert commands(result.out) == [f"::notice title=algokader-lint::{words}"]
    for code in (2, 130):
        result = links(action, site, program, env={"CODE": str(code)})
        assert (result.code, result.outputs, result.summary) == (code, {}, "")
