"""What a change did to coverage, in sentences: what is worse, what is better, and what to read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from algokader_lint.coverage.change import CoverageChange, Fault, ItemChange, step
from algokader_lint.coverage.document import State
from algokader_lint.coverage.outcome import Labels
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a heading; ``kind`` tells how good the news is."""

    kind: Literal["figures", "worse", "better", "neutral"]
    title: str
    lines: tuple[str, ...]


def change_line(change: CoverageChange, messages: Messages) -> str:
    """The whole change when nothing happened, else what it is held against."""
    return messages("delta.nothing" if change.nothing else "delta.title", base=change.base)


def sections(change: CoverageChange, labels: Labels, messages: Messages) -> Iterator[Section]:
    """Everything a change did, the worst first."""
    telling = _Telling(change, labels, messages)
    found = (
        Section("worse", messages("delta.worse"), tuple(telling.worse())),
        Section("worse", messages("delta.dangling"), tuple(telling.dangling())),
        Section("figures", messages("delta.figures"), tuple(telling.figures())),
        Section("better", messages("delta.better"), tuple(telling.better())),
        Section("neutral", messages("delta.other"), tuple(telling.other())),
        Section("neutral", messages("delta.suspects", pages=labels.page.many), tuple(telling.suspects())),
    )
    yield from (section for section in found if section.lines)


@dataclass(frozen=True, slots=True)
class _Telling:
    change: CoverageChange
    labels: Labels
    messages: Messages

    def figures(self) -> Iterator[str]:
        """The numbers that moved."""
        for name, target in self.change.targets.items():
            pairs = {"total": target.total, "mentioned": target.covered}
            if target.specific is not None:
                pairs["specific"] = target.specific
            moved = [self._pair(what, pair) for what, pair in pairs.items() if pair[0] != pair[1]]
            if moved:
                yield f"{self.labels.types[name].many}: {', '.join(moved)}"
        pages = {"total": self.change.pages, "ok": self.change.ok, "sources": self.change.traceable}
        moved = [self._pair(what, pair) for what, pair in pages.items() if pair[0] != pair[1]]
        if moved:
            yield f"{self.labels.page.many}: {', '.join(moved)}"

    def _pair(self, what: str, pair: tuple[int, int]) -> str:
        return self.messages(f"delta.figure.{what}", before=pair[0], after=pair[1])

    def worse(self) -> Iterator[str]:
        """What is worse off, references to nothing apart."""
        yield from (self._item(item) for item in self.change.items if step(item) < 0 and not item.misnamed)
        for fault in self.change.faults:
            if fault.kind in ("emptied", "source-lost"):
                yield fault_line(fault, self.change.names, self.labels, self.messages)

    def dangling(self) -> Iterator[str]:
        """What references to nothing name, each once, with the pages that do; and what it is called now."""
        now = {item.was: item.key for item in self.change.items if item.was is not None}
        places: dict[str, list[str]] = {}
        for place in self.change.new_dangling:
            places.setdefault(place.value, []).append(place.page)
        for value, pages in places.items():
            text = "delta.renamed" if value in now else "delta.absent"
            yield self.messages(text, value=value, now=now.get(value, ""), pages=self._pages(pages))

    def better(self) -> Iterator[str]:
        """What the change mended, and what it covers that was not covered."""
        yield from (self._item(item) for item in self.change.items if step(item) > 0)
        for name, keys in self.change.filled.items():
            word = self.labels.types[name].one
            yield from (self.messages("delta.filled", target=word, key=key) for key in keys)
        yield from (self.messages("delta.source_gained", page=self._name(key)) for key in self.change.sources_gained)
        if self.change.mended:
            yield self.messages.count("delta.mended", self.change.mended)

    def other(self) -> Iterator[str]:
        """What is neither: new and gone targets, and those that more or fewer pages work out."""
        for item in self.change.items:
            if not step(item) and not item.misnamed:
                yield self._item(item)

    def suspects(self) -> Iterator[str]:
        """The pages to read again, because what they work out says something else now."""
        for suspect in self.change.suspects:
            yield f"{self._name(suspect.key)}: {self._pages(suspect.pages)}"

    def _item(self, item: ItemChange) -> str:
        before, after = self._state(item.before, "new"), self._state(item.after, "gone")
        states = after if item.before == item.after else f"{before} → {after}"
        asides = []
        if item.specific_before != item.specific_after:
            asides.append(f"{item.specific_before} → {item.specific_after}")
        if item.gained:
            asides.append(self.messages("delta.by", pages=self._pages(item.gained)))
        if item.lost:
            asides.append(self.messages("delta.no_more_by", pages=self._pages(item.lost)))
        return f"{self._name(item.key)}: {states}" + (f" ({', '.join(asides)})" if asides else "")

    def _name(self, key: str) -> str:
        return self.change.names.get(key, key)

    def _state(self, state: State | None, absent: str) -> str:
        if state is None:
            return self.messages(f"coverage.state.{absent}")
        return words.state(state, self.labels, self.messages)

    def _pages(self, keys: Iterable[str]) -> str:
        """Some names, and how many others."""
        names = [self._name(key) for key in dict.fromkeys(keys)]
        shown = ", ".join(names[:_NAMED])
        return self.messages("delta.and_more", names=shown, n=len(names) - _NAMED) if len(names) > _NAMED else shown


_NAMED = 3
"""How many pages a sentence names."""


def fault_line(fault: Fault, names: Mapping[str, str], labels: Labels, messages: Messages) -> str:
    """Why the gate stops a change, in a sentence; see ``Fault``."""
    if fault.kind == "floor":
        target = labels.types[fault.target].many
        return messages("delta.floor", target=target, floor=fault.value, number=fault.now)
    if fault.kind == "emptied":
        target = labels.types[fault.target].one
        return messages("delta.emptied", target=target, key=fault.key, page=labels.page.one)
    return messages(
        "delta.source_declared" if fault.now == "declared" else "delta.source_lost",
        page=names.get(fault.key, fault.key),
    )
