"""Looks at a site with rules: what is found, what of it is waived or known, and what is left to report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from algokader_lint.content.history import History, Past
from algokader_lint.content.page import Page
from algokader_lint.content.retired import NONE_RETIRED, RetiredIds
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.suppressions import Suppression, read_suppressions
from algokader_lint.content.tree import display_path
from algokader_lint.coverage.summary import CoverageSummary
from algokader_lint.engine.baseline import count_stale, without_known
from algokader_lint.engine.comparing import compare
from algokader_lint.engine.covering import Gate, Question, cover
from algokader_lint.engine.having_run import HavingRun
from algokader_lint.engine.judging import CRASH_CODE, MOST_FINDINGS, Judged, crash, judge
from algokader_lint.engine.summary import within
from algokader_lint.engine.waivers import Outcome, Waivers, apply
from algokader_lint.engine.wording import Words
from algokader_lint.knowledge import Knowledge, SuppressionForm
from algokader_lint.links.answer import Answer
from algokader_lint.messages import Messages
from algokader_lint.problem import BaselineUse, Change
from algokader_lint.selection import ActiveRule

_NAMED = 3
"""Pages that a notice names; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what to check, with which rules, in whose words.

    ``pasts``: report only what none of these earlier states had; the first is the one that ids are held against.
    ``distrust``: waivers that the change itself adds do not count, and are pointed out. ``announced`` are then the
    retired ids that only the change lists. ``baseline``: fingerprints that are known, and how often.
    ``coverage``: what to measure of it, None for nothing. ``answers``: what is known of addresses on the web, as they
    are written; earlier states are judged by it too, so that what was dead before a change is not new.
    ``online`` tells that none that is reported on is missing among these, for want of time or of a network.
    ``paths``: report only what lies in these files and folders (relative to the root); empty: everything.
    """

    site: Site
    rules: Sequence[ActiveRule]
    pack: str
    knowledge: Knowledge
    messages: Messages
    waivers: Waivers = field(default_factory=Waivers)
    pasts: Sequence[Past] = ()
    distrust: bool = False
    announced: RetiredIds = NONE_RETIRED
    baseline: Mapping[str, int] | None = None
    paths: Sequence[str] = ()
    notices: Sequence[str] = ()
    coverage: Question | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    online: bool = False


def on_site(task: Run, site: Site) -> Run:
    """The same run on another state of the site."""
    return replace(task, site=site, pasts=[Past(past.label, past.site, site) for past in task.pasts])


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What came out of a run: all that was ``found``, what of it is left after waivers, and what is ``reported``, in
    the order of places. ``notices`` tell of waivers that do not count, and of findings that are left out.

    ``cut`` are the paths of pages that have more findings than are told, and the codes of their rules.
    """

    found: Sequence[Judged]
    outcome: Outcome
    reported: Sequence[Judged]
    change: Change | None
    baseline: BaselineUse | None
    coverage: CoverageSummary | None
    notices: Sequence[str]
    cut: frozenset[tuple[str, str]]


def examine(task: Run) -> Examined:
    """Judge a site, and leave out what is waived, known, or not asked for."""
    words = Words(task.knowledge, task.messages)
    past = task.pasts[0] if task.pasts else None
    history = History(past, task.announced)
    covered, failures = _covered(task, words)
    judgement = judge(task.site, task.rules, history, words, task.answers, _gate(task, covered))
    found = [*judgement.found, *failures]
    waivers, distrusted = _trusted(task, past)
    ran = HavingRun(task.site, task.rules, task.answers)
    outcome = apply(waivers, found, task.site, ran, words)
    new, change = _only_new(task, outcome, words)
    baseline = None
    if task.baseline is not None:
        left = without_known(new, task.baseline)
        stale = count_stale(outcome.kept, task.baseline, ran.about(task.site.pages))
        baseline = BaselineUse(known=len(new) - len(left), stale=stale)
        new = left
    reported = [j for j in new if j.problem.code == CRASH_CODE or within(j.problem.place.file, task.paths)]
    reported.sort(key=_place)
    return Examined(
        found=found,
        outcome=outcome,
        reported=reported,
        change=change,
        baseline=baseline,
        coverage=covered,
        notices=[*distrusted, *_told_in_part(task, judgement.cut)],
        cut=frozenset((page.path, active.rule.code) for page, active in judgement.cut),
    )


