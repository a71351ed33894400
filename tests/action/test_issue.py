"""The step of issue/action.yml that writes, with a stand-in for gh that answers from a file and writes down all."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.action.runner import (
    BOT,
    PROJECT,
    Action,
    Gh,
    Step,
    commands,
    main_of,
    python_beside,
    stand_in_for_gh,
)

MARK = "<!-- algokader-lint-links "
EVIL = "# Links\n$(touch gehackt) `id` ${{ github.token }} ::error::x\n@bestand --input \u202e"


def url(address: str, severity: str | None = "error", line: int = 3, file: str = "docs/a.md") -> dict[str, Any]:
    verdict = "dead" if severity == "error" else "moved" if severity else "ok"
    return {"url": address, "verdict": verdict, "severity": severity, "places": [{"file": file, "line": line}]}


def issue(number: int, body: str = f"{MARK}oud -->\nx", state: str = "open", **more: Any) -> dict[str, Any]:
    return {"number": number, "state": state, "body": body, "user": BOT, **more}


@dataclass(frozen=True, slots=True)
class GitHub:
    """The issues at GitHub, the report of the check, and what was asked and written."""

    gh: Gh
    report: Path
    action: Action
    captured: pytest.CaptureFixture[str]

    def issues(self, *found: Any, page: int = 1) -> None:
        self.gh.answer("issues", found, page)

    def found(self, *urls: Any, text: str = "# Links", **more: Any) -> None:
        state = {"version": 1, "offline": False, "out_of_time": False, "interrupted": False}
        (self.report / "links.json").write_text(json.dumps({**state, "urls": urls, **more}))
        (self.report / "links.md").write_text(text)

    def run(self, **environment: str) -> tuple[int, str]:
        """What the step ends with, and the one line of our own that it tells."""
        code = main_of("issue/issue.py")(
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
        command, env = str(python_beside(self.report / "bin")), {"PATH": os.environ["PATH"]}
        return self.action.run_step(1, self.report, inputs={"report": str(self.report)}, command=command, env=env)


@pytest.fixture
def github(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> GitHub:
    """No issues yet; the check has found one dead address."""
    report, temp = tmp_path / "verslag", tmp_path / "runner"
    report.mkdir()
    temp.mkdir()
    gh = stand_in_for_gh(tmp_path / "github", monkeypatch)
    found = GitHub(gh, report, Action(PROJECT / "issue/action.yml", temp), capsys)
    found.issues()
    gh.answer("labels", [{"name": "Dode-Links"}])
    found.found(url("https://weg.example/"), text=EVIL)
    return found


def test_the_first_dead_address_makes_an_issue_with_the_report_as_it_is(github: GitHub) -> None:
    result = github.run_step()
    assert (result.code, result.out) == (0, "::notice title=algokader-lint::het issue is gemaakt\n")
    ((method, address, sent),) = github.gh.written()
    assert (method, address) == ("POST", "issues")
    assert (sent["title"], sent["labels"]) == ("Webadressen die niet werken", ["dode-links"])
    begin, _, text = sent["body"].partition("\n")
    assert begin.startswith(MARK)
    assert text == EVIL
    assert "labels=dode-links" in github.gh.asked()[0]["words"]
    assert not list(github.report.parent.rglob("gehackt"))


def test_a_label_that_does_not_exist_is_made_first(github: GitHub) -> None:
    """Past the first page of labels; else GitHub leaves it out, and there is a new issue each night."""
    github.gh.answer("labels", [{"name": f"l{n}"} for n in range(50)])
    github.gh.answer("labels", [{"name": "bug"}, {}], page=2)
    assert github.run() == (0, "het issue is gemaakt")
    (_, first, label), (_, second, sent) = github.gh.written()
    assert (first, label["name"], second, sent["labels"]) == ("labels", "dode-links", "issues", ["dode-links"])


def test_the_issue_is_found_again_and_changes_only_when_what_it_tells_does(github: GitHub) -> None:
    """Not because of the day, of the seconds it took, or of a line more above an address."""
    assert github.run() == (0, "het issue is gemaakt")
    body = github.gh.written()[0][2]["body"]
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
        method, address, sent = github.gh.written()[-1]
        assert (method, address, sent["state"]) == ("PATCH", "issues/9", "open")
        assert sent["body"].endswith(" -->\n# Links")
    assert len(github.gh.written()) == 4


def test_it_is_closed_when_everything_works_and_opened_again_when_not(github: GitHub) -> None:
    github.found(url("https://goed.example/", None), url("https://verhuisd.example/", "warning"))
    assert github.run() == (0, "er is niets te melden, dus er is geen issue nodig")
    github.issues(issue(9))
    assert github.run() == (0, "alles werkt weer, dus het issue is gesloten")
    method, address, sent = github.gh.written()[-1]
    assert (method, address) == ("PATCH", "issues/9")
    assert (sent["state"], sent["state_reason"]) == ("closed", "completed")
    github.issues(issue(9, sent["body"], "closed"), issue(8, state="closed"))
    assert github.run()[1] == "er is niets te melden, dus er is geen issue nodig"
    github.found(url("https://weg.example/"))
    assert github.run(LINT_LANG="en") == (0, "the issue was opened again")
    method, address, sent = github.gh.written()[-1]
    assert (method, address, sent["state"]) == ("PATCH", "issues/9", "open")


def test_what_was_not_looked_at_is_not_called_well(github: GitHub) -> None:
    github.issues(issue(9))
    github.found(out_of_time=True)
    assert github.run() == (0, "niet alle adressen zijn bekeken, dus het issue blijft open")
    for urls in ([], [url("https://weg.example/")]):
        github.found(*urls, offline=True)
        assert github.run() == (0, "er was geen netwerk, dus het issue blijft zoals het is")
    assert github.gh.written() == []


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"version": 1}', '{"urls": [{}]}', "\udcff"])
def test_a_report_that_cannot_be_used_is_one_line(github: GitHub, text: str) -> None:
    (github.report / "links.json").write_text(text, errors="surrogateescape")
    assert github.run() == (2, "het verslag is niet te gebruiken")
    assert github.gh.asked() == []


def test_what_goes_wrong_is_one_line(github: GitHub) -> None:
    for label in ("", " ", "a,b", "a\n", "x" * 51):
        assert github.run(LABEL=label) == (2, "dit kan geen label zijn")
    github.found(version=2)
    assert github.run() == (2, "het verslag is niet te gebruiken")
    github.found(url("https://weg.example/"))
    github.gh.refuse("issues")
    assert github.run() == (2, "GitHub weigert een vraag van deze stap")
    github.gh.answer("issues", b"<html>")
    assert github.run() == (2, "GitHub geeft een onleesbaar antwoord")
    (github.report / "links.md").unlink()
    assert github.run() == (2, "het verslag is er niet")
    assert github.gh.written() == []


def test_a_text_that_is_too_long_for_github_is_cut(github: GitHub) -> None:
    github.found(url("https://weg.example/"), text="é" * 70_000)
    assert github.run()[0] == 0
    assert 60_000 < len(github.gh.written()[0][2]["body"]) < 61_000
