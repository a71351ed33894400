"""The JSON report: harmless in a log, the same when read back, and refused when it is anything else."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from typing import Any

import pytest
from hypothesis import given

from algokader_lint.messages import load_messages
from algokader_lint.problem import BaselineUse, Change, Report
from algokader_lint.report.github import render_github
from algokader_lint.report.json_reading import BadReport, read_json
from algokader_lint.report.json_report import render_json
from algokader_lint.report.markdown import MarkdownOptions, render_markdown
from algokader_lint.severity import SEVERITIES
from tests.report.hostile import problem_of, report_of, reports, summary_of
from tests.report.runner import command, lines_of
from tests.sites_in_tests import knowledge

DUTCH = load_messages("nl")


def read(text: str | bytes) -> Report:
    return read_json(text.encode() if isinstance(text, str) else text, knowledge(), DUTCH)


def forms(report: Report) -> list[str]:
    found = []
    for show in SEVERITIES:
        options = MarkdownOptions(messages=DUTCH, links="https://github.com/naam/site/edit/tak/", show=show)
        found.append(render_markdown(report, options))
        found.append(render_github(report, "", token="t", show=show, messages=DUTCH))
    return found


def mended(value: Any) -> Any:
    """A report in which half a surrogate pair, which is no text, is U+FFFD."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, tuple):
        return tuple(map(mended, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{f.name: mended(getattr(value, f.name)) for f in dataclasses.fields(value)})
    return value


@given(reports(most=12))
def test_a_report_says_the_same_when_it_is_read_back(report: Report) -> None:
    text = render_json(report)
    assert text.isascii()
    assert "##[" not in text
    assert not [line for line in lines_of(text) if command(line)]
    assert forms(read(text)) == forms(mended(report))
    for online in (False, True):
        assert read(render_json(dataclasses.replace(report, online=online))).online == online


def document() -> dict[str, Any]:
    problem = dataclasses.replace(problem_of(["tekst"], random.Random(5)), replacements=("a", "b"))
    change = Change(base="main", known=1, repaired=(problem,))
    report = Report((problem,), summary_of([problem]), crashed=False, change=change, baseline=BaselineUse(1, 2))
    found: dict[str, Any] = json.loads(render_json(report))
    return found


def test_a_crash_keeps_its_name() -> None:
    found = document()
    found["findings"][0] |= {"code": "AK000", "name": "iets anders", "help": "https://kwaad.example"}
    report = read(json.dumps(found))
    (problem,) = report.problems
    assert report.crashed
    assert (problem.name, problem.address) == ("regel-mislukt", knowledge().catalogue.home)


def test_names_and_addresses_come_from_the_rules_alone() -> None:
    found = document()
    found["findings"][0] |= {"code": "AK301", "name": "iets anders", "help": "https://kwaad.example"}
    (problem,) = read(json.dumps(found)).problems
    assert problem.name == "onbekende-verwijzing"
    assert problem.address == f"{knowledge().catalogue.home}/rules/verwijzingen/AK301-onbekende-verwijzing.md"


def test_what_is_counted_comes_from_the_findings_alone() -> None:
    found = document()
    found["summary"] |= {"errors": 0, "warnings": 0, "infos": 0, "pack": "streng"}
    summary = read(json.dumps(found)).summary
    assert summary.errors + summary.warnings + summary.infos == 1
    assert summary.pack is None


READ = ["file", "line", "column", "end_line", "end_column", "excerpt", "code", "severity", "message", "in_scope"]
READ += ["advice", "replacements", "snippet", "fingerprint"]


@pytest.mark.parametrize("place", ["findings", "repaired"])
@pytest.mark.parametrize("value", [None, {}, 1.5, [1], "absent"])
def test_a_finding_with_something_missing_or_strange_is_refused(place: str, value: object) -> None:
    whole = json.dumps(document())
    for key in READ:
        found = json.loads(whole)
        finding = (found["findings"] if place == "findings" else found["change"]["repaired"])[0]
        if value == "absent":
            del finding[key]
        else:
            finding[key] = value
        with pytest.raises(BadReport):
            read(json.dumps(found))


@pytest.mark.parametrize(
    "changes",
    [
        *({"version": 2}, {"version": "1"}, {"version": 1.5}, {"findings": {}}, {"summary": []}, {"change": []}),
        *({"baseline": 1}, {"notices": "a"}, {"notices": ["a"] * 21}, {"notices": [1]}, {"summary": {"pages": -1}}),
        *({"baseline": {"known": -1, "stale": 0}}, {"change": {"base": "a", "known": 10**30, "repaired": []}}),
    ],
)
def test_a_document_with_something_strange_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadReport):
        read(json.dumps(document() | changes))


