from __future__ import annotations

import time

import pytest

from algokader_lint.checks.boxes import BodyOptions, OpeningOptions, body_indented, opening_formed
from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.tables import stray_bar
from tests.checks.pages import Bench, html, options_of

BENCH = Bench()
BODY = options_of("AK407", BodyOptions)
OPENING = options_of("AK414", OpeningOptions)


def outside(text: str) -> list[str]:
    return BENCH.told(body_indented, BODY, text)


def moved(text: str) -> str:
    return BENCH.repaired(body_indented, BODY, text, unsafe=True)


def depth(text: str, shown: str) -> int:
    """In how many boxes Python-Markdown shows a text."""
    made = html(text)
    before = made[: made.index(shown.removeprefix("- "))]
    return sum(before.count(f"<{tag}") - before.count(f"</{tag}") for tag in ("div", "details"))


@pytest.mark.parametrize(
    ("text", "told", "after"),
    [
        ('!!! tip "A"\nTekst.\n', "Tekst.", '!!! tip "A"\n    Tekst.\n'),
        ('!!! tip "A"\r\nTekst.\r\nMeer.\r\n', "Tekst.", '!!! tip "A"\r\n    Tekst.\r\n    Meer.\r\n'),
        ('!!! tip "A"\n- appel\n    - b\n', "- appel", '!!! tip "A"\n    - appel\n        - b\n'),
        ('!!! tip "A"\n  - appel\n    - b\n', "- appel", '!!! tip "A"\n    - appel\n        - b\n'),
        ('!!! tip "A"\n\n  Tekst.\n', "Tekst.", '!!! tip "A"\n\n    Tekst.\n'),
        ('!!! tip "A"\n\n   é\n  b\n', "é", '!!! tip "A"\n\n    é\n    b\n'),
        ('??? note "A"\n\nTekst.', "Tekst.", '??? note "A"\n\n    Tekst.'),
        (
            '??? note "A"\n<!-- list_vereisten -->',
            "<!-- list_vereisten -->",
            '??? note "A"\n    <!-- list_vereisten -->',
        ),
        ('=== "A"\nTekst.\n\n=== "B"\n    Tekst.\n', "Tekst.", '=== "A"\n    Tekst.\n\n=== "B"\n    Tekst.\n'),
        ('!!! example "A"\n\nTekst.\n', "Tekst.", '!!! example "A"\n\n    Tekst.\n'),
        (
            '!!! example "A"\n<!-- uitleg -->\n\tTekst.\n',
            "Tekst.",
            '!!! example "A"\n    <!-- uitleg -->\n\tTekst.\n',
        ),
        (
            '!!! tip "A"\n    ??? note "B"\n    Tekst.\n',
            "Tekst.",
            '!!! tip "A"\n    ??? note "B"\n        Tekst.\n',
        ),
        (
            '!!! tip "A"\n\n    a\n\n??? note "B"\n\nTekst.\n',
            "Tekst.",
            '!!! tip "A"\n\n    a\n\n??? note "B"\n\n    Tekst.\n',
        ),
    ],
)
def test_a_body_outside_of_its_box_and_what_brings_it_in(text: str, told: str, after: str) -> None:
    assert outside(text) == [told]
    assert moved(text) == after
    assert outside(after) == []
    assert depth(after, told) > depth(text, told)


@pytest.mark.parametrize(
    "text",
    [
        '!!! tip "A"\n    Tekst.\n',
        '!!! tip "A"\n\n    Tekst.\n\nDaarna.\n',
        '!!! tip "A"\n\tTekst.\n\n       Meer.\n',
        '!!! info "Deze pagina is nog niet af"\n\nTekst.\n',
        '!!! info "Deze pagina is nog niet af"\n## Kop\n\nTekst.\n',
        '!!! example "A"\n\n## Kop\n',
        '!!! example "A"\n!!! example "B"\n    Tekst.\n',
        '??? note "A"\n',
        '??? note "A"',
        '!!! tip "A"\n<!-- uitleg -->\n\nTekst.\n',
        '```md\n!!! tip "A"\nTekst.\n```\n',
        '<!--\n!!! tip "A"\nTekst.\n-->\n',
        '    !!! tip "A"\n    Tekst.\n',
        '`!!! tip "A"`\nTekst.\n',
        '??? expander "Bekijk"\n    <!-- list_vereisten -->\n\n## Kop\n\nTekst.\n',
    ],
)
def test_no_body_was_meant_or_it_is_in_place(text: str) -> None:
    assert outside(text) == []
    assert moved(text) == text


