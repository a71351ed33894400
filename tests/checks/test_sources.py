from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.links.addresses import danger, is_public, parse_host
from tests.sites_in_tests import SITES, check, minimal_site, read_files

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()
SECTION = "## Bronnen\n\n- [Handreiking inkoop](https://www.voorbeeld.example/handreiking)\n"
ABSENT = "## Iets anders\n\nTekst.\n"


def severity(folder: Path, section: str, page: str = CLEAN) -> list[str]:
    assert SECTION in page
    site = minimal_site(folder, {MEASURE: page.replace(SECTION, section)})
    return [p.severity for p in check(site, select=["AK7"]).problems]


@pytest.mark.parametrize(
    "section",
    [
        SECTION,
        "## Bronnen { data-search-exclude }\n\nZie [a](https://a.example).\n",
        "## Bronnen (bestaand beleid)\n\n- [a](https://a.example)\n",
        "## Bronnen\n\n- [a b](../hulpmiddelen/handreiking-inkoop.md)\n",
        "## Bronnen\n\n- [a](../hulpmiddelen/handreiking-inkoop.md#hulpmiddel)\n",
        "## Bronnen\n\nhttps://a.example/b\n",
        "## Bronnen\n\n<a href='https://a.example'>a</a>\n",
        "## Bronnen\n\n### Boeken\n\n- [a](https://a.example)\n",
        "## Bronnen\n\n## Bronnen\n\n- [a](https://a.example)\n",
        '## Bronnen\n\n??? note "Meer"\n    - [a](https://a.example)\n',
        "## Bronnen\n\n| a |\n|---|\n| [b](https://a.example) |\n",
    ],
)
def test_what_counts_as_a_source(tmp_path: Path, section: str) -> None:
    assert severity(tmp_path, section) == []


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (ABSENT, ["error"]),
        ("## Bronnen\n", ["error"]),
        ("## Bronnen\n\n<!-- Vul hier de bronnen in -->\n", ["error"]),
        ("## Bronnen\n\n- \n", ["error"]),
        ("## Bronnen\n\nKamerstukken II 2022/23, 26 643, nr. 1\n", ["warning"]),
        ("## Bronnen\n\n[vereiste](../vereisten/aia-01-menselijk-toezicht.md)\n", ["warning"]),
        ("## Bronnen\n\nGeen bron beschikbaar voor deze maatregel\n", ["info"]),
        ("## Bronnen\n\nGeen beschikbare bron voor deze maatregel.\n", ["info"]),
        ('## Voorbeelden\n\n!!! example "x"\n    Bron: [a](https://a.example)\n', ["error"]),
    ],
)
def test_what_does_not(tmp_path: Path, section: str, expected: list[str]) -> None:
    assert severity(tmp_path, section) == expected


def test_a_source_that_is_no_address_is_no_crash(tmp_path: Path) -> None:
    assert severity(tmp_path, "## Bronnen\n\n[a](x://[) [b](../[x].md)\n") == ["warning"]


def test_a_framework_without_codes_is_no_source(tmp_path: Path) -> None:
    page = CLEAN.replace("hide:", "sources:\n  ARK:\nhide:")
    assert severity(tmp_path, ABSENT, page) == ["error"]


def test_outside_of_the_topic_it_is_a_warning(tmp_path: Path) -> None:
    page = CLEAN.replace("- publieke-inkoop", "- data")
    assert severity(tmp_path, ABSENT, page) == ["warning"]


def test_codes_of_a_framework_are_a_source(tmp_path: Path) -> None:
    page = CLEAN.replace("hide:", "sources:\n  ARK: '3.10'\nhide:")
    assert severity(tmp_path, ABSENT, page) == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::127.0.0.1]",
        "１２７.0.0.1",
        "127。0。0。1",
        "localhost",
        "LOCALHOST.",
        "x.local",
        "server",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_addresses_inside_a_network(host: str) -> None:
    assert danger(f"http://{host}:8080/pad", ("localhost", ".local")) == "private"
    assert danger(f"//{host}/pad", ("localhost", ".local")) == "private"


@pytest.mark.parametrize("url", ["file:///C:/x.docx", "FILE:x", "C:\\x.docx", "c:/map/x.docx", "\\\\server\\x.docx"])
def test_files_on_a_machine(url: str) -> None:
    assert danger(url, ()) == "private"


@pytest.mark.parametrize(
    "url",
    [
        "https://voorbeeld.example",
        "http://8.8.8.8/x",
        "https://[2001:4860:4860::8888]/",
        "../pagina.md",
        "mailto:a@b.example",
        "#anker",
        "https://a.example/127.0.0.1",
        "https://a.example/?u=http://localhost",
        "tekst",
        "http://",
        "http://[",
        "",
        "https://naam@voorbeeld.example/x",
        "s://voorbeeld.example/x",
        "a:b",
    ],
)
def test_addresses_that_anyone_may_visit(url: str) -> None:
    assert danger(url, ("localhost", ".local")) is None


@given(st.text(alphabet="0123456789abcdefx.:[]%/@\\ １。", max_size=24))
def test_any_host_is_judged(host: str) -> None:
    address = parse_host(host)
    assert address is None or isinstance(is_public(address), bool)
    assert danger(f"http://{host}", ()) in (None, "private", "credentials")


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("- [A](https://a.example)\n- [A](https://a.example)\n", 1),
        ("- [A](https://a.example)\n- [a](https://a.example).\n- [A](https://a.example)\n", 2),
        ("[A](https://a.example)\r\n[A](https://a.example)\r\n", 1),
        ("- [A](https://a.example) lid 1\n- [A](https://a.example) lid 2\n", 0),
        ("- [A](https://a.example)\n- [B](https://a.example)\n", 0),
        ("- [A](https://a.example)\n- [A](https://b.example)\n", 0),
        ("- Kamerstuk\n- Kamerstuk\n", 0),
        ("- [A](https://a.example)\n\n```\n[A](https://a.example)\n```\n", 0),
        ("- [A](https://a.example)\n\n## Voorbeelden\n\n- [A](https://a.example)\n", 0),
        ('- [A](https://a.example)\n\n??? note "Meer"\n    - [A](https://a.example)\n', 1),
    ],
)
def test_a_source_that_is_there_twice(tmp_path: Path, section: str, expected: int) -> None:
    page = CLEAN.replace(SECTION, f"## Bronnen\n\n{section}")
    found = check(minimal_site(tmp_path, {MEASURE: page}), select=["AK413"]).problems
    assert [problem.severity for problem in found] == ["info"] * expected


def test_what_is_told_of_missing_sources_is_told_once(tmp_path: Path) -> None:
    for number, section in enumerate(("", "## Bronnen\n", "## Bron\n\n<!-- a -->\n")):
        site = minimal_site(tmp_path / str(number), {MEASURE: CLEAN.replace(SECTION, section)})
        assert [problem.code for problem in check(site).problems] == ["AK701"]
        assert [p.code for p in check(site, ignore=["AK701"]).problems] == ["AK401" if not section else "AK403"]
