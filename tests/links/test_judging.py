"""The verdict on a chain of redirects, by itself."""

from __future__ import annotations

from datetime import UTC, datetime

from yarl import URL

from algokader_lint.links.answer import Hop
from algokader_lint.links.client import Reply
from algokader_lint.links.following import Chain
from algokader_lint.links.judging import judge
from algokader_lint.links.signs import Signs
from tests.sites_in_tests import knowledge

START = URL("https://www.voorbeeld.example/wet")
OTHER = URL("https://www.voorbeeld.example/wet/artikel")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def verdict(end: URL) -> tuple[str, str]:
    """Of an address that was redirected for good, by way of another, and ended there."""
    hops = [Hop(str(START), 301), Hop(str(OTHER), 301), Hop(str(end), 200)]
    chain = Chain(START, hops, Reply(url=end, status=200, headers={}), moved_to=end)
    answer = judge(chain, (), Signs(knowledge().link_check), NOW).answer
    return answer.verdict, answer.moved_to


def test_an_address_that_comes_back_to_itself_did_not_move() -> None:
    assert verdict(START) == ("ok", "")


def test_an_address_that_ends_elsewhere_moved() -> None:
    assert verdict(OTHER) == ("moved", str(OTHER))
