"""Reads a JSON report back, from anyone: what is not a report as this version writes it is refused.

Rules are known by their code alone; names and addresses are looked up again, never taken from the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from algokader_lint.knowledge import Knowledge, Rule
from algokader_lint.problem import BaselineUse, Change, Place, Problem, Report, Summary
from algokader_lint.severity import SEVERITIES, Severity

_SIZE_LIMIT = 16_777_216
"""Largest report that is read, in bytes; 5,000 findings take about 6 MB."""

_Short = Annotated[str, Field(max_length=1_000)]
_Long = Annotated[str, Field(max_length=10_000)]
_Number = Annotated[int, Field(ge=0, le=10_000_000)]


class BadReport(Exception):
    """The file is no report, or not one of this version."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Finding(_Model):
    file: _Short
    line: _Number
    column: _Number
    end_line: _Number
    end_column: _Number
    excerpt: _Short
    code: _Short
    severity: Severity
    message: _Long
    advice: Annotated[list[_Long], Field(max_length=10)]
    replacements: Annotated[list[_Short], Field(max_length=2)]
    snippet: _Long
    fingerprint: _Short


class _Summary(_Model):
    pages: _Number
    suppressed: _Number


class _Change(_Model):
    base: _Short
    known: _Number
    repaired: Annotated[list[_Finding], Field(max_length=20_000)]


class _Baseline(_Model):
    known: _Number
    stale: _Number


class _Document(_Model):
    version: Literal[1]
    findings: Annotated[list[_Finding], Field(max_length=20_000)]
    summary: _Summary
    change: _Change | None
    baseline: _Baseline | None
    notices: Annotated[list[_Short], Field(max_length=20)]


def read_json(data: bytes, knowledge: Knowledge) -> Report:
    """The report in a JSON document. Raises BadReport."""
    if len(data) > _SIZE_LIMIT:
        raise BadReport(f"> {_SIZE_LIMIT} bytes")
    try:
        document = _Document.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise BadReport(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    problems = _problems(document.findings, knowledge)
    counts = {severity: sum(problem.severity == severity for problem in problems) for severity in SEVERITIES}
    return Report(
        problems=problems,
        summary=Summary(
            limited=False,
            pages=document.summary.pages,
            pages_with_errors=len({problem.place.file for problem in problems if problem.severity == "error"}),
            errors=counts["error"],
            warnings=counts["warning"],
            infos=counts["info"],
            suppressed=document.summary.suppressed,
            pack=None,
            scope=None,
        ),
        crashed=False,
        change=_change(document.change, knowledge),
        baseline=_baseline(document.baseline),
        notices=tuple(document.notices),
    )


def _change(change: _Change | None, knowledge: Knowledge) -> Change | None:
    if change is None:
        return None
    return Change(base=change.base, known=change.known, repaired=_problems(change.repaired, knowledge))


def _baseline(baseline: _Baseline | None) -> BaselineUse | None:
    return None if baseline is None else BaselineUse(baseline.known, baseline.stale)


def _problems(findings: Sequence[_Finding], knowledge: Knowledge) -> tuple[Problem, ...]:
    return tuple(_problem(finding, knowledge) for finding in findings)


def _problem(finding: _Finding, knowledge: Knowledge) -> Problem:
    rule = next((rule for rule in knowledge.rules if rule.code == finding.code), None)
    return Problem(
        place=Place(finding.file, finding.line, finding.column, finding.end_line, finding.end_column, finding.excerpt),
        code=rule.code if rule else "AK000",
        name=rule.name if rule else "",
        severity=finding.severity,
        rated=finding.severity,
        message=finding.message,
        help=tuple(finding.advice),
        page_type=None,
        page_key=None,
        field="",
        in_scope=False,
        related=(),
        fingerprint=finding.fingerprint,
        address=knowledge.address(rule) if isinstance(rule, Rule) else knowledge.catalogue.home,
        replacements=tuple(finding.replacements),
        snippet=finding.snippet,
    )
