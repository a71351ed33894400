"""Writes new texts of pages in the place of the old ones, and shows what changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from algokader_lint.cli.output import write
from algokader_lint.cli.project import Project, place_inside
from algokader_lint.content.page import Document
from algokader_lint.content.tree import display_path
from algokader_lint.fix import difference, encoded
from algokader_lint.messages import Messages
from algokader_lint.report.text import Style, printable, quiet

_COLOURS = {"+": "good", "-": "error", "@": "dim"}


def rewrite(project: Project, changed: Iterable[tuple[Document, str]], messages: Messages) -> list[Document]:
    """Write each file whole with its new text, and tell which were; one that changed since it was read is left alone,
    and named on standard error. Raises UsageError for a file that cannot be written.
    """
    written: list[Document] = []
    for file, text in changed:
        place = project.root / _place(project, file, messages)
        if _is_as_it_was(place, file, text):
            write(encoded(file.source, text), str(place), messages)
            written.append(file)
        else:
            print(messages("fix.changed", file=quiet(printable(display_path(file.path)))), file=sys.stderr)
    return written


def by_place(
    project: Project, changed: Iterable[tuple[Document, str]], messages: Messages
) -> dict[str, tuple[Document, str]]:
    """What changes, by the path of the file that does: a page may stand on the site by more than one name, and its new
    text is the one that ``rewrite`` would write. Raises UsageError for a file that cannot be written.
    """
    found: dict[str, tuple[Document, str]] = {}
    for file, text in changed:
        found.setdefault(_place(project, file, messages), (file, text))
    return found


def _place(project: Project, file: Document, messages: Messages) -> str:
    """The path of a file from the root; behind a symbolic link is the page."""
    real = os.path.realpath(place_inside(project, file.path, messages))
    return Path(real).relative_to(project.root).as_posix()


def _is_as_it_was(place: Path, file: Document, text: str) -> bool:
    """Whether a file is still what was read, or has the new text by another name already: a check takes a while, and
    somebody may be writing.
    """
    try:
        now = place.read_bytes()
    except OSError:
        return False
    return now in (encoded(file.source, file.source.text), encoded(file.source, text))


def differences(changed: Mapping[str, tuple[Document, str]], style: Style) -> Iterator[str]:
    """What changes, as a diff in colours; no line of it can be a command to a CI runner."""
    for place, (file, text) in changed.items():
        for line in difference(display_path(place), file.source.text, text):
            shown = quiet(printable(line))
            yield style(_COLOURS[line[0]], shown) if line[:1] in _COLOURS else shown
