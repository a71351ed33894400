"""Comments by which an author waives a finding: ``<!-- keyword CODES: reason -->``, or ``# ...`` in front matter.

A comment on a line of its own covers what follows it: the next block of text (before a heading, its section), or in
front matter the next key or list item with all that is below it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from algokader_lint.content.nodes import Mapping, Node, Scalar
from algokader_lint.content.nodes import Sequence as NodeList
from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.knowledge import SuppressionForm

_LENGTH_LIMIT = 1000
_MOST = 100


@dataclass(frozen=True, slots=True)
class Suppression:
    """One such comment: the rules it names, why, until when, where it stands and what text it covers.

    ``places`` is where each of the rules is named. ``reason`` is empty and ``covers`` None when there is none;
    ``until`` is the last day on which it holds.
    """

    rules: tuple[str, ...]
    places: tuple[Span, ...]
    reason: str
    until: date | None
    span: Span
    covers: Span | None


def read_suppressions(page: Page, words: SuppressionForm) -> tuple[Suppression, ...]:
    """The suppressions on a page, in the order of the text; of more than a hundred, which nobody writes, the first."""
    if not any(keyword in page.source.text for keyword in words.keywords):
        return ()
    form = _form(words)
    found = islice(chain(_in_front_matter(page, form), _in_text(page, form)), _MOST)
    return tuple(sorted(found, key=lambda suppression: suppression.span))


def _form(words: SuppressionForm) -> re.Pattern[str]:
    keywords, until = ("|".join(map(re.escape, some)) for some in (words.keywords, words.until))
    return re.compile(
        rf"\s*(?:{keywords})(?![\w-])(?P<rules>[^:]*?)(?:\s(?:{until})\s+(?P<until>\d{{4}}-\d\d-\d\d)\s*)?"
        rf"(?::(?P<reason>.*))?\Z",
        re.DOTALL,
    )


def _in_front_matter(page: Page, form: re.Pattern[str]) -> Iterator[Suppression]:
    fields = page.front_matter.fields
    if fields is None:
        return
    nodes = _in_order(_spans(fields))
    literal = [node.span for node in _scalars(fields) if not node.plain]
    text = page.source.text
    for match in re.finditer(r"^[ \t]*#(?P<text>[^\r\n]*)", text[: page.front_matter.body_start], re.MULTILINE):
        words = form.match(match["text"][:_LENGTH_LIMIT])
        span = Span(match.start() + match[0].index("#"), len(match[0].rstrip()) + match.start())
        if words is not None and not any(some.covers(span) for some in literal):
            yield _suppression(words, match.start("text"), span, _following(nodes, span.end))


def _in_text(page: Page, form: re.Pattern[str]) -> Iterator[Suppression]:
    blocks = _in_order([*(block.span for block in page.body.blocks), *_definitions(page)])
    paragraphs = _in_order(block.span for block in page.body.blocks if block.kind == "paragraph")
    for comment in page.body.comments:
        words = form.match(comment.text[:_LENGTH_LIMIT])
        if words is not None and comment.closed and _alone(page.source.text, comment.span):
            covers = _rest(paragraphs, comment.span) or _with_section(page, _following(blocks, comment.span.end))
            yield _suppression(words, comment.span.start + len("<!--"), comment.span, covers)


def _definitions(page: Page) -> Iterator[Span]:
    """The targets of links that stand in definitions, from the beginnings of their lines: they are in no block."""
    for link in page.body.links:
        if link.by_reference:
            line = page.source.position(link.target_span.start).line
            yield Span(page.source.line_starts[line - 1], link.target_span.end)


def _rest(paragraphs: Sequence[Span], comment: Span) -> Span | None:
    """What is left of the paragraph that a comment stands in: it begins one when no empty line follows."""
    at = bisect_right(paragraphs, comment.start, key=lambda span: span.start) - 1
    if at < 0 or paragraphs[at].end <= comment.end:
        return None
    return Span(comment.end, paragraphs[at].end)


def _suppression(words: re.Match[str], offset: int, span: Span, covers: Span | None) -> Suppression:
    try:
        until = date.fromisoformat(words["until"]) if words["until"] else None
    except ValueError:
        until = date.min  # no such day: it is over
    named = list(re.finditer(r"[^,\s]+", words["rules"]))
    offset += words.start("rules")
    return Suppression(
        rules=tuple(word[0] for word in named),
        places=tuple(Span(offset + word.start(), offset + word.end()) for word in named),
        reason=" ".join((words["reason"] or "").split()),
        until=until,
        span=span,
        covers=covers,
    )


def _alone(text: str, span: Span) -> bool:
    """Whether a comment is all there is on its lines."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    end = text.find("\n", span.end)
    return not before.strip() and not text[span.end : len(text) if end < 0 else end].strip()


def _with_section(page: Page, block: Span | None) -> Span | None:
    """The section of a block that is a heading, else the block."""
    section = next((s for s in page.body.sections if block is not None and s.heading.span.start == block.start), None)
    return block if section is None else Span(section.heading.span.start, section.body.end)


def _in_order(spans: Iterable[Span]) -> list[Span]:
    """By where they begin, the largest first."""
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _following(spans: Sequence[Span], at: int) -> Span | None:
    """The first thing that begins at ``at`` or later; of several the largest. ``spans`` are in order."""
    place = bisect_left(spans, at, key=lambda span: span.start)
    return spans[place] if place < len(spans) else None


def _spans(node: Node) -> Iterator[Span]:
    """Keys with their values, and list items, however deep."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield Span(key.span.start, max(key.span.end, value.span.end))
            yield from _spans(value)
    elif isinstance(node, NodeList):
        for item in node.items:
            yield item.span
            yield from _spans(item)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    else:
        nodes = node.items if isinstance(node, NodeList) else tuple(entry.value for entry in node.entries)
        for child in nodes:
            yield from _scalars(child)
