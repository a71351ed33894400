from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.content.front_matter import FRONT_MATTER_LIMIT, read_front_matter
from algokader_lint.content.nodes import Scalar


def place_of(text: str, name: str) -> str:
    node = read_front_matter(text).get(name)
    assert node is not None
    return text[node.span.start : node.span.end]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values_are_where_their_spans_say(newline: str) -> None:
    text = newline.join(["---", "# c", "title: Een é titel  ", "lijst:", "# c", "- a", "- 'b'", "---", "", "# Kop"])
    assert place_of(text, "title") == "Een é titel"
    assert place_of(text, "lijst") == newline.join(["- a", "- 'b'"])
    assert text[read_front_matter(text).body_start :].strip() == "# Kop"


@pytest.mark.parametrize("closing", ["---", "...", "---  "])
def test_what_mkdocs_takes_for_front_matter_is_front_matter(closing: str) -> None:
    front_matter = read_front_matter(f"--- \ntitle: x\n{closing}\nTekst")
    assert front_matter.text("title") == "x"
    assert front_matter.defects == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "missing"),
        ("# Kop\n", "missing"),
        (" ---\ntitle: x\n---\n", "missing"),
        ("---\ntitle: x\n", "unclosed"),
        ("---\ntitle: x\n---- \n", "unclosed"),
        ("---\n---\n", "empty"),
        ("---\ntitle: x\n---", "no-line-break"),
        ("---\n# alleen dit\n---\n", "empty"),
        ("---\n- a\n---\n", "no-mapping"),
        ("---\nlos woord\n---\n", "no-mapping"),
        ("---\na: " + "x" * FRONT_MATTER_LIMIT + "\n---\n", "too-long"),
    ],
)
def test_what_keeps_front_matter_from_being_read_has_a_kind(text: str, kind: str) -> None:
    front_matter = read_front_matter(text)
    assert front_matter.fields is None
    assert [defect.kind for defect in front_matter.defects] == [kind]


def test_a_duplicate_key_shows_both_places_and_the_last_counts() -> None:
    text = "---\ntitle: een\nid: x\ntitle: twee\n---\n"
    front_matter = read_front_matter(text)
    (defect,) = front_matter.defects
    assert (defect.kind, defect.span.start) == ("duplicate-key", text.rindex("title"))
    assert defect.related is not None
    assert defect.related.start == text.index("title")
    assert front_matter.text("title") == "twee"


def test_other_line_breaks_do_not_shift_places() -> None:
    text = '---\ntitle: "a\u2028b\u0085c"\nid: doel\n---\n'
    assert place_of(text, "id") == "doel"


def test_an_error_behind_the_last_line_is_shown_on_the_text() -> None:
    text = "---\ntitle: x\nlos woord\n---\n"
    (defect,) = read_front_matter(text).defects
    assert text[defect.span.start : defect.span.end] == "l"


@given(st.text(alphabet=st.sampled_from("ab:-.'\"[]# \t\r\n"), max_size=50))
def test_any_text_is_read(text: str) -> None:
    for page in (text, f"---\n{text}\n---\n"):
        front_matter = read_front_matter(page)
        assert 0 <= front_matter.body_start <= len(page)
        assert all(0 <= defect.span.start <= defect.span.end <= len(page) for defect in front_matter.defects)
        for _, value in front_matter.fields.entries if front_matter.fields else ():
            if isinstance(value, Scalar) and value.plain and value.text and "\n" not in value.text:
                shown = page[value.span.start : value.span.end]
                assert shown.split() == value.text.split()
