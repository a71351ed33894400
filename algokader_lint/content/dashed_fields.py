"""Fields with a dash before them: YAML takes such a field for an item of the list above it, and so the items of its own
list that follow: ``colours: [red, {sizes: null}, large]`` is what it reads when ``sizes`` has a dash.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from algokader_lint.content.nodes import Entry, Mapping, Node, Scalar, Sequence
from algokader_lint.content.source import Span


@dataclass(frozen=True, slots=True)
class DashedField:
    """The name of a field with a dash before it, and of the field that it became an item of."""

    key: Scalar
    within: str


def read_dashed(fields: Mapping, known: Container[str]) -> tuple[Mapping, list[DashedField]]:
    """The fields of a page as they are meant, and those that have a dash before them: of the ``known`` ones, where
    they are not there without it.
    """
    if not any(isinstance(entry.value, Sequence) and _held(entry.value) for entry in fields.entries):
        return fields, []
    there = {entry.key.text for entry in fields.entries}
    meant: list[Entry] = []
    found: list[DashedField] = []
    for key, value in fields.entries:
        parts = [Entry(key, value)]
        if isinstance(value, Sequence):
            parts = _parted(key, value, known, there)
        there |= {part.key.text for part in parts}
        found += [DashedField(part.key, key.text) for part in parts[1:]]
        meant += parts
    return Mapping(tuple(meant), fields.span), found


def _held(items: Sequence) -> bool:
    return any(isinstance(item, Mapping) for item in items.items)


def _parted(key: Scalar, items: Sequence, known: Container[str], there: Container[str]) -> list[Entry]:
    """The entry of a list, and behind it those of the fields that are items of it.

    Below a field without a value the items that follow are its own.
    """
    own: list[tuple[Scalar, list[Node]]] = [(key, [])]
    values: list[Entry] = []
    for item in items.items:
        field = item.entries[0] if isinstance(item, Mapping) and len(item.entries) == 1 else None
        taken = [name.text for name, _ in own] + [entry.key.text for entry in values]
        if field is None or field.key.text not in known or field.key.text in there or field.key.text in taken:
            own[-1][1].append(item)
        elif isinstance(field.value, Scalar) and field.value.blank:
            own.append((field.key, []))
        else:
            values.append(field)
    if len(own) == 1 and not values:
        return [Entry(key, items)]
    lists = [Entry(name, Sequence(tuple(nodes), _span(name, nodes))) for name, nodes in own]
    return sorted([*lists, *values], key=lambda entry: entry.key.span)


def _span(name: Scalar, nodes: list[Node]) -> Span:
    return Span(nodes[0].span.start, nodes[-1].span.end) if nodes else name.span
