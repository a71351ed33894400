"""Path patterns as git and MkDocs users write them."""

from __future__ import annotations

import re
from functools import cache

_LENGTH_LIMIT = 200
_CROSSING_LIMIT = 3


class BadGlob(ValueError):
    """A pattern is longer, or crosses folders more often, than can be matched in a moment."""


@cache
def compile_glob(pattern: str) -> re.Pattern[str]:
    """A pattern for whole paths with ``/``: ``*`` and ``?`` stay within a folder, ``**`` crosses folders.

    Patterns come from repositories that anyone may send changes to, so matching is bounded: between two stars the
    first place that fits is the only one tried, which never misses a match. Raises BadGlob.
    """
    if len(pattern) > _LENGTH_LIMIT or pattern.count("**") > _CROSSING_LIMIT:
        raise BadGlob(pattern)
    parts = pattern.split("/")
    out: list[str] = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "**":
            out.append(".*" if last else "(?:[^/]+/)*")
        else:
            out.append(_component(part) + ("" if last else "/"))
    return re.compile("".join(out) + r"\Z", re.DOTALL)


def _component(part: str) -> str:
    pieces = [re.escape(piece).replace(r"\?", "[^/]") for piece in re.split(r"\*+", part)]
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, final = pieces
    found = "".join(f"(?>[^/]*?{piece})" for piece in middle if piece)
    return f"{first}{found}[^/]*{final}"
