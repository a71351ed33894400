"""What is known of an address on the web: a verdict, and what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, get_args

VerdictName = Literal["dead", "invalid", "unsafe", "suspect", "moved", "tls", "unknown", "blocked", "fragment", "ok"]
VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)
"""All verdicts, what harms a reader most first."""

Reason = Literal[
    "",
    # dead
    "not-found",
    "gone",
    "no-such-name",
    "redirect-loop",
    "too-many-redirects",
    "no-location",
    # invalid
    "unparsable",
    "no-host",
    "bad-host",
    "bad-port",
    "too-long",
    # unsafe
    "private",
    "credentials",
    "scheme",
    "port",
    # suspect
    "title",
    "home-page",
    "login",
    # moved
    "permanent",
    # tls
    "expired",
    "self-signed",
    "wrong-host",
    "untrusted",
    # fragment
    "no-such-anchor",
    # blocked
    "denied",
    "too-many-requests",
    "robot-page",
    "left-alone",
    # unknown
    "server-error",
    "status",
    "timeout",
    "reset",
    "refused",
    "protocol",
    "not-reached",
    "offline",
    "excluded",
    "not-checked",
]
"""Why a verdict was given; the words are those of the JSON report."""
REASONS: frozenset[str] = frozenset(get_args(Reason))


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of a chain of redirects: what was asked for, and the status of the answer."""

    url: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a check of an address came to.

    ``status`` is that of the last answer (RFC 9110, 15), None when there was none; ``detail`` what else can be told of
    the reason, such as the title of a page. ``final_url`` is where the redirects ended, and ``hops`` all that was asked
    for on the way. ``moved_to`` is the address that can be written in the place of this one, empty when there is none.
    ``checked_at`` is None when it never was; ``cached`` tells that it was not in this run, and ``stale`` that it is
    longer ago than such a verdict holds. ``failing_days`` counts the days in a row, up to the last check, on which no
    verdict could be given.
    """

    verdict: VerdictName
    reason: Reason = ""
    status: int | None = None
    detail: str = ""
    final_url: str = ""
    hops: tuple[Hop, ...] = ()
    moved_to: str = ""
    checked_at: datetime | None = None
    cached: bool = False
    stale: bool = False
    failing_days: int = 0


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """The answer for an address without its fragment, and for each fragment that was asked about whether the page may
    have it: False only when it is known not to.
    """

    answer: Answer
    fragments: Mapping[str, bool] = field(default_factory=dict)

    def for_url(self, url: str, fragment: str) -> Answer:
        """The answer for the address as written, with its fragment (decoded: ``fragment``).

        One that moved keeps its fragment, unless the new address has its own.
        """
        answer = self.answer
        if answer.verdict == "moved" and "#" in url and "#" not in answer.moved_to:
            return replace(answer, moved_to=f"{answer.moved_to}#{url.partition('#')[2]}")
        if answer.verdict == "ok" and self.fragments.get(fragment) is False:
            return replace(answer, verdict="fragment", reason="no-such-anchor", detail=fragment)
        return answer
