"""What the coverage page shows: sections with tables, charts and sentences, from which the template makes HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from algokader_lint.coverage.document import (
    CountedTarget,
    Coverage,
    FrameworkCode,
    GradedItem,
    PageRow,
    References,
    State,
)
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.coverage.summary import summarize
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words
from algokader_lint.report.coverage.change import change_line, sections
from algokader_lint.report.coverage.html_chart import Chart, chart_of
from algokader_lint.report.coverage.html_facets import Facet, Facets, by_title
from algokader_lint.report.coverage.html_links import Links
from algokader_lint.report.coverage.html_parts import Bar, Cell, Column, Matrix, Part, Row, Sheet
from algokader_lint.report.coverage.tables import Table, Tables, elsewhere, number_columns

_WIDEST = 36
"""Columns of a matrix that fit beside each other on a sheet of paper."""
_HEATS = 4
STATES: tuple[State, ...] = ("specific", "bulk_only", "none", "waived")


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure: ``part`` of ``whole``, and that as a share in words."""

    label: str
    part: int
    whole: int
    share: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page with a heading. ``intro`` says how to read it; the rest is what there is to see.

    ``states`` are those whose signs are told, or those of the ``bars``.
    """

    id: str
    title: str
    intro: str = ""
    sheets: tuple[Sheet, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    chart: Chart | None = None
    terms: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    states: tuple[State, ...] = ()
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The page as a whole; ``legend`` says what the signs of states mean."""

    language: str
    title: str
    state: str
    headline: str
    notices: tuple[str, ...]
    figures: tuple[Figure, ...]
    facets: tuple[Facet, ...]
    legend: Mapping[str, str]
    sections: tuple[Section, ...]


def page_of(outcome: Outcome, messages: Messages) -> Page:
    """All that the page shows."""
    view = _View(outcome, messages)
    labels = outcome.labels
    return Page(
        language=messages.language,
        title=messages("cover.title", scope=labels.scope),
        state=words.revision(outcome, messages),
        headline=view.headline,
        notices=outcome.notices,
        figures=tuple(view.figures()),
        facets=view.facets.shown,
        legend={state: words.state(state, labels, messages) for state in STATES},
        sections=tuple(section for section in view.sections() if section is not None),
    )


