from __future__ import annotations

import time

import pytest

from algokader_lint.checks.images import ImageOptions, image_text
from tests.checks.pages import Bench, options_of

BENCH = Bench()
OPTIONS = options_of("AK606", ImageOptions)


def told(text: str) -> list[str]:
    return BENCH.told(image_text, OPTIONS, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![image](a1.png)", ["image"]),
        ("![Image.](a1.png)", ["Image."]),
        ("![Afbeelding (2)](a1.png)", ["Afbeelding (2)"]),
        ("![IMG_20240101_1200](a1.png)", ["IMG_20240101_1200"]),
        ("![Schermafbeelding 2024-05-06 om 12.00.01](a1.png)", ["Schermafbeelding 2024-05-06 om 12.00.01"]),
        ("![iets.jpg](a1.png)", ["iets.jpg"]),
        ("![Mijn foto 3.png](map/Mijn%20foto%203.png)", ["file-name: Mijn foto 3.png"]),
        ("![stap-2](map/stap-2.png?x=1)", ["file-name: stap-2"]),
        ("![x_7FC0D14E-A775-A92E-DE5A38FDB7C2_7](a.png)", ["x_7FC0D14E-A775-A92E-DE5A38FDB7C2_7"]),
        ("- punt\n\n    ![image](a1.png)\n", ["image"]),
        ("!!! tip\n    ![image](a1.png)\n", ["image"]),
        ("| a |\n|---|\n| ![image](a1.png) |\n", ["image"]),
        ("a\r\n\r\n![image](a1.png)", ["image"]),
        ("[![image](a1.png)](b.md)", ["image"]),
        ("<div>\n<img src='a.png'>\n</div>\n", ["absent: <img src='a.png'>"]),
        ("tekst <IMG SRC=a.png ALT=image> tekst", ["image"]),
        ("<img alt='image' src='a.png'>", ["image"]),
        ('<a href="b/"><img src="a.png" alt=" "></a>', ['link: <img src="a.png" alt=" ">']),
        ('<a href="b/">\n  <img src="a.png" alt>\n</a>', ['link: <img src="a.png" alt>']),
        ("[![](a.png)](b.md)", ["link: ![](a.png)"]),
        (
            '<a href="b/">x <img src="a.png" alt=""></a> <a href="c/"><img src="d.png" alt=""></a>',
            ['link: <img src="d.png" alt="">'],
        ),
        ('<img src="a.png" role="none"> <img src="b.png" role="img">', ['absent: <img src="b.png" role="img">']),
    ],
)
def test_what_says_nothing(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "![](a.png) en ![ ](a.png)",
        "![Beeld van een gemeentehuis](a.png)",
        "![data](map/data.jpg)",
        "![Schema](schema.png)",
        "![Logo gemeente](Logo%20gemeente.svg)",
        "![Foto van de minister](a.png)",
        "![Figuur 1: de stappen](a.png)",
        '![image](a.png){ alt="De stappen" }',
        "`![image](a.png)`",
        "    ![image](a.png)\n",
        "```html\n<img src='a.png'>\n```\n",
        "<!-- <img src='a.png'> ![image](a.png) -->",
        "<!--\n<img src='a.png'>\n-->\n",
        "<img src='a.png' alt=''> <img src='a.png' alt>",
        "<img src='a.png' role='presentation'> <img src='a.png' aria-label='De stappen'>",
        "<a href='b/'><img src='a.png' alt=''> Over data</a>",
        "<a href='b/' aria-label='Over data'><img src='a.png' alt=''></a>",
        "<a id='b'><img src='a.png' alt=''></a>",
        "[![](a.png) Over data](b.md)",
        "[![Over data](a.png)](b.md)",
    ],
)
def test_what_is_right_or_a_decision(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "piece", ["<img ", "<img src='", '<a"', "<a'\"", "![", "![image](a)", "<img>", "<a href=x><img alt>"]
)
def test_hostile_text_costs_little(piece: str) -> None:
    page = BENCH.page("tekst " + piece * (15_000 // len(piece)))
    started = time.process_time()
    list(image_text(BENCH.site, page, OPTIONS))
    assert time.process_time() - started < 0.4


def test_where_a_link_that_is_an_image_leads_is_told() -> None:
    (found,) = BENCH.findings(image_text, OPTIONS, '<a href="b/"><img src="a.png" alt=""></a>')
    assert found.values == {"value": "b/"}


def test_of_an_attribute_that_is_given_twice_the_first_counts() -> None:
    assert told('<img alt="Een kaart van de wijk" alt="image" src="a.png">') == []
    assert told('<img alt="image" alt="Een kaart van de wijk" src="a.png">') == ["image"]
