from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from algokader_lint.messages import load_messages
from algokader_lint.problem import Place, Problem, Report, Summary
from algokader_lint.report.concise import render_concise
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.text import Style, printable, quiet, width
from tests.report.hostile import TEXTS, reports
from tests.report.runner import command, lines_of

DUTCH = load_messages("nl")
HOSTILE = st.text(alphabet=st.sampled_from("ab:|<`% \t\r\n\x1b\x9b\u202e\u2028\u200b\ud800é漢😀"), max_size=30)


@given(st.text(max_size=60) | HOSTILE)
def test_printable_text_is_one_line_that_moves_nothing(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


def test_width_counts_columns() -> None:
    assert width("abc") == 3
    assert width("é漢😀") == 5
    assert width("e\u0301") == 1


def problem(text: str, start: int, end: int) -> Problem:
    line = text.replace("\n", " ")
    return Problem(
        place=Place(text, 1, start + 1, 1, end + 1, line),
        code="AK301",
        name="naam",
        severity="error",
        rated="error",
        message=text,
        help=(text,),
        page_type=None,
        page_key=None,
        field=text,
        in_scope=False,
        related=(),
        fingerprint="",
        address="https://voorbeeld.example",
    )


@given(reports(), st.booleans(), st.sampled_from([None, 30]), st.sampled_from([40, 100]))
def test_no_report_opens_a_line_or_a_command_of_its_own(
    report: Report, quiet_footer: bool, lines: int | None, columns: int
) -> None:
    options = ConsoleOptions(
        messages=DUTCH,
        style=Style(colour=False),
        show="info",
        lines=lines,
        columns=columns,
        summary=not quiet_footer,
    )
    for out in (render_console(report, options), render_concise(report, DUTCH)):
        assert out == "" or out.endswith("\n")
        for line in lines_of(out):
            assert line.isprintable()
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
            assert command(line) is None
        out.encode("utf-8")
    assert len(lines_of(render_concise(report, DUTCH))) == len(report.problems) + 1


@given(st.lists(TEXTS.map(printable), max_size=4).map("".join))
def test_pieces_that_are_quiet_do_not_make_a_command_together(line: str) -> None:
    assert command(quiet(line)) is None
    assert "##[" not in quiet(line)


@given(st.text(alphabet="abc é漢\t", max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_carets_stand_under_what_they_mark(line: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(line)), min(end, len(line))))
    summary = Summary(
        fixable=0,
        limited=False,
        pages=1,
        pages_with_errors=1,
        errors=1,
        warnings=0,
        infos=0,
        suppressed=0,
        pack=None,
        scope=None,
    )
    options = ConsoleOptions(messages=load_messages("nl"), style=Style(colour=False), columns=80)
    rows = render_console(Report((problem(line, start, end),), summary, crashed=False), options).split("\n")
    frame = [row for row in rows if row.startswith("1 | ")]
    marks = [row for row in rows if row.startswith("  | ") and "^" in row]
    if not frame:
        return
    (shown,), (mark,) = frame, marks
    assert width(shown) <= 2 * 80
    at = mark.index("^")
    marked = line[start:end]
    if marked.strip() and "…" not in shown and "\t" not in line:
        columns = 0
        for index, character in enumerate(shown):
            if columns == at:
                assert shown[index:].startswith(marked.rstrip())
                break
            columns += width(character)
