"""No way of smuggling leads to a connection; the canary would have counted it."""

from __future__ import annotations

import sys

import pytest

from tests.links.running import Outcome, run_apart
from tests.links.smuggling import LURES, WAYS, Way

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8 at the loopback interface")


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


@pytest.mark.parametrize("way", WAYS, ids=lambda way: ascii(way.name))
def test_a_way_is_refused(way: Way, outcome: Outcome) -> None:
    if way.apart and not outcome.is_apart:
        pytest.skip("only for a network and names of the test's own")
    entry = outcome.entries.get(WAYS.index(way))
    assert entry is not None or way.unseen, "not in the report"
    assert entry is None or entry["verdict"] in way.verdicts, entry


@pytest.mark.parametrize("lure", LURES)
def test_a_lure_is_a_page_like_others(lure: str, outcome: Outcome) -> None:
    entry = outcome.entries.get(len(WAYS) + LURES.index(lure))
    assert entry is not None, "not in the report"
    assert entry["verdict"] == ("dead" if lure.endswith("/proxy") else "ok"), entry
