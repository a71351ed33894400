"""Addresses that work today: with http, on their way out, or with something in them of the day they were copied."""

from __future__ import annotations

import time

import pytest

from algokader_lint.checks.addresses import valid_address
from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.source_addresses import (
    SecureOptions,
    VolatileOptions,
    lasting_address,
    secure_address,
)
from tests.checks.pages import Bench, options_of

BENCH = Bench()
SECURE = options_of("AK703", SecureOptions)
LASTING = options_of("AK705", VolatileOptions)
SITE = "https://www.ergens.example"


def secured(text: str, *, unsafe: bool = False) -> str:
    return BENCH.repaired(secure_address, SECURE, text, unsafe=unsafe)


def lasting(text: str) -> list[str]:
    return BENCH.told(lasting_address, LASTING, text)


def cleaned(text: str, *, unsafe: bool = False) -> str:
    return BENCH.repaired(lasting_address, LASTING, text, unsafe=unsafe)


@pytest.mark.parametrize(
    "frame",
    [
        "[a]({})",
        '[a]({} "titel")',
        "[a](<{}>)",
        "<{}>",
        "![a]({})",
        "<a href='{}'>a</a>",
        "Kijk op {}.",
        "- een lijst\n    - [a]({})",
        '!!! note "Let op"\n    [a]({})',
        '??? note "Let op"\n    [a]({})',
        '=== "Tab"\n    [a]({})',
        "> [a]({})",
        "| kop |\n| --- |\n| [a]({}) |",
        "[^1]: Zie [a]({})\n\nTekst[^1]",
        "Tekst\r\n\r\n[a]({})\r\n",
        "Café ☕ [a]({})",
    ],
)
@pytest.mark.parametrize("host", ["wetten.overheid.nl", "www.ergens.example"])
def test_http_is_told_and_mended_wherever_it_stands(frame: str, host: str) -> None:
    url, known = f"http://{host}/a", host.endswith("overheid.nl")
    text = frame.format(url)
    assert BENCH.told(secure_address, SECURE, text) == [url if known else f"unknown: {url}"]
    better = frame.format(f"https://{host}/a")
    assert secured(text) == (better if known else text)
    assert secured(text, unsafe=True) == better
    assert secured(better, unsafe=True) == better


@pytest.mark.parametrize(
    "text",
    [
        "`http://www.ergens.example`",
        "```\nhttp://www.ergens.example\n```",
        "<!-- http://www.ergens.example -->",
        "[a](https://www.ergens.example/?naar=http://www.anders.example)",
        "De naam http://www.w3.org/2001/XMLSchema of http://data.europa.eu/eli/reg/2016/679/oj.",
        "Open http://localhost:8000/ of http://10.0.0.1/ of http://server.intern/ in je browser.",
        "[a](http://{{ host }}/a)",
        "[a](http:)",
        "[a](http.md)",
        "",
    ],
)
def test_http_that_is_not_told(text: str) -> None:
    assert BENCH.told(secure_address, SECURE, text) == []


def test_a_name_in_a_link_is_an_address() -> None:
    assert BENCH.told(secure_address, SECURE, "[a](http://www.w3.org/TR/)") == ["http://www.w3.org/TR/"]


def test_with_a_port_nobody_knows_where_https_is() -> None:
    text = "[a](http://www.ergens.example:8080/a)"
    assert BENCH.told(secure_address, SECURE, text) == ["unknown: http://www.ergens.example:8080/a"]
    assert secured(text, unsafe=True) == text


@pytest.mark.parametrize(
    ("url", "variants"),
    [
        (f"{SITE}/nieuws/een-bericht", ["news"]),
        (f"{SITE}/actueel/een-bericht", ["news"]),
        ("https://nos.nl/artikel/1", ["news"]),
        (f"{SITE}/nieuws/rapport.pdf", ["news", "file"]),
        (f"{SITE}/media/rapport.PDF#page=3", ["file"]),
        (f"{SITE}/a?utm_source=b", ["tracking"]),
        (f"{SITE}/a#:~:text=b", ["highlight"]),
        (f"{SITE}/a?fbclid=b#:~:text=b", ["tracking", "highlight"]),
        (f"{SITE}/nieuws", []),
        (f"{SITE}/nieuws/", []),
        (f"{SITE}/nieuwsgierig/a", []),
        (f"{SITE}/a?b=c.pdf", []),
        (f"{SITE}/a#b.pdf", []),
        ("https://arxiv.org/pdf/2404.00673.pdf", []),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/PDF/?uri=CELEX:32016R0679", []),
        ("https://nosnl.example/a", []),
        (f"{SITE}/a?autm_source=b&utm=c", []),
        ("https://www.google.nl/search?q=https%3A%2F%2Fwww.anders.example", []),
        ("https://www.google.com/url?q=&url=javascript%3Aalert(1)", []),
        ("https://www.google.com/url?url=https%3A%2F%2F10.0.0.1%2Fa", []),
        ("https://www.google.com/url?url=https%3A%2F%2Fwww.anders.example%2F%0A%3Cb%3E", []),
    ],
)
def test_what_does_not_last(url: str, variants: list[str]) -> None:
    assert lasting(f"[a]({url})") == [f"{variant}: {url}" for variant in variants]


