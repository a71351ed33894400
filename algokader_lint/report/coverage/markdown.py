"""Coverage as Markdown: for a job summary, a comment, a wiki. The project's own question first, as much as fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from algokader_lint.coverage.document import PageRow
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.coverage.summary import summarize
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words
from algokader_lint.report.coverage.change import change_line
from algokader_lint.report.coverage.change_markdown import change_markdown
from algokader_lint.report.coverage.tables import Cell, Table, Tables, number_columns
from algokader_lint.report.gfm import in_address, link, named, prose, row, size
from algokader_lint.report.text import capitalized

_LIMIT = 60_000
"""Longest report, in UTF-16 units; a comment on GitHub may have 65,536 characters, a job summary 1 MiB."""
_CHANGE_ROOM = 12_000
_CELL, _SENTENCE = 160, 500
_NOTICES = 10
_IN_WORDS = ("summary", "trend", "topics", "identical_lists")
"""Tables whose rows begin with words."""
_RESERVE = 4_000
"""Room for the sentences that tell what was left out."""


def render_markdown(outcome: Outcome, view: str, messages: Messages) -> str:
    """The report; ``view`` is ``coverage``, ``history``, ``topics`` or ``frameworks``."""
    tables = Tables(outcome, messages, short=True)
    views: Mapping[str, Callable[[], Sequence[Table]]] = {
        "coverage": lambda: _coverage(outcome, tables),
        "history": lambda: [tables.trend()],
        "topics": lambda: [tables.topics()],
        "frameworks": lambda: list(tables.frameworks()),
    }
    room = _LIMIT
    pieces: list[str] = []
    for piece in _head(outcome, view, messages):
        pieces.append(piece)
        room -= size(piece)
    left: list[str] = []
    for table in views[view]():
        text = _table(table, outcome, room - _RESERVE, messages)
        if table.rows and not text:
            left.append(table.title)
        pieces.append(text)
        room -= size(text)
    if left:
        pieces.append(f"\n{prose(messages('cover.tables_left_out', tables='; '.join(left)), _SENTENCE)}\n")
    return "".join(pieces)


def _coverage(outcome: Outcome, tables: Tables) -> Sequence[Table]:
    """The tables of one topic, the most wanted first: when there is no room, it is the last ones that go."""
    coverage = outcome.coverage
    return [
        tables.measures(),
        tables.summary(),
        tables.places("dangling", coverage.dangling),
        tables.gaps(),
        *tables.counted(),
        tables.grid(),
        *tables.groups(),
        tables.single_carriers(),
        tables.identical_lists(),
        tables.places("duplicates", coverage.duplicates),
        tables.waivers(),
        tables.trend(),
    ]


def _head(outcome: Outcome, view: str, messages: Messages) -> Iterator[str]:
    title = messages("cover.title", scope=outcome.labels.scope)
    yield f"## {prose(title, _SENTENCE)}\n\n"
    yield f"{prose(words.revision(outcome, messages), _SENTENCE)}\n"
    for notice in outcome.notices[:_NOTICES]:
        yield f"\n> ⚠️ {prose(capitalized(notice), _CELL)}\n"
    if view == "coverage":
        text = words.headline(summarize(outcome.coverage, outcome.labels, None), messages)
        yield f"\n**{prose(f'{capitalized(text)}.', _SENTENCE)}**\n"
    if outcome.change is not None:
        yield f"\n### {prose(change_line(outcome.change, messages), _SENTENCE)}\n"
        lines = change_markdown(outcome.change, outcome.labels, messages, _CHANGE_ROOM)
        yield "".join(f"{line}\n" for line in lines)


def _table(table: Table, outcome: Outcome, room: int, messages: Messages) -> str:
    """A table with its title and notes; rows for which there is no room are counted. Empty when none fits."""
    if not table.rows:
        return ""
    head = f"\n### {prose(table.title, _SENTENCE)}\n\n"
    numbers = number_columns(table.rows, len(table.columns))
    head += row([prose(column, _CELL) for column in table.columns])
    head += row(["--:" if number else "---" for number in numbers])
    notes = "".join(f"\n{prose(capitalized(note), _SENTENCE)}\n" for note in table.notes)
    room -= size(head) + size(notes)
    rows: list[str] = []
    for number, (first, *others) in enumerate(table.rows):
        page = outcome.coverage.pages[number] if table.name == "measures" else None
        text = row([_first(first, page, table.name, outcome), *map(_cell, others)])
        room -= size(text)
        if room < 0:
            break
        rows.append(text)
    left = len(table.rows) - len(rows)
    more = f"\n{messages.count('cover.left_out', left)}\n" if left else ""
    return f"{head}{''.join(rows)}{more}{notes}" if rows else ""


def _first(cell: Cell, page: PageRow | None, name: str, outcome: Outcome) -> str:
    """The first cell of a row: often the name of something, and then in code.

    In the table that answers the project's own question, it is a link to the ``page``, with a mark for whether all is
    in order.
    """
    if isinstance(cell, int) or not cell or name in (*_IN_WORDS, *outcome.coverage.groups):
        return _cell(cell)
    if page is None:
        return named(cell, _CELL)
    return f"{'✅' if page.ok else '❌'} {link(named(cell, _CELL), _address(page, outcome))}"


def _cell(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int) else prose(cell, _CELL)


def _address(row: PageRow, outcome: Outcome) -> str | None:
    """Where a page can be seen as it was measured."""
    host, revision, path = outcome.host, outcome.coverage.revision, in_address(row.file)
    return f"{host.address}/blob/{revision}/{path}" if host is not None and revision and path else None
