"""Every output format over the example site, held against a file. ``GOLDEN=write`` writes them; read the diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from algokader_lint.cli.outputs import questions_of
from algokader_lint.messages import load_messages
from algokader_lint.problem import Report
from algokader_lint.report.concise import render_concise
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.github import render_github
from algokader_lint.report.json_report import render_json
from algokader_lint.report.markdown import MarkdownOptions, render_markdown
from algokader_lint.report.text import Style
from tests.sites_in_tests import SITES, check, knowledge, read_files, write_files

GOLDEN = Path(__file__).parent / "golden"
DUTCH, ENGLISH = load_messages("nl"), load_messages("en")


def console(**options: object) -> Callable[[Report], str]:
    values: dict[str, object] = {"messages": DUTCH, "style": Style(colour=False), "seconds": 0.25, **options}
    return lambda report: render_console(report, ConsoleOptions(**values))  # type: ignore[arg-type]


def markdown(report: Report) -> str:
    questions = questions_of(knowledge(), DUTCH)
    options = MarkdownOptions(messages=DUTCH, links="https://github.com/naam/site/edit/mijn-tak/", questions=questions)
    return render_markdown(report, options)


FORMS: dict[str, Callable[[Report], str]] = {
    "console.txt": console(lines=None),
    "console-short.txt": console(lines=30, columns=80),
    "console-info.txt": console(lines=None, show="info"),
    "console-colour.txt": console(lines=60, style=Style(colour=True)),
    "concise.txt": lambda report: render_concise(report, DUTCH),
    "report.json": render_json,
    "github.txt": lambda report: render_github(
        report,
        console(lines=None)(report),
        token="0123456789abcdef",
        show="warning",
        messages=DUTCH,
    ),
    "markdown.md": markdown,
}
CHANGE_FORMS: dict[str, Callable[[Report], str]] = {
    "console-change.txt": console(lines=None),
    "markdown-change.md": markdown,
}
MEASURES = "docs/voldoen-aan-wetten-en-regels/maatregelen"
EARLIER = [
    (f"{MEASURES}/2-owp-02-bewijs-van-de-leverancier.md", "aia-02-tecnische", "aia-02-technische"),
    (f"{MEASURES}/6-imp-01-proefperiode-met-leverancier.md", "- projectleider", "- projectlijder"),
    (f"{MEASURES}/6-imp-01-proefperiode-met-leverancier.md", "id: urn:nl:ak:mtr:imp-01", "id: urn:nl:ak:mtr:imp-09"),
    ("docs/onderwerpen/data.md", "<!-- list_maatregel onderwerp", "<!-- list_maatregelen onderwerp"),
    ("docs/onderwerpen/data.md", "title: Data", "title: Data."),
]
"""What the site of the example looked like before: files, what is there now and what was there then."""


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


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Report:
    before = write_files(tmp_path_factory.mktemp("eerder"), read_files(SITES / "voorbeeld"))
    for file, now, then in EARLIER:
        text = (before / file).read_text(encoding="utf-8")
        assert now in text
        (before / file).write_text(text.replace(now, then), encoding="utf-8")
    return check(SITES / "voorbeeld", before=before)


@pytest.mark.parametrize("name", CHANGE_FORMS)
def test_form_of_a_change(changed: Report, name: str) -> None:
    compare(name, CHANGE_FORMS[name](changed))


def test_english() -> None:
    report = check(SITES / "voorbeeld", language="en")
    compare("console-en.txt", render_console(report, ConsoleOptions(messages=ENGLISH, style=Style(colour=False))))


def test_a_clean_site(report: Report) -> None:
    clean = check(SITES / "minimaal")
    compare("console-clean.txt", console()(clean))
    compare("markdown-clean.md", markdown(clean))
