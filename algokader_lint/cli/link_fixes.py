"""Writes the new addresses of those that moved, once a person has seen what changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from algokader_lint.cli.output import agreed, person_at_terminal, terminal
from algokader_lint.cli.project import Project
from algokader_lint.cli.rewriting import by_place, differences, rewrite
from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.fix import encoded
from algokader_lint.links.answer import Answer
from algokader_lint.links.gathering import Mention
from algokader_lint.links.moving import moved_pages
from algokader_lint.messages import Messages


def fix_moved(
    project: Project,
    reader: PageReader,
    found: Mapping[str, Sequence[Mention]],
    answers: Mapping[str, Answer],
    messages: Messages,
) -> None:
    """Write new addresses in all places of those that moved; at a terminal after showing it, and asking.

    Raises UsageError for a file that cannot be written.
    """

    def reread(page: Page, text: str) -> Page:
        return reader.read(page.path, page.docs_path, encoded(page.source, text), "text")

    changed = moved_pages(found, answers, reread)
    if not changed:
        print(messages("rewrite.nothing"), file=sys.stderr)
        return
    style = terminal(os.environ, to_file=False).style
    if person_at_terminal():
        sys.stdout.write(
            "\n" + "".join(f"{line}\n" for line in differences(by_place(project, changed, messages), style))
        )
        if not agreed(messages("rewrite.question"), messages):
            return
    written = rewrite(project, changed, messages)
    print(messages.count("rewrite.written", len(written)), file=sys.stderr)
