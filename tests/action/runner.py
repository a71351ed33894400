"""What a GitHub runner does with a composite action, as far as these tests need it: its steps, as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.report.runner import command, heard

PROJECT = Path(__file__).parents[2]
_EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
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


def commands(out: str) -> list[str]:
    """The lines of a log that are workflow commands, or come near to one; what stops commands for a while is none."""
    lines, _ = heard(out)
    return [line for line in lines if ((found := command(line)) and found.name != "stop-commands") or "##[" in line]
