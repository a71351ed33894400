"""Terms that the site writes in one way, and where a text uses them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field, model_validator

from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model, check_pattern

_CONTINUED = re.compile(r"[\w/@.]")
"""A character behind which no word begins."""


class Term(Model):
    """Ways of writing a term that are not ``prefer``: what ``forms`` matches as whole words, by case.

    ``prefer`` is a template with groups of ``forms``; ``variant`` is how the rule speaks of it.
    """

    variant: str
    forms: str = Field(min_length=1)
    prefer: str

    @model_validator(mode="after")
    def _usable(self) -> Term:
        check_pattern(self.forms)
        return self

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.forms})(?![\w/@-]|\.\w|\s-\w)")

    def uses(self, text: str) -> Iterator[re.Match[str]]:
        """``forms`` as whole words, no part of the name of a file; of a word with hyphens it may be the last part.

        What stands before a word is looked at afterwards: a pattern that begins with it is searched six times slower.
        """
        at = 0
        while match := self._pattern.search(text, at):
            if match.start() and _CONTINUED.match(text, match.start() - 1):
                at = match.start() + 1
            else:
                yield match
                at = max(match.end(), match.start() + 1)


class Terms(Model):
    """``rules/data/terms.yaml``: the terms, of which the first that fits counts."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A term as it stands somewhere, and what to write there; whether that changes the address of a heading."""

    term: Term
    span: Span
    written: str
    new: str
    moves: bool = False

    @property
    def edit(self) -> Edit:
        return Edit(self.span, self.new)

    @property
    def same_word(self) -> bool:
        """Whether only case, spaces and hyphens differ."""
        return _letters(self.written) == _letters(self.new)


def _letters(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).casefold()


def uses_of(page: Page, span: Span, terms: Sequence[Term]) -> Iterator[Use]:
    """The terms in a part of a page; of those that overlap the one that begins first, or is the first of the terms."""
    text = page.source.slice(span)
    found = [(match.start(), rank, match) for rank, term in enumerate(terms) for match in term.uses(text)]
    taken_to = 0
    for start, rank, match in sorted(found, key=lambda item: item[:2]):
        if start < taken_to:
            continue
        taken_to = match.end()
        prefer = terms[rank].prefer
        new = _as_begun(match.expand(prefer) if "\\" in prefer else prefer, match[0])
        if new != match[0]:
            yield Use(terms[rank], Span(span.start + start, span.start + taken_to), match[0], new)


def _as_begun(new: str, written: str) -> str:
    """A term with a capital when the one that is written has it for the place that it stands in."""
    return new[0].upper() + new[1:] if written[0].isupper() and new[0].islower() else new
