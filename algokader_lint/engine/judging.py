"""Runs rules over one state of a site: findings become problems, and one defect becomes one problem."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import NamedTuple

from algokader_lint.checks import CoverageCheck, LinkCheck, PageCheck, SiteCheck
from algokader_lint.content.history import History
from algokader_lint.content.page import NOT_UNDERSTOOD, Document, Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.engine.covering import Gate
from algokader_lint.engine.wording import Words
from algokader_lint.finding import Finding, Fix, Placed
from algokader_lint.links.answer import Answer
from algokader_lint.nearest import folded
from algokader_lint.problem import Problem
from algokader_lint.selection import ActiveRule
from algokader_lint.severity import at_least

CRASH_CODE = "AK000"
MOST_FINDINGS = 1000
"""How many findings of one rule on one page are told: nobody mends more by hand, and a page that was made to have a
hundred thousand costs no more than any other of its length.
"""
_QUOTES = "'\""
"""Whether a value stands in quotes makes no other problem of it."""


class Identity(NamedTuple):
    """What makes a problem the same one when lines move: rule, page (or file), field and text."""

    code: str
    page: str
    field: str
    text: str

    @property
    def fingerprint(self) -> str:
        """A short name for it, for files and other programs."""
        joined = "\0".join(self)
        return hashlib.sha256(joined.encode("utf-8", "surrogateescape")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Judged:
    """A problem, what it stands on, what makes it the same one another day, and what repairs it."""

    problem: Problem
    file: Document
    span: Span
    identity: Identity
    fix: Fix | None = None


class Judgement(NamedTuple):
    """The problems of a site, in the order of its pages, and of which rules a page has more than are told."""

    found: list[Judged]
    cut: list[tuple[Page, ActiveRule]]


def judge(
    site: Site,
    rules: Sequence[ActiveRule],
    history: History,
    words: Words,
    answers: Mapping[str, Answer],
    gate: Gate | None = None,
    pages: Sequence[Page] | None = None,
) -> Judgement:
    """All problems of a site; those of a rule that failed as a problem of their own.

    ``answers`` is what is known of addresses. ``gate`` is what a change did to coverage, None when nothing is compared
    or measured. ``pages`` are those to look at; None: all.
    """
    looked_at = site.pages if pages is None else pages
    by_file: dict[str, list[Judged]] = {page.path: [] for page in looked_at}
    cut: list[tuple[Page, ActiveRule]] = []
    for page in looked_at:
        by_file[page.path].extend(_of_page(site, page, rules, words, answers, cut))
    for judged in _of_site(site, rules, history, words, gate):
        by_file.setdefault(judged.file.path, []).append(judged)
    return Judgement([judged for found in by_file.values() for judged in _without_hidden(found, rules)], cut)


def identity_of_page(page: Document) -> str:
    """How a page is called when it is compared with another day: by type and key, for those may move."""
    return f"{page.type}/{page.key}" if isinstance(page, Page) and page.type else page.path


def judged(active: ActiveRule, site: Site, placed: Placed, words: Words) -> Judged:
    """A finding in words."""
    finding, file = placed.finding, placed.file
    text = file.source.slice(finding.span) if finding.identity is None else finding.identity
    identity = Identity(active.rule.code, identity_of_page(file), finding.field, folded(text.strip(_QUOTES)))
    problem = words.problem(active, site, file, finding)
    return Judged(replace(problem, fingerprint=identity.fingerprint), file, finding.span, identity, finding.fix)


def _of_page(
    site: Site,
    page: Page,
    rules: Iterable[ActiveRule],
    words: Words,
    answers: Mapping[str, Answer],
    cut: list[tuple[Page, ActiveRule]],
) -> Iterator[Judged]:
    for defect in page.unreadable:
        if defect.kind == NOT_UNDERSTOOD:
            yield crash(site, page, words.messages("crash.reading", error=defect.detail), words)
    for active in rules:
        kind = active.kind
        findings: Callable[[], Iterable[Finding]] | None = None
        if isinstance(kind, PageCheck):
            findings = partial(kind.run, site, page, active.options)
        elif isinstance(kind, LinkCheck):
            findings = partial(kind.run, site, page, answers, active.options)
        if findings is not None:
            yield from _guarded(active, site, page, partial(_placed, page, active, findings, cut), words)


def _placed(
    page: Page,
    active: ActiveRule,
    findings: Callable[[], Iterable[Finding]],
    cut: list[tuple[Page, ActiveRule]],
) -> Iterator[Placed]:
    found = iter(findings())
    yield from (Placed(page, finding) for finding in islice(found, MOST_FINDINGS))
    if next(found, None) is not None:
        cut.append((page, active))


def _of_site(
    site: Site, rules: Iterable[ActiveRule], history: History, words: Words, gate: Gate | None
) -> Iterator[Judged]:
    for active in rules:
        kind = active.kind
        findings: Callable[[], Iterable[Placed]] | None = None
        if isinstance(kind, SiteCheck):
            findings = partial(kind.run, site, history, active.options)
        elif isinstance(kind, CoverageCheck) and gate is not None:
            findings = partial(kind.run, site, gate.change, gate.settings, active.options)
        if findings is not None:
            yield from _guarded(active, site, site.settings_file, findings, words)


def _guarded(
    active: ActiveRule, site: Site, file: Document, findings: Callable[[], Iterable[Placed]], words: Words
) -> Iterator[Judged]:
    """The findings of one rule; a check that fails must not take those of others with it."""
    try:
        for placed in findings():
            yield judged(active, site, placed, words)
    except Exception as error:
        rule = active.rule
        text = f"{type(error).__name__}: {error}"
        yield crash(site, file, words.messages("crash.message", code=rule.code, name=rule.name, error=text), words)


def crash(site: Site, file: Document, message: str, words: Words) -> Judged:
    """A failure of the linter itself, told at a file."""
    identity = Identity(CRASH_CODE, identity_of_page(file), message, "")
    problem = words.crash(CRASH_CODE, site, file, message)
    return Judged(replace(problem, fingerprint=identity.fingerprint), file, NOWHERE, identity)


def _without_hidden(found: list[Judged], rules: Sequence[ActiveRule]) -> list[Judged]:
    """One defect, one finding: a rule hides those it names on the same field at an overlapping place.

    A milder finding hides no graver one; of two that hide each other, the first stays.
    """
    hides: Mapping[str, tuple[str, ...]] = {active.rule.code: active.rule.hides for active in rules}
    hidden_by: dict[str, list[tuple[int, Judged]]] = {}
    for number, item in enumerate(found):
        for code in hides.get(item.problem.code, ()):
            hidden_by.setdefault(code, []).append((number, item))

    def hidden(number: int, item: Judged) -> bool:
        own = hides.get(item.problem.code, ())
        for place, other in hidden_by.get(item.problem.code, ()):
            mutual = other.problem.code in own and item.problem.severity == other.problem.severity
            if _told_by(other, item) and not (mutual and number < place):
                return True
        return False

    return [item for number, item in enumerate(found) if not hidden(number, item)]


def _told_by(other: Judged, item: Judged) -> bool:
    """Whether another finding, no milder than this one, is about the same field at an overlapping place."""
    return (
        item.problem.field == other.problem.field
        and at_least(other.problem.severity, item.problem.severity)
        and item.span.start <= other.span.end
        and other.span.start <= item.span.end
    )
