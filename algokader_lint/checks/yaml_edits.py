"""Edits of front matter by the places of its nodes.

Each touches what it is about and nothing else: line endings, comments, quotes and indentation of the rest stay. One
that would lose a comment, or part it from what it is about, or after which the front matter says something else than
was meant, is not made: the outcome is None, and a person must do it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from algokader_lint.content.dashed_fields import read_dashed
from algokader_lint.content.front_matter import read_front_matter
from algokader_lint.content.nodes import Entry, Node, Scalar
from algokader_lint.content.nodes import Mapping as Fields
from algokader_lint.content.nodes import Sequence as Items
from algokader_lint.content.page import Page
from algokader_lint.content.source import Span
from algokader_lint.fix import Edit, edited

Edits = tuple[Edit, ...]
_Style = Literal["", '"', "'"]
_Data = tuple[object, ...]
_Changes = Mapping[int, tuple[_Data, ...]]
"""What becomes of a node, by its ``id``: none, one or several in its place."""

_READING = 200_000
"""Characters of front matter that are read again, at most, to be sure of the edits of one page."""
_DASH = re.compile(r"(?P<indent> *)-[ \t]+\Z")
_TO_VALUE = re.compile(r"(?P<colon>[ \t]*:)(?P<space>[ \t]*)\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """A scalar in front matter: the field (of a mapping within, when deeper) and the list that hold it.

    ``entry`` is the entry of which it is the key when ``items`` is None and the scalar is that key.
    """

    scalar: Scalar
    entry: Entry
    fields: Fields
    items: Items | None


def find(page: Page, span: Span) -> Found | None:
    """The scalar of exactly this span."""
    fields = page.front_matter.fields
    if fields is None:
        return None
    return next((found for found in _scalars(fields) if found.scalar.span == span), None)


def _scalars(fields: Fields) -> Iterator[Found]:
    for entry in fields.entries:
        yield Found(entry.key, entry, fields, None)
        if isinstance(entry.value, Scalar):
            yield Found(entry.value, entry, fields, None)
        elif isinstance(entry.value, Fields):
            yield from _scalars(entry.value)
        else:
            items = entry.value
            yield from (Found(item, entry, fields, items) for item in items.items if isinstance(item, Scalar))


def most_edits(page: Page) -> int:
    """How many edits of a page are worth their time: each is checked by reading its front matter again."""
    return max(_READING // max(page.front_matter.body_start, 1), 1)


def replace_scalar(page: Page, scalar: Scalar, value: str) -> Edits | None:
    """Write another value, or name of a field, in quotes as the old one had; where it had none only when it must."""
    old = page.source.slice(scalar.span)
    if scalar.block or scalar.kind == "null" or not old or "\n" in old or "\r" in old:
        return None
    meant = {id(scalar): (("text", value),)}
    edits = ((Edit(scalar.span, written),) for written in _forms(value, _style_of(page, scalar)))
    return _first_right(page, edits, meant)


def remove_item(page: Page, items: Items, item: Scalar) -> Edits | None:
    """Take an item out of a list, with its line or its comma."""
    text = page.source.text
    span = _with_comma(text, items, item) if _is_flow(text, items) else _with_line(text, item.span)
    return None if span is None else _first_right(page, [(Edit(span, ""),)], {id(item): ()})


def remove_entry(page: Page, entry: Entry) -> Edits | None:
    """Take a field out, with its value."""
    text = page.source.text
    span = Span(entry.key.span.start, max(entry.value.span.end, entry.key.span.end))
    lines = None if "#" in page.source.slice(span) else _lines(text, span)
    return None if lines is None else _first_right(page, [(Edit(lines, ""),)], {id(entry.key): ()})


def remove_dash(page: Page, at: int, known: Container[str]) -> Edits | None:
    """Take away the dash before a field, whose name is at ``at``, so that it is no item of the list above it."""
    fields = page.front_matter.fields
    begin = page.source.text.rfind("\n", 0, at) + 1
    if fields is None or _DASH.fullmatch(page.source.text[begin:at]) is None:
        return None
    first = fields.entries[0].key.span.start
    margin = first - page.source.text.rfind("\n", 0, first) - 1
    edits = (Edit(Span(begin, at), " " * margin),)
    after = read_front_matter(edited(page.source, edits)).fields
    meant = read_dashed(fields, known)[0]
    # Where there are more of them, each is put right by itself.
    if after is None or _data(read_dashed(after, known)[0], {}) != _data(meant, {}):
        return None
    return edits


def to_list(page: Page, entry: Entry, values: tuple[str, ...]) -> Edits | None:
    """Write a field's single value as a list of ``values``, one a line, indented as other lists of the page are."""
    value = entry.value
    if not isinstance(value, Scalar) or value.block:
        return None
    forms = zip(*(_forms(word, _style_of(page, value)) for word in values), strict=False)
    edits = (_as_list(page, entry.key, value, words) for words in forms)
    meant: _Data = ("list", *(("text", word) for word in values))
    return _first_right(page, (some for some in edits if some is not None), {id(value): (meant,)})


def split_item(page: Page, items: Items, item: Scalar, values: tuple[str, ...]) -> Edits | None:
    """Write several items in the place of one."""
    text = page.source.text
    glue = ", "
    if not _is_flow(text, items):
        start = text.rfind("\n", 0, item.span.start) + 1
        if _DASH.fullmatch(text[start : item.span.start]) is None:
            return None
        glue = newline(text, item.span.end) + text[start : item.span.start]
    forms = zip(*(_forms(word, _style_of(page, item)) for word in values), strict=False)
    edits = ((Edit(item.span, glue.join(words)),) for words in forms)
    return _first_right(page, edits, {id(item): tuple(("text", word) for word in values)})


