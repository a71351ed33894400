"""Which addresses belong together in a report, and which of them a reader has to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from algokader_lint.links.answer import VERDICTS, Reason, VerdictName
from algokader_lint.links.document import DatedReference, LinkReport, LinkReportEntry
from algokader_lint.severity import SEVERITIES, Severity

Kind = VerdictName | Literal["unchecked", "excluded"]
"""A verdict; that nothing is known is told apart by whether somebody tried, and whether that was wanted."""
KINDS: tuple[Kind, ...] = (*VERDICTS[:-1], "unchecked", "excluded", VERDICTS[-1])
_UNCHECKED: frozenset[Reason] = frozenset({"not-reached", "offline", "not-checked"})
_UNRATED: dict[Kind, Severity] = {
    "dead": "error",
    "invalid": "error",
    "unsafe": "error",
    "suspect": "warning",
    "moved": "warning",
    "tls": "warning",
    "fragment": "info",
}
"""How much a verdict matters when no rule says so. What is not here is nobody's to repair."""


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses of one kind of which the same rule speaks, or none; those with most places first.

    ``listed`` tells that each of them deserves to be looked at; others are only counted.
    """

    kind: Kind
    severity: Severity | None
    code: str
    address: str
    entries: tuple[LinkReportEntry, ...]

    @property
    def listed(self) -> bool:
        """Whether a reader has something to do."""
        return self.kind in _UNRATED or self.severity in ("error", "warning")

    @property
    def advice(self) -> tuple[str, ...]:
        """What holds for each of the addresses."""
        first, *others = (entry.help for entry in self.entries)
        return tuple(advice for advice in first if all(advice in other for other in others))


def kind_of(entry: LinkReportEntry) -> Kind:
    """What an entry is counted as."""
    answer = entry.answer
    if answer.verdict == "unknown" and answer.reason in _UNCHECKED:
        return "unchecked"
    return "excluded" if answer.verdict == "unknown" and answer.reason == "excluded" else answer.verdict


def weight(entry: LinkReportEntry) -> Severity | None:
    """How much it matters what is known of an address; None when there is nothing to repair."""
    return entry.severity or _UNRATED.get(kind_of(entry))


def groups(report: LinkReport) -> list[Group]:
    """All addresses, what harms a reader most first."""
    found: dict[tuple[int, int, str], list[LinkReportEntry]] = defaultdict(list)
    for entry in report.entries:
        rank = len(SEVERITIES) if entry.severity is None else SEVERITIES.index(entry.severity)
        found[KINDS.index(kind_of(entry)), rank, entry.code].append(entry)
    return [_group(found[key]) for key in sorted(found)]


def _group(entries: Sequence[LinkReportEntry]) -> Group:
    first = entries[0]
    ordered = tuple(sorted(entries, key=lambda entry: (-len(entry.places), entry.url)))
    return Group(kind_of(first), first.severity, first.code, first.address, ordered)


def laws(report: LinkReport) -> list[tuple[str, list[DatedReference]]]:
    """The references to a law as it was on a day, by law; the oldest first, and so is the law that has it."""
    found: dict[str, list[DatedReference]] = defaultdict(list)
    for reference in sorted(report.dated, key=lambda one: (one.day, one.law, one.url)):
        found[reference.law].append(reference)
    return list(found.items())
