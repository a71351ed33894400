from __future__ import annotations

import pytest

from algokader_lint.content.external import external_addresses, resolve_entities
from algokader_lint.content.page_reader import PageReader
from tests.sites_in_tests import knowledge


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://a.example/?b=1&amp;c=2", "https://a.example/?b=1&c=2"),
        ("https&#58;//a.example/&#x41;", "https://a.example/A"),
        (
            "https://a.example/jci1.3:c:B&hoofdstuk=I&paragraaf=1",
            "https://a.example/jci1.3:c:B&hoofdstuk=I&paragraaf=1",
        ),
        ("https://a.example/?a&copy=1&section=2&amp", "https://a.example/?a&copy=1&section=2&amp"),
        ("https://a.example/?a&nosuchthing;", "https://a.example/?a&nosuchthing;"),
    ],
)
def test_entities_end_in_a_semicolon(written: str, meant: str) -> None:
    assert resolve_entities(written) == meant


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Zie {}/Mercurius_(planeet).", ["{}/Mercurius_(planeet)"]),
        ("(zie {}/x_(y))", ["{}/x_(y)"]),
        ("(zie {}/x).", ["{}/x"]),
        ("“{}/x” en «{}/y», ‘{}/z’…", ["{}/x", "{}/y", "{}/z"]),
        ("|a|b|\n|---|---|\n|{}/x|{}/y|", ["{}/x", "{}/y"]),
        ("**{}/x**", ["{}/x"]),
        ("{}/" + ")" * 1000, ["{}/"]),
    ],
)
def test_the_sentence_around_a_bare_address_is_no_part_of_it(text: str, urls: list[str]) -> None:
    site = "https://www.voorbeeld.example"
    data = f"# Titel\n\n{text.replace('{}', site)}\n".encode()
    page = PageReader(knowledge().types).read("docs/index.md", "index.md", data, "text")
    assert [found.url for found in external_addresses(page, page.body.span)] == [
        url.replace("{}", site) for url in urls
    ]


def test_backslashes_of_markdown_are_no_part_of_an_address() -> None:
    text = "[a](https://a.example/x\\_y) <a href='https://b.example/x\\_y'>b</a>\n"
    page = PageReader(knowledge().types).read("docs/a.md", "a.md", text.encode())
    urls = [address.url for address in external_addresses(page, page.body.span)]
    assert urls == ["https://a.example/x_y", "https://b.example/x\\_y"]