@pytest.mark.parametrize(
    ("url", "safe", "unsafe"),
    [
        ("/a?utm_source=b", "/a", "/a"),
        ("/a?UTM_Source=b&c=d", "/a?c=d", "/a?c=d"),
        ("/a?c=d&amp;utm_source=b&amp;e=f#g", "/a?c=d&amp;e=f#g", "/a?c=d&amp;e=f#g"),
        ("/a?c&utm_source=b", "/a?c", "/a?c"),
        ("/a#b:~:text=c", "/a#b:~:text=c", "/a#b"),
        ("/a\\_b?utm_source=c", "/a\\_b?utm_source=c", "/a\\_b?utm_source=c"),
        ("/a_(b)?utm_source=x", "/a_(b)", "/a_(b)"),
    ],
)
def test_what_was_copied_along_is_taken_out(url: str, safe: str, unsafe: str) -> None:
    text = f"[a]({SITE}{url})"
    assert cleaned(text) == f"[a]({SITE}{safe})"
    assert cleaned(text, unsafe=True) == f"[a]({SITE}{unsafe})"


@pytest.mark.parametrize(
    "detour",
    [
        "https://www.google.com/url?sa=t&q=&url=https%3A%2F%2Fwww.anders.example%2Fa%3Fb%3Dc&usg=d",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.anders.example%2Fa%3Fb%3Dc&amp;data=d",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fwww.anders.example%2Fa%3Fb%3Dc",
    ],
)
def test_a_detour_is_cut_off(detour: str) -> None:
    assert cleaned(f"[a]({detour})", unsafe=True) == "[a](https://www.anders.example/a?b=c)"
    assert cleaned(f"[a]({detour})") == f"[a]({detour})"


def test_a_link_by_reference_is_mended_where_its_address_stands() -> None:
    text = "[a][b]\n\n[b]: http://wetten.overheid.nl/a?utm_source=b\n"
    assert secured(text) == text.replace("http:", "https:")
    assert cleaned(text) == text.replace("?utm_source=b", "")
    assert lasting(text) == ["tracking: http://wetten.overheid.nl/a?utm_source=b"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("htps://www.ergens.example/a?b&amp;c", "https://www.ergens.example/a?b&amp;c"),
        ("hhtp://www.ergens.example", "http://www.ergens.example"),
        ("https:/www.ergens.example/a", "https://www.ergens.example/a"),
        ("https//www.ergens.example", "https://www.ergens.example"),
        ("https: //www.ergens.example", "https://www.ergens.example"),
        ("https://https://www.ergens.example/é", "https://www.ergens.example/é"),
        ("https://http://www.ergens.example/a", "http://www.ergens.example/a"),
        ("www.ergens.example/a", "https://www.ergens.example/a"),
        ("https://www,ergens.example", None),
        ("“https://www.ergens.example”", None),
        ("https:/ik:geheim@www.ergens.example", None),
        ("http://https//www.ergens.example/a", None),
    ],
)
def test_a_beginning_is_mended_when_one_address_can_be_meant(wrong: str, right: str | None) -> None:
    for frame in ("[a]({})", "- [a]({} 'b')\r\n", '<a href="{}">a</a>'):
        text = frame.format(wrong)
        mended = BENCH.repaired(valid_address, NoOptions(), text)
        assert mended == frame.format(right or wrong)
        assert BENCH.repaired(valid_address, NoOptions(), mended) == mended


@pytest.mark.parametrize("piece", ["a?", "&utm_a=", "nieuws/", "#:~:text=", "url=https%3a", "%", ".pdf", "x.", "/"])
def test_hostile_addresses_cost_little(piece: str) -> None:
    for lead in (f"{SITE}/", "http://", "https://www.google.com/url?"):
        text = f"[a]({(lead + piece * 2000)[:1990]})\n\n" * 20
        begun = time.process_time()
        lasting(text)
        secured(text, unsafe=True)
        assert time.process_time() - begun < 1
