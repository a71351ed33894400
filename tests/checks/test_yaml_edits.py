"""Edits of front matter change what they are about, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.checks.yaml_edits import (
    Edits,
    Found,
    find,
    line_end,
    newline,
    remove_entry,
    remove_item,
    replace_scalar,
    split_item,
    to_list,
)
from algokader_lint.content.nodes import Mapping, Scalar, Sequence
from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.source import Span
from algokader_lint.fix import edited

READER = PageReader({})
BODY = "\n## Kop\n\ntekst: [a, b] # geen YAML\n"


def page_of(yaml_text: str, body: str = BODY) -> Page:
    page = READER.read("docs/x.md", "x.md", f"---\n{yaml_text}---\n{body}".encode())
    assert page.front_matter.fields is not None, page.front_matter.defects
    return page


def at(page: Page, text: str, number: int = 0) -> Found:
    """The scalar that is written so, the ``number``-th."""
    start = -1
    for _ in range(number + 1):
        start = page.source.text.index(text, start + 1)
    found = find(page, Span(start, start + len(text)))
    assert found is not None
    return found


def after(page: Page, edits: Edits | None) -> str | None:
    """The front matter with the edits, None when there are none."""
    if edits is None:
        return None
    text = edited(page.source, edits)
    assert text.startswith("---\n")
    assert text.endswith("---\n" + BODY)
    return text[4 : -len("---\n" + BODY)]


def without(yaml_text: str, item: str, number: int = 0) -> str | None:
    page = page_of(yaml_text)
    found = at(page, item, number)
    assert found.items is not None
    return after(page, remove_item(page, found.items, found.scalar))


@pytest.mark.parametrize(
    ("before", "item", "number", "expected"),
    [
        ("a:\n- x\n- y\n- x\n", "x", 1, "a:\n- x\n- y\n"),
        ("a:\n  - x\n  - y\n  - x\nb: z\n", "x", 1, "a:\n  - x\n  - y\nb: z\n"),
        ("a:\n- x\n-   x  \n", "x", 1, "a:\n- x\n"),
        ("a:\n- x\n- 'x'\n", "'x'", 0, "a:\n- x\n"),
        ("a:\n- x # eerste\n- x\n# over b\nb: z\n", "x", 1, "a:\n- x # eerste\n# over b\nb: z\n"),
        ("a:\n# uitleg\n- y\n- x\n- x\n", "x", 1, "a:\n# uitleg\n- y\n- x\n"),
        ("a:\n- x\n\n- y\n\n- x\n\nb: z\n", "x", 1, "a:\n- x\n\n- y\n\n\nb: z\n"),
        ("a:\n- x\n- lang\n  verhaal\n- x\n", "lang\n  verhaal", 0, "a:\n- x\n- x\n"),
        ("a: [x, y, x]\n", "x", 1, "a: [x, y]\n"),
        ("a: [x, y, x] # c\n", "x", 0, "a: [y, x] # c\n"),
        ("a: [x]\nb: z\n", "x", 0, "a: []\nb: z\n"),
        ("a: [\n  x,\n  y,\n  x,\n]\n", "x", 1, "a: [\n  x,\n  y,\n]\n"),
        ("a: {b: [x, 'x']}\n", "'x'", 0, "a: {b: [x]}\n"),
        ("a:\n  b:\n  - x\n  - x\n", "x", 1, "a:\n  b:\n  - x\n"),
        # what a person wrote beside or above an item would be lost, or stand with another
        ("a:\n- x\n- x # niet weghalen\n", "x", 1, None),
        ("a:\n- x\n# waarom nog eens\n- x\n- y\n", "x", 1, None),
        ("a: [\n  x, # eerste\n  x\n]\n", "x", 1, None),
    ],
)
def test_an_item_is_taken_out_with_its_line_or_comma(before: str, item: str, number: int, expected: str | None) -> None:
    assert without(before, item, number) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("a:\n- x\n-\n", "a:\n- x\n"),
        ("a:\n- \n- x\n", "a:\n- x\n"),
        ("a:\n  -\n  - x\nb: z\n", "a:\n  - x\nb: z\n"),
        ("a:\n- x\n- # nog invullen\n", None),
        ("a:\n-\n", None),  # leaves a field without a value, which is no list any more: the field must go
    ],
)
def test_an_empty_item(before: str, expected: str | None) -> None:
    page = page_of(before)
    place = page.source.text.index("-", 4) if "- x\n-" not in before else page.source.text.index("-", 8)
    found = find(page, Span(place, place + 1))
    assert found is not None
    assert found.items is not None
    made = after(page, remove_item(page, found.items, found.scalar))
    assert made == expected


@pytest.mark.parametrize(
    ("before", "key", "expected"),
    [
        ("a: x\nb:\n- \nc: y\n", "b", "a: x\nc: y\n"),
        ("a: x\nb:\n  -\n", "b", "a: x\n"),
        ("a: x\n\nb: [~]\n\nc: y\n", "b", "a: x\n\n\nc: y\n"),
        ("a: x\nb: # uitleg\n-\n", "b", None),
        ("a: x\n# uitleg\nb:\n-\n", "b", None),
        ("a: x\nb:\n- # later\n", "b", None),
        ("b:\n-\n", "b", None),  # no front matter would be left
    ],
)
def test_a_field_is_taken_out(before: str, key: str, expected: str | None) -> None:
    page = page_of(before)
    assert after(page, remove_entry(page, at(page, key, before.startswith("---")).entry)) == expected


@pytest.mark.parametrize(
    ("before", "old", "new", "expected"),
    [
        ("a: x # c\n", "x", "y", "a: y # c\n"),
        ("a: 'x'\n", "'x'", "it's", "a: 'it''s'\n"),
        ('a: "x"\n', '"x"', 'zeg "y" \\ z', 'a: "zeg \\"y\\" \\\\ z"\n'),
        ("a: x\n", "x", "y: z", 'a: "y: z"\n'),
        ("a: x\n", "x", "y #z", 'a: "y #z"\n'),
        ("a: x\n", "x", "2.10", 'a: "2.10"\n'),
        ("a: x\n", "x", "no", 'a: "no"\n'),
        ("a: x\n", "x", "", 'a: ""\n'),
        ("a: [x, y]\n", "x", "p, q", 'a: ["p, q", y]\n'),
        ("a:\n- x\n", "x", "- y", 'a:\n- "- y"\n'),
        ("a: lang\n  verhaal\n", "lang\n  verhaal", "y", None),
        ("a: >\n  x\n", ">\n  x", "y", None),
    ],
)
def test_a_value_keeps_its_quotes(before: str, old: str, new: str, expected: str | None) -> None:
    page = page_of(before)
    assert after(page, replace_scalar(page, at(page, old).scalar, new)) == expected


def test_a_field_gets_another_name() -> None:
    for before, old, expected in (
        ("'bron':\n  ADR: x\n", "'bron'", "'sources':\n  ADR: x\n"),
        ("bron : x # c\n", "bron", "sources : x # c\n"),
        ("{bron: x, b: y}\n", "bron", "{sources: x, b: y}\n"),
    ):
        page = page_of(before)
        assert after(page, replace_scalar(page, at(page, old).scalar, "sources")) == expected


@pytest.mark.parametrize(
    ("before", "values", "expected"),
    [
        ("a: x\n", ("x",), "a:\n- x\n"),
        ("a: x, y\nb:\n  - z\n", ("x", "y"), "a:\n  - x\n  - y\nb:\n  - z\n"),
        ("a: x, y  # c\nb: z\n", ("x", "y"), "a:  # c\n- x\n- y\nb: z\n"),
        ("a: 'x'\n", ("x",), "a:\n- 'x'\n"),
        ('a: "x, y"\n', ("x", "y"), 'a:\n- "x"\n- "y"\n'),
        ("a:\n  x, y\nb: z\n", ("x", "y"), "a:\n  - x\n  - y\nb: z\n"),
        ("a: x,\n  y\nb: z\n", ("x", "y"), "a:\n- x\n- y\nb: z\n"),
        ("a: 2025\n", ("2025",), 'a:\n- "2025"\n'),
        ("{a: x}\n", ("x",), None),
    ],
)
def test_a_value_becomes_a_list(before: str, values: tuple[str, ...], expected: str | None) -> None:
    page = page_of(before)
    found = at(page, "a")
    assert after(page, to_list(page, found.entry, values)) == expected


def test_an_item_becomes_several() -> None:
    for before, item, expected in (
        ("a:\n  - x, y # c\n  - z\n", "x, y", "a:\n  - x\n  - y # c\n  - z\n"),
        ("a: ['x, y', z]\n", "'x, y'", "a: ['x', 'y', z]\n"),
    ):
        page = page_of(before)
        found = at(page, item)
        assert found.items is not None
        assert after(page, split_item(page, found.items, found.scalar, ("x", "y"))) == expected


def test_a_list_in_a_list_is_left_to_a_person() -> None:
    page = page_of("a:\n- - x\n  - x\n")
    assert find(page, Span(page.source.text.index("x"), page.source.text.index("x") + 1)) is None


def test_a_line_keeps_the_ending_it_has_in_a_file_with_both() -> None:
    assert (newline("a\r\nb\nc", 0), newline("a\r\nb\nc", 3), newline("a\nb\r\nc", 2)) == ("\r\n", "\n", "\r\n")
    assert (newline("a\r\nb\nc", 5), newline("a\nb", 2), newline("", 0)) == ("\r\n", "\n", "\n")
    assert [line_end("a\r\n\nb", at) for at in (0, 3, 4)] == [1, 3, 5]


def test_what_is_no_text_is_not_replaced() -> None:
    for written, number in (("~", 0), ("|\n  x\n", 0), ("'a\n\n  b'", 0)):
        page = page_of(f"a: {written}\nb: c\n")
        assert page.front_matter.fields is not None
        value = page.front_matter.fields.entries[number].value
        assert isinstance(value, Scalar)
        assert replace_scalar(page, value, "d") is None


def test_line_endings_of_the_file_are_used() -> None:
    page = READER.read("docs/x.md", "x.md", b"---\r\na: x, y\r\nb:\r\n- z\r\n- z\r\n---\r\n\r\ntekst\r\n")
    edits = to_list(page, at(page, "a").entry, ("x", "y"))
    assert edits is not None
    assert edited(page.source, edits) == "---\r\na:\r\n- x\r\n- y\r\nb:\r\n- z\r\n- z\r\n---\r\n\r\ntekst\r\n"
    found = at(page, "z", 1)
    assert found.items is not None
    edits = remove_item(page, found.items, found.scalar)
    assert edits is not None
    assert edited(page.source, edits) == "---\r\na: x, y\r\nb:\r\n- z\r\n---\r\n\r\ntekst\r\n"


# Front matter as people write it, with comments that are all different.

WORDS = st.sampled_from(["x", "y", "aia-01-toezicht", "é😀", "2.10", "no", "a b", "it's", "it: is", "a #b", "-", ""])


class Writer:
    """Writes lines of front matter as ``draw`` decides."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments = 0
        self.lines: list[str] = []

    def comment(self) -> str:
        self.comments += 1
        return f"# c{self.comments}."

    def remark(self) -> str:
        return f" {self.comment()}" if self.draw(st.integers(0, 4)) == 0 else ""

    def scalar(self) -> str:
        word = self.draw(WORDS)
        style = self.draw(st.sampled_from(["plain", "single", "double", "plain"]))
        if style == "plain" and word not in ("-", "", "it: is", "a #b"):
            return word
        return "'" + word.replace("'", "''") + "'" if style == "single" else f'"{word}"'

    def field(self, key: str) -> None:
        kind = self.draw(st.sampled_from(["text", "list", "list", "flow", "fold", "block", "empty", "deep"]))
        if kind == "flow":
            apart = self.draw(st.sampled_from([", ", ",", ",\n  "]))
            value = " [" + apart.join(self.scalar() for _ in range(self.draw(st.integers(0, 3)))) + "]"
        else:
            value = {"text": f" {self.scalar()}", "fold": " een\n  twee", "block": " |"}.get(kind, "")
        self.lines.append(f"{key}:{value}{'' if kind == 'fold' else self.remark()}")
        if kind == "block":
            self.lines += ["  een # geen c", "  - twee"]
        elif kind in ("list", "deep"):
            self.items("  sub:" if kind == "deep" else "")

    def items(self, below: str) -> None:
        self.lines += [below] * bool(below)
        lead = "  " * bool(below) + " " * self.draw(st.integers(0, 2))
        for _ in range(self.draw(st.integers(1, 3))):
            if self.draw(st.integers(0, 5)) == 0:
                self.lines.append(self.draw(st.sampled_from(["", f"{lead}{self.comment()}"])))
            value = self.draw(st.sampled_from(["", f" {self.scalar()}", f" {self.scalar()}"]))
            self.lines.append(f"{lead}-{value}{self.remark()}")


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    writer = Writer(draw)
    for number in range(draw(st.integers(1, 4))):
        writer.lines += [writer.comment()] * (draw(st.integers(0, 3)) == 0)
        writer.field(draw(st.sampled_from(["k{}", "'k{}'", '"k{}"'])).format(number))
    closing, end = draw(st.sampled_from(["---", "..."])), draw(st.sampled_from(["\n", "\r\n"]))
    return "\n".join(["---", *writer.lines, closing, "", "tekst", ""]).replace("\n", end)


