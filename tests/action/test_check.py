"""The steps of action.yml as a runner runs them, on repositories as actions/checkout leaves them."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.action.runner import PROJECT, Action, Step, commands
from tests.git_in_tests import commit_all, git, git_site
from tests.sites_in_tests import SITES, write_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
BROKEN = (SITES / "minimaal" / MEASURE).read_text().replace("aia-01-menselijk-toezicht", "aia-01-toezigt")
OLD_ERROR = {"docs/rollen/oud.md": "geen voorblad\n"}
LINT = str(Path(sys.executable).parent / "algokader-lint")
HOSTILE = "feature/$(touch${IFS}gehackt);`id`&&%0A'\"|#<b>@MinBZK"


@dataclass
class Origin:
    """A site at GitHub, with pull requests; ``work`` is where its commits are made, ``folder`` what is cloned."""

    work: Path
    folder: Path
    temp: Path
    clones: list[Path] = field(default_factory=list)

    def commit(self, name: str) -> str:
        """Add a page that nothing is wrong with."""
        write_files(self.work, {f"overig/{name}.txt": name})
        return commit_all(self.work, name)

    def commits(self, count: int) -> None:
        """Add that many commits in which nothing changes."""
        who = "committer Test <test@voorbeeld.example> 1700000000 +0000"
        stream = "".join(f"commit refs/heads/main\n{who}\ndata 0\nfrom refs/heads/main^0\n\n" for _ in range(count))
        subprocess.run(["git", "fast-import", "--quiet"], cwd=self.work, input=stream, text=True, check=True)

    def push(self, *refs: str) -> None:
        git(self.work, "push", "-q", "--force", str(self.folder), *refs)

    def checkout(self, ref: str, depth: int | None = 1) -> Path:
        """As actions/checkout: one commit, without branches, from a repository that is asked over the wire."""
        clone = self.temp / f"clone{len(self.clones)}"
        self.clones.append(clone)
        clone.mkdir()
        git(clone, "init", "-q")
        git(clone, "remote", "add", "origin", f"file://{self.folder}")
        git(clone, "fetch", "-q", "--no-tags", *([f"--depth={depth}"] if depth else []), "origin", ref)
        git(clone, "checkout", "-q", "--detach", "FETCH_HEAD")
        return clone

    def pull_request(self, branch: str = "wijziging", pages: dict[str, str] | None = None) -> dict[str, Any]:
        """A pull request of one commit, merged by GitHub into refs/pull/1/merge; its event."""
        git(self.work, "checkout", "-q", "-b", branch)
        write_files(self.work, {MEASURE: BROKEN} if pages is None else pages)
        head = commit_all(self.work, "voorstel\n\nparent 1234567890123456789012345678901234567890")
        git(self.work, "checkout", "-q", "main")
        base = self.commit("in-de-tussentijd")
        git(self.work, "checkout", "-q", "--detach", "main")
        git(self.work, "merge", "-q", "--no-ff", "-m", "Merge", head)
        self.push("main", "HEAD:refs/pull/1/merge", f"{head}:refs/pull/1/head")
        repository = {"full_name": "iemand/fork"}
        return {
            "before": head,
            "pull_request": {
                "head": {"sha": head, "ref": branch, "repo": repository},
                "base": {"sha": base, "ref": "main"},
            },
        }


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an old error and some history, and where it is pushed to."""
    folder = tmp_path_factory.mktemp("begin")
    work = git_site(folder / "werk", OLD_ERROR)
    for number in range(3):
        write_files(work, {"overig/begin.txt": f"{number}"})
        commit_all(work)
    git(work, "branch", "-q", "-M", "main")
    git(folder, "clone", "-q", "--bare", str(work), str(folder / "origin.git"))
    return folder


@pytest.fixture
def origin(tmp_path: Path, beginning: Path) -> Origin:
    shutil.copytree(beginning, tmp_path, dirs_exist_ok=True)
    return Origin(tmp_path / "werk", tmp_path / "origin.git", tmp_path)


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


def check(action: Action, clone: Path, program: str | Path = LINT, **more: Any) -> Step:
    return action.run_step(1, clone, command=str(program), **more)


def test_inputs_reach_the_shell_by_the_environment_alone() -> None:
    for name in ("action.yml", "comment/action.yml"):
        for step in Action(PROJECT / name, PROJECT).definition["runs"]["steps"]:
            assert "${{" not in step["run"]
            assert set(step) <= {"name", "id", "shell", "env", "run"}  # and no action of others


