"""Front matter against a schema: every violation, at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.content.front_matter import read_front_matter
from algokader_lint.content.validation import make_validator, validate
from algokader_lint.knowledge import ContentType

SCHEMA = ContentType.model_validate(
    {
        "type": "boek",
        "label": {"nl": {"one": "boek", "many": "boeken"}, "en": {"one": "book", "many": "books"}},
        "files": [{"glob": "*.md"}],
        "fields": {
            "titel": {"kind": "text", "max-words": 3, "no-final-stop": True, "abbreviations": ["enz"]},
            "isbn": {"kind": "text", "required": True, "pattern": r"\d-\d"},
            "taal": {"kind": "choices", "expected": True, "values": ["nl", "en"], "single": True},
            "vorm": {"kind": "choices", "values": ["los", "vast"]},
            "label": {"kind": "choices", "values": ["vorm-los"], "over": ["taal", "vorm"]},
            "zie": {"kind": "references", "to": "boek", "required": True},
            "codes": {"kind": "codes", "frameworks": {"X": r"\d\.\d\d", "Y": r"[A-Z]+"}},
            "los": {"kind": "any"},
        },
    }
)
VALIDATOR = make_validator(SCHEMA)
COMPLETE = "isbn: '1-2'\ntaal: nl\nzie: [a]\n"


def violations(yaml: str) -> list[tuple[str, str, str]]:
    """Kind, field and the text at the place of each violation."""
    text = f"---\n{yaml}---\n"
    found = validate(read_front_matter(text), SCHEMA, VALIDATOR)
    return [(v.kind, v.field, text[v.span.start : v.span.end]) for v in found]


def test_what_is_complete_is_in_order() -> None:
    assert violations(COMPLETE) == []
    assert (
        violations(COMPLETE + "titel: Een enz.\nvorm: [los, vast]\nlos: {a: 1}\ncodes: {X: '1.10', Y: [A, B]}\n") == []
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("vorm:\n- los\n- zie:\n- a\n", [("dashed-field", "zie", "zie")]),
        ("vorm:\n- los\n- zie:\n  - a\n", [("dashed-field", "zie", "zie")]),
        ("vorm: [los, zie: [a]]\n", [("dashed-field", "zie", "zie")]),
        ("vorm:\n- zie:\n- a\n- titel: x\n- b\n", [("dashed-field", "zie", "zie"), ("dashed-field", "titel", "titel")]),
        ("vorm:\n- zie:\n", [("dashed-field", "zie", "zie"), ("empty-list", "zie", "zie")]),
        ("vorm:\n- zie:\n- a\nzie: [b]\n", [("nested", "vorm", "zie:"), ("unknown-value", "vorm", "a")]),
        ("vorm:\n- ziet:\n- los\nzie: [b]\n", [("nested", "vorm", "ziet:")]),
    ],
)
def test_a_field_with_a_dash_before_it(lines: str, expected: list[tuple[str, str, str]]) -> None:
    assert violations(f"isbn: '1-2'\ntaal: nl\n{lines}") == expected


def test_what_is_missing_stands_at_the_opening() -> None:
    assert violations("los: x\n") == [
        ("missing", "isbn", "---"),
        ("missing-expected", "taal", "---"),
        ("missing", "zie", "---"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("boeken: x", [("unknown-field", "boeken", "boeken")]),
        ("titel: een twee drie vier.", [("too-long", "titel", "een twee drie vier."), ("final-stop", "titel", ".")]),
        ('titel: "Een titel."', [("final-stop", "titel", ".")]),
        ("titel: Een titel...", []),
        ("titel: Boeken e.d.", []),
        ("titel: 2024", [("not-text", "titel", "2024")]),
        ("titel: no", [("not-text", "titel", "no")]),
        ("titel:", [("empty", "titel", ":")]),
        ("titel: [a]", [("list-for-text", "titel", "[a]")]),
        ("titel: {a: b}", [("mapping-for-text", "titel", "{a: b}")]),
        ("vorm: los", [("text-for-list", "vorm", "los")]),
        ("vorm: los, vast", [("commas-for-list", "vorm", "los, vast")]),
        ("vorm: {los: x}", [("mapping-for-list", "vorm", "{los: x}")]),
        ("vorm: [[los]]", [("nested", "vorm", "[los]")]),
        ("vorm: [lso]", [("unknown-value", "vorm", "lso")]),
        ("vorm: ['los, vast']", [("commas-for-list", "vorm", "'los, vast'")]),
        ("vorm: [los, vast, los]", [("duplicate", "vorm", "los")]),
        ("vorm:\n- los\n-", [("null-item", "vorm", "-")]),
        ("codes: {X: ['1.10', '']}", [("null-item", "codes", "''")]),
        ("codes: {X: [['1.10']]}", [("nested", "codes", "['1.10']")]),
        ("vorm:", [("empty-labels", "vorm", ":")]),
        ("label: [vorm-los]", []),
        ("label: [taal-nl]", [("bad-expression", "label", "taal-nl")]),
        ('label: [\'"taal-nl" && ("vorm-los" || !"vorm-vast")\']', []),
        ("label: ['(\"taal-nl\"']", [("bad-expression", "label", "'(\"taal-nl\"'")]),
        ('label: [\'"taal-nl" "vorm-los"\']', [("bad-expression", "label", '\'"taal-nl" "vorm-los"\'')]),
        ("label: ['\"taal-nl\" &&']", [("bad-expression", "label", "'\"taal-nl\" &&'")]),
        ("label: ['\"taal-nl']", [("bad-expression", "label", "'\"taal-nl'")]),
        ("label: ['!\"taal-nl\")']", [("bad-expression", "label", "'!\"taal-nl\")'")]),
        ("label: [taal-fr]", [("unknown-label", "label", "taal-fr")]),
        ('label: [\'"taal-nl" && "x"\']', [("unknown-label", "label", '\'"taal-nl" && "x"\'')]),
        ("codes: [X]", [("frameworks-expected", "codes", "[X]")]),
        ("codes: {Z: [a, b]}", [("unknown-framework", "codes", "Z")]),
        ("codes: {X: 1.1}", [("bad-code", "codes", "1.1")]),
        ("codes: {X: 2.10}", [("lost-zero", "codes", "2.10")]),
        ("codes: {X: 2.15}", []),
        ("codes: {Y: [A, A]}", [("duplicate", "codes", "A")]),
        ("codes:", []),
        ("codes: []", []),
        ("codes: {X: , Y: []}", []),
    ],
)
def test_violations(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert violations(f"{COMPLETE}{line}\n") == expected


def test_references_are_lists_of_text() -> None:
    assert violations("isbn: '1-2'\ntaal: nl\nzie: [a, 'b, c', 3, a]\n") == [
        ("commas-for-list", "zie", "'b, c'"),
        ("not-text", "zie", "3"),
        ("duplicate", "zie", "a"),
    ]
    assert violations("isbn: '1-2'\ntaal: nl\nzie: ''\n") == [("empty-list", "zie", "''")]


def test_an_empty_list_that_need_not_be_there() -> None:
    assert violations("isbn: '1-2'\nzie: [a]\ntaal:\n") == [("empty-optional-list", "taal", ":")]


VALUES = ["", "a", "[a, b]", "{a: b}", "'a.'", "3", "~", "[[a]]", "[null]", "{X: [1.1, []]}", "[]", "{}"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*SCHEMA.fields, "x"]),
            st.sampled_from(
                ["", "a", "[a, b]", "{a: b}", "'a.'", "3", "~", "[[a]]", "[null]", "{X: [1.1, []]}", "[]", "{}"]
            ),
        ),
        max_size=9,
    )
)
def test_any_front_matter_is_judged(fields: list[tuple[str, str]]) -> None:
    text = "---\n" + "".join(f"{name}: {value}\n" for name, value in fields) + "los: 1\n---\n"
    for violation in validate(read_front_matter(text), SCHEMA, VALIDATOR):
        assert 0 <= violation.span.start <= violation.span.end <= len(text)
