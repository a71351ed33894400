"""Every rule page says what it must, and its examples behave as marked."""

from __future__ import annotations

from typing import Any

import pytest

from algokader_lint.checks import CHECKS
from algokader_lint.engine.fixing import try_fixes
from algokader_lint.fix import encoded
from algokader_lint.knowledge import Rule
from algokader_lint.problem import Problem, Report
from tests.rule_examples import Example, Expected, read_examples
from tests.rule_words import hold, recorded, said
from tests.sites_in_tests import check, knowledge, minimal_tree, task

RULES = knowledge().rules
EXAMPLES = [example for rule in RULES for example in read_examples(rule.code, rule.body)]


def marked_text(problem: Problem) -> str:
    """What the carets stand under, on the first line."""
    place = problem.place
    end = place.end_column - 1 if place.end_line == place.line else None
    return place.excerpt[place.column - 1 : end]


def how_to_run(example: Example) -> dict[str, Any]:
    before = minimal_tree(example.earlier) if example.earlier else None
    return {"select": sorted(example.codes), "before": before, "answers": example.answers}


def assert_behaves(example: Example) -> Report:
    report = check(minimal_tree(example.files), **how_to_run(example))
    assert not report.crashed, [p.message for p in report.problems]
    found = sorted(Expected(p.place.file, p.place.line, p.code, marked_text(p)) for p in report.problems)
    assert found == list(example.expected), f"{example.title}: {[p.message for p in report.problems]}"
    for got, wanted in zip(found, example.expected, strict=True):
        assert wanted.text is None or got.text == wanted.text, f"{example.title}: caret under {got.text!r}"
    return report


def repaired(example: Example, *, unsafe: bool) -> tuple[dict[str, bytes], set[bool]]:
    """The files that fixes change, and whether the fixes were safe; a second time there is nothing left to change."""
    how = how_to_run(example)
    done = try_fixes(task(minimal_tree(example.files), **how), unsafe=unsafe).files
    files = {item.file.path: encoded(item.file.source, item.text) for item in done}
    if files:
        assert try_fixes(task(minimal_tree({**example.files, **files}), **how), unsafe=unsafe).files == []
    return files, {p.repair.safe for item in done for p in item.problems if p.repair is not None}


def assert_repaired(example: Example, report: Report) -> None:
    """What fixes make of an example is what the page shows, and no fix is left unshown."""
    safe, unsafe = (
        {name: text.decode() for name, text in files.items()}
        for files in (example.repaired, example.repaired_unsafe or example.repaired)
    )
    if not any(problem.repair for problem in report.problems):
        assert (safe, unsafe) == ({}, {}), "nothing is repaired"
        return
    safely, _ = repaired(example, unsafe=False)
    assert {name: text.decode() for name, text in safely.items()} == safe
    boldly, kinds = repaired(example, unsafe=True)
    assert {name: text.decode() for name, text in boldly.items()} == unsafe
    allowed = {kind for code in example.codes for kind in rule_of(code).fix}
    assert {"safe" if safe else "unsafe" for safe in kinds} <= allowed


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.title for example in EXAMPLES])
def test_example(example: Example) -> None:
    report = assert_behaves(example)
    if example.expected:
        assert_repaired(example, report)
    assert_says(example, report)


def assert_says(example: Example, report: Report) -> None:
    lines = [line for problem in report.problems for line in said(rule_of(problem.code), problem)]
    hold(example.title[:5], example.title, lines)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_words_are_kept_of_an_example_that_is_gone(rule: Rule) -> None:
    assert set(recorded(rule.code)) <= {example.title for example in EXAMPLES}


def rule_of(code: str) -> Rule:
    return next(rule for rule in RULES if rule.code == code)


def test_every_kind_of_fix_is_shown() -> None:
    for rule in RULES:
        examples = [example for example in read_examples(rule.code, rule.body) if rule.fix]
        shown = {"safe": any(e.repaired for e in examples), "unsafe": any(e.repaired_unsafe for e in examples)}
        assert {kind for kind, there in shown.items() if there} == set(rule.fix), rule.code


def test_every_page_has_its_headings() -> None:
    for rule in RULES:
        headings = [line[3:] for line in rule.body.splitlines() if line.startswith("## ")]
        for wanted in ("Waarom", "Zo los je het op", "In English"):
            assert wanted in headings, rule.code
        assert rule.body.lstrip().startswith(f"# {rule.code} · {rule.name}\n"), rule.code
        assert rule.summary.endswith("."), rule.code
        assert len(rule.summary) < 150, rule.code
        assert rule.english.endswith("."), rule.code
        assert rule.english.isascii(), rule.code


def test_an_example_that_does_not_behave_fails() -> None:
    page = next(rule for rule in RULES if rule.code == "AK301")
    wrong = page.body.replace('"juristen"', '"jurist"')
    bad, good = read_examples("AK301", wrong)
    with pytest.raises(AssertionError, match="caret under 'juristen'"):
        assert_behaves(bad)
    unmarked = page.body.replace('<!-- verwacht AK301 "juristen" -->\n', "")
    with pytest.raises(AssertionError):
        assert_behaves(read_examples("AK301", unmarked)[0])
    assert_behaves(good)


def test_answers_in_an_example_are_ones_that_a_check_can_give() -> None:
    page = next(rule for rule in RULES if rule.code == "AK711")
    assert read_examples("AK711", page.body)[0].answers
    for word in ('"dead"', '"not-found"', '"status"'):
        with pytest.raises(ValueError, match=r"leidraad|verdict|reason"):
            read_examples("AK711", page.body.replace(word, '"bestaat-niet"'))


@pytest.mark.parametrize("heading", ["## Fout", "## Goed"])
def test_a_page_without_both_examples_is_refused(heading: str) -> None:
    page = next(rule for rule in RULES if rule.code == "AK301")
    with pytest.raises(ValueError, match="there is no heading"):
        read_examples("AK301", page.body.replace(heading, "## Iets anders"))


def test_every_check_kind_is_used_by_a_rule() -> None:
    assert {rule.check for rule in RULES} == set(CHECKS)


def test_the_minimal_site_is_clean() -> None:
    assert [p.message for p in check(minimal_tree({})).problems] == []
