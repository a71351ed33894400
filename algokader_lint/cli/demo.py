"""``algokader-lint demo``: the main job on the bundled example site, and how well that is covered."""

from __future__ import annotations

import os
import sys
import time
from datetime import date

from algokader_lint.cli.coverage_outputs import write_page
from algokader_lint.cli.measuring import labels_for, plan_of
from algokader_lint.cli.output import Terminal, terminal
from algokader_lint.cli.setup import load_rules
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.config import CoverageSettings
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site, find_mkdocs, read_site
from algokader_lint.content.tree import FolderTree
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.coverage.plan import Plan
from algokader_lint.data import example_site
from algokader_lint.engine import Run, run
from algokader_lint.messages import Messages, load_messages
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.coverage.console import render_console as render_coverage
from algokader_lint.selection import Choice, choose


def run_demo(values: Values, messages: Messages) -> int:
    """Show what the linter says of the example site; 0, for its errors are meant to be there."""
    messages = load_messages(messages.language, "coverage")
    knowledge = load_rules(messages)
    choice = Choice(pack=knowledge.catalogue.default_pack)
    scope = knowledge.scope(choice.pack)
    # A plain folder: wherever the package is installed, the example is not part of that repository.
    tree = FolderTree(example_site())
    site = read_site(tree, find_mkdocs(tree, ".", None), PageReader(knowledge.types), scope)
    plan = plan_of(knowledge, choice, scope, CoverageSettings(), messages)
    task = Run(site=site, rules=choose(knowledge, choice), pack=choice.pack, knowledge=knowledge, messages=messages)
    report = run(task)
    screen = terminal(os.environ, to_file=False)
    seconds = time.perf_counter() - values.started
    options = ConsoleOptions(messages=messages, style=screen.style, lines=None, columns=screen.columns, seconds=seconds)
    sys.stdout.write(messages("demo.intro", pages=len(site.pages)) + "\n\n" + render_console(report, options))
    if plan is not None:
        _show_coverage(site, plan, screen, messages)
    sys.stdout.write("\n" + screen.style("bold", messages("demo.next")) + "\n")
    return 0


def _show_coverage(site: Site, plan: Plan, screen: Terminal, messages: Messages) -> None:
    """The coverage of the example, and where it can be seen in a browser."""
    outcome = Outcome(
        coverage=measure(site, plan),
        labels=labels_for(site, plan, messages),
        names=site.short_names(),
        day=date.today().isoformat(),
    )
    shown = render_coverage(outcome, "coverage", screen.style, screen.columns, messages, everything=False)
    sys.stdout.write("\n" + messages("demo.coverage") + "\n\n" + shown)
    try:
        sys.stdout.write("\n" + messages("demo.page", file=write_page(outcome, messages)) + "\n")
    except UsageError as error:
        sys.stdout.write(f"\n{messages('demo.no_page', reason=error)}\n")