def said(text: str) -> dict[str, Any]:
    """What another reader makes of the front matter: all scalars as text."""
    match = re.match(r"---\r?\n(.*?\n)(?:---|\.\.\.)\r?\n", text, re.S)
    assert match is not None
    loaded = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - text only
    assert isinstance(loaded, dict)
    return loaded


Path = tuple[str | int, ...]


def scalars_of(node: Mapping | Sequence | Scalar, path: Path = ()) -> list[tuple[Path, Scalar]]:
    if isinstance(node, Scalar):
        return [(path, node)]
    if isinstance(node, Sequence):
        return [found for n, item in enumerate(node.items) for found in scalars_of(item, (*path, n))]
    return [found for entry in node.entries for found in scalars_of(entry.value, (*path, entry.key.text))]


def changed(tree: Any, path: Path, change: Callable[[Any, str | int], None]) -> Any:
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return tree


def assert_kept(before: str, text: str, *, comments: bool = True) -> None:
    """Comments are all there, line endings are those of the file, and the body is what it was."""
    if comments:
        assert sorted(re.findall(r"# c\d+\.", text)) == sorted(re.findall(r"# c\d+\.", before))
    assert ("\r\n" in before) == ("\r\n" in text)
    assert not re.search(r"(?<!\r)\n", text) or "\r\n" not in before
    assert text.endswith(before[-9:])


