"""Asking of many places whether spans cover them, without looking at each span for each place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from algokader_lint.content.prose import merged
from algokader_lint.content.source import Span


class Cover:
    """Spans, those that overlap or touch taken together."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = merged(list(spans))
        self._starts = [span.start for span in self._spans]

    def covers(self, span: Span) -> bool:
        """Whether ``span`` lies wholly within these spans."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._spans[at].covers(span)
