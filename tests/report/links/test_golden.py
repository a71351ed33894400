"""Every form over one made-up report with every verdict, held against a file. ``GOLDEN=write`` writes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from algokader_lint.links.answer import VERDICTS
from algokader_lint.links.document import LinkReport
from algokader_lint.messages import load_messages
from algokader_lint.report.links.console import render_console
from algokader_lint.report.links.csv_form import render_csv
from algokader_lint.report.links.json_form import render_json
from algokader_lint.report.links.markdown import render_markdown
from algokader_lint.report.text import Style
from tests.report.links.reports import COMPLETE, DEAD, LONG_AGO, answer, entry, report

GOLDEN = Path(__file__).parent / "golden"
DUTCH, ENGLISH = load_messages("nl", "links"), load_messages("en", "links")
OFFLINE = report(
    [
        entry(
            "https://weg.example/",
            answer("dead", "no-such-name", checked_at=LONG_AGO, cached=True, stale=True),
            **DEAD,
        ),
        entry("https://goed.example/", answer("ok", "", status=200, checked_at=LONG_AGO, cached=True, stale=True)),
        entry("https://nieuw.example/", answer("unknown", "offline", checked_at=None)),
        entry("https://nieuw.example/ook", answer("unknown", "offline", checked_at=None)),
    ],
    hosts=3,
    asked=0,
    seconds=0.04,
    offline=True,
)
EMPTY = report([])


def console(
    columns: int = 100, *, everything: bool = False, english: bool = False, colour: bool = False
) -> Callable[[LinkReport], str]:
    messages = ENGLISH if english else DUTCH
    return lambda found: render_console(found, Style(colour=colour), columns, messages, everything=everything)


FORMS: dict[str, tuple[LinkReport, Callable[[LinkReport], str]]] = {
    "console.txt": (COMPLETE, console()),
    "console-narrow.txt": (COMPLETE, console(60)),
    "console-colour.txt": (COMPLETE, console(colour=True)),
    "console-all.txt": (COMPLETE, console(everything=True)),
    "console-en.txt": (COMPLETE, console(english=True)),
    "console-offline.txt": (OFFLINE, console()),
    "console-empty.txt": (EMPTY, console()),
    "markdown.md": (COMPLETE, lambda found: render_markdown(found, DUTCH)),
    "markdown-en.md": (COMPLETE, lambda found: render_markdown(found, ENGLISH)),
    "markdown-offline.md": (OFFLINE, lambda found: render_markdown(found, DUTCH)),
    "markdown-empty.md": (EMPTY, lambda found: render_markdown(found, DUTCH)),
    "report.json": (COMPLETE, render_json),
    "report.csv": (COMPLETE, lambda found: render_csv(found, DUTCH)),
}


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str) -> None:
    found, render = FORMS[name]
    data = render(found).encode()
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_bytes(data)
    assert data.decode() == (GOLDEN / name).read_bytes().decode()


def test_every_verdict_is_in_the_report() -> None:
    assert {one.answer.verdict for one in COMPLETE.entries} == set(VERDICTS)


@pytest.mark.parametrize("render", [render for _, render in FORMS.values()])
def test_the_order_of_the_document_does_not_matter(render: Callable[[LinkReport], str]) -> None:
    turned = [replace(one, places=one.places[::-1]) for one in COMPLETE.entries[::-1]]
    assert render(replace(COMPLETE, entries=tuple(turned), dated=COMPLETE.dated[::-1])) == render(COMPLETE)
