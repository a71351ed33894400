"""The step of issue/action.yml that writes, with a stand-in for gh that answers from a file and writes down all."""

from __future__ import annotations

import json
import os
import runpy
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.action.runner import PROJECT, Action, Step, commands

BOT = {"login": "github-actions[bot]", "type": "Bot"}
MARK = "<!-- algokader-lint-links "
EVIL = "# Links\n$(touch gehackt) `id` ${{ github.token }} ::error::x\n@bestand --input \u202e"
GH = """
import json, pathlib, sys
folder, words = pathlib.Path(__file__).parent, sys.argv[1:]
after = lambda word: words[words.index(word) + 1] if word in words else None
sent = after("--input") and json.loads(pathlib.Path(after("--input")).read_text())
address = next(word for word in words if word.startswith("repos/"))
with open(folder / "log", "a") as log:
    log.write(json.dumps({"words": words, "method": after("--method"), "address": address, "sent": sent}) + "\\n")
page = next((word[5:] for word in words if word.startswith("page=")), "")
answer = folder / (address.rpartition("/")[2] + page)
if sent is None and not answer.exists():
    sys.stderr.write("gh: Not Found (HTTP 404)\\n::error::##[error]van een ander\\n")
    sys.exit(1)
sys.stdout.write("{}" if sent is not None else answer.read_text())
"""


def url(address: str, severity: str | None = "error", line: int = 3, file: str = "docs/a.md") -> dict[str, Any]:
    verdict = "dead" if severity == "error" else "moved" if severity else "ok"
    return {"url": address, "verdict": verdict, "severity": severity, "places": [{"file": file, "line": line}]}


def issue(number: int, body: str = f"{MARK}oud -->\nx", state: str = "open", **more: Any) -> dict[str, Any]:
    return {"number": number, "state": state, "body": body, "user": BOT, **more}


@dataclass(frozen=True, slots=True)
class GitHub:
    """The issues at GitHub, the report of the check, and what was asked and written."""

    folder: Path
    action: Action
    main: Callable[[Mapping[str, str]], int]
    """The program of the step, in this process: it costs far less than a process of its own."""
    captured: pytest.CaptureFixture[str]

    @property
    def report(self) -> Path:
        return self.folder / "verslag"

    def issues(self, *found: Any, page: int = 1) -> None:
        (self.folder / f"issues{page}").write_text(json.dumps(found))

    def found(self, *urls: Any, text: str = "# Links", **more: Any) -> None:
        state = {"version": 1, "offline": False, "out_of_time": False, "interrupted": False}
        (self.report / "links.json").write_text(json.dumps({**state, "urls": urls, **more}))
        (self.report / "links.md").write_text(text)

    def asked(self) -> list[dict[str, Any]]:
        log = self.folder / "log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def written(self) -> list[tuple[str, str, dict[str, Any]]]:
        calls = [call for call in self.asked() if call["method"] != "GET" or call["sent"] is not None]
        return [(c["method"], c["address"].removeprefix("repos/MinBZK/Algoritmekader/"), c["sent"]) for c in calls]

    def run(self, **environment: str) -> tuple[int, str]:
        """What the step ends with, and the one line of our own that it tells."""
        code = self.main(
            {
                "GITHUB_REPOSITORY": "MinBZK/Algoritmekader",
                "RUNNER_TEMP": str(self.action.temp),
                "REPORT": str(self.report),
                "LABEL": "dode-links",
                "LINT_LANG": "",
                **environment,
            }
        )
        out, err = self.captured.readouterr()
        (line,) = commands(out)
        assert err == ""
        assert list(self.action.temp.iterdir()) == []
        return code, line.rpartition("::")[2]

    def run_step(self) -> Step:
        """The step itself, as a runner runs it."""
        python = self.folder / "bin" / "python"
        python.parent.mkdir()
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        command, env = str(python.parent / "algokader-lint"), {"PATH": os.environ["PATH"]}
        return self.action.run_step(1, self.folder, inputs={"report": str(self.report)}, command=command, env=env)


@pytest.fixture(scope="module")
def main() -> Callable[[Mapping[str, str]], int]:
    found: Callable[[Mapping[str, str]], int] = runpy.run_path(str(PROJECT / "issue/issue.py"))["main"]
    return found


