"""Sites for tests: made in a temporary folder, checked in process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from algokader_lint.cli.measuring import plan_of
from algokader_lint.config import CoverageSettings
from algokader_lint.content.history import Past
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.retired import RetiredIds, read_retired_ids
from algokader_lint.content.site import Site, find_mkdocs, read_site
from algokader_lint.content.tree import FolderTree
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
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def minimal_site(folder: Path, files: Mapping[str, bytes | str] = {}) -> Path:
    """The clean minimal site in ``folder``, with ``files`` on top of it."""
    return write_files(folder, {**read_files(SITES / "minimaal"), **files})


def open_folder(folder: Path, pack: str = "publieke-inkoop", reader: PageReader | None = None) -> Site:
    tree = FolderTree(folder)
    mkdocs = find_mkdocs(tree, ".", None)
    retired = folder / knowledge().catalogue.retired_ids
    ids = read_retired_ids(retired.name, retired.read_bytes()) if retired.exists() else RetiredIds()
    return read_site(tree, mkdocs, reader or PageReader(knowledge().types), knowledge().scope(pack), ids)


def question(site: Site, choice: Choice, messages: Messages) -> Question | None:
    """What a run measures when the settings say nothing."""
    plan = plan_of(knowledge(), choice, site.scope, CoverageSettings(), messages)
    return None if plan is None else Question(plan, labels_of(plan, site.types, "Inkoop", messages.language))


def check(folder: Path, **how: Any) -> Report:
    """Check the site in ``folder`` as the command does; see ``task``."""
    return run(task(folder, **how))


def task(
    folder: Path,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    pack: str = "publieke-inkoop",
    language: Language = "nl",
    exemptions: Sequence[Exemption] = (),
    paths: Sequence[str] = (),
    before: Path | None = None,
    **more: Any,
) -> Run:
    """What the command runs on the site in ``folder``; ``before`` is the folder of an earlier state of it."""
    reader = PageReader(knowledge().types)
    site = open_folder(folder, pack, reader)
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
