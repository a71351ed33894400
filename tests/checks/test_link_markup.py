from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from algokader_lint.checks.link_markup import link_markup
from algokader_lint.checks.options import NoOptions
from tests.checks.pages import Bench, html
from tests.sites_in_tests import check, minimal_site

BENCH = Bench()
URL = "https://www.voorbeeld.example/a"


def told(text: str) -> list[str]:
    return BENCH.told(link_markup, NoOptions(), text)


def repaired(text: str, *, unsafe: bool = False) -> str:
    return BENCH.repaired(link_markup, NoOptions(), text, unsafe=unsafe)


SAFE = {
    f"Lees [de gids] ({URL}).": f"Lees [de gids]({URL}).",
    f"Lees [de gids]  \t({URL})": f"Lees [de gids]({URL})",
    f"Lees [de gids]\n({URL}).\n": f"Lees [de gids]({URL}).\n",
    f"Lees [de gids]\r\n({URL}).\r\n": f"Lees [de gids]({URL}).\r\n",
    f"> Lees [de gids]\n> ({URL}).\n": f"> Lees [de gids]({URL}).\n",
    f"Lees (de gids)[{URL}].": f"Lees [de gids]({URL}).",
    f"- punt\n\n    [de gids] ({URL})": f"- punt\n\n    [de gids]({URL})",
    f'!!! tip "Titel"\n    [de gids] ({URL})\n': f'!!! tip "Titel"\n    [de gids]({URL})\n',
    f'!!! tip "Zie [de gids] ({URL})"\n    Tekst\n': f'!!! tip "Zie [de gids]({URL})"\n    Tekst\n',
    f'??? note "Open"\n\tBron: [de gids] ({URL})\n': f'??? note "Open"\n\tBron: [de gids]({URL})\n',
    f'=== "Een"\n    (de gids)[{URL}]\n': f'=== "Een"\n    [de gids]({URL})\n',
    f"| a | b |\n|---|---|\n| [de gids] ({URL}) | c |\n": f"| a | b |\n|---|---|\n| [de gids]({URL}) | c |\n",
    f"a[^1]\n\n[^1]: Zie [de gids] ({URL})\n": f"a[^1]\n\n[^1]: Zie [de gids]({URL})\n",
    f"## Zie [de gids] ({URL})\n": f"## Zie [de gids]({URL})\n",
    "[Eén café] (onderwerpen/data.md)": "[Eén café](onderwerpen/data.md)",
    "(over data)[onderwerpen/data.md#data]": "[over data](onderwerpen/data.md#data)",
    f"[de gids][{URL}]": f"[de gids]({URL})",
    "> [over data][onderwerpen/data.md#data].\r\n": "> [over data](onderwerpen/data.md#data).\r\n",
    "[mail ons] (mailto:a@b.example)": "[mail ons](mailto:a@b.example)",
    f"[de *gids* van 2024] ({URL}) en (het rapport)[{URL}]": f"[de *gids* van 2024]({URL}) en [het rapport]({URL})",
}


@pytest.mark.parametrize(("text", "expected"), SAFE.items())
def test_a_safe_fix_makes_the_link_and_nothing_else(text: str, expected: str) -> None:
    assert repaired(text) == expected
    assert html(expected).count("<a ") > html(text).count("<a ")
    assert told(expected) == []
    assert re.sub(r"[\s\[\]()]+|> ", "", expected) == re.sub(r"[\s\[\]()]+|> ", "", text)


UNSAFE = {
    f"[de gids]({URL}": f"[de gids]({URL})",
    f"[de gids]({URL} is goed": f"[de gids]({URL}) is goed",
    f"[de gids({URL})": f"[de gids]({URL})",
    f"[de gids]([de gids 2]({URL})": f"[de gids]({URL})",
    f"[de gids]([de gids 2]({URL}))": f"[de gids]({URL})",
    f"[de gids]([{URL}]({URL}))": f"[de gids]({URL})",
}


