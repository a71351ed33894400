"""``algokader-lint check``: the main job."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from algokader_lint.cli.output import terminal, write
from algokader_lint.cli.setup import list_files, load_rules, open_site, read_settings, rules_in_words
from algokader_lint.cli.usage import UsageError, Values, split_codes, suggestion
from algokader_lint.config import Settings
from algokader_lint.content.site import Site, find_root
from algokader_lint.content.tree import Tree
from algokader_lint.engine import Exemption, Run, run
from algokader_lint.knowledge import Knowledge, Scope
from algokader_lint.messages import Messages, load_messages
from algokader_lint.nearest import nearest
from algokader_lint.problem import Report
from algokader_lint.report.concise import render_concise
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.json_report import render_json
from algokader_lint.selection import Choice, choose, find_prefix
from algokader_lint.severity import Severity, at_least


def run_check(values: Values, messages: Messages) -> int:
    """Check a site and print the report; 0 clean, 1 problems, 2 when a check failed."""
    start = _start(values.paths, messages)
    tree = list_files(find_root(start), messages)
    settings, settings_folder = read_settings(start, tree.root, values.config, messages)
    if values.lang is None and settings.lang is not None:
        messages = load_messages(settings.lang)
    knowledge = load_rules(messages)
    choice = _choice(values, settings, knowledge)
    with rules_in_words(messages):
        rules = choose(knowledge, choice)
        exemptions = [
            Exemption(item.files, tuple(find_prefix(knowledge, code) for code in item.codes))
            for item in settings.exceptions
        ]
    if not rules:
        raise UsageError(messages("error.no_rules"))
    topic = values.topic or settings.topic
    scope = _scope(knowledge, choice.pack, topic, messages)
    docs_dir = _docs_dir(values.docs_dir, settings.docs_dir, settings_folder, tree.root, messages)
    site = open_site(tree, start.relative_to(tree.root).as_posix(), docs_dir, knowledge, scope, messages)
    if topic is not None:
        _require_topic(site, messages)
    report = run(
        Run(
            site=site,
            rules=rules,
            pack=choice.pack,
            knowledge=knowledge,
            messages=messages,
            exemptions=exemptions,
            paths=_inside(values.paths, tree, messages),
        )
    )
    write(_render(report, values, messages, time.perf_counter() - values.started), values.output, messages)
    return exit_code(report, values.fail_on or settings.fail_on or "error")


def exit_code(report: Report, fail_on: Severity) -> int:
    """0 clean, 1 problems of severity ``fail_on`` or worse, 2 when a check failed."""
    if report.crashed:
        return 2
    return int(any(at_least(problem.severity, fail_on) for problem in report.problems))


def _render(report: Report, values: Values, messages: Messages, seconds: float) -> str:
    if values.format == "json":
        return render_json(report)
    if values.format == "concise":
        return render_concise(report, messages)
    screen = terminal(os.environ, to_file=values.output is not None)
    return render_console(
        report,
        ConsoleOptions(
            messages=messages,
            style=screen.style,
            show=values.show or "warning",
            lines=None if values.all or values.output else 2 * screen.lines,
            columns=screen.columns,
            summary=not values.quiet,
            seconds=seconds,
        ),
    )


def _start(paths: Sequence[str], messages: Messages) -> Path:
    """The folder to find the site from: that of the first path, else where you stand."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(messages("error.no_path", path=path))
    if not paths:
        return Path.cwd().resolve()
    first = Path(paths[0]).resolve()
    return first if first.is_dir() else first.parent


def _inside(paths: Sequence[str], tree: Tree, messages: Messages) -> list[str]:
    """The paths relative to the root."""
    found: list[str] = []
    for path in paths:
        full = Path(os.path.abspath(path))
        full = full.parent.resolve() / full.name
        if full != tree.root and tree.root not in full.parents:
            raise UsageError(messages("error.path_outside", path=path, root=tree.root))
        found.append(full.relative_to(tree.root).as_posix())
    return found


def _choice(values: Values, settings: Settings, knowledge: Knowledge) -> Choice:
    """The command line comes before the settings; rules selected on it are not ignored by them."""
    selected = split_codes(values.select)
    ignored = split_codes(values.ignore)
    return Choice(
        pack=values.pack or settings.pack or knowledge.catalogue.default_pack,
        select=selected or settings.select,
        ignore=ignored if selected else [*ignored, *settings.ignore],
        severity=settings.severity,
        options=settings.options,
    )


def _docs_dir(option: str | None, setting: str | None, base: Path, root: Path, messages: Messages) -> str | None:
    """The folder of pages, relative to the root: an option counts from where you stand, a setting from its file."""
    name = option or setting
    if name is None:
        return None
    folder = ((Path.cwd() if option else base) / name).resolve()
    if not folder.is_dir() or not folder.is_relative_to(root):
        raise UsageError(messages("error.no_docs_dir", place=name))
    return folder.relative_to(root).as_posix()


def _scope(knowledge: Knowledge, pack: str, topic: str | None, messages: Messages) -> Scope | None:
    """What the pack is about, with another topic when one is asked for."""
    scope = knowledge.scope(pack)
    if topic is None:
        return scope
    if scope is None:
        raise UsageError(messages("error.no_topic", pack=pack))
    return scope.model_copy(update={"value": topic})


def _require_topic(site: Site, messages: Messages) -> None:
    """The topic asked for is a page; a site without any page of that type has no topics, and is let be."""
    scope = site.scope
    if scope is None:
        return
    to = site.types[scope.type].fields[scope.field].to
    topics = site.of_type(to or "")
    if topics and scope.value not in topics:
        near = nearest(scope.value, topics)
        raise UsageError(
            messages("error.unknown_topic", name=scope.value, field=scope.field) + suggestion(messages, near)
        )
