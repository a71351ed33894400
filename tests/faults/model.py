"""What a fault is, and short ways to write one down."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from algokader_lint.content.mkdocs import MkdocsFile

MARK = "⌖"
"""Stands in a changed text where the fault is: on a line that a finding must name. It is taken out."""

TYPED = ("maatregel", "vereiste", "hulpmiddel")
NUMBERED = ("maatregel", "vereiste")


@dataclass(frozen=True)
class Subject:
    """A page to put a fault into: its text with ``\\n``; the keys of all pages by type, and the site's settings."""

    path: str
    type: str | None
    key: str
    text: str
    keys: Mapping[str, tuple[str, ...]] = field(repr=False)
    mkdocs: MkdocsFile = field(repr=False)

    def another(self, type_name: str) -> str | None:
        """The key of another page of a type, not named on this one."""
        return next((key for key in self.keys.get(type_name, ()) if key != self.key and key not in self.text), None)


Make = Callable[[Subject], "str | None"]
"""Gives the text with the fault in it, marked; None where it cannot be put."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. ``codes`` are the rules one of which must tell of it, the one meant first; without any
    it is no fault, and nothing must be told.

    ``types`` are those of the pages that it can be put into; empty: any page. ``more`` is how many findings elsewhere
    are not too many.
    """

    name: str
    codes: tuple[str, ...]
    make: Make
    types: tuple[str, ...] = ()
    more: int = 1

    def on(self, subject: Subject) -> str | None:
        """The text of a page with this fault, None where it cannot be put."""
        if self.types and subject.type not in self.types:
            return None
        made = self.make(subject)
        return None if made is None or made.replace(MARK, "") == subject.text else made

    def __str__(self) -> str:
        return " ".join((*self.codes[:1], self.name))


@dataclass(frozen=True)
class Changed:
    """A changed text, and the lines on which it was marked."""

    text: str
    lines: frozenset[int]


def unmarked(text: str) -> Changed:
    """Take the marks out of a text."""
    lines = frozenset(number for number, line in enumerate(text.split("\n"), 1) if MARK in line)
    return Changed(text.replace(MARK, ""), lines)


def fault(name: str, codes: str, make: Make, types: str = "") -> Fault:
    """A fault that is made by a function; names in one string are separated by spaces."""
    return Fault(name, tuple(codes.split()), make, tuple(types.split()))


def parts(text: str) -> tuple[str, str]:
    """The front matter with its closing line, and the rest. Without front matter the first is empty."""
    found = re.match(r"---\n.*?\n---[ ]*\n", text, re.S)
    return (found[0], text[found.end() :]) if found else ("", text)


def _swapped(pattern: str, new: str, text: str) -> str | None:
    done, count = re.subn(pattern, new, text, count=1, flags=re.M)
    return done if count else None


def in_fields(name: str, codes: str, pattern: str, new: str, types: str = "maatregel vereiste hulpmiddel") -> Fault:
    """The first match of a pattern in the front matter becomes ``new``, as in ``re.sub``."""

    def make(subject: Subject) -> str | None:
        matter, body = parts(subject.text)
        changed = _swapped(pattern, new, matter)
        return None if changed is None else changed + body

    return fault(name, codes, make, types)


def in_body(name: str, codes: str, pattern: str, new: str, types: str = "") -> Fault:
    """The first match of a pattern below the front matter becomes ``new``, as in ``re.sub``."""

    def make(subject: Subject) -> str | None:
        matter, body = parts(subject.text)
        changed = _swapped(pattern, new, body)
        return None if changed is None else matter + changed

    return fault(name, codes, make, types)


def inserted(text: str, block: str) -> str | None:
    """The text with a block of its own at the end of the first section that has another behind it."""
    matter, body = parts(text)
    headings = [found.start() for found in re.finditer(r"^## .", body, re.M)]
    if len(headings) < 2 or re.search(r"^(?:```|~~~)", body[: headings[1]], re.M):
        return None
    before, after = body[: headings[1]], body[headings[1] :]
    return f"{matter}{before.rstrip()}\n\n{block}\n\n{after}"


def block(name: str, codes: str, text: str, types: str = "") -> Fault:
    """A block of text that is wrong by itself, added to a page. ``{another}`` is the key of another measure."""

    def make(subject: Subject) -> str | None:
        another = subject.another("maatregel")
        if "{another}" in text and another is None:
            return None
        return inserted(subject.text, text.replace("{another}", another or ""))

    return fault(name, codes, make, types)


def only(some: Fault, condition: Callable[[Subject], bool]) -> Fault:
    """A fault that needs more of a page."""
    return replace(some, make=lambda subject: some.make(subject) if condition(subject) else None)
