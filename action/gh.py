"""The GitHub API by way of ``gh``, for the steps that write there. What it answers is read as data, never believed."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from algokader_lint.report.text import printable

BOT = "github-actions[bot]"
"""Who writes with the token of a workflow."""

_ANSWER_LIMIT = 33_554_432
"""Longest answer of the API that is read, in bytes."""
_SHOWN = 500


class Nothing(Exception):
    """There is nothing to do: why, in Dutch and in English."""


class Failure(Exception):
    """It cannot be done: why, in Dutch and in English."""


def conclude(step: Callable[[], tuple[str, str]], language: str | None) -> int:
    """Do what a step is for, which says in Dutch and in English what came of it; tell that in one line.

    0 when all is as it should be or there is nothing to do, 2 when it cannot be done.
    """
    try:
        outcome, level, code = step(), "notice", 0
    except Nothing as nothing:
        outcome, level, code = nothing.args, "notice", 0
    except Failure as failure:
        outcome, level, code = failure.args, "error", 2
    except Exception as error:
        show(f"{type(error).__name__}: {error}")
        outcome, level, code = ("er gaat iets mis in deze stap zelf", "something goes wrong in this step"), "error", 2
    print(f"::{level} title=algokader-lint::{outcome[1] if language == 'en' else outcome[0]}")
    return code


def get(address: str, query: Mapping[str, str]) -> Any:
    """What the API answers. The query goes by ``--raw-field``: gh reads a file when a ``--field`` begins with ``@``."""
    fields = [word for name, value in query.items() for word in ("--raw-field", f"{name}={value}")]
    data = gh("--method", "GET", address, *fields)
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise Failure("GitHub geeft een onleesbaar antwoord", "GitHub gives an unreadable answer") from None


def gh(*arguments: str, limit: int = _ANSWER_LIMIT) -> bytes:
    """What ``gh api`` prints, when it is no more than ``limit`` bytes. Raises Failure."""
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(["gh", "api", *arguments], stdout=subprocess.PIPE, stderr=errors) as process,
    ):
        data = process.stdout.read(limit + 1) if process.stdout else b""
        if len(data) > limit:
            process.kill()
            raise Failure(f"GitHub stuurt meer dan {limit} bytes", f"GitHub sends more than {limit} bytes")
        if process.wait() != 0:
            errors.seek(0)
            show(errors.read(_SHOWN).decode("utf-8", "replace"))
            raise Failure("GitHub weigert een vraag van deze stap", "GitHub refuses a request of this step")
    return data


def by_bot(item: Mapping[str, Any]) -> bool:
    """Whether an issue or a comment was written with the token of a workflow."""
    return {name: dig(item, "user", name) for name in ("login", "type")} == {"login": BOT, "type": "Bot"}


def items(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing when it is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def dig(value: Any, *keys: str) -> Any:
    """What is at the end of a path of keys; None when there is nothing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def is_number(value: Any) -> TypeGuard[int]:
    """Whether it can be the number of something at GitHub."""
    return type(value) is int and value > 0


def show(text: str) -> None:
    """What another program said, as text that can be no command to the runner."""
    for line in text[:_SHOWN].splitlines():
        print(f"| {printable(line)}")
