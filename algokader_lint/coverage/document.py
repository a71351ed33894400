"""What was measured: one document, whose JSON form has the same names. Every renderer reads it and nothing else.

A ``key`` is what other pages refer to a page by, ``name`` the same in short; ``id`` is the value of its unique field.
``file`` is relative to the root, lines count from 1. Names of targets, groups and frameworks are the definition's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is called date
from typing import Literal

State = Literal["specific", "bulk_only", "none", "waived"]
"""How a graded target fares: worked out, only mentioned by a page that mentions many, not mentioned, does not apply."""

ListProblem = Literal["undefined", "absent", "unreadable", "columns", "not_in_it"]
"""Why it is not known which codes a framework has: no file is defined that lists them, it does not exist, it cannot be
read, it lacks a column, or it says nothing of this framework.
"""

VERSION = 1

_KINDS: Mapping[str, str] = {
    "ok": "alive",
    "moved": "alive",
    "fragment": "alive",
    "dead": "dead",
    "invalid": "dead",
    "unsafe": "dead",
    "suspect": "suspect",
    "tls": "suspect",
    "unchecked": "unchecked",
}
"""What the verdicts of the link check come to; the others say that it is not known."""


@dataclass(frozen=True, slots=True)
class ScopeOf:
    """The pages that were looked at: ``pages`` of them. ``value`` is None when it is all of the type."""

    type: str
    field: str
    value: str | None
    pages: int


@dataclass(frozen=True, slots=True)
class References:
    """What a page refers to in one field: ``ok`` living targets, ``keys``; ``bulk`` tells that they are too many."""

    ok: int
    dangling: tuple[str, ...]
    bulk: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceUrl:
    """An address that a page names as a source, its line, and what is known of it (``unchecked``: nothing)."""

    url: str
    line: int
    verdict: str

    @property
    def kind(self) -> str:
        """What the verdict comes to: ``alive``, ``dead``, ``suspect``, ``unchecked``, or else ``unknown``."""
        return _KINDS.get(self.verdict, "unknown")


@dataclass(frozen=True, slots=True)
class PageSources:
    """The sources of a page, counted. ``checked_at`` is the oldest day on which one of its addresses was checked."""

    external: int
    internal: int
    codes: int
    declared_none: bool
    dead: int
    suspect: int
    unknown: int
    unchecked: int
    checked_at: str | None
    line: int
    urls: tuple[SourceUrl, ...]


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the scope. ``ok``: it refers to what exists, in every field to something, and has a source or says
    that there is none.
    """

    key: str
    name: str
    id: str | None
    title: str
    file: str
    ok: bool
    references: Mapping[str, References]
    sources: PageSources


@dataclass(frozen=True, slots=True)
class GradedItem:
    """A page that is referred to: by which pages of the scope, and by which ``elsewhere`` that would work it out.

    ``groups`` are the keys of the groups it is in, by group.
    """

    key: str
    name: str
    id: str | None
    title: str
    file: str
    state: State
    specific: tuple[str, ...]
    bulk: tuple[str, ...]
    elsewhere: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GradedTarget:
    """How the pages of a type fare: ``total`` is the sum of the four numbers behind it."""

    total: int
    specific: int
    bulk_only: int
    none: int
    waived: int
    items: tuple[GradedItem, ...]


@dataclass(frozen=True, slots=True)
class CountedItem:
    """A page that is referred to, by ``count`` pages of the scope."""

    key: str
    title: str
    file: str
    count: int
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedTarget:
    """How many pages of a type are referred to at all."""

    total: int
    covered: int
    items: tuple[CountedItem, ...]


Target = GradedTarget | CountedTarget


@dataclass(frozen=True, slots=True)
class Grid:
    """How many pages of the scope refer to both a row and a column, which name targets."""

    rows: str
    columns: str
    row_keys: tuple[str, ...]
    column_keys: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class SourcesOf:
    """How many pages of the scope have a source, and which say that there is none, or say nothing."""

    pages: int
    traceable: int
    without: tuple[str, ...]
    declared_none: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A value in the front matter of a page of the scope."""

    page: str
    field: str
    value: str
    line: int
    file: str


@dataclass(frozen=True, slots=True)
class SingleCarrier:
    """A target that one page alone works out."""

    target: str
    page: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """How the graded targets of one group fare."""

    key: str
    total: int
    specific: int
    bulk_only: int
    none: int
    waived: int


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A target that does not apply, as people decided.

    ``standing``: ``in_force``; ``ended``; ``stale``, for a page works it out after all; ``unknown``, for it does not
    exist. Only one in force counts.
    """

    key: str
    reason: str
    owner: str
    date: Date | None
    until: Date | None
    standing: Literal["in_force", "ended", "stale", "unknown"]


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page that could be written to work out the target ``key``: its ``file``, ``id`` and ``text``."""

    key: str
    id: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class FrameworkCode:
    """A code of a framework and the pages of the whole site that name it; ``known`` is False for one it lacks."""

    code: str
    text: str
    known: bool
    pages: tuple[str, ...]
    in_scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """The codes of a framework. ``listed``: whether the content repository says, in ``file``, which codes there are;
    ``problem`` is why not. ``file`` is empty when no such file is defined.
    """

    name: str
    title: str
    file: str
    listed: bool
    problem: ListProblem | None
    codes: tuple[FrameworkCode, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole document. ``ranking`` are the gaps, the worst first, by key."""

    version: int
    revision: str | None
    scope: ScopeOf
    pages: tuple[PageRow, ...]
    bulk_limit: int
    targets: Mapping[str, Target]
    grid: Grid | None
    sources: SourcesOf
    sensitivity: tuple[tuple[int | None, int], ...]
    dangling: tuple[Place, ...]
    duplicates: tuple[Place, ...]
    single_carriers: tuple[SingleCarrier, ...]
    identical_lists: tuple[tuple[str, ...], ...]
    groups: Mapping[str, tuple[GroupRow, ...]]
    waivers: tuple[WaiverRow, ...]
    ranking: tuple[str, ...]
    drafts: tuple[DraftPage, ...]
    frameworks: tuple[Framework, ...]

    @property
    def graded(self) -> GradedTarget:
        """The target that the headline is about."""
        return next(target for target in self.targets.values() if isinstance(target, GradedTarget))

    @property
    def graded_name(self) -> str:
        """What that target is called."""
        return next(name for name, target in self.targets.items() if isinstance(target, GradedTarget))


def percentage(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in percent, one decimal; None of nothing, for that is neither 0 nor 100."""
    return None if whole <= 0 else round(100 * part / whole, 1)


def keys_of(rows: Sequence[PageRow]) -> tuple[str, ...]:
    """The keys of pages, in order."""
    return tuple(row.key for row in rows)