def _place(item: Judged) -> tuple[str, int, int, str]:
    place = item.problem.place
    return place.file, place.line, place.column, item.problem.code


def _covered(task: Run, words: Words) -> tuple[CoverageSummary | None, list[Judged]]:
    """Coverage, and what is told when it cannot be measured: that must not take the findings with it."""
    if task.coverage is None:
        return None, []
    try:
        return cover(task.site, task.pasts, task.coverage), []
    except Exception as error:
        message = task.messages("crash.coverage", error=f"{type(error).__name__}: {error}")
        return None, [crash(task.site, task.site.settings_file, message, words)]


def _gate(task: Run, covered: CoverageSummary | None) -> Gate | None:
    if task.coverage is None or covered is None or covered.change is None:
        return None
    return Gate(covered.change, task.coverage.settings or task.site.settings_file)


def _only_new(task: Run, outcome: Outcome, words: Words) -> tuple[list[Judged], Change | None]:
    """The problems that no earlier state had, and what became of those that the first one had."""
    waived = {id(item) for item in outcome.waived}
    new = [*outcome.kept, *outcome.waived]
    change: Change | None = None
    for past in task.pasts:
        found = judge(past.site, task.rules, History(), words, task.answers).found
        earlier = apply(task.waivers, found, past.site, HavingRun(past.site, task.rules, task.answers), words)
        # What was waived is known too: who takes a waiver away is not to blame for what it hid.
        comparison = compare(new, [*earlier.kept, *earlier.waived], past.pairs)
        crashes = [item for item in comparison.known if item.problem.code == CRASH_CODE]
        new = [*comparison.new, *crashes]
        if change is None:
            known = sum(id(item) not in waived for item in comparison.known) - len(crashes)
            repaired = tuple(item.problem for item in comparison.repaired)
            change = Change(base=past.label, known=known, repaired=repaired)
    return [item for item in new if id(item) not in waived], change


def _told_in_part(task: Run, cut: Sequence[tuple[Page, ActiveRule]]) -> list[str]:
    """Notices on pages that have more findings of one rule than are told."""
    asked = [(display_path(page.path), active.rule.code) for page, active in cut if within(page.path, task.paths)]
    notices = [task.messages("notice.cut", file=file, code=code, n=MOST_FINDINGS) for file, code in asked[:_NAMED]]
    if len(asked) > _NAMED:
        notices.append(task.messages.count("notice.cuts", len(asked) - _NAMED))
    return notices


def _trusted(task: Run, past: Past | None) -> tuple[Waivers, list[str]]:
    """The waivers that count, and a notice on the comments that do not because the change itself adds them."""
    if not task.distrust or past is None:
        return task.waivers, []
    words = task.knowledge.catalogue.suppressions
    known = {page.path: _known_suppressions(page, past.pairs.before(page), words) for page in task.site.pages}

    def counts(page: Page, suppression: Suppression) -> bool:
        return suppression.span in known[page.path]

    pages = [
        display_path(page.path)
        for page in task.site.pages
        if any(suppression.span not in known[page.path] for suppression in read_suppressions(page, words))
    ]
    notices = [task.messages("notice.suppression", file=path) for path in pages[:_NAMED]]
    if len(pages) > _NAMED:
        notices.append(task.messages.count("notice.suppressions", len(pages) - _NAMED))
    return replace(task.waivers, counts=counts), notices


def _known_suppressions(page: Page, before: Page | None, words: SuppressionForm) -> set[Span]:
    """Where the suppressions of a page stand that it had before: in the same words, above the same text.

    One that was copied, or moved to another text, is a new one.
    """
    left = Counter(_saying(before, suppression) for suppression in read_suppressions(before, words)) if before else {}
    known: set[Span] = set()
    for suppression in read_suppressions(page, words):
        saying = _saying(page, suppression)
        if left.get(saying, 0) > 0:
            left[saying] -= 1
            known.add(suppression.span)
    return known


def _saying(page: Page, suppression: Suppression) -> tuple[object, ...]:
    """What a suppression says, and the first line of what it covers."""
    covered = page.source.slice(suppression.covers) if suppression.covers is not None else ""
    return suppression.rules, suppression.reason, suppression.until, covered.strip().partition("\n")[0].strip()
