"""Runs rules over a site: findings become problems, in words and in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from algokader_lint.content.page import NOT_UNDERSTOOD, Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.content.tree import display_path
from algokader_lint.finding import Finding
from algokader_lint.globs import compile_glob
from algokader_lint.knowledge import Knowledge, Text
from algokader_lint.messages import Messages, clip, fill
from algokader_lint.problem import FailingPage, Place, Problem, RelatedPlace, Report, ScopeSummary, Summary
from algokader_lint.selection import ActiveRule, satisfied_by
from algokader_lint.severity import Severity, at_least

CRASH_CODE = "AK000"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Files (a glob, from the root) that rules (codes or their beginnings) do not apply to."""

    files: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what to check, with which rules, in whose words.

    ``paths``: report only what lies in these files and folders (relative to the root); empty: everything.
    """

    site: Site
    rules: Sequence[ActiveRule]
    pack: str
    knowledge: Knowledge
    messages: Messages
    exemptions: Sequence[Exemption] = ()
    paths: Sequence[str] = ()


def run(task: Run) -> Report:
    """Check a site."""
    exempt = _exempt_codes(task)
    found: list[Problem] = []
    failing: set[str] = set()
    suppressed = 0
    for page in task.site.pages:
        problems = _without_hidden(list(_problems(task, page)), task.rules)
        failing |= {problem.code for problem in problems if problem.rated == "error"}
        kept = [p for p in problems if p.code == CRASH_CODE or not p.code.startswith(exempt(page))]
        suppressed += len(problems) - len(kept)
        found.extend(kept)
    reported = [p for p in found if p.code == CRASH_CODE or _within(p.place.file, task.paths)]
    reported.sort(key=lambda problem: (problem.place.file, problem.place.line, problem.place.column, problem.code))
    return Report(
        problems=tuple(reported),
        summary=_summarize(task, found, reported, suppressed, frozenset(failing)),
        crashed=any(problem.code == CRASH_CODE for problem in found),
    )


def _problems(task: Run, page: Page) -> Iterator[tuple[Problem, Span]]:
    in_scope = task.site.in_scope(page)
    writer = _Writer(task, page, in_scope)
    for defect in page.unreadable:
        if defect.kind == NOT_UNDERSTOOD:
            yield writer.crash(task.messages("crash.reading", error=defect.detail)), NOWHERE
    for active in task.rules:
        try:
            for finding in active.kind.run(task.site, page, active.options):
                yield writer.problem(active, finding), finding.span
        except Exception as error:  # a check that fails must not take the other findings with it
            words = f"{type(error).__name__}: {error}"
            rule = active.rule
            yield writer.crash(task.messages("crash.message", code=rule.code, name=rule.name, error=words)), NOWHERE


class _Writer:
    """Puts the findings on one page into words."""

    def __init__(self, task: Run, page: Page, in_scope: bool) -> None:
        self.task = task
        self.page = page
        self.in_scope = in_scope
        self.language = task.messages.language

    def problem(self, active: ActiveRule, finding: Finding) -> Problem:
        rule = active.rule
        variant = rule.variants.get(finding.variant) if finding.variant else None
        message = (variant.message if variant else None) or rule.message
        rated = (variant.severity if variant else None) or rule.severity
        advice = (variant.help if variant else None) or rule.help
        values = {"field": finding.field, "key": self.page.key, **finding.values}
        values = {name: clip(value) for name, value in values.items()}
        return Problem(
            place=place(self.page, finding.span),
            code=rule.code,
            name=rule.name,
            severity=active.severity or rated,
            rated=rated,
            message=fill(self._words(message), values) + self._suggestion(finding),
            help=tuple(self._help(advice, values, finding)),
            page_type=self.page.type,
            page_key=self.page.key,
            field=finding.field,
            in_scope=self.in_scope,
            related=tuple(
                RelatedPlace(place(other.page, other.span), self._words(rule.notes[other.note]))
                for other in finding.related
            ),
            fingerprint=_fingerprint(rule.code, self.page, finding),
            address=self.task.knowledge.address(rule),
        )

    def crash(self, message: str) -> Problem:
        messages = self.task.messages
        return Problem(
            place=place(self.page, NOWHERE),
            code=CRASH_CODE,
            name=messages("crash.name"),
            severity="error",
            rated="error",
            message=clip(message),
            help=(messages("crash.help"),),
            page_type=self.page.type,
            page_key=self.page.key,
            field="",
            in_scope=self.in_scope,
            related=(),
            fingerprint=_fingerprint(CRASH_CODE, self.page, Finding(span=NOWHERE, field=message)),
            address=self.task.knowledge.catalogue.home,
        )

    def _words(self, text: Text) -> str:
        return text.get(self.language)

    def _suggestion(self, finding: Finding) -> str:
        values = [suggestion.value for suggestion in finding.suggestions[:2]]
        if not values:
            return ""
        if len(values) == 1:
            return self.task.messages("suggest.one", one=values[0])
        return self.task.messages("suggest.two", one=values[0], two=values[1])

    def _help(self, advice: Text | None, values: dict[str, str], finding: Finding) -> Iterator[str]:
        if advice is not None:
            yield fill(self._words(advice), values)
        for suggestion in finding.suggestions[:2]:
            if suggestion.title:
                yield self.task.messages("suggest.title", value=suggestion.value, title=suggestion.title)


def place(page: Page, span: Span) -> Place:
    """A span of a page as a place in its file."""
    start = page.source.position(span.start)
    end = page.source.position(span.end)
    return Place(display_path(page.path), start.line, start.column, end.line, end.column, page.source.line(start.line))


def _fingerprint(code: str, page: Page, finding: Finding) -> str:
    text = " ".join(page.source.slice(finding.span).split()).casefold()
    identity = f"{page.type}/{page.key}" if page.type else page.path
    parts = "\0".join((code, identity, finding.field, text))
    return hashlib.sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _without_hidden(found: list[tuple[Problem, Span]], rules: Sequence[ActiveRule]) -> list[Problem]:
    """One defect, one finding: a rule hides those it names on the same field at an overlapping place.

    A milder finding hides no graver one.
    """
    hidden_by: dict[str, list[tuple[Problem, Span]]] = {}
    hides = {active.rule.code: active.rule.hides for active in rules}
    for problem, span in found:
        for code in hides.get(problem.code, ()):
            hidden_by.setdefault(code, []).append((problem, span))

    def hidden(problem: Problem, span: Span) -> bool:
        return any(
            problem.field == other.field
            and at_least(other.severity, problem.severity)
            and span.start <= other_span.end
            and other_span.start <= span.end
            for other, other_span in hidden_by.get(problem.code, ())
        )

    return [problem for problem, span in found if not hidden(problem, span)]


def _exempt_codes(task: Run) -> Callable[[Page], tuple[str, ...]]:
    compiled = [(compile_glob(exemption.files), exemption.codes) for exemption in task.exemptions]

    def codes(page: Page) -> tuple[str, ...]:
        return tuple(code for glob, some in compiled if glob.match(page.path) for code in some)

    return codes


def _within(file: str, paths: Sequence[str]) -> bool:
    return not paths or any(path in (".", file) or file.startswith(path + "/") for path in paths)


def _summarize(
    task: Run, found: Sequence[Problem], reported: Sequence[Problem], suppressed: int, failing: frozenset[str]
) -> Summary:
    def count(severity: Severity) -> int:
        return sum(problem.severity == severity for problem in reported)

    return Summary(
        limited=bool(task.paths),
        pages=sum(_within(display_path(page.path), task.paths) for page in task.site.pages),
        pages_with_errors=len({problem.place.file for problem in reported if problem.severity == "error"}),
        errors=count("error"),
        warnings=count("warning"),
        infos=count("info"),
        suppressed=suppressed,
        pack=satisfied_by(task.knowledge, task.pack, task.rules, failing),
        scope=_scope_summary(task, found),
    )


def _scope_summary(task: Run, found: Sequence[Problem]) -> ScopeSummary | None:
    scope = task.site.scope
    if scope is None:
        return None
    fields: dict[str, list[str]] = {}
    for problem in found:
        if problem.in_scope and problem.severity == "error":
            known = fields.setdefault(problem.place.file, [])
            if problem.field and problem.field.casefold() not in known:
                known.append(problem.field.casefold())
    pages = list(task.site.in_scope_pages())
    label = task.site.types[scope.type].label
    words = label.en if task.messages.language == "en" else label.nl
    return ScopeSummary(
        label=scope.value.replace("-", " ").capitalize(),
        pages_label=words.one if len(pages) == 1 else words.many,
        pages=len(pages),
        failing=tuple(
            FailingPage(_short_name(task.site, page), tuple(fields[display_path(page.path)]))
            for page in pages
            if display_path(page.path) in fields
        ),
    )


def _short_name(site: Site, page: Page) -> str:
    """The number in the page's id, as its schema finds it, when no other page has that id; else the key."""
    for name, spec in site.types[page.type or ""].fields.items():
        if spec.pattern is None:
            continue
        match = re.fullmatch(spec.pattern, (page.front_matter.text(name) or "")[:1000])
        if match is not None and match.groups() and len(site.with_text(name, match[0])) == 1:
            return match[1] or page.key
    return page.key
