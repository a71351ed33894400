"""The Markdown report, read back as a browser shows it."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from algokader_lint.messages import load_messages
from algokader_lint.problem import Change, Place, Problem, Report
from algokader_lint.report.markdown import MarkdownOptions, Question, render_markdown
from algokader_lint.report.text import printable
from algokader_lint.severity import SEVERITIES, Severity, at_least
from tests.report.hostile import FRAGMENTS, problem_of, reports, summary_of
from tests.report.reading import Item, Shown, code_blocks, read
from tests.report.runner import command, lines_of
from tests.sites_in_tests import knowledge

DUTCH = load_messages("nl")
EDIT = "https://github.com/naam/site/edit/mijn%20tak/"
LABELS = ("Zo wordt regel ", "Om over te nemen:", "Schrijf op deze plek:", "of:")
QUESTIONS = (
    Question("Kloppen de links?", ("AK3",), "Zelf kijken.", "Deels zelf kijken."),
    Question("Klopt de vorm?", ("AK1",)),
)


def render(report: Report, *, links: str | None = EDIT, show: Severity = "warning") -> str:
    options = MarkdownOptions(messages=DUTCH, links=links, questions=QUESTIONS, show=show)
    return render_markdown(report, options)


def findings(shown: Shown) -> list[Item]:
    titles = [title for level, title in shown.headings if level == "h4"][: len(shown.items)]
    return [item for title in titles if title[0].isdigit() for item in shown.items[title]]


def visible(text: str, limit: int) -> str:
    shown = printable(text[:limit])
    return shown if len(text) <= limit >= len(shown) else shown[: limit - 1] + "…"


def one(**changes: object) -> Problem:
    plain = Problem(
        place=Place("docs/map/bestand.md", 7, 3, 7, 7, "- fout"),
        code="AK301",
        name="onbekende-verwijzing",
        severity="error",
        rated="error",
        message="melding",
        help=(),
        page_type=None,
        page_key=None,
        field="",
        in_scope=False,
        related=(),
        fingerprint="",
        address="https://github.com/algokader-lint/algokader-lint/blob/main/rules/verwijzingen/AK301.md",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def report_on(problems: Sequence[Problem], change: Change | None = None, notices: Sequence[str] = ()) -> Report:
    return Report(tuple(problems), summary_of(problems), crashed=False, change=change, notices=tuple(notices))


def require_the_words_and_nothing_else(report: Report) -> None:
    text = render(report, show="info")
    assert not [line for line in lines_of(text) if command(line) or "##[" in line or line.lstrip().startswith("::")]
    text.encode("utf-8")
    shown = read(text)
    home = knowledge().catalogue.home
    assert all(address == home or address.startswith((f"{home}/rules/", EDIT)) for address in shown.addresses)
    names = {problem.name.replace("-", " ").capitalize() for problem in report.problems}
    assert shown.stressed <= names | {"Zo herstel je het:", "Commit changes"}
    assert len([level for level, _ in shown.headings if level == "h4"]) == len(shown.headings) - 1 <= 5
    assert shown.rows == []
    items = findings(shown)
    assert len(items) == len(report.problems)
    advice = {visible(text, 500).strip() for problem in report.problems for text in problem.help}
    told: list[str] = []
    for item in items:
        where, *lines = item.lines
        assert where.endswith((", regel 1", ", regel 2", ", regel 9999"))
        assert {line[1:].strip() for line in lines if line.startswith("→")} <= advice
        told += [line.strip() for line in lines if line.strip() and not line.startswith(("→", *LABELS))]
    words = [visible(problem.message, 500).strip() for problem in report.problems]
    assert Counter(told) == Counter(filter(None, words))
    assert set(code_blocks(shown)) <= {text for problem in report.problems for text in texts_to_copy(problem)}
    notices = [visible(f"{notice[:1].upper()}{notice[1:]}.", 200) for notice in report.notices[:10]]
    assert shown.quotes == [f"⚠️ {notice}".rstrip() for notice in notices]


@given(reports(most=8))
def test_a_reader_sees_the_words_and_nothing_else(report: Report) -> None:
    require_the_words_and_nothing_else(report)


def test_each_fragment_everywhere() -> None:
    """Each alone, and at the begin, in the middle and at the end of a text."""
    for fragment in FRAGMENTS:
        require_the_words_and_nothing_else(report_full_of(fragment))


def report_full_of(fragment: str) -> Report:
    texts = [fragment, f"{fragment} a", f"a {fragment}", f"a{fragment}b", f"{fragment}{fragment}"]
    texts = texts if len(fragment) < 500 else texts[:1]  # all must fit in one report
    problems = [
        one(message=text, help=(text, text), place=Place(text, 1, 1, 1, 2, text), replacements=(text,), snippet=snippet)
        for text in texts
        for snippet in ("", text)
    ]
    repaired = tuple(problems)
    return report_on(problems, Change(base=fragment, known=1, repaired=repaired), texts)


def texts_to_copy(problem: Problem) -> set[str]:
    """All that a contributor could be told to write."""
    line, start, end = problem.place.excerpt, problem.place.column - 1, problem.place.end_column - 1
    whole = {line[:start] + replacement + line[end:] for replacement in problem.replacements}
    return {problem.snippet.rstrip("\n"), *problem.replacements, *whole}


@pytest.mark.parametrize("text", ["www.kwaad.example", "https://kwaad.example", "a@b.nl", "[a](https://b.example)"])
def test_the_reader_of_these_tests_sees_a_link(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.report.reading.REFERENCE", re.compile("(?!)"))
        assert len(read(text).addresses) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("@naam", "#12", "GH-3", "c0ffee1", "<b>x</b>", "a <b>x</b>", "![x](y)", "1. x", "***", "<!-- x -->"),
        *("- a\n  - b", "    x", "~~x~~", "a\nb", "```\nx\n```", "- > a"),
    ],
)
def test_the_reader_of_these_tests_refuses(text: str) -> None:
    with pytest.raises(AssertionError):
        read(text)


def test_the_text_to_write_is_the_line_as_it_should_be() -> None:
    (item,) = findings(read(render(report_on([one(replacements=("goed",))]))))
    assert item.lines[-1] == "Zo wordt regel 7:"
    assert item.blocks == ["- goed"]
    (item,) = findings(read(render(report_on([one(replacements=("goed", "beter"))]))))
    assert item.blocks == ["- goed", "- beter"]
    assert item.lines[-2:] == ["Zo wordt regel 7:", "of:"]
    (item,) = findings(read(render(report_on([one(snippet="a:\n  - b\n\n  c\n", replacements=("x",))]))))
    assert item.lines[-1] == "Om over te nemen:"
    assert item.blocks == ["a:\n  - b\n\n  c"]


@pytest.mark.parametrize(
    ("excerpt", "column", "end_line"),
    [("a\u202eb fout", 5, 1), ("x" * 500 + "fout", 501, 1), ("een\tfout", 5, 1), ("fout ##[x]", 1, 1), ("fout", 1, 2)],
)
def test_a_line_that_cannot_be_shown_as_it_is_gives_only_the_words_to_write(
    excerpt: str, column: int, end_line: int
) -> None:
    problem = one(place=Place("a.md", 1, column, end_line, column + 4, excerpt), replacements=("goed",))
    (item,) = findings(read(render(report_on([problem]))))
    assert (item.lines[-1], item.blocks) == ("Schrijf op deze plek:", ["goed"])


@pytest.mark.parametrize(
    "text",
    ["::error::x", " ::x", "##[error]x", "a\x1b[31m", "\u202ea", "\ud800", "x" * 2_001],
    ids=lambda text: repr(text)[:20],
)
def test_words_that_cannot_be_shown_as_they_are_are_not_offered(text: str) -> None:
    problems = [one(replacements=(text,), place=Place("a.md", 1, 1, 1, 1, "")), one(snippet=text)]
    assert list(code_blocks(read(render(report_on(problems))))) == []


@pytest.mark.parametrize(
    "text", ["```", "````", "`" * 40, "~~~", " ``` ", "  ````x", "<!-- a -->", "- a", "", " ", "a\u00a0b"]
)
def test_code_blocks_hold_any_harmless_text(text: str) -> None:
    shown = read(render(report_on([one(snippet=f"a\n{text}\nb")])))
    assert list(code_blocks(shown)) == ([f"a\n{text}\nb"] if text != "a\u00a0b" else [])


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("docs/a (1).md", "docs/a%20%281%29.md"),
        ("docs/[é] `x`.md", "docs/%5B%C3%A9%5D%20%60x%60.md"),
        ('docs/"?q#f%20&.md', "docs/%22%3Fq%23f%2520%26.md"),
        ("docs/a\nb.md", "docs/a%0Ab.md"),
        ("docs\\..\\a.md", "docs%5C..%5Ca.md"),
        ("docs/..a/...md", "docs/..a/...md"),
        ("../../naam/site.md", None),
        ("docs/./a.md", None),
        ("/etc/a.md", None),
        ("docs//a.md", None),
        ("", None),
        ("docs/\ud800.md", None),
        ("docs/een\ufffd.md", None),
    ],
)
def test_a_link_opens_the_file_and_nothing_else(file: str, path: str | None) -> None:
    shown = read(render(report_on([one(place=Place(file, 7, 1, 7, 1, ""))])))
    (item,) = findings(shown)
    assert item.address == (None if path is None else f"{EDIT}{path}#L7")
    # Without a link the whole path is there to be read.
    name = file.rpartition("/")[2] if path else file
    assert item.lines[0] == (f"'{visible(name, 80)}', regel 7" if name else ", regel 7")


def test_advice_that_several_share_is_given_once() -> None:
    same = [one(place=Place(f"{n}.md", 1, 1, 1, 1, ""), help=("Doe dit.", f"Titel {n}")) for n in range(3)]
    other = one(place=Place("x.md", 1, 1, 1, 1, ""), help=("Doe dat.",))
    shown = read(render(report_on([*same, other])))
    assert shown.paragraphs.count("→ Doe dit.") == 1
    assert [item.lines[2:] for item in findings(shown)] == [["→ Doe dat."], *([f"→ Titel {n}"] for n in range(3))]


def test_the_worst_comes_first_and_the_topic_before_the_rest() -> None:
    problems = [
        one(code="AK101", severity="info"),
        one(code="AK102", severity="warning"),
        one(code="AK103"),
        one(code="AK104", in_scope=True, message="over het onderwerp"),
        one(code="AK104", message="ergens anders"),
    ]
    shown = read(render(report_on(problems), show="info"))
    assert [title for _, title in shown.headings[1:]] == ["3 fouten", "1 waarschuwing", "1 tip"]
    assert [item.lines[1] for item in findings(shown)][:2] == ["over het onderwerp", "ergens anders"]
    assert [title for _, title in read(render(report_on(problems))).headings[1:]] == ["3 fouten", "1 waarschuwing"]


def test_many_findings_begin_with_a_table_of_what_got_worse_and_what_got_better() -> None:
    new = [one(place=Place(f"{n}.md", 1, 1, 1, 1, "")) for n in range(25)]
    new += [one(code=f"AK{200 + n}", name="naam", severity="warning") for n in range(15)]
    repaired = (*[one()] * 3, one(code="AK999", name="over", severity="error"))
    change = Change(base="main", known=12, repaired=repaired)
    shown = read(render(report_on(new, change)))
    assert shown.rows[0] == ["Waar het over gaat", "Nieuw", "Hersteld"]
    assert shown.rows[1] == ["❌ Onbekende verwijzing (AK301)", "25", "3"]
    assert shown.rows[2] == ["⚠️ Naam (AK200)", "1", "0"]
    assert shown.rows[-1] == ["en nog 2 regels", "1", "1"]
    assert len(shown.rows) == 17
    assert [
        item.lines[0] for item in shown.items["❌ algokader-lint: 25 fouten en 15 waarschuwingen door deze wijziging"]
    ] == [
        "🎉 4 oude meldingen zijn met deze wijziging hersteld.",
        "12 oude meldingen blijven staan. Die komen niet door deze wijziging en staan hier niet bij.",
    ]
    assert len(findings(shown)) == 20 + 15
    assert "en nog 5 meldingen van deze soort" in shown.paragraphs


def test_a_change_that_breaks_nothing_is_thanked_for() -> None:
    change = Change(base="main", known=0, repaired=(one(message="was stuk"),))
    shown = read(render(report_on([], change)))
    assert shown.headings[0] == ("h3", "✅ algokader-lint: deze wijziging maakt niets stuk. Dank je wel!")
    assert [item.lines for item in shown.items["Hersteld"]] == [["'bestand.md' · was stuk (AK301)"]]
    assert [item.lines for item in shown.items["De vakjes in je pull request"]] == [
        ["Kloppen de links?", "✅ Dit vakje kun je aanvinken. Zelf kijken."],
        ["Klopt de vorm?", "✅ Dit vakje kun je aanvinken."],
    ]


def test_a_clean_site_takes_one_line() -> None:
    assert render(report_on([])) == "### ✅ algokader-lint: alles in orde\n"


def test_a_box_is_not_for_ticking_yet_while_its_rules_speak() -> None:
    problems = [one(), one(severity="warning"), one(code="AK101", severity="info")]
    shown = read(render(report_on(problems, Change(base="main", known=0, repaired=()))))
    assert [item.lines[1] for item in shown.items["De vakjes in je pull request"]] == [
        "❌ Vink dit nog niet aan: herstel eerst 2 meldingen hierover. Zelf kijken.",
        "✅ Dit vakje kun je aanvinken.",
    ]


def test_a_box_says_what_was_not_looked_at_and_that_is_less_when_addresses_were_asked_for() -> None:
    report = report_on([], Change(base="main", known=0, repaired=()))
    for online, caveat in ((False, " Zelf kijken."), (True, " Deels zelf kijken.")):
        shown = read(render(replace(report, online=online)))
        answers = [item.lines[1] for item in shown.items["De vakjes in je pull request"]]
        assert answers == [f"✅ Dit vakje kun je aanvinken.{caveat}", "✅ Dit vakje kun je aanvinken."]


def test_a_report_fits_in_a_comment_however_much_there_is() -> None:
    for seed, texts in enumerate([["`<" * 5_000], ["😀" * 5_000, "'a' " * 3_000], ["kort"]]):
        dice = random.Random(seed)
        problems = [problem_of(texts, dice) for _ in range(250)] * 20
        change = Change(base="main", known=5, repaired=tuple(problems))
        text = render(report_on(problems, change, texts * 20), show="info")
        assert len(text.encode("utf-16-le")) // 2 <= 60_000
        assert len(text.encode("utf-8")) <= 262_144
        shown = read(text)
        told = len(findings(shown))
        words = [paragraph.split() for paragraph in shown.paragraphs if "en nog" in paragraph]
        assert told + sum(int(next(word for word in some if word.isdigit())) for some in words) == 5_000
        assert [s for s in SEVERITIES if any(title.endswith(word(s)) for _, title in shown.headings)][:1] == ["error"]


def word(severity: Severity) -> str:
    return {"error": "fouten", "warning": "waarschuwingen", "info": "tips"}[severity]


def test_hidden_severities_are_not_counted() -> None:
    problems = [one(severity=severity) for severity in SEVERITIES for _ in range(3)]
    for show in SEVERITIES:
        shown = read(render(report_on(problems), show=show))
        assert len(findings(shown)) == sum(at_least(problem.severity, show) for problem in problems)
