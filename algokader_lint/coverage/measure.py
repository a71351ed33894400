"""Measures coverage: what the pages of a scope refer to, work out, and leave out.

A page that refers to many graded targets says nothing of any one of them: it is a list, and works none of them out.
Only references to pages that exist count, each once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from algokader_lint.content.nodes import Scalar, scalars
from algokader_lint.content.page import Page, Reference
from algokader_lint.content.site import Site, within
from algokader_lint.content.sources import Sources, read_sources
from algokader_lint.content.tree import display_path
from algokader_lint.coverage.document import (
    VERSION,
    CountedItem,
    CountedTarget,
    Coverage,
    GradedItem,
    GradedTarget,
    Grid,
    GroupRow,
    PageRow,
    PageSources,
    Place,
    References,
    ScopeOf,
    SingleCarrier,
    SourcesOf,
    SourceUrl,
    State,
    Target,
    WaiverRow,
    keys_of,
)
from algokader_lint.coverage.drafts import drafts_of
from algokader_lint.coverage.frameworks import frameworks_of
from algokader_lint.coverage.plan import Plan
from algokader_lint.knowledge import Group
from algokader_lint.knowledge import Target as TargetDefinition

_NO_KEY = ""
"""The key of the group of those that tell not which group they are in."""


def measure(site: Site, plan: Plan, revision: str | None = None, *, drafts: bool = False) -> Coverage:
    """Measure one state of a site; ``revision`` names it. The same content gives the same document.

    ``drafts``: with a page to write for each gap; then the past is searched for ids that were given out.
    """
    return _Measurement(site, plan).document(revision, drafts)


@dataclass(frozen=True)
class _Measurement:
    site: Site
    plan: Plan

    def document(self, revision: str | None, drafts: bool) -> Coverage:
        plan, definition = self.plan, self.plan.definition
        rows = tuple(self._row(page) for page in self.pages)
        targets = {target.type: self._target(target) for target in definition.targets}
        items, ranked = self.items, self._ranked()
        return Coverage(
            version=VERSION,
            revision=revision,
            scope=ScopeOf(plan.scope.type, plan.scope.field, plan.scope.value, len(self.pages)),
            pages=rows,
            bulk_limit=definition.bulk_limit,
            targets=targets,
            grid=self._grid(),
            sources=SourcesOf(
                pages=len(rows),
                traceable=sum(self.sources[row.key].traceable for row in rows),
                without=keys_of([row for row in rows if not self.sources[row.key].traceable]),
                declared_none=keys_of([row for row in rows if row.sources.declared_none]),
            ),
            sensitivity=tuple((limit, self._specific(limit)) for limit in (*definition.sensitivity, None)),
            dangling=tuple(self._dangling()),
            duplicates=tuple(self._duplicates()),
            single_carriers=tuple(SingleCarrier(i.key, i.specific[0]) for i in items if len(i.specific) == 1),
            identical_lists=tuple(self._identical()),
            groups={group.name: tuple(_group_rows(group, items)) for group in definition.groups},
            waivers=tuple(self._waiver_rows()),
            ranking=tuple(item.key for item in ranked),
            drafts=tuple(drafts_of(self.site, plan, self.pages, ranked)) if drafts else (),
            frameworks=frameworks_of(self.site, plan),
        )

    @cached_property
    def pages(self) -> list[Page]:
        """The pages of the scope; of several with one key only the one that it stands for."""
        known = self.site.of_type(self.plan.scope.type)
        return [page for page in known.values() if within(self.plan.scope, page)]

    @cached_property
    def sources(self) -> dict[str, Sources]:
        return {page.key: read_sources(self.site, page, self.plan.sources) for page in self.pages}

    @cached_property
    def links(self) -> dict[str, dict[str, list[str]]]:
        """The living references of every page of the scope, by field of a target."""
        return {target.field: {p.key: self._living(p, target) for p in self.pages} for target in self._targets}

    @cached_property
    def items(self) -> tuple[GradedItem, ...]:
        graded = self.plan.definition.graded
        limit = self.plan.definition.bulk_limit
        links = self.links[graded.field]
        carriers = _turned(links)
        elsewhere = _turned(
            {
                page.key: keys
                for page in self.site.of_type(self.plan.scope.type).values()
                if page.key not in links and len(keys := self._living(page, graded)) <= limit
            }
        )
        found: list[GradedItem] = []
        for key, page in sorted(self.site.of_type(graded.type).items()):
            own = carriers.get(key, [])
            specific = tuple(carrier for carrier in own if len(links[carrier]) <= limit)
            found.append(
                GradedItem(
                    key=key,
                    name=self.site.short_name(page),
                    id=_id(self.site, page),
                    title=page.title,
                    file=display_path(page.path),
                    state=self._state(key, specific, own),
                    specific=specific,
                    bulk=tuple(carrier for carrier in own if len(links[carrier]) > limit),
                    elsewhere=tuple(elsewhere.get(key, ())),
                    groups={group.name: _group_keys(group, page) for group in self.plan.definition.groups},
                )
            )
        return tuple(found)

    @property
    def _targets(self) -> tuple[TargetDefinition, ...]:
        return self.plan.definition.targets

    def _living(self, page: Page, target: TargetDefinition) -> list[str]:
        return [r.value for r in page.references if r.field == target.field and self.site.target(r) is not None]

    def _state(self, key: str, specific: Sequence[str], carriers: Sequence[str]) -> State:
        if specific:
            return "specific"
        if self._waived(key):
            return "waived"
        return "bulk_only" if carriers else "none"

    def _waived(self, key: str) -> bool:
        return any(w.key == key and not _ended(w.until, self.plan) for w in self.plan.settings.waivers)

    def _row(self, page: Page) -> PageRow:
        references = {target.type: self._references(page, target) for target in self._targets}
        sources = self.sources[page.key]
        whole = all(found.ok and not found.dangling for found in references.values())
        row = self._page_sources(page, sources)
        return PageRow(
            key=page.key,
            name=self.site.short_name(page),
            id=_id(self.site, page),
            title=page.title,
            file=display_path(page.path),
            ok=whole and (sources.traceable or row.declared_none) and not row.dead,
            references=references,
            sources=row,
        )

    def _references(self, page: Page, target: TargetDefinition) -> References:
        living = self.links[target.field][page.key]
        return References(
            ok=len(living),
            dangling=tuple(r.value for r in self._broken(page, target)),
            bulk=target.kind == "graded" and len(living) > self.plan.definition.bulk_limit,
            keys=tuple(living),
        )

    def _broken(self, page: Page, target: TargetDefinition) -> list[Reference]:
        return [r for r in page.references if r.field == target.field and self.site.target(r) is None]

    def _page_sources(self, page: Page, sources: Sources) -> PageSources:
        urls: list[SourceUrl] = []
        kinds: Counter[str] = Counter()
        days: list[str] = []
        for source in sources.external:
            known = self.plan.verdicts.get(source.url)
            if known is not None:
                days.append(known.day.isoformat())
            line = page.source.position(source.span.start).line
            urls.append(SourceUrl(source.url, line, "unchecked" if known is None else known.verdict))
            kinds[urls[-1].kind] += 1
        return PageSources(
            external=len(sources.external),
            internal=len(sources.internal),
            codes=len(sources.codes),
            declared_none=sources.declared_none,
            dead=kinds["dead"],
            suspect=kinds["suspect"],
            unknown=kinds["unknown"],
            unchecked=kinds["unchecked"],
            checked_at=min(days, default=None),
            line=page.source.position(sources.place.start).line,
            urls=tuple(urls),
        )

    def _target(self, target: TargetDefinition) -> Target:
        if target.kind == "graded":
            states = Counter(item.state for item in self.items)
            return GradedTarget(
                total=len(self.items),
                specific=states["specific"],
                bulk_only=states["bulk_only"],
                none=states["none"],
                waived=states["waived"],
                items=self.items,
            )
        carriers = _turned(self.links[target.field])
        items = tuple(
            CountedItem(key, page.title, display_path(page.path), len(found := carriers.get(key, [])), tuple(found))
            for key, page in sorted(self.site.of_type(target.type).items())
        )
        return CountedTarget(len(items), sum(item.count > 0 for item in items), items)

    def _grid(self) -> Grid | None:
        grid = self.plan.definition.grid
        if grid is None:
            return None
        fields = {target.type: target.field for target in self._targets}
        rows, columns = self.links[fields[grid.rows]], self.links[fields[grid.columns]]
        pairs = Counter((row, column) for page in self.pages for row in rows[page.key] for column in columns[page.key])
        row_keys, column_keys = (tuple(sorted(self.site.of_type(name))) for name in (grid.rows, grid.columns))
        cells = tuple(tuple(pairs[row, column] for column in column_keys) for row in row_keys)
        return Grid(grid.rows, grid.columns, row_keys, column_keys, cells)

    def _specific(self, limit: int | None) -> int:
        """How many graded targets would be worked out if this were the limit, None for no limit."""
        links = self.links[self.plan.definition.graded.field].values()
        return len({key for keys in links if limit is None or len(keys) <= limit for key in keys})

    def _dangling(self) -> Iterator[Place]:
        for page in self.pages:
            for target in self._targets:
                yield from (_place(page, r.field, r.value, r.span.start) for r in self._broken(page, target))

    def _duplicates(self) -> Iterator[Place]:
        for page in self.pages:
            for target in self._targets:
                for item in _repeated(scalars(page.front_matter.get(target.field))):
                    yield _place(page, target.field, item.text, item.span.start)

    def _identical(self) -> Iterator[tuple[str, ...]]:
        lists: dict[frozenset[str], list[str]] = {}
        for key, targets in self.links[self.plan.definition.graded.field].items():
            lists.setdefault(frozenset(targets), []).append(key)
        same = [(targets, keys) for targets, keys in lists.items() if targets and len(keys) > 1]
        yield from (tuple(keys) for _, keys in sorted(same, key=lambda item: (-len(item[0]), item[1])))

    def _waiver_rows(self) -> Iterator[WaiverRow]:
        items = {item.key: item for item in self.items}
        for waiver in self.plan.settings.waivers:
            item = items.get(waiver.key)
            ended = _ended(waiver.until, self.plan)
            yield WaiverRow(
                key=waiver.key,
                reason=waiver.reason,
                owner=waiver.owner,
                date=waiver.date,
                until=waiver.until,
                standing="unknown" if item is None else "ended" if ended else "stale" if item.specific else "in_force",
            )

    def _ranked(self) -> list[GradedItem]:
        """Gaps: not mentioned; then mentioned, and worked out nowhere; then the others. See the definition for ties."""
        pages = self.site.of_type(self.plan.definition.graded.type)

        def rank(item: GradedItem) -> tuple[object, ...]:
            worst = 0 if item.state == "none" else 2 if item.elsewhere else 1
            first = (
                not ({value.text for value in scalars(pages[item.key].front_matter.get(field))} & set(values))
                for field, values in self.plan.definition.first.items()
            )
            return worst, *first, item.key

        return sorted((item for item in self.items if item.state in ("none", "bulk_only")), key=rank)


def _turned(links: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Which pages refer to a target, of which targets a page refers to."""
    found: dict[str, list[str]] = {}
    for page, targets in links.items():
        for target in targets:
            found.setdefault(target, []).append(page)
    return found


