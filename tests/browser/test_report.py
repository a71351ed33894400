"""The coverage page in a real browser: ``make browser``. It takes too long to be a part of ``make test``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from algokader_lint.coverage.outcome import Outcome, Point
from algokader_lint.messages import load_messages
from algokader_lint.report.coverage.html import render_html
from tests.report.coverage.pages import busy_site, hostile_site, outcome_of
from tests.sites_in_tests import SITES

WIDE, NARROW = 1280, 360
SITE_NAMES = ("example", "busy", "hostile", "empty")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOWN = "tbody tr:not([hidden])"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    point = Point(("v1",), "2025-01-01", 10, 5, 63, 4, 30, 29, 0, 1)
    history = (point, replace(point, names=("v2",), day="2025-06-01", specific=24, bulk_only=36, none=3))
    return {
        "example": outcome_of(SITES / "voorbeeld", history=history),
        "busy": outcome_of(busy_site(tmp_path_factory.mktemp("druk"))),
        "hostile": outcome_of(hostile_site(tmp_path_factory.mktemp("kwaad"))),
        "empty": outcome_of(SITES / "minimaal", topic="data"),
    }


@pytest.fixture(scope="module")
def files(outcomes: dict[str, Outcome], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    messages = load_messages("nl", "coverage")
    found = {name: folder / f"{name}.html" for name in outcomes}
    for name, outcome in outcomes.items():
        found[name].write_text(render_html(outcome, messages), encoding="utf-8")
    return found


Open = Callable[..., Page]


@pytest.fixture
def show(chromium: Browser, files: dict[str, Path]) -> Iterator[Open]:
    """Opens a page. At the end nothing may have been asked of elsewhere, nor complained about."""
    contexts = []
    complaints: list[str] = []
    asked: list[str] = []

    def open_page(
        name: str = "example",
        *,
        width: int = WIDE,
        scheme: Literal["light", "dark"] = "light",
        script: bool = True,
        query: str = "",
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: asked.append(_address(request)))
        page.goto(files[name].as_uri() + query)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    assert {address for address in asked if not address.endswith(".html")} == set()


def _address(request: Request) -> str:
    return urlsplit(request.url)._replace(query="", fragment="").geturl()


def names(page: Page, table: str) -> list[str]:
    """The keys of the rows of a table that can be seen, in their order."""
    return page.locator(f"#table-{table} {SHOWN}").locator(".key").all_inner_texts()


def choice(page: Page, name: str) -> Locator:
    """The field in which something of this name in the address is chosen."""
    return page.locator(f"select[name='{name}']")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_text_chooses_rows_in_every_table_and_the_page_says_how_many(show: Open) -> None:
    page = show()
    before = names(page, "measures")
    page.get_by_label("Zoek op tekst").fill("LEVERANCIER bewijs")
    expect(page.locator(f"#table-measures {SHOWN}")).to_have_count(1)
    assert names(page, "measures") == [name for name in before if "bewijs-van-de-leverancier" in name]
    expect(page.locator("#table-measures .count")).to_have_text(f"1 van {len(before)} te zien")
    shown = page.locator(f"table[data-choose] {SHOWN}").count()
    every = page.locator("table[data-choose] tbody tr").count()
    expect(page.get_by_role("status")).to_have_text(f"Je ziet {shown} van {every} rijen.")
    page.get_by_role("button", name="Toon alles").click()
    assert names(page, "measures") == before
    assert query(page) == {}


def test_facets_choose_the_rows_that_they_are_about(show: Open, outcomes: dict[str, Outcome]) -> None:
    coverage = outcomes["example"].coverage
    page = show()
    choice(page, "rol").select_option("projectleider")
    wanted = [row for row in coverage.pages if "projectleider" in row.references["rol"].keys]
    assert 0 < len(wanted) < len(coverage.pages)
    expect(page.locator(f"#table-measures {SHOWN}")).to_have_count(len(wanted))
    assert names(page, "measures") == [row.key for row in wanted]
    heads = page.locator("#table-matrix-1 thead th:not([hidden])").count()
    assert heads == 1 + len(wanted)
    assert page.locator("#table-matrix-1 tbody tr").first.locator("th:not([hidden]), td:not([hidden])").count() == heads
    assert len(names(page, "gaps")) == len(coverage.ranking)

    choice(page, "wet").select_option("avg")
    items = {item.key: item for item in coverage.graded.items}
    gaps = [key for key in coverage.ranking if "avg" in items[key].groups["wet"]]
    expect(page.locator(f"#table-gaps {SHOWN}")).to_have_count(len(gaps))
    assert names(page, "gaps") == gaps
    both = [
        row
        for row in wanted
        if any("avg" in items[key].groups["wet"] for key in row.references["vereiste"].keys if key in items)
    ]
    assert 0 < len(both) < len(wanted)
    expect(page.locator(f"#table-measures {SHOWN}")).to_have_count(len(both))
    assert names(page, "measures") == [row.key for row in both]


def test_what_is_covered_can_be_hidden(show: Open, outcomes: dict[str, Outcome]) -> None:
    coverage = outcomes["example"].coverage
    page = show()
    page.get_by_label("Verberg wat in orde of uitgewerkt is").check()
    wanted = [row.key for row in coverage.pages if not row.ok]
    assert 0 < len(wanted) < len(coverage.pages)
    expect(page.locator(f"#table-measures {SHOWN}")).to_have_count(len(wanted))
    assert names(page, "measures") == wanted
    assert names(page, "matrix-1") == [
        item.key for item in coverage.graded.items if item.state in ("none", "bulk_only")
    ]


def test_columns_sort_both_ways_and_say_so(show: Open) -> None:
    page = show()
    head = page.locator("#table-group-1 thead th").nth(1)

    def numbers() -> list[int]:
        return [int(text) for text in page.locator("#table-group-1 tbody tr td:nth-child(2)").all_inner_texts()]

    before = numbers()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert numbers() == sorted(before)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert numbers() == sorted(before, reverse=True)
    assert query(page) == {"sort": ["group-1:1-"]}
    other = page.locator("#table-group-1 thead th").nth(0)
    other.get_by_role("button").click()
    assert (head.get_attribute("aria-sort"), other.get_attribute("aria-sort")) == (None, "ascending")


def test_the_address_keeps_a_choice_and_gives_it_back(show: Open) -> None:
    page = show()
    page.get_by_label("Zoek op tekst").fill("toezicht & zo=1")
    choice(page, "fase").select_option("ontwerp")
    choice(page, "risicogroep").select_option("hoog-risico-ai-systeem")
    page.get_by_label("Verberg").check()
    page.locator("#table-measures thead button").first.click()
    expect(page).to_have_url(re.compile("sort=measures"))
    kept = page.url
    again = show(query="?" + urlsplit(kept).query)
    expect(again.get_by_label("Zoek op tekst")).to_have_value("toezicht & zo=1")
    expect(choice(again, "fase")).to_have_value("ontwerp")
    expect(choice(again, "risicogroep")).to_have_value("hoog-risico-ai-systeem")
    expect(again.get_by_label("Verberg")).to_be_checked()
    expect(again.locator("#table-measures thead th").first).to_have_attribute("aria-sort", "ascending")
    for table in ("measures", "gaps"):
        assert names(again, table) == names(page, table)


@pytest.mark.parametrize("query_text", ["?sort=measures:99,x,gaps:1--,:,%00&open=2&fase=bestaat-niet", "?q=%F0%9F"])
def test_a_wrong_address_shows_what_it_can(show: Open, query_text: str) -> None:
    page = show(query=query_text)
    expect(page.get_by_role("status")).to_contain_text("Je ziet")
    assert page.locator("[aria-sort]").count() == 0


def test_a_link_to_a_row_that_is_hidden_shows_it(show: Open) -> None:
    page = show(query="?open=1")
    link = page.locator("#table-counted-rol a[href^='#page-']").first
    page.get_by_label("Zoek op tekst").fill("niets heet zo")
    expect(page.locator(f"#table-measures {SHOWN}")).to_have_count(0)
    target = (link.get_attribute("href") or "").removeprefix("#")
    assert page.locator(f"#{target}").is_hidden()
    link.evaluate("element => element.click()")
    expect(page.locator(f"#{target}")).to_be_visible()
    expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_everything_can_be_done_with_the_keyboard(show: Open) -> None:
    page = show()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, "input[type=search]")
    page.keyboard.type("bewijs")
    expect(page.locator(f"#table-measures {SHOWN}")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    _tab_to(page, "input[type=checkbox]")
    page.keyboard.press("Space")
    expect(page.get_by_label("Verberg")).to_be_checked()
    _tab_to(page, "button[type=reset]")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Verberg")).not_to_be_checked()
    _tab_to(page, "#table-measures thead th:nth-child(2) button")
    page.keyboard.press("Enter")
    expect(page.locator("#table-measures thead th").nth(1)).to_have_attribute("aria-sort", "ascending")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert (outline, width >= 2) == ("solid", True)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus. Raises AssertionError when it never has."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_what_scrolls_can_be_reached_by_the_keyboard_and_has_a_name(show: Open) -> None:
    page = show(width=NARROW)
    expect(page.locator(".wide[tabindex='0']").first).to_be_attached()
    page.wait_for_function("""() => [...document.querySelectorAll('.wide')].every(box =>
        (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) === (box.tabIndex === 0))""")
    for box in page.locator(".wide[tabindex='0']").all():
        assert page.locator(f"#{box.get_attribute('aria-labelledby')}").text_content()


@pytest.mark.parametrize("name", SITE_NAMES)
def test_without_a_script_everything_is_there(show: Open, name: str, outcomes: dict[str, Outcome]) -> None:
    page = show(name, script=False)
    coverage = outcomes[name].coverage
    assert page.locator("form").is_hidden()
    assert page.locator("button:visible").count() == 0
    assert page.locator("[hidden]").count() == 1
    assert page.locator("#table-measures tbody tr:visible").count() == len(coverage.pages)
    assert page.locator("#table-gaps tbody tr:visible").count() == len(coverage.ranking)
    assert page.locator("dl dd:visible").count() > 5


@pytest.mark.parametrize("name", SITE_NAMES)
@pytest.mark.parametrize("width", [320, NARROW, 768, WIDE])
def test_the_page_itself_never_scrolls_sideways(show: Open, name: str, width: int) -> None:
    page = show(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", SITE_NAMES)
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(show: Open, axe: str, name: str, width: int, scheme: str) -> None:
    page = show(name, width=width, scheme=scheme)
    page.evaluate(axe)
    assert _violations(page) == []
    if name == "example":
        page.get_by_label("Zoek op tekst").fill("leverancier")
        page.locator("#table-measures thead button").first.click()
        expect(page.locator("#table-measures .count")).to_be_visible()
        assert _violations(page) == []


def _violations(page: Page) -> list[Any]:
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert len(found["passes"]) > 20
    return [(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found["violations"]]


def test_dark_is_dark(show: Open) -> None:
    def light(page: Page) -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert light(show(scheme="dark")) < 150 < 600 < light(show())


@pytest.mark.parametrize("name", SITE_NAMES)
def test_on_paper_nothing_is_cut_off(show: Open, name: str) -> None:
    """Light, though the screen is dark; wide things fit on a sheet, tall ones are not in a window of their own."""
    page = show(name, scheme="dark", width=1032)  # A4 on its side without its margins, at 96 dots per inch
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("form, nav, .skip").locator("visible=true").count() == 0
    cut = page.evaluate("""() => [...document.querySelectorAll('.wide')].filter(box =>
        box.scrollWidth > document.documentElement.clientWidth || getComputedStyle(box).overflowX !== 'visible'
    ).map(box => box.getAttribute('aria-labelledby'))""")
    assert cut == []
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
