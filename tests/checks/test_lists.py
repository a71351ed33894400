"""Lists that are none on the site, or not where they were meant: what is found, and what a repair makes of it."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from algokader_lint.checks import PageCheck
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site
from algokader_lint.content.source import Position
from algokader_lint.finding import Finding
from algokader_lint.fix import edited
from algokader_lint.selection import Choice, choose
from tests.content.rendering import Renderer
from tests.sites_in_tests import SITES, knowledge, open_folder

NBSP = "\u00a0"


@cache
def site() -> Site:
    return open_folder(SITES / "minimaal")


@cache
def _active(code: str) -> tuple[PageCheck, Any]:
    (active,) = choose(knowledge(), Choice(pack="basis", select=[code]))
    assert isinstance(active.kind, PageCheck)
    return active.kind, active.options


def found(code: str, text: str) -> list[Finding]:
    page = PageReader(knowledge().types).read("docs/x.md", "x.md", text.encode())
    check, options = _active(code)
    return list(check.run(site(), page, options))


def places(code: str, text: str) -> list[Position]:
    page = PageReader(knowledge().types).read("docs/x.md", "x.md", text.encode())
    return [page.source.position(finding.span.start) for finding in found(code, text)]


def repaired(code: str, text: str) -> str:
    """A text with all repairs, one finding at a time; nothing more is found in it that can be repaired."""
    for _ in range(9):
        fix = next((finding.fix for finding in found(code, text) if finding.fix is not None), None)
        if fix is None:
            return text
        assert fix.safe
        page = PageReader(knowledge().types).read("docs/x.md", "x.md", text.encode())
        text = edited(page.source, fix.edits)
    raise AssertionError(f"no end of repairs: {text!r}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tekst:\n- a\n", 2),
        ("tekst\n- a\n- b", 2),
        ("tekst\n* a\n* b\n", 2),
        ("tekst\n+ a\n+ b\n", 2),
        ("tekst\n1. a\n2. b\n", 2),
        ("tekst\n1. a\n1. b\n", 2),
        ("tekst\nmeer:\n1. a\n", 3),
        (f"tekst:\n{NBSP}\n- a\n- b\n", 3),
        ("**tekst:**\n- a\n", 2),
        ("tekst\n  - a\n  - b\n", 2),
        ("- punt\n\ntekst:\n- a\n", 4),
        ("!!! note\n    tekst:\n    - a\n", 3),
        ('??? note "x"\n\n\ttekst:\n\t- a\n', 4),
        ('=== "x"\n    tekst\n    - a\n    - b\n', 3),
        ("> tekst:\n> - a\n", 2),
        ("[^1]: tekst:\n    - a\n", 2),
        ('<div markdown="1">\ntekst:\n- a\n</div>\n', 3),
        ("- a\n\n    tekst:\n        - b\n", 4),
        ("één – twee:\n- [a](b.md)\n- `c`", 2),
        ("- a\n\n\ntekst:\n- b <!-- c -->\n", 5),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_list_under_a_line_of_text(text: str, line: int, line_end: str) -> None:
    assert [place.line for place in places("AK406", text.replace("\n", line_end))] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tekst",
        "tekst\n\n- a\n- b\n",
        "## Kop\n- a\n- b\n",
        "<!-- x -->\n- a\n- b\n",
        "- a\n- b\n",
        "- a\ntekst\n- b\n",
        "1. a\n* b\n",
        "- a\n    - b\n",
        "- a\n\n    - b\n",
        "tekst\n- en zo verder",
        "tekst\n* een noot",
        "in\n2024. Daarna",
        "in\n12. en\n13. x",
        "tekst\n-a\n-b\n",
        "tekst\n1) a\n2) b\n",
        "tekst:\n**a** b\n",
        "```\ntekst:\n- a\n```\n",
        "    tekst:\n    - a\n",
        "<!--\ntekst:\n- a\n- b\n-->\n",
        "<div>\ntekst:\n- a\n- b\n</div>\n",
        "tekst:\n---\n",
        "| a |\n|---|\n| - b |\n",
        "tekst\n\n---\n- a\n",
        "*[afk]: tekst:\n- a\n",
        "- tekst:\n    - a\n",
        "tekst\n***\n- a\n",
    ],
)
def test_what_is_no_list_or_is_one(text: str) -> None:
    assert found("AK406", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tekst:\n- a\n- b\n", "tekst:\n\n- a\n- b\n"),
        ("tekst:\r\n- a\r\n- b", "tekst:\r\n\r\n- a\r\n- b"),
        ("> tekst:\n> - a\n", "> tekst:\n>\n> - a\n"),
        ("> > tekst:\n> > - a\n> > - b\n", "> > tekst:\n> >\n> > - a\n> > - b\n"),
        (f"tekst:\n{NBSP}\n- a\n", f"tekst:\n{NBSP}\n\n- a\n"),
        ("!!! note\n    tekst:\n    - a\n", "!!! note\n    tekst:\n\n    - a\n"),
        ("tekst:\n- a\n  meer\n- b\n", "tekst:\n\n- a\n  meer\n- b\n"),
        ("tekst:\n- a\n- b\nmeer\n", None),  # does this line belong to the point?
        ("tekst:\n- a\n    - b\n- c\n", "tekst:\n\n- a\n    - b\n- c\n"),
    ],
)
def test_a_blank_line_is_put_above_a_list(text: str, expected: str | None) -> None:
    assert repaired("AK406", text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  - b\n", "- a\n    - b\n"),
        ("- a\n   - b\n  - c\n- d\n", "- a\n    - b\n    - c\n- d\n"),
        ("1. a\n   - b\n   - c\n2. d\n   - e\n", "1. a\n    - b\n    - c\n2. d\n    - e\n"),
        ("- a\n\n  - b\n\n  - c\n\n- d\n", "- a\n\n    - b\n\n    - c\n\n- d\n"),
        ("- a\n  - b\n    - c\n      - d\n", "- a\n    - b\n        - c\n            - d\n"),
        ("- a\n  - b\n    meer\n- c\n", "- a\n    - b\n      meer\n- c\n"),
        ("- a\n  - b\nmeer\n- c\n", "- a\n    - b\nmeer\n- c\n"),
        ("- a\n    - b\n      - c\n", "- a\n    - b\n        - c\n"),
        ("!!! note\n    - a\n      - b\n", "!!! note\n    - a\n        - b\n"),
        ("> - a\n>   - b\n", "> - a\n>     - b\n"),
        ("- a\r\n  - b\r\n", "- a\r\n    - b\r\n"),
        ("[^1]: x\n\n    - a\n      - b\n", "[^1]: x\n\n    - a\n        - b\n"),
        ("- - a\n  - b\n", "- - a\n    - b\n"),
        ("- [a](b.md)\n  - `c`", "- [a](b.md)\n    - `c`"),
    ],
)
def test_a_point_is_moved_under_the_one_above(text: str, expected: str) -> None:
    assert len(found("AK412", text)) == (2 if text.startswith("1.") else 1)
    assert repaired("AK412", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n    - b\n",
        "- a\n - b\n",
        " - a\n  - b\n",
        "- a\n\n    - b\n    - c\n",
        "1. a\n  2. b\n",
        "- a\n\ntekst\n\n  - b\n",
        "```\n- a\n  - b\n```\n",
        "- a\n\t- b\n",
        "  - a\n  - b\n",
        "<!--\n- a\n  - b\n-->\n",
        "tekst\n- a\n  - b\n",
        "- a\n  b\n",
        "<ul>\n<li>a\n  <li>b\n</ul>\n",
    ],
)
def test_what_stands_where_it_was_meant(text: str) -> None:
    assert found("AK412", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("•\ta\n\n•\tb\n", "- a\n\n- b\n"),
        ("tekst:\n• a\n• b\n", "tekst:\n\n- a\n- b\n"),
        ("tekst:\r\n•\ta\r\n•\tb", "tekst:\r\n\r\n- a\r\n- b"),
        ("• a", "- a"),
        ("•a\n•b\n", "- a\n- b\n"),
        (f"•{NBSP}a\n", "- a\n"),
        ("– a\n– b\n", "- a\n- b\n"),
        ("o\ta\no\tb\n", "- a\n- b\n"),
        ("－ a\n－ b\n", "- a\n- b\n"),
        ("> • a\n> • b\n", "> - a\n> - b\n"),
        ("!!! note\n    • a\n    • b\n", "!!! note\n    - a\n    - b\n"),
        ("• a\nmeer\n• b\n", None),
        ("• a\n– b\n", None),
        ("1. a\n\n    • b\n    • c\n", "1. a\n\n    - b\n    - c\n"),
    ],
)
def test_pasted_points_become_a_list(text: str, expected: str | None) -> None:
    assert len(found("AK410", text)) == 1
    assert repaired("AK410", text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a • b",
        "– a",
        "tekst\n– zo ging het",
        "– a\n\ntekst\n\n– b",
        "o a\no b\n",
        "o ja\n",
        "```\n• a\n```\n",
        "    • a\n",
        "| • a |\n|---|\n| b |\n",
        "<!-- • a -->",
        "## • a\n",
        "<div>\n• a\n</div>\n",
        "[• a](b.md)",
        "–a\n–b\n",
        "•\n",
        "- • a\n",
    ],
)
def test_what_no_list_was_pasted_in(text: str) -> None:
    assert found("AK410", text) == []


@pytest.mark.parametrize("code", ["AK406", "AK410", "AK412"])
@pytest.mark.parametrize(
    "piece", ["- ", "- a\n  - b\n", "a:\n- b\n", "•", "• a\n", "• a\n\n", "– ", "  - a\n", "a\n1. ", "a:\n- b\n\n"]
)
def test_hostile_text_costs_little(code: str, piece: str) -> None:
    text = piece * (5_000 // len(piece))
    started = time.process_time()
    assert all(finding.span.start < finding.span.end <= len(text) for finding in found(code, text))
    assert time.process_time() - started < 3


_LINES = st.lists(
    st.sampled_from(
        [
            "tekst:",
            "tekst",
            "- a",
            "  - b",
            "   - c",
            "    - d",
            "      - e",
            "1. f",
            "2. g",
            "   h",
            "• i",
            "  • j",
            "– k",
            "",
            "",
            "!!! note",
            "> - l",
            "> m:",
            "## Kop",
            "    tekst:",
        ]
    ),
    max_size=9,
)


@cache
def _renderer() -> Renderer:
    return Renderer()


@given(_LINES, st.sampled_from(["AK406", "AK410", "AK412"]), st.sampled_from(["\n", "\r\n"]))
def test_a_repair_loses_nothing(lines: list[str], code: str, line_end: str) -> None:
    text = line_end.join(lines)
    after = repaired(code, text)
    assert after.count("\r") == after.count("\n") * (line_end == "\r\n")
    points = len(_renderer().render(text).items)
    shown = _renderer().render(after)
    assert len(shown.items) >= points
    letters = sorted(filter(str.isalpha, after.replace("!!! note", "")))
    assert letters == sorted(filter(str.isalpha, text.replace("!!! note", "")))


def test_how_far_a_point_is_from_the_one_above_it_is_told() -> None:
    (problem,) = found("AK412", "- a\n\n    - b\n      - c\n")
    assert problem.values == {"spaces": "2"}


@pytest.mark.parametrize(
    ("text", "times"),
    [("- a\n  1. b\n", 1), ("1. a\n  - b\n", 1), ("tekst\n\n7. a\n  8. b\n", 0), ("tekst\n\n7. a\n  1. b\n", 1)],
)
def test_a_number_that_goes_on_stands_beside_the_one_above_it(text: str, times: int) -> None:
    assert len(found("AK412", text)) == times
