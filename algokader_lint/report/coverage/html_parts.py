"""What tables of the coverage page are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, with a link when there is a ``href``.

    ``more`` says to those who cannot see the page what a short text or a link is about; ``note`` stands behind it.
    """

    text: str
    href: str = ""
    more: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Numbers of each state, drawn as parts of ``most``."""

    specific: int
    bulk_only: int
    none: int
    waived: int
    most: int

    @property
    def parts(self) -> tuple[tuple[str, int, int], ...]:
        """State, start and length of what is to be drawn."""
        found, start = [], 0
        for state in ("specific", "bulk_only", "none", "waived"):
            length = getattr(self, state)
            found.append((state, start, length))
            start += length
        return tuple(part for part in found if part[2])


@dataclass(frozen=True, slots=True)
class Cell:
    """``mark`` is a state of which there is a sign; ``value`` a number; ``heat`` how dark it is, None for not at all.

    ``lines``: each part on a line of its own.
    """

    parts: tuple[Part, ...]
    note: str = ""
    mark: str = ""
    value: int | None = None
    heat: int | None = None
    bar: Bar | None = None
    lines: bool = False

    @classmethod
    def of(cls, text: str, mark: str = "") -> Cell:
        """A cell with a text."""
        return cls((Part(text),) if text else (), mark=mark)

    @classmethod
    def number(cls, value: int, heat: int | None = None) -> Cell:
        """A cell with a number."""
        return cls((Part(str(value)),), value=value, heat=heat)


@dataclass(frozen=True, slots=True)
class Row:
    """``covered`` tells that there is nothing left to do, None that this is no question here.

    ``facets`` are the tokens of what it is about; ``heading`` is the index of the cell that names it.
    """

    cells: tuple[Cell, ...]
    id: str = ""
    covered: bool | None = None
    facets: str = ""
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; ``href``, ``more`` and ``facets`` as with parts and rows."""

    text: str
    number: bool = False
    heat: bool = False
    bar: bool = False
    href: str = ""
    more: str = ""
    facets: str = ""

    @classmethod
    def texts(cls, names: Sequence[str]) -> tuple[Column, ...]:
        """Heads of columns with text."""
        return tuple(cls(name) for name in names)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. ``applies`` are the facets by which its rows can be chosen, None when they cannot be chosen at all."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    applies: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of marks, whose columns can be chosen by the facets of ``applies_columns``."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    applies: tuple[int, ...]
    applies_columns: tuple[int, ...]