@given(front_matters(), st.data())
def test_another_value_changes_that_value_alone(text: str, data: st.DataObject) -> None:
    page = READER.read("docs/x.md", "x.md", text.encode())
    if page.front_matter.fields is None:
        return
    scalars = scalars_of(page.front_matter.fields)
    if not scalars:
        return
    path, scalar = data.draw(st.sampled_from(scalars))
    value = data.draw(WORDS)
    edits = replace_scalar(page, scalar, value)
    if edits is None:
        return
    made = edited(page.source, edits)
    assert_kept(text, made)
    assert said(made) == changed(said(text), path, lambda holder, step: holder.__setitem__(step, value))
    again = READER.read("docs/x.md", "x.md", made.encode())
    assert again.front_matter.fields is not None
    same = dict(scalars_of(again.front_matter.fields))[path]
    assert edited(again.source, replace_scalar(again, same, value) or ()) == made


@given(front_matters(), st.data())
def test_an_item_less_is_that_item_less_alone(text: str, data: st.DataObject) -> None:
    page = READER.read("docs/x.md", "x.md", text.encode())
    if page.front_matter.fields is None:
        return
    items = [(path, scalar) for path, scalar in scalars_of(page.front_matter.fields) if isinstance(path[-1], int)]
    if not items:
        return
    path, scalar = data.draw(st.sampled_from(items))
    found = find(page, scalar.span)
    assert found is not None
    assert found.items is not None
    edits = remove_item(page, found.items, scalar)
    if edits is None:
        return
    made = edited(page.source, edits)
    assert_kept(text, made)
    assert said(made) == changed(said(text), path, lambda holder, step: holder.__delitem__(step))


@given(front_matters(), st.data())
def test_a_list_in_the_place_of_a_value_changes_that_alone(text: str, data: st.DataObject) -> None:
    page = READER.read("docs/x.md", "x.md", text.encode())
    if page.front_matter.fields is None:
        return
    entry = data.draw(st.sampled_from(page.front_matter.fields.entries))
    values = tuple(data.draw(st.lists(WORDS, min_size=1, max_size=3)))
    edits = to_list(page, entry, values)
    if edits is None:
        return
    made = edited(page.source, edits)
    assert_kept(text, made)
    name = entry.key.text
    assert said(made) == changed(said(text), (name,), lambda holder, step: holder.__setitem__(step, list(values)))


@given(front_matters(), st.data())
def test_a_field_less_is_that_field_less_alone(text: str, data: st.DataObject) -> None:
    page = READER.read("docs/x.md", "x.md", text.encode())
    if page.front_matter.fields is None:
        return
    entry = data.draw(st.sampled_from(page.front_matter.fields.entries))
    edits = remove_entry(page, entry)
    if edits is None:
        return
    made = edited(page.source, edits)
    assert_kept(text, made)
    assert said(made) == changed(said(text), (entry.key.text,), lambda holder, step: holder.__delitem__(step))
