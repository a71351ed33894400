"""Standard output, files and what is known of the terminal."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from algokader_lint.cli.usage import UsageError
from algokader_lint.messages import Messages
from algokader_lint.report.text import Style, printable

_DEFAULT_SIZE = (100, 40)
_YES = ("j", "ja", "y", "yes")
_SMALLEST_HEIGHT = 24
_TICK_SECONDS, _LOG_SECONDS = 0.1, 5.0
"""How often it is told how far work is, at a terminal and in a log."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a report is read: columns, lines of one screen, and whether colours show."""

    style: Style
    columns: int
    lines: int


def terminal(environment: Mapping[str, str], *, to_file: bool) -> Terminal:
    """The terminal of standard output. FORCE_COLOR wins from NO_COLOR, which wins from what the terminal can do."""
    person = sys.stdout.isatty() and not to_file
    colour = person and environment.get("TERM") != "dumb"
    if environment.get("NO_COLOR"):
        colour = False
    if environment.get("FORCE_COLOR") and not to_file:
        colour = True
    columns, lines = shutil.get_terminal_size(_DEFAULT_SIZE) if person else _DEFAULT_SIZE
    return Terminal(Style(colour), columns, max(lines, _SMALLEST_HEIGHT))


def person_at_terminal() -> bool:
    """Whether somebody reads what is written, and can answer."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def agreed(question: str, messages: Messages) -> bool:
    """Whether a person at the terminal says yes; when not, it is said that nothing is written."""
    try:
        answer = input(question + " ")
    except (EOFError, KeyboardInterrupt, UnicodeDecodeError):
        answer = ""
        print()
    if answer.strip().casefold() in _YES:
        return True
    print(messages("init.refused"))
    return False


def write(text: str | bytes, file: str | None, messages: Messages) -> None:
    """Write a report to standard output, or whole into ``file``."""
    if file is None:
        if isinstance(text, bytes):
            if sys.stdout.isatty():
                raise UsageError(messages("error.not_for_terminal"))
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
        return
    data = text if isinstance(text, bytes) else text.encode("utf-8", errors="backslashreplace")
    target = Path(file)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.chmod(name, _mode(target))
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise UsageError(messages("error.cannot_write", file=file, reason=error.strerror or error)) from None


def _mode(target: Path) -> int:
    """What a file may be used for: as it was, else as files usually are."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        return 0o644


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Tells somebody at a terminal, on one line of standard error, what is being worked on; the line goes away."""
    if not sys.stderr.isatty():
        yield lambda text: None
        return

    try:
        yield _write_over
    finally:
        _write_over("")


@contextmanager
def ticker(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Tells how far long work is: at a terminal all the time, on one line that goes away; in a log now and then."""
    if quiet:
        yield lambda text: None
        return
    person = sys.stderr.isatty()
    every = _TICK_SECONDS if person else _LOG_SECONDS
    told = time.monotonic() - (every if person else 0.0)

    def tell(text: str) -> None:
        nonlocal told
        if time.monotonic() - told >= every:
            told = time.monotonic()
            if person:
                _write_over(text)
            else:
                _tell(f"{printable(text)}\n")

    try:
        yield tell
    finally:
        if person:
            _write_over("")


def _write_over(text: str) -> None:
    """Write in the place of the last line of a terminal, no more of it than fits there."""
    width = shutil.get_terminal_size(_DEFAULT_SIZE).columns - 1
    _tell(f"\r\x1b[K{printable(text)[:width]}")


def _tell(text: str) -> None:
    with suppress(OSError):  # nobody listens any more; that is no reason to lose the report
        sys.stderr.write(text)
        sys.stderr.flush()


def append(text: str, file: str, messages: Messages) -> None:
    """Add a report to a file that others write to as well."""
    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            out.write(text)
    except OSError as error:
        raise UsageError(messages("error.cannot_write", file=file, reason=error.strerror or error)) from None
