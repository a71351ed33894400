"""What a change did to coverage, and why the gate stops it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from algokader_lint.coverage.document import (
    Place,
    State,
)

_BETTER: Sequence[State] = ("none", "bulk_only", "specific")
"""States from worst to best."""

FaultKind = Literal["falls", "crowded", "dangling", "emptied", "source-lost", "floor"]
"""Why the gate stops a change: a state that falls, a page that became one that mentions many, a reference to nothing, a
counted target that nothing refers to any more, a page that lost its last source, or a number under its floor.
"""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A graded target whose state, or whose pages that work it out, are not what they were.

    ``before`` is None for a new one, ``after`` for one that is gone. ``was`` is its key before, when that was another.
    ``gained`` and ``lost`` are the pages that work it out now and did not, and those that did. ``misnamed`` are pages
    that still call it by its old key: what it lost by that is due to those references, which now lead nowhere.
    """

    key: str
    was: str | None
    title: str
    before: State | None
    after: State | None
    specific_before: int
    specific_after: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    misnamed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A target whose text the change touches, and the pages that refer to it: does what they say still hold?"""

    key: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetChange:
    """The numbers of a target, before and after: ``total`` and ``covered``, of a graded one worked out or mentioned;
    ``specific`` are those worked out, None for a counted target.
    """

    total: tuple[int, int]
    covered: tuple[int, int]
    specific: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why the gate stops a change.

    ``key`` is a target or page, ``value`` what it was, ``now`` what it is. It is about ``field`` of ``file``, on
    ``line`` when that is known (0: it is not; no file: the settings). ``unreadable`` tells that it came about by a page
    that can no longer be read.
    """

    kind: FaultKind
    target: str = ""
    key: str = ""
    value: str = ""
    now: str = ""
    pages: tuple[str, ...] = ()
    field: str = ""
    file: str = ""
    line: int = 0
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """What became better and worse since ``base``; ``faults`` are what the gate stops.

    ``pages``, ``ok`` and ``traceable`` are numbers of pages of the scope, before and after. ``names`` are the short
    names of pages, by key.
    """

    base: str
    pages: tuple[int, int]
    ok: tuple[int, int]
    traceable: tuple[int, int]
    targets: Mapping[str, TargetChange]
    items: tuple[ItemChange, ...]
    new_dangling: tuple[Place, ...]
    mended: int
    emptied: Mapping[str, tuple[str, ...]]
    filled: Mapping[str, tuple[str, ...]]
    sources_lost: tuple[str, ...]
    sources_gained: tuple[str, ...]
    suspects: tuple[Suspect, ...]
    faults: tuple[Fault, ...]
    names: Mapping[str, str]

    @property
    def nothing(self) -> bool:
        """Whether all is as it was."""
        told = (self.items, self.new_dangling, self.mended, self.sources_lost, self.sources_gained, self.suspects)
        moved = (*self.emptied.values(), *self.filled.values(), self.faults)
        pairs = [self.pages, self.ok, self.traceable]
        for target in self.targets.values():
            pairs += [target.total, target.covered, target.specific or (0, 0)]
        return not any((*told, *moved)) and all(before == after for before, after in pairs)


def step(change: ItemChange) -> int:
    """Whether a target is better off (1), worse off (-1) or neither (0): new, gone, or said not to apply."""
    if change.before not in _BETTER or change.after not in _BETTER:
        return 0
    before, after = _BETTER.index(change.before), _BETTER.index(change.after)
    return (after > before) - (after < before)
