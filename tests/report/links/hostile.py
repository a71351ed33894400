"""Reports on addresses whose every text comes from somebody who means harm."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import get_args

from hypothesis import strategies as st

from algokader_lint.links.answer import VERDICTS, Answer, Hop, Reason
from algokader_lint.links.document import DatedReference, LinkPlace, LinkReport, LinkReportEntry
from algokader_lint.severity import SEVERITIES
from tests.report.hostile import TEXTS
from tests.report.links.reports import EARLIER, TODAY, report, rule

ADDRESSES = TEXTS | TEXTS.map(lambda text: f"https://a.example/{text}") | TEXTS.map(lambda text: f"http://{text}")
HARD = [
    *("=cmd|' /C calc'!A0", "https://a.example/\n::error::x", "\x1b[31mrood", "\u202ehttps://a.example", "::error::x"),
    *("https://a.example/|x", "<script>alert(1)</script>", "</summary></details><script>", "https://a.example/`x`"),
    *("https://a.example/)[x](http://kwaad.example", "https://a.example/\\", "javascript:alert(1)", "##[error]x"),
    *("https://github.com/o/r/issues/1", "https://a:b@c.example/", "https://a.example/@minister#12", "", " ", "- x"),
]


def reports(most: int = 6) -> st.SearchStrategy[LinkReport]:
    """Reports of some addresses, each field of which holds one of a few hostile texts."""
    texts = st.lists(TEXTS | ADDRESSES, min_size=1, max_size=8)
    return st.builds(report_of, texts, st.integers(0, 2**32), st.integers(0, most))


def report_of(texts: Sequence[str], seed: int, number: int) -> LinkReport:
    """A report on a number of addresses, all of whose texts are taken from ``texts``."""
    dice = random.Random(seed)
    dated = tuple(_dated(texts, dice) for _ in range(dice.choice((0, 1, 3))))
    return report(
        [_entry(texts, dice) for _ in range(number)],
        dated=dated,
        notices=tuple(dice.choices(texts, k=dice.choice((0, 2)))),
        offline=dice.random() < 0.2,
        out_of_time=dice.random() < 0.2,
    )


def _entry(texts: Sequence[str], dice: random.Random) -> LinkReportEntry:
    severity = dice.choice((*SEVERITIES, None))
    words = {"message": dice.choice((*texts, "")), "help": tuple(dice.choices(texts, k=dice.choice((0, 1, 2))))}
    ruled = rule(dice.choice(("AK711", "AK712")), severity, **words) if severity else {}
    reasons: tuple[Reason, ...] = get_args(Reason)
    return LinkReportEntry(
        url=dice.choice(texts),
        answer=Answer(
            verdict=dice.choice(VERDICTS),
            reason=dice.choice(reasons),
            status=dice.choice((None, 200, 404)),
            detail=dice.choice(texts),
            final_url=dice.choice(texts),
            hops=tuple(Hop(text, 302) for text in dice.choices(texts, k=dice.choice((0, 2)))),
            moved_to=dice.choice((*texts, "")),
            checked_at=dice.choice((None, EARLIER)),
            cached=dice.random() < 0.5,
            stale=dice.random() < 0.5,
            failing_days=dice.choice((0, 3)),
        ),
        places=_places(texts, dice),
        **ruled,
    )


def _dated(texts: Sequence[str], dice: random.Random) -> DatedReference:
    url, law, undated = dice.choices(texts, k=3)
    return DatedReference(url, law, TODAY - timedelta(dice.randint(-50, 5_000)), undated, _places(texts, dice))


def _places(texts: Sequence[str], dice: random.Random) -> tuple[LinkPlace, ...]:
    return tuple(
        LinkPlace(dice.choice(texts), dice.choice((1, 9_999)), 1, dice.choice(texts), dice.choice(texts))
        for _ in range(dice.choice((0, 1, 2, 5)))
    )
