"""The address that opens a file for editing, made of what GitHub says; read back as a browser reads an address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from algokader_lint.cli.github import edit_links

Event = Mapping[str, Any]


def links(folder: Path, event: object, **environment: str) -> str | None:
    file = folder / "event.json"
    file.write_bytes(event if isinstance(event, bytes) else json.dumps(event).encode())
    usual = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_EVENT_PATH": str(file),
        "GITHUB_REPOSITORY": "minbzk/site",
        "GITHUB_REF_TYPE": "branch",
        "GITHUB_REF_NAME": "7/merge",
    }
    return edit_links(usual | environment)


def pull_request(repository: object, branch: object) -> Event:
    head = {"repo": {"full_name": repository}, "ref": branch, "label": "x:y"}
    return {"action": "opened", "pull_request": {"head": head, "base": {"ref": "main"}}}


def workflow_run(repository: object, branch: object) -> Event:
    return {"workflow_run": {"head_repository": {"full_name": repository}, "head_branch": branch}}


@pytest.mark.parametrize("event", [pull_request, workflow_run])
@pytest.mark.parametrize("repository", ["minbzk/site", "een-ambtenaar/site.nl", "a_b/Site_2-x"])
@pytest.mark.parametrize(
    "branch",
    [
        "main",
        "fix/typo",
        "een tak",
        "a#b",
        "a?b=c",
        "100%25",
        "it's",
        'a"b',
        "a\nb",
        "é漢😀",
        "a)b](x",
        "a\\..\\b",
        "@{x}",
    ],
)
def test_the_branch_of_the_contributor(tmp_path: Path, event: Any, repository: str, branch: str) -> None:
    found = links(tmp_path, event(repository, branch))
    assert found is not None
    assert not set(found) & set(" \t\n()[]<>\"'`\\")
    address = urlsplit(f"{found}docs/a.md#L3")
    assert (address.scheme, address.netloc, address.query, address.fragment) == ("https", "github.com", "", "L3")
    assert unquote(address.path) == f"/{repository}/edit/{branch}/docs/a.md"


def test_a_push_to_a_branch(tmp_path: Path) -> None:
    assert links(tmp_path, {"ref": "x"}, GITHUB_REF_NAME="mijn-tak") == "https://github.com/minbzk/site/edit/mijn-tak/"


@pytest.mark.parametrize(
    ("event", "environment"),
    [
        ({"ref": "refs/tags/v1"}, {"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"}),
        ({"merge_group": {"head_ref": "x"}}, {"GITHUB_REF_NAME": "gh-readonly-queue/main/pr-1-abc"}),
        ({}, {"GITHUB_ACTIONS": "false"}),
        ({}, {"GITHUB_REF_TYPE": ""}),
        ({}, {"GITHUB_REF_NAME": ""}),
        ({}, {"GITHUB_REPOSITORY": ""}),
        ({}, {"GITHUB_REF_NAME": "a\udcffb"}),
    ],
)
def test_no_branch_no_link(tmp_path: Path, event: Event, environment: dict[str, str]) -> None:
    assert links(tmp_path, event, **environment) is None


@pytest.mark.parametrize(
    "event",
    [
        *({"pull_request": None}, {"pull_request": []}, {"pull_request": {}}, {"pull_request": {"head": 3}}),
        *(
            {"pull_request": {"head": {"repo": None, "ref": "a"}}},
            pull_request("a/b", None),
            pull_request(["a/b"], "c"),
        ),
        *({"workflow_run": 1}, {"workflow_run": {"head_branch": "a", "head_repository": None}}, workflow_run("a/b", 5)),
        *([], ["pull_request"], "pull_request", 3, None),
        *(
            b"",
            b"{",
            b"\xff",
            b"[" * 200_000,
            b'{"a": ' + b"9" * 6_000 + b"}",
            b'{"pull_request": {' + b" " * 9_000_000,
        ),
    ],
    ids=lambda event: repr(event)[:40],
)
def test_an_event_that_does_not_tell_gives_no_link(tmp_path: Path, event: object) -> None:
    assert links(tmp_path, event) is None


@pytest.mark.parametrize("path", ["", "bestaat-niet.json", "."])
def test_no_event_no_link(tmp_path: Path, path: str) -> None:
    assert links(tmp_path, {}, GITHUB_EVENT_PATH=path and str(tmp_path / path)) is None


@pytest.mark.parametrize(
    "branch",
    ["..", "../../kwaad/site/edit/main", "a/../b", "./a", "/a", "a/", "a//b", "", "\ud800", "a\ufffd", "x" * 2_000],
    ids=lambda branch: repr(branch)[:40],
)
def test_a_branch_that_leads_elsewhere_gives_no_link(tmp_path: Path, branch: str) -> None:
    assert links(tmp_path, pull_request("minbzk/site", branch)) is None
    assert links(tmp_path, workflow_run("minbzk/site", branch)) is None


@pytest.mark.parametrize(
    "repository",
    [
        "site",
        "a/b/c",
        "../b",
        "a/..",
        "a/.",
        "a/b?c",
        "a/b#c",
        "a b/c",
        "a/b)c",
        "a/b\n",
        "",
        "/",
        "a/",
        "//kwaad.example",
    ],
)
def test_a_repository_that_is_none_gives_no_link(tmp_path: Path, repository: str) -> None:
    assert links(tmp_path, pull_request(repository, "main")) is None


@pytest.mark.parametrize(
    ("server", "good"),
    [
        *(("https://github.com", True), ("https://git.overheid.example:8443", True)),
        *(("http://github.com", False), ("https://github.com/", False), ("https://a@kwaad.example", False)),
        *(("javascript:alert(1)", False), ("", False), ("https://", False), ("https://a b", False)),
        *(("https://github.com)", False), ("https://github.com\n", False)),
    ],
)
def test_the_server_is_a_plain_https_address(tmp_path: Path, server: str, good: bool) -> None:
    found = links(tmp_path, pull_request("minbzk/site", "main"), GITHUB_SERVER_URL=server)
    assert found == (f"{server}/minbzk/site/edit/main/" if good else None)
