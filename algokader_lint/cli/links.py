"""``algokader-lint links``: are the addresses that pages name still there."""

from __future__ import annotations

import os
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from algokader_lint.cli.link_fixes import fix_moved
from algokader_lint.cli.link_outputs import FORMATS, write_links
from algokader_lint.cli.outputs import outputs_of
from algokader_lint.cli.project import Project, inside_root, mkdocs_of, open_project, pasts_of, scope_of, settings_of
from algokader_lint.cli.setup import in_words, load_rules
from algokader_lint.cli.task import choice_of, docs_dir_of, require_topic, waivers_of
from algokader_lint.cli.usage import Values
from algokader_lint.cli.web import look_up, option_models, private_hosts_of, web_of
from algokader_lint.config import FoundSettings
from algokader_lint.content.outline import sections_called
from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import NONE_RETIRED
from algokader_lint.content.site import Site, read_texts
from algokader_lint.content.source import Span
from algokader_lint.content.sources import SourceSections
from algokader_lint.engine import Run, run
from algokader_lint.engine.summary import within
from algokader_lint.knowledge import Knowledge
from algokader_lint.links.answer import VERDICTS
from algokader_lint.links.dated import dated_references
from algokader_lint.links.document import LinkPlace, LinkReport, LinkReportEntry
from algokader_lint.links.gathering import Mention, Wanted, gather, on_added_lines
from algokader_lint.links.survey import Survey
from algokader_lint.messages import Messages, load_messages
from algokader_lint.problem import Problem, Report
from algokader_lint.selection import ActiveRule, Choice, choose
from algokader_lint.severity import SEVERITIES, at_least

_CHECKS = frozenset({"link-verdict", "safe-address", "valid-address"})
"""The checks that speak of addresses."""


def run_links(values: Values, messages: Messages) -> int:
    """Check the addresses, and print the report; 0, 1 when some harm a reader, 2 when it cannot be done.

    Without a network 0, for then nothing was judged; 130 when it was interrupted.
    """
    with ExitStack() as stack, in_words(messages):
        project = open_project(values.paths, messages, stack, docs_dir=values.docs_dir, since=values.since)
        found = settings_of(project, project.trusted, values.config)
        messages = load_messages(values.lang or found.settings.lang or messages.language, "links")
        outputs = outputs_of(values, os.environ, messages, FORMATS)
        job = _job(project, found, values, messages)
        mentions = gather(job.site.pages, _wanted(job, project, values, messages))
        data = job.knowledge.link_check
        hurry = data.pull_request if values.since is not None else None
        web = web_of(values, found.settings.links, job.private_hosts, job.site.mkdocs.site_url, hurry, messages)
        surveyed, notices = look_up(
            list(mentions),
            web,
            values,
            job.knowledge,
            messages,
            at_most=hurry.addresses if hurry is not None else None,
            writable=values.since is None,
            offline=values.offline,
        )
        problems = _problems(job, mentions, surveyed)
    report = _report(job, mentions, surveyed, problems, notices, time.perf_counter() - values.started)
    write_links(report, problems, outputs, values, messages)
    if values.fix and not surveyed.interrupted:  # who stops it wants nothing written
        fix_moved(project, job.reader, mentions, surveyed.answers, messages)
    if surveyed.interrupted:
        return 130
    bar = found.settings.fail_on or "error"
    failing = any(entry.severity is not None and at_least(entry.severity, bar) for entry in report.entries)
    return int(failing and not surveyed.offline)


@dataclass(frozen=True, slots=True)
class _Job:
    """What addresses are gathered from and judged by."""

    site: Site
    before: Callable[[Page], Page | None] | None
    reader: PageReader
    knowledge: Knowledge
    choice: Choice
    rules: Sequence[ActiveRule]
    found: FoundSettings
    messages: Messages

    @property
    def private_hosts(self) -> tuple[str, ...]:
        """Names of machines inside a network, as the rule has them that refuses them."""
        return private_hosts_of(self.knowledge, self.choice)


def _job(project: Project, found: FoundSettings, values: Values, messages: Messages) -> _Job:
    knowledge = load_rules(messages)
    choice = choice_of(found.settings, knowledge, pack=values.pack)
    rules = [active for active in choose(knowledge, choice) if active.rule.check in _CHECKS]
    docs_dir = docs_dir_of(project, values.docs_dir, found, messages)
    scope = scope_of(knowledge, choice.pack, values.topic or found.settings.topic, messages)
    reader = PageReader(knowledge.types)
    site = read_texts(project.tree, mkdocs_of(project, docs_dir), reader, scope)
    if values.topic:
        require_topic(site, scope, messages)
    pasts = pasts_of(project, site, docs_dir, lambda tree, place: read_texts(tree, place, reader, scope))
    before = pasts[0].pairs.before if pasts else None
    return _Job(site, before, reader, knowledge, choice, rules, found, messages)


