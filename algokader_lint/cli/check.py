"""``algokader-lint check``: the main job."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack

from algokader_lint.cli.fixes import apply_fixes, require_fixable, show_fixes
from algokader_lint.cli.online import with_answers
from algokader_lint.cli.output import write
from algokader_lint.cli.outputs import outputs_of, questions_of, write_report
from algokader_lint.cli.project import Project, open_project, place_inside, settings_of
from algokader_lint.cli.setup import in_words
from algokader_lint.cli.task import path_of_baseline, task_of
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.engine import Run, run, write_baseline
from algokader_lint.engine.baseline import read_baseline
from algokader_lint.messages import Messages, load_messages
from algokader_lint.problem import Report
from algokader_lint.severity import Severity, at_least


def run_check(values: Values, messages: Messages) -> int:
    """Check a site and print the report; 0 clean, 1 problems, 2 when a check failed."""
    require_fixable(values, messages)
    with ExitStack() as stack:
        with in_words(messages):
            project = open_project(
                values.paths,
                messages,
                stack,
                since=values.since,
                staged=values.staged,
                distrust=values.base_settings,
            )
            settings = settings_of(project, project.trusted, values.config)
        parts = ("links",) if values.online else ()
        messages = load_messages(values.lang or settings.settings.lang or messages.language, *parts)
        outputs = outputs_of(values, os.environ, messages)
        with in_words(messages):
            task = task_of(project, settings, values, messages)
            task = with_answers(task, settings.settings, values, messages)
        if values.write_baseline:
            return _write_baseline(project, task, path_of_baseline(project, settings, values, messages), messages)
        if values.diff:
            return show_fixes(task, project, values, messages)
        if values.fix:
            task = apply_fixes(task, project, values, messages)
        report = run(task)
    seconds = time.perf_counter() - values.started
    write_report(report, outputs, values, seconds, questions_of(task.knowledge, messages), messages)
    return exit_code(report, values.fail_on or settings.settings.fail_on or "error")


def exit_code(report: Report, fail_on: Severity) -> int:
    """0 clean, 1 problems of severity ``fail_on`` or worse, 2 when a check failed."""
    if report.crashed:
        return 2
    return int(any(at_least(problem.severity, fail_on) for problem in report.problems))


def _write_baseline(project: Project, task: Run, path: str | None, messages: Messages) -> int:
    """Write the baseline; what was in it and is mended goes out of it, and nothing is added."""
    if path is None or task.pasts or task.paths:
        raise UsageError(messages("error.baseline_part"))
    text = write_baseline(task)
    write(text, str(place_inside(project, path, messages)), messages)
    count = read_baseline(text.encode()).total()
    print(messages("baseline.written", file=path, n=count))
    return 0
