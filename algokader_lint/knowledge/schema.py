"""``schemas/*.yaml``: what pages of a content type are and must look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import field_validator, model_validator

from algokader_lint.globs import compile_glob
from algokader_lint.knowledge.model import Model
from algokader_lint.knowledge.sections import SectionFamily, SectionSpec, plain_heading

_PATTERN_LIMIT = 200
"""Longest regular expression in a schema, in characters."""


def check_pattern(pattern: str, limit: int = _PATTERN_LIMIT) -> str:
    """A regular expression that is short enough to be used. Raises ValueError."""
    if len(pattern) > limit:
        raise ValueError(f"pattern longer than {limit} characters")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


class FieldSpec(Model):
    """One front matter field of a content type.

    ``kind``: ``text`` (one line), ``choices`` (a list of fixed ``values``, or one when ``single``), ``references``
    (a list of keys of pages of type ``to``), ``codes`` (a mapping of ``frameworks`` to codes that match their
    pattern) or ``any``. With ``over`` a choice is one of ``values``, or a boolean expression of quoted labels, each
    ``<field>-<value>`` of one of those fields. ``required``: an error when absent; ``expected``: a warning.
    """

    kind: Literal["text", "choices", "references", "codes", "any"]
    required: bool = False
    expected: bool = False
    values: tuple[str, ...] = ()
    single: bool = False
    over: tuple[str, ...] = ()
    to: str | None = None
    pattern: str | None = None
    file_name: str | None = None
    unique: bool = False
    max_words: int | None = None
    no_final_stop: bool = False
    abbreviations: tuple[str, ...] = ()
    frameworks: Mapping[str, str] = {}

    @field_validator("pattern", "file_name")
    @classmethod
    def _bounded_pattern(cls, value: str | None) -> str | None:
        return value if value is None else check_pattern(value)

    @field_validator("frameworks")
    @classmethod
    def _bounded_patterns(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for pattern in value.values():
            check_pattern(pattern)
        return value


class FilePattern(Model):
    """Which files, below the documentation folder, are pages of a type, and what their key is."""

    glob: str
    key: Literal["stem", "parent"] = "stem"


class ExpectedDirective(Model):
    """A directive that a page should hold.

    ``if_field``: only when that field is filled. ``unless_text_in``: not when that section has text of its own.
    """

    directive: str
    if_field: str | None = None
    unless_text_in: str | None = None


class DirectivePlace(Model):
    """Where a directive belongs on a page: at the end of the section of this name, by any of its headings, or, without
    ``under``, where the page's text begins; and in what ``form``, with what stands around it.
    """

    under: str | None = None
    form: str


class TypeDirectives(Model):
    """The directives that pages of a type must (``required``) or should (``expected``) hold, and the ``places`` of
    each, by name.

    ``{key}`` in a directive, and in the form of its place, stands for the page's own key.
    """

    required: tuple[str, ...] = ()
    expected: tuple[ExpectedDirective, ...] = ()
    places: Mapping[str, DirectivePlace] = {}

    @model_validator(mode="after")
    def _places_hold_them(self) -> TypeDirectives:
        names = {text.split()[0] for text in (*self.required, *(item.directive for item in self.expected))}
        for name, place in self.places.items():
            if name not in names:
                raise ValueError(f"places: {name} is neither required nor expected")
            if f"<!-- {name} " not in place.form:
                raise ValueError(f"places: the form of {name} does not hold it")
        return self


class Plural(Model):
    """A word for one and for many."""

    one: str
    many: str


class TypeLabel(Model):
    """What a content type is called."""

    nl: Plural
    en: Plural


class ContentType(Model):
    """A kind of page: which files they are and what their front matter holds.

    ``former``: what fields were called in earlier years. Old releases are measured by those names, no page is checked
    by them. ``sections``: what its pages have, in order; ``families``: pages that have other ones, the first that fits
    counts. ``top_heading``: whether a page may have a heading of the first level, or its title is the only one.
    """

    type: str
    label: TypeLabel
    files: tuple[FilePattern, ...]
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    fields: Mapping[str, FieldSpec] = {}
    synonyms: Mapping[str, str] = {}
    former: Mapping[str, str] = {}
    directives: TypeDirectives = TypeDirectives()
    sections: tuple[SectionSpec, ...] = ()
    families: tuple[SectionFamily, ...] = ()
    top_heading: bool = True

    @model_validator(mode="after")
    def _sections_fit(self) -> ContentType:
        lists = [self.sections, *(family.sections for family in self.families)]
        self._directives_fit()
        asked = {spec.if_field for sections in lists for spec in sections if spec.if_field is not None}
        asked |= {name for family in self.families for name in family.fields}
        for name in sorted(asked - self.fields.keys()):
            raise ValueError(f"sections: there is no field {name}")
        for sections in lists:
            headings = [heading for spec in sections for heading in spec.plain_headings]
            for heading in headings:
                if headings.count(heading) > 1:
                    raise ValueError(f"sections: {heading} is there twice")
        return self

    def _directives_fit(self) -> None:
        """Raises ValueError when directives name a section that pages of this type do not have."""
        named = [place.under for place in self.directives.places.values()]
        named += [item.unless_text_in for item in self.directives.expected]
        for name in named:
            if name is not None and self.section(name) is None:
                raise ValueError(f"directives: there is no section {name}")

    def section(self, heading: str) -> SectionSpec | None:
        """The section that goes by this heading, in the type or one of its families."""
        wanted = plain_heading(heading)
        lists = (self.sections, *(family.sections for family in self.families))
        return next((spec for sections in lists for spec in sections if wanted in spec.plain_headings), None)

    def choices(self, name: str) -> tuple[str, ...]:
        """The fixed values of a field; of one that is ``over`` others, the labels. Each of them once."""
        spec = self.fields[name]
        labels = (f"{other}-{value}" for other in spec.over for value in self.fields[other].values)
        return tuple(dict.fromkeys((*spec.values, *labels)))

    def key_of(self, docs_path: str) -> str | None:
        """The key of the page at ``docs_path`` (below the documentation folder), None when it is of another type."""
        if any(compile_glob(pattern).match(docs_path) for pattern in self.exclude):
            return None
        for pattern in self.files:
            if compile_glob(pattern.glob).match(docs_path):
                folder, _, name = docs_path.rpartition("/")
                return name.removesuffix(".md") if pattern.key == "stem" else folder.rpartition("/")[2]
        return None
