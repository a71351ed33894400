"""Coverage for a terminal and as Markdown: the example held against a file, what is hostile kept harmless."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from algokader_lint.coverage.change import CoverageChange, ItemChange, TargetChange
from algokader_lint.coverage.document import GradedTarget
from algokader_lint.coverage.outcome import Outcome, Point
from algokader_lint.messages import load_messages
from algokader_lint.report.coverage.console import render_console
from algokader_lint.report.coverage.markdown import render_markdown
from algokader_lint.report.text import Style
from tests.report.coverage.pages import (
    MEASURES,
    REQUIREMENTS,
    REVISION,
    busy_site,
    hostile_site,
    measure_page,
    outcome_of,
    requirement_page,
)
from tests.report.reading import OWN_BLOCKS, OWN_INLINES, TABLE, github
from tests.report.runner import commands
from tests.sites_in_tests import SITES, write_files

DUTCH, ENGLISH = load_messages("nl", "coverage", "sheets"), load_messages("en", "coverage", "sheets")
PLAIN = Style(colour=False)
GOLDEN = Path(__file__).parent / "golden"
LIMIT = 60_000
VIEWS = ["coverage", "history", "topics", "frameworks"]
HISTORY = (
    Point(("v1", "v1.0"), "2025-01-01", 1, 1, 2, 0, 1, 1, 0, 1),
    Point(("v2 | ::error::x",), "2026-01-01", 2, 1, 2, 1, 1, 0, 0, 0),
)
HOSTILE_CHANGE = CoverageChange(
    base="\x1b[31m::error::x | <b> @minister",
    pages=(1, 2),
    ok=(1, 1),
    traceable=(1, 1),
    targets={"vereiste": TargetChange((1, 1), (1, 0), (1, 0))},
    items=(ItemChange("a", None, "t", "specific", "none", 1, 0, (), ("##[error]x",), ()),),
    new_dangling=(),
    mended=1,
    emptied={},
    filled={"rol": ("\n::stop-commands::x",)},
    sources_lost=(),
    sources_gained=("![x](http://kwaad.example)",),
    suspects=(),
    faults=(),
    names={"a": "::warning::"},
)


def console(outcome: Outcome, view: str = "coverage", columns: int = 100) -> str:
    return render_console(outcome, view, PLAIN, columns, DUTCH, everything=False)


@pytest.fixture(scope="module")
def example() -> Outcome:
    return outcome_of(SITES / "voorbeeld")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = hostile_site(tmp_path_factory.mktemp("kwaad"))
    name = "q | @minister #12 **vet** [x](http:kwaad) | z"
    page = requirement_page(name).replace("hoog-risico-ai-systeem", "'x | [k](http://kwaad.example) | @minister'")
    write_files(folder, {f"{REQUIREMENTS}/{name}.md": page, f"{MEASURES}/{name}.md": measure_page("owp-30", "Streep")})
    return replace(outcome_of(folder, history=HISTORY), change=HOSTILE_CHANGE)


def compare(name: str, text: str) -> None:
    """Held against a file, as the reports of findings are; GOLDEN=write writes it."""
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_example_at_a_terminal(example: Outcome) -> None:
    compare("console.txt", console(example))
    compare("console-narrow.txt", console(example, columns=60))
    compare("console-en.txt", render_console(example, "coverage", PLAIN, 100, ENGLISH, everything=True))


def test_the_example_in_markdown(example: Outcome) -> None:
    compare("markdown.md", render_markdown(replace(example, history=HISTORY), "coverage", DUTCH))


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
def test_no_row_of_a_table_is_wider_than_the_terminal(example: Outcome, columns: int) -> None:
    """Names and places apart, which are not cut: they are there to be copied."""
    lines = [line for line in console(example, columns=max(columns, 80)).splitlines() if ".md" not in line]
    assert max(len(line) for line in lines) <= max(columns, 80)


def test_the_first_table_is_whether_every_page_is_in_order(tmp_path: Path) -> None:
    outcome = outcome_of(busy_site(tmp_path))
    lines = console(outcome).splitlines()
    assert lines[3] == "Maatregelen: 1 van 3 in orde"
    assert re.split(r"  +", lines[4].strip()) == ["maatregel", "vereiste", "fasen", "rollen", "bronnen", "titel"]
    assert [line.split()[:2] for line in lines[5:8]] == [["✓", "owp-01"], ["✗", "owp-20"], ["✗", "owp-21"]]
    assert "10 (verzamelmaatregel)" in lines[6]
    shown = github().parse(render_markdown(outcome, "coverage", DUTCH))
    heads = [token.children for token in shown if token.type == "inline"]
    text = ["".join(child.content for child in children or ()) for children in heads]
    start = text.index("Maatregelen: 1 van 3 in orde")
    assert text[start + 1 : start + 7] == ["maatregel", "vereiste", "fasen", "rollen", "bronnen", "titel"]


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_of_strangers_is_a_command_or_moves_the_cursor(hostile: Outcome, view: str) -> None:
    text = console(hostile, view)
    assert commands(text) == ([], [])
    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_of_strangers_is_markup(hostile: Outcome, view: str) -> None:
    text = render_markdown(hostile, view, DUTCH)
    assert commands(text) == ([], [])
    for token in github().parse(text):
        assert re.sub(r"_(open|close)$", "", token.type) in {*OWN_BLOCKS, *TABLE, "inline"}, token
        for child in token.children or ():
            assert re.sub(r"_(open|close)$", "", child.type) in OWN_INLINES, child
            if child.type == "link_open":
                assert str(child.attrGet("href")).startswith(f"https://github.com/voorbeeld/kader/blob/{REVISION}/")


def test_a_long_title_and_many_groups_cost_little(tmp_path: Path) -> None:
    folder = busy_site(tmp_path)
    values = ", ".join(f"g{number}" for number in range(2_000))
    pages = {f"{MEASURES}/2-owp-40-lang.md": measure_page("owp-40", "é" * 20_000)}
    for number in range(8):
        page = requirement_page(f"awb-{number:02}-veel")
        pages[f"{REQUIREMENTS}/awb-{number:02}-veel.md"] = page.replace("hoog-risico-ai-systeem", values)
    started = time.process_time()
    outcome = outcome_of(write_files(folder, pages))
    console(outcome)
    render_markdown(outcome, "coverage", DUTCH)
    assert time.process_time() - started < 5  # a second on an idle machine; tests run side by side


def test_five_thousand_gaps_fit_and_are_counted(example: Outcome) -> None:
    graded = example.coverage.graded
    gap = replace(next(item for item in graded.items if item.state == "none"), title="é" * 300, bulk=("x",) * 50)
    items = tuple(replace(gap, key=f"aia-{number:04}-gat", name="") for number in range(5_000))
    target = GradedTarget(len(items), 0, 0, len(items), 0, items)
    many = replace(
        example.coverage,
        targets={**example.coverage.targets, example.coverage.graded_name: target},
        ranking=tuple(item.key for item in items),
        dangling=example.coverage.dangling * 20,
    )
    text = render_markdown(replace(example, coverage=many), "coverage", DUTCH)
    assert 30_000 < len(text.encode("utf-16-le")) // 2 <= LIMIT
    shown = {"dangling": len(re.findall(r"^\| `.*\.md \|$", text, re.M)), "gaps": text.count("-gat` |")}
    left = [int(number) for number in re.findall(r"^… en nog (\d+) rijen, die hier niet passen\.$", text, re.M)]
    assert 0 < shown["gaps"] < 5_000
    assert left[0] == 5_000 - shown["gaps"]
    assert shown["dangling"] == len(many.dangling)
    assert "Hier past niet meer bij: " in text
