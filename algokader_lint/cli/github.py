"""What GitHub Actions says of a run, by its environment; nothing of it is believed to be well-formed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from algokader_lint.report.gfm import in_address

_SERVER = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?")
_REPOSITORY = re.compile(r"[A-Za-z0-9-_]+/(?!\.{1,2}$)[A-Za-z0-9._-]+")
_EVENT_LIMIT = 8_388_608
"""Largest event file that is read, in bytes; a webhook carries at most 25 MB, one of a pull request far less."""


def in_actions(environment: Mapping[str, str]) -> bool:
    """Whether this is a step of a workflow."""
    return environment.get("GITHUB_ACTIONS") == "true"


def summary_file(environment: Mapping[str, str]) -> str | None:
    """The file whose text the runner shows as the job summary."""
    return environment.get("GITHUB_STEP_SUMMARY") or None


def edit_links(environment: Mapping[str, str]) -> str | None:
    """What comes before a path in an address that opens the file for editing, in the contributor's own branch.

    None when there is no such branch: outside of Actions, in a merge queue, for a tag, or when the fork is gone; and
    when GitHub does not say which branch it is in the way it always does.
    """
    server = environment.get("GITHUB_SERVER_URL", "")
    repository, branch = _branch(environment) if in_actions(environment) else (None, None)
    if not isinstance(repository, str) or not isinstance(branch, str):
        return None
    path = in_address(branch)
    if not path or not _SERVER.fullmatch(server) or not _REPOSITORY.fullmatch(repository):
        return None
    return f"{server}/{repository}/edit/{path}/"


def _branch(environment: Mapping[str, str]) -> tuple[object, object]:
    """The repository and the branch that the change is in, as far as GitHub tells."""
    event = _event(environment)
    if event is None:
        return None, None
    if "pull_request" in event:
        head = _dig(event, "pull_request", "head")
        return _dig(head, "repo", "full_name"), _dig(head, "ref")
    if "workflow_run" in event:
        run = event["workflow_run"]
        return _dig(run, "head_repository", "full_name"), _dig(run, "head_branch")
    if environment.get("GITHUB_REF_TYPE") == "branch" and "merge_group" not in event:
        return environment.get("GITHUB_REPOSITORY"), environment.get("GITHUB_REF_NAME")
    return None, None


def _event(environment: Mapping[str, str]) -> dict[str, Any] | None:
    try:
        with open(environment.get("GITHUB_EVENT_PATH", ""), "rb") as file:
            event = json.loads(file.read(_EVENT_LIMIT))
    except (OSError, ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def _dig(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
