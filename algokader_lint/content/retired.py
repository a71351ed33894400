"""The list of retired ids: ids that were given out and must not be given again.

A YAML list in the content repository. Systems that read the site keep ids for years: an id that goes to another page
makes them show the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from algokader_lint.content.nodes import Entry, Mapping, Scalar, compose
from algokader_lint.content.nodes import Sequence as NodeList
from algokader_lint.content.page import TextFile
from algokader_lint.content.source import NOWHERE, SourceText, Span, UnreadableText, decode
from algokader_lint.content.yaml_problem import YamlProblem
from algokader_lint.nearest import nearest

FIELDS = ("id", "title", "release", "successor", "reason", "holder", "owner", "until")
_PLAIN = re.compile(r"[a-z]\w*(?::[\w.-]+)+|v\d[\w.-]*|\d{4}-\d\d-\d\d", re.ASCII)
_REQUIRED = ("id", "title", "reason")


class BadRetiredIds(Exception):
    """The list cannot be used.

    ``kind`` is that of a reading defect, or ``no-list``, ``no-mapping``, ``unknown-key``, ``missing-key``, ``value`` or
    ``date``; ``detail`` is the key, ``near`` what an unknown one may have meant.
    """

    def __init__(self, file: str, kind: str, line: int, detail: str = "", near: str = "") -> None:
        super().__init__(f"{file}:{line}: {kind} {detail}")
        self.file = file
        self.kind = kind
        self.line = line
        self.detail = detail
        self.near = near


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredId:
    """An id that was given out, the page it belonged to, and why it no longer does.

    ``title`` and ``release`` are the last of that page; ``successor`` is the id it has now, if any. ``holder`` is the
    title of another page that was given the id since, before there was a list: the one reuse that is let be. ``until``
    is the last day on which the entry holds.
    """

    id: str
    title: str
    release: str = ""
    successor: str = ""
    reason: str
    holder: str = ""
    owner: str = ""
    until: date | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def ended(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class RetiredIds:
    """The list and the file it stands in; ``file`` is None when there is none."""

    entries: tuple[RetiredId, ...] = ()
    file: TextFile | None = None

    def of(self, id_: str) -> list[RetiredId]:
        """The entries on an id, one for each page that had it."""
        return [entry for entry in self.entries if entry.id == id_]

    def in_force(self, today: date) -> RetiredIds:
        """The entries that have not ended."""
        kept = tuple(entry for entry in self.entries if not entry.ended(today))
        return RetiredIds(kept, self.file)


NONE_RETIRED = RetiredIds()
"""The list of a site that has none."""


def read_retired_ids(path: str, data: bytes) -> RetiredIds:
    """Read the list. Raises BadRetiredIds."""
    try:
        source = decode(data)
        node = compose(source.text)
    except UnreadableText as error:
        raise BadRetiredIds(path, error.kind, error.source.position(error.span.start).line) from None
    except YamlProblem as problem:
        line = SourceText(source.text).position(problem.offset).line
        raise BadRetiredIds(path, problem.kind, line, problem.detail) from None

    def fail(kind: str, span: Span, detail: str = "", near: str = "") -> BadRetiredIds:
        return BadRetiredIds(path, kind, source.position(span.start).line, detail, near)

    if node is None or (isinstance(node, Scalar) and node.blank):
        return RetiredIds((), TextFile(path, source))
    if not isinstance(node, NodeList):
        raise fail("no-list", node.span)
    entries: list[RetiredId] = []
    for item in node.items:
        if not isinstance(item, Mapping):
            raise fail("no-mapping", item.span)
        entries.append(_entry(item, fail))
    return RetiredIds(tuple(entries), TextFile(path, source))


def _entry(item: Mapping, fail: Callable[..., BadRetiredIds]) -> RetiredId:
    values: dict[str, str] = {}
    until: date | None = None
    for entry in item.entries:
        text = _value(entry, fail)
        if entry.key.text == "until" and text:
            try:
                until = date.fromisoformat(text)
            except ValueError:
                raise fail("date", entry.value.span, "until") from None
        else:
            values[entry.key.text] = text
    for name in _REQUIRED:
        if not values.get(name):
            raise fail("missing-key", item.span, name)
    values.pop("until", None)
    return RetiredId(until=until, span=item.span, **values)


def _value(entry: Entry, fail: Callable[..., BadRetiredIds]) -> str:
    key, value = entry
    if key.text not in FIELDS:
        raise fail("unknown-key", key.span, key.text, next(iter(nearest(key.text, FIELDS)), ""))
    if not isinstance(value, Scalar):
        raise fail("value", value.span, key.text)
    return "" if value.blank else value.text.strip()


def entry_text(entry: RetiredId) -> str:
    """An entry as it is written in the list."""
    values = [(name, getattr(entry, name)) for name in FIELDS]
    shown = [(name, str(value or "")) for name, value in values if value or name in ("successor", *_REQUIRED)]
    return "".join(
        f"{'- ' if number == 0 else '  '}{name}: {_quoted(value)}".rstrip() + "\n"
        for number, (name, value) in enumerate(shown)
    )


def _quoted(value: str) -> str:
    """A value as a YAML scalar on one line: an id or a release as it is, other text in double quotes."""
    if not value or _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def added(known: RetiredIds, found: Sequence[RetiredId]) -> list[RetiredId]:
    """What is not on the list yet, in the order of ids; a page is known by its id and title."""
    present = {(entry.id, entry.title.casefold()) for entry in known.entries}
    new = (entry for entry in found if (entry.id, entry.title.casefold()) not in present)
    return sorted(new, key=lambda entry: (entry.id, entry.release))


def extended(text: str, heading: str, entries: Iterable[RetiredId]) -> str:
    """The text of the list with entries behind it; nothing that is in it changes. ``heading`` begins a new list."""
    if not text.strip():
        text = "".join(f"# {line}".rstrip() + "\n" for line in heading.splitlines())
    newline = "" if text.endswith("\n") else "\n"
    return text + newline + "".join("\n" + entry_text(entry) for entry in entries)
