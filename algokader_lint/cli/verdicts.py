"""What the cache of the check of addresses says, for the measuring of coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from algokader_lint.cli.usage import Values
from algokader_lint.cli.web import open_cache
from algokader_lint.coverage.plan import Verdict
from algokader_lint.links.cache import Cache
from algokader_lint.links.urls import InvalidAddress, parse_address
from algokader_lint.messages import Messages


@dataclass(frozen=True, slots=True)
class CachedVerdicts:
    """What earlier checks of addresses came to, however long ago; each is looked up once."""

    cache: Cache | None
    now: datetime
    found: dict[str, Verdict | None] = field(default_factory=dict)

    @classmethod
    def open(cls, values: Values, environment: Mapping[str, str], messages: Messages) -> Self:
        """Those in the cache that the options name; none when there is none."""
        cache, _ = open_cache(values, environment, messages, writable=False)
        return cls(cache, datetime.now(UTC))

    def get(self, url: str, /) -> Verdict | None:
        """See Verdicts."""
        if self.cache is None:
            return None
        if url not in self.found:
            self.found[url] = _verdict(self.cache, url, self.now)
        return self.found[url]


def _verdict(cache: Cache, url: str, now: datetime) -> Verdict | None:
    parsed = parse_address(url)
    known = None if isinstance(parsed, InvalidAddress) else cache.known(parsed.key, now)
    if known is None or known.answer is None or isinstance(parsed, InvalidAddress):
        return None
    answer = known.answer.for_url(url, parsed.fragment)
    return None if answer.checked_at is None else Verdict(answer.verdict, answer.checked_at.date())