@pytest.mark.parametrize(
    "changes",
    [
        *(
            {"line": 0},
            {"line": -1},
            {"column": 0},
            {"line": 10**20},
            {"line": True},
            {"line": "1"},
            {"severity": "fatal"},
        ),
        *({"code": "AK999"}, {"code": "XX301"}, {"code": "AK301 "}, {"code": ""}, {"advice": ["a"] * 11}),
        *({"replacements": ["a"] * 3}, {"file": 1}, {"in_scope": 1}, {"message": ["a"]}),
    ],
)
def test_a_finding_beyond_what_is_possible_is_refused(changes: dict[str, Any]) -> None:
    found = document()
    found["findings"][0] |= changes
    with pytest.raises(BadReport):
        read(json.dumps(found))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "null",
            "1",
            "[]",
            "{}",
            "{",
            '{"version": 1}',
            "NaN",
            "\ufeff{}",
            "'",
            "{'version': 1}",
            "[" * 100_000,
        ),
        *('{"a":' * 100_000, b"\xff\xfe{", b"\x00", b"PK\x03\x04", '{"version": 1e400}', "1" * 10_000, '"\\ud800"'),
    ],
    ids=lambda text: repr(text)[:20],
)
def test_anything_else_is_no_report(text: str | bytes) -> None:
    with pytest.raises(BadReport):
        read(text)


def test_numbers_that_are_none_are_refused() -> None:
    text = json.dumps(document())
    for number in ("NaN", "Infinity", "1e3", "1.0", "9" * 5_000):
        with pytest.raises(BadReport):
            read(re.sub(r'"known": 1', f'"known": {number}', text, count=1))


def test_half_a_surrogate_pair_can_be_written_all_the_same() -> None:
    report = read(json.dumps(document()).replace('"tekst"', r'"\ud800"'))
    assert report.problems[0].message == "\ud800"
    assert "\\ud800" in "".join(form.encode("utf-8").decode() for form in forms(report))


def test_what_is_too_large_is_refused() -> None:
    found = json.dumps(document())
    with pytest.raises(BadReport):
        read(found + " " * 20_000_000)


@pytest.mark.parametrize("many", ["{}", "1"])
def test_a_list_that_is_too_long_is_refused_before_its_members_are_looked_at(many: str) -> None:
    with pytest.raises(BadReport, match="20000"):
        read('{"version": 1, "findings": [' + f"{many}," * 1_000_000 + f"{many}]}}")


def test_what_is_not_asked_for_changes_nothing() -> None:
    """Keys of a later version; and of two keys that are the same the last one counts, as everywhere."""
    found = document()
    plain = forms(read(json.dumps(found)))
    found |= {"later": {"a": [1]}}
    found["findings"][0] |= {"later": "<b>", "related": 1, "page": 2, "fix": [3]}
    text = json.dumps(found).replace('{"version": 1', '{"version": 2, "notices": 1, "version": 1', 1)
    assert forms(read(text)) == plain


@pytest.mark.parametrize(
    "place", [{"column": 500, "end_column": 600}, {"line": 9, "end_line": 1}, {"column": 9, "end_column": 1, "line": 1}]
)
def test_a_place_that_is_not_there_harms_nothing(place: dict[str, int]) -> None:
    found = document()
    found["findings"][0] |= place
    again = read(json.dumps(found))
    assert len(forms(again)) == 6
    assert (again.problems[0].place.line, again.problems[0].place.column) == (
        found["findings"][0]["line"],
        found["findings"][0]["column"],
    )


def test_a_report_of_a_hostile_change_is_read_however_long_its_texts() -> None:
    report = report_of(["x" * 10_000, "\n" * 3_000], 3, 30)
    assert len(read(render_json(report)).problems) == 30