def malformed(text: str) -> list[str]:
    return BENCH.told(opening_formed, OPENING, text)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ('!!! "tip" Tip', '!!! tip "Tip"'),
        ('!!! "tip" "Tip"', '!!! tip "Tip"'),
        ("!!! tip “Let hierop”", '!!! tip "Let hierop"'),
        ("!!! tip ”Let hierop”", '!!! tip "Let hierop"'),
        ("??? Note 'Meer'", '??? Note "Meer"'),
        ("???+ note „Foto's’", '???+ note "Foto\'s"'),
        ('!!! tip: "Let hierop"', '!!! tip "Let hierop"'),
        ('!!! tip "Let hierop', '!!! tip "Let hierop"'),
        ('!! tip "Let hierop"', '!!! tip "Let hierop"'),
        ('???? note "Meer"', '??? note "Meer"'),
    ],
)
def test_an_opening_that_opens_nothing(line: str, meant: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"Vooraf.{end}{end}{line}{end}{end}    Tekst.{end}"
        assert malformed(text) == [line]
        after = BENCH.repaired(opening_formed, OPENING, text)
        assert after == text.replace(line, meant)
        assert malformed(after) == []
    assert "admonition" not in html(f"{line}\n\n    Tekst.\n")
    assert "<details" not in html(f"{line}\n\n    Tekst.\n")
    assert malformed(line) == [line]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("=== Inkoop", '=== "Inkoop"'),
        ("=== “Inkoop”", '=== "Inkoop"'),
        ("!!! tip Wat kun je doen?", '!!! tip "Wat kun je doen?"'),
        ('!!! "Let hierop"', ""),
        ('!!! tip "Let hierop" { .groot }', ""),
        ('!!! tipje! "Let hierop"', ""),
        ("!!! tip { .groot }", ""),
    ],
)
def test_what_is_only_certain_with_a_body(line: str, meant: str) -> None:
    assert malformed(f"{line}\n\nTekst.\n") == []
    text = f"{line}\n\n    Tekst.\n"
    assert malformed(text) == [line if meant else f"unclear: {line}"]
    assert BENCH.repaired(opening_formed, OPENING, text) == (text.replace(line, meant) if meant else text)


@pytest.mark.parametrize(
    "text",
    [
        '!!! tip "Let hierop"\n    Tekst.\n',
        "!!! tip\n    Tekst.\n",
        "!!! tip inline end\n    Tekst.\n",
        '!!! tip let op "Titel"\n    Tekst.\n',
        "!!! eigen-soort eigen-stijl\n    Tekst.\n",
        "```\n!!! tip Let op\n```\n",
        '??? "Meer"\n    Tekst.\n',
        '=== "A"\n    Tekst.\n',
        "Let op!!! Dit mag niet.\n",
        "!!! Let op! Dit mag niet.\n",
        "?? Wat is dit\n",
        "!!!!!!\n\n    code\n",
        "Titel\n=====\n\n    code\n",
        '`!!! "tip" Tip`\n',
        '```\n!!! "tip" Tip\n```\n',
        '    !!! "tip" Tip\n',
        '<!-- !!! "tip" Tip -->\n',
        '<pre>\n!!! "tip" Tip\n</pre>\n',
        "| a |\n|---|\n| !!! |\n",
        "!!! " + "a" * 5000 + "?\n\n    code\n",
    ],
)
def test_what_is_no_opening(text: str) -> None:
    assert malformed(text) == []


