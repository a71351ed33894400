"""Fenced code, found before anything else is read (``pymdownx.superfences``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ANY = re.compile(r"^[> ]*+(?:`{3}|~{3})", re.MULTILINE)
_OPTION = r"[ ]*[a-zA-Z]\w*(?:=(?:\"[^\"]*\"|'[^']*'))?(?=[ ]|$)"
_START = re.compile(
    r"(?P<indent>[> ]*+)(?P<fence>~{3,}|`{3,})(?:[ ]*\.?[\w#.+-]++(?=[ ]|$))?"
    rf"(?:[ ]*\{{[^\n]*\}}|(?P<options>(?:{_OPTION})+))?[ ]*$"
)
_OPTION_NAME = re.compile(r"([a-zA-Z]\w*)(?:=(?:\"[^\"]*\"|'[^']*'))?")
_OPTIONS = frozenset({"hl_lines", "linenums", "title"})
_LONGEST_OPENING = 500


class Fence(NamedTuple):
    """Fenced code: from ``start`` to ``end``, whole lines of which the first begins with ``indent``."""

    start: int
    end: int
    indent: str


def fences(text: str) -> Iterator[Fence]:
    """All fenced code of a text, in lists, boxes and quotations too."""
    first = _ANY.search(text)
    if first is None:
        return
    begin, opened = first.start(), _NOTHING
    for line in text[begin:].split("\n"):
        if not opened.fence:
            opened = _opening(line, begin)
        elif opened.is_closed_by(line):
            yield Fence(opened.start, begin + len(line), opened.indent)
            opened = _NOTHING
        elif not opened.goes_on(line):
            opened = _NOTHING
        begin += len(line) + 1


class _Opened:
    """A fence that is not closed yet."""

    def __init__(self, start: int, indent: str, fence: str) -> None:
        self.start = start
        self.indent = indent
        self.fence = fence
        self.quotes = indent.count(">")
        self.empty = False

    def _split(self, line: str) -> tuple[str, str]:
        at = 0
        while at < len(self.indent) and at < len(line) and line[at] in "> ":
            at += 1
        return line[:at], line[at:]

    def is_closed_by(self, line: str) -> bool:
        indent, content = self._split(line)
        if not content.startswith(self.fence) or content[len(self.fence) :].strip(" "):
            return False
        if self.quotes:
            return self._quoted_goes_on(indent)
        return indent.count(">") == 0 and len(indent) == len(self.indent)

    def goes_on(self, line: str) -> bool:
        """Whether ``line`` is code; one that stands too far to the left ends what then was no fence."""
        indent, content = self._split(line)
        if self.quotes:
            goes_on = indent.count(">") <= self.quotes and (content == "" or self._quoted_goes_on(indent))
            self.empty = content == ""
            return goes_on
        if ">" in indent:
            return False
        return not content.strip() or len(indent) == len(self.indent)

    def _quoted_goes_on(self, indent: str) -> bool:
        quotes = indent.count(">")
        return quotes <= self.quotes and len(indent) >= len(self.indent) and not (self.empty and quotes < self.quotes)


_NOTHING = _Opened(0, "", "")


def _opening(line: str, begin: int) -> _Opened:
    if len(line) > _LONGEST_OPENING:
        return _NOTHING
    found = _START.match(line)
    if found is None:
        return _NOTHING
    names = {name[1] for name in _OPTION_NAME.finditer(found["options"] or "")}
    return _Opened(begin, found["indent"], found["fence"]) if names <= _OPTIONS else _NOTHING
