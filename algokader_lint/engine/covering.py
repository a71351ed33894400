"""Coverage in a run: measured now and before, so that the gate can judge and the report can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from algokader_lint.content.history import Past
from algokader_lint.content.page import TextFile
from algokader_lint.content.site import Site
from algokader_lint.coverage.change import CoverageChange, Fault
from algokader_lint.coverage.comparing import compare_coverage
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.outcome import Labels
from algokader_lint.coverage.plan import Plan
from algokader_lint.coverage.summary import CoverageSummary, summarize


@dataclass(frozen=True, slots=True)
class Question:
    """What to measure, what names mean, and the file of the settings that ask for it."""

    plan: Plan
    labels: Labels
    settings: TextFile | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What a change did to coverage, and where people set what is asked of it."""

    change: CoverageChange
    settings: TextFile


def cover(site: Site, pasts: Sequence[Past], question: Question) -> CoverageSummary:
    """Measure a site now, and held against its pasts.

    Of several pasts, as in a merge, the first is what the change is held against, and a change is to blame for what is
    worse than in each of them.
    """
    now = measure(site, question.plan)
    changes = [compare_coverage(measure(past.site, question.plan), now, past, question.plan) for past in pasts]
    if not changes:
        return summarize(now, question.labels, None)
    first, *others = changes
    known = [{_identity(fault) for fault in change.faults} for change in others]
    faults = tuple(fault for fault in first.faults if all(_identity(fault) in some for some in known))
    return summarize(now, question.labels, replace(first, faults=faults))


def _identity(fault: Fault) -> tuple[str, ...]:
    """What makes two faults the same one, whatever was before."""
    return fault.kind, fault.target, fault.key, fault.field, fault.value if fault.kind == "dangling" else ""
