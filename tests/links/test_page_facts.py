"""What a page says of itself, however odd it is."""

from __future__ import annotations

import time

import pytest

from algokader_lint.links.page_facts import PageFacts, read_page


def facts(body: bytes, charset: str = "", *, anchors: bool = False) -> PageFacts:
    return read_page(body, whole=True, encoding="", charset=charset, anchors=anchors)


@pytest.mark.parametrize("charset", ["", "utf-8", "UTF8", "l1", "windows-1252", "us-ascii", "Shift_JIS", "gb2312", "x"])
def test_a_page_is_read_in_the_charset_that_it_names(charset: str) -> None:
    assert facts(b"<title>Wet</title>", charset).title == "Wet"


def test_letters_are_those_of_the_charset() -> None:
    assert facts("<title>Beëindigd</title>".encode("cp1252"), "windows-1252").title == "Beëindigd"
    assert facts("<title>Beëindigd</title>".encode("utf-16"), "utf-16").title == "Beëindigd"


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "utf-7", "idna", "hex", "undefined"])
def test_a_charset_that_is_none_of_pages_is_not_used(charset: str) -> None:
    facts(rb"<title>404 \ud800 +2AA-</title>", charset).title.encode()  # half a character has no bytes


def test_a_charset_cannot_hold_the_run() -> None:
    began = time.monotonic()
    facts(b"xn--" + b"a" * 200_000, "punycode")
    assert time.monotonic() - began < 1


def test_what_the_parser_cannot_read_ends_the_page_and_no_more() -> None:
    found = facts(b"<title>Wet</title><p id=een><![<![<![ <p id=twee>", anchors=True)
    assert found.title == "Wet"
    assert "een" in found.anchors
