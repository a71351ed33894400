"""No way of smuggling leads to a connection; the canary would have counted it."""

from __future__ import annotations

import sys

import pytest

from tests.links.running import Outcome, run_apart
from tests.links.smuggling import LURES, WAYS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8 at the loopback interface"),
]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run_apart("smuggling")


def test_there_are_many_ways() -> None:
    assert len({way.name for way in WAYS}) == len(WAYS) > 100


def test_the_canary_is_not_hit(outcome: Outcome) -> None:
    assert any(place.startswith("127.66.66.66 ") for place in outcome.canary)
    assert outcome.hits == []
    assert "Traceback" not in outcome.stderr
    assert outcome.faults == [], "the odd web itself went wrong"


@pytest.mark.parametrize("apart", [False, True])
def test_every_way_is_refused(apart: bool, outcome: Outcome) -> None:
    if apart and not outcome.is_apart:
        pytest.skip("only for a network and names of the test's own")
    entries = {way: outcome.entries.get(number) for number, way in enumerate(WAYS) if way.apart == apart}
    assert entries
    assert [ascii(way.name) for way, entry in entries.items() if entry is None and not way.unseen] == [], "not reported"
    assert {
        ascii(way.name): entry for way, entry in entries.items() if entry and entry["verdict"] not in way.verdicts
    } == {}


def test_a_lure_is_a_page_like_others(outcome: Outcome) -> None:
    for number, lure in enumerate(LURES, len(WAYS)):
        entry = outcome.entries.get(number)
        assert entry is not None, f"{lure}: not in the report"
        assert entry["verdict"] == ("dead" if lure.endswith("/proxy") else "ok"), entry
