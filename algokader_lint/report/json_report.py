"""The report for programs; a contract, version 1."""

from __future__ import annotations

import json
from typing import Any

from algokader_lint.problem import Place, Problem, Report

VERSION = 1


def render_json(report: Report) -> str:
    """One JSON object with every problem of every severity; ASCII only, so that it can be printed anywhere."""
    summary = report.summary
    document = {
        "version": VERSION,
        "findings": [_finding(problem) for problem in report.problems],
        "summary": {
            "pages": summary.pages,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "suppressed": summary.suppressed,
            "fixable": 0,
            "pack": summary.pack,
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(problem: Problem) -> dict[str, Any]:
    page = None if problem.page_type is None else {"type": problem.page_type, "key": problem.page_key}
    return {
        **_place(problem.place),
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity,
        "message": problem.message,
        "page": page,
        "related": [
            {
                "file": other.place.file,
                "line": other.place.line,
                "column": other.place.column,
                "message": other.message,
            }
            for other in problem.related
        ],
        "fix": None,
        "fingerprint": problem.fingerprint,
        "help": problem.address,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
