"""The examples on a rule's page: files that are merged into the minimal site, with the findings they must give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from algokader_lint.links.answer import Answer

ANSWERS = "antwoorden.json"
"""The name of a fence that is no file: what a check of addresses came to, as a field of ``Answer`` each."""

_FENCE = re.compile(
    r"^(?P<fence>`{3,})\w+ (?P<path>[^\s`]+)(?: encoding=(?P<encoding>[\w-]+))?(?P<earlier> eerder)?\n"
    r"(?P<text>.*?)^(?P=fence)$",
    re.M | re.S,
)
_SECTION = re.compile(r"^## (?P<title>.+)$", re.M)
_MARK = re.compile(r'^[ \t]*<!-- verwacht (?P<code>[A-Z]+\d{3})(?: "(?P<text>[^\n]*)")? -->[ \t]*\n?', re.M)


@dataclass(frozen=True, order=True)
class Expected:
    """A finding that an example must give: on which line, and the text that it points at (None: not said)."""

    path: str
    line: int
    code: str
    text: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Example:
    """Files and the findings they must give; ``codes`` are the rules that are run.

    ``earlier`` are files of an earlier state of the site, marked ``eerder`` in the info string; empty: there is none.
    ``answers`` is what is known of addresses. ``repaired`` are the files after safe fixes, ``repaired_unsafe`` after
    all fixes, as far as they change.
    """

    title: str
    files: dict[str, bytes]
    earlier: dict[str, bytes]
    expected: tuple[Expected, ...]
    codes: frozenset[str]
    answers: dict[str, Answer]
    repaired: dict[str, bytes] = field(default_factory=dict)
    repaired_unsafe: dict[str, bytes] = field(default_factory=dict)


def read_examples(code: str, body: str) -> list[Example]:
    """The examples under ``Fout`` and ``Goed``: all fences of one heading are one example.

    ``Hersteld`` and ``Hersteld met --unsafe`` show what fixes make of the bad example whose title they have.
    Raises ValueError for a page that lacks one of the two, a bad example without an expected finding of the rule,
    a good one with any, or a repaired one without its bad one.
    """
    sections = dict(_sections(body))
    examples: list[Example] = []
    for title, good in (("Fout", False), ("Goed", True)):
        groups = [(name, text) for name, text in sections.items() if re.fullmatch(rf"{title}(?:: .+)?", name)]
        if not groups:
            raise ValueError(f"{code}: there is no heading '{title}'")
        for name, text in groups:
            example = _example(code, f"{code} {name}", text)
            if not example.files:
                raise ValueError(f"{example.title}: there is no fenced file")
            if good == any(mark.code == code for mark in example.expected):
                raise ValueError(f"{example.title}: {'no' if good else 'a'} finding of the rule must be expected")
            if good:
                examples.append(example)
                continue
            safe, unsafe = (name.replace("Fout", word, 1) for word in ("Hersteld", "Hersteld met --unsafe"))
            files = [_example(code, heading, sections.get(heading, "")).files for heading in (safe, unsafe)]
            examples.append(replace(example, repaired=files[0], repaired_unsafe=files[1]))
    for name in sections:
        if name.startswith("Hersteld") and re.sub(r"^Hersteld(?: met --unsafe)?", "Fout", name) not in sections:
            raise ValueError(f"{code}: '{name}' shows what becomes of an example that is not there")
    return examples


def _sections(body: str) -> Iterator[tuple[str, str]]:
    outside = re.sub(r"^(`{3,}).*?^\1$", lambda m: re.sub(r"[^\n]", " ", m[0]), body, flags=re.M | re.S)
    starts = list(_SECTION.finditer(outside))
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        yield start["title"].strip(), body[start.end() : following.start() if following else len(body)]


def _example(code: str, title: str, text: str) -> Example:
    files: dict[str, bytes] = {}
    earlier: dict[str, bytes] = {}
    expected: list[Expected] = []
    answers: dict[str, Answer] = {}
    for fence in _FENCE.finditer(text):
        if fence["path"] == ANSWERS:
            answers |= read_answers(fence["text"])
            continue
        content, marks = _strip_marks(fence["path"], fence["text"])
        (earlier if fence["earlier"] else files)[fence["path"]] = content.encode(fence["encoding"] or "utf-8")
        expected.extend(marks)
    codes = frozenset({code, *(mark.code for mark in expected)})
    return Example(title, files, earlier, tuple(sorted(expected)), codes, answers)


@cache
def _answers() -> TypeAdapter[dict[str, dict[str, Any]]]:
    return TypeAdapter(dict[str, dict[str, Any]])


@cache
def _answer() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def read_answers(text: str) -> dict[str, Answer]:
    """Answers by address, from JSON. Raises ValueError for a field or a word that answers do not have."""
    known = {item.name for item in fields(Answer)}
    answers = {}
    for url, said in _answers().validate_json(text).items():
        if not said.keys() <= known:
            raise ValueError(f"{url}: an answer has no {', '.join(sorted(said.keys() - known))}")
        answers[url] = _answer().validate_python(said)
    return answers


def _strip_marks(path: str, text: str) -> tuple[str, list[Expected]]:
    kept: list[str] = []
    marks: list[Expected] = []
    for line in text.splitlines(keepends=True):
        mark = _MARK.fullmatch(line)
        if mark is None:
            kept.append(line)
        else:
            marks.append(Expected(path, max(len(kept), 1), mark["code"], mark["text"]))
    return "".join(kept), marks
