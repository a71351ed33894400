"""The check on waivers themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from algokader_lint.checks.options import NoOptions
from algokader_lint.finding import Finding, Placed, Suggestion, WaiverFault


def waiver_fault(faults: Iterable[WaiverFault], options: NoOptions) -> Iterator[Placed]:
    """A waiver is of use, names rules that exist, says why, and has not ended."""
    for fault in faults:
        near = fault.kind == "unknown-rule" and fault.detail
        yield Placed(
            fault.file,
            Finding(
                span=fault.span,
                variant=fault.kind,
                values={"value": fault.value, "detail": fault.detail},
                suggestions=(Suggestion(fault.detail),) if near else (),
                identity=fault.file.source.slice(fault.span) + fault.value,
                fix=fault.fix,
            ),
        )
