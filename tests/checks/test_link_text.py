from __future__ import annotations

from pathlib import Path

import pytest

from algokader_lint.checks.link_text import NamingOptions, TextOptions, names_its_target, telling_text
from tests.checks.pages import Bench, options_of
from tests.sites_in_tests import check, minimal_site

BENCH = Bench()
MEASURES = "voldoen-aan-wetten-en-regels/maatregelen"
ONE, TWO = f"{MEASURES}/2-owp-01-eisen-stellen.md", f"{MEASURES}/7-mon-01-toezicht-houden.md"
NAMING = options_of("AK609", NamingOptions)


def telling(text: str) -> list[str]:
    return BENCH.told(telling_text, options_of("AK607", TextOptions), text)


def naming(text: str, bench: Bench = BENCH) -> list[str]:
    return bench.told(names_its_target, NAMING, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[hier](a.md)", ["hier"]),
        ("[Klik  hier!](a.md)", ["Klik  hier!"]),
        ("[**Lees meer** …](a.md)", ["**Lees meer** …"]),
        ("[klik\r\nhier](a.md)", ["klik\r\nhier"]),
        ("[Click here](a.md) [here](b.md)", ["Click here", "here"]),
        ("- punt\n\n    [hier](a.md)", ["hier"]),
        ("| a |\n|---|\n| [hier](a.md) |\n", ["hier"]),
        ("> [hier](a.md)", ["hier"]),
        ("[https://a.example/b](https://a.example/b)", ["address: https://a.example/b"]),
        ("[www.a.example/b/c](https://www.a.example/b/c)", ["address: www.a.example/b/c"]),
        ("<div>\n<a href='a/'>\nhier\n</a>\n</div>", ["\nhier\n"]),
        ("tekst <a href='a/'>hier</a>", ["hier"]),
    ],
)
def test_texts_that_tell_nothing(text: str, expected: list[str]) -> None:
    assert telling(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[hier staat de handreiking](a.md)",
        "[lees meer over data](a.md)",
        "<https://a.example/b> en https://a.example/b",
        "[a.example](https://a.example) [www.a.example](https://www.a.example)",
        "[redactie@a.example](mailto:redactie@a.example)",
        "`[hier](a.md)`\n\n    [hier](a.md)\n",
        "<!-- [hier](a.md) <a href='a/'>hier</a> -->",
        "![hier](a.png)",
        "[![](a.png)](b.md) [](c.md)",
        "<a name='x'>hier</a> <a href='a/'><b>hier</b></a>",
        "[hier]",
    ],
)
def test_texts_that_do(text: str) -> None:
    assert telling(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[Stel eisen aan de leverancier]({TWO})", ["Stel eisen aan de leverancier"]),
        (f"[*stel eisen*  aan\nde Leverancier.]({TWO}#risico)", ["*stel eisen*  aan\nde Leverancier."]),
        (f"[owp-01]({TWO}) [urn:nl:ak:mtr:owp-01]({TWO})", ["owp-01", "urn:nl:ak:mtr:owp-01"]),
        (f"[2-owp-01-eisen-stellen]({TWO})", ["2-owp-01-eisen-stellen"]),
        (f"[OWP-01: eisen]({TWO})", ["number: OWP-01: eisen"]),
        (f"[OWP-01 - Stel eisen aan de leverancier]({TWO})", ["OWP-01 - Stel eisen aan de leverancier"]),
        ("[owp-01](onderwerpen/data.md)", ["owp-01"]),
    ],
)
def test_a_text_that_names_another_page(text: str, expected: list[str]) -> None:
    assert naming(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"[Stel eisen aan de leverancier]({ONE}) [owp-01 eisen]({ONE})",
        f"[transparantie]({ONE}) [Handreiking inkoop]({ONE})",
        f"[owp-99]({TWO}) [owp-01-a]({TWO}) [co-01]({TWO})",
        "[Stel eisen aan de leverancier](https://a.example)",
        "[Stel eisen aan de leverancier](#kop) [Stel eisen aan de leverancier](bestaat-niet.md)",
        "[owp-01 in het overzicht](onderwerpen/index.md)",
        f"`[owp-01]({TWO})`",
        f"<!-- [owp-01]({TWO}) -->",
        f"![owp-01]({TWO})",
    ],
)
def test_a_text_that_does_not(text: str) -> None:
    assert naming(text) == []


def test_what_several_pages_are_called_names_none(tmp_path: Path) -> None:
    requirement = "docs/voldoen-aan-wetten-en-regels/vereisten/owp-01-anders.md"
    page = "---\ntitle: Houd toezicht op het systeem\nid: urn:nl:ak:ver:owp-01\n---\n\n## Risico van het systeem\n"
    bench = Bench(minimal_site(tmp_path, {requirement: page}))
    own = requirement.removeprefix("docs/")
    assert naming(f"[owp-01]({TWO}) [Houd toezicht op het systeem]({ONE})", bench) == []
    assert naming(f"[Stel eisen aan de leverancier]({own})", bench) == ["Stel eisen aan de leverancier"]


def test_a_heading_with_the_title_of_another_page_is_a_heading(tmp_path: Path) -> None:
    overview = "---\ntitle: Overzicht\n---\n\n## Stel eisen aan de leverancier\n"
    bench = Bench(minimal_site(tmp_path, {"docs/overzicht.md": overview}))
    target = "overzicht.md#stel-eisen-aan-de-leverancier"
    assert naming(f"[Stel eisen aan de leverancier]({target})", bench) == []
    assert naming("[Stel eisen aan de leverancier](overzicht.md)", bench) == ["Stel eisen aan de leverancier"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[owp-01]({TWO})\r\n", f"[owp-01]({ONE})\r\n"),
        (f'[owp-01](<{TWO}> "titel")', f'[owp-01](<{ONE}> "titel")'),
        (f"[owp-01]({TWO}#risico)", f"[owp-01]({TWO}#risico)"),
        (f"[owp-01 toezicht]({TWO})", f"[owp-01 toezicht]({TWO})"),
    ],
)
def test_a_target_is_changed_only_when_asked(text: str, expected: str) -> None:
    assert BENCH.repaired(names_its_target, NAMING, text) == text
    assert BENCH.repaired(names_its_target, NAMING, text, unsafe=True) == expected


def test_the_pages_are_named_as_they_are_seen_from_the_page(tmp_path: Path) -> None:
    measure = "voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
    text = "---\ntitle: Jurist\n---\n[Stel eisen aan de leverancier](../onderwerpen/transparantie.md)\n"
    (problem,) = check(minimal_site(tmp_path, {"docs/rollen/jurist.md": text}), select=["AK609"]).problems
    assert f"'../{measure}'" in problem.help[0]
    assert "'../onderwerpen/transparantie.md'" in problem.help[0]