@pytest.mark.parametrize(("text", "expected"), UNSAFE.items())
def test_an_unsafe_fix_is_made_only_when_asked(text: str, expected: str) -> None:
    assert repaired(text) == text
    assert repaired(text, unsafe=True) == expected
    assert told(expected) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[de gids][weg] en [x y][zz]", ["unknown-label: [de gids][weg]"]),
        ("- [de\n  gids][weg]\n\n[rapport]: a.md", ["unknown-label: [de\n  gids][weg]"]),
        ("| [de gids][weg] |\n|---|\n| [de gids][] |", ["unknown-label: [de gids][weg]", "unknown-label: [de gids][]"]),
        ("![de gids][rapprt]\n\n[Rapport]: a.md", ["misspelt-label: rapprt"]),
        ("[rapprt][]\n\n[rapport]: a.md", ["misspelt-label: rapprt"]),
        ("[de `gids`][rapprt]\n\n[rapport]: a.md", ["misspelt-label: rapprt"]),
    ],
)
def test_a_label_without_an_address(text: str, expected: list[str]) -> None:
    assert told(text) == expected
    assert repaired(text, unsafe=True) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a [b [c]({URL}) d](e.md)", [f"nested: [c]({URL})"]),
        (f"a [b [de gids][{URL}] d](e.md)", [f"bracketed: [de gids][{URL}]"]),
        (f"a [b [de gids] ({URL}) d](e.md)", [f"spaced: [de gids] ({URL})"]),
        (f"de gids]({URL})", [f"unopened: ]({URL})"]),
        (f"[de\n\ngids]({URL})", [f"unopened: ]({URL})"]),
        (f"[de gids]({URL}.", [f"unclosed: [de gids]({URL}."]),
        (f"[de gids]({URL}(x)", [f"unclosed: [de gids]({URL}"]),
        ("[de gids](zie bijlage", ["unclosed: [de gids]("]),
        (f"[de gids], p. 3( {URL})", [f"apart: [de gids], p. 3( {URL})"]),
        (f"[de gids]{URL}", [f"apart: [de gids]{URL}"]),
        (f"[de gids][{URL}(a)]", [f"bracketed: [de gids][{URL}(a)]"]),
        (f"[de gids][{URL} 'titel']", [f"bracketed: [de gids][{URL} 'titel']"]),
        ("[de gids][www.b.example]", ["bracketed: [de gids][www.b.example]"]),
        (f"Let op![de gids] ({URL})", [f"spaced: [de gids] ({URL})"]),
        (f"[`de gids`] ({URL})", [f"spaced: [`de gids`] ({URL})"]),
        (f"[![de gids](a.png)] ({URL})", [f"spaced: [![de gids](a.png)] ({URL})"]),
    ],
)
def test_what_is_told_without_a_fix(text: str, expected: list[str]) -> None:
    assert told(text) == expected
    assert repaired(text, unsafe=True) == text
    assert not expected or re.search(r"\]\(|\] \(|\]h|\]\[|\( ", re.sub(r"<[^>]*>", "", html(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Organisatie] kiest [...] zelf [1]",
        "[1] (https://www.voorbeeld.example/)",
        "[Organisatie] (zie bijlage)",
        "(zie bijlage)[1] en (x)[y]",
        "tekst (x)[^1] en [^1](p. 3\n\n[^1]: noot",
        "- [ ] (https://www.voorbeeld.example/)\n- [x] (onderwerpen/data.md)",
        "[tekst](adres met spaties.md)",
        f"[tekst]( {URL} )",
        f'[tekst]({URL} "titel")',
        f"[[tekst]({URL})] en ([tekst]({URL}))",
        f"[tekst]({URL})[1] ([x]({URL}))(y)",
        f"[a][b] ({URL})\n\n[b]: c.md",
        f"`[tekst] ({URL})` en ``(a)[{URL}]``",
        f"```\n[tekst] ({URL})\n```\n",
        f"    [tekst] ({URL})\n",
        f"<!-- [tekst] ({URL}) -->\n",
        f"<!--\n[tekst]({URL}\n-->\n",
        f"\\[tekst\\] ({URL}) en \\[tekst\\]({URL}) en [tekst\\]({URL})",
        f"![schema]({URL}) [![schema]({URL})]({URL})",
        f"<{URL}> ({URL})",
        f"[tekst], zie ({URL})",
        "[tekst]\n\n(onderwerpen/data.md)",
        f"[x]\n\n[x] {URL}",
        "tabel[i](j) ]( en a](b)",
        "[de gids][weg] [de gids][] [weg]\n\n> [WEG]: a.md\n\n[de gids]: b.md",
        "[1][2], [de gids][1], [de gids][^1], [Lid][], lijst[ab][cd]\n\n[lid]: a.md\n\n[^1]: noot",
        "`[de gids][weg]`\n\n    [de gids][weg]\n\n<!-- [de gids][weg] -->\n\n\\[de gids\\][weg]",
        "[de gids] [weg] en [de gids]\n[weg]",
        '[de gids][weg]\n\n--8<-- "links.md"',
        f"<a href='{URL}'>[tekst]</a> ({URL})",
    ],
)
def test_what_is_no_broken_link(text: str) -> None:
    assert told(text) == []


