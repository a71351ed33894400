"""Which bracket of a text belongs to which, as Markdown reads them: one behind a backslash is a character as others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKS = re.compile(r"\\.|[\[\]()]", re.DOTALL)
_OPENING = {"]": "[", ")": "("}


@dataclass(frozen=True, slots=True)
class BracketPairs:
    """Offsets of brackets: those that ``end`` at another, and where those ``start`` that end here.

    ``marks`` are all brackets, in order, with their places; one without a partner is in neither of the two.
    """

    marks: list[tuple[int, str]] = field(default_factory=list)
    end: dict[int, int] = field(default_factory=dict)
    start: dict[int, int] = field(default_factory=dict)


def bracket_pairs(text: str) -> BracketPairs:
    """The pairs of square brackets, and those of parentheses, each apart from the other."""
    found = BracketPairs()
    opened: dict[str, list[int]] = {"[": [], "(": []}
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        if mark[0] == "\\":
            continue
        found.marks.append((at, mark))
        if mark in opened:
            opened[mark].append(at)
        elif opened[_OPENING[mark]]:
            start = opened[_OPENING[mark]].pop()
            found.end[start], found.start[at] = at, start
    return found
