"""What the tool says of the real content, held against a few lines over raw YAML."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from algokader_lint.checks.directive_grammar import Grammar, directives
from algokader_lint.problem import Report
from tests.command import run_process
from tests.corpus import SOURCE_PAGE, clone_release, needs_corpus, takes_long
from tests.sites_in_tests import check, knowledge, open_folder

TARGETS = {
    "vereiste": "voldoen-aan-wetten-en-regels/vereisten",
    "maatregel": "voldoen-aan-wetten-en-regels/maatregelen",
    "levenscyclus": "levenscyclus",
    "onderwerp": "onderwerpen",
    "rollen": "rollen",
}


def broken_references(site: Path) -> list[tuple[str, int, str]]:
    """Counted without the tool: file, line and value of every list item that names no page."""
    found = []
    stems = {field: {path.stem for path in (site / "docs" / folder).glob("*.md")} for field, folder in TARGETS.items()}
    for kind in ("maatregelen", "vereisten", "hulpmiddelen"):
        for page in sorted((site / "docs/voldoen-aan-wetten-en-regels" / kind).glob("*.md")):
            text = page.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            if page.name == "index.md" or not text.startswith("---\n"):
                continue
            matter = yaml.load(text.split("\n---", 1)[0], Loader=yaml.CSafeLoader)
            for field, known in stems.items():
                for value in matter.get(field) or []:
                    if value is not None and str(value) not in known:
                        line = next(
                            n for n, row in enumerate(text.split("\n"), 1) if row.strip("- '\"\t") == str(value)
                        )
                        found.append((page.relative_to(site).as_posix(), line, str(value)))
    return sorted(found)


def references(report: Report) -> list[tuple[str, int, str]]:
    return sorted(
        (p.place.file, p.place.line, p.place.excerpt[p.place.column - 1 : p.place.end_column - 1].strip("'\""))
        for p in report.problems
        if p.code in ("AK301", "AK302")
    )


@needs_corpus
@pytest.mark.parametrize(
    ("release", "count"), [("v2.4.0", 10), pytest.param("v2.0", None, marks=takes_long), ("v1.6.1", 79)]
)
def test_broken_references_are_those_that_a_second_method_finds(
    tmp_path: Path, release: str, count: int | None
) -> None:
    site = clone_release(release, tmp_path / "site")
    expected = broken_references(site)
    report = check(site, select=["AK301", "AK302", "AK601", "AK702", "AK706"])
    assert references(report) == expected
    assert [p.message for p in report.problems if p.code.startswith(("AK6", "AK7"))] == []
    assert count is None or len(expected) == count


@needs_corpus
@pytest.mark.parametrize("release", [pytest.param("v1.5.1", marks=takes_long), "v2.4.0"])
def test_the_oldest_and_the_newest_release_are_read_in_time(tmp_path: Path, release: str) -> None:
    site = clone_release(release, tmp_path / "site")
    before = os.times()
    result = run_process("check", cwd=site)
    after = os.times()
    # Of the processor: what stands on the clock is longer on a machine that is busy with other things.
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 4  # 1.3 s on an idle machine
    assert result.returncode == 1
    assert result.stderr == ""
    assert len(result.stdout.splitlines()) <= 80


@needs_corpus
def test_the_source_page_in_place_of_the_topic_page(tmp_path: Path) -> None:
    site = clone_release("v1.6.1", tmp_path / "site")
    (site / "docs/onderwerpen/publieke-inkoop.md").write_bytes(SOURCE_PAGE.read_bytes())
    page = "docs/onderwerpen/publieke-inkoop.md"
    told = {p.code: p.replacements for p in check(site).problems if p.place.file == page}
    # Its link fits an older layout, its bullets are pasted, its mail address is plain text, two sources may not last.
    assert told.keys() == {"AK410", "AK601", "AK613", "AK705"}
    assert told["AK601"] == ("../voldoen-aan-wetten-en-regels/vereisten/index.md",)
    topic = open_folder(site).of_type("onderwerp")["publieke-inkoop"]
    grammar = next(rule.options["grammar"] for rule in knowledge().rules if rule.code == "AK503")
    found = list(directives(topic, Grammar.model_validate(grammar)))
    assert [(d.name, d.filter.text if d.filter else None) for d in found] == [
        ("list_maatregelen", "onderwerp/publieke-inkoop"),
        ("list_hulpmiddelen", "onderwerp/publieke-inkoop"),
    ]
    hosts = [link.target.split("/")[2] for link in topic.body.links if link.target.startswith("http")]
    assert hosts[-5:] == [
        "public-buyers-community.ec.europa.eu",
        "public-buyers-community.ec.europa.eu",
        "www.amsterdam.nl",
        "www.pianoo.nl",
        "www.pianoo.nl",
    ]
