"""Front matter held against the schema of its content type, by a pydantic model made from that schema.

Each field kind is one annotated type whose validator raises errors of its own, with the span of the offending
node; so a violation always has a place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError, create_model
from pydantic_core import PydanticCustomError

from algokader_lint.content.dashed_fields import read_dashed
from algokader_lint.content.expressions import read_labels
from algokader_lint.content.front_matter import FrontMatter
from algokader_lint.content.nodes import Mapping, Node, Scalar, Sequence
from algokader_lint.content.source import Span
from algokader_lint.knowledge import ContentType, FieldSpec

_INPUT_LIMIT = 1000
"""Longest text that is held against a pattern, in characters."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with one value: ``kind``, where, in which field, and the words of the text that matter."""

    kind: str
    field: str
    span: Span
    value: str = ""
    detail: str = ""
    related: Span | None = None


Validator = type[BaseModel]


def make_validator(content_type: ContentType) -> Validator:
    """A pydantic model that takes a mapping of field names to YAML nodes."""
    fields: dict[str, Any] = {
        f"field_{number}": (
            _annotation(spec, content_type.choices(name)),
            Field(alias=name) if spec.required or spec.expected else Field(default=None, alias=name),
        )
        for number, (name, spec) in enumerate(content_type.fields.items())
    }
    return create_model("FrontMatter", __config__=ConfigDict(extra="forbid"), **fields)


def validate(front_matter: FrontMatter, content_type: ContentType, validator: Validator) -> tuple[Violation, ...]:
    """All violations, in the order of the text; none when the front matter could not be read."""
    if front_matter.fields is None:
        return ()
    fields, dashed = read_dashed(front_matter.fields, content_type.fields)
    found = [Violation("dashed-field", item.key.text, item.key.span, detail=item.within) for item in dashed]
    try:
        validator.model_validate({entry.key.text: entry.value for entry in fields.entries})
    except ValidationError as error:
        meant = replace(front_matter, fields=fields)
        found += [_violation(dict(item), meant, content_type) for item in error.errors(include_url=False)]
    return tuple(sorted(found, key=lambda violation: (violation.span, violation.field)))


def _violation(item: dict[str, Any], front_matter: FrontMatter, content_type: ContentType) -> Violation:
    field = str(item["loc"][0])
    if item["type"] == "missing":
        required = content_type.fields[field].required
        return Violation("missing" if required else "missing-expected", field, front_matter.opening)
    if item["type"] == "extra_forbidden":
        entries = front_matter.fields.entries if front_matter.fields is not None else ()
        key = next(entry.key for entry in reversed(entries) if entry.key.text == field)
        return Violation("unknown-field", field, key.span, field)
    context = item["ctx"]
    return Violation(item["type"], field, context["span"], context["value"], context["detail"], context["related"])


def _annotation(spec: FieldSpec, choices: tuple[str, ...]) -> Any:
    if spec.kind == "any":
        return Any
    if spec.kind == "text":
        return _list_of(_raise, partial(_text_errors, spec))
    if spec.kind == "codes":
        return _list_of(partial(_check_code, spec), partial(_code_items, spec))
    return _list_of(partial(_check_item, spec, frozenset(choices)), partial(_list_items, spec))


def _list_of(check: Callable[[Any], Any], split: Callable[[Node], list[Any]]) -> Any:
    """A list made from a node by ``split``, each of whose items must pass ``check``."""
    item = Annotated[Any, PlainValidator(check)]
    return Annotated[list[item], BeforeValidator(split)]


def _error(
    kind: str, node: Node, *, detail: str = "", related: Span | None = None, at: Span | None = None
) -> PydanticCustomError:
    value = node.text if isinstance(node, Scalar) else ""
    context = {"span": at or node.span, "value": value, "detail": detail, "related": related}
    return PydanticCustomError(kind, "{value}", context)


def _text_errors(spec: FieldSpec, node: Node) -> list[PydanticCustomError]:
    """All that is wrong with a text; when it is no text at all, only that."""
    if not isinstance(node, Scalar):
        return [_error("list-for-text" if isinstance(node, Sequence) else "mapping-for-text", node)]
    if node.blank:
        return [_error("empty", node)]
    if node.kind != "text":
        return [_error("not-text", node, detail=node.kind)]
    found: list[PydanticCustomError] = []
    words = len(node.text.split())
    if spec.max_words is not None and words > spec.max_words:
        found.append(_error("too-long", node, detail=str(words)))
    if spec.no_final_stop and _ends_in_stop(node.text, spec.abbreviations):
        found.append(_error("final-stop", node, at=_last_character(node)))
    if spec.pattern is not None and not re.fullmatch(spec.pattern, node.text[:_INPUT_LIMIT]):
        found.append(_error("bad-pattern", node))
    return found


