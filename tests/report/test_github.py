"""The annotations, read back as the runner reads them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.messages import load_messages
from algokader_lint.problem import Problem, Report
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.github import render_github
from algokader_lint.report.text import Style, printable
from algokader_lint.severity import SEVERITIES, Severity, at_least
from tests.report.hostile import problem_of, report_of, reports, summary_of
from tests.report.runner import Command, commands

DUTCH = load_messages("nl")
TOKEN = "0123456789abcdef0123456789abcdef"
LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def console(report: Report, *, colour: bool = False) -> str:
    options = ConsoleOptions(messages=DUTCH, style=Style(colour=colour), lines=None, show="info")
    return render_console(report, options)


def annotate(report: Report, show: Severity = "info", normal: str = "") -> str:
    return render_github(report, normal, token=TOKEN, show=show, messages=DUTCH)


def meant(problem: Problem) -> Command:
    """What the runner must understand of a problem."""
    place = problem.place
    file = printable(place.file)
    where = {
        "file": f"./{file}" if file.startswith("=") else file,
        "line": str(place.line),
        "endLine": str(place.end_line),
        "title": f"{problem.code} {problem.name}",
    }
    if place.line == place.end_line:
        where |= {"col": str(place.column), "endColumn": str(max(place.column, place.end_column - 1))}
    lines = [printable(text)[:600] for text in (problem.message, *problem.help, problem.address)]
    return Command(LEVELS[problem.severity], {name: value for name, value in where.items() if value}, "\n".join(lines))


def listed(some: list[Command]) -> Counter[str]:
    return Counter(f"{c.name} {sorted(c.properties.items())} {c.data}" for c in some)


@given(reports(most=30), st.sampled_from(SEVERITIES), st.booleans())
def test_the_runner_understands_what_is_meant(report: Report, show: Severity, colour: bool) -> None:
    normal = console(report, colour=colour)
    (stop, *done), printed = commands(annotate(report, show, normal))
    assert (stop.name, stop.data) == ("stop-commands", TOKEN)
    assert printed == normal.rstrip("\n").split("\n")
    own = [command for command in done if command.properties == {"title": "algokader-lint"}]
    annotations = [command for command in done if command not in own]
    assert listed(annotations) <= listed([meant(problem) for problem in report.problems])
    assert max(Counter(command.name for command in done).values(), default=0) <= 10
    told = [command.data for command in own]
    notices = [printable(notice)[:600] for notice in report.notices][:9]
    assert told[: len(notices)] == notices
    shown = [problem for problem in report.problems if at_least(problem.severity, show)]
    left_out = len(shown) - len(annotations)
    assert told[len(notices) :] == ([DUTCH.count("github.left_out", left_out)] if left_out else [])
    for severity in SEVERITIES:
        number = sum(problem.severity == severity for problem in shown)
        room = 10 if severity != "info" else 9 - len(notices)
        level = [command for command in annotations if command.name == LEVELS[severity]]
        assert len(level) == min(number, room)
    assert [LEVELS[s] for s in SEVERITIES if any(c.name == LEVELS[s] for c in annotations)] == list(
        dict.fromkeys(command.name for command in annotations)
    )


def test_nothing_in_the_normal_report_is_a_command() -> None:
    for seed in range(40):
        dice = random.Random(seed)
        texts = ["::error::x", "##[error]x", "##", "#", "[error]x", " ::x::", "#[", "a::b", TOKEN, f"::{TOKEN}::"]
        report = report_of(dice.sample(texts, 4), seed, 5)
        done, printed = commands(annotate(report, normal=console(report)))
        assert {command.name for command in done} <= {"stop-commands", "error", "warning", "notice"}
        assert commands("\n".join(printed)) == ([], [])


@given(st.lists(st.tuples(st.sampled_from("ABCDEFGHIJKLM"), st.sampled_from("abcdefgh")), max_size=40))
def test_annotations_are_spread_over_rules_and_files(found: list[tuple[str, str]]) -> None:
    plain = problem_of([""], random.Random(1))
    problems = tuple(
        replace(plain, code=code, name="", severity="error", place=replace(plain.place, file=file))
        for code, file in found
    )
    report = Report(problems, summary_of(problems), crashed=False)
    done, _ = commands(annotate(report))
    pairs = [(c.properties["title"].strip(), c.properties["file"]) for c in done if "file" in c.properties]
    assert len(pairs) == min(len(found), 10)
    rules, waiting = Counter(code for code, _ in pairs), Counter(found) - Counter(pairs)
    for code, _ in waiting:
        assert rules[code] >= max(rules.values()) - 1  # no rule gets a place more while another waits


def test_annotations_of_one_rule_are_spread_over_files() -> None:
    plain = replace(problem_of(["a"], random.Random(1)), severity="error")
    files = ["a"] * 12 + ["b"] * 2 + ["c"]
    problems = [replace(plain, place=replace(plain.place, file=file)) for file in files]
    done, _ = commands(annotate(Report(tuple(problems), summary_of(problems), crashed=False)))
    assert Counter(command.properties.get("file") for command in done) == {"a": 7, "b": 2, "c": 1, None: 1}


@pytest.mark.parametrize("texts", [["="], ["=a"], ["a=b"], [" a "], ["a,b:c%0A%250A"], ["%25"], [""]])
def test_odd_file_names(texts: list[str]) -> None:
    problem = replace(problem_of(texts, random.Random(3)), severity="error")
    report = Report((problem,), summary_of([problem]), crashed=False)
    done, _ = commands(annotate(report))
    assert done == [meant(problem)]
