"""Which page was meant by a value that names none: for fixes, which must not guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from algokader_lint.content.site import Site
from algokader_lint.nearest import likeness, nearest, normalize, slug

_CLOSE = 0.8
"""How alike two names with the same number must be to be those of one page, before and after it was renamed."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The one value that can be meant. ``safe``: it differs in form alone, or is the same page by a newer name."""

    value: str
    safe: bool


def meant_page(site: Site, type_name: str, value: str) -> Meant | None:
    """The key of the one page of a type that can be meant, None when there is none or more than one."""
    near = site.near(type_name, value)
    if len(near) != 1:
        return None
    key = near[0].key
    return Meant(key, same_form(value, key) or _renamed(value, key))


def meant_word(value: str, words: Iterable[str]) -> Meant | None:
    """The one word of a fixed vocabulary that can be meant, None when there is none or more than one."""
    near = nearest(value, words)
    return Meant(near[0], same_form(value, near[0])) if len(near) == 1 else None


def same_form(one: str, other: str) -> bool:
    """Whether two names differ only in case, padding, punctuation, folder or ``.md``."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return re.sub(r"[^\w]+", "-", normalize(name)).strip("-")


def _renamed(old: str, new: str) -> bool:
    numbers = [normalize(name).removesuffix(slug(name)) for name in (old, new)]
    return numbers[0] == numbers[1] != "" and likeness(slug(old), slug(new)) >= _CLOSE
