"""What is known of addresses, for programs; a contract, version 1."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from algokader_lint.links.document import DatedReference, LinkPlace, LinkReport, LinkReportEntry
from algokader_lint.report.json_text import json_text
from algokader_lint.report.links.words import in_utc

VERSION = 1


def render_json(report: LinkReport) -> str:
    """One JSON object with every address and every place of it, in an order that does not depend on verdicts.

    A text that does not apply is empty; a number, a time or a severity that does not apply is null.
    """
    return json_text(
        {
            "version": VERSION,
            "urls": [_entry(entry) for entry in sorted(report.entries, key=lambda entry: entry.url)],
            "dated": [_dated(one) for one in sorted(report.dated, key=lambda one: (one.url, one.law, one.day))],
            "offline": report.offline,
            "out_of_time": report.out_of_time,
            "interrupted": report.interrupted,
            "summary": dict(report.summary),
        }
    )


def _entry(entry: LinkReportEntry) -> dict[str, Any]:
    answer = entry.answer
    return {
        "url": entry.url,
        "verdict": answer.verdict,
        "status": answer.status,
        "reason": answer.reason,
        "final_url": answer.final_url,
        "hops": [{"url": hop.url, "status": hop.status} for hop in answer.hops],
        "moved_to": answer.moved_to,
        "checked_at": None if answer.checked_at is None else _moment(answer.checked_at),
        "cached": answer.cached,
        "stale": answer.stale,
        "detail": answer.detail,
        "code": entry.code,
        "severity": entry.severity,
        "places": _places(entry.places),
    }


def _dated(reference: DatedReference) -> dict[str, Any]:
    return {
        "url": reference.url,
        "law": reference.law,
        "day": reference.day.isoformat(),
        "undated": reference.undated,
        "places": _places(reference.places),
    }


def _places(places: Iterable[LinkPlace]) -> list[dict[str, Any]]:
    return [
        {
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "section": place.section,
            "page": place.page,
        }
        for place in sorted(places)
    ]


def _moment(moment: datetime) -> str:
    """A moment in UTC, to the second (RFC 3339, 5.6)."""
    return in_utc(moment).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"
