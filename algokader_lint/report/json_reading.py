"""Reads a JSON report back, from anyone: what is not a report as this version writes it is refused.

Rules are known by their code alone; names and addresses are looked up again, never taken from the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from algokader_lint.coverage.summary import CoverageSummary
from algokader_lint.engine.judging import CRASH_CODE
from algokader_lint.knowledge import Knowledge, Rule
from algokader_lint.messages import Messages, clip
from algokader_lint.problem import BaselineUse, Change, Place, Problem, Report, Summary
from algokader_lint.severity import Severity

REPORT_LIMIT = 16_777_216
"""Largest report that is read, in bytes; 5,000 findings take about 6 MB."""
_LIST_LIMIT = 20_000

_Count = Annotated[int, Field(ge=0, le=10_000_000)]
_Position = Annotated[int, Field(ge=1, le=10_000_000)]


class BadReport(Exception):
    """The file is no report, or not one of this version."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _Finding(_Model):
    file: str
    line: _Position
    column: _Position
    end_line: _Position
    end_column: _Position
    excerpt: str
    code: str
    severity: Severity
    message: str
    in_scope: bool
    advice: Annotated[list[str], Field(max_length=10)]
    replacements: Annotated[list[str], Field(max_length=2)]
    snippet: str
    fingerprint: str


class _Summary(_Model):
    pages: _Count
    suppressed: _Count
    fixable: _Count


class _Change(_Model):
    base: str
    known: _Count
    repaired: Annotated[list[_Finding], Field(max_length=_LIST_LIMIT)]


class _Baseline(_Model):
    known: _Count
    stale: _Count


class _Document(_Model):
    version: Literal[1]
    findings: Annotated[list[_Finding], Field(max_length=_LIST_LIMIT)]
    summary: _Summary
    change: _Change | None
    baseline: _Baseline | None
    notices: Annotated[list[str], Field(max_length=20)]
    coverage: dict[str, Any] | None
    online: bool = False


def read_json(data: bytes, knowledge: Knowledge, messages: Messages) -> Report:
    """The report in a JSON document. Raises BadReport."""
    if len(data) > REPORT_LIMIT:
        raise BadReport(f"> {REPORT_LIMIT} bytes")
    try:
        # Parsed first: so a list that is too long is refused before its members are looked at.
        document = _Document.model_validate(json.loads(data))
    except ValidationError as error:
        raise BadReport(_first(error)) from None
    except (ValueError, RecursionError) as error:
        raise BadReport(str(error)) from None
    reading = _Reading({rule.code: rule for rule in knowledge.rules}, knowledge, messages)
    problems = reading.problems(document.findings)
    change = document.change
    return Report(
        problems=problems,
        summary=_summary(document.summary, problems),
        crashed=any(problem.code == CRASH_CODE for problem in problems),
        change=None if change is None else reading.change(change),
        baseline=None if document.baseline is None else BaselineUse(document.baseline.known, document.baseline.stale),
        notices=tuple(document.notices),
        coverage=None if document.coverage is None else _coverage(document.coverage),
        online=document.online,
    )


def _coverage(document: Mapping[str, Any]) -> CoverageSummary:
    """The numbers of coverage, whose names must mean something."""
    try:
        found = TypeAdapter(CoverageSummary).validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        raise BadReport(_first(error)) from None
    change = found.change
    named = {found.target}
    if change is not None:
        named |= {*change.targets, *change.filled, *(fault.target for fault in change.faults if fault.target)}
    if not named <= set(found.labels.types):
        raise BadReport("coverage.labels.types")
    return found


def _first(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _summary(summary: _Summary, problems: Sequence[Problem]) -> Summary:
    counts = Counter(problem.severity for problem in problems)
    return Summary(
        limited=False,
        pages=summary.pages,
        pages_with_errors=len({problem.place.file for problem in problems if problem.severity == "error"}),
        errors=counts["error"],
        warnings=counts["warning"],
        infos=counts["info"],
        suppressed=summary.suppressed,
        fixable=summary.fixable,
        pack=None,
        scope=None,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the codes in a report stand for."""

    rules: Mapping[str, Rule]
    knowledge: Knowledge
    messages: Messages

    def problems(self, findings: Sequence[_Finding]) -> tuple[Problem, ...]:
        return tuple(self._problem(finding) for finding in findings)

    def change(self, change: _Change) -> Change:
        return Change(base=change.base, known=change.known, repaired=self.problems(change.repaired))

    def _problem(self, finding: _Finding) -> Problem:
        name, address = self._rule(finding.code)
        start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
        return Problem(
            place=Place(finding.file, *start, *max(start, end), finding.excerpt),
            code=finding.code,
            name=name,
            severity=finding.severity,
            rated=finding.severity,
            message=finding.message,
            help=tuple(finding.advice),
            page_type=None,
            page_key=None,
            field="",
            in_scope=finding.in_scope,
            related=(),
            fingerprint=finding.fingerprint,
            address=address,
            replacements=tuple(finding.replacements),
            snippet=finding.snippet,
        )

    def _rule(self, code: str) -> tuple[str, str]:
        """The name of a rule and the address of its page."""
        rule = self.rules.get(code)
        if rule is not None:
            return rule.name, self.knowledge.address(rule)
        if code == CRASH_CODE:
            return self.messages("crash.name"), self.knowledge.catalogue.home
        raise BadReport(self.messages("error.unknown_rule", name=clip(code)))
