from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.content.source import SIZE_LIMIT, SourceText, Span, UnreadableText, decode

TEXT = st.text(alphabet=st.sampled_from("ab \t\r\n\u2028\u0085é😀"), max_size=60)


@given(TEXT, st.integers(min_value=0, max_value=60))
def test_a_position_points_at_the_character_it_names(text: str, offset: int) -> None:
    source = SourceText(text)
    offset = min(offset, len(text))
    line, column = source.position(offset)
    assert text.split("\n")[line - 1][column - 1 : column] == text[offset : offset + 1].replace("\n", "")


@given(TEXT)
def test_lines_are_those_of_git(text: str) -> None:
    source = SourceText(text)
    assert [source.line(n + 1) for n in range(len(source.line_starts))] == [
        line.removesuffix("\r") for line in text.split("\n")
    ]


def test_an_offset_outside_of_the_text_is_its_nearest_end() -> None:
    source = SourceText("ab\nc")
    assert source.position(99) == (2, 2)
    assert source.position(-1) == (1, 1)


def test_a_byte_order_mark_is_no_text() -> None:
    source = decode(b"\xef\xbb\xbf---\n")
    assert source.text == "---\n"
    assert source.byte_order_mark


@pytest.mark.parametrize(
    ("data", "kind", "span"),
    [
        ("é\ncaf".encode() + b"\xe9 x", "not-utf-8", Span(5, 6)),
        (b"\xef\xbb\xbfa\xff", "not-utf-8", Span(1, 2)),
        (b"ab\0c", "nul", Span(2, 3)),
        (b"x" * (SIZE_LIMIT + 1), "too-large", Span(0, 0)),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, kind: str, span: Span) -> None:
    with pytest.raises(UnreadableText) as caught:
        decode(data)
    assert (caught.value.kind, caught.value.span) == (kind, span)


def test_a_span_covers_what_lies_within() -> None:
    assert Span(2, 5).covers(Span(2, 5))
    assert not Span(2, 5).covers(Span(4, 6))
