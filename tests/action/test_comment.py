"""The steps of comment/action.yml, with a stand-in for gh that answers from files and writes down what is asked."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from algokader_lint.report.json_report import render_json
from tests.action.runner import (
    BOT,
    PROJECT,
    Action,
    Gh,
    Step,
    commands,
    executable,
    main_of,
    python_beside,
    stand_in_for_gh,
)
from tests.sites_in_tests import check, minimal_site

pytestmark = pytest.mark.slow

LINT = Path(sys.executable).parent / "algokader-lint"
HEAD, BRANCH, FORK = "1f" * 20, "feature/@etc$(id)`x`", "iemand/fork"
FILE = "algokader-lint.json"
MARK = "<!-- algokader-lint -->"


def pull(**changes: Any) -> dict[str, Any]:
    """A pull request as GET /repos/{owner}/{repo}/pulls lists it."""
    head = {"sha": HEAD, "ref": BRANCH, "repo": {"full_name": FORK}}
    return {"number": 7, "state": "open", "title": "@MinBZK ::error::x", "head": head, **changes}


def workflow_run(**changes: Any) -> dict[str, Any]:
    run = {
        "id": 42,
        "event": "pull_request",
        "conclusion": "failure",
        "head_sha": HEAD,
        "head_branch": BRANCH,
        "head_repository": {"full_name": FORK},
        "pull_requests": [{"number": 666}],
    }
    return {"action": "completed", "workflow_run": {**run, **changes}}


def artifact(**changes: Any) -> dict[str, Any]:
    return {"id": 5, "name": "algokader-lint", "expired": False, "size_in_bytes": 1, **changes}


def comment(body: str, number: int = 9, user: Any = BOT) -> dict[str, Any]:
    return {"id": number, "body": body, "user": user}


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


@cache
def report(page: str) -> bytes:
    """The report on the minimal site with one page more."""
    with TemporaryDirectory() as folder:
        return render_json(check(minimal_site(Path(folder), {"docs/rollen/nieuw.md": page} if page else {}))).encode()


BAD, GOOD = report("geen voorblad\n"), report("")


@dataclass(frozen=True, slots=True)
class GitHub:
    """What GitHub answers (each address in a file), and what was asked of it."""

    gh: Gh
    action: Action
    captured: pytest.CaptureFixture[str]

    def written(self) -> list[tuple[str, str, str]]:
        """What was changed at GitHub: method, address and text."""
        return [(method, address, sent["body"]) for method, address, sent in self.gh.written()]

    def run(self, event: dict[str, Any] | None = None, program: Path = LINT, lang: str = "") -> Step:
        """What the step ends with and prints: one line of our own, whatever happens, and nobody else's."""
        file = self.action.temp / "event.json"
        file.write_text(json.dumps(workflow_run() if event is None else event))
        environment = {
            **os.environ,
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_PATH": str(file),
            "GITHUB_REPOSITORY": "MinBZK/Algoritmekader",
            "GITHUB_SERVER_URL": "https://github.com",
            "RUNNER_TEMP": str(self.action.temp),
            "COMMAND": str(program),
            "ARTIFACT": "algokader-lint",
            "LINT_LANG": lang,
            "GH_TOKEN": "ghs_geheim",
        }
        code = main_of("comment/comment.py")(environment)
        out, err = self.captured.readouterr()
        assert len(commands(out)) == 1, out
        assert err == ""
        return Step(code, out, outputs={}, summary="")

    def run_step(self) -> Step:
        """The step itself, as a runner runs it."""
        env = {"PATH": os.environ["PATH"]}
        temp = self.action.temp
        return self.action.run_step(
            1, temp, event_name="workflow_run", event=workflow_run(), command=str(LINT), env=env
        )


