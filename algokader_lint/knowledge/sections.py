"""The sections that pages of a content type have, as ``schemas/*.yaml`` names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import model_validator

from algokader_lint.knowledge.model import Model

_ADDITION = re.compile(r"\s*(?:\([^()]*\))?\s*[:.?]?\s*$")


def plain_heading(text: str) -> str:
    """What is left of a heading when form does not count: spacing, case, an addition in parentheses, a colon."""
    return _ADDITION.sub("", " ".join(text.split())).casefold()


class SectionSpec(Model):
    """A section by its ``heading``; ``variants`` are headings that are as good.

    An ``optional`` one may be left out, one with ``if_field`` where that field is empty.
    In files a mere heading stands for a section, a list for one and its variants.
    """

    heading: str
    variants: tuple[str, ...] = ()
    optional: bool = False
    if_field: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"heading": value}
        if isinstance(value, list) and value:
            return {"heading": value[0], "variants": value[1:]}
        return value

    @cached_property
    def plain_headings(self) -> frozenset[str]:
        """The headings that the section may have, as ``plain_heading`` makes them."""
        return frozenset(plain_heading(heading) for heading in (self.heading, *self.variants))


class SectionFamily(Model):
    """Pages of a type with sections of their own: those with one of these values in a field, or with a heading."""

    sections: tuple[SectionSpec, ...]
    fields: Mapping[str, tuple[str, ...]] = {}
    headings: tuple[str, ...] = ()