@pytest.fixture
def github(
    tmp_path: Path,
    main: Callable[[Mapping[str, str]], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> GitHub:
    """No issues yet; the check has found one dead address."""
    folder, temp = tmp_path / "github", tmp_path / "runner"
    (folder / "verslag").mkdir(parents=True)
    temp.mkdir()
    gh = folder / "gh"
    gh.write_text(f"#!{sys.executable} -IS\n{GH}")
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    found = GitHub(folder, Action(PROJECT / "issue/action.yml", temp), main, capsys)
    found.issues()
    (folder / "labels1").write_text('[{"name": "Dode-Links"}]')
    found.found(url("https://weg.example/"), text=EVIL)
    return found


def test_the_first_dead_address_makes_an_issue_with_the_report_as_it_is(github: GitHub) -> None:
    result = github.run_step()
    assert (result.code, result.out) == (0, "::notice title=algokader-lint::het issue is gemaakt\n")
    ((method, address, sent),) = github.written()
    assert (method, address) == ("POST", "issues")
    assert (sent["title"], sent["labels"]) == ("Webadressen die niet werken", ["dode-links"])
    begin, _, text = sent["body"].partition("\n")
    assert begin.startswith(MARK)
    assert text == EVIL
    assert "labels=dode-links" in github.asked()[0]["words"]
    assert not list(github.folder.rglob("gehackt"))


def test_a_label_that_does_not_exist_is_made_first(github: GitHub) -> None:
    """Past the first page of labels; else GitHub leaves it out, and there is a new issue each night."""
    (github.folder / "labels1").write_text(json.dumps([{"name": f"l{n}"} for n in range(50)]))
    (github.folder / "labels2").write_text('[{"name": "bug"}, {}]')
    assert github.run() == (0, "het issue is gemaakt")
    (_, first, label), (_, second, sent) = github.written()
    assert (first, label["name"], second, sent["labels"]) == ("labels", "dode-links", "issues", ["dode-links"])


def test_the_issue_is_found_again_and_changes_only_when_what_it_tells_does(github: GitHub) -> None:
    """Not because of the day, of the seconds it took, or of a line more above an address."""
    assert github.run() == (0, "het issue is gemaakt")
    body = github.written()[0][2]["body"]
    others = [
        issue(1, user={"login": "iemand", "type": "User"}),
        issue(2, pull_request={}),
        issue(3, "een andere workflow"),
        issue(4, state="closed"),
        issue(5, None),  # type: ignore[arg-type]
        issue(6, user=None),
    ]
    github.issues(*others, *[issue(100 + n, "hoi") for n in range(44)])
    github.issues(issue(9, body), page=2)
    github.found(url("https://weg.example/", line=8), url("https://goed.example/", None), text="# Links, een dag later")
    assert github.run() == (0, "het issue klopt nog")
    for urls in (
        [url("https://weg.example/"), url("https://ookweg.example/")],
        [url("https://weg.example/"), url("https://verhuisd.example/", "warning")],
        [url("https://weg.example/", file="docs/b.md")],
    ):
        github.found(*urls)
        assert github.run() == (0, "het issue is bijgewerkt")
        method, address, sent = github.written()[-1]
        assert (method, address, sent["state"]) == ("PATCH", "issues/9", "open")
        assert sent["body"].endswith(" -->\n# Links")
    assert len(github.written()) == 4


def test_it_is_closed_when_everything_works_and_opened_again_when_not(github: GitHub) -> None:
    github.found(url("https://goed.example/", None), url("https://verhuisd.example/", "warning"))
    assert github.run() == (0, "er is niets te melden, dus er is geen issue nodig")
    github.issues(issue(9))
    assert github.run() == (0, "alles werkt weer, dus het issue is gesloten")
    method, address, sent = github.written()[-1]
    assert (method, address) == ("PATCH", "issues/9")
    assert (sent["state"], sent["state_reason"]) == ("closed", "completed")
    github.issues(issue(9, sent["body"], "closed"), issue(8, state="closed"))
    assert github.run()[1] == "er is niets te melden, dus er is geen issue nodig"
    github.found(url("https://weg.example/"))
    assert github.run(LINT_LANG="en") == (0, "the issue was opened again")
    method, address, sent = github.written()[-1]
    assert (method, address, sent["state"]) == ("PATCH", "issues/9", "open")


def test_what_was_not_looked_at_is_not_called_well(github: GitHub) -> None:
    github.issues(issue(9))
    github.found(out_of_time=True)
    assert github.run() == (0, "niet alle adressen zijn bekeken, dus het issue blijft open")
    for urls in ([], [url("https://weg.example/")]):
        github.found(*urls, offline=True)
        assert github.run() == (0, "er was geen netwerk, dus het issue blijft zoals het is")
    assert github.written() == []


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"version": 1}', '{"urls": [{}]}', "\udcff"])
def test_a_report_that_cannot_be_used_is_one_line(github: GitHub, text: str) -> None:
    (github.report / "links.json").write_text(text, errors="surrogateescape")
    assert github.run() == (2, "het verslag is niet te gebruiken")
    assert github.asked() == []


def test_what_goes_wrong_is_one_line(github: GitHub) -> None:
    for label in ("", " ", "a,b", "a\n", "x" * 51):
        assert github.run(LABEL=label) == (2, "dit kan geen label zijn")
    github.found(version=2)
    assert github.run() == (2, "het verslag is niet te gebruiken")
    github.found(url("https://weg.example/"))
    (github.folder / "issues1").unlink()
    assert github.run() == (2, "GitHub weigert een vraag van deze stap")
    (github.folder / "issues1").write_text("<html>")
    assert github.run() == (2, "GitHub geeft een onleesbaar antwoord")
    (github.report / "links.md").unlink()
    assert github.run() == (2, "het verslag is er niet")
    assert github.written() == []


def test_a_text_that_is_too_long_for_github_is_cut(github: GitHub) -> None:
    github.found(url("https://weg.example/"), text="é" * 70_000)
    assert github.run()[0] == 0
    assert 60_000 < len(github.written()[0][2]["body"]) < 61_000
