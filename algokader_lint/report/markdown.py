"""The report as Markdown, for a job summary and for a comment on a pull request.

What comes from the content is written so that GitHub shows it as it is: no link, image, mention, table or HTML comes
of it. Text to copy stands in code blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from algokader_lint.messages import Messages
from algokader_lint.problem import Change, Problem, Report
from algokader_lint.report.text import printable
from algokader_lint.severity import SEVERITIES, Severity, at_least

_LIMIT = 60_000
"""Longest report, in characters; a comment on GitHub may have 65,536, a job summary 1 MiB."""
_REPAIRED = 20
_PER_RULE = 20
_LINE_LIMIT = 500
_MARKS: dict[Severity, str] = {"error": "❌", "warning": "⚠️", "info": "💡"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+!|~&$]|:(?=//)|(?<=www)\.")


@dataclass(frozen=True, slots=True)
class Question:
    """A box of a pull-request template that a report can answer: its words, and the rules that tell."""

    text: str
    codes: tuple[str, ...]
    caveat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """``links`` comes before a path in an address that opens a file for editing; None: no such links.

    ``questions`` are answered below the findings. ``show`` is the lowest severity to show.
    """

    messages: Messages
    links: str | None = None
    questions: Sequence[Question] = ()
    show: Severity = "warning"


def render_markdown(report: Report, options: MarkdownOptions) -> str:
    """The worst first, rule by rule, as many as fit; then what was repaired, and the answers for the checklist."""
    head = "".join(f"{line}\n" for line in _head(report, options))
    tail = "".join(f"{line}\n" for line in _tail(report, options))
    shown = [problem for problem in report.problems if at_least(problem.severity, options.show)]
    room = _LIMIT - len(head) - len(tail) - _LINE_LIMIT
    body: list[str] = []
    left = len(shown)
    for text, told in _blocks(shown, options):
        room -= len(text)
        if room < 0:
            body.append(f"\n{options.messages.count('markdown.left_out', left)}\n")
            break
        body.append(text)
        left -= told
    return head + "".join(body) + tail


def _blocks(problems: Sequence[Problem], options: MarkdownOptions) -> Iterator[tuple[str, int]]:
    """Pieces of the report, and how many problems each tells of."""
    topical = {problem.code for problem in problems if problem.in_scope}

    def rank(problem: Problem) -> tuple[int, bool, str]:
        return SEVERITIES.index(problem.severity), problem.code not in topical, problem.code

    severity: Severity | None = None
    for _, group in groupby(sorted(problems, key=lambda p: (*rank(p), not p.in_scope)), rank):
        of_rule = list(group)
        first = of_rule[0]
        if first.severity != severity:
            severity = first.severity
            yield f"\n#### {options.messages(f'markdown.heading.{severity}')}\n", 0
        shared = [advice for advice in first.help if all(advice in problem.help for problem in of_rule)]
        yield _rule(first, shared, options), 0
        for problem in of_rule[:_PER_RULE]:
            yield _finding(problem, shared, options), 1
        if len(of_rule) > _PER_RULE:
            yield f"- {options.messages.count('markdown.more', len(of_rule) - _PER_RULE)}\n", len(of_rule) - _PER_RULE


def _rule(problem: Problem, shared: Sequence[str], options: MarkdownOptions) -> str:
    """What is said once for all problems of a rule."""
    link = _link(options.messages("markdown.rule"), problem.address)
    advice = f" {_text(' '.join(shared))}" if shared else ""
    return f"\n**{problem.code} {_text(problem.name)}**{advice} {link}\n\n"


def _head(report: Report, options: MarkdownOptions) -> Iterator[str]:
    messages, summary = options.messages, report.summary
    counts = [
        messages.count(f"footer.{name}", number)
        for name, number in (("errors", summary.errors), ("warnings", summary.warnings))
        if number
    ]
    if counts:
        mark = _MARKS["error" if summary.errors else "warning"]
        name = "markdown.change_problems" if report.change else "markdown.site_problems"
        yield f"### {mark} {messages(name, counts=', '.join(counts))}"
    else:
        yield f"### ✅ {messages('markdown.change_clean' if report.change else 'markdown.site_clean')}"
    yield ""
    if counts:
        yield messages("markdown.what_next" if options.links else "markdown.where_next")
    if report.change and report.change.known:
        yield messages.count("markdown.known", report.change.known)
    for notice in report.notices:
        yield f"\n> ⚠️ {_text(notice)}"


def _finding(problem: Problem, shared: Sequence[str], options: MarkdownOptions) -> str:
    messages = options.messages
    place = problem.place
    where = messages("markdown.place", file=place.file.rpartition("/")[2], line=place.line)
    lines = [f"- {_link(where, _edit_address(problem, options))} · {_text(problem.message)}"]
    advice = " ".join(text for text in problem.help if text not in shared)
    if advice:
        lines[0] += "  "
        lines.append(f"  {_text(advice)}")
    for number, text in enumerate(_to_copy(problem)):
        lines += ["", f"  {messages('markdown.or' if number else 'markdown.copy')}", "", *_fence(text)]
    return "\n".join(lines) + "\n"


def _edit_address(problem: Problem, options: MarkdownOptions) -> str | None:
    if options.links is None or "�" in problem.place.file:
        return None
    return f"{options.links}{quote(problem.place.file)}#L{problem.place.line}"


def _to_copy(problem: Problem) -> Iterator[str]:
    """What to write, ready to copy: the line as it should be, or text to add."""
    place = problem.place
    if problem.snippet:
        yield problem.snippet
        return
    whole = place.line == place.end_line and len(place.excerpt) <= _LINE_LIMIT
    before, after = (place.excerpt[: place.column - 1], place.excerpt[place.end_column - 1 :]) if whole else ("", "")
    yield from (before + replacement + after for replacement in problem.replacements)


def _fence(text: str) -> Iterator[str]:
    lines = [printable(line) for line in text.rstrip("\n").split("\n")]
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"  {fence}text"
    yield from (f"  {line}" for line in lines)
    yield f"  {fence}"


def _tail(report: Report, options: MarkdownOptions) -> Iterator[str]:
    if report.change:
        yield from _repaired(report.change, options)
    if options.questions:
        yield ""
        yield f"#### {options.messages('markdown.checklist')}"
        yield ""
        for question in options.questions:
            yield _answer(report, question, options.messages)


def _repaired(change: Change, options: MarkdownOptions) -> Iterator[str]:
    messages = options.messages
    shown = [problem for problem in change.repaired if at_least(problem.severity, options.show)]
    if not shown:
        return
    yield ""
    yield f"#### 🎉 {messages.count('markdown.repaired', len(shown))}"
    yield ""
    for problem in shown[:_REPAIRED]:
        name = _text(problem.place.file.rpartition("/")[2])
        yield f"- {name} · {_text(problem.message)} ({problem.code})"
    if len(shown) > _REPAIRED:
        yield f"- {messages.count('markdown.more', len(shown) - _REPAIRED)}"


def _answer(report: Report, question: Question, messages: Messages) -> str:
    wrong = sum(p.code.startswith(question.codes) and p.severity != "info" for p in report.problems)
    mark, verdict = ("❌", messages.count("markdown.wrong", wrong)) if wrong else ("✅", messages("markdown.right"))
    return f"- {mark} {_text(question.text)} {verdict} {_text(question.caveat)}".rstrip()


def _link(text: str, address: str | None) -> str:
    """A link to an address of our own making; what is in it from elsewhere must be percent-encoded already."""
    return f"[{_text(text)}]({address})" if address else _text(text)


def _text(text: str) -> str:
    """Text that GitHub shows as it is. Where ``@name`` or ``#1`` would reach people or issues, a space of no width.

    Characters that mean something become numeric references, which are never syntax (CommonMark 0.31, section 2.5).
    """
    shown = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", printable(text))
    return re.sub(r"(?<=@)(?=\w)|(?<=&#35;)(?=\d)", "\u200b", shown)
