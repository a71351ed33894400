"""Fixes on a whole site: which are applied, in what order, and which are taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from algokader_lint.checks import PageCheck
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.engine import Run
from algokader_lint.engine.fixing import Repairs, try_fixes
from algokader_lint.finding import Finding, Fix
from algokader_lint.fix import Edit, encoded
from tests.sites_in_tests import SITES, FilesTree, minimal_tree, read_files, task

MEASURE = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
ROLE, TOPIC = "docs/rollen/jurist.md", "docs/onderwerpen/data.md"
CLEAN = read_files(SITES / "minimaal")[MEASURE].decode()


def texts(found: Repairs) -> dict[str, str]:
    return {item.file.path: item.text for item in found.files}


def tree_of(files: Mapping[str, bytes | str]) -> FilesTree:
    return minimal_tree({name: text.encode() if isinstance(text, str) else text for name, text in files.items()})


def run_of(files: Mapping[str, bytes | str], **how: Any) -> Run:
    return task(tree_of(files), **how)


def with_rule(run: Run, *rules: Callable[[Page], Iterable[tuple[Span, str]]]) -> Run:
    """The run with, in the place of its rules, checks of one page that give places and texts to write there."""

    def check_of(rule: Callable[[Page], Iterable[tuple[Span, str]]]) -> PageCheck:
        def check(site: Site, page: Page, options: Any) -> Iterator[Finding]:
            for span, text in rule(page):
                yield Finding(span=span, fix=Fix((Edit(span, text),), safe=True), values=FILLED)

        return PageCheck(check, run.rules[0].kind.options)

    chosen = run.rules[: len(rules)]
    assert len(chosen) == len(rules)
    active = [replace(item, kind=check_of(rule)) for item, rule in zip(chosen, rules, strict=True)]
    return replace(run, rules=active)


FILLED = dict.fromkeys(("field", "value", "detail", "to", "key"), "")


def words(replaced: str, by: str) -> Callable[[Page], Iterator[tuple[Span, str]]]:
    """A rule that a word must be another."""

    def rule(page: Page) -> Iterator[tuple[Span, str]]:
        at = page.source.text.find(replaced) if page.key in ("x", "y", "z") else -1
        while at >= 0:
            yield Span(at, at + len(replaced)), by
            at = page.source.text.find(replaced, at + 1)

    return rule


def one_page(text: str, *rules: Callable[[Page], Iterable[tuple[Span, str]]]) -> tuple[str, Repairs]:
    run = with_rule(run_of({"docs/x.md": text}, select=["AK1"]), *rules)
    found = try_fixes(run, unsafe=False)
    return texts(found).get("docs/x.md", text), found


def test_two_pages_and_several_fixes_on_a_page() -> None:
    broken = CLEAN.replace("title: Stel eisen aan de leverancier", "title: Stel eisen.").replace(
        "- projectleider", "- Projectleider\n- projectleider"
    )
    run = run_of({MEASURE: broken, ROLE: "---\ntitle: Jurist.\nhide:\n- toc\n- toc\n---\n"})
    found = try_fixes(run, unsafe=False)
    assert texts(found) == {
        MEASURE: CLEAN.replace("title: Stel eisen aan de leverancier", "title: Stel eisen"),
        ROLE: "---\ntitle: Jurist\nhide:\n- toc\n---\n",
    }
    assert {item.file.path: [p.code for p in item.problems] for item in found.files} == {
        MEASURE: ["AK108", "AK301", "AK106"],  # a value that became one that was there already
        ROLE: ["AK108", "AK106"],
    }
    assert try_fixes(run_of(texts(found)), unsafe=True).files == []


def test_fixes_that_touch_are_applied_one_after_another() -> None:
    text, found = one_page("aabb\n", words("aa", "c"), words("bb", "d"))
    assert text == "cd\n"
    assert len(found.files[0].problems) == 2


def test_a_fix_that_makes_worse_is_taken_back_and_the_others_stay() -> None:
    before = "goed x\n\n[link](index.md) kwaad\n\ngoed y\n"
    rules = words("goed", "beter"), words("[link](index.md) kwaad", "link"), words("y", "z")
    text, found = one_page(before, *rules)
    assert text == "beter x\n\n[link](index.md) kwaad\n\nbeter z\n"
    assert [p.place.line for p in found.refused] == [3]
    assert all(p.repair is not None for p in found.refused)


def test_more_of_the_same_than_is_told_at_once_is_repaired_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("algokader_lint.engine.judging.MOST_FINDINGS", 3)
    text, found = one_page("kwaad. " * 10, words("kwaad", "goed"))
    assert text == "goed. " * 10
    assert found.refused == []


def test_a_fix_that_is_refused_at_one_place_is_made_at_others() -> None:
    before = "a nog\n\nnog\n\nb\nnog\n\nc\n\nnog\n\nd\nnog\n"
    # An underline would make a heading of the line above it; a rule on a line of its own changes nothing else.
    text, found = one_page(before, words("\nnog", "\n---"), words("a nog", "langer dan het was"))
    assert text == "langer dan het was\n\n---\n\nb\nnog\n\nc\n\n---\n\nd\nnog\n"
    assert [p.place.line for p in found.refused] == [5, 12]


def test_a_fix_that_others_made_possible_is_made_in_the_same_run() -> None:
    def sign(page: Page) -> Iterator[tuple[Span, str]]:
        """A word lacks a sign, which does not count as long as another word follows."""
        text = page.source.text
        if page.key == "x" and ("later" in text or "!" not in text):
            yield Span(0, 5), "tekst!"

    text, found = one_page("tekstlater\n", sign, words("later", "nu"))
    assert (text, found.refused) == ("tekst!nu\n", [])


@pytest.mark.parametrize(
    ("before", "replaced", "by"),
    [
        ("---\ntitle: x\n---\n\ntekst\n", "title: x", "title: [x"),
        ("## Kop\n\ntekst\n", "Kop", "Top"),
        ("tekst\n\nnog\n", "nog", "---"),  # makes no heading: it stays
        ("tekst\nnog\n", "nog", "---"),
        ("`code` tekst\n", "`code`", "code"),
        ("tekst\n\nnog\n", "nog", "    nog"),
        ("[a](b.md)\n", "](", "] ("),
        ("tekst\n", "tekst", "tekst tekst"),  # its own problem is still there
    ],
)
def test_what_is_worse(before: str, replaced: str, by: str) -> None:
    text, found = one_page(before, words(replaced, by))
    if before == "tekst\n\nnog\n" and by == "---":
        assert text == "tekst\n\n---\n"
    else:
        assert text == before
        assert found.files == []
        assert len(found.refused) == 1


def test_what_a_comment_swallowed_may_come_to_light() -> None:
    hidden = "<!-- tags ->\n\n## Kop\n\n```\ncode\n```\n\n<!-- einde -->\n"
    shown = hidden.replace("tags ->", "tags -->")
    run = run_of({"docs/x.md": hidden}, select=["AK5"])
    assert texts(try_fixes(run, unsafe=False)) == {"docs/x.md": shown}


def test_fixes_that_undo_each_other_end() -> None:
    text, found = one_page("aan\n", words("aan", "uit"), words("uit", "aan"))
    assert text == "uit\n"
    assert len(found.refused) == 1


def test_a_fix_that_makes_an_error_on_another_page_is_refused() -> None:
    def rule(page: Page) -> Iterator[tuple[Span, str]]:
        yield from words("fout", "goed")(page) if page.key == "x" else ()
        at = page.source.text.find("elders")
        if at >= 0 and page.key == "y" and broken["now"]:
            yield Span(at, at + 6), "elders"

    broken = {"now": False}

    def watching(page: Page) -> Iterator[tuple[Span, str]]:
        if page.key == "x":
            broken["now"] = "goed" in page.source.text
        yield from rule(page)

    files = {"docs/x.md": "fout\n", "docs/y.md": "elders\n", "docs/z.md": "x\n"}
    run = with_rule(run_of(files, select=["AK1"]), watching, words("x\n", "z\n"))
    found = try_fixes(run, unsafe=False)
    assert texts(found) == {"docs/z.md": "z\n"}
    assert [p.place.file for p in found.refused] == ["docs/x.md"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_byte_order_mark_stay(mark: bytes) -> None:
    text = CLEAN.replace("- projectleider", "- projectleider\n- projectleider").replace("\n", "\r\n")
    (done,) = try_fixes(run_of({MEASURE: mark + text.encode()}), unsafe=False).files
    assert encoded(done.file.source, done.text) == mark + CLEAN.replace("\n", "\r\n").encode()


def test_only_what_is_new_is_repaired() -> None:
    old = {ROLE: "---\ntitle: Jurist.\n---\n"}
    before = tree_of(old)
    run = run_of({**old, TOPIC: "---\ntitle: Data.\n---\n"}, before=before)
    assert texts(try_fixes(run, unsafe=False)) == {TOPIC: "---\ntitle: Data\n---\n"}


def test_what_is_suppressed_or_not_asked_for_is_left_alone() -> None:
    files = {
        ROLE: "---\n# lint-uit AK108: dit hoort zo\ntitle: Jurist.\n---\n",
        TOPIC: "---\ntitle: Data.\n---\n",
    }
    assert texts(try_fixes(run_of(files), unsafe=True)) == {TOPIC: "---\ntitle: Data\n---\n"}
    assert texts(try_fixes(run_of(files, paths=[ROLE]), unsafe=True)) == {}
    assert texts(try_fixes(run_of(files, ignore=["AK108"]), unsafe=True)) == {}


WRONG = "<!--list_vereisten-->\n"


def suppressed(text: str) -> str:
    files = {"docs/x.md": text}
    done = try_fixes(run_of(files, select=["AK5", "AK911"]), unsafe=True).files
    return done[0].text if done else text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n\n<!-- lint-uit AK501: x -->\n\nb\n", "a\n\nb\n"),
        ("a\r\n\r\n<!-- lint-uit AK501: x -->\r\nb\r\n", "a\r\n\r\nb\r\n"),
        ("a\n<!-- lint-uit AK501: x -->\nb\n", "a\n\nb\n"),  # what stood apart stays so
        ("<!-- lint-uit AK501: x -->\n\n## Kop\n", "\n## Kop\n"),
        ("a\n\n<!-- lint-uit AK501: x -->", "a\n\n"),
        ("a\n\n<!-- lint-uit AK501:\nom deze reden -->\n\nb\n", "a\n\nb\n"),
        (
            "<!-- lint-uit AK501,AK504 AK506: x -->\n<!--list_vereisten-->\n",
            "<!-- lint-uit AK501: x -->\n<!--list_vereisten-->\n",
        ),
        ("---\ntitle: x\n  # lint-uit AK501: x\nhide: toc\n---\n", "---\ntitle: x\nhide: toc\n---\n"),
    ],
)
def test_a_suppression_of_no_use_goes(before: str, after: str) -> None:
    assert suppressed(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "a\n\n<!-- lint-uit AK501 -->\n\nb\n",  # without a reason it never counted: ask its author
        "a\n\n<!-- lint-uit AK9999: x -->\n\nb\n",
        "a\n\n<!-- lint-uit AK501 tot 2020-01-01: x -->\n\nb\n",
        "a\n\n<!-- lint-uit AK501, AK9999: x -->\n\nb\n",
        "a\n\n<!-- lint-uit AK108: x -->\n\nb\n",  # that rule did not run
        "- a\n\n<!-- lint-uit AK501: x -->\n\n- b\n",  # two lists would become one
        "- a\n\n    <!-- lint-uit AK501: x -->\n\n    b\n",
        f"<!-- lint-uit AK501: x -->\n{WRONG}",
    ],
)
def test_a_suppression_that_may_be_of_use_stays(text: str) -> None:
    assert suppressed(text) == text
