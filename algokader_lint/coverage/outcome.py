"""All that a coverage report says: the document, what a change did to it, how releases fared, and what names mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from algokader_lint.coverage.change import CoverageChange
from algokader_lint.coverage.document import Coverage
from algokader_lint.coverage.plan import Plan
from algokader_lint.knowledge import ContentType
from algokader_lint.messages import Language


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for one and for many."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What is called how, in the language of the report.

    ``page`` is one of the scope, ``types`` those of the scope and the targets; ``groups`` and ``keys`` what the groups
    and their keys are called, a key without a label by itself; ``bulk`` is a page that mentions many; ``scope`` the
    topic. ``code_columns`` are the columns of code, text and framework in the file that lists codes of frameworks.
    """

    scope: str
    page: Noun
    types: Mapping[str, Noun]
    groups: Mapping[str, str]
    keys: Mapping[str, Mapping[str, str]]
    bulk: Noun
    code_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """How a release fared: its ``names``, the day of its commit and its numbers.

    ``unreadable`` counts pages of the scope's type whose front matter could not be read: the numbers may lack them.
    """

    names: tuple[str, ...]
    day: str
    pages: int
    traceable: int
    total: int
    specific: int
    bulk_only: int
    none: int
    waived: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class Host:
    """Where the repository can be seen: its address, and the branch that people write in."""

    address: str
    branch: str


@dataclass(frozen=True, slots=True)
class Topic:
    """How one topic fares: its key and title, and its numbers."""

    key: str
    title: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Outcome:
    """``revision_label`` is a name of the revision, such as a tag; ``modified`` tells that files differ from it.

    ``names`` are the short names of the pages of the scope's and the targets' types, by key. ``day`` is that of the
    report. ``history`` are the releases in order of time, the present last.
    """

    coverage: Coverage
    labels: Labels
    names: Mapping[str, str]
    day: str
    revision_label: str = ""
    modified: bool = False
    host: Host | None = None
    change: CoverageChange | None = None
    history: tuple[Point, ...] = ()
    topics: tuple[Topic, ...] = ()
    notices: tuple[str, ...] = ()


def labels_of(plan: Plan, types: Mapping[str, ContentType], topic_title: str, language: Language) -> Labels:
    """The words of a plan; ``topic_title`` is what its topic is called."""
    definition = plan.definition
    names = [plan.scope.type, *(target.type for target in definition.targets)]
    listed = definition.frameworks

    def noun(label: object) -> Noun:
        words = getattr(label, language)
        return Noun(words.one, words.many)

    return Labels(
        scope=topic_title,
        page=noun(types[plan.scope.type].label),
        types={name: noun(types[name].label) for name in names},
        groups={group.name: group.label.get(language) for group in definition.groups},
        keys={
            group.name: {key: label.get(language) for key, label in group.labels.items()} for group in definition.groups
        },
        bulk=noun(definition.bulk_label),
        code_columns=(listed.code, listed.text, listed.source) if listed is not None else (),
    )
