"""What a run needs, from what a person asked and what the settings say."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from algokader_lint.cli.measuring import labels_for, plan_of
from algokader_lint.cli.project import (
    Project,
    content_of,
    inside_root,
    mkdocs_of,
    pasts_of,
    retired_of,
    retired_path,
    scope_of,
    settings_of,
)
from algokader_lint.cli.setup import load_rules
from algokader_lint.cli.usage import UsageError, Values, split_codes, suggestion
from algokader_lint.config import FoundSettings, Settings
from algokader_lint.content.mkdocs import BadMkdocsFile, MkdocsFile
from algokader_lint.content.page import TextFile
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import RetiredIds
from algokader_lint.content.site import NoSite, Site, find_mkdocs, read_site
from algokader_lint.content.source import SourceText
from algokader_lint.engine import Exemption, Question, Run, Waivers
from algokader_lint.engine.baseline import BadBaseline, read_baseline
from algokader_lint.knowledge import Knowledge, Scope
from algokader_lint.messages import Messages
from algokader_lint.nearest import nearest
from algokader_lint.selection import Choice, choose, find_prefix

_TOPICS = 20
"""How many topics are named to somebody who named none that is there."""
BASELINE = "algokader-lint-baseline.json"
"""Where a baseline is written when nobody says where."""


def task_of(project: Project, found: FoundSettings, values: Values, messages: Messages) -> Run:
    """All that the run needs: the site now and before, the rules, and what is waived."""
    settings = found.settings
    knowledge = load_rules(messages)
    choice = choice_of(settings, knowledge, pack=values.pack, select=values.select, ignore=values.ignore)
    rules = choose(knowledge, choice)
    if not rules:
        raise UsageError(messages("error.no_rules"))
    topic = values.topic or settings.topic
    docs_dir = docs_dir_of(project, values.docs_dir, found, messages)
    mkdocs = mkdocs_of(project, docs_dir)
    list_path = retired_path(found, mkdocs, knowledge)
    retired = retired_of(project.trusted, list_path)
    reader = PageReader(knowledge.types)
    scope = scope_of(knowledge, choice.pack, topic, messages)
    in_force = retired.in_force(date.today())
    site = read_site(project.tree, mkdocs, reader, scope, in_force)
    if topic is not None:
        require_topic(site, scope, messages)
    own_list = retired if project.trusted is project.tree else retired_of(project.tree, list_path)
    baseline_path = path_of_baseline(project, found, values, messages)
    return Run(
        site=site,
        rules=rules,
        pack=choice.pack,
        knowledge=knowledge,
        messages=messages,
        waivers=waivers_of(found, knowledge, retired),
        pasts=pasts_of(project, site, docs_dir, lambda tree, place: read_site(tree, place, reader, scope, in_force)),
        distrust=project.trusted is not project.tree,
        announced=RetiredIds(tuple(entry for entry in own_list.entries if entry not in retired.entries)),
        baseline=_baseline(project, baseline_path, values, messages),
        paths=[inside_root(project, path, messages) for path in values.paths],
        coverage=_coverage(site, knowledge, choice, found, messages),
        notices=_notices(project, values, found, mkdocs, docs_dir, [list_path, baseline_path], messages),
    )


def _coverage(
    site: Site, knowledge: Knowledge, choice: Choice, found: FoundSettings, messages: Messages
) -> Question | None:
    """What is measured, and where that is asked."""
    plan = plan_of(knowledge, choice, site.scope, found.settings.coverage, messages)
    if plan is None:
        return None
    return Question(plan, labels_for(site, plan, messages), _settings_file(found))


def _settings_file(found: FoundSettings) -> TextFile | None:
    return TextFile(found.path, SourceText(found.data.decode("utf-8", errors="replace"))) if found.path else None


def choice_of(
    settings: Settings,
    knowledge: Knowledge,
    *,
    pack: str | None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
) -> Choice:
    """The command line comes before the settings; rules selected on it are not ignored by them."""
    selected = split_codes(select)
    ignored = split_codes(ignore)
    return Choice(
        pack=pack or settings.pack or knowledge.catalogue.default_pack,
        select=selected or settings.select,
        ignore=ignored if selected else [*ignored, *settings.ignore],
        severity=settings.severity,
        options=settings.options,
    )


def waivers_of(found: FoundSettings, knowledge: Knowledge, retired: RetiredIds) -> Waivers:
    """The exceptions in the settings. Raises UnknownName."""
    exemptions = [
        Exemption(item.files, tuple(find_prefix(knowledge, code) for code in item.codes), item.until, place)
        for item, place in zip(found.settings.exceptions, found.places_of_exceptions(), strict=True)
    ]
    return Waivers(exemptions=exemptions, settings=_settings_file(found), retired=retired)


def docs_dir_of(project: Project, option: str | None, found: FoundSettings, messages: Messages) -> str | None:
    """The folder of pages, relative to the root: an option counts from where you stand, a setting from its file."""
    name = option or found.settings.docs_dir
    if name is None:
        return None
    base = Path.cwd() if option else project.root / found.folder
    folder = (base / name).resolve()
    if not folder.is_dir() or not folder.is_relative_to(project.root):
        raise UsageError(messages("error.no_docs_dir", place=name))
    return folder.relative_to(project.root).as_posix()


def require_topic(site: Site, scope: Scope | None, messages: Messages) -> None:
    """The topic asked for is a page; a site without any page of that type has no topics, and is let be."""
    if scope is None or scope.value is None:
        return
    to = site.types[scope.type].fields[scope.field].to
    topics = site.of_type(to or "")
    if topics and scope.value not in topics:
        hint = suggestion(messages, nearest(scope.value, topics)) or f" ({', '.join(sorted(topics)[:_TOPICS])})"
        raise UsageError(messages("error.unknown_topic", name=scope.value, field=scope.field) + hint)


def path_of_baseline(project: Project, found: FoundSettings, values: Values, messages: Messages) -> str | None:
    """Where the baseline is, relative to the root; None when there is to be none."""
    if values.baseline is not None:
        return inside_root(project, values.baseline, messages)
    name = found.settings.baseline or (BASELINE if values.write_baseline else None)
    return None if name is None else posixpath.normpath(posixpath.join(found.folder, name))


def _baseline(project: Project, path: str | None, values: Values, messages: Messages) -> Counter[str] | None:
    """The fingerprints that are known. There may be none yet when they are to be written, or before this change."""
    if path is None:
        return None
    data = content_of(project.trusted, path)
    if data is None:
        if values.write_baseline or project.trusted is not project.tree:
            return None
        raise UsageError(messages("error.no_baseline", file=path))
    try:
        return read_baseline(data)
    except BadBaseline:
        raise UsageError(messages("error.bad_baseline", file=path)) from None


def _notices(
    project: Project,
    values: Values,
    found: FoundSettings,
    mkdocs: MkdocsFile,
    docs_dir: str | None,
    lists: Sequence[str | None],
    messages: Messages,
) -> list[str]:
    """What a distrusted change changes about the way it is checked; that counts once others have agreed to it."""
    if project.trusted is project.tree:
        return []
    now = settings_of(project, project.tree, values.config)
    changed = [now.path or found.path] if (now.path, now.data) != (found.path, found.data) else []
    changed += [p for p in lists if p and content_of(project.tree, p) != content_of(project.trusted, p)]
    notices = [messages("notice.settings", file=path) for path in changed]
    try:
        here = find_mkdocs(project.tree, project.start, docs_dir).docs_dir
    except (NoSite, BadMkdocsFile):
        return notices
    before = mkdocs.docs_dir
    return [*notices, messages("notice.docs_dir", before=before, now=here)] if here != before else notices
