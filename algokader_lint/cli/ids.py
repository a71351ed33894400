"""``algokader-lint ids``: the ids in use, those never used, and the list of those that are retired."""

from __future__ import annotations

import json
import posixpath
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from algokader_lint.cli.output import write
from algokader_lint.cli.project import (
    Project,
    mkdocs_of,
    open_project,
    place_inside,
    releases_of,
    retired_of,
    retired_path,
    settings_of,
)
from algokader_lint.cli.setup import in_words, load_rules
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.content.lifetime import Id, ids
from algokader_lint.content.mkdocs import BadMkdocsFile
from algokader_lint.content.numbering import free_value
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import BadRetiredIds, RetiredIds, added, extended, read_retired_ids
from algokader_lint.content.site import NoSite, Site, find_mkdocs, read_site
from algokader_lint.content.tree import open_commit
from algokader_lint.messages import Messages, load_messages
from algokader_lint.report.text import printable
from algokader_lint.retirement import Release, retired_by_history


def run_ids(values: Values, messages: Messages) -> int:
    """Show the ids of a site, or write those that are retired; 0, or 2 when that cannot be done."""
    with ExitStack() as stack, in_words(messages):
        project = open_project(values.paths, messages, stack)
        settings = settings_of(project, project.tree, values.config)
        if values.lang is None and settings.settings.lang is not None:
            messages = load_messages(settings.settings.lang)
        knowledge = load_rules(messages)
        mkdocs = mkdocs_of(project, settings.settings.docs_dir)
        path = retired_path(settings, mkdocs, knowledge)
        retired = retired_of(project.tree, path)
        reader = PageReader(knowledge.types)
        site = read_site(project.tree, mkdocs, reader, None, retired)
        if values.history:
            releases = [*_releases(project, reader, messages), Release("", site)]
            return _write_list(project, path, retired, releases, values, messages)
    series = list(_series(site))
    text = _as_json(series, retired) if values.format == "json" else _as_text(series, messages)
    if values.output is None:
        sys.stdout.write(text)
    else:
        write(text, values.output, messages)
    return 0


@dataclass(frozen=True, slots=True)
class _Series:
    """Ids that differ by their number alone; ``free`` is one that was never used, None when that is not known."""

    name: str
    used: tuple[str, ...]
    free: str | None


def _series(site: Site) -> Iterator[_Series]:
    found: dict[tuple[str, str], list[Id]] = {}
    for id_ in ids(site):
        name = id_.node.text.rstrip("0123456789")
        if name != id_.node.text:
            found.setdefault((id_.field, name), []).append(id_)
    for (field, name), some in sorted(found.items()):
        spec = site.types[some[0].page.type or ""].fields[field]
        free = free_value(site, field, spec, some[0].node.text)
        yield _Series(name, tuple(sorted({id_.node.text for id_ in some})), free)


def _as_text(series: list[_Series], messages: Messages) -> str:
    width = max((len(one.name) for one in series), default=0)
    lines = []
    for one in series:
        free = messages("ids.free.known", free=one.free) if one.free else messages("ids.free.unknown")
        counted = messages.count("ids.series", len(one.used), series=printable(one.name).ljust(width))
        lines.append(f"{counted}, {printable(free)}\n")
    return "".join(lines)


def _as_json(series: list[_Series], retired: RetiredIds) -> str:
    document = {
        "version": 1,
        "series": [{"series": one.name, "used": one.used, "free": one.free} for one in series],
        "retired": sorted({entry.id for entry in retired.entries}),
    }
    return json.dumps(document, indent=2) + "\n"


def _releases(project: Project, reader: PageReader, messages: Messages) -> Iterator[Release]:
    """The site at each release, oldest first; of releases with the same files only the first."""
    for names, commit in releases_of(project, messages):
        with open_commit(project.root, commit) as tree:
            try:
                yield Release(names[0].name, read_site(tree, find_mkdocs(tree, project.start, None), reader, None))
            except (NoSite, BadMkdocsFile):
                continue  # a release of something else, or from before there was a site


def _write_list(
    project: Project,
    path: str,
    retired: RetiredIds,
    releases: list[Release],
    values: Values,
    messages: Messages,
) -> int:
    """Add to the list what is not on it; what people wrote in it stays."""
    new = added(retired, retired_by_history(releases, messages))
    old = "" if retired.file is None else retired.file.source.text
    text = extended(old, messages("ids.heading").strip(), new) if new or not old else old
    try:
        whole = len(read_retired_ids(path, text.encode()).entries) == len(retired.entries) + len(new)
    except BadRetiredIds:
        whole = False
    if not whole:
        raise UsageError(messages("error.id_list", file=path))
    target = values.output or str(place_inside(project, path, messages))
    write(text, target, messages)
    shown = values.output or posixpath.basename(path)
    print(messages.count("ids.added", len(new), file=printable(shown), known=len(retired.entries)))
    return 0