@pytest.fixture
def github(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> GitHub:
    """A pull request without comments, of which the check has found a page without front matter."""
    temp = tmp_path / "runner"
    temp.mkdir()
    gh = stand_in_for_gh(tmp_path / "github", monkeypatch)
    gh.answer("pulls", [pull()])
    gh.answer("actions/runs/42/artifacts", {"total_count": 1, "artifacts": [artifact()]})
    gh.answer("actions/artifacts/5/zip", zipped((FILE, BAD)))
    gh.answer("issues/7/comments", [])
    return GitHub(gh, Action(PROJECT / "comment/action.yml", temp), capsys)


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    """In the place of algokader-lint, for what is not about its text: fast, and it tells what it was given."""
    script = '#!/bin/sh\n[ "$1" = render ] && echo "verslag $3 $4 $7 $8; token: $GH_TOKEN" >"$6"\n'
    return executable(python_beside(tmp_path / "bin"), script)


def test_the_first_report_is_written_as_a_comment(github: GitHub) -> None:
    result = github.run_step()
    assert (result.code, result.out) == (0, "::notice title=algokader-lint::de opmerking is geplaatst\n")
    ((method, address, text),) = github.written()
    assert (method, address) == ("POST", "issues/7/comments")
    assert text.startswith(f"{MARK}\n### ❌ algokader-lint: 1 fout")
    assert "](https://github.com/iemand/fork/edit/feature/%40etc%24%28id%29%60x%60/docs/rollen/nieuw.md#L1)" in text
    assert "https://github.com/algokader-lint/algokader-lint/blob/main/rules/bestanden/AK002" in text
    listing = github.gh.asked()[0]["words"]
    assert f"head=iemand:{BRANCH}" in listing
    assert listing[listing.index(f"head=iemand:{BRANCH}") - 1] == "--raw-field"  # --field would read a file at an @
    assert list(github.action.temp.glob("tmp*")) == []


def test_our_own_comment_is_found_and_kept_up_to_date(github: GitHub, stand_in: Path) -> None:
    """Among those of others who write the mark too, past the first page."""
    others = [
        comment(f"{MARK} van mij", 1, {"login": "iemand", "type": "User"}),
        comment(f"{MARK} van mij", 2, {"login": "github-actions[bot]", "type": "User"}),
        comment(f"een andere workflow: {MARK}", 3),
        comment(MARK, 4, None),
    ]
    github.gh.answer("issues/7/comments", [*others, *[comment("hoi", 100 + n) for n in range(46)]])
    github.gh.answer("issues/7/comments", [comment(f"{MARK}\noud", 9)], page=2)
    result = github.run(program=stand_in, lang="en")
    assert result.out == "::notice title=algokader-lint::the comment was brought up to date\n"
    ((method, address, text),) = github.written()
    assert (method, address) == ("PATCH", "issues/comments/9")
    assert text.startswith(f"{MARK}\nverslag")
    github.gh.answer("issues/7/comments", [comment(text, 9)], page=2)
    assert github.run(program=stand_in, lang="en").out == "::notice title=algokader-lint::the comment is still right\n"
    assert len(github.written()) == 1


def test_when_nothing_is_wrong_a_comment_is_made_friendly_but_none_is_begun(github: GitHub, stand_in: Path) -> None:
    github.gh.answer("actions/artifacts/5/zip", zipped((FILE, GOOD)))
    result = github.run(program=stand_in)
    assert (result.code, github.written()) == (0, [])
    github.gh.answer("issues/7/comments", [comment(f"{MARK}\noud", 9)])
    assert github.run(program=stand_in).code == 0
    assert [method for method, _, _ in github.written()] == ["PATCH"]


def test_a_change_of_the_settings_is_news_too(github: GitHub, stand_in: Path) -> None:
    document = {**json.loads(GOOD), "notices": ["deze wijziging verandert algokader-lint.toml"]}
    github.gh.answer("actions/artifacts/5/zip", zipped((FILE, json.dumps(document).encode())))
    assert github.run(program=stand_in).code == 0
    assert [method for method, _, _ in github.written()] == ["POST"]


def test_what_makes_the_text_does_not_get_the_token(github: GitHub, stand_in: Path) -> None:
    assert github.run(program=stand_in, lang="en").code == 0
    ((_, _, text),) = github.written()
    assert text == f"{MARK}\nverslag --format markdown --lang en; token: \n"


def test_text_of_strangers_stays_text(github: GitHub) -> None:
    evil = (
        f"@MinBZK/beheer fixes #1 <script>x</script> <img src=//e.example/x> {MARK} [klik](https://e.example) "
        "![](https://e.example/x.png) https://e.example www.e.example | `` ` \x1b[31m \u202e ::error::x\n::error::y"
    )
    document = json.loads(BAD)
    finding = document["findings"][0]
    for name in ("message", "file", "excerpt", "snippet", "help", "name"):
        finding[name] = evil
    finding |= {"advice": [evil], "replacements": [evil]}
    document |= {"notices": [evil], "pull_request": 666, "change": None}
    invented = {**document, "findings": [{**finding, "code": "AK001](https://e.example)"}]}
    github.gh.answer("actions/artifacts/5/zip", zipped((FILE, json.dumps(invented).encode())))
    assert (github.run().code, github.written()) == (2, [])  # no such rule, so no report of ours
    github.gh.answer("actions/artifacts/5/zip", zipped((FILE, json.dumps(document).encode())))
    assert github.run().code == 0
    ((_, address, text),) = github.written()
    assert address == "issues/7/comments"
    lines = [line for line in text.splitlines()[1:] if not line.startswith("  ")]  # the others are code blocks
    outside = [re.sub(r"(`+).*?\1", "", line) for line in lines]  # in code nothing means anything
    for harm in ("@MinBZK", "fixes #1", "<script", "<img", "<!--", "](https://e", "](//", "\x1b", "\u202e", "\n::"):
        assert harm not in "\n".join(outside), harm
    assert text.count(MARK) <= 1 + 2  # ours, and those that stand in code blocks


@pytest.mark.parametrize(
    ("pulls", "words"),
    [
        ([], "geen open pull request"),
        ([pull(state="closed")], "geen open pull request"),
        ([pull(head={**pull()["head"], "sha": "2e" * 20})], "geen open pull request"),
        ([pull(head={**pull()["head"], "ref": "main"})], "geen open pull request"),
        ([pull(head={**pull()["head"], "repo": {"full_name": "ander/fork"}})], "geen open pull request"),
        ([pull(head={**pull()["head"], "repo": None})], "geen open pull request"),
        ([pull(number="7/../8"), pull(number=True), pull(number=-1), None, [], "x"], "geen open pull request"),
        ({"message": "Not Found"}, "geen open pull request"),
        ([pull(), pull(number=8)], "meer dan één open pull request"),
    ],
)
def test_without_one_certain_pull_request_nothing_is_fetched_or_written(github: GitHub, pulls: Any, words: str) -> None:
    github.gh.answer("pulls", pulls)
    result = github.run()
    assert result.code == 0
    assert words in result.out
    assert len(github.gh.asked()) == 1


@pytest.mark.parametrize(
    ("event", "code", "words"),
    [
        (workflow_run(event="push"), 0, "ging niet over een pull request"),
        (workflow_run(head_repository=None), 0, "bestaat niet meer"),
        (workflow_run(id="42/../43"), 2, "niet te begrijpen"),
        (workflow_run(head_sha="HEAD"), 2, "niet te begrijpen"),
        ({"pull_request": {"number": 7}}, 2, "hoort in een workflow met 'workflow_run'"),
    ],
)
def test_an_event_that_is_not_for_this_step(github: GitHub, event: dict[str, Any], code: int, words: str) -> None:
    result = github.run(event)
    assert result.code == code
    assert words in result.out
    assert github.gh.asked() == []


@pytest.mark.parametrize(
    "artifacts",
    [
        [],
        [artifact(name="ander")],
        [artifact(expired=True)],
        [artifact(id="5/zip?x")],
        ["x", None],
    ],
)
def test_a_check_that_left_no_report(github: GitHub, artifacts: list[Any]) -> None:
    github.gh.answer("actions/runs/42/artifacts", {"artifacts": artifacts})
    result = github.run()
    assert result.code == 0
    assert "geen verslag achtergelaten" in result.out
    assert github.written() == []


def test_of_a_run_that_was_repeated_the_newest_report_counts(github: GitHub, stand_in: Path) -> None:
    found = [artifact(id=number) for number in (5, 6, 4)]
    github.gh.answer("actions/runs/42/artifacts", {"artifacts": found})
    github.gh.answer("actions/artifacts/6/zip", zipped(("ander.json", b"x"), (FILE, BAD)))
    assert github.run(program=stand_in).code == 0
    assert [call["address"][-16:] for call in github.gh.asked() if "zip" in call["address"]] == ["/artifacts/6/zip"]


def symlink(target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(FILE)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


def two_with_one_name() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped((FILE, GOOD), (FILE, BAD))


def encrypted() -> bytes:
    data = bytearray(zipped((FILE, BAD)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"geen zip", "geen bruikbaar bestand"),
        (lambda: zipped((FILE, BAD))[:300], "geen bruikbaar bestand"),
        (lambda: zipped(("README.md", b"::error::x")), "geen bruikbaar bestand"),
        (lambda: zipped((f"../{FILE}", BAD), (f"/tmp/{FILE}", BAD)), "geen bruikbaar bestand"),
        (lambda: zipped(symlink("/etc/passwd")), "geen bruikbaar bestand"),
        (two_with_one_name, "geen bruikbaar bestand"),
        (encrypted, "geen bruikbaar bestand"),
        (lambda: zipped((FILE, b" " * 16_777_217)), "geen bruikbaar bestand"),
        (lambda: b" " * 52_428_800, "GitHub stuurt meer dan 8388608 bytes"),
    ],
    ids=["no-zip", "cut-off", "other", "elsewhere", "symlink", "twice", "encrypted", "bomb", "large"],
)
def test_an_artifact_that_wants_to_do_harm_is_refused(github: GitHub, make: Any, words: str) -> None:
    github.gh.answer("actions/artifacts/5/zip", make())
    result = github.run()
    assert result.code == 2
    assert words in result.out
    assert github.written() == []
    assert sorted(path.name for path in github.action.temp.iterdir()) == ["event.json"]


def test_a_report_of_another_form_is_refused(github: GitHub) -> None:
    wrong = {**json.loads(BAD), "version": 2, "findings": "::error::x\n##[error]"}
    github.gh.answer("actions/artifacts/5/zip", zipped((FILE, json.dumps(wrong).encode())))
    result = github.run()
    assert result.code == 2
    assert "het verslag is niet te gebruiken" in result.out
    assert github.written() == []
    assert list(github.action.temp.glob("tmp*")) == []


def test_a_refusal_of_github_is_told_and_its_words_are_no_commands(github: GitHub, stand_in: Path) -> None:
    github.gh.refuse("issues/7/comments")
    result = github.run(program=stand_in)
    assert result.code == 2
    assert "| gh: Not Found (HTTP 404)\n| ::error::#\\u0023[error]van een ander\n" in result.out
    github.gh.answer("pulls", b"[[[[ geen json")
    result = github.run(program=stand_in)
    assert (result.code, github.written()) == (2, [])
    assert "GitHub geeft een onleesbaar antwoord" in result.out


def test_a_runner_without_gh_is_told_in_one_line(github: GitHub) -> None:
    github.gh.vanish()
    result = github.run()
    assert result.code == 2
    assert "er gaat iets mis in deze stap zelf" in result.out
