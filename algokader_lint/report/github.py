"""Annotations in GitHub Actions: workflow commands, at most as many as GitHub shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from algokader_lint.messages import Messages
from algokader_lint.problem import Problem, Report
from algokader_lint.report.text import printable
from algokader_lint.severity import SEVERITIES, Severity, at_least

_BUDGET = 10
"""Annotations of one level that GitHub keeps of a step; the others vanish without a word."""
_LINE = 600
"""Longest line of a message, in characters; the runner cuts a message at 4,096 (_maxIssueMessageLength)."""
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report, normal: str, *, token: str, show: Severity, messages: Messages) -> str:
    """The ``normal`` report, then annotations: the worst, spread over files and rules; the rest is counted.

    While the normal report is printed the runner takes no commands, until it sees ``token``, which nobody must be able
    to guess. ``show`` is the lowest severity that is annotated.
    """
    quiet = f"::stop-commands::{token}\n{normal}::{token}::\n" if normal else ""
    return quiet + "".join(_annotations(report, show, messages))


def _annotations(report: Report, show: Severity, messages: Messages) -> Iterator[str]:
    notices = report.notices[: _BUDGET - 1]
    yield from (_command("notice", {"title": messages("github.title")}, notice) for notice in notices)
    left_out = 0
    for severity in SEVERITIES:
        if not at_least(severity, show):
            continue
        problems = [problem for problem in report.problems if problem.severity == severity]
        # Of the notices one is kept for what is left out.
        room = _BUDGET if severity != "info" else _BUDGET - len(notices) - 1
        yield from (_annotation(problem) for problem in _spread(problems, room))
        left_out += max(len(problems) - room, 0)
    if left_out:
        yield _command("notice", {"title": messages("github.title")}, messages.count("github.left_out", left_out))


def _spread(problems: Sequence[Problem], room: int) -> Iterator[Problem]:
    """At most ``room`` of the problems: each time of the rule with the fewest so far, and then of such a file."""
    left = list(problems)
    rules: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for _ in range(min(room, len(left))):
        at = min(range(len(left)), key=lambda n: (rules[left[n].code], files[left[n].place.file], not left[n].in_scope))
        problem = left.pop(at)
        rules[problem.code] += 1
        files[problem.place.file] += 1
        yield problem


def _annotation(problem: Problem) -> str:
    place = problem.place
    # The runner leaves out the "=" that a value begins with.
    file = f"./{place.file}" if place.file.startswith("=") else place.file
    where = {"file": file, "line": str(place.line), "endLine": str(place.end_line)}
    if place.end_line == place.line:
        where |= {"col": str(place.column), "endColumn": str(max(place.end_column - 1, place.column))}
    where["title"] = f"{problem.code} {problem.name}"
    return _command(_LEVELS[problem.severity], where, problem.message, *problem.help, problem.address)


def _command(name: str, properties: dict[str, str], *lines: str) -> str:
    """A workflow command, escaped as the runner undoes it (@actions/core, escapeData and escapeProperty)."""
    pairs = ",".join(f"{key}={_property(printable(value))}" for key, value in properties.items())
    data = _data("\n".join(printable(line)[:_LINE] for line in lines))
    return f"::{name} {pairs}::{data}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
