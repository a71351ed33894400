"""Reports whose every text comes from somebody who means harm."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from algokader_lint.problem import (
    BaselineUse,
    Change,
    FailingPage,
    Place,
    Problem,
    RelatedPlace,
    Report,
    ScopeSummary,
    Summary,
)
from algokader_lint.severity import SEVERITIES, Severity
from tests.sites_in_tests import knowledge

FRAGMENTS = [
    *("::error::x", "::error file=a.md,line=1::x", "::stop-commands::x", "::add-mask::e", "::", ":", " ::warning::"),
    *("##[error]x", "##[add-mask]a", "##", "#", "[", "#[", "[group]", "##\u200b[error]", ",", "=", "=a"),
    *("%0A", "%250A", "%", "%3A"),
    *("\n", "\r", "\r\n", "\x1b[31m", "\x1b]8;;https://kwaad.example\x07", "\x9b", "\x00", "\x7f"),
    *("\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\u00a0", "\ue000", "\ufffd", "\ud800"),
    *("\t", "    ", " ", "é", "漢", "😀", "x" * 700, "`<" * 400, "{% raw %}", "{{x}}", "$x$", "$$", ":smile:", '"'),
    *("|", "| a | b |\n|---|---|\n", "|---|", ":-:", "--:", "|:--", "---|", "---", "===", "-", "1.", "+", "*", "**"),
    *(
        "- a",
        "> a",
        "# a",
        "1. a",
        "1) a",
        "+ a",
        "- - a",
        "* * *",
        "    a",
        "[x] a",
        "[ ] ",
        "__a__",
        "_",
        "é_b_é",
        "\\",
    ),
    *("<script>alert(1)</script>", "<!-- x -->", "-->", "]]>", "<b>", "</details>", "<?x?>", "<!a>", "<![CDATA[x]]>"),
    *("`", "``", "```", "`" * 40, "a ` b", "~~~", "~~weg~~", "~~~a", "a\\", "&lt;", "&#35;1", "&", "](", ")", "]"),
    *("@mention", "@org/team", "a@b.nl", "#123", "GH-7", "o/r#1", "o/r@deadbeef", "0123456789abcdef", "c0ffee1"),
    *("www.kwaad.example", "https://kwaad.example/", "http://", "ftp://a.example", "mailto:a@b.nl", "xmpp:a@b.nl/x"),
    *("![x](https://kwaad.example/y.png)", "[x](https://kwaad.example)", "<https://kwaad.example>", "//a.example"),
    *("[x]: https://kwaad.example", "[^1]", "[^1]: a", "'", "'a'", " 'a' ", "' a '", "('b')", "'`'", "'``'", "'`a'"),
    *("'a`'", "'  '", "'a` `b'", "''", "pagina's", "'s avonds is het 'x'"),
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=5).map("".join)
CODES = [*(rule.code for rule in knowledge().rules), "AK000"]


def reports(least: int = 0, most: int = 8) -> st.SearchStrategy[Report]:
    """Reports of ``least`` to ``most`` problems, each field of which holds one of a few hostile texts."""
    return st.builds(
        report_of,
        st.lists(TEXTS, min_size=1, max_size=8),
        st.integers(0, 2**32),
        st.integers(least, most),
    )


def report_of(texts: Sequence[str], seed: int, number: int) -> Report:
    """A report with ``number`` problems, all of whose texts are taken from ``texts``."""
    dice = random.Random(seed)
    problems = tuple(problem_of(texts, dice) for _ in range(number))
    change = Change(
        base=dice.choice(texts),
        known=dice.choice((0, 1, 40)),
        repaired=tuple(problem_of(texts, dice) for _ in range(dice.choice((0, 1, 3)))),
    )
    return Report(
        problems=problems,
        summary=summary_of(problems, ScopeSummary(dice.choice(texts), "pagina's", 1, (FailingPage(texts[0], ("a",)),))),
        crashed=False,
        change=dice.choice((None, change)),
        baseline=dice.choice((None, BaselineUse(2, 1))),
        notices=tuple(dice.choice(texts) for _ in range(dice.choice((0, 1, 12)))),
    )


def problem_of(texts: Sequence[str], dice: random.Random) -> Problem:
    severity: Severity = dice.choice(SEVERITIES)
    code, (name, address) = dice.choice([(code, _rule(code)) for code in dice.sample(CODES, 3)])
    return Problem(
        place=_place(texts, dice),
        code=code,
        name=name,
        severity=severity,
        rated=severity,
        message=dice.choice(texts),
        help=tuple(dice.choice(texts) for _ in range(dice.choice((0, 1, 2)))),
        page_type=None,
        page_key=None,
        field="",
        in_scope=dice.random() < 0.3,
        related=tuple(RelatedPlace(_place(texts, dice), dice.choice(texts)) for _ in range(dice.choice((0, 1)))),
        fingerprint=dice.choice(texts),
        address=address,
        replacements=tuple(dice.choice(texts) for _ in range(dice.choice((0, 1, 2)))),
        snippet=dice.choice((*texts, "", "")),
    )


def _rule(code: str) -> tuple[str, str]:
    rule = next((rule for rule in knowledge().rules if rule.code == code), None)
    return (rule.name, knowledge().address(rule)) if rule else ("regel-mislukt", knowledge().catalogue.home)


def _place(texts: Sequence[str], dice: random.Random) -> Place:
    excerpt = dice.choice(texts)
    line, column = dice.choice((1, 2, 9_999)), dice.randint(1, len(excerpt) + 2)
    ends = [(line, dice.randint(column, len(excerpt) + 3)), (line + 1, 1)]
    return Place(dice.choice(texts), line, column, *dice.choice(ends), excerpt)


def summary_of(problems: Sequence[Problem], scope: ScopeSummary | None = None) -> Summary:
    return Summary(
        fixable=sum(problem.repair is not None for problem in problems),
        limited=False,
        pages=3,
        pages_with_errors=len({problem.place.file for problem in problems if problem.severity == "error"}),
        errors=sum(problem.severity == "error" for problem in problems),
        warnings=sum(problem.severity == "warning" for problem in problems),
        infos=sum(problem.severity == "info" for problem in problems),
        suppressed=0,
        pack=None,
        scope=scope,
    )
