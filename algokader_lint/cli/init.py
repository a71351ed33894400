"""``algokader-lint init``: hook, workflow, settings and baseline, shown first and then written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack

from algokader_lint.cli.adoption import NewFile, Plan, plan_of
from algokader_lint.cli.output import agreed, person_at_terminal, terminal, write
from algokader_lint.cli.project import Project, open_project, place_inside, settings_of
from algokader_lint.cli.setup import in_words
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.content.git import is_git_root
from algokader_lint.content.tree import display_path
from algokader_lint.messages import Messages, load_messages
from algokader_lint.report.text import Style, printable, shown_path


def run_init(values: Values, messages: Messages) -> int:
    """Show what the repository lacks and, when a person agrees or with ``--yes``, write it; 0 in any case.

    Nothing that exists is written over. Raises UsageError outside of a repository with a site.
    """
    with ExitStack() as stack, in_words(messages):
        project = open_project([], messages, stack)
        if not is_git_root(project.root):
            raise UsageError(messages("init.no_git"))
        found = settings_of(project, project.tree, None)
        if values.lang is None and found.settings.lang is not None:
            messages = load_messages(found.settings.lang)
        plan = plan_of(project, found, messages)
    style = terminal(os.environ, to_file=False).style
    sys.stdout.write("".join(f"{line}\n" for line in _shown(plan, style, messages)))
    if plan.files and _agreed(values, messages):
        _write(project, plan.files, messages)
        sys.stdout.write(messages("init.next"))
    return 0


def _shown(plan: Plan, style: Style, messages: Messages) -> Iterator[str]:
    """Every file to write and what is to be added elsewhere; no line of it can be a command to a CI runner."""
    if plan.files:
        yield messages.count("init.files", len(plan.files))
    for file in plan.files:
        yield ""
        yield style("bold", shown_path(display_path(file.path)))
        yield from _framed(file.told or file.text, style)
    for addition in plan.additions:
        yield ""
        yield messages("init.add", file=shown_path(display_path(addition.path)))
        yield from _framed(addition.text, style)
    if plan.files or plan.additions:
        yield ""
    if plan.kept:
        yield messages("init.kept", files=", ".join(printable(display_path(path)) for path in plan.kept))
    yield from (printable(remark) for remark in plan.remarks)
    if not plan.files:
        yield messages("init.nothing")


def _framed(text: str, style: Style) -> Iterator[str]:
    return (f"  {style('dim', '|')} {printable(line)}".rstrip() for line in text.splitlines())


def _agreed(values: Values, messages: Messages) -> bool:
    """Whether to write: because it was said beforehand, or because a person at the terminal says so now."""
    if values.yes:
        return True
    if not person_at_terminal():
        print(messages("init.no_terminal"))
        return False
    return agreed(messages("init.question"), messages)


def _write(project: Project, files: tuple[NewFile, ...], messages: Messages) -> None:
    """Write the files, each whole; the first that cannot be written ends it."""
    for file in files:
        place = place_inside(project, file.path, messages)
        if os.path.lexists(place):
            raise UsageError(messages("init.appeared", file=file.path))
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(messages("error.cannot_write", file=file.path, reason=error.strerror or error)) from None
        write(file.text, str(place), messages)
        print(messages("init.written", file=printable(display_path(file.path))))
