"""``algokader-lint demo``: the main job on the bundled example site."""

from __future__ import annotations

import os
import sys
import time

from algokader_lint.cli.output import terminal
from algokader_lint.cli.setup import load_rules
from algokader_lint.cli.usage import Values
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import find_mkdocs, read_site
from algokader_lint.content.tree import FolderTree
from algokader_lint.data import example_site
from algokader_lint.engine import Run, run
from algokader_lint.messages import Messages
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.selection import Choice, choose


def run_demo(values: Values, messages: Messages) -> int:
    """Show what the linter says of the example site; 0, for its errors are meant to be there."""
    folder = example_site()
    knowledge = load_rules(messages)
    pack = knowledge.catalogue.default_pack
    scope = knowledge.scope(pack)
    # A plain folder: wherever the package is installed, the example is not part of that repository.
    tree = FolderTree(folder)
    site = read_site(tree, find_mkdocs(tree, ".", None), PageReader(knowledge.types), scope)
    report = run(
        Run(
            site=site,
            rules=choose(knowledge, Choice(pack=pack)),
            pack=pack,
            knowledge=knowledge,
            messages=messages,
        )
    )
    screen = terminal(os.environ, to_file=False)
    sys.stdout.write(messages("demo.intro", pages=len(site.pages)) + "\n\n")
    sys.stdout.write(
        render_console(
            report,
            ConsoleOptions(
                messages=messages,
                style=screen.style,
                lines=None,
                columns=screen.columns,
                seconds=time.perf_counter() - values.started,
            ),
        )
    )
    sys.stdout.write("\n" + screen.style("bold", messages("demo.next")) + "\n")
    return 0
