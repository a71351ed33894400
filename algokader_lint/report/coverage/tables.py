"""The coverage document as tables: what rows and columns are called, and what stands in them, whatever the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from algokader_lint.coverage.document import (
    CountedTarget,
    Coverage,
    Framework,
    FrameworkCode,
    GradedItem,
    GradedTarget,
    PageRow,
    Place,
)
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words

Cell = str | int
"""Text, or a number."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` is for programs, ``title`` its caption, ``notes`` sentences below it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """Makes the tables of one report; ``short``: pages go by their short names."""

    outcome: Outcome
    messages: Messages
    short: bool = False

    @property
    def coverage(self) -> Coverage:
        """The document."""
        return self.outcome.coverage

    def all(self) -> Iterator[Table]:
        """Every table that has something to say, the project's own question first."""
        tables = [
            self.measures(),
            self.summary(),
            self.gaps(),
            self.items(),
            *self.counted(),
            self.grid(),
            *self.groups(),
            self.sources(),
            self.single_carriers(),
            self.identical_lists(),
            self.places("dangling", self.coverage.dangling),
            self.places("duplicates", self.coverage.duplicates),
            self.waivers(),
            *self.frameworks(),
            self.trend(),
            self.topics(),
        ]
        yield from (table for table in tables if table.rows)

    def measures(self) -> Table:
        """One row per page of the scope: does it refer to what exists, and does it have sources that work?"""
        columns = (
            self.one(self.coverage.scope.type),
            *(self.one(n) if n == self.coverage.graded_name else self.many(n) for n in self.coverage.targets),
            self.messages("cover.measures.sources"),
            self.messages("cover.measures.name"),
        )
        rows = tuple(self._measure(row) for row in self.coverage.pages)
        title = self.messages(
            "cover.measures.title",
            pages=self.many(self.coverage.scope.type).capitalize(),
            ok=sum(row.ok for row in self.coverage.pages),
            n=len(rows),
        )
        return Table("measures", title, columns, rows)

    def _measure(self, row: PageRow) -> tuple[Cell, ...]:
        return self._name(row.key), *self.questions(row), row.title

    def questions(self, row: PageRow) -> Iterator[Cell]:
        """What a page says to each question: how many it refers to, as a number when that is all there is to say."""
        for found in row.references.values():
            plain = found.ok and not found.bulk and not found.dangling
            yield found.ok if plain else words.references(found, self.outcome.labels, self.messages)
        yield words.sources(row, self.messages)

    def summary(self) -> Table:
        """The figures, each with what it is a part of."""
        columns = tuple(self.messages(f"cover.summary.{name}") for name in ("what", "number", "of", "share"))
        rows: list[tuple[Cell, ...]] = []
        for name, target in self.coverage.targets.items():
            if isinstance(target, GradedTarget):
                states = {"specific": target.specific, "bulk_only": target.bulk_only, "none": target.none}
                rows += [
                    self._figure(state, name, part, target.total - target.waived) for state, part in states.items()
                ]
                if target.waived:
                    rows.append(self._figure("waived", name, target.waived, target.total))
            else:
                rows.append(self._figure("counted", name, target.covered, target.total))
        scope, found = self.coverage.scope, self.coverage.sources
        rows.append(self._figure("sources", scope.type, found.traceable, found.pages))
        rows.append(self._figure("ok", scope.type, sum(row.ok for row in self.coverage.pages), scope.pages))
        return Table("summary", self.messages("cover.summary.title"), columns, tuple(rows), (self._sensitivity(),))

    def _figure(self, what: str, name: str, part: int, whole: int) -> tuple[Cell, ...]:
        label = self.messages(f"cover.summary.{what}", pages=self.many(name), bulk=self.outcome.labels.bulk.one)
        return label, part, whole, words.share(part, whole, self.messages)

    def _sensitivity(self) -> str:
        found = [
            self.messages(
                "cover.summary.sensitivity_one",
                specific=number,
                limit=self.messages("cover.summary.no_limit") if limit is None else limit,
            )
            for limit, number in self.coverage.sensitivity
        ]
        limit, name = self.coverage.bulk_limit, self.many(self.coverage.graded_name)
        return self.messages("cover.summary.sensitivity", limit=limit, pages=name, list=", ".join(found))

    def gaps(self) -> Table:
        """What no page works out, the worst first; and what would."""
        items = {item.key: item for item in self.coverage.graded.items}
        name = self.coverage.graded_name
        columns = (
            self.one(name),
            *(self.messages(f"cover.gaps.{column}") for column in ("state", "bulk", "elsewhere")),
            self.messages("cover.measures.name"),
        )
        rows = tuple(self._gap(items[key]) for key in self.coverage.ranking)
        title = self.messages(
            "cover.gaps.title", n=len(rows), pages=words.noun(self.outcome.labels.types[name], len(rows))
        )
        return Table("gaps", title, columns, rows)

    def _gap(self, item: GradedItem) -> tuple[Cell, ...]:
        state = words.state(item.state, self.outcome.labels, self.messages)
        return self._name(item.key), state, self._list(item.bulk), self._list(item.elsewhere), item.title

    def items(self) -> Table:
        """Every graded target and the pages that work it out or mention it."""
        name = self.coverage.graded_name
        columns = (
            self.one(name),
            self.messages("cover.gaps.state"),
            self.messages("coverage.state.specific"),
            self.messages("cover.gaps.bulk"),
            self.messages("cover.gaps.elsewhere"),
            self.messages("cover.measures.name"),
        )
        rows = tuple(
            (
                self._name(item.key),
                words.state(item.state, self.outcome.labels, self.messages),
                *(self._list(keys) for keys in (item.specific, item.bulk, item.elsewhere)),
                item.title,
            )
            for item in self.coverage.graded.items
        )
        return Table(name, self.many(name).capitalize(), columns, rows)

    def counted(self) -> Iterator[Table]:
        """For each counted target, by how many pages it is referred to."""
        pages = self.many(self.coverage.scope.type)
        for name, target in self.coverage.targets.items():
            if isinstance(target, CountedTarget):
                title = self.messages(
                    "cover.counted.title",
                    pages=self.many(name).capitalize(),
                    covered=target.covered,
                    total=target.total,
                )
                columns = (self.one(name), self.messages("cover.counted.count", pages=pages), pages)
                rows = tuple((item.key, item.count, self._list(item.pages)) for item in target.items)
                empty = ", ".join(item.key for item in target.items if not item.count)
                notes = (self.messages("cover.counted.empty", keys=empty),) if empty else ()
                yield Table(name, title, columns, rows, notes)

    def grid(self) -> Table:
        """How many pages refer to both a row and a column."""
        grid = self.coverage.grid
        if grid is None:
            return Table("grid", "", (), ())
        title = self.messages(
            "cover.grid.title",
            pages=self.many(self.coverage.scope.type),
            row=self.one(grid.rows),
            column=self.one(grid.columns),
        )
        rows: list[tuple[Cell, ...]] = [(key, *cells) for key, cells in zip(grid.row_keys, grid.cells, strict=True)]
        return Table("grid", title, (self.one(grid.rows), *grid.column_keys), tuple(rows))

    def groups(self) -> Iterator[Table]:
        """For each way to take graded targets together, how they fare."""
        states = ("specific", "bulk_only", "none")
        labels, messages = self.outcome.labels, self.messages
        heads = tuple(messages(f"cover.groups.{state}") for state in states)
        for name, rows in self.coverage.groups.items():
            waived = any(row.waived for row in rows)
            columns = (messages("cover.groups.group"), messages("cover.groups.total"), *heads)
            columns += (messages("coverage.state.waived"),) if waived else ()
            cells = tuple(
                (
                    words.key_label(name, row.key, labels, messages),
                    row.total,
                    row.specific,
                    row.bulk_only,
                    row.none,
                    *((row.waived,) if waived else ()),
                )
                for row in rows
            )
            target = self.many(self.coverage.graded_name).capitalize()
            title = messages("cover.groups.title", target=target, group=labels.groups[name])
            yield Table(name, title, columns, cells)

    def sources(self) -> Table:
        """The pages without a source that can be looked up."""
        found = self.coverage.sources
        rows = tuple(
            (self._name(row.key), words.sources(row, self.messages), row.title)
            for row in self.coverage.pages
            if row.key in found.without
        )
        pages = self.outcome.labels.types[self.coverage.scope.type]
        title = self.messages(
            "cover.sources.title", traceable=found.traceable, n=found.pages, pages=words.noun(pages, found.pages)
        )
        columns = (pages.one, self.messages("cover.measures.sources"), self.messages("cover.measures.name"))
        return Table("sources", title, columns, rows)

    def single_carriers(self) -> Table:
        """The targets that hang on one page."""
        rows = tuple((self._name(found.target), self._name(found.page)) for found in self.coverage.single_carriers)
        page, name = self.one(self.coverage.scope.type), self.coverage.graded_name
        targets = words.noun(self.outcome.labels.types[name], len(rows))
        title = self.messages("cover.single.title", page=page, n=len(rows), targets=targets)
        return Table("single_carriers", title, (self.one(name), self.messages("cover.single.page", page=page)), rows)

    def identical_lists(self) -> Table:
        """The pages that refer to exactly the same targets."""
        numbers = {row.key: row.references[self.coverage.graded_name].ok for row in self.coverage.pages}
        many = self.many(self.coverage.graded_name)
        rows = tuple((numbers[keys[0]], self._list(keys)) for keys in self.coverage.identical_lists)
        title = self.messages("cover.identical.title", targets=many)
        return Table("identical_lists", title, (many, self.many(self.coverage.scope.type)), rows)

    def places(self, name: str, places: Sequence[Place]) -> Table:
        """Values in front matter: references to nothing, or those that stand there twice."""
        columns = (
            self.one(self.coverage.scope.type),
            *(self.messages(f"cover.places.{column}") for column in ("field", "value", "line")),
            self.messages("cover.measures.file"),
        )
        rows = tuple((place.page, place.field, place.value, place.line, place.file) for place in places)
        return Table(name, self.messages(f"cover.places.{name}"), columns, rows)

    def waivers(self) -> Table:
        """What was said not to apply, and whether that still counts."""
        names = ("reason", "owner", "date", "until", "standing")
        columns = (self.one(self.coverage.graded_name), *(self.messages(f"cover.waivers.{name}") for name in names))
        page = self.one(self.coverage.scope.type)
        rows = tuple(
            (
                self._name(waiver.key),
                waiver.reason,
                waiver.owner,
                waiver.date.isoformat() if waiver.date else "",
                waiver.until.isoformat() if waiver.until else "",
                self.messages(f"cover.waivers.{waiver.standing}", page=page),
            )
            for waiver in self.coverage.waivers
        )
        return Table("waivers", self.messages("cover.waivers.title"), columns, rows)

    def frameworks(self) -> Iterator[Table]:
        """For each framework, which codes are named by which pages: in the scope, and elsewhere."""
        messages, topic = self.messages, self.coverage.scope.value is not None
        places = [messages(f"cover.frameworks.{name}") for name in ("in_scope", "elsewhere")]
        columns = (
            messages("cover.frameworks.code"),
            *(places if topic else [self.many(self.coverage.scope.type)]),
            messages("cover.frameworks.text"),
        )
        for framework in self.coverage.frameworks:
            rows = tuple(
                (
                    code.code,
                    *(self._list(keys) for keys in (code.in_scope, elsewhere(code))[: 1 + topic]),
                    code.text if code.known else messages("cover.frameworks.not_listed"),
                )
                for code in framework.codes
            )
            title = messages("cover.frameworks.title", name=framework.name, title=framework.title)
            yield Table(framework.name, title, columns, rows, tuple(self._framework_notes(framework)))

    def _framework_notes(self, framework: Framework) -> Iterator[str]:
        """Gaps both ways: codes that nobody names, and names that are no codes."""
        messages, codes = self.messages, framework.codes
        page = self.one(self.coverage.scope.type)
        if framework.problem is not None:
            problem = messages(f"cover.frameworks.{framework.problem}", file=framework.file)
            yield messages("cover.frameworks.unlisted", problem=problem, page=page)
            return
        total, named = sum(code.known for code in codes), sum(code.known and bool(code.pages) for code in codes)
        if self.coverage.scope.value is not None:
            in_scope = sum(code.known and bool(code.in_scope) for code in codes)
            yield messages("cover.frameworks.counts", in_scope=in_scope, pages=named, total=total)
            if any(code.known and not code.in_scope for code in codes):
                left = words.runs([(code.code, code.known and not code.in_scope) for code in codes], messages)
                yield messages("cover.frameworks.not_in_scope", codes=left)
        else:
            yield messages("cover.frameworks.count", pages=named, total=total)
        if named < total:
            left = words.runs([(code.code, not code.pages) for code in codes], messages)
            yield messages("cover.frameworks.nowhere", codes=left)
        unknown = [code.code for code in codes if not code.known]
        if unknown:
            yield messages("cover.frameworks.unknown", codes=", ".join(unknown), file=framework.file)

    def trend(self) -> Table:
        """How releases fared."""
        messages, many = self.messages, self.many(self.coverage.graded_name)
        columns = (
            messages("cover.trend.release"),
            messages("cover.trend.day"),
            self.many(self.coverage.scope.type),
            messages("cover.measures.sources"),
            many,
            messages("cover.trend.mentioned"),
            messages("coverage.state.specific"),
        )
        rows = tuple(
            (
                " = ".join(point.names),
                point.day,
                point.pages,
                point.traceable,
                point.total,
                point.specific + point.bulk_only,
                point.specific,
            )
            for point in self.outcome.history
        )
        notes = tuple(
            messages.count("cover.trend.unreadable", point.unreadable, release=" = ".join(point.names))
            for point in self.outcome.history
            if point.unreadable
        )
        return Table("trend", messages("cover.trend.title"), columns, rows, notes)

    def topics(self) -> Table:
        """How topics fare, one row each."""
        messages = self.messages
        columns = (
            messages("cover.topics.topic"),
            self.many(self.coverage.scope.type),
            messages("cover.yes"),
            messages("cover.measures.sources"),
            messages("cover.trend.mentioned"),
            messages("coverage.state.specific"),
            *(self.many(n) for n, target in self.coverage.targets.items() if isinstance(target, CountedTarget)),
            messages("cover.topics.key"),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                topic.title,
                len(topic.coverage.pages),
                sum(row.ok for row in topic.coverage.pages),
                topic.coverage.sources.traceable,
                topic.coverage.graded.specific + topic.coverage.graded.bulk_only,
                topic.coverage.graded.specific,
                *(t.covered for t in topic.coverage.targets.values() if isinstance(t, CountedTarget)),
                topic.key,
            )
            for topic in self.outcome.topics
        ]
        notes = (messages("cover.topics.note", pages=self.many(self.coverage.scope.type)),)
        return Table("topics", messages("cover.topics.title"), columns, tuple(rows), notes)

    def _name(self, key: str) -> str:
        return self.outcome.names.get(key, key) if self.short else key

    def _list(self, keys: Sequence[str]) -> str:
        return ", ".join(map(self._name, keys))

    def one(self, name: str) -> str:
        """The word for one page of a type."""
        return self.outcome.labels.types[name].one

    def many(self, name: str) -> str:
        """The word for several pages of a type."""
        return self.outcome.labels.types[name].many


def elsewhere(code: FrameworkCode) -> tuple[str, ...]:
    """The pages outside the scope that name a code."""
    return tuple(key for key in code.pages if key not in code.in_scope)


def number_columns(rows: Sequence[Sequence[Cell]], width: int) -> list[bool]:
    """Which of the ``width`` columns hold numbers alone."""
    return [all(isinstance(row[n], int) for row in rows) for n in range(width)]
