"""Edits of files: applied to the text, shown as a difference. Whoever makes an edit says what stands in its place."""

from __future__ import annotations

import codecs
import difflib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from algokader_lint.content.source import SourceText, Span

_MISREAD = re.compile(r'[\x00-\x1f\x7f"\\]')


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Text in the place of a span."""

    span: Span
    text: str


def edited(source: SourceText, edits: Iterable[Edit]) -> str:
    """The text with edits in it; of two that overlap only the first is made."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.span.start >= done:
            parts += (source.text[done : edit.span.start], edit.text)
            done = edit.span.end
    return "".join((*parts, source.text[done:]))


def encoded(source: SourceText, text: str) -> bytes:
    """The bytes of a new text of a file that begins as it did."""
    mark = codecs.BOM_UTF8 if source.byte_order_mark else b""
    return mark + text.encode("utf-8")


def patch(path: str, source: SourceText, after: str) -> str:
    """What changes in a file, as a unified diff that ``git apply`` and ``patch`` take: line endings and all.

    ``path`` as the file system gives it; one with quotation marks or control characters is quoted as git does.
    """
    mark = "\ufeff" if source.byte_order_mark else ""
    old, new = _lines(mark + source.text), _lines(mark + after)
    lines = difflib.unified_diff(old, new, _name(f"a/{path}"), _name(f"b/{path}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name(path: str) -> str:
    """A path as it stands in a patch (git, core.quotePath): between quotation marks when it would be misread."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:  # bytes that are no UTF-8
        raw = os.fsencode(path)
        return '"' + "".join(_escaped(chr(byte)) if byte < 127 else f"\\{byte:03o}" for byte in raw) + '"'
    return f'"{"".join(map(_escaped, path))}"' if _MISREAD.search(path) else path


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return f"\\{ord(char):03o}" if _MISREAD.match(char) else char


def _lines(text: str) -> list[str]:
    """The lines of a text with their endings; only ``\\n`` ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def difference(path: str, before: str, after: str) -> list[str]:
    """What changes, as the lines of a unified diff (POSIX, diff -u), without their line endings."""
    old, new = before.split("\n"), after.split("\n")
    return [line.rstrip("\r\n") for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="", n=1)]
