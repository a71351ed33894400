"""``rules/data/law-addresses.yaml``: what is known of addresses that lead to the text of a law."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import model_validator

from algokader_lint.knowledge.model import Model
from algokader_lint.knowledge.schema import check_pattern

_PATTERN_LIMIT = 400
"""Longest regular expression in the file, in characters."""
_NAMED = re.compile(r"\\g<(\w+)>")


def _require_groups(pattern: str, names: Iterable[str]) -> None:
    groups = re.compile(check_pattern(pattern, _PATTERN_LIMIT)).groupindex
    for name in names:
        if name not in groups:
            raise ValueError(f"pattern: a group called '{name}' is expected")


class DatedLaw(Model):
    """A form of addresses that lead to the text of a law as it was on a day.

    ``pattern`` matches the whole address; its group ``law`` is what the address calls the law, ``date`` the day
    (ISO 8601). ``undated`` is the address without the day, a template with groups of the pattern.
    """

    pattern: str
    undated: str

    @model_validator(mode="after")
    def _groups_exist(self) -> DatedLaw:
        _require_groups(self.pattern, ("law", "date", *_NAMED.findall(self.undated)))
        return self


class OldForm(Model):
    """A form of addresses that its publisher has replaced; ``to`` is a template with groups of ``pattern``.

    ``safe``: law, day, language and place stay the same.
    """

    pattern: str
    to: str
    safe: bool = False

    @model_validator(mode="after")
    def _groups_exist(self) -> OldForm:
        _require_groups(self.pattern, _NAMED.findall(self.to))
        return self


class Shape(Model):
    """What an address that begins as ``where`` must look like: its group ``value`` matches ``right`` as a whole.

    ``variant`` is how the rule speaks of one that does not.
    """

    variant: str
    where: str
    right: str

    @model_validator(mode="after")
    def _groups_exist(self) -> Shape:
        _require_groups(self.where, ("value",))
        check_pattern(self.right, _PATTERN_LIMIT)
        return self


class LawAddresses(Model):
    """What is known of addresses of laws; case does not count in patterns."""

    old: tuple[OldForm, ...] = ()
    shapes: tuple[Shape, ...] = ()
    dated: tuple[DatedLaw, ...] = ()
