"""``check --fix`` and ``check --diff``: repairs what can be repaired, or shows it, and says what it did."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from algokader_lint.cli.github import in_actions
from algokader_lint.cli.output import terminal
from algokader_lint.cli.project import Project
from algokader_lint.cli.rewriting import by_place, differences, rewrite
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import reread
from algokader_lint.content.tree import display_path
from algokader_lint.engine import Run
from algokader_lint.engine.examining import on_site
from algokader_lint.engine.fixing import Repaired, Repairs, try_fixes
from algokader_lint.fix import encoded, patch
from algokader_lint.messages import Messages, clip
from algokader_lint.problem import Problem, Repair
from algokader_lint.report.text import printable, quiet

_CHANGES = 4
"""How many changes of one repair are told."""
_TELLING = 3
"""Length from which a text that is written tells what advice is about it."""


def show_fixes(task: Run, project: Project, values: Values, messages: Messages) -> int:
    """Print what would change; 1 when something would, else 0.

    Raises UsageError for a file that could not be written.
    """
    outcome = try_fixes(task, unsafe=values.unsafe)
    repaired = outcome.files
    changed = by_place(project, ((item.file, item.text) for item in repaired), messages)
    if sys.stdout.isatty() or in_actions(os.environ):
        style = terminal(os.environ, to_file=False).style
        sys.stdout.write("".join(f"{line}\n" for line in differences(changed, style)))
    else:
        sys.stdout.write("".join(patch(place, file.source, text) for place, (file, text) in changed.items()))
    sys.stdout.flush()
    # A line apart from the changes above it; below, from the report that follows.
    _tell([*([""] if repaired else []), *_told(outcome, "fix.would", messages)])
    return int(bool(repaired))


def apply_fixes(task: Run, project: Project, values: Values, messages: Messages) -> Run:
    """Write what can be repaired, say so on standard error, and give the run on what the files are now.

    Raises UsageError for a file that cannot be written.
    """
    outcome = try_fixes(task, unsafe=values.unsafe)
    written = {file.path for file in rewrite(project, ((item.file, item.text) for item in outcome.files), messages)}
    done = [item for item in outcome.files if item.file.path in written]
    _tell([*_told(Repairs(done, outcome.refused), "fix.done", messages), *([""] if done else [])])
    contents = {item.file.path: encoded(item.file.source, item.text) for item in done}
    site = reread(task.site, contents, PageReader(task.site.types))
    return on_site(task, site)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(quiet(printable(line)), file=sys.stderr)


def _told(repairs: Repairs, outcome: str, messages: Messages) -> Iterator[str]:
    """What was repaired, file by file; of what needs an eye each problem, with what it says of titles; and what was
    not, though it looked as if it could be.
    """
    if repairs.files:
        yield from _told_files(repairs.files, outcome, messages)
    elif not repairs.refused:
        yield messages("fix.nothing")
    if repairs.refused:
        yield messages.count("fix.refused", len(repairs.refused))
        for problem in repairs.refused:
            place = problem.place
            yield messages("fix.refused_place", file=place.file, line=place.line, code=problem.code)


def _told_files(repaired: Sequence[Repaired], outcome: str, messages: Messages) -> Iterator[str]:
    for item in repaired:
        yield messages("fix.file", file=display_path(item.file.path), rules=_rules(item.problems))
        for problem in item.problems:
            if problem.repair is not None and not problem.repair.safe:
                yield messages("fix.needs_eye", line=problem.place.line, code=problem.code, message=problem.message)
                yield from (f"    {change}" for change in _changes(problem.repair, messages))
                written = [edit.text for edit in problem.repair.edits if len(edit.text) >= _TELLING]
                values = (*problem.replacements, *written)
                yield from (f"    {advice}" for advice in problem.help if _is_about(advice, values))
    problems = messages.count("fix.problems", sum(len(item.problems) for item in repaired))
    yield messages(outcome, problems=problems, files=messages.count("fix.files", len(repaired)))


def _changes(repair: Repair, messages: Messages) -> Iterator[str]:
    """What a repair writes in the place of what: of many or long changes the beginning."""
    for edit in repair.edits[:_CHANGES]:
        place, lines = edit.place, edit.text.strip("\r\n").splitlines() or [""]
        end = place.end_column - 1 if place.end_line == place.line else None
        old = place.excerpt[place.column - 1 : end] + ("" if end is not None else "…")
        new = lines[0] + ("…" if len(lines) > 1 else "")
        kind = "fix.replaced" if old.strip() and new.strip() else "fix.added" if new.strip() else "fix.removed"
        if old.strip() or new.strip():
            yield messages(kind, old=clip(old), new=clip(new))
    if len(repair.edits) > _CHANGES:
        yield "…"


def _is_about(advice: str, values: Iterable[str]) -> bool:
    """Whether advice tells of one of these values, such as the title of the page that it names."""
    return any(value in advice for value in values)


def _rules(problems: Iterable[Problem]) -> str:
    rules = Counter((problem.code, problem.name) for problem in problems)
    return ", ".join(f"{number} × {code} {name}" for (code, name), number in sorted(rules.items()))


def require_fixable(values: Values, messages: Messages) -> None:
    """Raises UsageError when what is asked for cannot go together."""
    if values.unsafe and not (values.fix or values.diff):
        raise UsageError(messages("error.fix_alone"))
    if not (values.fix or values.diff):
        return
    if values.write_baseline:
        raise UsageError(messages("error.fix_baseline"))
    if values.staged:
        raise UsageError(messages("error.fix_staged"))