def test_the_box_of_a_task_is_no_link() -> None:
    assert told("- [ ](onderwerpen/data.md)") == []


@pytest.mark.parametrize(
    "piece",
    [
        "[", "(", "]", ")", "](", ")[", "[a](", "[a] (", "(a)[", "[a]https://", "[a(https://", "a](b) ", "[[a](b)](c) ",
        "[a b]\n", "](((", "[ab]" + " " * 50, "\\", "[ab]x( ", "[ab][cd]", "[ab][",
    ],
)  # fmt: skip
def test_hostile_text_costs_little(piece: str) -> None:
    page = BENCH.page(piece * (15_000 // len(piece)))
    started = time.process_time()
    list(link_markup(BENCH.site, page, NoOptions()))
    assert time.process_time() - started < 0.4


def test_many_labels_cost_little() -> None:
    defined = "".join(f"[abcdefgh{number}]: a.md\n" for number in range(1000))
    page = BENCH.page(defined + "\n" + "".join(f"[tekst][abdcefgh{number}x] " for number in range(1000)))
    started = time.process_time()
    assert len(list(link_markup(BENCH.site, page, NoOptions()))) == 1000
    assert time.process_time() - started < 0.4


def test_deeply_nested_brackets_cost_little() -> None:
    for text in (
        "[" * 6_000 + "a" + "](" * 6_000,
        "[" * 6_000 + "]https://a " * 5_000,
        "(" * 6_000 + ")[a] " * 3_000,
    ):
        page = BENCH.page(text)
        started = time.process_time()
        list(link_markup(BENCH.site, page, NoOptions()))
        assert time.process_time() - started < 0.4


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("auto_append: [delen/adressen.md]", ["bij de naam 'handreikng' hoort geen adres op deze pagina"]),
        ("base_path: .", ["in '[de gids][Handreiking]' hoort bij", "in '[de gids][handreikng]' hoort bij"]),
        ("auto_append: [delen/weg.md]", []),
        ("auto_append: [../buiten.md]", []),
    ],
)
def test_what_the_site_adds_to_each_page_gives_addresses_too(
    tmp_path: Path, settings: str, expected: list[str]
) -> None:
    site = minimal_site(
        tmp_path,
        {
            "docs/index.md": "# Site\n\n[de gids][Handreiking] en [de gids][handreikng]\n",
            "delen/adressen.md": f"*[AI]: slim\n\n[Handreiking]: {URL}\n",
            "mkdocs.yml": f"site_name: a\nmarkdown_extensions:\n- pymdownx.snippets:\n    {settings}\n",
        },
    )
    found = [problem.message for problem in check(site, select=["AK605"]).problems]
    assert [message.startswith(begin) for message, begin in zip(found, expected, strict=True)] == [True] * len(expected)