def test_a_pull_request_from_a_fork_is_told_what_is_new_in_it(action: Action, origin: Origin) -> None:
    """Depth 1, a branch name that wants to be a command, and the settings of the base."""
    event = origin.pull_request(
        HOSTILE,
        {
            MEASURE: BROKEN,
            "algokader-lint.toml": 'ignore = ["AK"]\n',
            "docs/rollen/::error::x ##[error]y.md": "geen voorblad\n",
        },
    )
    clone = origin.checkout("refs/pull/1/merge")
    assert git(clone, "rev-list", "--count", "HEAD") == "1"
    result = check(action, clone, event_name="pull_request", event=event, inputs={"report": "verslag.json"})
    assert result.code == 1
    assert result.outputs == {"report": str(clone / "verslag.json")}
    document = json.loads(Path(result.outputs["report"]).read_text())
    assert [finding["code"] for finding in document["findings"]] == ["AK002", "AK301"]
    assert document["change"]["known"] == 1
    assert git(clone, "rev-parse", document["change"]["base"]) == event["pull_request"]["base"]["sha"]
    assert document["notices"] == ["deze wijziging verandert algokader-lint.toml; dat telt pas als het is samengevoegd"]
    assert [line.partition(" ")[0] for line in commands(result.out)] == ["::notice", "::error", "::error"]
    assert "2 fouten nieuw in deze wijziging" in result.summary
    assert "https://github.com/iemand/fork/edit/feature/%24%28touch%24%7BIFS%7Dgehackt%29" in result.summary
    assert not list(clone.rglob("gehackt"))
    assert git(clone, "status", "--porcelain") == "?? verslag.json"


def test_a_pull_request_that_breaks_nothing_is_clean_though_the_site_is_not(action: Action, origin: Origin) -> None:
    event = origin.pull_request(pages={"overig/goed.txt": "goed"})
    clone = origin.checkout("refs/pull/1/merge")
    result = check(action, clone, event_name="pull_request", event=event)
    assert (result.code, result.outputs, commands(result.out)) == (0, {}, [])
    assert "deze wijziging maakt niets stuk" in result.summary


def test_one_commit_is_fetched_for_a_pull_request_and_the_token_is_for_that_alone(
    action: Action, origin: Origin, recorder: Path
) -> None:
    event = origin.pull_request()
    clone = origin.checkout("refs/pull/1/merge")
    result = check(action, clone, recorder, event_name="pull_request", event=event)
    assert (result.code, result.out) == (0, "token:\n")
    base = event["pull_request"]["base"]["sha"]
    assert arguments(recorder) == ["check", f"--since={base[:12]}", "--base-settings"]
    assert git(clone, "rev-list", "--count", base) == "1"
    assert git(clone, "rev-list", "--count", "HEAD") == "1"
    assert "ghs_geheim" not in (clone / ".git" / "config").read_text()


def test_a_pull_request_of_which_the_head_is_checked_out(action: Action, origin: Origin, recorder: Path) -> None:
    """Its own parents say nothing of the base: history is fetched until the two meet."""
    event = origin.pull_request()
    head, base = event["pull_request"]["head"]["sha"], event["pull_request"]["base"]["sha"]
    for depth in (1, None):
        clone = origin.checkout("refs/pull/1/head", depth)
        result = check(action, clone, recorder, event_name="pull_request", event=event)
        assert (result.code, result.out) == (0, "token:\n")
        assert compared_with(recorder, clone) == base
        assert git(clone, "merge-base", head, base) == git(origin.work, "merge-base", head, base)
        assert git(clone, "rev-parse", "--is-shallow-repository") == "false"


def test_a_contributor_who_merged_is_compared_with_the_base_all_the_same(
    action: Action, origin: Origin, recorder: Path
) -> None:
    """The head is a merge too; its first parent is a commit of the contributor, with errors that would go unseen."""
    event = origin.pull_request()
    git(origin.work, "checkout", "-q", "--detach", event["pull_request"]["head"]["sha"])
    git(origin.work, "merge", "-q", "-m", "Merge main", "main")
    event["pull_request"]["head"]["sha"] = git(origin.work, "rev-parse", "HEAD")
    origin.push("HEAD:refs/pull/1/head")
    clone = origin.checkout("refs/pull/1/head")
    assert check(action, clone, recorder, event_name="pull_request", event=event).code == 0
    assert compared_with(recorder, clone) == event["pull_request"]["base"]["sha"]


def test_a_base_that_cannot_be_had_stops_the_step(action: Action, origin: Origin, recorder: Path) -> None:
    event = origin.pull_request()
    clone = origin.checkout("refs/pull/1/merge")
    git(clone, "remote", "set-url", "origin", f"file://{origin.temp}/##[error]::error::weg")
    for language, words in (
        ("", "de versie om mee te vergelijken is niet op te halen"),
        ("en", "the version to compare with cannot be fetched"),
    ):
        result = check(action, clone, recorder, event_name="pull_request", event=event, inputs={"lang": language})
        assert (result.code, commands(result.out)) == (2, [f"::error title=algokader-lint::{words}"])
        assert "| fatal: '" in result.out  # what git said of it
    assert not Path(f"{recorder}.log").exists()


