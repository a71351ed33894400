"""Foreign text in GitHub Flavored Markdown: shown as it is, never read as syntax, an address or a reference.

Syntax is what the GFM specification 0.29 makes of it, with its extended autolinks. References are what GitHub finds in
the text of a rendered comment, outside of code and links: ``@name`` tells that person, ``#1`` and ``GH-1`` write in
that issue, and seven or more hexadecimal digits lead to a commit, perhaps one of a fork.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from algokader_lint.report.text import printable

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&$@]|:(?=//)|(?<=(?i:mailto)):|(?<=(?i:xmpp)):|(?<=(?i:www))\.")
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b", re.IGNORECASE)
_ISSUE = re.compile(r"(?<=\bgh)(?=-\d)", re.IGNORECASE)
_LEADING = re.compile(r"^[-+=:\s\d]")
_QUOTED = re.compile(r"(?<![^\s(])'([^']+)'(?!\w)")
_NO_TEXT = re.compile("[\ufffd\ud800-\udfff]")
_ADDRESS_LIMIT = 1_000
_BREAK = "\u200b"
"""A space of no width: nobody sees it, and no reference goes on behind it."""


def prose(sentence: str, limit: int) -> str:
    """A sentence as inline Markdown, at most ``limit`` characters of it; what it quotes (``'...'``) becomes code.

    It may begin a line: it is no list item, no underline of a heading and no command to a CI runner.
    """
    out: list[str] = []
    done = 0
    sentence = _shortened(sentence, limit)
    for match in _QUOTED.finditer(sentence):
        out += (_plain(sentence[done : match.start()]), _code(match[1]))
        done = match.end()
    return _LEADING.sub(_reference, "".join((*out, _plain(sentence[done:]))))


def code(text: str, limit: int) -> str:
    """A name or value as inline code, at most ``limit`` characters of it."""
    return _code(_shortened(text, limit))


def named(text: str, limit: int) -> str:
    """A name in a cell of a table: in code, or in words when it holds the sign that ends a cell, within code too (GFM
    0.29, 4.10).
    """
    return prose(text, limit) if "|" in text else code(text, limit)


def row(cells: Iterable[object]) -> str:
    """A line of a table; the cells must be inline Markdown, without the sign that ends one."""
    return f"| {' | '.join(map(str, cells))} |\n"


def link(markdown: str, address: str | None) -> str:
    """Inline Markdown as a link; what is in the address from elsewhere must be percent-encoded already."""
    return f"[{markdown}]({address})" if address else markdown


def in_address(path: str) -> str | None:
    """A path percent-encoded for an address.

    None for one that a browser would follow to another place, that is no text, or that is longer than people make them.
    """
    if not {"", ".", ".."}.isdisjoint(path.split("/")) or _NO_TEXT.search(path):
        return None
    quoted = quote(path)
    return quoted if len(quoted) <= _ADDRESS_LIMIT else None


def exact(text: str) -> bool:
    """Whether a code block can hold this text to the letter, without harm when it passes through a CI log."""
    lines = text.split("\n")
    return all(printable(line) == line and not line.lstrip().startswith("::") for line in lines)


def fence(text: str, indent: str) -> Iterator[str]:
    """The lines of a code block that holds ``text``, which must be exact."""
    ticks = _ticks(text, 3)
    yield f"{indent}{ticks}text"
    yield from (f"{indent}{line}" for line in text.split("\n"))
    yield f"{indent}{ticks}"


def size(text: str) -> int:
    """How long GitHub finds a text: in UTF-16 units, which are never fewer than characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shortened(text: str, limit: int) -> str:
    shown = printable(text[:limit])
    return shown if len(text) <= limit >= len(shown) else shown[: limit - 1] + "…"


def _plain(text: str) -> str:
    """Characters that mean something become numeric references, which are never syntax (CommonMark 0.31, 2.5)."""
    text = _COMMIT.sub(lambda match: _BREAK.join(re.findall(".{1,6}", match[0])), text)
    return _SPECIAL.sub(_escaped, _ISSUE.sub(_BREAK, text))


def _escaped(match: re.Match[str]) -> str:
    return f"{_BREAK}@{_BREAK}" if match[0] == "@" else _reference(match) + (_BREAK if match[0] == "#" else "")


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _ticks(text: str, least: int) -> str:
    """Backticks that no run of them in ``text`` can close, ``least`` of them at least."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)


def _code(text: str) -> str:
    """A code span; one space at both ends is taken off again (CommonMark 0.31, 6.1)."""
    if not text:
        return ""
    ticks = _ticks(text, 1)
    spaced = text[0] == text[-1] == " " and text.strip(" ") != ""
    pad = " " if spaced or "`" in (text[0], text[-1]) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
