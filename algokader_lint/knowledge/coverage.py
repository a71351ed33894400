"""What coverage is measured of: which pages, through which fields, in which words. A pack may carry one definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field, model_validator

from algokader_lint.knowledge.model import Model, Text
from algokader_lint.knowledge.schema import ContentType, TypeLabel, check_pattern


class Target(Model):
    """Pages of ``type`` that pages of the scope refer to through ``field``.

    ``kind``: a ``graded`` one is worked out by a page that refers to few of its kind, and only mentioned by one that
    refers to many; a ``counted`` one is covered by any page.
    """

    type: str
    field: str
    kind: Literal["graded", "counted"]


class Grid(Model):
    """Two targets whose pages are held against each other: how many pages of the scope refer to both."""

    rows: str
    columns: str


class Group(Model):
    """Graded targets taken together by what their ``field`` holds, or by the group ``key`` of ``pattern`` in it.

    ``labels`` say what a key means; a key without one speaks for itself. ``named`` is what a key is called.
    """

    name: str
    label: Text
    field: str
    pattern: str | None = None
    labels: Mapping[str, Text] = {}

    @model_validator(mode="after")
    def _pattern_has_a_key(self) -> Group:
        if self.pattern is not None and "key" not in re.compile(check_pattern(self.pattern)).groupindex:
            raise ValueError("pattern: a group called 'key' is expected")
        return self


class Draft(Model):
    """A page to write for a graded target that no page works out.

    Its id is the next one in the series of ``series``, in the field ``id-field``; ``number`` finds the part of an id
    that stands in the name of its ``file``, which lies where most pages of the scope are. In ``file`` and ``template``,
    ``{id}``, ``{number}``, ``{topic}``, and of the target ``{key}``, ``{slug}`` and ``{title}`` are filled in.
    """

    id_field: str
    series: str
    number: str
    file: str
    template: str

    @model_validator(mode="after")
    def _number_is_found(self) -> Draft:
        match = re.search(check_pattern(self.number), self.series)
        if match is None or "number" not in match.groupdict():
            raise ValueError("number: finds no group called 'number' in series")
        return self


class FrameworkCodes(Model):
    """Where the content repository keeps the codes of a framework: a CSV file, and its columns.

    ``names`` are what the rows of a framework say in the column ``source``, by framework.
    """

    file: str
    delimiter: str = Field(";", min_length=1, max_length=1)
    code: str
    text: str
    source: str
    names: Mapping[str, str]


class CoverageDefinition(Model):
    """``coverage`` of a pack.

    ``bulk_limit``: a page with more living references to a graded target than this works none of them out; such a
    page is called ``bulk_label``.
    ``sources``: the rule by whose options sources are counted. ``first``: which of equally bad gaps come first, by
    field and values, the first named first. ``sensitivity``: other limits whose outcome is shown.
    """

    bulk_limit: int = Field(ge=1)
    bulk_label: TypeLabel
    sensitivity: tuple[int, ...] = ()
    targets: tuple[Target, ...]
    grid: Grid | None = None
    groups: tuple[Group, ...] = ()
    first: Mapping[str, tuple[str, ...]] = {}
    sources: str
    draft: Draft | None = None
    frameworks: FrameworkCodes | None = None

    @property
    def graded(self) -> Target:
        """The target that the headline is about."""
        return next(target for target in self.targets if target.kind == "graded")

    @model_validator(mode="after")
    def _one_headline(self) -> CoverageDefinition:
        if sum(target.kind == "graded" for target in self.targets) != 1:
            raise ValueError("targets: exactly one must be graded")
        return self

    def require_names(self, scope_type: str, types: Mapping[str, ContentType], rules: Iterable[str]) -> None:
        """Raise ValueError when something is named that does not exist."""
        fields = types[scope_type].fields
        for target in self.targets:
            if target.field not in fields or fields[target.field].to != target.type:
                raise ValueError(f"targets: {scope_type}.{target.field} does not refer to {target.type}")
        names = {target.type for target in self.targets}
        if self.grid is not None and not {self.grid.rows, self.grid.columns} <= names:
            raise ValueError("grid: rows and columns are names of targets")
        graded = types[self.graded.type].fields
        for name in (*(group.field for group in self.groups), *self.first):
            if name not in graded:
                raise ValueError(f"{self.graded.type} has no field {name}")
        if self.sources not in rules:
            raise ValueError(f"sources: there is no rule {self.sources}")
