"""What a GitHub runner does with a composite action, as far as these tests need it: its steps, as they stand there."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.report.runner import command, heard

PROJECT = Path(__file__).parents[2]
REPOSITORY = "repos/MinBZK/Algoritmekader"
BOT = {"login": "github-actions[bot]", "type": "Bot"}
Program = Callable[[Mapping[str, str]], int]
"""The program of a step, in this process: it costs far less than a process of its own."""
_EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
_GH = """
import json, os, sys
folder, words = os.path.dirname(__file__), sys.argv[1:]
after = lambda word: words[words.index(word) + 1] if word in words else None
address = next(word for word in words if word.startswith("repos/"))
sent = after("--input") and json.load(open(after("--input")))
call = {"words": words, "method": after("--method") or "GET", "address": address, "sent": sent}
with open(folder + "/log", "a") as log:
    log.write(json.dumps(call) + "\\n")
page = "".join("." + word[5:] for word in words if word.startswith("page=") and word != "page=1")
answer = folder + "/" + address.replace("/", "_") + page
if sent is None and not os.path.exists(answer):
    sys.stderr.write("gh: Not Found (HTTP 404)\\n::error::##[error]van een ander\\n")
    sys.exit(1)
sys.stdout.buffer.write(b"{}" if sent is not None else open(answer, "rb").read())
"""
_KEPT = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Step:
    """How a step ended: exit code, what it printed, and what it gave as outputs and job summary."""

    code: int
    out: str
    outputs: dict[str, str]
    summary: str


@dataclass(frozen=True, slots=True)
class Action:
    """A composite action; ``temp`` is what the runner keeps for the job, outside of the workspace."""

    file: Path
    temp: Path
    definition: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "definition", yaml.safe_load(self.file.read_text(encoding="utf-8")))

    def run_step(
        self,
        number: int,
        workspace: Path,
        *,
        event_name: str = "schedule",
        event: Mapping[str, Any] = {},
        inputs: Mapping[str, str] = {},
        command: str = "",
        env: Mapping[str, str] = {},
    ) -> Step:
        """Run one step in the workspace; ``command`` is what the step that installs would have given as its output."""
        step = self.definition["runs"]["steps"][number]
        event_file, output, summary = (self.temp / name for name in ("event.json", "output", "summary"))
        event_file.write_text(json.dumps(event), encoding="utf-8")
        for file in (output, summary):
            file.write_text("", encoding="utf-8")
        defaults = {name: spec.get("default", "") for name, spec in self.definition.get("inputs", {}).items()}
        unknown = set(inputs) - set(defaults)
        assert not unknown, f"no such inputs: {unknown}"
        context = {
            "inputs": {**defaults, **inputs},
            "github": {"event": event, "token": "ghs_geheim"},
            "steps": {"install": {"outputs": {"command": command}}},
        }
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            # docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].shell: what `shell: bash` stands for
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=workspace,
            env={
                **{name: os.environ[name] for name in _KEPT if name in os.environ},
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(self.file.parent),
                "GITHUB_EVENT_NAME": event_name,
                "GITHUB_EVENT_PATH": str(event_file),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_REPOSITORY": "MinBZK/Algoritmekader",
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_WORKSPACE": str(workspace),
                "RUNNER_TEMP": str(self.temp),
                **{name: _resolve(text, context) for name, text in step.get("env", {}).items()},
                **env,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
        return Step(done.returncode, done.stdout.decode(), outputs, summary.read_text(encoding="utf-8"))


def _resolve(text: str, context: Mapping[str, Any]) -> str:
    """The text with its expressions filled in, once: what comes of one is never read as another."""
    return _EXPRESSION.sub(lambda match: _value(match[1], context), text)


def _value(path: str, context: Mapping[str, Any]) -> str:
    value: Any = context
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Gh:
    """A stand-in for gh that answers from files, takes what is sent, and writes down all that is asked."""

    folder: Path

    def answer(self, address: str, value: Any, page: int = 1) -> None:
        """What is answered at an address in the repository: bytes as they are, anything else as JSON."""
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self._file(address, page).write_bytes(data)

    def refuse(self, address: str) -> None:
        """Nothing is found at an address any more."""
        self._file(address, 1).unlink()

    def vanish(self) -> None:
        """There is no gh."""
        (self.folder / "gh").unlink()

    def asked(self) -> list[dict[str, Any]]:
        """The calls: words, method, address, and what was sent."""
        log = self.folder / "log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def written(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What was changed at GitHub: method, address in the repository, and what was sent."""
        calls = [call for call in self.asked() if call["method"] != "GET" or call["sent"] is not None]
        return [(call["method"], call["address"].removeprefix(f"{REPOSITORY}/"), call["sent"]) for call in calls]

    def _file(self, address: str, page: int) -> Path:
        name = f"{REPOSITORY}/{address}".replace("/", "_")
        return self.folder / (name if page == 1 else f"{name}.{page}")


def stand_in_for_gh(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Gh:
    """Put a stand-in for gh into a new folder, and that first on the path."""
    folder.mkdir()
    executable(folder / "gh", f"#!{sys.executable} -IS\n{_GH}")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return Gh(folder)


def executable(file: Path, text: str) -> Path:
    """Write a program that can be run."""
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def python_beside(folder: Path) -> Path:
    """Where a program is installed: a new folder, which has a Python that sees the same packages as this one."""
    folder.mkdir()
    executable(folder / "python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    return folder / "algokader-lint"


@cache
def main_of(file: str) -> Program:
    """The ``main`` of a program of this project."""
    found: Program = runpy.run_path(str(PROJECT / file))["main"]
    return found


def commands(out: str) -> list[str]:
    """The lines of a log that are workflow commands, or come near to one; what stops commands for a while is none."""
    lines, _ = heard(out)
    return [line for line in lines if ((found := command(line)) and found.name != "stop-commands") or "##[" in line]
