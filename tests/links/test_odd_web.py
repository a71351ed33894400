"""The whole odd web in one run of the command: every case is answered as links.md says."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pytest

from tests.links.case import Case
from tests.links.cases import CASES
from tests.links.exchange import DOMAIN, Ports
from tests.links.running import Outcome, run_apart

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8 at the loopback interface"),
]

SECONDS, MEGABYTES = 45, 80
"""What the whole may take; on a quiet machine of two cores it is ten seconds."""
TAKEN = 3 * 2**20
"""Bytes that may be taken of what has no end; most is what the system keeps for a reader that has enough."""


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run_apart("odd")


def kind_of(case: Case) -> str:
    return "own names" if case.own_names else "six" if "{six}" in case.url else "any"


def is_right(case: Case, entry: Mapping[str, Any], ports: Ports) -> bool:
    return (
        entry["verdict"] == case.verdict
        and (case.reason is None or entry["reason"] == case.reason)
        and (case.status is None or entry["status"] == case.status)
        and (not case.final or entry["final_url"] == ports.fill(case.final))
        and (entry["moved_to"] or "") == ports.fill(case.moved_to)
    )


@pytest.mark.parametrize("kind", ["any", "own names", "six"])
def test_all_cases_are_answered_as_they_should(kind: str, outcome: Outcome) -> None:
    if kind == "own names" and not outcome.is_apart:
        pytest.skip("names cannot be the test's own here")
    if kind == "six" and not outcome.ports["six"]:
        pytest.skip("no IPv6 here")
    ports = Ports(**outcome.ports)  # type: ignore[arg-type]
    cases = {number: case for number, case in enumerate(CASES) if kind_of(case) == kind}
    assert cases
    assert [case.name for number, case in cases.items() if number not in outcome.entries] == [], "not in the report"
    shown = ("url", "verdict", "reason", "status", "detail", "final_url", "moved_to")
    entries = outcome.entries
    wrong = [number for number, case in cases.items() if not is_right(case, entries[number], ports)]
    assert {CASES[n].name: {name: entries[n].get(name) for name in shown} for n in wrong} == {}


def test_the_run_ends_as_it_should(outcome: Outcome) -> None:
    assert outcome.returncode == 1, outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert outcome.faults == [], "the odd web itself went wrong"


def test_nothing_went_to_a_forbidden_address(outcome: Outcome) -> None:
    assert outcome.hits == []


def test_the_run_is_short_and_small(outcome: Outcome) -> None:
    print(f"{len(CASES)} cases in {outcome.seconds:.1f} s and {outcome.megabytes:.0f} MB")
    assert outcome.seconds < SECONDS
    assert outcome.megabytes < MEGABYTES


def test_a_body_is_read_no_further_than_needed(outcome: Outcome) -> None:
    for label in ("endless-body", "big-body", "flood-of-lines", "flood-in-one-line"):
        assert outcome.sent.get(f"{label}.{DOMAIN}", 0) < TAKEN, label


def test_a_host_is_asked_one_thing_at_a_time(outcome: Outcome) -> None:
    """Two where there are over 20 addresses of it, where it does not notice at once that the first was given up, and
    where it goes by two names.
    """
    labels = ("redirect", "page", "title", "exact", "silent", "head-silent", "six")
    busy = {f"{label}.{DOMAIN}" for label in labels}
    assert {host: most for host, most in outcome.most_at_once.items() if most > 1 + (host in busy)} == {}
