"""What a change made worse, and what it mended: problems now, held against those of an earlier state.

Problems are compared by what they say of which page, as multisets; never by line. A page that was moved, renamed or
renumbered keeps its old problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from algokader_lint.content.page import Page
from algokader_lint.content.pairing import Pairs
from algokader_lint.engine.judging import Identity, Judged, identity_of_page
from algokader_lint.severity import SEVERITIES


@dataclass(frozen=True, slots=True)
class Comparison:
    """The problems now that are new, those that are known, and the earlier ones that were repaired."""

    new: list[Judged]
    known: list[Judged]
    repaired: list[Judged]


def compare(now: Sequence[Judged], before: Iterable[Judged], pairs: Pairs) -> Comparison:
    """Compare problems with earlier ones.

    A problem is known when an earlier one of the same identity was at least as grave. An earlier one that has no
    counterpart is repaired, unless its page is gone, or cannot be read any more.
    """
    waiting: dict[Identity, list[Judged]] = {}
    for judged in before:
        waiting.setdefault(_identity_now(judged, pairs), []).append(judged)
    new: list[Judged] = []
    known: list[Judged] = []
    for judged in sorted(now, key=_gravity):
        earlier = waiting.get(judged.identity, [])
        counterpart = max((e for e in earlier if _gravity(e) <= _gravity(judged)), key=_gravity, default=None)
        if counterpart is None:
            new.append(judged)
        else:
            earlier.remove(counterpart)
            known.append(judged)
    graver = {judged.identity for judged in new}
    left = (judged for identity, some in waiting.items() if identity not in graver for judged in some)
    return Comparison(new, known, [judged for judged in left if _lives(judged, pairs)])


def _gravity(judged: Judged) -> int:
    return SEVERITIES.index(judged.problem.severity)


def _identity_now(judged: Judged, pairs: Pairs) -> Identity:
    after = pairs.after(judged.file) if isinstance(judged.file, Page) else None
    return judged.identity if after is None else judged.identity._replace(page=identity_of_page(after))


def _lives(judged: Judged, pairs: Pairs) -> bool:
    """Whether the file of an earlier problem is still there, and still says so much that the problem would show."""
    file = judged.file
    if not isinstance(file, Page):
        return True
    after = pairs.after(file)
    if after is None or after.unreadable:
        return False
    return after.front_matter.fields is not None or file.front_matter.fields is None
