"""By what the rows of the coverage page can be chosen: the targets that are counted, and the groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from algokader_lint.coverage.document import CountedItem, CountedTarget, GradedItem, PageRow
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.messages import Messages
from algokader_lint.report.coverage import words
from algokader_lint.report.text import capitalized

_NO_KEY = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: ``value`` stands in the address of the page, ``token`` in its rows."""

    value: str
    token: str
    label: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What can be chosen together; ``name`` stands in the address of the page."""

    number: int
    name: str
    label: str
    choices: tuple[Choice, ...]


class Facets:
    """The facets of a report, and which of their choices hold for a row. They are called by number."""

    def __init__(self, outcome: Outcome, messages: Messages) -> None:
        self._coverage = outcome.coverage
        self._counted = {n: t for n, t in outcome.coverage.targets.items() if isinstance(t, CountedTarget)}
        self._items = {item.key: item for item in outcome.coverage.graded.items}
        self.shown = tuple(
            Facet(number, name, label, tuple(_choices(number, keys)))
            for number, (name, label, keys) in enumerate(self._found(outcome, messages))
        )
        self.targets = tuple(range(len(self._counted)))
        self.groups = tuple(range(len(self._counted), len(self.shown)))
        self.all = (*self.targets, *self.groups)
        self._tokens = {(facet.name, choice.value): choice.token for facet in self.shown for choice in facet.choices}

    def _found(self, outcome: Outcome, messages: Messages) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        labels = outcome.labels
        for name, target in self._counted.items():
            keys = [(item.key, item.title or item.key) for item in by_title(target)]
            yield name, labels.types[name].one.capitalize(), keys
        for name, rows in outcome.coverage.groups.items():
            keys = [(row.key or _NO_KEY, words.key_label(name, row.key, labels, messages)) for row in rows]
            yield name, capitalized(labels.groups[name]), keys

    def of_item(self, item: GradedItem) -> str:
        """The tokens of a graded target."""
        return " ".join(self._of_groups([item]))

    def of_page(self, page: PageRow) -> str:
        """The tokens of a page: what it refers to, and the groups of the graded targets that it refers to."""
        found = [
            self._tokens[name, key]
            for name in self._counted
            for key in page.references[name].keys
            if (name, key) in self._tokens
        ]
        graded = page.references[self._coverage.graded_name].keys
        return " ".join((*found, *self._of_groups(self._items[key] for key in graded if key in self._items)))

    def _of_groups(self, items: Iterable[GradedItem]) -> list[str]:
        pairs = [(name, key or _NO_KEY) for item in items for name, keys in item.groups.items() for key in keys]
        return [self._tokens[pair] for pair in dict.fromkeys(pairs)]


def by_title(target: CountedTarget) -> list[CountedItem]:
    """The pages of a target in the order in which people look for them."""
    return sorted(target.items, key=lambda item: (item.title or item.key).casefold())


def _choices(number: int, keys: Iterable[tuple[str, str]]) -> Iterator[Choice]:
    for index, (key, label) in enumerate(keys):
        yield Choice(key, f"{number}.{index}", label)