def _raise(error: PydanticCustomError) -> Any:
    raise error


def _ends_in_stop(text: str, abbreviations: tuple[str, ...]) -> bool:
    """Whether text ends in a full stop; not one of an ellipsis, of ``e.d.`` and its like, or of an abbreviation."""
    last = text.split()[-1]
    return last.endswith(".") and "." not in last[:-1] and last[:-1].casefold() not in abbreviations


def _last_character(node: Scalar) -> Span:
    """The last character of a scalar's text: before the closing quote when there is one."""
    end = node.span.end if node.plain or node.block else node.span.end - 1
    return Span(end - 1, end)


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item, and the earlier one that says the same."""

    node: Node
    same: Scalar | None


def _with_earlier(nodes: Iterable[Node]) -> list[_Item]:
    """Each node with the first one of the same text, when that is another."""
    first: dict[str, Scalar] = {}
    items: list[_Item] = []
    for node in nodes:
        items.append(_Item(node, first.get(node.text) if isinstance(node, Scalar) else None))
        if isinstance(node, Scalar):
            first.setdefault(node.text, node)
    return items


def _list_items(spec: FieldSpec, node: Node) -> list[_Item]:
    if isinstance(node, Scalar) and node.blank:
        raise _error(_empty_kind(spec), node)
    if isinstance(node, Scalar) and not spec.single:
        kind = "commas-for-list" if "," in node.text else "text-for-list"
        raise _error(kind, node)
    if isinstance(node, Mapping):
        raise _error("mapping-for-list", node)
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if not nodes and spec.required:
        raise _error("empty-list", node)
    return _with_earlier(nodes)


def _empty_kind(spec: FieldSpec) -> str:
    """What an empty list is called, by how bad it is: one that must be there, one of labels, or any other."""
    if spec.required:
        return "empty-list"
    return "empty-labels" if spec.kind == "choices" and not spec.single else "empty-optional-list"


def _check_item(spec: FieldSpec, choices: frozenset[str], item: _Item) -> Node:
    node = item.node
    if not isinstance(node, Scalar):
        raise _error("nested", node)
    if node.blank:
        raise _error("null-item", node)
    if node.kind != "text":
        raise _error("not-text", node, detail=node.kind)
    if item.same is not None:
        raise _error("duplicate", node, related=item.same.span)
    if spec.over:
        _require_labels(spec, choices, node)
    elif spec.kind == "references" or node.text not in choices:
        if "," in node.text:
            raise _error("commas-for-list", node)
        if spec.kind == "choices":
            raise _error("unknown-value", node)
    return node


def _require_labels(spec: FieldSpec, labels: frozenset[str], node: Scalar) -> None:
    """One of the values by itself, or a boolean expression of quoted labels."""
    text = node.text[:_INPUT_LIMIT]
    if text in spec.values:
        return
    words = read_labels(text)
    if words is None:
        meant = text in labels or re.search(r"[\"'&|]", text)
        raise _error("bad-expression" if meant else "unknown-label", node, detail=text)
    for word in words:
        if word not in labels:
            raise _error("unknown-label", node, detail=word)


@dataclass(frozen=True, slots=True)
class _Code:
    """A code, and the framework it is of."""

    framework: Scalar
    item: _Item


def _code_items(spec: FieldSpec, node: Node) -> list[_Code]:
    if isinstance(node, Scalar) and node.blank:
        return []
    if isinstance(node, Sequence) and not node.items:
        return []
    if not isinstance(node, Mapping):
        raise _error("frameworks-expected", node, detail=", ".join(spec.frameworks))
    codes: list[_Code] = []
    for framework, value in {entry.key.text: entry for entry in node.entries}.values():
        items = value.items if isinstance(value, Sequence) else (value,)
        if framework.text not in spec.frameworks:
            items = (value,)  # said once, whatever it holds
        elif isinstance(value, Scalar) and value.blank:
            continue
        codes.extend(_Code(framework, item) for item in _with_earlier(items))
    return codes


def _check_code(spec: FieldSpec, code: _Code) -> Node:
    pattern = spec.frameworks.get(code.framework.text)
    if pattern is None:
        raise _error("unknown-framework", code.framework, detail=", ".join(spec.frameworks))
    node = code.item.node
    if isinstance(node, Scalar) and (not node.text or node.kind == "null"):
        raise _error("null-item", node)
    if not isinstance(node, Scalar):
        raise _error("nested", node)
    if code.item.same is not None:
        raise _error("duplicate", node, related=code.item.same.span)
    if not re.fullmatch(pattern, node.text[:_INPUT_LIMIT]):
        raise _error("bad-code", node, detail=code.framework.text)
    if node.plain and node.kind == "float" and node.text.endswith("0"):
        raise _error("lost-zero", node, detail=str(float(node.text)))
    return node
