"""What a chain of redirects says of the address it began at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

from algokader_lint.links.answer import Answer, PageAnswer, Reason, VerdictName
from algokader_lint.links.client import Reply
from algokader_lint.links.following import Chain
from algokader_lint.links.page_facts import PageFacts, read_page
from algokader_lint.links.signs import Signs


def judge(chain: Chain, fragments: Collection[str], signs: Signs, now: datetime) -> PageAnswer:
    """The verdict on the address that a chain began at (links.md, Verdicts)."""
    base = Answer(
        verdict="unknown",
        status=chain.hops[-1].status if chain.hops else None,
        final_url=str(chain.end),
        hops=tuple(chain.hops),
        checked_at=now,
    )
    if chain.trouble is not None:
        trouble = chain.trouble
        return PageAnswer(replace(base, verdict=trouble.verdict, reason=trouble.reason, detail=trouble.detail))
    if chain.reply is None:
        return PageAnswer(replace(base, reason="not-reached"))
    facts = facts_of(chain.reply, anchors=bool(fragments))
    verdict, reason, detail = _verdict(chain, chain.reply, facts, signs)
    moved_to = str(chain.moved_to) if verdict == "moved" and chain.moved_to is not None else ""
    answer = replace(base, verdict=verdict, reason=reason, detail=detail, moved_to=moved_to)
    known = _places(chain, fragments, facts, signs) if verdict in ("ok", "moved") else {}
    return PageAnswer(answer, known)


def facts_of(reply: Reply, *, anchors: bool) -> PageFacts:
    """What the page in an answer says of itself; its places only with ``anchors``."""
    encoding = reply.headers.get("content-encoding", "")
    return read_page(reply.body, whole=reply.whole, encoding=encoding, charset=reply.charset, anchors=anchors)


def _verdict(chain: Chain, reply: Reply, facts: PageFacts, signs: Signs) -> tuple[VerdictName, Reason, str]:
    status = reply.status
    if signs.asks_for_human(reply.headers, facts.title):
        return "blocked", "robot-page", facts.title
    if status == 404:
        return "dead", "not-found", ""
    if status == 410:
        return "dead", "gone", ""
    if status == 429:
        return "blocked", "too-many-requests", ""
    if status in signs.blocked_statuses:
        return "blocked", "denied", ""
    if status >= 500:
        return "unknown", "server-error", ""
    if not 200 <= status < 300:
        return "unknown", "status", ""
    return _landing(chain, facts, signs)


def _landing(chain: Chain, facts: PageFacts, signs: Signs) -> tuple[VerdictName, Reason, str]:
    """What a page that was found says."""
    if signs.says_not_found(facts.title):
        return "suspect", "title", facts.title
    redirected = len(chain.hops) > 1
    if redirected and signs.is_login(chain.end) and not signs.is_login(chain.start):
        return "suspect", "login", str(chain.end)
    if redirected and signs.is_home(chain.end) and not signs.is_home(chain.start):
        return "suspect", "home-page", str(chain.end)
    if chain.moved_to not in (None, chain.start):  # some go round by a page that sets a cookie, and come back
        return "moved", "permanent", ""
    return "ok", "", ""


def _places(chain: Chain, fragments: Collection[str], facts: PageFacts, signs: Signs) -> dict[str, bool]:
    """Whether the page may have each of the fragments.

    Its text tells that it has not when all of it was seen and no script builds it; ``top`` is always there (HTML,
    7.4.6.4).
    """
    anchors = {*facts.anchors, *map(unquote, facts.anchors)}
    told = facts.whole and bool(facts.anchors) and not chain.fragment_replaced

    def lost(fragment: str) -> bool:
        known = fragment in anchors or fragment.casefold() == "top"
        return told and not known and signs.can_judge(chain.end, fragment)

    return {fragment: not lost(fragment) for fragment in fragments if fragment}
