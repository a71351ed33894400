"""A baseline: the problems that a site has today, so that only new ones stop anyone.

It is for those without a git history to compare with. It holds fingerprints only, and it can only shrink.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from algokader_lint.engine.judging import Judged
from algokader_lint.problem import Problem

_VERSION = 1


class BadBaseline(Exception):
    """The file is no baseline."""


def read_baseline(data: bytes) -> Counter[str]:
    """The fingerprints in a baseline file and how often each may occur. Raises BadBaseline."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise BadBaseline from None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise BadBaseline
    findings = document.get("findings")
    if not isinstance(findings, dict) or not all(type(count) is int and count > 0 for count in findings.values()):
        raise BadBaseline
    return Counter(findings)


def baseline_text(found: Iterable[Problem], known: Mapping[str, int] | None, ran: Collection[str]) -> str:
    """A baseline file for these problems, of the rules that ``ran``.

    Of an earlier one (``known``) it keeps what is still there, and what is of rules that did not run; it adds nothing.
    """
    counts = Counter(map(_entry, found))
    if known is not None:
        counts &= Counter(known)
        counts |= Counter({entry: count for entry, count in known.items() if not _of(entry, ran)})
    return json.dumps({"version": _VERSION, "findings": dict(sorted(counts.items()))}, indent=1) + "\n"


def without_known(found: Sequence[Judged], known: Mapping[str, int]) -> list[Judged]:
    """The problems that a baseline does not hold."""
    left = Counter(known)
    new: list[Judged] = []
    for item in found:
        entry = _entry(item.problem)
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(item)
    return new


def count_stale(found: Iterable[Judged], known: Mapping[str, int], ran: Collection[str]) -> int:
    """The number of entries, of rules that ``ran``, that match no problem any more."""
    left = Counter(known) - Counter(_entry(item.problem) for item in found)
    return sum(count for entry, count in left.items() if _of(entry, ran))


def _entry(problem: Problem) -> str:
    return f"{problem.code}:{problem.fingerprint}"


def _of(entry: str, codes: Collection[str]) -> bool:
    return entry.partition(":")[0] in codes
