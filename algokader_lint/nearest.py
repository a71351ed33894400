"""The nearest right value for a wrong one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

_CUTOFF = 0.6
_NEXT_BEST = 0.04
_MOST = 2
_LENGTH_LIMIT = 200
_SHORT = 20
_SHORT_CUTOFF = 0.75
_KEPT = 10_000
"""Of how many texts is kept what was made of them: each wrong value is held against all keys of a site."""
_NUMBER_LEAD = re.compile(r"^(?:[a-z]{1,3}-|\d+-)*\d+-(?=\D)")


@lru_cache(_KEPT)
def normalize(key: str) -> str:
    """What is left of a key when form does not count: case, folder, ``.md``, padding of numbers, kind of dash."""
    base = key.strip().replace("\\", "/").rstrip("/").rpartition("/")[2].casefold()
    words = re.sub(r"[\s_‐-―-]+", "-", base.removesuffix(".md")).strip("-")
    return re.sub(r"(?<!\d)0+(?=\d)", "", words)


def folded(text: str) -> str:
    """Text in which spacing and case do not count."""
    return " ".join(text.split()).casefold()


@lru_cache(_KEPT)
def slug(key: str) -> str:
    """A key without the letters and numbers it begins with: what stays the same when pages are renumbered."""
    return _NUMBER_LEAD.sub("", normalize(key))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: the part of their pairs of letters that they share (Dice)."""
    return shared(letters(one), letters(other))


def letters(text: str) -> frozenset[str]:
    """The pairs of letters of a text, by which it can be held against many others. See ``likeness``."""
    return _bigrams(normalize(text[:_LENGTH_LIMIT]))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of their pairs of letters that two texts share."""
    return _dice(one, other)


def nearest(value: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that someone who wrote ``value`` may have meant, best first; none when all are far off.

    In order: the same but for its form, the same but for its number, alike.
    """
    value = value[:_LENGTH_LIMIT]
    choices = list(candidates)
    wanted, wanted_slug = normalize(value), slug(value)
    same_form = [choice for choice in choices if normalize(choice) == wanted]
    if same_form:
        return same_form[:_MOST]
    if wanted_slug != wanted:
        same_slug = [choice for choice in choices if slug(choice) == wanted_slug]
        if same_slug:
            return same_slug[:_MOST]
    grams = _bigrams(wanted_slug)  # numbers alike say nothing when the words differ
    scored = [(_dice(grams, _bigrams(slug(choice))), choice) for choice in choices]
    scored = sorted((pair for pair in scored if pair[0] >= _CUTOFF), key=lambda pair: (-pair[0], pair[1]))
    if not scored and len(wanted) <= _SHORT:  # two letters exchanged leave few pairs of a short word as they were
        return difflib.get_close_matches(value, choices, n=1, cutoff=_SHORT_CUTOFF)
    return [choice for score, choice in scored[:_MOST] if score >= scored[0][0] - _NEXT_BEST]


@lru_cache(_KEPT)
def _bigrams(word: str) -> frozenset[str]:
    padded = f"^{word}$"
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
