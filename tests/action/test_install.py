"""The step that installs, with a stand-in for Python: the real installation is `make action`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.action.runner import PROJECT, Action, commands

PYTHON = """#!/bin/sh
echo "$PWD $*" >>{log}
case "$*" in
  *version_info*) exit {old} ;;
  *"-m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
  *hatchling*) echo '##[error]geen index' >&2; exit {broken} ;;
esac
"""


def runner(tmp_path: Path, *, old: int = 0, broken: int = 0, name: str = "action.yml") -> Action:
    """A runner whose Python writes down what it is asked: too old, or without a package index, when that is wanted."""
    temp, bin_folder = tmp_path / "runner", tmp_path / "bin"
    for folder in (temp, bin_folder):
        folder.mkdir()
    python = bin_folder / "python3"
    python.write_text(PYTHON.format(log=tmp_path / "log", old=old, broken=broken))
    python.chmod(0o755)
    return Action(PROJECT / name, temp)


@pytest.mark.parametrize("name", ["action.yml", "comment/action.yml", "issue/action.yml"])
def test_the_checkout_of_the_action_is_installed_with_pinned_versions(tmp_path: Path, name: str) -> None:
    action = runner(tmp_path, name=name)
    result = action.run_step(0, tmp_path, env={"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"})
    assert (result.code, result.out) == (0, "")
    assert set(result.outputs) == {"command"}
    folder = Path(result.outputs["command"]).parents[1]
    assert folder.parent == action.temp
    version, venv, builder, package = (tmp_path / "log").read_text().splitlines()
    assert version.startswith(f"{action.temp} -I -c ")  # away from the workspace, and isolated
    assert venv == f"{action.temp} -I -m venv {folder}"
    pip = f"{action.temp} -I -m pip install --quiet --disable-pip-version-check --no-input --constraint "
    assert builder == f"{pip}{PROJECT}/constraints-dev.txt hatchling"
    assert package == f"{pip}{PROJECT}/constraints-dev.txt --no-build-isolation {PROJECT}"


@pytest.mark.parametrize(
    ("name", "inputs", "package"),
    [
        ("action.yml", {"links": ""}, f"{PROJECT}"),
        ("action.yml", {"links": "added"}, f"{PROJECT}[links]"),
        ("links/action.yml", {}, f"{PROJECT}[links]"),
    ],
)
def test_what_asks_for_addresses_is_installed_only_when_it_is_needed(
    tmp_path: Path, name: str, inputs: dict[str, str], package: str
) -> None:
    env = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
    assert runner(tmp_path, name=name).run_step(0, tmp_path, inputs=inputs, env=env).code == 0
    assert (tmp_path / "log").read_text().splitlines()[-1].endswith(f" --no-build-isolation {package}")


@pytest.mark.parametrize(
    ("old", "language", "words"),
    [
        (1, "nl", "deze runner heeft geen Python 3.11 of nieuwer; zet er een stap met actions/setup-python voor"),
        (1, "en", "this runner has no Python 3.11 or later; put a step with actions/setup-python before this one"),
        (0, "nl", "algokader-lint kan niet worden geïnstalleerd; hierboven staat waarom"),
    ],
)
def test_what_cannot_be_installed_is_one_line(tmp_path: Path, old: int, language: str, words: str) -> None:
    action = runner(tmp_path, old=old, broken=1)
    env = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
    result = action.run_step(0, tmp_path, inputs={"lang": language}, env=env)
    assert (result.code, result.outputs) == (2, {})
    assert commands(result.out) == [f"::error title=algokader-lint::{words}"]
    assert old or result.out.startswith("| # #[error]geen index\n")
    asked = (tmp_path / "log").read_text().splitlines()
    assert len(asked) == (1 if old else 3)  # and it stopped there