class _View:
    def __init__(self, outcome: Outcome, messages: Messages) -> None:
        self.outcome = outcome
        self.messages = messages
        self.coverage: Coverage = outcome.coverage
        self.topic = outcome.coverage.scope.value is not None
        self.tables = Tables(outcome, messages)
        self.links = Links.of(outcome)
        self.facets = Facets(outcome, messages)
        self.rows = {row.key: row for row in self.coverage.pages}
        self.items = {item.key: item for item in self.coverage.graded.items}
        self.places = {row.key: f"page-{number}" for number, row in enumerate(self.coverage.pages, start=1)}
        """Where on the page itself the row of a page is."""

    def sections(self) -> Iterator[Section | None]:
        """The sections in the order of the page, None for one that has nothing to say."""
        yield self._pages()
        yield self._section("summary", self._plain(self.tables.summary()))
        yield self._gaps()
        yield self._matrix()
        yield from self._groups()
        yield self._grid()
        yield self._sources()
        yield self._section("single", self._single(), intro=True)
        yield self._lists()
        yield self._trend()
        yield self._change()
        yield self._section("topics", self._plain(self.tables.topics(), filtered=True))
        yield self._section("frameworks", *self._frameworks(), intro=True)
        yield self._section("waivers", self._waivers(), intro=True)
        yield self._terms()

    @property
    def headline(self) -> str:
        """The figures that say it all, in one sentence."""
        return words.headline(summarize(self.coverage, self.outcome.labels, None), self.messages)

    def figures(self) -> Iterator[Figure]:
        """The figures of the headline, each with what it is a part of."""
        coverage, graded = self.coverage, self.coverage.graded
        many = self.tables.many
        name, scope = coverage.graded_name, coverage.scope
        applying = graded.total - graded.waived
        ok = sum(row.ok for row in coverage.pages)
        yield self._figure(self.messages("cover.summary.ok", pages=many(scope.type)), ok, scope.pages)
        mentioned = graded.specific + graded.bulk_only
        yield self._figure(self.messages("cover.summary.counted", pages=many(name)), mentioned, applying)
        yield self._figure(self.messages("cover.summary.specific", pages=many(name)), graded.specific, applying)
        for other, target in coverage.targets.items():
            if isinstance(target, CountedTarget):
                label = self.messages("cover.summary.counted", pages=many(other))
                yield self._figure(label, target.covered, target.total)
        sources = coverage.sources
        label = self.messages("cover.summary.sources", pages=many(scope.type))
        yield self._figure(label, sources.traceable, sources.pages)

    def _figure(self, label: str, part: int, whole: int) -> Figure:
        return Figure(label, part, whole, words.share(part, whole, self.messages))

    def _section(self, name: str, *sheets: Sheet, intro: bool = False) -> Section | None:
        """A section of tables; None when none of them has a row."""
        told = tuple(sheet for sheet in sheets if sheet.rows)
        if not told:
            return None
        said = self._say(f"page.intro.{name}") if intro else ""
        return Section(name, self._say(f"page.section.{name}"), said, told)

    def _say(self, name: str) -> str:
        """A sentence of the page, with the words of this report filled in."""
        scope, graded = self.coverage.scope.type, self.coverage.graded_name
        bulk = self.outcome.labels.bulk
        return self.messages(
            name,
            here=self.messages("page.here.topic" if self.topic else "page.here.site"),
            page=self.tables.one(scope),
            pages=self.tables.many(scope),
            target=self.tables.one(graded),
            targets=self.tables.many(graded),
            bulk=bulk.one,
            bulks=bulk.many,
            limit=self.coverage.bulk_limit,
            scope=self.outcome.labels.scope,
        )

    # The first table: is every page in order?

    def _pages(self) -> Section:
        table = self.tables.measures()
        *columns, _title = table.columns
        rows = []
        for page, (_key, *cells, _) in zip(self.coverage.pages, table.rows, strict=True):
            rows.append(
                Row(
                    cells=(
                        self._page_heading(page),
                        *(
                            Cell.of(str(text), mark=_references_mark(found))
                            for text, found in zip(cells, page.references.values(), strict=False)
                        ),
                        Cell(
                            (Part(str(cells[-1]), self.links.file(page.file, page.sources.line)),),
                            mark=_sources_mark(page),
                        ),
                        Cell.of(
                            self.messages("page.mark.ok" if page.ok else "page.mark.bad"),
                            mark="ok" if page.ok else "bad",
                        ),
                    ),
                    id=self.places[page.key],
                    covered=page.ok,
                    facets=self.facets.of_page(page),
                )
            )
        heads = Column.texts((*columns, self.messages("cover.gaps.state")))
        sheet = Sheet("measures", table.title, heads, tuple(rows), (), applies=self.facets.all)
        notes = () if rows else (self._say("page.no_pages"),)
        told = (sheet,) if rows else ()
        return Section("pages", self._say("page.section.pages"), self._say("page.intro.pages"), told, notes=notes)

    def _page_heading(self, page: PageRow) -> Cell:
        return Cell((Part(page.title or page.key, self.links.file(page.file)),), note=page.key)

    def _item_heading(self, item: GradedItem) -> Cell:
        return Cell((Part(item.title or item.key, self.links.file(item.file)),), note=item.key)

    def _pages_cell(self, keys: Iterable[str]) -> Cell:
        """Pages by their short names, with a link to the row of each; those outside the scope by their keys."""
        return Cell(tuple(self._page_part(key) for key in keys))

    def _page_part(self, key: str) -> Part:
        row = self.rows.get(key)
        if row is None:
            return Part(self.outcome.names.get(key, key))
        return Part(row.name, f"#{self.places[key]}", row.title)

    # Gaps

    def _gaps(self) -> Section:
        table = self.tables.gaps()
        draft = self._say("page.draft")
        drafts = {found.key: self.links.new_page(found) for found in self.coverage.drafts}
        rows = []
        for number, key in enumerate(self.coverage.ranking, start=1):
            item = self.items[key]
            address = drafts.get(key, "")
            cells = [
                Cell.number(number),
                self._item_heading(item),
                self._state(item),
                self._pages_cell(item.bulk),
                *([self._pages_cell(item.elsewhere)] if self.topic else []),
            ]
            if any(drafts.values()):
                cells.append(Cell((Part(draft, address, item.title),) if address else ()))
            rows.append(Row(tuple(cells), covered=False, facets=self.facets.of_item(item), heading=1))
        name, state, bulk, elsewhere, _title = table.columns
        heads = (name, state, bulk, *([elsewhere] if self.topic else []))
        columns = Column.texts((self.messages("page.rank"), *heads))
        columns = (replace(columns[0], number=True), *columns[1:])
        if any(drafts.values()):
            columns = (*columns, Column(self.messages("page.write")))
        sheet = Sheet("gaps", table.title, columns, tuple(rows), (), applies=self.facets.groups)
        nothing = self.messages("cover.gaps.nothing", pages=self.tables.many(self.coverage.graded_name))
        title = self._say("page.section.gaps")
        if not rows:
            return Section("gaps", title, notes=(nothing if self.coverage.graded.total else self.headline,))
        intro = self._say("page.intro.gaps_topic" if self.topic else "page.intro.gaps")
        return Section("gaps", title, intro, (sheet,))

    def _state(self, item: GradedItem) -> Cell:
        return Cell.of(words.state(item.state, self.outcome.labels, self.messages), mark=item.state)

    # Matrix

    def _matrix(self) -> Section | None:
        if not self.coverage.pages or not self.items:
            return None
        name = self.coverage.graded_name
        parts = [self.coverage.pages[i : i + _WIDEST] for i in range(0, len(self.coverage.pages), _WIDEST)]
        title = self._say("page.section.matrix")
        matrices = []
        for number, pages in enumerate(parts, start=1):
            part = self.messages("page.part", n=number, of=len(parts)) if len(parts) > 1 else ""
            heads = tuple(
                Column(page.name, href=f"#{self.places[page.key]}", more=page.title, facets=self.facets.of_page(page))
                for page in pages
            )
            rows = tuple(
                Row(
                    (self._item_heading(item), *(Cell((), mark=_link_mark(item, page.key)) for page in pages)),
                    covered=item.state in ("specific", "waived"),
                    facets=self.facets.of_item(item),
                )
                for item in self.coverage.graded.items
            )
            matrices.append(
                Matrix(
                    f"matrix-{number}",
                    f"{title} {part}".rstrip(),
                    (Column(self.tables.one(name)), *heads),
                    rows,
                    applies=self.facets.groups,
                    applies_columns=self.facets.targets,
                )
            )
        return Section(
            "matrix",
            self._say("page.section.matrix"),
            self._say("page.intro.matrix"),
            matrices=tuple(matrices),
            states=STATES[:2],
        )

    # Groups: one section each, with a bar in every row

    def _groups(self) -> Iterator[Section | None]:
        most = max((row.total for rows in self.coverage.groups.values() for row in rows), default=0)
        for number, (table, found) in enumerate(
            zip(self.tables.groups(), self.coverage.groups.values(), strict=True), start=1
        ):
            rows = tuple(
                Row(
                    (
                        Cell.of(str(label)),
                        *(Cell.number(int(value)) for value in numbers),
                        Cell((), bar=Bar(group.specific, group.bulk_only, group.none, group.waived, most)),
                    ),
                    covered=group.specific + group.waived == group.total,
                )
                for group, (label, *numbers) in zip(found, table.rows, strict=True)
            )
            first, *others = table.columns
            columns = (
                Column(first),
                *(Column(name, number=True) for name in others),
                Column(self.messages("page.bar"), bar=True),
            )
            sheet = Sheet(f"group-{number}", table.title, columns, rows, (), applies=())
            if rows:
                states = STATES if any(group.waived for group in found) else STATES[:-1]
                intro = self._say("page.intro.group")
                yield Section(sheet.name, table.title, intro, (sheet,), states=states, bars=True)

    # Grid

    def _grid(self) -> Section | None:
        sheets = [sheet for sheet in (self._heat(), *self._counted()) if sheet.rows]
        grid = self.coverage.grid
        if not sheets or grid is None:
            return self._section("counted", *sheets)
        row, column = self.tables.many(grid.rows), self.tables.many(grid.columns)
        title = self.messages("page.section.grid", rows=row.capitalize(), columns=column)
        return Section("grid", title, self._say("page.intro.grid"), tuple(sheets))

    def _heat(self) -> Sheet:
        table, grid = self.tables.grid(), self.coverage.grid
        if grid is None:
            return Sheet("grid", "", (), (), ())
        titles, most = self._titles, max((n for cells in grid.cells for n in cells), default=0)
        across = sorted(range(len(grid.column_keys)), key=lambda place: titles[grid.column_keys[place]].casefold())
        columns = (
            Column(table.columns[0]),
            *(Column(titles[grid.column_keys[place]], number=True, heat=True) for place in across),
        )
        down = sorted(zip(grid.row_keys, grid.cells, strict=True), key=lambda row: titles[row[0]].casefold())
        rows = tuple(
            Row((Cell.of(titles[key]), *(Cell.number(cells[n], heat=_heat(cells[n], most)) for n in across)))
            for key, cells in down
        )
        return Sheet("grid", table.title, columns, rows, table.notes)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        targets = self.coverage.targets.values()
        return {i.key: i.title or i.key for t in targets if isinstance(t, CountedTarget) for i in t.items}

    def _counted(self) -> Iterator[Sheet]:
        targets = [target for target in self.coverage.targets.values() if isinstance(target, CountedTarget)]
        for table, target in zip(self.tables.counted(), targets, strict=True):
            rows = tuple(
                Row(
                    (
                        Cell((Part(item.title or item.key, self.links.file(item.file)),), note=item.key),
                        Cell.number(item.count),
                        self._pages_cell(item.pages),
                    ),
                    covered=item.count > 0,
                )
                for item in by_title(target)
            )
            name, count, pages = table.columns
            columns = (Column(name), Column(count, number=True), Column(pages))
            yield Sheet(f"counted-{table.name}", table.title, columns, rows, table.notes, applies=())

    # Sources

    def _sources(self) -> Section | None:
        table = self.tables.sources()
        if not self.coverage.pages:
            return None
        rows = tuple(
            Row(
                (
                    self._page_heading(page),
                    Cell((Part(words.sources(page, self.messages), self._at(page)),), mark=_sources_mark(page)),
                    Cell(
                        tuple(Part(u.url, note=self.messages(f"page.verdict.{u.kind}")) for u in page.sources.urls),
                        lines=True,
                    ),
                ),
                covered=page.key not in self.coverage.sources.without and not page.sources.dead,
                facets=self.facets.of_page(page),
            )
            for page in self.coverage.pages
        )
        page, sources, _title = table.columns
        columns = Column.texts((page, sources, self.messages("page.addresses")))
        sheet = Sheet("sources", table.title, columns, rows, (), applies=self.facets.all)
        return Section("sources", self.messages("page.section.sources"), self._say("page.intro.sources"), (sheet,))

    def _at(self, page: PageRow) -> str:
        return self.links.file(page.file, page.sources.line)

    # What hangs on little

    def _single(self) -> Sheet:
        table = self.tables.single_carriers()
        rows = tuple(
            Row(
                (self._item_heading(self.items[found.target]), self._pages_cell([found.page])),
                facets=self.facets.of_item(self.items[found.target]),
            )
            for found in self.coverage.single_carriers
        )
        return Sheet("single", table.title, Column.texts(table.columns), rows, table.notes, applies=self.facets.groups)

    def _lists(self) -> Section | None:
        same = self.tables.identical_lists()
        rows = tuple(
            Row((Cell.number(int(row[0])), self._pages_cell(keys)), heading=1)
            for keys, row in zip(self.coverage.identical_lists, same.rows, strict=True)
        )
        number, pages = same.columns
        columns = (Column(number, number=True), Column(pages))
        return self._section(
            "lists",
            Sheet("identical", same.title, columns, rows, same.notes),
            *self._places(),
            intro=True,
        )

    def _places(self) -> Iterator[Sheet]:
        for name, places in (("dangling", self.coverage.dangling), ("duplicates", self.coverage.duplicates)):
            table = self.tables.places(name, places)
            page, field, value, line, file = table.columns
            rows = tuple(
                Row(
                    (
                        self._pages_cell([place.page]),
                        Cell.of(place.field),
                        Cell.of(place.value),
                        Cell.number(place.line),
                        Cell((Part(place.file, self.links.file(place.file, place.line)),)),
                    )
                )
                for place in places
            )
            columns = (Column(page), Column(field), Column(value), Column(line, number=True), Column(file))
            yield Sheet(name, table.title, columns, rows, table.notes)

    # Trend

    def _trend(self) -> Section | None:
        table, history = self.tables.trend(), self.outcome.history
        if not history:
            return None
        pages, _sources, targets, mentioned, specific = table.columns[2:]
        series = (
            ("total", targets, [point.total for point in history]),
            ("mentioned", mentioned, [point.specific + point.bulk_only for point in history]),
            ("specific", specific, [point.specific for point in history]),
            ("pages", pages, [point.pages for point in history]),
        )
        chart = chart_of(series, [(point.names[0], point.day) for point in history])
        sheet = self._plain(table)
        return Section(
            "trend", self.messages("page.section.trend"), self._say("page.intro.trend"), (sheet,), chart=chart
        )

    def _change(self) -> Section | None:
        change = self.outcome.change
        if change is None:
            return None
        found = sections(change, self.outcome.labels, self.messages)
        lists = tuple((section.title, section.lines) for section in found)
        intro = change_line(change, self.messages)
        return Section("change", self.messages("page.section.change"), intro, lists=lists)

    # Other tables

    def _plain(self, table: Table, *, filtered: bool = False) -> Sheet:
        """A table as it is; numbers are those columns that hold nothing else."""
        numbers = number_columns(table.rows, len(table.columns))
        columns = tuple(Column(name, number=number) for name, number in zip(table.columns, numbers, strict=True))
        rows = tuple(
            Row(tuple(Cell.number(cell) if isinstance(cell, int) else Cell.of(cell) for cell in row))
            for row in table.rows
        )
        return Sheet(table.name, table.title, columns, rows, table.notes, applies=() if filtered else None)

    def _frameworks(self) -> Iterator[Sheet]:
        for number, (table, framework) in enumerate(
            zip(self.tables.frameworks(), self.coverage.frameworks, strict=True), start=1
        ):
            columns = Column.texts(table.columns)
            rows = tuple(
                Row(
                    (Cell.of(str(name)), *self._framework_pages(code, len(pages)), Cell.of(str(text))),
                    covered=bool(code.in_scope),
                )
                for code, (name, *pages, text) in zip(framework.codes, table.rows, strict=True)
            )
            yield Sheet(f"framework-{number}", table.title, columns, rows, table.notes, applies=())

    def _framework_pages(self, code: FrameworkCode, number: int) -> list[Cell]:
        """The pages of the scope, and in a second cell those outside, when that is told."""
        return [self._pages_cell(code.in_scope), self._pages_cell(elsewhere(code))][:number]

    def _waivers(self) -> Sheet:
        return self._plain(self.tables.waivers())

    def _terms(self) -> Section:
        names = ("scope", "specific", "bulk", "none", "waived", "ok", "sources", "unchecked", "share", "ranking")
        terms = tuple((self._say(f"page.term.{name}"), self._say(f"page.meaning.{name}")) for name in names)
        return Section("terms", self.messages("page.section.terms"), terms=terms)


def _references_mark(found: References) -> str:
    if found.dangling or not found.ok:
        return "bad"
    return "note" if found.bulk else "ok"


def _sources_mark(page: PageRow) -> str:
    """Only what was seen to work, or needs no looking up elsewhere, gets the mark of being in order."""
    found = page.sources
    if found.declared_none:
        return "note"
    if found.dead or not (found.external or found.internal or found.codes):
        return "bad"
    if found.unchecked:
        return "unknown"
    return "warn" if found.suspect or found.unknown else "ok"


def _link_mark(item: GradedItem, key: str) -> str:
    return "specific" if key in item.specific else "bulk_only" if key in item.bulk else ""


def _heat(number: int, most: int) -> int:
    """How dark a cell is: 0 for none, then by quarters of the most."""
    return 0 if number == 0 else -(-number * _HEATS // most)
