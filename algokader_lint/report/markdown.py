"""The report as Markdown, for a job summary and for a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from algokader_lint.messages import Messages
from algokader_lint.problem import Problem, Report
from algokader_lint.report.coverage.change import change_line
from algokader_lint.report.coverage.change_markdown import change_markdown
from algokader_lint.report.coverage.words import headline
from algokader_lint.report.gfm import code, exact, fence, in_address, link, prose, size
from algokader_lint.report.text import EXCERPT_LIMIT, capitalized
from algokader_lint.severity import SEVERITIES, Severity, at_least

_LIMIT = 60_000
"""Longest report, in UTF-16 units; a comment on GitHub may have 65,536 characters, a job summary 1 MiB."""
_SENTENCE, _SHORT, _NAME = 500, 200, 80
"""How much of a text is shown, in characters; escaped it can be six times as long."""
_COPY_LIMIT = 2_000
_MANY = 20
"""More findings than this, new and repaired together, begin with a table of rules."""
_ROWS = 15
_PER_RULE = 20
_NOTICES = 10
_COVERAGE_ROOM = 8_000
"""How much may be told of coverage, in characters."""
_BREAK = "\\\n  "
_MARKS: dict[Severity, str] = {"error": "❌", "warning": "⚠️", "info": "💡"}


@dataclass(frozen=True, slots=True)
class Question:
    """A box of a pull-request template that a report can answer: its words, and the rules that tell.

    ``caveat`` is what the answer leaves out; ``online_caveat`` the same when addresses on the web were asked for.
    """

    text: str
    codes: tuple[str, ...]
    caveat: str = ""
    online_caveat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """``links`` comes before a path in an address that opens a file for editing; None: no such links.

    ``questions`` are answered below the findings of a change. ``show`` is the lowest severity to show.
    """

    messages: Messages
    links: str | None = None
    questions: Sequence[Question] = ()
    show: Severity = "warning"


def render_markdown(report: Report, options: MarkdownOptions) -> str:
    """What a reviewer wants to see first; then the findings, the worst first, rule by rule, as many as fit."""
    shown = [problem for problem in report.problems if at_least(problem.severity, options.show)]
    repaired = [p for p in report.change.repaired if at_least(p.severity, options.show)] if report.change else []
    head = _joined(_head(report, shown, repaired, options))
    tail = _joined(_tail(report, shown, repaired, options)) + _joined(_coverage(report, options))
    room = _LIMIT - size(head) - size(tail) - _SENTENCE
    body: list[str] = []
    left = len(shown)
    for text, told in _findings(shown, options):
        room -= size(text)
        if room < 0:
            body += ["\n", options.messages.count("markdown.left_out", left), "\n"]
            break
        body.append(text)
        left -= told
    return head + "".join(body) + tail


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _head(
    report: Report, shown: Sequence[Problem], repaired: Sequence[Problem], options: MarkdownOptions
) -> Iterator[str]:
    messages = options.messages
    yield _title(report, messages)
    for notice in report.notices[:_NOTICES]:
        yield from ("", f"> ⚠️ {prose(_sentence(notice), _SHORT)}")
    asides = list(_asides(report, repaired, messages))
    if asides:
        yield ""
        yield from (f"- {aside}" for aside in asides)
    if len(shown) + len(repaired) > _MANY:
        yield ""
        yield from _table(shown, repaired, report, messages)
    if shown:
        yield ""
        yield messages("markdown.what_next" if options.links else "markdown.where_next")


def _title(report: Report, messages: Messages) -> str:
    summary, change = report.summary, report.change
    counts = [
        messages.count(f"footer.{name}", number)
        for name, number in (("errors", summary.errors), ("warnings", summary.warnings))
        if number
    ]
    if not counts:
        return f"### ✅ {messages('markdown.change_clean' if change else 'markdown.site_clean')}"
    mark = _MARKS["error" if summary.errors else "warning"]
    name = "markdown.change_problems" if change else "markdown.site_problems"
    return f"### {mark} {messages(name, counts=messages('markdown.and').join(counts))}"


def _asides(report: Report, repaired: Sequence[Problem], messages: Messages) -> Iterator[str]:
    if repaired:
        yield f"🎉 {messages.count('markdown.repaired', len(repaired))}"
    if report.change and report.change.known:
        yield messages.count("markdown.known", report.change.known)
    if report.baseline and report.baseline.known:
        yield _sentence(messages.count("baseline.known", report.baseline.known))


def _table(shown: Sequence[Problem], repaired: Sequence[Problem], report: Report, messages: Messages) -> Iterator[str]:
    """How often each rule speaks, the gravest first; in a change also how often no more."""
    new, gone = Counter(map(_rule, shown)), Counter(map(_rule, repaired))
    columns = (new, gone) if report.change else (new,)
    titles = ("markdown.new", "markdown.gone") if report.change else ("markdown.number",)
    yield _row(messages("markdown.rules"), *map(messages, titles))
    yield "|---|" + "--:|" * len(columns)
    rules = sorted(new | gone, key=lambda r: (not new[r], SEVERITIES.index(r.severity), -new[r], -gone[r], r.code))
    for rule in rules[:_ROWS]:
        label = f"{_MARKS[rule.severity] if new[rule] else '✅'} {_rule_name(rule)} ({prose(rule.code, _NAME)})"
        yield _row(label, *(column[rule] for column in columns))
    others = rules[_ROWS:]
    if others:
        label = messages.count("markdown.other_rules", len(others))
        yield _row(label, *(sum(column[rule] for rule in others) for column in columns))


class _Rule(NamedTuple):
    severity: Severity
    code: str
    name: str


def _rule(problem: Problem) -> _Rule:
    return _Rule(problem.severity, problem.code, problem.name)


def _rule_name(rule: _Rule) -> str:
    return prose(rule.name.replace("-", " ").capitalize(), _NAME)


def _row(label: str, *cells: object) -> str:
    return f"| {label} | {' | '.join(map(str, cells))} |"


def _findings(problems: Sequence[Problem], options: MarkdownOptions) -> Iterator[tuple[str, int]]:
    """Pieces of the report, and how many problems each tells of."""
    messages = options.messages
    topical = {_rule(problem) for problem in problems if problem.in_scope}
    totals = Counter(problem.severity for problem in problems)

    def rank(problem: Problem) -> tuple[int, bool, str]:
        return SEVERITIES.index(problem.severity), _rule(problem) not in topical, problem.code

    severity: Severity | None = None
    for _, group in groupby(sorted(problems, key=lambda p: (*rank(p), not p.in_scope)), rank):
        of_rule = list(group)
        first = of_rule[0]
        heading: list[str] = []
        if first.severity != severity:
            severity = first.severity
            heading = ["", f"#### {messages.count(f'footer.{severity}s', totals[severity])}"]
        explained = link(messages("markdown.rule", code=prose(first.code, _NAME)), first.address)
        heading += ["", f"**{_rule_name(_rule(first))}** · {explained}"]
        for lines in _of_rule(of_rule, options):
            yield _joined([*heading, *lines]), 1
            heading = []
        rest = len(of_rule) - _PER_RULE
        if rest > 0:
            yield _joined(["", messages.count("markdown.more", rest)]), rest


def _of_rule(problems: Sequence[Problem], options: MarkdownOptions) -> Iterator[list[str]]:
    """The lines of each problem that is shown; advice that several have in common stands above these."""
    by_advice: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        by_advice.setdefault(problem.help[:1], []).append(problem)
    heading = [""]
    room = _PER_RULE
    for advice, some in sorted(by_advice.items(), key=lambda item: len(item[1]) > 1):
        shared = advice if len(some) > 1 else ()
        if shared:
            heading = ["", *map(_advice, shared), ""]
        for problem in some[:room]:
            yield [*heading, *_finding(problem, problem.help[len(shared) :], options)]
            heading = []
        room = max(room - len(some), 0)


def _advice(text: str) -> str:
    return f"→ {prose(text, _SENTENCE)}"


def _finding(problem: Problem, advice: Iterable[str], options: MarkdownOptions) -> Iterator[str]:
    """A list item: where, what is wrong, what to do, and what to write."""
    messages, place = options.messages, problem.place
    address = _edit_address(problem, options)
    file = place.file.rpartition("/")[2] if address else place.file
    where = messages("markdown.place", file=code(file, _NAME), line=place.line)
    words = (prose(problem.message, _SENTENCE), *map(_advice, advice))
    yield _BREAK.join((f"- {link(where, address)}", *filter(None, words)))
    for number, (label, text) in enumerate(_to_copy(problem, messages)):
        yield from ("", f"  {messages('markdown.or') if number else label}", "", *fence(text, "  "))


def _edit_address(problem: Problem, options: MarkdownOptions) -> str | None:
    """The address that opens the file for editing."""
    path = in_address(problem.place.file)
    return f"{options.links}{path}#L{problem.place.line}" if options.links and path else None


def _to_copy(problem: Problem, messages: Messages) -> Iterator[tuple[str, str]]:
    """Texts that can be copied as they are, each with what to do with it; none when a text cannot be shown exactly."""
    place = problem.place
    snippet = problem.snippet.rstrip("\n")
    if snippet:
        if len(snippet) <= _COPY_LIMIT and exact(snippet):
            yield messages("markdown.add"), snippet
        return
    line, start, end = place.excerpt, place.column - 1, place.end_column - 1
    whole = place.end_line == place.line and 0 < len(line) <= EXCERPT_LIMIT and start <= end <= len(line)
    for replacement in problem.replacements:
        changed = line[:start] + replacement + line[end:]
        if whole and exact(changed):
            yield messages("markdown.line", line=place.line), changed
        elif len(replacement) <= _COPY_LIMIT and exact(replacement):
            yield messages("markdown.value"), replacement


def _tail(
    report: Report, shown: Sequence[Problem], repaired: Sequence[Problem], options: MarkdownOptions
) -> Iterator[str]:
    messages = options.messages
    if repaired and len(shown) + len(repaired) <= _MANY:
        yield from ("", f"#### {messages('markdown.gone')}", "")
        for problem in repaired:
            file = code(problem.place.file.rpartition("/")[2], _NAME)
            yield f"- {file} · {prose(problem.message, _SHORT)} ({prose(problem.code, _NAME)})"
    if report.change and options.questions:
        yield from ("", f"#### {messages('markdown.checklist')}", "")
        yield from (_answer(report, question, messages) for question in options.questions)


def _coverage(report: Report, options: MarkdownOptions) -> Iterator[str]:
    """What is covered, and what a change did to that, as far as there is room."""
    messages, coverage = options.messages, report.coverage
    if coverage is None or not coverage.total:
        return
    if coverage.change is None:
        yield from ("", _sentence(prose(headline(coverage, messages), _SHORT)))
        return
    yield from ("", f"#### {prose(change_line(coverage.change, messages), _SHORT)}")
    yield from change_markdown(coverage.change, coverage.labels, messages, _COVERAGE_ROOM)


def _answer(report: Report, question: Question, messages: Messages) -> str:
    wrong = sum(p.code.startswith(question.codes) and p.severity != "info" for p in report.problems)
    verdict = f"❌ {messages.count('markdown.wrong', wrong)}" if wrong else f"✅ {messages('markdown.right')}"
    caveat = question.online_caveat if report.online else question.caveat
    return f"- {prose(question.text, _SENTENCE)}{_BREAK}{verdict} {prose(caveat, _SENTENCE)}".rstrip()


def _sentence(text: str) -> str:
    return f"{capitalized(text)}."
