"""The report for a terminal: how much it shows, and that nobody else has a say in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.links.document import DatedReference, LinkReport, LinkReportEntry
from algokader_lint.messages import load_messages
from algokader_lint.report.links.console import render_console
from algokader_lint.report.text import Style, width
from tests.report.links.hostile import HARD, report_of, reports
from tests.report.links.reports import COMPLETE, DEAD, MOVED, answer, entry, places, report
from tests.report.runner import commands, lines_of

DUTCH = load_messages("nl", "links")


def render(found: LinkReport, columns: int = 100, *, everything: bool = False) -> str:
    return render_console(found, Style(colour=False), columns, DUTCH, everything=everything)


def dead(number: int) -> list[LinkReportEntry]:
    return [entry(f"https://{n:03}.example/", answer("dead", "not-found", status=404), **DEAD) for n in range(number)]


def shown(text: str, pattern: str) -> list[Any]:
    return re.findall(pattern, text, re.M)


@pytest.mark.parametrize(("number", "some", "more"), [(1, 1, []), (5, 5, []), (6, 3, ["3"]), (21, 3, ["18"])])
def test_a_verdict_with_many_addresses_shows_some(number: int, some: int, more: list[str]) -> None:
    found = report(dead(number))
    assert len(shown(render(found), r"^  https://\d+\.example/$")) == some
    assert shown(render(found), r"^  … nog (\d+) \(--all\)$") == more
    assert len(shown(render(found, everything=True), r"^  https://\d+\.example/$")) == number


@pytest.mark.parametrize(
    ("number", "some", "more"), [(1, 1, []), (3, 3, []), (4, 4, []), (5, 3, ["2"]), (45, 3, ["42"])]
)
def test_an_address_with_many_places_shows_some(number: int, some: int, more: list[str]) -> None:
    found = report([entry("https://a.example/", answer("dead", "gone"), number, **DEAD)])
    text = render(found)
    assert len(shown(text, r"^      docs/.*\.md:\d+:5")) == some
    assert shown(text, r"^      … nog (\d+) \(--all\)$") == more
    assert shown(text, r"· (\d+ plaats(?:en)?)$") == ["1 plaats" if number == 1 else f"{number} plaatsen"]
    assert len(shown(render(found, everything=True), r"^      docs/.*\.md:\d+:5")) == number


def test_what_cannot_be_checked_is_no_accusation() -> None:
    blocked = [entry(f"https://{n}.example/", answer("blocked", "denied", status=403)) for n in range(12)]
    text = render(report(blocked))
    assert "12 adressen laten geen automatische controle toe. Dat zegt niets over de pagina's; open ze zelf." in text
    assert "https://" not in text
    assert "fout" not in text
    assert text.count("Laat geen automatische controle toe: 12 adressen") == 0
    assert render(report(blocked), everything=True).count("https://") == 12


def test_a_site_that_fails_for_days_is_listed() -> None:
    days = [one for one in COMPLETE.entries if one.answer.failing_days == 4]
    assert "https://al-dagen-stuk.example/" in render(report(days))
    assert "https://traag.example/" not in render(COMPLETE)
    assert "https://traag.example/" in render(COMPLETE, everything=True)


def test_every_address_and_every_place_is_there_when_all_is_asked_for() -> None:
    text = render(COMPLETE, everything=True)
    for one in COMPLETE.entries:
        assert f"\n  {one.url}\n" in text
    lines = [line for line in text.splitlines() if line.startswith("      docs/")]
    of_laws = sum(len(one.places) for one in COMPLETE.dated)
    assert len(lines) == sum(len(one.places) for one in COMPLETE.entries) + of_laws


def test_a_new_address_has_a_line_of_its_own_and_the_end_says_what_to_do() -> None:
    moved = entry("http://a.example/#x", answer("moved", "permanent", moved_to="https://a.example/b#x"), **MOVED)
    lines = render(report([moved])).splitlines()
    assert "    → https://a.example/b#x" in lines
    assert lines[-1] == "Verhuisde adressen pas je overal in één keer aan met algokader-lint links --fix"
    assert "--fix" not in render(report(dead(1)))


def test_laws_stand_by_law_the_oldest_first_a_handful_of_them() -> None:
    dated = [
        DatedReference(f"https://w.example/{law}/{year}", law, date(year, 1, 1), f"https://w.example/{law}", places(2))
        for law, year in (("B", 2020), ("A", 2021), ("B", 2025), ("A", 2022), ("C", 2024), ("C", 2023), ("D", 2025))
    ]
    text = render(report(dead(1), dated=tuple(dated)))
    assert shown(text, r"^  ([A-D])$|^    (\d{4})") == [
        *(("B", ""), ("", "2020"), ("", "2025")),
        *(("A", ""), ("", "2021"), ("", "2022")),
        *(("C", ""), ("", "2023")),
    ]
    assert shown(text, r"^  … nog (\d+) \(--all\)$") == ["2"]
    assert "      → https://w.example/B" in text.splitlines()
    everything = render(report(dead(1), dated=tuple(dated)), everything=True)
    assert len(shown(everything, r"^    \d{4}-01-01, ")) == 7
    assert len(shown(everything, r"^      docs/")) == 15


def test_advice_that_holds_for_all_is_given_once() -> None:
    same = ("Zoek een andere bron.",)
    entries = [replace(one, help=(*same, f"Of nummer {n % 2}.")) for n, one in enumerate(dead(4))]
    text = render(report(entries))
    assert text.count("hulp: Zoek een andere bron.") == 1
    assert text.count("hulp: Of nummer 0.") == text.count("hulp: Of nummer 1.") == 1


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
def test_sentences_keep_to_the_terminal(columns: int) -> None:
    """Headings and addresses apart, which are there to be recognised and copied."""
    lines = render(COMPLETE, columns).splitlines()
    words = [
        line for line in lines if not re.search(r"https?://|\.md:\d|^(fout|waarschuwing|tip)\[|^\S.*adressen$", line)
    ]
    assert max(map(width, words)) < columns


def test_a_very_long_address_is_cut() -> None:
    long = entry("https://a.example/" + "x" * 5_000, answer("invalid", "too-long"))
    assert max(map(len, render(report([long])).splitlines())) < 600


@given(reports(), st.booleans(), st.sampled_from([40, 100]))
def test_no_text_of_strangers_is_a_command_or_moves_the_cursor(
    found: LinkReport, everything: bool, columns: int
) -> None:
    harmless(render(found, columns, everything=everything))


@pytest.mark.parametrize("text", HARD)
def test_each_hard_text_everywhere(text: str) -> None:
    for seed in range(10):
        harmless(render(report_of([text], seed, 6), everything=True))


def harmless(text: str) -> None:
    assert commands(text) == ([], [])
    assert text.endswith("\n")
    for line in lines_of(text):
        assert line.isprintable()
    text.encode("utf-8")
