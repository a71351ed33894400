from __future__ import annotations

import pytest

from algokader_lint.nearest import nearest, normalize, slug

STEMS = [
    "aia-05-data-kwaliteitscriteria",
    "aia-06-technische-documentatie",
    "aia-35-melding-ernstige-incidenten",
    "avg-04-proportionaliteit-en-subsidiariteit",
    "3-dat-03-bewaartermijnen-persoonsgegevens",
]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("aia-5-data-kwaliteitscriteria", ["aia-05-data-kwaliteitscriteria"]),
        ("AIA-05-Data-Kwaliteitscriteria.md", ["aia-05-data-kwaliteitscriteria"]),
        ("vereisten/aia-05-data_kwaliteitscriteria", ["aia-05-data-kwaliteitscriteria"]),
        ("aia-12--technische-documentatie", ["aia-06-technische-documentatie"]),
        ("aia-37-melding-ernstige-incidenten", ["aia-35-melding-ernstige-incidenten"]),
        ("aia-06-tecnische-documentatie", ["aia-06-technische-documentatie"]),
        ("3-dat-03-persoonsgegevens-beschrijven", []),
        ("grondrechten", []),
        ("", []),
    ],
)
def test_the_nearest_page(value: str, expected: list[str]) -> None:
    assert nearest(value, STEMS) == expected


@pytest.mark.parametrize(("value", "expected"), [("feild", ["field"]), ("jsn", ["json"]), ("AK0301", ["AK301"])])
def test_short_words(value: str, expected: list[str]) -> None:
    assert nearest(value, ["field", "json", "console", "AK301", "AK507"]) == expected


def test_two_that_are_equally_near_are_both_offered() -> None:
    assert nearest("rol-x", ["rol-a", "rol-b", "iets"]) == ["rol-a", "rol-b"]


def test_what_form_does_not_count() -> None:
    assert normalize(" Docs/AIA-007_x – y.md ") == "aia-7-x-y"
    assert slug("2-owp-05-soort-algoritme") == "soort-algoritme"
    assert slug("soort-3-algoritme") == "soort-3-algoritme"
