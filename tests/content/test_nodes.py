from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.content.nodes import Mapping, Node, Scalar, Sequence, compose, scalars
from algokader_lint.content.source import Span
from algokader_lint.content.yaml_problem import YamlProblem

# Behind U+0085, which libyaml counts as a line break, `...` and `---` end the document even between quotes.
WORD = st.text(alphabet=st.sampled_from("abé😀-0.\u2028\u0085"), min_size=1, max_size=8).filter(
    lambda word: "..." not in word and "---" not in word
)


def tree_of(text: str) -> Mapping:
    node = compose(text)
    assert isinstance(node, Mapping)
    return node


def walk(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in walk(item)]
    return [scalar for entry in node.entries for part in entry for scalar in walk(part)]


@given(
    st.lists(st.tuples(WORD, st.lists(WORD, min_size=1, max_size=3)), min_size=1, max_size=4),
    st.sampled_from("\n \r\n"),
)
def test_a_quoted_scalar_is_where_its_span_says(fields: list[tuple[str, list[str]]], newline: str) -> None:
    end = "\r\n" if newline == "\r" else "\n"
    lines = []
    for number, (_, items) in enumerate(fields):
        lines.append(f"k{number}: # c")
        lines.extend(f'  - "{item}"' for item in items)
    text = end.join(lines) + end
    wanted = [item for _, items in fields for item in items]
    found = [scalar for scalar in walk(tree_of(text)) if not scalar.plain]
    assert [text[scalar.span.start : scalar.span.end] for scalar in found] == [f'"{item}"' for item in wanted]


def test_plain_values_keep_their_text_and_what_yaml_takes_them_for() -> None:
    node = tree_of("a: 2.10\nb: no\nc: 010\nd: ~\ne:\nf: 2024-01-02\ng: tekst\nh: '2.10'\n")
    found = {key.text: value for key, value in node.entries}
    kinds = {name: (value.text, value.kind, value.plain) for name, value in found.items() if isinstance(value, Scalar)}
    assert kinds == {
        "a": ("2.10", "float", True),
        "b": ("no", "bool", True),
        "c": ("010", "int", True),
        "d": ("~", "null", True),
        "e": ("", "null", True),
        "f": ("2024-01-02", "timestamp", True),
        "g": ("tekst", "text", True),
        "h": ("2.10", "text", False),
    }


def test_collections_end_where_their_last_value_ends() -> None:
    text = "a:\n- x # c\n- y\n\n# d\nb: [p, 'q']   \n"
    spans = [text[value.span.start : value.span.end] for _, value in tree_of(text).entries]
    assert spans == ["- x # c\n- y", "[p, 'q']"]


def test_an_empty_item_is_shown_at_its_dash() -> None:
    text = "a:\n- x\n-\nb:\n"
    empty = [scalar for scalar in walk(tree_of(text)) if scalar.kind == "null"]
    assert [text[scalar.span.start : scalar.span.end] for scalar in empty] == ["-", ":"]
    assert [empty[0].span.start, empty[1].span.start] == [text.index("-\n"), text.index(":\n", 8)]


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("title: a: b\n", "colon", 8),
        ("a:\n\t- x\n", "tab", 3),
        ("a: @x\n", "special-character", 3),
        ("a: 'x\nb: 2\n", "open-quote", 3),
        ("a: [x\nb: y\n", "open-bracket", 3),
        ("a: b\ntekst\n", "no-colon", 5),
        ("a:\n  - b\n - c\n", "indentation", 10),
        ('a: "x" y\n', "text-after-quote", 7),
        ('a: "x\nb:\n- "y"\n', "open-quote", 3),
        ("a: 'x\nb: 'y'\n", "open-quote", 3),
        ("a: 's x\nb: de 'y' z\n", "open-quote", 3),
        ("a: 'x\n  y' z\n", "text-after-quote", 11),
        ('a: "x"\nb: "y" z\n', "text-after-quote", 14),
        ('a: ""\nb: "y" z\n', "text-after-quote", 13),
        ("title:Inkoop\nid: x\n", "no-colon", 0),
        ("a: **x** y\n", "special-character", 3),
        ("a: - x\n", "special-character", 3),
        ("a: [x] y\n", "text-after-quote", 7),
        ("a: |x\n", "special-character", 3),
        ("a: x\n- y\n", "indentation", 5),
        ("a: *x\n", "alias", 3),
        ("a: &x y\n", "alias", 3),
        ("a: !!python/object:os.system x\n", "tag", 3),
        ("a: !eigen x\n", "tag", 3),
        ("? [a]\n: b\n", "key", 2),
        ("--- a\n--- b\n", "second-document", 6),
        ("a: 2024-13-45\n", "impossible-value", 3),
        ("a: \x07\n", "control-character", 3),
    ],
)
def test_what_is_no_yaml_has_a_kind_and_a_place(text: str, kind: str, at: int) -> None:
    with pytest.raises(YamlProblem) as caught:
        compose(text, offset=100)
    assert (caught.value.kind, caught.value.offset) == (kind, 100 + at)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    started = time.process_time()
    with pytest.raises(YamlProblem, match="nesting"):
        compose("a: " + opening * 100_000 if opening != "- " else opening * 100_000)
    assert time.process_time() - started < 2


def test_lenient_reading_passes_tags_and_aliases() -> None:
    node = compose("a: !ENV [X, y]\nb: !!python/name:os.system\nc: &d z\ne: *d\n", lenient=True)
    assert isinstance(node, Mapping)
    values = node.get("e")
    assert isinstance(values, Scalar)
    assert values.kind == "null"
    assert [scalar.text for scalar in scalars(node.get("a"))] == ["X", "y"]


@given(st.text(alphabet=st.sampled_from("ab:-[]{}'\"#&*!|>%@`,? \t\r\n\x00\x07\u2028"), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        node = compose(text)
    except YamlProblem as problem:
        place = Span(problem.offset, problem.offset)
        assert Span(0, len(text)).covers(place)
        return
    if node is not None:
        assert all(0 <= scalar.span.start <= scalar.span.end <= len(text) for scalar in walk(node))
    yaml.load(text, Loader=yaml.CSafeLoader)
