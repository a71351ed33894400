"""The coverage report as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from algokader_lint.coverage.document import CountedItem, Framework, FrameworkCode, GradedItem, PageRow
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words
from algokader_lint.report.coverage.tables import Cell, Table, Tables, elsewhere
from algokader_lint.report.csv_text import csv_text


def render_csv(outcome: Outcome, view: str, messages: Messages) -> str:
    """One table. ``view`` is ``coverage``: a row for every page of the scope and every target, told apart by the first
    column; ``history``: a row for every release; ``topics``; or ``frameworks``: a row for every code.
    """
    tables = Tables(outcome, messages)
    views: Mapping[str, Callable[[], Table]] = {
        "coverage": lambda: _everything(tables),
        "history": tables.trend,
        "topics": tables.topics,
        "frameworks": lambda: _codes(tables),
    }
    table = views[view]()
    return csv_text(table.columns, table.rows)


def _everything(tables: Tables) -> Table:
    """All that is measured, one row each, in columns that fit them all."""
    messages, coverage = tables.messages, tables.coverage
    targets = [tables.one(n) if n == coverage.graded_name else tables.many(n) for n in coverage.targets]
    columns = (
        *(messages(name) for name in ("sheets.kind", "sheets.key", "sheets.id")),
        *(messages(name) for name in ("cover.measures.name", "cover.gaps.state")),
        *targets,
        messages("cover.measures.sources"),
        messages("sheets.count", pages=tables.many(coverage.scope.type)),
        messages("coverage.state.specific"),
        messages("cover.gaps.bulk"),
        messages("cover.gaps.elsewhere"),
        messages("cover.measures.file"),
    )
    return Table("everything", "", columns, tuple(_rows(tables)))


def _rows(tables: Tables) -> Iterator[tuple[Cell, ...]]:
    coverage, blank = tables.coverage, [""] * (len(tables.coverage.targets) + 1)
    for row in coverage.pages:
        yield (tables.one(coverage.scope.type), *_page(row, tables), "", "", "", "", row.file)
    for name, target in coverage.targets.items():
        for item in target.items:
            identity, found = _graded(item, tables) if isinstance(item, GradedItem) else _counted(item, tables)
            yield (tables.one(name), *identity, *blank, *found, item.file)


def _page(row: PageRow, tables: Tables) -> Iterator[Cell]:
    yield from (row.key, row.id or "", row.title, tables.messages("sheets.ok" if row.ok else "sheets.not_ok"))
    yield from tables.questions(row)


def _graded(item: GradedItem, tables: Tables) -> tuple[Sequence[Cell], Sequence[Cell]]:
    state = words.state(item.state, tables.outcome.labels, tables.messages)
    pages = (", ".join(keys) for keys in (item.specific, item.bulk, item.elsewhere))
    return (item.key, item.id or "", item.title, state), (len(item.specific) + len(item.bulk), *pages)


def _counted(item: CountedItem, tables: Tables) -> tuple[Sequence[Cell], Sequence[Cell]]:
    state = tables.messages("sheets.mentioned" if item.count else "coverage.state.none")
    return (item.key, "", item.title, state), (item.count, "", ", ".join(item.pages), "")


def _codes(tables: Tables) -> Table:
    """The codes of all frameworks. The first columns are those of the file that lists the codes, so that this can take
    its place: read again it lists the same codes, for what it lacked has no framework in the column of that file.
    """
    labels, messages, coverage = tables.outcome.labels, tables.messages, tables.coverage
    usual = tuple(messages(name) for name in ("cover.frameworks.code", "cover.frameworks.text", "sheets.source"))
    columns = (
        *(labels.code_columns or usual),
        *(messages(name) for name in ("sheets.framework", "sheets.known")),
        *(messages(name) for name in ("cover.frameworks.in_scope", "cover.frameworks.elsewhere")),
    )
    rows = tuple(_code(code, framework, messages) for framework in coverage.frameworks for code in framework.codes)
    return Table("frameworks", "", columns, rows)


def _code(code: FrameworkCode, framework: Framework, messages: Messages) -> tuple[Cell, ...]:
    listed = framework.listed and code.known
    known = messages("sheets.no_list" if not framework.listed else "sheets.yes" if listed else "sheets.no")
    pages = (", ".join(keys) for keys in (code.in_scope, elsewhere(code)))
    return (code.code, code.text, framework.title if listed else "", framework.name, known, *pages)