def _wanted(job: _Job, project: Project, values: Values, messages: Messages) -> Wanted:
    """What was asked for: files and folders, a topic, sections of sources, added lines."""
    paths = [inside_root(project, path, messages) for path in values.paths]
    names = _sources_sections(job) if values.only_sources else None
    is_new = on_added_lines(job.before) if job.before is not None else None
    sources: dict[str, Sequence[Span]] = {}

    def in_sources(page: Page, span: Span, names: Sequence[str]) -> bool:
        if page.path not in sources:
            sections = (section for name in names for section in sections_called(job.site, page, name))
            sources[page.path] = _apart(section.body for section in sections)
        spans = sources[page.path]
        at = bisect_right(spans, span.start, key=lambda body: body.start) - 1
        return at >= 0 and spans[at].covers(span)

    def wanted(page: Page, span: Span) -> bool:
        if not within(page.path, paths) or (values.topic and not job.site.in_scope(page)):
            return False
        if names is not None and not in_sources(page, span, names):
            return False
        return is_new is None or is_new(page, span)

    return wanted


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in their order, without those that lie within another."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not found or not found[-1].covers(span):
            found.append(span)
    return found


def _sources_sections(job: _Job) -> Sequence[str]:
    """What sections of sources are called, by the rule that asks for them."""
    options = option_models(job.knowledge, job.choice, SourceSections)
    return [sections.section for sections in options]


def _problems(job: _Job, mentions: Mapping[str, Sequence[Mention]], surveyed: Survey) -> Report:
    """What the rules say of the answers, at the places that were asked about."""
    task = Run(
        site=job.site,
        rules=job.rules,
        pack=job.choice.pack,
        knowledge=job.knowledge,
        messages=job.messages,
        waivers=waivers_of(job.found, job.knowledge, NONE_RETIRED),
        answers=surveyed.answers,
    )
    report = run(task)
    places = {_key(mention.place) for found in mentions.values() for mention in found}
    return replace(report, problems=tuple(p for p in report.problems if _key_of(p) in places))


def _report(
    job: _Job,
    mentions: Mapping[str, Sequence[Mention]],
    surveyed: Survey,
    problems: Report,
    notices: Sequence[str],
    seconds: float,
) -> LinkReport:
    by_place: dict[tuple[str, int, int], Problem] = {}
    for problem in sorted(problems.problems, key=lambda problem: SEVERITIES.index(problem.severity)):
        by_place.setdefault(_key_of(problem), problem)
    entries = [_entry(url, found, surveyed, by_place) for url, found in mentions.items()]
    places = {url: [mention.place for mention in found] for url, found in mentions.items()}
    return LinkReport(
        entries=tuple(sorted(entries, key=_harm)),
        day=date.today(),
        hosts=surveyed.hosts,
        asked=surveyed.asked,
        seconds=seconds,
        offline=surveyed.offline,
        out_of_time=surveyed.out_of_time,
        interrupted=surveyed.interrupted,
        dated=tuple(dated_references(places, job.knowledge.link_check)),
        notices=tuple(notices),
    )


def _entry(
    url: str, found: Sequence[Mention], surveyed: Survey, by_place: Mapping[tuple[str, int, int], Problem]
) -> LinkReportEntry:
    answer, places = surveyed.answers[url], tuple(mention.place for mention in found)
    told = [problem for place in places if (problem := by_place.get(_key(place))) is not None]
    if not told:
        return LinkReportEntry(url=url, answer=answer, places=places)
    worst = min(told, key=lambda problem: SEVERITIES.index(problem.severity))
    return LinkReportEntry(
        url=url,
        answer=answer,
        places=places,
        severity=worst.severity,
        code=worst.code,
        name=worst.name,
        message=worst.message,
        help=worst.help,
        address=worst.address,
    )


def _harm(entry: LinkReportEntry) -> tuple[int, int, str]:
    return VERDICTS.index(entry.answer.verdict), -len(entry.places), entry.url


def _key(place: LinkPlace) -> tuple[str, int, int]:
    return place.file, place.line, place.column


def _key_of(problem: Problem) -> tuple[str, int, int]:
    return problem.place.file, problem.place.line, problem.place.column
