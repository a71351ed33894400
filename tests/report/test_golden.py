"""Every output format over the example site, held against a file. ``GOLDEN=write`` writes them; read the diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from algokader_lint.messages import load_messages
from algokader_lint.problem import Report
from algokader_lint.report.concise import render_concise
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.json_report import render_json
from algokader_lint.report.text import Style
from tests.sites_in_tests import SITES, check

GOLDEN = Path(__file__).parent / "golden"
DUTCH, ENGLISH = load_messages("nl"), load_messages("en")


def console(**options: object) -> Callable[[Report], str]:
    values: dict[str, object] = {"messages": DUTCH, "style": Style(colour=False), "seconds": 0.25, **options}
    return lambda report: render_console(report, ConsoleOptions(**values))  # type: ignore[arg-type]


FORMS: dict[str, Callable[[Report], str]] = {
    "console.txt": console(lines=None),
    "console-short.txt": console(lines=30, columns=80),
    "console-info.txt": console(lines=None, show="info"),
    "console-colour.txt": console(lines=60, style=Style(colour=True)),
    "concise.txt": lambda report: render_concise(report, DUTCH),
    "report.json": render_json,
}


@pytest.fixture(scope="module")
def report() -> Report:
    return check(SITES / "voorbeeld")


def compare(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_form(report: Report, name: str) -> None:
    compare(name, FORMS[name](report))


def test_english() -> None:
    report = check(SITES / "voorbeeld", language="en")
    compare("console-en.txt", render_console(report, ConsoleOptions(messages=ENGLISH, style=Style(colour=False))))


def test_a_clean_site(report: Report) -> None:
    clean = check(SITES / "minimaal")
    compare("console-clean.txt", console()(clean))
