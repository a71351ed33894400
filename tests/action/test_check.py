"""The steps of action.yml as a runner runs them, on repositories as actions/checkout leaves them."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.action.runner import PROJECT, Action, Step, commands
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, write_files

pytestmark = pytest.mark.slow

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
BROKEN = (SITES / "minimaal" / MEASURE).read_text().replace("aia-01-menselijk-toezicht", "aia-01-toezigt")
OLD_ERROR = {"docs/rollen/oud.md": "geen voorblad\n"}
LINT = str(Path(sys.executable).parent / "algokader-lint")
HOSTILE = "feature/$(touch${IFS}gehackt);`id`&&%0A'\"|#<b>@MinBZK"


@dataclass(frozen=True, slots=True)
class Origin:
    """A site at GitHub, in all the states that the tests need; ``commits`` are those that they ask for, by name.

    ``folder`` is what is cloned; a clone of each kind is made once, in ``clones``, and copied to ``here``.
    """

    folder: Path
    clones: Path
    commits: Mapping[str, str]
    here: Path

    def checkout(self, ref: str, depth: int = 1) -> Path:
        """As actions/checkout: one commit (0: all), without branches, from a repository asked over the wire."""
        clone = self.clones / f"{ref.replace('/', '_')}-{depth}"
        if not clone.exists():
            clone.mkdir()
            git(clone, "init", "-q", "--template=")
            git(
                clone,
                "fetch",
                "-q",
                "--no-tags",
                *([f"--depth={depth}"] if depth else []),
                f"file://{self.folder}",
                ref,
            )
            git(clone, "checkout", "-q", "--detach", "FETCH_HEAD")
            git(clone, "remote", "add", "origin", f"file://{self.folder}")
        return Path(shutil.copytree(clone, self.here / "workspace", symlinks=True))

    def pull_request(self, number: int = 1) -> dict[str, Any]:
        """The event of a pull request from a fork."""
        head, base = self.commits[f"head-{number}"], self.commits["main"]
        repository = {"full_name": "iemand/fork"}
        return {
            "before": head,
            "pull_request": {
                "head": {"sha": head, "ref": HOSTILE, "repo": repository},
                "base": {"sha": base, "ref": "main"},
            },
        }


def build(work: Path) -> Iterator[tuple[str, str]]:
    """Make the history of the site, with the names of its commits and where each of them is pushed to."""

    def commit(files: Mapping[str, str], message: str = "wijziging") -> str:
        write_files(work, files)
        return commit_all(work, message)

    def start(at: str) -> None:
        git(work, "checkout", "-q", "--detach", at)

    def merged(into: str, head: str) -> str:
        start(into)
        git(work, "merge", "-q", "--no-ff", "-m", "Merge", head)
        return git(work, "rev-parse", "HEAD")

    who = "committer Test <test@voorbeeld.example> 1700000000 +0000"
    commits = [f"commit refs/heads/main\n{who}\ndata 0\n" for _ in range(130)]
    stream = "\n".join([f"{commits[0]}from refs/heads/main^0\n", *commits[1:]])
    subprocess.run(["git", "fast-import", "--quiet"], cwd=work, input=stream, text=True, check=True)
    fork = git(work, "rev-parse", "main")
    git(work, "checkout", "-q", "main")
    base = commit({"overig/later.txt": "van een ander"})
    yield "main", base
    wrong = {
        MEASURE: BROKEN,
        "algokader-lint.toml": 'ignore = ["AK"]\n',
        "docs/rollen/::error::x ##[error]y.md": "geen voorblad\n",
        "sites/een site;$(id)/mkdocs.yml": "site_name: x\n",
    }
    for number, files in ((1, wrong), (2, {"overig/goed.txt": "goed"})):
        start(fork)
        head = commit(files, "voorstel\n\nparent 1234567890123456789012345678901234567890")
        yield f"head-{number}", head
        yield f"merge-{number}", merged(base, head)
    yield "head-3", merged(git(work, "rev-parse", f"{fork}^0"), base)
    yield "queue-merge", merged(base, head)
    for way, number in (("squash", 1), ("rebase", 3)):
        start(base)
        for file in range(number):
            tip = commit({f"overig/{way}-{file}.txt": "x"})
        yield f"queue-{way}", tip
    start(fork)
    yield "lost", commit({"overig/weg.txt": "x"})
    start(fork)
    yield "forced", commit({"overig/in-plaats-daarvan.txt": "x"})
    git(work, "checkout", "-q", "--orphan", "los")
    yield "orphan", commit({})


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    folder = tmp_path_factory.mktemp("github")
    work = git_site(folder / "werk", OLD_ERROR)
    git(work, "branch", "-q", "-M", "main")
    commits = dict(build(work))
    bare = folder / "origin.git"
    git(folder, "init", "-q", "--bare", "--template=", str(bare))
    # "lost" is there, but no branch leads to it any more
    git(work, "push", "-q", str(bare), *(f"{commit}:refs/heads/{name}" for name, commit in commits.items()))
    git(bare, "update-ref", "-d", "refs/heads/lost")
    git(bare, "tag", "v1.0", "main~2")
    git(bare, "branch", "-q", "release/1", "main~1")
    (folder / "clones").mkdir()
    return Origin(bare, folder / "clones", commits, folder)


@pytest.fixture
def origin(tmp_path: Path, beginning: Origin) -> Origin:
    return replace(beginning, here=tmp_path)


@pytest.fixture
def action(tmp_path: Path) -> Action:
    (tmp_path / "runner").mkdir()
    return Action(PROJECT / "action.yml", tmp_path / "runner")


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    """A program in the place of algokader-lint that writes down its arguments, and whether it could see the token."""
    program = tmp_path / "recorder"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$0.log"\necho "token:${TOKEN-}"\nexit "${CODE:-0}"\n')
    program.chmod(0o755)
    return program


def arguments(recorder: Path) -> list[str]:
    return Path(f"{recorder}.log").read_text().splitlines()


def compared_with(recorder: Path, repository: Path) -> str | None:
    """The full name of the commit that the program was told to compare with."""
    since = [word.removeprefix("--since=") for word in arguments(recorder) if word.startswith("--since=")]
    return git(repository, "rev-parse", since[0]) if since else None


def meet(repository: Path, one: str, other: str, origin: Origin) -> str:
    """Where two commits parted; by their names, for a clone has no branches."""
    return git(repository, "merge-base", *(origin.commits.get(name, name) for name in (one, other)))


def check(action: Action, clone: Path, program: str | Path = LINT, **more: Any) -> Step:
    return action.run_step(1, clone, command=str(program), **more)


def test_inputs_reach_the_shell_by_the_environment_alone() -> None:
    for name in ("action.yml", "comment/action.yml", "issue/action.yml", "links/action.yml"):
        for step in Action(PROJECT / name, PROJECT).definition["runs"]["steps"]:
            assert "${{" not in step["run"]
            assert set(step) <= {"name", "id", "shell", "env", "run"}  # and no action of others


def test_a_pull_request_from_a_fork_is_told_what_is_new_in_it(action: Action, origin: Origin) -> None:
    """Depth 1, names that want to be commands, and the settings of the base."""
    clone = origin.checkout("merge-1")
    event = origin.pull_request(1)
    result = check(action, clone, event_name="pull_request", event=event, inputs={"report": "verslag.json"})
    assert result.code == 1
    assert result.outputs == {"report": str(clone / "verslag.json")}
    document = json.loads(Path(result.outputs["report"]).read_text())
    assert [finding["code"] for finding in document["findings"]] == ["AK002", "AK301"]
    assert document["change"]["known"] == 1
    assert git(clone, "rev-parse", document["change"]["base"]) == origin.commits["main"]
    assert document["notices"] == ["deze wijziging verandert algokader-lint.toml; dat telt pas als het is samengevoegd"]
    assert [line.partition(" ")[0] for line in commands(result.out)] == ["::notice", "::error", "::error"]
    assert "2 fouten door deze wijziging" in result.summary
    assert "https://github.com/iemand/fork/edit/feature/%24%28touch%24%7BIFS%7Dgehackt%29" in result.summary
    assert not list(clone.rglob("gehackt"))
    assert git(clone, "status", "--porcelain") == "?? verslag.json"


def test_a_pull_request_that_breaks_nothing_is_clean_though_the_site_is_not(action: Action, origin: Origin) -> None:
    event = origin.pull_request(2)
    result = check(action, origin.checkout("merge-2"), event_name="pull_request", event=event)
    assert (result.code, result.outputs, commands(result.out)) == (0, {}, [])
    assert "deze wijziging maakt niets stuk" in result.summary


def test_one_commit_is_fetched_for_a_pull_request_and_the_token_is_for_that_alone(
    action: Action, origin: Origin, recorder: Path
) -> None:
    clone = origin.checkout("merge-1")
    result = check(action, clone, recorder, event_name="pull_request", event=origin.pull_request())
    assert (result.code, result.out) == (0, "token:\n")
    base = origin.commits["main"]
    assert arguments(recorder) == ["check", f"--since={base[:12]}", "--base-settings"]
    assert git(clone, "rev-list", "HEAD", base).splitlines() == [git(clone, "rev-parse", "HEAD"), base]
    assert "ghs_geheim" not in (clone / ".git" / "config").read_text()


@pytest.mark.parametrize("depth", [1, 0])
def test_a_pull_request_of_which_the_head_is_checked_out(
    action: Action, origin: Origin, recorder: Path, depth: int
) -> None:
    """Its own parents say nothing of the base: history is fetched until the two meet."""
    clone = origin.checkout("head-1", depth)
    result = check(action, clone, recorder, event_name="pull_request", event=origin.pull_request())
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == origin.commits["main"]
    assert meet(clone, "HEAD", "main", origin) == meet(origin.folder, "head-1", "main", origin)


def test_a_head_that_is_a_merge_is_not_taken_for_that_of_github(action: Action, origin: Origin, recorder: Path) -> None:
    """Its first parent is a commit of the contributor, with errors that would go unseen."""
    clone = origin.checkout("head-3")
    assert len(git(clone, "cat-file", "-p", "HEAD").split("parent ")) == 3
    result = check(action, clone, recorder, event_name="pull_request", event=origin.pull_request(3))
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == origin.commits["main"]


def test_a_pull_request_that_is_not_checked_out_does_not_pass(action: Action, origin: Origin, recorder: Path) -> None:
    clone = origin.checkout("main")
    result = check(action, clone, recorder, event_name="pull_request", event=origin.pull_request())
    (line,) = commands(result.out)
    assert (result.code, line.partition("::")[2].partition("::")[2]) == (
        2,
        "de wijziging is hier niet; laat 'ref' weg bij actions/checkout",
    )


def test_a_base_that_cannot_be_had_stops_the_step(action: Action, origin: Origin, recorder: Path) -> None:
    event = origin.pull_request()
    clone = origin.checkout("merge-1")
    git(clone, "remote", "set-url", "origin", f"file://{origin.here}/##[error]::error::weg")
    for language, words in (
        ("", "de versie om mee te vergelijken is niet op te halen"),
        ("en", "the version to compare with cannot be fetched"),
    ):
        result = check(action, clone, recorder, event_name="pull_request", event=event, inputs={"lang": language})
        assert (result.code, commands(result.out)) == (2, [f"::error title=algokader-lint::{words}"])
        assert "| fatal: '" in result.out  # what git said of it
    assert not Path(f"{recorder}.log").exists()


def test_histories_that_share_nothing_stop_the_step_but_a_push(action: Action, origin: Origin, recorder: Path) -> None:
    clone = origin.checkout("orphan")
    result = check(action, clone, recorder, event_name="pull_request", event=origin.pull_request())
    (line,) = commands(result.out)
    assert (result.code, "er is geen gezamenlijk verleden met de versie" in line) == (2, True)
    result = check(action, clone, recorder, event_name="push", event={"before": origin.commits["main"]})
    (line,) = commands(result.out)
    assert (result.code, "dus alles wordt gecontroleerd" in line) == (0, True)
    assert arguments(recorder) == ["check"]


@pytest.mark.parametrize("commits", [1, 4, 120])
def test_a_push_is_compared_with_what_was_there(action: Action, origin: Origin, recorder: Path, commits: int) -> None:
    before = git(origin.folder, "rev-parse", f"main~{commits}")
    clone = origin.checkout("main")
    result = check(action, clone, recorder, event_name="push", event={"before": before})
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == before
    assert "--base-settings" not in arguments(recorder)


def test_a_push_with_nothing_before_it_is_checked_whole(action: Action, origin: Origin, recorder: Path) -> None:
    """A new branch or tag; a force push whose past is gone; an event that is not what it should be."""
    clone = origin.checkout("main")
    for before in ("0" * 40, "a" * 40, "", "--upload-pack=touch gehackt"):
        result = check(action, clone, recorder, event_name="push", event={"before": before}, env={"CODE": "1"})
        assert (result.code, arguments(recorder)) == (1, ["check"])
        (notice,) = commands(result.out)
        assert notice.endswith("::er is geen vorige versie om mee te vergelijken, dus alles wordt gecontroleerd")
    assert not list(clone.rglob("gehackt"))


def test_a_force_push_is_compared_with_what_both_come_from(action: Action, origin: Origin, recorder: Path) -> None:
    event = {"before": origin.commits["lost"], "forced": True}
    clone = origin.checkout("forced")
    result = check(action, clone, recorder, event_name="push", event=event)
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == origin.commits["lost"]
    assert meet(clone, "HEAD", "lost", origin) == git(origin.folder, "rev-parse", "forced~1")


@pytest.mark.parametrize("way", ["merge", "squash", "rebase"])
def test_a_merge_queue_is_compared_with_its_base(action: Action, origin: Origin, recorder: Path, way: str) -> None:
    clone = origin.checkout(f"queue-{way}")
    event = {"merge_group": {"base_sha": origin.commits["main"], "head_sha": origin.commits[f"queue-{way}"]}}
    result = check(action, clone, recorder, event_name="merge_group", event=event)
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == origin.commits["main"]
    assert "--base-settings" in arguments(recorder)


def test_all_else_is_checked_whole(action: Action, origin: Origin, recorder: Path) -> None:
    event = origin.pull_request()
    clone = origin.checkout("main")
    for event_name in ("schedule", "workflow_dispatch", "release"):
        result = check(action, clone, recorder, event_name=event_name, event=event)
        assert (result.code, result.out, arguments(recorder)) == (0, "token:\n", ["check"])
    result = check(action, clone, recorder, event_name="pull_request", event=event, inputs={"since": "none"})
    assert (result.code, result.out, arguments(recorder)) == (0, "token:\n", ["check"])


def test_since_is_a_revision_here_or_at_origin(action: Action, origin: Origin, recorder: Path) -> None:
    clone = origin.checkout("main")
    for since in ("v1.0", "release/1", "origin/release/1", git(origin.folder, "rev-parse", "main~3")):
        assert check(action, clone, recorder, inputs={"since": since}).code == 0
        assert compared_with(recorder, clone) == git(origin.folder, "rev-parse", since.removeprefix("origin/"))
    git(clone, "tag", "hier", "HEAD~1")
    assert check(action, clone, recorder, inputs={"since": "hier"}).code == 0
    assert arguments(recorder) == ["check", "--since=hier"]


def test_a_since_that_is_no_revision_stops_the_step(action: Action, origin: Origin, recorder: Path) -> None:
    clone = origin.checkout("main")
    for since in ("v9", HOSTILE, "::error::x", "--upload-pack=touch gehackt", "+main:main", "HEAD~99", " "):
        result = check(action, clone, recorder, inputs={"since": since})
        assert result.code == 2, since
        (line,) = commands(result.out)
        assert line.endswith("::de revisie van 'since' bestaat hier niet en is niet op te halen")
    assert not list(clone.rglob("gehackt"))
    assert git(clone, "for-each-ref") == ""


def test_inputs_become_options(action: Action, origin: Origin, recorder: Path) -> None:
    clone = origin.checkout("head-1")
    inputs = {
        "path": "sites/een site;$(id)",
        "config": "instellingen $(id).toml",
        "report": "-verslag $HOME.json",
        "fail-on": "warning",
        "lang": "en",
    }
    (clone / inputs["report"]).write_text("van een vorige keer")
    result = check(action, clone, recorder, inputs=inputs, env={"CDPATH": "/", "CODE": "2"})
    assert (result.code, result.outputs) == (2, {})  # the recorder writes no report, and an old one does not count
    assert arguments(recorder) == [
        "check",
        f"--config={clone}/instellingen $(id).toml",
        "--fail-on=warning",
        "--lang=en",
        f"--format=json={clone}/-verslag $HOME.json",
    ]


def test_addresses_are_asked_for_only_on_the_added_lines_of_a_change(
    action: Action, origin: Origin, recorder: Path
) -> None:
    """What has no base is checked whole, and a whole site is not asked for by the way; that is said."""
    clone = origin.checkout("merge-1")
    inputs = {"links": "added"}
    result = check(action, clone, recorder, event_name="pull_request", event=origin.pull_request(), inputs=inputs)
    assert (result.code, result.out) == (0, "token:\n")  # who speaks to strangers has no token
    assert arguments(recorder) == ["check", f"--since={origin.commits['main'][:12]}", "--base-settings", "--online"]
    for event_name, since in (("schedule", ""), ("pull_request", "none")):
        result = check(action, clone, recorder, event_name=event_name, inputs={**inputs, "since": since})
        assert (result.code, arguments(recorder)) == (0, ["check"])
        (line,) = commands(result.out)
        assert line.endswith("::er is niets om mee te vergelijken, dus er worden geen webadressen opgevraagd")


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"path": "nergens"}, "de map van 'path' bestaat niet"),
        ({"path": "-P"}, "de map van 'path' bestaat niet"),
        ({"report": "a\n::error::b"}, "in de bestandsnaam van 'report' staat een regeleinde"),
        ({"links": "all"}, "bij 'links' kan alleen 'added' staan, of niets"),
        ({"links": "added\n::error::x"}, "bij 'links' kan alleen 'added' staan, of niets"),
        ({"since": "main"}, "hier is geen git-repository met een commit; zet actions/checkout voor deze stap"),
    ],
)
def test_wrong_use_is_one_line(
    action: Action, tmp_path: Path, recorder: Path, inputs: dict[str, str], words: str
) -> None:
    clone = tmp_path / "leeg"
    clone.mkdir()
    result = check(action, clone, recorder, inputs=inputs)
    assert (result.code, commands(result.out)) == (2, [f"::error title=algokader-lint::{words}"])


@pytest.fixture
def server() -> Iterator[tuple[str, list[str | None]]]:
    """A server that asks for a password, and the headers it was given."""
    given: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given.extend(self.headers.get_all("Authorization") or [None])
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="GitHub"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}", given
        http.shutdown()
        thread.join()


def test_the_token_goes_once_to_the_server_of_the_run_and_to_no_other(
    action: Action, origin: Origin, recorder: Path, server: tuple[str, list[str | None]]
) -> None:
    address, given = server
    event = origin.pull_request()
    clone = origin.checkout("merge-1")
    git(clone, "remote", "set-url", "origin", f"{address}/MinBZK/Algoritmekader")
    result = check(action, clone, recorder, event_name="pull_request", event=event)
    assert result.code == 2
    assert given == [None]
    given.clear()
    # what actions/checkout leaves when it is not told otherwise
    git(clone, "config", f"http.{address}/.extraheader", "AUTHORIZATION: basic b3Vk")
    env = {"GITHUB_SERVER_URL": address}
    result = check(action, clone, recorder, event_name="pull_request", event=event, env=env)
    assert result.code == 2
    assert given == ["basic " + base64.b64encode(b"x-access-token:ghs_geheim").decode()]
    assert "ghs_geheim" not in result.out