def test_histories_that_share_nothing_stop_the_step(action: Action, origin: Origin, recorder: Path) -> None:
    event = origin.pull_request()
    git(origin.work, "checkout", "-q", "--orphan", "los")
    commit_all(origin.work)
    origin.push("los")
    for event_name, code in (("pull_request", 2), ("push", 0)):
        clone = origin.checkout("los")
        event["before"] = event["pull_request"]["base"]["sha"]
        result = check(action, clone, recorder, event_name=event_name, event=event)
        assert result.code == code
        (line,) = commands(result.out)
        assert ("er is geen gezamenlijk verleden met" if code else "dus alles wordt gecontroleerd") in line
    assert arguments(recorder) == ["check"]


@pytest.mark.parametrize("commits", [1, 4, 120])
def test_a_push_is_compared_with_what_was_there(action: Action, origin: Origin, recorder: Path, commits: int) -> None:
    before = git(origin.work, "rev-parse", "HEAD")
    origin.commits(commits)
    origin.push("main")
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
    fork = git(origin.work, "rev-parse", "HEAD")
    before = origin.commit("weg")
    origin.push("main")
    git(origin.work, "reset", "-q", "--hard", fork)
    origin.commit("in plaats daarvan")
    origin.push("main")
    clone = origin.checkout("main")
    result = check(action, clone, recorder, event_name="push", event={"before": before, "forced": True})
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == before
    assert git(clone, "merge-base", "HEAD", before) == fork


@pytest.mark.parametrize("way", ["merge", "squash", "rebase"])
def test_a_merge_queue_is_compared_with_its_base(action: Action, origin: Origin, recorder: Path, way: str) -> None:
    base = git(origin.work, "rev-parse", "HEAD")
    event = origin.pull_request()
    git(origin.work, "checkout", "-q", "--detach", base)
    if way == "merge":
        git(origin.work, "merge", "-q", "--no-ff", "-m", "Merge", event["pull_request"]["head"]["sha"])
    for number in range({"merge": 0, "squash": 1, "rebase": 3}[way]):
        origin.commit(f"wachtrij-{number}")
    queue = "refs/heads/gh-readonly-queue/main/pr-1"
    origin.push(f"HEAD:{queue}")
    clone = origin.checkout(queue)
    event = {"merge_group": {"base_sha": base, "head_sha": git(clone, "rev-parse", "HEAD")}}
    result = check(action, clone, recorder, event_name="merge_group", event=event)
    assert (result.code, result.out) == (0, "token:\n")
    assert compared_with(recorder, clone) == base
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
    git(origin.work, "tag", "v1.0", "HEAD~2")
    git(origin.work, "branch", "release/1", "HEAD~1")
    origin.push("main", "v1.0", "release/1")
    clone = origin.checkout("main")
    for since in ("v1.0", "release/1", "origin/release/1", git(origin.work, "rev-parse", "HEAD~1")):
        assert check(action, clone, recorder, inputs={"since": since}).code == 0
        assert compared_with(recorder, clone) == git(origin.work, "rev-parse", since.removeprefix("origin/"))
    git(clone, "tag", "hier", "HEAD~1")
    assert check(action, clone, recorder, inputs={"since": "hier"}).code == 0
    assert arguments(recorder) == ["check", "--since=hier"]


def test_a_since_that_is_no_revision_stops_the_step(action: Action, origin: Origin, recorder: Path) -> None:
    clone = origin.checkout("main")
    refs = git(clone, "for-each-ref")
    for since in ("v9", HOSTILE, "::error::x", "--upload-pack=touch gehackt", "+main:main", "HEAD~99", " "):
        result = check(action, clone, recorder, inputs={"since": since})
        assert result.code == 2, since
        (line,) = commands(result.out)
        assert line.endswith("::de revisie van 'since' bestaat hier niet en is niet op te halen")
    assert not list(clone.rglob("gehackt"))
    assert git(clone, "for-each-ref") == refs


def test_inputs_become_options(action: Action, origin: Origin, recorder: Path) -> None:
    write_files(origin.work, {"sites/een site;$(id)/mkdocs.yml": "site_name: x\n"})
    commit_all(origin.work)
    origin.push("main")
    clone = origin.checkout("main")
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


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"path": "nergens"}, "de map van 'path' bestaat niet"),
        ({"path": "-P"}, "de map van 'path' bestaat niet"),
        ({"report": "a\n::error::b"}, "in de bestandsnaam van 'report' staat een regeleinde"),
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
    clone = origin.checkout("refs/pull/1/merge")
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