@pytest.mark.parametrize(
    ("line", "told", "after"),
    [
        ("!!! tip Let hierop", "lost-title: Let hierop", '!!! tip "Let hierop"'),
        ("???+ note  Meer over inkoop ", "lost-title: Meer over inkoop", '???+ note  "Meer over inkoop" '),
        ("- !!! tip inline end En nu", "lost-title: En nu", '- !!! tip inline end "En nu"'),
        ("> ??? expander Één", "lost-title: Één", '> ??? expander "Één"'),
        ("!!! tip let op", "perhaps-title: let op", "!!! tip let op"),
        ("!!! tip\tLet hierop", "lost-title: Let hierop", '!!! tip\t"Let hierop"'),
        ("!!! tip Inline End En nu", "lost-title: En nu", '!!! tip Inline End "En nu"'),
        ("!!! Let op", "no-type: op", "!!! Let op"),
        ("!!! Let Op", "no-type: Op", "!!! Let Op"),
    ],
)
def test_a_title_that_is_taken_for_styles(line: str, told: str, after: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"Vooraf.{end}{end}{line}{end}"
        assert malformed(text) == [told]
        assert BENCH.repaired(opening_formed, OPENING, text) == text.replace(line, after)
    assert f">{told.partition(': ')[2]}<" not in html(line)
    assert malformed(line) == [told]
    if after != line:
        assert f">{told.partition(': ')[2]}<" in html(after)
        assert malformed(after) == []


def bars(text: str) -> list[str]:
    return BENCH.told(stray_bar, NoOptions(), text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- [a](b.md) |\n- c\n", ["|"]),
        ("Tekst|\r\nMeer |  \r\n", ["|", "|"]),
        ("> Tekst |", ["|"]),
        ("!!! tip\n    é |\n", ["|"]),
        ("Wie:\n| a | b |\n|---|---|\n| c | d |\n", ["table: | a | b |"]),
        ("| a | b |\n|---|---|\n| c | d |\n", []),
        ("| a | b |\n| c | d |\n| e | f |\n", ["no-delimiters: | a | b |"]),
        ("Wie:\r\na | b |\r\nc | d |\r\nDaarna |", ["no-delimiters: a | b |", "|"]),
        ("| a | b |\n\nTekst.\n\n| `|` \\| c |\n", ["loose-row: | a | b |", "loose-row: | `|` \\| c |"]),
        ("Wie:\n| a | b |\n", ["|"]),
        ("> | a |\r\n> |---|\r\n> | b |\r\n>\r\n> | é |\r\n", ["loose-row: | é |"]),
        ("| a |\n\n|---|\n| b |\n", ["loose-row: | a |", "table: |---|"]),
        ("> | é | b |\n> | c | d |", ["no-delimiters: | é | b |"]),
        ("- x\n\n    | a | b |\n    |---|---|\n    | c | d |\n", []),
        ("a | b\n--- | ---\nc | d |\n", []),
        ("`a |`\n\n    a |\n\n```\na |\n```\n", []),
        ("<!-- a | -->\n\n<div>\na |\n</div>\n", []),
        ("a \\|\n\na ||\n\n## Kop |\n", []),
        ("", []),
    ],
)
def test_bars(text: str, told: list[str]) -> None:
    assert bars(text) == told


def test_the_row_that_a_table_lacks_makes_it_one() -> None:
    for head in ("| a | b | c |", "a | b | c |", "| a | `|` \\| c | b"):
        text = f"{head}\n| x | y | z |\n"
        (found,) = BENCH.findings(stray_bar, NoOptions(), text)
        assert "<table>" in html(text.replace("\n", f"\n{found.values['row']}\n", 1)), head


@pytest.mark.parametrize(
    "piece",
    [
        '!!! tip "A"\na\n',
        "| a | b |\n",
        "!!! tip a b\n\n",
        "- ??? tip A b\n",
        '!!! "tip" a\n',
        "`a` |\n",
        "!! `a`\n",
        "=== a\n",
        '??? note "A"\n\n',
        "| a |\n",
        "|-",
        '!!! "a" \'',
        "- !!! a\n",
    ],
)
def test_hostile_text_costs_little(piece: str) -> None:
    page = BENCH.page(piece * (15_000 // len(piece)))
    started = time.process_time()
    list(body_indented(BENCH.site, page, BODY))
    list(opening_formed(BENCH.site, page, OPENING))
    list(stray_bar(BENCH.site, page, NoOptions()))
    assert time.process_time() - started < 0.8
