"""How much a problem matters."""

from __future__ import annotations

from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def at_least(severity: Severity, bar: Severity) -> bool:
    """Whether ``severity`` is ``bar`` or worse."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(bar)
