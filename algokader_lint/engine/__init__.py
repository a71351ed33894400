"""Runs rules over a site: findings become problems, in words and in order; what is known or waived is left out."""

from __future__ import annotations

from algokader_lint.content.history import History
from algokader_lint.content.tree import display_path
from algokader_lint.engine.baseline import baseline_text
from algokader_lint.engine.covering import Question
from algokader_lint.engine.examining import Run, examine
from algokader_lint.engine.having_run import HavingRun
from algokader_lint.engine.judging import CRASH_CODE, judge
from algokader_lint.engine.summary import count, summarize_scope, within
from algokader_lint.engine.waivers import Exemption, Waivers, apply
from algokader_lint.engine.wording import Words
from algokader_lint.problem import Report, Summary
from algokader_lint.selection import satisfied_by

__all__ = ["Exemption", "Question", "Run", "Waivers", "first_baseline", "run", "write_baseline"]


def run(task: Run) -> Report:
    """Check a site."""
    examined = examine(task)
    reported = [item.problem for item in examined.reported]
    return Report(
        problems=tuple(reported),
        summary=Summary(
            limited=bool(task.paths),
            pages=sum(within(display_path(page.path), task.paths) for page in task.site.pages),
            pages_with_errors=len({problem.place.file for problem in reported if problem.severity == "error"}),
            errors=count(reported, "error"),
            warnings=count(reported, "warning"),
            infos=count(reported, "info"),
            suppressed=len(examined.outcome.waived),
            fixable=sum(problem.repair is not None and problem.repair.safe for problem in reported),
            pack=satisfied_by(
                task.knowledge,
                task.pack,
                task.rules,
                {(item.problem.code, item.problem.rated) for item in examined.found},
            ),
            scope=summarize_scope(task.site, [item.problem for item in examined.outcome.kept], task.messages),
        ),
        crashed=any(item.problem.code == CRASH_CODE for item in examined.found),
        change=examined.change,
        baseline=examined.baseline,
        notices=(*task.notices, *examined.notices),
        coverage=examined.coverage,
        online=task.online,
    )


def write_baseline(task: Run) -> str:
    """The text of a baseline file that holds all problems of today; of an earlier baseline only what is left."""
    words = Words(task.knowledge, task.messages)
    ran = HavingRun(task.site, task.rules, task.answers)
    found = judge(task.site, task.rules, History(), words, task.answers).found
    kept = apply(task.waivers, found, task.site, ran, words).kept
    known = [item.problem for item in kept if item.problem.code != CRASH_CODE]
    return baseline_text(known, task.baseline, ran.about(task.site.pages))


def first_baseline(report: Report) -> str:
    """The text of a baseline file that holds all that a run reported."""
    return baseline_text([problem for problem in report.problems if problem.code != CRASH_CODE], None, ())
