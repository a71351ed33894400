"""Counts over a report, and how the pages fare that the pack is about."""

from __future__ import annotations

from collections.abc import Sequence

from algokader_lint.content.site import Site
from algokader_lint.content.tree import display_path
from algokader_lint.messages import Messages
from algokader_lint.problem import FailingPage, Problem, ScopeSummary
from algokader_lint.severity import Severity


def count(problems: Sequence[Problem], severity: Severity) -> int:
    """How many problems have this severity."""
    return sum(problem.severity == severity for problem in problems)


def within(file: str, paths: Sequence[str]) -> bool:
    """Whether a file lies in one of these files and folders; in any, when there are none."""
    return not paths or any(path in (".", file) or file.startswith(path + "/") for path in paths)


def summarize_scope(site: Site, problems: Sequence[Problem], messages: Messages) -> ScopeSummary | None:
    """How many of the pages that the pack is about have no errors, and where the errors of the others are."""
    scope = site.scope
    if scope is None:
        return None
    fields: dict[str, list[str]] = {}
    for problem in problems:
        if problem.in_scope and problem.severity == "error":
            known = fields.setdefault(problem.place.file, [])
            if problem.field and problem.field.casefold() not in known:
                known.append(problem.field.casefold())
    pages = list(site.in_scope_pages())
    label = site.types[scope.type].label
    words = label.en if messages.language == "en" else label.nl
    return ScopeSummary(
        label=(scope.value or words.many).replace("-", " ").capitalize(),
        pages_label=words.one if len(pages) == 1 else words.many,
        pages=len(pages),
        failing=tuple(
            FailingPage(site.short_name(page), tuple(fields[display_path(page.path)]))
            for page in pages
            if display_path(page.path) in fields
        ),
    )
