"""What GitHub Actions says of a run, by its environment; nothing of it is believed to be well-formed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

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

    None when there is no such branch: outside of Actions, in a merge queue, for a tag, or when the fork is gone.
    """
    if not in_actions(environment):
        return None
    server = environment.get("GITHUB_SERVER_URL", "")
    event = _event(environment)
    if "pull_request" in event:
        head = _dig(event, "pull_request", "head")
        repository, branch = _dig(head, "repo", "full_name"), _dig(head, "ref")
    elif "workflow_run" in event:
        run = event["workflow_run"]
        repository, branch = _dig(run, "head_repository", "full_name"), _dig(run, "head_branch")
    elif environment.get("GITHUB_REF_TYPE") == "branch" and "merge_group" not in event:
        repository, branch = environment.get("GITHUB_REPOSITORY"), environment.get("GITHUB_REF_NAME")
    else:
        return None
    if not server.startswith("https://") or not isinstance(repository, str) or not isinstance(branch, str):
        return None
    return f"{server}/{quote(repository)}/edit/{quote(branch)}/" if repository and branch else None


def _event(environment: Mapping[str, str]) -> dict[str, Any]:
    try:
        with open(environment.get("GITHUB_EVENT_PATH", ""), "rb") as file:
            event = json.loads(file.read(_EVENT_LIMIT))
    except (OSError, ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _dig(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