def _repeated(values: Iterable[Scalar]) -> Iterator[Scalar]:
    seen: set[str] = set()
    for value in values:
        if value.text in seen:
            yield value
        seen.add(value.text)


def _place(page: Page, field: str, value: str, offset: int) -> Place:
    return Place(page.key, field, value, page.source.position(offset).line, display_path(page.path))


def _ended(until: date | None, plan: Plan) -> bool:
    return until is not None and until < plan.today


def _id(site: Site, page: Page) -> str | None:
    """What identifies a page: the value of its unique field."""
    for name, spec in site.types[page.type or ""].fields.items():
        if spec.unique:
            return page.front_matter.text(name)
    return None


def _group_keys(group: Group, page: Page) -> tuple[str, ...]:
    values = [item.text for item in scalars(page.front_matter.get(group.field))]
    if group.pattern is not None:
        matches = (re.fullmatch(group.pattern, value[:1000]) for value in values)
        values = [match["key"] for match in matches if match is not None]
    return tuple(dict.fromkeys(values)) or (_NO_KEY,)


def _group_rows(group: Group, items: Sequence[GradedItem]) -> Iterator[GroupRow]:
    """One row per key; those that tell not where they belong come last."""
    found: dict[str, Counter[State]] = {}
    for item in items:
        for key in item.groups[group.name]:
            found.setdefault(key, Counter())[item.state] += 1
    for key, states in sorted(found.items(), key=lambda row: (row[0] == _NO_KEY, row[0])):
        yield GroupRow(
            key=key,
            total=states.total(),
            specific=states["specific"],
            bulk_only=states["bulk_only"],
            none=states["none"],
            waived=states["waived"],
        )