def newline(text: str, at: int) -> str:
    """The line ending of the line that ``at`` is on; of the last line, that of the first."""
    end = text.find("\n", at)
    end = text.find("\n") if end < 0 else end
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def line_end(text: str, at: int) -> int:
    """Where the line that ``at`` is on ends, before its line ending."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _first_right(page: Page, attempts: Iterable[Edits], changes: _Changes) -> Edits | None:
    """The first of the edits after which the front matter says what it said, with these changes."""
    before = page.front_matter
    if before.fields is None:
        return None
    wanted = _data(before.fields, changes)
    for edits in attempts:
        text = edited(page.source, edits)
        after = read_front_matter(text)
        same_body = len(text) - after.body_start == len(page.source.text) - before.body_start
        if after.fields is not None and same_body and _data(after.fields, {}) == wanted:
            return edits
    return None


def _data(node: Node, changes: _Changes) -> _Data:
    """What a node says, with changes, without places and quotes."""
    if isinstance(node, Scalar):
        return node.kind, node.text
    if isinstance(node, Items):
        return "list", *(said for item in node.items for said in changes.get(id(item), (_data(item, changes),)))
    pairs = ((_changed(entry.key, changes), _changed(entry.value, changes)) for entry in node.entries)
    return "fields", *(pair for pair in pairs if None not in pair)


def _changed(node: Node, changes: _Changes) -> _Data | None:
    said = changes.get(id(node), (_data(node, changes),))
    return said[0] if said else None


def _style_of(page: Page, scalar: Scalar) -> _Style:
    opening = page.source.slice(scalar.span)[:1]
    if scalar.plain or scalar.block:
        return ""
    return '"' if opening == '"' else "'"


def _forms(value: str, style: _Style) -> list[str]:
    """A text in YAML: as ``style`` wants, and else in the quotes that can hold it."""
    double = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    single = "'" + value.replace("'", "''") + "'"
    quoted = [single, double] if style == "'" else [double, single]
    return quoted if style else [value, *quoted]


def _is_flow(text: str, node: Node) -> bool:
    return text[node.span.start : node.span.start + 1] in ("[", "{")


def _with_line(text: str, span: Span) -> Span | None:
    """The lines of an item of a list; None when something else stands on them, or a comment right above them."""
    start = span.start
    if text[start : start + 1] != "-" or text[text.rfind("\n", 0, start) + 1 : start].strip(" "):
        dash = _DASH.fullmatch(text[text.rfind("\n", 0, start) + 1 : start])
        if dash is None:
            return None
        start -= len(dash[0]) - len(dash["indent"])
    return _lines(text, Span(start, span.end))


def _lines(text: str, span: Span) -> Span | None:
    start = text.rfind("\n", 0, span.start) + 1
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    rest = text[span.end : line_end(text, span.end)]
    if text[start : span.start].strip(" ") or rest.strip() or above.lstrip().startswith("#"):
        return None
    return Span(start, min(text.find("\n", span.end) + 1 or len(text), len(text)))


def _with_comma(text: str, items: Items, item: Scalar) -> Span | None:
    """An item of a list between brackets, with the comma that parts it from its neighbour."""
    place = next(number for number, other in enumerate(items.items) if other is item)
    if place:
        span = Span(items.items[place - 1].span.end, item.span.end)
        apart = Span(span.start, item.span.start)
    elif len(items.items) > 1:
        span = Span(item.span.start, items.items[1].span.start)
        apart = Span(item.span.end, span.end)
    else:
        return item.span
    return span if text[apart.start : apart.end].strip() == "," else None


def _as_list(page: Page, key: Scalar, value: Scalar, words: tuple[str, ...]) -> Edits | None:
    text = page.source.text
    end = newline(text, key.span.start)
    between = _TO_VALUE.fullmatch(text[key.span.end : value.span.start])
    if between is None:  # the value stands on a line of its own
        start = text.rfind("\n", 0, value.span.start) + 1
        lead = text[start : value.span.start]
        if lead.strip(" ") or "\n" in page.source.slice(value.span):
            return None
        return (Edit(value.span, f"{end}{lead}".join(f"- {word}" for word in words)),)
    column = key.span.start - text.rfind("\n", 0, key.span.start) - 1
    lead = end + " " * (column + _indent_of_lists(page))
    lines = "".join(f"{lead}- {word}" for word in words)
    last = line_end(text, value.span.end)
    colon = key.span.end + len(between["colon"])
    if not text[value.span.end : last].strip():
        return (Edit(Span(colon, last), lines),)
    return Edit(Span(colon, value.span.end), ""), Edit(Span(last, last), lines)


def _indent_of_lists(page: Page) -> int:
    """How far the lists of a page's fields are indented, most of them."""
    text = page.source.text
    entries = page.front_matter.fields.entries if page.front_matter.fields is not None else ()
    found = Counter(
        value.span.start - text.rfind("\n", 0, value.span.start) - 1
        for _, value in entries
        if isinstance(value, Items) and text[value.span.start] == "-"
    )
    return found.most_common(1)[0][0] if found else 0
