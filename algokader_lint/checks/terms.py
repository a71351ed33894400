"""The check on terms that the site writes in one way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from algokader_lint.checks.derived import Derivations, declaration
from algokader_lint.checks.term_uses import Term, Terms, Use, uses_of
from algokader_lint.content.anchors import slugify
from algokader_lint.content.boxes import boxes_of
from algokader_lint.content.cover import Cover
from algokader_lint.content.external import addresses_of, is_external
from algokader_lint.content.markdown import Link
from algokader_lint.content.nodes import Scalar
from algokader_lint.content.page import Page
from algokader_lint.content.prose import Prose, merged, prose
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.finding import Finding, Fix, Related, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.knowledge import Model
from algokader_lint.nearest import folded

_MARKS = "'\"‘’‚‛“”„«»"
_QUOTED = re.compile(rf"(?<!\w)[{_MARKS}](?=\S)[^{_MARKS}]{{1,400}}[{_MARKS}](?!\w)")
_NOTE = re.compile(r"\[\^[^\[\]\n]{1,60}\]")
"""The mark of a footnote: a reader sees a number."""
_BEGINNING = re.compile(r"(?:^|[.!?:…]['\"’”)*_]{0,4}\s)[\s\W_]{0,20}\Z")
_LOOK_AROUND = 90
_WORDS = 3
_MOST_EXPLAINED = 50
"""How often a name that is explained may stand on a page for all to be changed at once."""
_NAMES_LIMIT = 20_000
"""How much is read of what documents are called on a page, in characters."""


class TermOptions(Model):
    """``terms``: what to write. ``fields``: those of the front matter that hold text of the site's own.

    ``generated``: how pages are made from another file, in which a term is to be changed. ``quoting``: types of boxes
    that hold what others wrote.
    """

    terms: Terms
    generated: Derivations
    quoting: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


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
    told: list[Use] = []
    for piece in prose(page.body):
        if "quote" not in piece.inline.inside and not quoting.covers(piece.inline.pieces[0]):
            told += _in_prose(page, piece, terms, theirs, names)
    yield from _findings(page, told, terms)


def _in_field(page: Page, name: str, terms: Sequence[Term]) -> Iterator[Finding]:
    """The terms in a field of the front matter that is written on one line, in which every place is certain."""
    node = page.front_matter.get(name)
    if not isinstance(node, Scalar) or node.text not in page.source.slice(node.span):
        return
    start = node.span.start + page.source.slice(node.span).index(node.text)
    span = Span(start, start + len(node.text))
    for use in uses_of(page, span, terms):
        if not _is_name(node.text, use.span.start - start, use):
            yield _finding(use, edits=(use.edit,), field=name)


def _in_prose(page: Page, piece: Prose, terms: Sequence[Term], theirs: Sequence[Span], names: str) -> Iterator[Use]:
    found = [use for span in piece.spans for use in uses_of(page, span, terms)]
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
        yield replace(use, moves=moves)


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


def _is_name(text: str, at: int, use: Use) -> bool:
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


def _findings(page: Page, told: Sequence[Use], terms: Sequence[Term]) -> Iterator[Finding]:
    """What is told of the uses in the text, with what else a change of them asks for."""
    links = _links_by_text(page)
    starts = [link.text_span.start for link in links]
    explained = _explained(page, told, terms)
    for use in told:
        link = links[at] if (at := bisect_right(starts, use.span.start) - 1) >= 0 else None
        there = explained.get(use.span)
        if link is not None and link.text_span.covers(use.span):
            yield _of_link(page, link, use, mend=there is None and not use.moves)
        elif there is not None:
            yield _finding(use, edits=there.edits, related=(Related(page, there.name, "explanation"),))
        else:
            yield _finding(use, edits=() if use.moves else (use.edit,))


def _links_by_text(page: Page) -> list[Link]:
    """The links whose text is the label of their address too: ``[text][]`` and ``[text]``."""
    return [
        link
        for link in page.body.links
        if link.by_reference and not page.source.slice(Span(link.text_span.end, link.span.end)).strip("[] \t\r\n")
    ]


def _of_link(page: Page, link: Link, use: Use, *, mend: bool) -> Finding:
    """A term in a text that is a label: the label stays as it is, behind the new text."""
    before, behind = Span(link.span.start, use.span.start), Span(use.span.end, link.text_span.end)
    label = f"][{page.source.slice(link.text_span)}]"
    whole = replace(
        use,
        span=link.span,
        written=page.source.slice(link.span),
        new=f"{page.source.slice(before)}{use.new}{page.source.slice(behind)}{label}",
    )
    edits = (use.edit, Edit(Span(link.text_span.end, link.span.end), label))
    return _finding(whole, edits=edits if mend else (), safe=use.same_word)


@dataclass(frozen=True, slots=True)
class _Explained:
    """Where a name with a term in it is explained, and what changes it there and in the text."""

    name: Span
    edits: tuple[Edit, ...]


def _explained(page: Page, told: Sequence[Use], terms: Sequence[Term]) -> dict[Span, _Explained]:
    """By their places, the uses in names that the page itself explains. All are changed at once, or none: a name that
    differs from the one that is explained has lost its explanation.
    """
    found: dict[Span, _Explained] = {}
    # Of two explanations of a name the last one is shown.
    names = {page.source.slice(span): span for span in page.body.abbreviations}
    if not told or not names:
        return found
    texts = [page.source.slice(part) for piece in prose(page.body) for part in piece.spans]
    for name, span in list(names.items())[:_MOST_EXPLAINED]:
        for defined in uses_of(page, span, terms):
            before = defined.span.start - span.start
            uses = [use for use in told if page.source.text.startswith(name, use.span.start - before)]
            every = sum(text.count(name) for text in texts)
            ready = every == len(uses) <= _MOST_EXPLAINED and not any(use.moves for use in uses)
            # A name that has an explanation of its own is not to get another.
            ready = ready and name[:before] + defined.new + name[before + len(defined.written) :] not in names
            edits = tuple(use.edit for use in (*uses, defined)) if ready else ()
            for use in uses:
                found.setdefault(use.span, _Explained(span, edits))
    return found


def _finding(
    use: Use,
    *,
    edits: tuple[Edit, ...],
    safe: bool | None = None,
    field: str = "",
    related: tuple[Related, ...] = (),
) -> Finding:
    return Finding(
        span=use.span,
        field=field,
        variant=use.term.variant,
        values={"value": " ".join(use.written.split()), "new": " ".join(use.new.split())},
        suggestions=(Suggestion(use.new, sure=True),),
        related=related,
        fix=Fix(edits, safe=use.same_word if safe is None else safe) if edits else None,
    )
