"""Holds two measurements of coverage against each other.

Pages are followed through moves, renames and renumberings, so that one that goes on under another name is no loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from algokader_lint.content.history import Past
from algokader_lint.content.markdown import COMMENT
from algokader_lint.content.page import Page
from algokader_lint.coverage.change import CoverageChange, Fault, ItemChange, Suspect, TargetChange, step
from algokader_lint.coverage.document import (
    CountedItem,
    CountedTarget,
    Coverage,
    GradedItem,
    GradedTarget,
    PageRow,
    Place,
    Target,
)
from algokader_lint.coverage.plan import Plan


def compare_coverage(before: Coverage, after: Coverage, past: Past, plan: Plan) -> CoverageChange:
    """Hold two measurements by one plan against each other; ``past`` has the sites that they are of."""
    comparison = _Comparison(before, after, past)
    items = tuple(comparison.items())
    new_dangling, mended = comparison.dangling()
    emptied, filled = comparison.counted(lambda count: count == 0), comparison.counted(lambda count: count > 0)
    lost, gained = comparison.sources()
    slips = comparison.slips(new_dangling)
    return CoverageChange(
        base=past.label,
        pages=(len(before.pages), len(after.pages)),
        ok=(sum(row.ok for row in before.pages), sum(row.ok for row in after.pages)),
        traceable=(before.sources.traceable, after.sources.traceable),
        targets={name: _target_change(before.targets[name], target) for name, target in after.targets.items()},
        items=items,
        new_dangling=tuple(new_dangling),
        mended=mended,
        emptied=emptied,
        filled=filled,
        sources_lost=tuple(row.key for row in lost),
        sources_gained=tuple(row.key for row in gained),
        suspects=tuple(comparison.suspects()),
        faults=(
            *comparison.falls(items, slips, plan),
            *map(_led_nowhere, new_dangling),
            *comparison.empty(emptied, slips, plan),
            *(_source_lost(row, plan) for row in lost),
            *under_floors(after, plan),
        ),
        names={**_names(before), **_names(after)},
    )


def _names(coverage: Coverage) -> dict[str, str]:
    names = {item.key: item.name for item in coverage.graded.items}
    return names | {row.key: row.name for row in coverage.pages}


class _Comparison:
    def __init__(self, before: Coverage, after: Coverage, past: Past) -> None:
        self.before = before
        self.after = after
        self.past = past

    def items(self) -> Iterator[ItemChange]:
        """Every graded target that is not what it was, in the order of now; those that are gone come last."""
        earlier = {item.key: item for item in self.before.graded.items}
        names = self._names(self.after.graded_name, earlier)
        was = {now: key for key, now in names.items()}
        misnamed: dict[str, list[str]] = {}
        for place in self.after.dangling:
            misnamed.setdefault(place.value, []).append(place.page)
        for item in self.after.graded.items:
            old = earlier.get(was.get(item.key, ""))
            change = _item_change(old, item, self._pages, misnamed)
            if change is not None:
                yield change
        for key, old in earlier.items():
            if key not in names:
                yield ItemChange(
                    key=key,
                    was=None,
                    title=old.title,
                    before=old.state,
                    after=None,
                    specific_before=len(old.specific),
                    specific_after=0,
                    gained=(),
                    lost=old.specific,
                    misnamed=tuple(misnamed.get(key, ())),
                )

    @cached_property
    def _pages(self) -> dict[str, str]:
        """What the pages of the scope before are called now."""
        return self._names(self.after.scope.type, [row.key for row in self.before.pages])

    def _names(self, type_name: str, keys: Iterable[str]) -> dict[str, str]:
        """What pages of a type are called now, by what they were called; those that are gone are left out."""
        earlier = self.past.site.of_type(type_name)
        found: dict[str, str] = {}
        for key in keys:
            page = self.past.pairs.after(earlier[key])
            if page is not None and page.type == type_name:
                found[key] = page.key
        return found

    def dangling(self) -> tuple[list[Place], int]:
        """The references to nothing that were not there, and how many are there no more.

        A page that comes into the scope with one that it had already brings nothing new; one that leaves mends nothing.
        """
        type_name = self.after.scope.type
        now = self.past.now.of_type(type_name)
        new = [place for place in self.after.dangling if not self._led_nowhere_before(now[place.page], place)]
        left = {(place.page, place.field, place.value) for place in self.after.dangling}
        stayed = {row.key for row in self.after.pages}
        known = [(self._pages.get(place.page, ""), place.field, place.value) for place in self.before.dangling]
        return new, sum(place[0] in stayed and place not in left for place in known)

    def _led_nowhere_before(self, page: Page, place: Place) -> bool:
        before = self.past.pairs.before(page)
        return before is not None and any(
            (reference.field, reference.value) == (place.field, place.value)
            and self.past.site.target(reference) is None
            for reference in before.references
        )

    def counted(self, now: Callable[[int], bool]) -> dict[str, tuple[str, ...]]:
        """The counted targets whose number came to be such, and was not."""
        found: dict[str, tuple[str, ...]] = {}
        for name, target in self.after.targets.items():
            before = self.before.targets[name]
            if isinstance(target, CountedTarget) and isinstance(before, CountedTarget):
                names = self._names(name, [item.key for item in before.items])
                counts = {names[item.key]: item.count for item in before.items if item.key in names}
                found[name] = tuple(
                    item.key
                    for item in target.items
                    if item.key in counts and now(item.count) and not now(counts[item.key])
                )
        return found

    def sources(self) -> tuple[list[PageRow], list[PageRow]]:
        """The pages, in the scope before and after, that have no source any more, and those that have one now."""
        names = self._pages
        had = {
            names[row.key]: row.key not in self.before.sources.without for row in self.before.pages if row.key in names
        }
        without = set(self.after.sources.without)
        lost = [row for row in self.after.pages if row.key in without and had.get(row.key, False)]
        gained = [row for row in self.after.pages if row.key not in without and not had.get(row.key, True)]
        return lost, gained

    def suspects(self) -> Iterator[Suspect]:
        """The targets that say something else than they did, and the pages that refer to them, the detailed first."""
        name = self.after.graded_name
        for item in self.after.graded.items:
            page = self.past.now.of_type(name)[item.key]
            before = self.past.pairs.before(page)
            pages = (*item.specific, *item.bulk)
            if before is not None and pages and _said(before) != _said(page):
                yield Suspect(item.key, pages)

    def falls(self, items: Iterable[ItemChange], slips: Slips, plan: Plan) -> Iterator[Fault]:
        """What is worse off: told at a page that became one that mentions many, else at a page that worked it out, else
        at the target's own.
        """
        rows = {row.key: row for row in self.after.pages}
        targets = {item.key: item for item in self.after.graded.items}
        field = plan.definition.graded.field
        crowded: dict[str, list[str]] = {}
        for change in items:
            if step(change) >= 0 or change.misnamed:
                continue
            bulk = next((key for key in change.lost if key in targets[change.key].bulk), None)
            if bulk is not None:
                crowded.setdefault(bulk, []).append(change.key)
                continue
            carrier = next((rows[key] for key in change.lost if key in rows), None)
            slip = next((place for key in change.lost if (place := slips.of(key, field)) is not None), None)
            yield Fault(
                kind="falls",
                target=self.after.graded_name,
                key=change.key,
                value=change.before or "",
                now=change.after or "",
                pages=change.lost,
                field=field if carrier is not None else "",
                file=carrier.file if carrier is not None else targets[change.key].file,
                line=slip.line if slip is not None and carrier is not None and slip.page == carrier.key else 0,
                unreadable=any(key in slips.unreadable for key in change.lost),
            )
        for key, fallen in crowded.items():
            yield Fault(
                kind="crowded",
                target=self.after.graded_name,
                key=key,
                value=str(rows[key].references[self.after.graded_name].ok),
                now=str(self.after.bulk_limit),
                pages=tuple(fallen),
                field=field,
                file=rows[key].file,
            )

    def empty(self, emptied: Mapping[str, Sequence[str]], slips: Slips, plan: Plan) -> Iterator[Fault]:
        """One fault per counted target that nothing refers to any more, at its own page or at the slip that did it."""
        fields = {target.type: target.field for target in plan.definition.targets}
        for name, keys in emptied.items():
            files = {item.key: item.file for item in self.after.targets[name].items}
            items = [item for item in self.before.targets[name].items if isinstance(item, CountedItem)]
            names = self._names(name, [item.key for item in items])
            had = {names[item.key]: item.pages for item in items if item.key in names}
            for key in keys:
                carriers = [self._pages.get(page, "") for page in had[key]]
                slip = next((place for page in carriers if (place := slips.of(page, fields[name])) is not None), None)
                yield Fault(
                    kind="emptied",
                    target=name,
                    key=key,
                    now="0",
                    field=fields[name] if slip is not None else "",
                    file=slip.file if slip is not None else files[key],
                    line=slip.line if slip is not None else 0,
                    unreadable=any(page in slips.unreadable for page in carriers),
                )

    def slips(self, new_dangling: Iterable[Place]) -> Slips:
        """Pages that a change broke in a way that is told by itself."""
        now = self.past.now.of_type(self.after.scope.type).values()
        return Slips(
            {(place.page, place.field): place for place in new_dangling},
            frozenset(page.key for page in now if page.front_matter.fields is None),
        )


@dataclass(frozen=True, slots=True)
class Slips:
    """References that now lead nowhere, by page and field, and pages that can no longer be read. What coverage loses by
    one is told at the same place, where one defect becomes one finding.
    """

    places: Mapping[tuple[str, str], Place]
    unreadable: frozenset[str]

    def of(self, page: str, field: str) -> Place | None:
        """The slip by which a page may have lost what it held in a field."""
        return self.places.get((page, field))


def _item_change(
    old: GradedItem | None, item: GradedItem, pages: Mapping[str, str], misnamed: Mapping[str, Sequence[str]]
) -> ItemChange | None:
    """What became of a target, None when nothing did.

    ``pages`` says what those that referred to it are called now, ``misnamed`` which pages use a key that is no more.
    """
    had = tuple(pages.get(key, key) for key in old.specific) if old is not None else ()
    gained = tuple(key for key in item.specific if key not in had)
    lost = tuple(key for key in had if key not in item.specific)
    if old is not None and old.state == item.state and not gained and not lost:
        return None
    was = old.key if old is not None and old.key != item.key else None
    return ItemChange(
        key=item.key,
        was=was,
        title=item.title,
        before=None if old is None else old.state,
        after=item.state,
        specific_before=len(had),
        specific_after=len(item.specific),
        gained=gained,
        lost=lost,
        misnamed=tuple(misnamed.get(was, ())) if was is not None else (),
    )


def _target_change(before: Target, after: Target) -> TargetChange:
    if isinstance(before, GradedTarget) and isinstance(after, GradedTarget):
        covered = (before.specific + before.bulk_only, after.specific + after.bulk_only)
        return TargetChange((before.total, after.total), covered, (before.specific, after.specific))
    if isinstance(before, CountedTarget) and isinstance(after, CountedTarget):
        return TargetChange((before.total, after.total), (before.covered, after.covered), None)
    raise TypeError("two measurements by different plans")


def _said(page: Page) -> str:
    """What a page says: its title and its text, without comments; white space apart."""
    text = COMMENT.sub(" ", page.source.text[page.front_matter.body_start :])
    return " ".join([page.title, *text.split()])


def _led_nowhere(place: Place) -> Fault:
    return Fault(
        kind="dangling", key=place.page, value=place.value, field=place.field, file=place.file, line=place.line
    )


def _source_lost(row: PageRow, plan: Plan) -> Fault:
    now = "declared" if row.sources.declared_none else ""
    field = plan.sources.section
    return Fault(kind="source-lost", key=row.key, now=now, field=field, file=row.file, line=row.sources.line)


def under_floors(after: Coverage, plan: Plan) -> Iterator[Fault]:
    """The numbers that are under the floors that the settings ask for."""
    for name, floor in plan.settings.floors.items():
        target = after.targets[name]
        number = target.specific if isinstance(target, GradedTarget) else target.covered
        if number < floor:
            yield Fault(kind="floor", target=name, value=str(floor), now=str(number))
