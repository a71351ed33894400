"""The reports for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from algokader_lint.links.answer import VERDICTS
from algokader_lint.links.document import LinkReport
from algokader_lint.messages import load_messages
from algokader_lint.report.links.csv_form import render_csv
from algokader_lint.report.links.json_form import render_json
from tests.report.links.hostile import HARD, report_of, reports
from tests.report.links.reports import COMPLETE, answer, entry, report
from tests.report.runner import commands

DUTCH = load_messages("nl", "links")
BEGINS = re.compile(r'[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]')


def document(found: LinkReport) -> Any:
    return json.loads(render_json(found))


def rows(found: LinkReport, separator: str = ";") -> list[list[str]]:
    text = render_csv(found, DUTCH).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_the_contract() -> None:
    told = document(COMPLETE)
    assert list(told) == ["version", "urls", "dated", "offline", "out_of_time", "interrupted", "summary"]
    assert told["version"] == 1
    assert (told["offline"], told["out_of_time"], told["interrupted"]) == (False, True, False)
    assert list(told["summary"]) == list(VERDICTS)
    assert sum(told["summary"].values()) == len(told["urls"]) == len(COMPLETE.entries)
    assert [one["url"] for one in told["urls"]] == sorted(one.url for one in COMPLETE.entries)
    for one in told["urls"]:
        assert list(one) == [
            *("url", "verdict", "status", "reason", "final_url", "hops", "moved_to", "checked_at", "cached", "stale"),
            *("detail", "code", "severity", "places"),
        ]
        assert all(list(hop) == ["url", "status"] for hop in one["hops"])
        assert all(list(place) == ["file", "line", "column", "section", "page"] for place in one["places"])
    for one in told["dated"]:
        assert list(one) == ["url", "law", "day", "undated", "places"]
    assert document(report([]))["summary"] == dict.fromkeys(VERDICTS, 0)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (None, None),
        (datetime(2026, 1, 2, 1, 0, 0, 999_999, timezone(timedelta(hours=2))), "2026-01-01T23:00:00Z"),
    ],
)
def test_moments_are_in_utc(moment: datetime | None, told: str | None) -> None:
    (one,) = document(report([entry("https://a.example/", answer("ok", "", checked_at=moment))]))["urls"]
    assert one["checked_at"] == told


@given(reports())
def test_json_holds_every_text_to_the_letter(found: LinkReport) -> None:
    text = render_json(found)
    assert text.isascii()
    assert commands(text) == ([], [])

    def as_text(value: str) -> str:
        return re.sub("[\ud800-\udfff]", "\ufffd", value)

    told = json.loads(text)["urls"]
    assert sorted(one["url"] for one in told) == sorted(as_text(one.url) for one in found.entries)
    assert sorted(one["detail"] for one in told) == sorted(as_text(one.answer.detail) for one in found.entries)
    assert sum(len(one["places"]) for one in told) == sum(len(one.places) for one in found.entries)


def test_a_row_for_every_address_and_place() -> None:
    heads, *found = rows(COMPLETE)
    assert heads[:3] == ["adres", "oordeel", "reden"]
    assert len(found) == sum(len(one.places) for one in COMPLETE.entries)
    assert {len(row) for row in found} == {len(heads)}
    moved = dict(zip(heads, next(row for row in found if row[1] == "Verhuisd"), strict=True))
    assert moved["nieuw adres"] == "https://www.raad.example/adviezen/advies#h2"
    assert (moved["ernst"], moved["regel"], moved["op regel"]) == ("waarschuwing", "AK712", "11")
    nowhere = replace(COMPLETE, entries=(replace(COMPLETE.entries[0], places=()),))
    assert [row[-5:] for row in rows(nowhere)[1:]] == [["", "", "", "", ""]]


@given(reports())
def test_no_cell_is_a_formula_or_a_command(found: LinkReport) -> None:
    harmless(found)


@pytest.mark.parametrize("text", HARD)
def test_each_hard_text_everywhere(text: str) -> None:
    for seed in range(5):
        harmless(report_of([text], seed, 6))


def harmless(found: LinkReport) -> None:
    assert commands(render_csv(found, DUTCH)) == ([], [])
    for separator in ";,\t":
        assert [cell for row in rows(found, separator) for cell in row if BEGINS.match(cell)] == []
    assert len(rows(found)) == 1 + sum(max(len(one.places), 1) for one in found.entries)
