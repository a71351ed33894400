"""Text that can be written to a terminal or a log, whatever it holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

EXCERPT_LIMIT = 500
"""Longest line, in characters, that a report repeats whole."""
_TAB = 4
_RESET = "\x1b[0m"
_STYLES = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "info": "\x1b[1;36m",
    "bold": "\x1b[1m",
    "dim": "\x1b[2m",
    "place": "\x1b[34m",
    "good": "\x1b[32m",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text, or leaves it plain."""

    colour: bool

    def __call__(self, style: str, text: str) -> str:
        """``text`` in a named style."""
        return f"{_STYLES[style]}{text}{_RESET}" if self.colour and text else text


def printable(text: str) -> str:
    """``text`` on one line, with control and direction characters made visible.

    Nothing that comes out can move the cursor, change colours, reorder the line or begin a line of its own; nor is any
    of it a command to a CI runner, to which ``##[`` is one wherever it stands (actions/runner, ActionCommand.cs).
    """
    if not text.isprintable():
        text = "".join(_shown(character) for character in text.replace("\t", " " * _TAB))
    return text.replace("##[", "#\\u0023[") if "##[" in text else text


def plain(text: str) -> str:
    """Text for one cell of a spreadsheet: white space as single spaces, what cannot be seen made visible or left out.

    What is left can stand in XML 1.0 (section 2.2, Char), and is no command to a CI runner that prints it.
    """
    return printable(" ".join(text.split()))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        if character in "\u00ad\u200b\u200c\u200d\ufeff":
            return ""
        return f"\\u{ord(character):04x}"
    return " " if category == "Zs" else character


def capitalized(text: str) -> str:
    """``text`` with a capital at its beginning, and nowhere else than it had them."""
    return text[:1].upper() + text[1:]


def shown_path(path: str) -> str:
    """A path that can begin a line: not even with the ``:`` that follows it a command to a CI runner (``::name``)."""
    shown = printable(path)
    return f"./{shown}" if shown.lstrip().startswith(":") else shown


def quiet(line: str) -> str:
    """A line of printable pieces that is no command to a CI runner, whatever the pieces make together."""
    line = line.replace("##[", "#\\u0023[")
    rest = line.lstrip()
    return f"{line[: len(line) - len(rest)]}\\u003a{rest[1:]}" if rest.startswith("::") else line


def width(text: str) -> int:
    """Columns that printable ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(sentence: str, columns: int, indent: str = "  ") -> Iterator[str]:
    """The lines of a sentence on a terminal of ``columns``; those after the first are indented more."""
    line = indent
    for word in printable(sentence).split(" "):
        if width(line) + width(word) >= columns and line.strip():
            yield line.rstrip()
            line = indent + "  "
        line += f"{word} "
    yield line.rstrip()
