"""What a report is made of: problems with a place, a code and words, and their summary."""

from __future__ import annotations

from dataclasses import dataclass

from algokader_lint.coverage.summary import CoverageSummary
from algokader_lint.severity import Severity


@dataclass(frozen=True, slots=True)
class Place:
    """A range in a file as an editor counts: lines and columns from 1, columns in code points, ends exclusive.

    ``excerpt`` is the text of the first line.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """Another place that explains a problem, and what is there."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """Text to write in a place."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What repairs a problem without anybody having to choose. One that is not ``safe`` needs a person's eye."""

    edits: tuple[PlacedEdit, ...]
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, in words, at a place.

    The rule ``rated`` it; ``severity`` is what settings make of that. ``help`` says what to do; ``address`` is where
    the rule's page can be read; ``field`` is the front matter field, section or directive it is about;
    ``fingerprint`` stays the same when lines move. ``replacements`` may be written in the place of what is marked;
    ``snippet`` is text to add, ready to copy; ``repair`` is what the program can write by itself.
    """

    place: Place
    code: str
    name: str
    severity: Severity
    rated: Severity
    message: str
    help: tuple[str, ...]
    page_type: str | None
    page_key: str | None
    field: str
    in_scope: bool
    related: tuple[RelatedPlace, ...]
    fingerprint: str
    address: str
    replacements: tuple[str, ...] = ()
    snippet: str = ""
    repair: Repair | None = None


@dataclass(frozen=True, slots=True)
class FailingPage:
    """A page the pack is about that has errors: its short name and the fields they are in."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeSummary:
    """How the pages that the pack is about fare; ``label`` names the topic, ``pages_label`` the pages."""

    label: str
    pages_label: str
    pages: int
    failing: tuple[FailingPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts over the whole report.

    ``limited`` tells that only a part of the site is reported; ``pages`` are those of that part. ``fixable`` of the
    problems have a safe repair. ``pack`` is the last pack that the site satisfies, None when none.
    """

    limited: bool
    pages: int
    pages_with_errors: int
    errors: int
    warnings: int
    infos: int
    suppressed: int
    fixable: int
    pack: str | None
    scope: ScopeSummary | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a change did, when the report is about a change.

    ``base`` names what the site is compared with; ``known`` are the problems that were there before, and are not
    reported; ``repaired`` those that are there no more, at the places where they were.
    """

    base: str
    known: int
    repaired: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """What a baseline file did: how many problems it ``known`` and left out, how many of its entries are ``stale``."""

    known: int
    stale: int


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run. ``crashed`` tells that a check failed, so that something may have been missed.

    ``online`` tells that the addresses that are reported on were all asked for, or are known from a check before.
    ``coverage`` is None when it was not measured. ``notices`` are things that a reader must know and that no page is to
    blame for, each one sentence.
    """

    problems: tuple[Problem, ...]
    summary: Summary
    crashed: bool
    change: Change | None = None
    baseline: BaselineUse | None = None
    notices: tuple[str, ...] = ()
    coverage: CoverageSummary | None = None
    online: bool = False
