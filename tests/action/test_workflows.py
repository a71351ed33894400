"""The workflows in docs/workflows, which others copy: they fit our actions and each other. Their form: `make lint`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.action.runner import PROJECT, Action

FOLDER = PROJECT / "docs" / "workflows"
NAMES = sorted(path.name for path in FOLDER.iterdir())
PERMISSIONS = {
    "comment.yml": [{"actions": "read", "pull-requests": "write"}],
    "links.yml": [{"contents": "read"}, {"issues": "write"}],
}
"""What the jobs of a workflow may do; all others read."""
OURS = "algokader-lint/algokader-lint"


def read(name: str) -> dict[str, Any]:
    # BaseLoader: to YAML 1.1 the key `on` is a truth value
    workflow: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return workflow


def jobs(name: str) -> list[dict[str, Any]]:
    return list(read(name)["jobs"].values())


def job(name: str) -> dict[str, Any]:
    (found,) = jobs(name)
    return found


def ours(name: str) -> Iterator[tuple[Path, dict[str, str]]]:
    """Our actions that a workflow uses: the file, and what it gives them."""
    for step in (step for found in jobs(name) for step in found["steps"]):
        action, _, ref = step["uses"].partition("@")
        if action.startswith(OURS):
            assert ref == "main"
            yield PROJECT / action.removeprefix(OURS).strip("/") / "action.yml", step.get("with", {})


def test_there_is_one_for_each_occasion() -> None:
    assert NAMES == ["comment.yml", "links.yml", "nightly.yml", "pull-request.yml", "release.yml"]


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_little_and_ends_in_time(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    assert [found["permissions"] for found in jobs(name)] == PERMISSIONS.get(name, [{"contents": "read"}])
    # what asks websites stops by itself after a quarter of an hour, and is then to keep what it found
    assert all(int(found["timeout-minutes"]) <= (25 if name == "links.yml" else 15) for found in jobs(name))
    assert set(workflow["concurrency"]) == {"group", "cancel-in-progress"}
    assert "pull_request_target" not in workflow["on"]


@pytest.mark.parametrize("name", NAMES)
def test_it_gives_our_actions_what_they_take(name: str) -> None:
    used = list(ours(name))
    assert len(used) == len(jobs(name))
    for file, inputs in used:
        assert set(inputs) <= set(Action(file, file.parent).definition["inputs"])


@pytest.mark.parametrize("name", NAMES)
def test_actions_of_others_are_pinned_with_their_version_beside_it(name: str) -> None:
    pinned: set[str] = set()
    for line in re.findall(r"uses: (.*)", (FOLDER / name).read_text()):
        if not line.startswith(OURS):
            assert re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
            pinned.add(line)
    elsewhere = {line for other in NAMES for line in re.findall(r"uses: (.*)", (FOLDER / other).read_text())}
    for line in pinned:  # one version of each everywhere
        assert [other for other in elsewhere if other.startswith(line.partition("@")[0] + "@")] == [line]


def test_the_comment_follows_the_check_and_finds_its_report() -> None:
    checking, commenting = read("pull-request.yml"), read("comment.yml")
    assert commenting["on"]["workflow_run"]["workflows"] == [checking["name"]]
    assert [step["uses"] for step in job("comment.yml")["steps"]] == [f"{OURS}/comment@main"]  # no checkout
    upload = job("pull-request.yml")["steps"][-1]["with"]
    comment = Action(PROJECT / "comment/action.yml", PROJECT).definition
    assert upload["name"] == comment["inputs"]["artifact"]["default"]
    ((_, inputs),) = ours("pull-request.yml")
    name = inputs["report"].rpartition("/")[2]
    assert f'FILE = "{name}"' in (PROJECT / "comment/comment.py").read_text()


def test_checkout_leaves_no_token_behind() -> None:
    for name in ("links.yml", "pull-request.yml", "nightly.yml", "release.yml"):
        assert jobs(name)[0]["steps"][0]["with"] == {"persist-credentials": "false"}


def test_who_asks_websites_cannot_write_and_who_writes_runs_nothing_of_the_site() -> None:
    """The report goes from one job to the other as an artifact, and the cache from one night to the next."""
    asking, writing = jobs("links.yml")
    assert writing["needs"] == "controle"
    checkout, restore, check, save, upload = asking["steps"]
    download, issue = writing["steps"]
    assert upload["with"]["name"] == download["with"]["name"]
    assert upload["with"]["path"] == f"${{{{ steps.{check['id']}.outputs.report }}}}"
    assert download["with"]["path"] == issue["with"]["report"]
    assert check["with"]["cache"].startswith(restore["with"]["path"] + "/")
    # a cache is never written twice: each run has a key of its own, and reads the newest that begins like it
    assert {key: restore["with"][key] for key in ("path", "key")} == save["with"]
    assert "github.run_id" in save["with"]["key"]
    assert save["with"]["key"].startswith(restore["with"]["restore-keys"])
    assert save["if"] == "${{ always() }}"
    assert checkout["uses"].startswith("actions/checkout@")
    assert set(read("links.yml")["on"]) == {"schedule", "workflow_dispatch"}  # never what anyone can start


def test_addresses_are_asked_for_in_a_pull_request_once_a_line_is_uncommented() -> None:
    text = (FOLDER / "pull-request.yml").read_text()
    line = "          # links: added"
    assert text.count(line) == 1
    workflow = yaml.safe_load(text.replace(line, line.replace("# ", "", 1)))
    (step,) = (s for s in workflow["jobs"]["algokader-lint"]["steps"] if s["uses"].startswith(OURS))
    assert step["with"]["links"] == "added"
    assert "links" in Action(PROJECT / "action.yml", PROJECT).definition["inputs"]
