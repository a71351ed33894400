"""The check on terms that the site writes in one way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field, model_validator

from algokader_lint.checks.derived import Derivations, declaration
from algokader_lint.content.anchors import slugify
from algokader_lint.content.boxes import boxes_of
from algokader_lint.content.cover import Cover
from algokader_lint.content.external import addresses_of, is_external
from algokader_lint.content.nodes import Scalar
from algokader_lint.content.page import Page
from algokader_lint.content.prose import Prose, merged, prose
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model, check_pattern
from algokader_lint.nearest import folded

_MARKS = "'\"‘’‚‛“”„«»"
_QUOTED = re.compile(rf"(?<!\w)[{_MARKS}](?=\S)[^{_MARKS}]{{1,400}}[{_MARKS}](?!\w)")
_NOTE = re.compile(r"\[\^[^\[\]\n]{1,60}\]")
"""The mark of a footnote: a reader sees a number."""
_BEGINNING = re.compile(r"(?:^|[.!?:…]['\"’”)*_]{0,4}\s)[\s\W_]{0,20}\Z")
_CONTINUED = re.compile(r"[\w/@.]")
"""A character behind which no word begins."""
_LOOK_AROUND = 90
_WORDS = 3
_NAMES_LIMIT = 20_000
"""How much is read of what documents are called on a page, in characters."""


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


class TermOptions(Model):
    """``terms``: what to write. ``fields``: those of the front matter that hold text of the site's own.

    ``generated``: how pages are made from another file, in which a term is to be changed. ``quoting``: types of boxes
    that hold what others wrote.
    """

    terms: Terms
    generated: Derivations
    quoting: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Use:
    """A term as it stands somewhere, and what to write there."""

    term: Term
    span: Span
    written: str
    new: str

    @property
    def same_word(self) -> bool:
        """Whether only case, spaces and hyphens differ."""
        return _letters(self.written) == _letters(self.new)


def _letters(text: str) -> str:
    return re.sub(r"[\s-]+", "", text).casefold()


def preferred_term(site: Site, page: Page, options: TermOptions) -> Iterator[Finding]:
    """A term is written as everywhere on the site, but in what others wrote: quotations, titles of their documents."""
    terms = options.terms.terms
    if all(next(term.uses(page.source.text), None) is None for term in terms):
        return
    if declaration(site, page, options.generated) is not None:
        return
    for name in options.fields:
        yield from _in_field(page, name, terms)
    titles = _titles_of_others(page)
    names = "\n".join(folded(page.source.slice(span)) for span in titles)[:_NAMES_LIMIT]
    names += "\n" + folded(page.front_matter.text("title") or "")
    theirs = sorted([*titles, *(address.span for address in addresses_of(site, page))])
    quoting = Cover(boxes_of(page, options.quoting))
    for piece in prose(page.body):
        if "quote" not in piece.inline.inside and not quoting.covers(piece.inline.pieces[0]):
            yield from _in_prose(page, piece, terms, theirs, names)


def _in_field(page: Page, name: str, terms: Sequence[Term]) -> Iterator[Finding]:
    """The terms in a field of the front matter that is written on one line, in which every place is certain."""
    node = page.front_matter.get(name)
    if not isinstance(node, Scalar) or node.text not in page.source.slice(node.span):
        return
    start = node.span.start + page.source.slice(node.span).index(node.text)
    span = Span(start, start + len(node.text))
    for use in _uses(page, span, terms):
        if not _is_name(node.text, use.span.start - start, use):
            yield _finding(use, field=name)


def _in_prose(page: Page, piece: Prose, terms: Sequence[Term], theirs: Sequence[Span], names: str) -> Iterator[Finding]:
    found = [use for span in piece.spans for use in _uses(page, span, terms)]
    if not found:
        return
    text, starts = _running_text(page, piece)
    quoted = merged([Span(*match.span()) for pattern in (_QUOTED, _NOTE) for match in pattern.finditer(text)])
    for use in found:
        at = starts.offset(use.span.start)
        here = Span(at, at + len(use.written))
        if _within(quoted, here) or _within(theirs, use.span):
            continue
        if _is_name(text, at, use) or (not use.same_word and _is_in_a_name(text, here, names)):
            continue
        moves = piece.inline.kind == "heading" and slugify(use.written) != slugify(use.new)
        yield _finding(use, mend=not moves)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each piece of a running text begins: on the page, and in the text."""

    on_page: tuple[int, ...]
    in_text: tuple[int, ...]

    def offset(self, place: int) -> int:
        """The offset in the text of a place on the page."""
        index = max(bisect_right(self.on_page, place) - 1, 0)
        return self.in_text[index] + place - self.on_page[index]


def _running_text(page: Page, piece: Prose) -> tuple[str, _Places]:
    """A piece of running text as it is written, its lines put together."""
    lines = [page.source.slice(span) for span in piece.inline.pieces]
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    return "\n".join(lines), _Places(tuple(span.start for span in piece.inline.pieces), tuple(begins[:-1]))


def _within(spans: Sequence[Span], span: Span) -> bool:
    """Whether a span lies in one of ``spans``, which are in order and do not overlap."""
    index = bisect_right(spans, (span.start, span.end)) - 1
    return any(other.covers(span) for other in spans[max(index, 0) : index + 2])


def _uses(page: Page, span: Span, terms: Sequence[Term]) -> Iterator[_Use]:
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
            yield _Use(terms[rank], Span(span.start + start, span.start + taken_to), match[0], new)


def _as_begun(new: str, written: str) -> str:
    """A term with a capital when the one that is written has it for the place that it stands in."""
    return new[0].upper() + new[1:] if written[0].isupper() and new[0].islower() else new


def _is_name(text: str, at: int, use: _Use) -> bool:
    """Whether a term is part of a name: it has a capital that does not come from the beginning of a sentence."""
    if not use.term.prefer[0].islower() or not use.written[0].isupper():
        return False
    lead = text[:at] if at <= _LOOK_AROUND else "x" + text[at - _LOOK_AROUND : at]
    return _BEGINNING.search(lead) is None


def _is_in_a_name(text: str, here: Span, names: str) -> bool:
    """Whether a term stands among the same words as in ``names``: those before it, else those behind it."""
    before = folded(text[max(here.start - _LOOK_AROUND, 0) : here.end]).split(" ")[-_WORDS:]
    behind = folded(text[here.start : here.end + _LOOK_AROUND]).split(" ")[:_WORDS]
    return " ".join(before if len(before) > 1 else behind) in names


def _titles_of_others(page: Page) -> list[Span]:
    """The text of links to other sites: what a document there is called is not for this site to say."""
    return [link.text_span for link in page.body.links if link.kind == "link" and is_external(link)]


def _finding(use: _Use, *, field: str = "", mend: bool = True) -> Finding:
    return Finding(
        span=use.span,
        field=field,
        variant=use.term.variant,
        values={"value": use.written, "new": use.new},
        suggestions=(Suggestion(use.new, sure=True),),
        fix=Fix((Edit(use.span, use.new),), safe=use.same_word) if mend else None,
    )
