"""Coverage for a person at a terminal: the project's own question first, then what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from algokader_lint.coverage.document import CountedTarget, PageRow, Place
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.coverage.summary import summarize
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words
from algokader_lint.report.coverage.change import change_line, sections
from algokader_lint.report.coverage.tables import Cell, Table, Tables, number_columns
from algokader_lint.report.text import Style, capitalized, printable, quiet, width, wrapped

_FEW = 10
"""Rows of a table, and sentences of a section, that are shown when not everything is."""
_LONGEST = 500
"""How much of a cell is looked at, in characters."""
_LEAST = 12
"""The narrowest that a column of text becomes, in columns of the terminal."""
_STYLES = {"worse": "error", "better": "good", "figures": "bold", "neutral": "bold"}


def render_console(
    outcome: Outcome, view: str, style: Style, columns: int, messages: Messages, *, everything: bool
) -> str:
    """The report as lines of text.

    ``view`` is ``coverage``, ``history``, ``topics`` or ``frameworks``; ``columns`` the width of the terminal.
    """
    printer = _Printer(outcome, Tables(outcome, messages, short=True), style, columns, messages, everything)
    views = {
        "coverage": printer.coverage,
        "history": lambda: printer.table(printer.tables.trend()),
        "topics": lambda: printer.table(printer.tables.topics()),
        "frameworks": printer.frameworks,
    }
    return "".join(f"{quiet(line)}\n" for line in (*printer.head(), *views[view]()))


class _Printer:
    def __init__(
        self, outcome: Outcome, tables: Tables, style: Style, columns: int, messages: Messages, everything: bool
    ) -> None:
        self.outcome = outcome
        self.tables = tables
        self.style = style
        self.columns = columns
        self.messages = messages
        self.everything = everything

    def head(self) -> Iterator[str]:
        title = self.messages("cover.title", scope=self.outcome.labels.scope)
        yield self.style("bold", printable(title))
        yield self.style("dim", printable(words.revision(self.outcome, self.messages)))
        yield from (self.style("warning", printable(capitalized(text))) for text in self.outcome.notices)

    def coverage(self) -> Iterator[str]:
        """First what the project was made for, then what a change did, what is missing, and how sure that is."""
        coverage = self.outcome.coverage
        yield from self._measures()
        yield from self._change()
        yield from self._summary()
        yield from self._gaps()
        yield from self._counted()
        yield from self.table(self.tables.grid())
        for number, table in enumerate(self.tables.groups()):
            if self.everything or number == 0:
                yield from self.table(table)
        yield from self.table(self.tables.single_carriers(), _FEW)
        yield from self.table(self.tables.identical_lists(), _FEW)
        for name, places in (("dangling", coverage.dangling), ("duplicates", coverage.duplicates)):
            yield from self._places(self.tables.places(name, places), places)
        yield from self.table(self.tables.waivers())
        yield from self._verdict()

    def frameworks(self) -> Iterator[str]:
        for table in self.tables.frameworks():
            yield from self.table(table)

    def table(self, table: Table, limit: int | None = None) -> Iterator[str]:
        """A table in columns as wide as need be; the last one that is too wide for the terminal is cut."""
        if not table.rows:
            return
        shown = table.rows if limit is None or self.everything else table.rows[:limit]
        yield from ("", self.style("bold", printable(table.title)))
        yield from self._columns(table.columns, shown, [""] * len(shown))
        yield from self._more(len(table.rows) - len(shown))
        for note in table.notes:
            yield from wrapped(note, self.columns)

    def _measures(self) -> Iterator[str]:
        table = self.tables.measures()
        yield from ("", self.style("bold", printable(table.title)))
        if table.rows:
            marks = [self._mark(row) for row in self.outcome.coverage.pages]
            yield from self._columns(table.columns, table.rows, marks)

    def _mark(self, row: PageRow) -> str:
        return self.style("good", "✓") if row.ok else self.style("error", "✗")

    def _change(self) -> Iterator[str]:
        change = self.outcome.change
        if change is None:
            return
        yield from ("", self.style("bold", printable(change_line(change, self.messages))))
        for section in sections(change, self.outcome.labels, self.messages):
            yield f"  {self.style(_STYLES[section.kind], printable(section.title))}"
            shown = section.lines if self.everything else section.lines[:_FEW]
            for line in shown:
                yield from wrapped(line, self.columns, "    ")
            yield from self._more(len(section.lines) - len(shown))

    def _summary(self) -> Iterator[str]:
        table = self.tables.summary()
        yield from ("", self.style("bold", printable(table.title)))
        rows = tuple((row[0], row[-1]) for row in table.rows)
        yield from self._columns((), rows, [""] * len(rows))
        for note in table.notes:
            yield from wrapped(note, self.columns)

    def _gaps(self) -> Iterator[str]:
        table, coverage = self.tables.gaps(), self.outcome.coverage
        if table.rows:
            yield from self.table(table, _FEW)
        elif coverage.graded.total:
            pages = self.outcome.labels.types[coverage.graded_name].many
            yield from ("", printable(self.messages("cover.gaps.nothing", pages=pages)))

    def _counted(self) -> Iterator[str]:
        for name, target in self.outcome.coverage.targets.items():
            if isinstance(target, CountedTarget) and target.total > target.covered:
                empty = ", ".join(item.key for item in target.items if not item.count)
                label = self.outcome.labels.types[name].many.capitalize()
                title = self.messages("cover.counted.title", pages=label, covered=target.covered, total=target.total)
                yield ""
                text = f"{title}; {self.messages('cover.counted.empty', keys=empty)}"
                yield from wrapped(text, self.columns, "")

    def _places(self, table: Table, places: Sequence[Place]) -> Iterator[str]:
        """Values in front matter, each where it stands."""
        if places:
            yield from ("", self.style("bold", printable(table.title)))
            shown = places if self.everything else places[:_FEW]
            for place in shown:
                where = self.style("place", f"{printable(place.file)}:{place.line}")
                yield f"  {where}: {printable(f'{place.field}: {place.value}')}"
            yield from self._more(len(places) - len(shown))

    def _verdict(self) -> Iterator[str]:
        yield ""
        text = words.headline(summarize(self.outcome.coverage, self.outcome.labels, None), self.messages)
        yield self.style("bold", printable(f"{capitalized(text)}."))

    def _more(self, number: int) -> Iterator[str]:
        if number > 0:
            yield self.style("dim", f"  {self.messages('cover.more', n=number)}")

    def _columns(self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], marks: Sequence[str]) -> Iterator[str]:
        texts = [[printable(str(cell)[:_LONGEST]) for cell in row] for row in rows]
        head = [printable(text) for text in heads]
        lead = 2 if any(marks) else 0
        room = self._room([*([head] if head else []), *texts], self.columns - 2 - lead)
        numbers = number_columns(rows, len(room))
        if head:
            yield self.style("dim", (" " * (lead + 2) + self._line(head, room, numbers)).rstrip())
        for mark, row in zip(marks, texts, strict=True):
            yield (f"  {mark} " if lead else "  ") + self._line(row, room, numbers).rstrip()

    def _line(self, cells: Sequence[str], room: Sequence[int], numbers: Sequence[bool]) -> str:
        padded = []
        for text, space, number in zip(cells, room, numbers, strict=True):
            shown = text if width(text) <= space else _cut(text, space)
            gap = " " * (space - width(shown))
            padded.append(gap + shown if number else shown + gap)
        return "  ".join(padded)

    def _room(self, lines: Sequence[Sequence[str]], columns: int) -> list[int]:
        """How wide each column is: as wide as it needs, or for all together too much, the widest made narrower."""
        room = [max(width(line[n]) for line in lines) for n in range(len(lines[0]))]
        while sum(room) + 2 * (len(room) - 1) > columns and max(room) > _LEAST:
            room[room.index(max(room))] -= 1
        return room


def _cut(text: str, space: int) -> str:
    text = text[:space]
    while width(text) > space - 1:
        text = text[:-1]
    return f"{text}…"
