"""YAML as nodes that remember where they stand.

Nodes are composed from PyYAML's parser events, so nothing is constructed, no tag is followed and no alias is
expanded: a hostile document costs one walk over its events. Positions come from the parser's code-point offsets;
its line numbers are not used, because libyaml also counts U+0085 and U+2028 as line breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import yaml
from yaml.reader import ReaderError

from algokader_lint.content.source import Span
from algokader_lint.content.yaml_problem import YamlProblem, explain

NESTING_LIMIT = 50
TextKind = Literal["text", "null", "bool", "int", "float", "timestamp", "other"]

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS: dict[str, TextKind] = {
    "str": "text",
    "null": "null",
    "bool": "bool",
    "int": "int",
    "float": "float",
    "timestamp": "timestamp",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A YAML scalar as written: its text, what YAML 1.1 takes it for, and whether it was plain (unquoted).

    ``block`` tells that it was written below a ``|`` or ``>``.
    """

    text: str
    kind: TextKind
    plain: bool
    span: Span
    block: bool = False

    @property
    def blank(self) -> bool:
        """Whether it says nothing: null, or only white space."""
        return self.kind == "null" or not self.text.strip()


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Node, ...]
    span: Span


class Entry(NamedTuple):
    """One ``key: value`` of a mapping."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping, in the order of the text; a key written twice is there twice."""

    entries: tuple[Entry, ...]
    span: Span
    _values: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_values", {key.text: value for key, value in self.entries})

    def get(self, name: str) -> Node | None:
        """The value that YAML readers give for ``name``: of duplicates the last."""
        return self._values.get(name)


Node = Scalar | Sequence | Mapping


def scalars(node: Node | None) -> list[Scalar]:
    """The values of a field that holds one value or a list of them; empty ones left out."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item for item in items if isinstance(item, Scalar) and not item.blank]


def compose(text: str, *, offset: int = 0, lenient: bool = False) -> Node | None:
    """Read ``text`` as one YAML document; None when it holds nothing.

    ``offset`` is added to all spans. ``lenient`` reads past tags and takes an alias for null: for configuration
    whose interesting keys hold neither. Raises YamlProblem (offsets shifted likewise).
    """
    try:
        return _Composer(text, offset, lenient).document()
    except YamlProblem as problem:
        problem.offset += offset
        raise


def _offset(event: Any) -> int:
    return int(event.start_mark.index)


class _Composer:
    def __init__(self, text: str, offset: int, lenient: bool) -> None:
        self.text = text
        self.offset = offset
        self.lenient = lenient

    def document(self) -> Node | None:
        try:
            self.loader = _LOADER(self.text)
            try:
                return self._document()
            finally:
                self.loader.dispose()
        except yaml.MarkedYAMLError as error:
            raise explain(self.text, error) from None
        except ReaderError as error:
            at = int(error.position)  # libyaml counts bytes
            if _LOADER is not yaml.SafeLoader:
                at = len(self.text.encode()[:at].decode(errors="ignore"))
            raise YamlProblem("control-character", at, str(error.reason)) from None
        except UnicodeEncodeError as error:
            raise YamlProblem("control-character", error.start, error.reason) from None

    def _document(self) -> Node | None:
        events = self._events()
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise YamlProblem("second-document", _offset(event))
                node = self._node(next(events), events, 0)
        return node

    def _events(self) -> Iterator[Any]:
        while self.loader.check_event():
            yield self.loader.get_event()

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        start = _offset(event)
        if depth > NESTING_LIMIT:
            raise YamlProblem("nesting", start)
        if isinstance(event, yaml.AliasEvent):
            if not self.lenient:
                raise YamlProblem("alias", start)
            return Scalar("", "null", True, self._span(start, start))
        if not self.lenient and (event.anchor is not None or event.tag is not None):
            raise YamlProblem("alias" if event.anchor is not None else "tag", start)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _sequence(self, event: Any, events: Iterator[Any], depth: int) -> Sequence:
        items: list[Node] = []
        closing = event
        for closing in events:
            if isinstance(closing, yaml.SequenceEndEvent):
                break
            items.append(self._node(closing, events, depth + 1))
        return Sequence(tuple(items), self._collection_span(event, closing, items))

    def _mapping(self, event: Any, events: Iterator[Any], depth: int) -> Mapping:
        entries: list[Entry] = []
        closing = event
        for closing in events:
            if isinstance(closing, yaml.MappingEndEvent):
                break
            key = self._node(closing, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if isinstance(key, Scalar):
                entries.append(Entry(key, value))
            elif not self.lenient:
                raise YamlProblem("key", key.span.start - self.offset)
        return Mapping(
            tuple(entries),
            self._collection_span(event, closing, [node for entry in entries for node in entry]),
        )

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        plain = event.implicit[0]
        if not plain:
            block = event.style in ("|", ">")
            if block:
                end = self._back_to_text(end)
            return Scalar(event.value, "text", False, self._span(start, end), block)
        if start == end:
            start, end = self._empty_place(start)
        tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        kind = _KINDS.get(tag.rpartition(":")[2], "other")
        if kind in ("int", "float", "timestamp"):
            self._require_constructible(tag, event)
        return Scalar(event.value, kind, True, self._span(start, end))

    def _require_constructible(self, tag: str, event: Any) -> None:
        """A date like 2024-13-45 makes every YAML reader give up on the whole document."""
        try:
            self.loader.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark))
        except (ValueError, OverflowError):
            raise YamlProblem("impossible-value", event.start_mark.index, event.value) from None

    def _empty_place(self, at: int) -> tuple[int, int]:
        """Where an empty value is shown: the ``-`` or ``:`` before it."""
        before = self._back_to_text(at)
        if before and self.text[before - 1] in "-:":
            return before - 1, before
        return at, at

    def _back_to_text(self, end: int) -> int:
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        return end

    def _collection_span(self, event: Any, closing: Any, nodes: list[Node]) -> Span:
        """A block collection's end mark lies at the next token; its last node is where it really ends."""
        start = event.start_mark.index
        if event.flow_style:
            return self._span(start, closing.end_mark.index)
        return Span(self.offset + start, max([node.span.end for node in nodes], default=start))

    def _span(self, start: int, end: int) -> Span:
        return Span(self.offset + start, self.offset + end)
