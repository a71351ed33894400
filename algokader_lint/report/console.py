"""The report for a person at a terminal, in the manner of rustc and ruff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from algokader_lint.coverage.change import CoverageChange
from algokader_lint.coverage.summary import CoverageSummary
from algokader_lint.messages import Messages
from algokader_lint.problem import Change, Place, Problem, Report, ScopeSummary
from algokader_lint.report.coverage.change import sections
from algokader_lint.report.coverage.words import headline
from algokader_lint.report.text import Style, capitalized, printable, quiet, width
from algokader_lint.severity import SEVERITIES, Severity, at_least

_MANY = 5
_FEW = 3
_FAILING_NAMES = 6
_FOOTER_LINES = 7
"""Lines that are kept free for the summary, also when it has fewer."""
_LEFT_OUT_LINES = 2
_LEAST_ROOM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleOptions:
    """``show``: the lowest severity to show. ``lines``: how long the report may be, None for any length.

    ``columns``: the width of the terminal. ``seconds``: how long the run took.
    """

    messages: Messages
    style: Style
    show: Severity = "warning"
    lines: int | None = 80
    columns: int = 100
    summary: bool = True
    seconds: float = 0.0


def render_console(report: Report, options: ConsoleOptions) -> str:
    """Problems by severity and rule, those of the topic first; long lists are cut short, with a count."""
    shown = [p for p in report.problems if at_least(p.severity, options.show)]
    blocks = list(_blocks(shown, options))
    footer = list(_footer(report, options)) if options.summary else []
    counts = _share(blocks, len(footer), options)
    messages = options.messages
    out: list[str] = []
    for block, count in zip(blocks, counts, strict=True):
        for piece in block.pieces[:count]:
            out.extend((*piece, ""))
        rest = block.total - count
        if count and rest:
            more = messages("more.of_rule", n=rest, code=block.code, name=block.name)
            out.extend((options.style("dim", more), ""))
    left_out = [block for block, count in zip(blocks, counts, strict=True) if not count]
    if left_out:
        rules = ", ".join(_left_out(block, messages) for block in left_out)
        out.extend((options.style("dim", messages("more.rules", rules=rules)), ""))
    out.extend(footer)
    return "\n".join(map(quiet, out)).rstrip("\n") + "\n" if out else ""


@dataclass(frozen=True, slots=True)
class _Block:
    """The problems of one rule and severity: how many there are, and the lines of those that may be shown."""

    severity: Severity
    code: str
    name: str
    total: int
    pieces: Sequence[Sequence[str]]


def _left_out(block: _Block, messages: Messages) -> str:
    severity = messages(f"severity.{block.severity}")
    return messages("more.rule", n=block.total, severity=severity, code=block.code, name=block.name)


def _share(blocks: Sequence[_Block], footer: int, options: ConsoleOptions) -> list[int]:
    """How many problems of each block fit: graver ones first, and one of each rule before a second of any."""
    if options.lines is None:
        return [len(block.pieces) for block in blocks]
    room = max(options.lines - max(footer + _LEFT_OUT_LINES, _FOOTER_LINES), _LEAST_ROOM)
    counts = [0] * len(blocks)
    turns = product(SEVERITIES, range(_MANY), enumerate(blocks))
    for severity, depth, (number, block) in turns:
        if block.severity != severity or counts[number] != depth or depth >= len(block.pieces):
            continue
        cost = len(block.pieces[depth]) + 1
        if not depth and block.total > 1:
            cost += 2  # the line that counts the others
        if cost <= room or not any(counts):
            counts[number] += 1
            room -= cost
    return counts


def _blocks(problems: Sequence[Problem], options: ConsoleOptions) -> Iterator[_Block]:
    topical = {(p.severity, p.code) for p in problems if p.in_scope}

    def rank(problem: Problem) -> tuple[int, bool, str]:
        severity, code = problem.severity, problem.code
        return SEVERITIES.index(severity), (severity, code) not in topical, code

    ordered = sorted(problems, key=lambda p: (*rank(p), not p.in_scope, p.place.file, p.place.line, p.place.column))
    for _, group in groupby(ordered, rank):
        of_rule = list(group)
        kept = of_rule if options.lines is None or len(of_rule) <= _MANY else of_rule[:_FEW]
        told: set[str] = set()
        pieces = [list(_piece(problem, options, told)) for problem in kept]
        first = of_rule[0]
        yield _Block(first.severity, first.code, first.name, len(of_rule), pieces)


def _piece(problem: Problem, options: ConsoleOptions, told: set[str]) -> Iterator[str]:
    """The lines of one problem; what was ``told`` before under the same rule is not said again."""
    style, messages = options.style, options.messages
    label = f"{messages(f'severity.{problem.severity}')}[{problem.code}]"
    yield f"{style(problem.severity, label)} {style('bold', printable(problem.message))}"
    related = [other.place for other in problem.related]
    gutter = len(str(max(place.line for place in (problem.place, *related))))
    yield from _frame(problem.place, gutter, problem.severity, "", options)
    for other in problem.related:
        yield from _frame(other.place, gutter, "place", other.message, options)
    pad = " " * (gutter + 1)
    for advice in problem.help:
        if advice not in told:
            yield f"{pad}{style('place', '=')} {style('bold', messages('frame.help'))}: {printable(advice)}"
    if problem.snippet:
        yield f"{pad}{style('place', '=')} {style('bold', messages('frame.copy'))}:"
        yield from (f"{pad}  {printable(line)}" for line in problem.snippet.splitlines())
    if problem.repair is not None:
        how = messages("fix.safe" if problem.repair.safe else "fix.unsafe")
        yield f"{pad}{style('place', '=')} {style('bold', messages('frame.repair'))}: {how}"
    if problem.address not in told:
        yield f"{pad}{style('place', '=')} {messages('frame.page')}: {style('dim', printable(problem.address))}"
    told.update((*problem.help, problem.address))


def _frame(place: Place, gutter: int, mark_style: str, note: str, options: ConsoleOptions) -> Iterator[str]:
    style = options.style
    where = f"{printable(place.file)}:{place.line}:{place.column}"
    yield f"{' ' * gutter}{style('place', '-->')} {where}"
    single = place.end_line == place.line
    end = place.end_column - 1 if single else len(place.excerpt)
    line, before, marked = _window(place.excerpt, place.column - 1, end, options.columns - gutter - 4)
    if not line.strip():
        if note:
            yield f"{' ' * (gutter + 1)}{style('place', '|')} {printable(note)}"
        return
    yield f"{style('place', f'{place.line:>{gutter}} |')} {line}"
    carets = style(mark_style, "^" * max(width(marked), 1))
    words = f" {printable(note)}" if note else ""
    yield f"{' ' * (gutter + 1)}{style('place', '|')} {' ' * width(before)}{carets}{words}"


def _window(line: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """The part of a long line around ``[start, end)``: what to show, what comes before the mark, what is marked."""
    room = max(room, 40)
    start = min(start, len(line))
    end = max(min(end, len(line)), start)
    first, lead = 0, ""
    if len(line) > room and end > room - 4:
        first = max(0, min(start - room // 3, len(line) - room + 2))
        lead = "…" if first else ""
    last = min(len(line), first + room - 2)
    tail = "…" if last < len(line) else ""
    before = lead + printable(line[first:start])
    marked = printable(line[start : min(end, last)])
    rest = printable(line[min(end, last) : last])
    return f"{before}{marked}{rest}{tail}".rstrip(), before, marked


def _footer(report: Report, options: ConsoleOptions) -> Iterator[str]:
    messages, summary = options.messages, report.summary
    for notice in report.notices:
        yield options.style("warning", printable(capitalized(notice) + "."))
    if report.change is not None:
        yield from _new(report, options)
        yield from _repaired(report.change, options)
        if report.coverage is not None and report.coverage.change is not None:
            yield from _covering(report.coverage, report.coverage.change, options)
    elif summary.scope is not None:
        yield _scope_line(summary.scope, options)
    yield _verdict(report, options)
    if summary.fixable:
        yield messages.count("footer.fixable", summary.fixable)
    to_look_at = sum(problem.repair is not None and not problem.repair.safe for problem in report.problems)
    if to_look_at:
        yield messages.count("footer.fixable_unsafe", to_look_at)
    if report.coverage is not None and report.change is None:
        yield from _covered(report.coverage, options)
    if report.baseline is not None and report.baseline.stale:
        yield messages.count("baseline.stale", report.baseline.stale)
    if summary.pack is not None and report.change is None:
        yield messages("footer.pack", pack=summary.pack)


def _covered(coverage: CoverageSummary, options: ConsoleOptions) -> Iterator[str]:
    """How much is covered, when there is something to cover."""
    if coverage.total:
        yield printable(options.messages("coverage.line", headline=headline(coverage, options.messages)))


def _covering(coverage: CoverageSummary, change: CoverageChange, options: ConsoleOptions) -> Iterator[str]:
    """What a change did to coverage, when it did something."""
    told = sections(change, coverage.labels, options.messages)
    figures = "; ".join(line for section in told if section.kind == "figures" for line in section.lines)
    if figures:
        yield printable(options.messages("delta.line", base=change.base, figures=figures))


def _verdict(report: Report, options: ConsoleOptions) -> str:
    """The line that counts."""
    messages, summary, change = options.messages, report.summary, report.change
    seconds = f"{options.seconds:.1f}"
    values = {
        "pages": messages.count("footer.pages", summary.pages),
        "seconds": seconds.replace(".", ",") if messages.language == "nl" else seconds,
        "base": printable(change.base) if change is not None else "",
    }
    asides = list(_asides(report, options))
    if summary.errors or summary.warnings:
        errors = messages.count("footer.errors", summary.errors)
        if summary.errors:
            on_pages = messages.count("footer.pages", summary.pages_with_errors)
            errors += messages("footer.errors_on", pages=on_pages)
        problems = ", ".join([errors, messages.count("footer.warnings", summary.warnings), *asides])
        name = "change.problems" if change is not None else "footer.part" if summary.limited else "footer.site"
        return messages(name, problems=problems, **values)
    known = report.baseline is not None and report.baseline.known
    name = "change.clean" if change is not None else "footer.clean_known" if known else "footer.clean"
    clean = ", ".join([messages("footer.no_problems"), *asides])
    return options.style("good", messages(name, clean=clean, **values))


def _new(report: Report, options: ConsoleOptions) -> Iterator[str]:
    """What a change made worse, rule by rule, when it is too much to see at once."""
    new = [problem for problem in report.problems if at_least(problem.severity, options.show)]
    if len(new) > _MANY:
        yield f"{options.messages.count('change.new', len(new))}: {_by_rule(new)}"


def _asides(report: Report, options: ConsoleOptions) -> Iterator[str]:
    """What is not shown, and why."""
    messages, summary = options.messages, report.summary
    if summary.infos:
        infos = messages.count("footer.infos", summary.infos)
        yield infos if options.show == "info" else messages("footer.hidden", infos=infos)
    if summary.suppressed:
        yield messages("footer.suppressed", n=summary.suppressed)
    if report.baseline is not None and report.baseline.known:
        yield messages.count("baseline.known", report.baseline.known)
    if report.change is not None and report.change.known:
        yield messages.count("change.known", report.change.known)


def _repaired(change: Change, options: ConsoleOptions) -> Iterator[str]:
    """What was repaired: each when they are few, else the number of each rule."""
    repaired = [problem for problem in change.repaired if at_least(problem.severity, options.show)]
    if not repaired:
        return
    heading = options.messages.count("change.repaired", len(repaired))
    if options.lines is None or len(repaired) <= _FEW:
        yield options.style("good", heading)
        for problem in repaired:
            yield f"  {problem.code} {printable(problem.place.file)}: {printable(problem.message)}"
        return
    yield options.style("good", f"{heading}: {_by_rule(repaired)}")


def _by_rule(problems: Iterable[Problem]) -> str:
    """How often each rule speaks, the gravest first and of these the most often."""
    rules = Counter((SEVERITIES.index(problem.severity), problem.code, problem.name) for problem in problems)
    ordered = sorted(rules.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return ", ".join(f"{number} × {code} {name}" for (_, code, name), number in ordered)


def _scope_line(scope: ScopeSummary, options: ConsoleOptions) -> str:
    messages = options.messages
    line = messages(
        "footer.scope",
        label=printable(scope.label),
        pages=scope.pages,
        pages_label=scope.pages_label,
        ok=scope.pages - len(scope.failing),
    )
    if scope.failing:
        names = [_failing(page.name, page.fields) for page in scope.failing[:_FAILING_NAMES]]
        line += messages("footer.scope_failing", list=", ".join(names))
        if len(scope.failing) > _FAILING_NAMES:
            line += messages("footer.scope_more", n=len(scope.failing) - _FAILING_NAMES)
    return line


def _failing(name: str, fields: Iterable[str]) -> str:
    reasons = ", ".join(printable(field) for field in fields)
    return f"{printable(name)} ({reasons})" if reasons else printable(name)
