"""The report for programs; a contract, version 1."""

from __future__ import annotations

import dataclasses
from typing import Any

from algokader_lint.problem import Change, Place, Problem, Repair, Report
from algokader_lint.report.json_text import json_text
from algokader_lint.report.text import EXCERPT_LIMIT

VERSION = 1


def render_json(report: Report) -> str:
    """One JSON object with every problem of every severity."""
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
            "fixable": summary.fixable,
            "pack": summary.pack,
        },
        "change": _change(report.change),
        "baseline": None if report.baseline is None else dataclasses.asdict(report.baseline),
        "notices": list(report.notices),
        "coverage": None if report.coverage is None else dataclasses.asdict(report.coverage),
        "online": report.online,
    }
    return json_text(document)


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "base": change.base,
        "known": change.known,
        "repaired": [_finding(problem) for problem in change.repaired],
    }


def _finding(problem: Problem) -> dict[str, Any]:
    page = None if problem.page_type is None else {"type": problem.page_type, "key": problem.page_key}
    return {
        **_place(problem.place),
        "code": problem.code,
        "name": problem.name,
        "severity": problem.severity,
        "message": problem.message,
        "page": page,
        "in_scope": problem.in_scope,
        "related": [
            {
                "file": other.place.file,
                "line": other.place.line,
                "column": other.place.column,
                "message": other.message,
            }
            for other in problem.related
        ],
        "excerpt": problem.place.excerpt if len(problem.place.excerpt) <= EXCERPT_LIMIT else "",
        "advice": list(problem.help),
        "replacements": list(problem.replacements),
        "snippet": problem.snippet,
        "fix": None if problem.repair is None else _fix(problem.repair),
        "fingerprint": problem.fingerprint,
        "help": problem.address,
    }


def _fix(repair: Repair) -> dict[str, Any]:
    edits = [{**_place(edit.place), "text": edit.text} for edit in repair.edits]
    return {"safe": repair.safe, "edits": edits}


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
