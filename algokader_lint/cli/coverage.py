"""``algokader-lint coverage``: what pages of a topic cover, what they do not, and what a change does to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from algokader_lint.cli.coverage_outputs import FORMATS, WHOLE_FORMS, show_in_browser, write_coverage
from algokader_lint.cli.measuring import host_of, labels_for, plan_of
from algokader_lint.cli.output import progress
from algokader_lint.cli.outputs import outputs_of
from algokader_lint.cli.project import (
    Project,
    mkdocs_of,
    open_project,
    pasts_of,
    releases_of,
    retired_of,
    retired_path,
    scope_of,
    settings_of,
)
from algokader_lint.cli.setup import in_words, load_rules
from algokader_lint.cli.task import choice_of, docs_dir_of, require_topic
from algokader_lint.cli.usage import UsageError, Values, suggestion
from algokader_lint.cli.verdicts import CachedVerdicts
from algokader_lint.config import Settings
from algokader_lint.content.git import commit_of, has_commits, is_git_root, is_modified, is_shallow, tagged_commits
from algokader_lint.content.mkdocs import BadMkdocsFile, MkdocsFile
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import RetiredIds
from algokader_lint.content.site import NoSite, Site, find_mkdocs, read_references
from algokader_lint.content.tree import Tree, open_commit
from algokader_lint.coverage.change import CoverageChange
from algokader_lint.coverage.comparing import compare_coverage, under_floors
from algokader_lint.coverage.document import Coverage
from algokader_lint.coverage.history import point_of
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.outcome import Labels, Outcome, Point, Topic
from algokader_lint.coverage.plan import Plan
from algokader_lint.knowledge import Knowledge
from algokader_lint.messages import Messages, load_messages
from algokader_lint.nearest import nearest
from algokader_lint.report.coverage.change import fault_line
from algokader_lint.selection import require_pack

_VIEWS = ("--all-topics", "--frameworks", "--history")
"""Options that ask for another report than that of one topic."""
_NAMED = 5
"""Pages that a notice names; the others are counted."""


def run_coverage(values: Values, messages: Messages) -> int:
    """Measure, and print the report; 0, 1 when a change does not pass the gate, 2 when it cannot be measured."""
    with ExitStack() as stack, in_words(messages):
        _require_one_question(values, messages)
        project = open_project((), messages, stack, since=values.since, distrust=values.base_settings)
        found = settings_of(project, project.trusted, values.config)
        messages = load_messages(values.lang or found.settings.lang or messages.language, "coverage", "sheets")
        outputs = outputs_of(values, os.environ, messages, FORMATS)
        knowledge = load_rules(messages)
        docs_dir = docs_dir_of(project, values.docs_dir, found, messages)
        mkdocs = mkdocs_of(project, docs_dir)
        retired = retired_of(project.tree, retired_path(found, mkdocs, knowledge)).in_force(date.today())
        plan = _plan(values, found.settings, knowledge, messages)
        plan = replace(plan, verdicts=CachedVerdicts.open(values, os.environ, messages))
        measuring = _Measuring(project, mkdocs, docs_dir, PageReader(knowledge.types), plan, retired)
        whole = values.open or any(output.form in WHOLE_FORMS for output in outputs)
        outcome = measuring.outcome(values, whole=whole, messages=messages)
    write_coverage(outcome, outputs, values, messages)
    if values.open:
        show_in_browser(outcome, outputs, messages)
    return int(outcome.change is not None and bool(outcome.change.faults))


def _require_one_question(values: Values, messages: Messages) -> None:
    """What a change does is told of one topic, in the report of that topic; nothing that is asked goes unheard."""
    views = {
        "--all-topics": values.all_topics,
        "--frameworks": values.frameworks,
        "--history": values.history is not None,
    }
    asked = [name for name, given in views.items() if given]
    asked += ["--since"] if values.since is not None and asked else []
    if len(asked) > 1:
        raise UsageError(messages("error.one_question", options=", ".join(asked)))


def _plan(values: Values, settings: Settings, knowledge: Knowledge, messages: Messages) -> Plan:
    """What the pack measures, of the topic that was asked for. Raises UsageError."""
    if sum(map(bool, (values.topic, values.all_topics, values.whole_site))) > 1:
        raise UsageError(messages("error.one_scope"))
    choice = choice_of(settings, knowledge, pack=values.pack)
    require_pack(knowledge, choice.pack)
    whole = values.all_topics or values.whole_site
    scope = scope_of(knowledge, choice.pack, None if whole else values.topic or settings.topic, messages)
    if scope is not None and whole:
        scope = scope.model_copy(update={"value": None})
    plan = plan_of(knowledge, choice, scope, settings.coverage, messages)
    if plan is None:
        raise UsageError(messages("error.no_coverage", pack=choice.pack))
    return plan


@dataclass(frozen=True)
class _Measuring:
    """Measures states of one repository, all by one plan."""

    project: Project
    mkdocs: MkdocsFile
    docs_dir: str | None
    reader: PageReader
    plan: Plan
    retired: RetiredIds

    def outcome(self, values: Values, *, whole: bool, messages: Messages) -> Outcome:
        """All that is asked for; ``whole``: also what is only told in the forms that tell all."""
        site = self._read(self.project.tree, self.mkdocs)
        scope = self.plan.scope
        require_topic(site, scope, messages)
        revision, label = self._revision()
        coverage = measure(site, self.plan, revision, drafts=whole)
        modified = revision is not None and is_modified(self.project.root, self.mkdocs.docs_dir)
        history: tuple[Point, ...] = ()
        if values.history is not None or (whole and self._has_history()):
            history = tuple(self._history(values.history or (), messages))
            if modified or not any(label in point.names for point in history):
                now = point_of([messages("cover.now")], date.today().isoformat(), site, coverage)
                history = (*history, now)
        labels = labels_for(site, self.plan, messages)
        return Outcome(
            coverage=coverage,
            labels=labels,
            names=site.short_names(),
            day=date.today().isoformat(),
            revision_label=label,
            modified=modified,
            host=host_of(self.mkdocs),
            change=self._change(site, coverage),
            history=history,
            notices=tuple(self._notices(site, coverage, labels, messages)),
            topics=tuple(self._topics(site, messages)) if values.all_topics else (),
        )

    def _notices(self, site: Site, coverage: Coverage, labels: Labels, messages: Messages) -> Iterator[str]:
        """What is missing from the numbers, what the settings say that does not count, and floors that are not met."""
        pages = [page.key for page in site.of_type(self.plan.scope.type).values() if page.front_matter.fields is None]
        if pages:
            yield messages.count("cover.unreadable", len(pages), pages=", ".join(pages[:_NAMED]))
        for waiver in coverage.waivers:
            if waiver.standing != "in_force":
                near = suggestion(messages, nearest(waiver.key, [item.key for item in coverage.graded.items]))
                hint = near if waiver.standing == "unknown" else ""
                standing = messages(f"cover.waivers.{waiver.standing}", page=labels.page.one)
                yield messages("cover.waiver", key=waiver.key, standing=standing) + hint
        for fault in under_floors(coverage, self.plan):
            yield fault_line(fault, {}, labels, messages)

    def _read(self, tree: Tree, mkdocs: MkdocsFile) -> Site:
        return read_references(tree, mkdocs, self.reader, [self.plan.scope], self.retired)

    def _revision(self) -> tuple[str | None, str]:
        """The commit, and a tag on it."""
        root = self.project.root
        if not is_git_root(root) or not has_commits(root):
            return None, ""
        commit = commit_of(root, "HEAD")
        return commit, next((tag.name for tag in tagged_commits(root) or () if tag.commit == commit), "")

    def _change(self, site: Site, coverage: Coverage) -> CoverageChange | None:
        for past in pasts_of(self.project, site, self.docs_dir, self._read):
            return compare_coverage(measure(past.site, self.plan), coverage, past, self.plan)
        return None

    def _has_history(self) -> bool:
        root = self.project.root
        return is_git_root(root) and not is_shallow(root) and bool(tagged_commits(root))

    def _history(self, wanted: Sequence[str], messages: Messages) -> Iterator[Point]:
        """The numbers of every release; one from before there was a site is left out."""
        with progress() as tell:
            for tags, commit in releases_of(self.project, messages, wanted):
                names = [tag.name for tag in tags]
                tell(", ".join(names))
                with open_commit(self.project.root, commit) as tree:
                    try:
                        site = self._read(tree, find_mkdocs(tree, self.project.start, self.docs_dir))
                    except (NoSite, BadMkdocsFile):
                        continue
                    yield point_of(names, tags[0].day, site, measure(site, self.plan))

    def _topics(self, site: Site, messages: Messages) -> Iterator[Topic]:
        """Every topic by itself, in the order of their titles."""
        scope = self.plan.scope
        to = site.types[scope.type].fields[scope.field].to
        for page in sorted(site.of_type(to or "").values(), key=lambda page: page.title.casefold()):
            plan = replace(self.plan, scope=scope.model_copy(update={"value": page.key}))
            yield Topic(page.key, page.title, measure(site, plan))
