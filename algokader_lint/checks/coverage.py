"""The gate of coverage: a change does not make it worse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.page import Page, TextFile
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.content.tree import display_path
from algokader_lint.coverage.change import CoverageChange, Fault
from algokader_lint.finding import Finding, Placed

_FLOORS = re.compile(r"^[ \t]*(?:\[(?:tool\.algokader-lint\.)?coverage\.floors\]|floors[ \t]*=)", re.MULTILINE)


def coverage_gate(site: Site, change: CoverageChange, settings: TextFile, options: NoOptions) -> Iterator[Placed]:
    """What the gate stops. What is due to a page that cannot be read is left to the check that tells of that page."""
    pages = {display_path(page.path): page for page in site.pages}
    for fault in change.faults:
        if fault.unreadable:
            continue
        page = pages.get(fault.file)
        file = page if page is not None else settings
        yield Placed(
            file,
            Finding(
                span=_span(page, fault) if page is not None else _floors(settings),
                field=fault.field,
                variant=_variant(fault),
                values={
                    "value": fault.value if fault.kind == "dangling" else fault.key,
                    "pages": ", ".join(change.names.get(key, key) for key in fault.pages),
                    "topic": (site.scope.value if site.scope else None) or "",
                    "target": fault.target,
                    "before": fault.value,
                    "now": fault.now,
                },
                identity=_identity(fault),
            ),
        )


def _identity(fault: Fault) -> str:
    what = fault.value if fault.kind == "dangling" else fault.target
    return f"{fault.kind} {what} {fault.key}"


def _variant(fault: Fault) -> str:
    """The case of a rule that a fault is."""
    return f"{fault.kind}-{fault.now}" if fault.kind in ("falls", "source-lost") and fault.now else fault.kind


def _span(page: Page, fault: Fault) -> Span:
    """The line, else the field, else the start of a page."""
    if fault.line:
        start = page.source.line_starts[fault.line - 1]
        return Span(start, start + len(page.source.line(fault.line)))
    node = page.front_matter.get(fault.field)
    return page.front_matter.opening if node is None else node.span


def _floors(settings: TextFile) -> Span:
    match = _FLOORS.search(settings.source.text)
    return Span(*match.span()) if match is not None else NOWHERE
