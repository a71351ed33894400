"""Coverage in a few numbers, and what a change did to it: what a report of findings tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from algokader_lint.coverage.change import CoverageChange
from algokader_lint.coverage.document import Coverage
from algokader_lint.coverage.outcome import Labels


@dataclass(frozen=True, slots=True)
class CoverageSummary:
    """The numbers of the graded target, which is called ``target``; ``change`` is None when nothing is compared."""

    target: str
    labels: Labels
    total: int
    specific: int
    bulk_only: int
    none: int
    waived: int
    change: CoverageChange | None


def summarize(coverage: Coverage, labels: Labels, change: CoverageChange | None) -> CoverageSummary:
    """What there is to tell in a few words."""
    graded = coverage.graded
    return CoverageSummary(
        target=coverage.graded_name,
        labels=labels,
        total=graded.total,
        specific=graded.specific,
        bulk_only=graded.bulk_only,
        none=graded.none,
        waived=graded.waived,
        change=change,
    )
