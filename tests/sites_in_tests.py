"""Sites for tests: made in a temporary folder or in memory, checked in process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from algokader_lint.cli.measuring import plan_of
from algokader_lint.config import CoverageSettings
from algokader_lint.content.history import Past
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import RetiredIds, read_retired_ids
from algokader_lint.content.site import Site, find_mkdocs, read_site
from algokader_lint.content.tree import CannotRead, FolderTree, Tree
from algokader_lint.coverage.outcome import labels_of
from algokader_lint.data import data_folder
from algokader_lint.engine import Exemption, Question, Run, Waivers, run
from algokader_lint.knowledge import Knowledge, load_knowledge
from algokader_lint.messages import Language, Messages, load_messages
from algokader_lint.problem import Problem, Report
from algokader_lint.selection import Choice, choose

SITES = Path(__file__).parent / "sites"


@cache
def knowledge() -> Knowledge:
    return load_knowledge(data_folder())


def read_files(folder: Path) -> dict[str, bytes]:
    """All files below ``folder``, by their path with ``/``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write_files(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    for below in {os.path.dirname(name) for name in files}:
        os.makedirs(folder / below, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@cache
def _minimal() -> Mapping[str, bytes]:
    return read_files(SITES / "minimaal")


def minimal_site(folder: Path, files: Mapping[str, bytes | str] = {}) -> Path:
    """The clean minimal site in ``folder``, with ``files`` on top of it."""
    return write_files(folder, {**_minimal(), **files})


@dataclass(frozen=True)
class FilesTree:
    """The files of a site that stands nowhere; see ``Tree``. Costs less than a folder that is written to be read."""

    files: Mapping[str, bytes]
    root: Path = field(default=Path("/nergens"), init=False)

    def paths(self) -> Sequence[str]:
        return sorted(self.files)

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise CannotRead("folder" if any(other.startswith(f"{path}/") for other in self.files) else "absent")
        return self.files[path]

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
        return frozenset()


def minimal_tree(files: Mapping[str, bytes]) -> FilesTree:
    """The clean minimal site in memory, with ``files`` on top of it."""
    return FilesTree({**_minimal(), **files})


def open_folder(place: Path | Tree, pack: str = "publieke-inkoop", reader: PageReader | None = None) -> Site:
    """The site in a folder, or in memory."""
    tree = FolderTree(place) if isinstance(place, Path) else place
    mkdocs = find_mkdocs(tree, ".", None)
    retired = knowledge().catalogue.retired_ids
    ids = read_retired_ids(retired, tree.read(retired)) if retired in tree.paths() else RetiredIds()
    return read_site(tree, mkdocs, reader or PageReader(knowledge().types), knowledge().scope(pack), ids)


def question(site: Site, choice: Choice, messages: Messages) -> Question | None:
    """What a run measures when the settings say nothing."""
    plan = plan_of(knowledge(), choice, site.scope, CoverageSettings(), messages)
    return None if plan is None else Question(plan, labels_of(plan, site.types, "Inkoop", messages.language))


def check(place: Path | Tree, **how: Any) -> Report:
    """Check the site at ``place`` as the command does; see ``task``."""
    return run(task(place, **how))


def task(
    place: Path | Tree,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    pack: str = "publieke-inkoop",
    language: Language = "nl",
    exemptions: Sequence[Exemption] = (),
    paths: Sequence[str] = (),
    before: Path | Tree | None = None,
    **more: Any,
) -> Run:
    """What the command runs on the site at ``place``; ``before`` is where an earlier state of it is."""
    reader = PageReader(knowledge().types)
    site = open_folder(place, pack, reader)
    choice = Choice(pack=pack, select=select, ignore=ignore)
    messages = load_messages(language)
    pasts = [] if before is None else [Past("eerder", open_folder(before, pack, reader), site)]
    return Run(
        site=site,
        rules=choose(knowledge(), choice),
        pack=pack,
        knowledge=knowledge(),
        messages=messages,
        waivers=Waivers(exemptions=exemptions),
        pasts=pasts,
        paths=paths,
        coverage=question(site, choice, messages),
        **more,
    )


def described(problems: Sequence[Problem]) -> list[str]:
    """``file:line CODE severity``, for comparing and for reading when a test fails."""
    return [f"{p.place.file}:{p.place.line} {p.code} {p.severity}" for p in problems]
