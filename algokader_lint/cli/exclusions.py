"""The addresses that markdown-link-check leaves alone, out of its settings file, for our own settings.

The file is of a repository that anyone may send changes to: nothing of it is believed to be well-formed.
Source of its form: https://github.com/tcort/markdown-link-check#config-file-format
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from algokader_lint.config import ADDRESS_LENGTH, ADDRESSES_LIMIT, compile_address

FILE_NAME = "mlc_config.json"
_SIZE_LIMIT = 262_144
_ANSWERS = ("httpHeaders", "aliveStatusCodes")
_SCHEMES = ("http://", "https://")
_NOT_THIS = re.compile(r"\^\(\?!([^()\\$]+)\)")


class BadExclusions(Exception):
    """The file cannot be used."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pattern that is not carried over, and the message that says why."""

    pattern: str
    why: str


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Patterns of addresses, those that are of no use to us, and what the file says of refused answers (its keys)."""

    patterns: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    answers: tuple[str, ...]


def read_exclusions(data: bytes) -> Exclusions:
    """What a settings file of markdown-link-check excludes. Raises BadExclusions."""
    if len(data) > _SIZE_LIMIT:
        raise BadExclusions
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise BadExclusions from None
    entries = document.get("ignorePatterns", []) if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise BadExclusions
    patterns: list[str] = []
    left_out: list[LeftOut] = []
    for number, entry in enumerate(entries):
        pattern = entry.get("pattern") if isinstance(entry, dict) else None
        name = pattern if isinstance(pattern, str) else f"ignorePatterns[{number}]"
        why = _fault(pattern)
        if why is None and name not in patterns:
            if len(patterns) < ADDRESSES_LIMIT:
                patterns.append(name)
                continue
            why = "exclusions.too_many"
        if why is not None:
            left_out.append(LeftOut(name, why))
    return Exclusions(tuple(patterns), tuple(left_out), tuple(key for key in _ANSWERS if document.get(key)))


def _fault(pattern: Any) -> str | None:
    """The message that says why a pattern cannot be carried over; None when it can."""
    if not isinstance(pattern, str) or not pattern.isprintable() or not pattern:
        return "exclusions.no_text"
    if len(pattern) > ADDRESS_LENGTH:
        return "exclusions.too_long"
    try:
        compile_address(pattern)
    except ValueError:
        return "exclusions.unreadable"
    return None if may_match(pattern) else "exclusions.no_address"


def may_match(pattern: str) -> bool:
    """Whether a regular expression may be found in some http(s) address; False only when that is certain.

    Certain are two usual forms: the beginning, fixed by ``^``, is not that of such an address; or the pattern says
    ``^(?!https?://)``.
    """
    if not pattern.startswith("^") or "|" in pattern:
        return True
    denied = _NOT_THIS.match(pattern)
    if denied and pattern[denied.end() : denied.end() + 1] not in tuple("*?{"):
        return not _begins_all(denied[1])
    literal, whole = _literal_beginning(pattern[1:])
    if whole:
        return literal.startswith(_SCHEMES)
    return any(scheme.startswith(literal) or literal.startswith(scheme) for scheme in _SCHEMES)


def _begins_all(pattern: str) -> bool:
    """Whether every address begins as a pattern says."""
    try:
        return all(compile_address(pattern).match(scheme) for scheme in _SCHEMES)
    except ValueError:
        return False


def _literal_beginning(pattern: str) -> tuple[str, bool]:
    """The characters that a match begins with, in lower case; and whether that is all of it."""
    literal = ""
    while pattern:
        token = re.match(r"\\([^\w\s])|([^\\^$.|?*+()\[\]{}])", pattern)
        if token is None:
            break
        following = pattern[token.end() : token.end() + 1]
        if following in ("*", "?", "{"):
            break
        literal += (token[1] or token[2]).lower()
        if following == "+":
            break
        pattern = pattern[token.end() :]
    return literal, pattern == "$"
