"""Writes the new addresses of those that moved, once a person has seen what changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from algokader_lint.cli.output import agreed, person_at_terminal, terminal, write
from algokader_lint.cli.project import Project, place_inside
from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.tree import display_path
from algokader_lint.fix import difference, encoded
from algokader_lint.links.answer import Answer
from algokader_lint.links.gathering import Mention
from algokader_lint.links.moving import moved_pages
from algokader_lint.messages import Messages
from algokader_lint.report.text import Style, printable, quiet


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
        sys.stdout.write("\n" + "".join(f"{line}\n" for line in _shown(changed, style)))
        if not agreed(messages("rewrite.question"), messages):
            return
    written = 0
    for page, text in changed:
        place = os.path.realpath(place_inside(project, page.path, messages))  # behind a symbolic link is the page
        if _is_as_it_was(place, page, text):
            write(encoded(page.source, text), place, messages)
            written += 1
        else:
            print(messages("rewrite.changed", file=quiet(printable(display_path(page.path)))), file=sys.stderr)
    print(messages.count("rewrite.written", written), file=sys.stderr)


def _is_as_it_was(place: str, page: Page, text: str) -> bool:
    """Whether a file is still what was read, or has the new text by another name already: a check takes minutes, and
    somebody may be writing.
    """
    try:
        now = Path(place).read_bytes()
    except OSError:
        return False
    return now in (encoded(page.source, page.source.text), encoded(page.source, text))


def _shown(changed: Sequence[tuple[Page, str]], style: Style) -> Iterator[str]:
    """What changes, as a diff; no line of it can be a command to a CI runner."""
    colours = {"+": "good", "-": "error", "@": "dim"}
    for page, text in changed:
        for line in difference(display_path(page.path), page.source.text, text):
            shown = quiet(printable(line))
            yield style(colours[line[0]], shown) if line[:1] in colours else shown
