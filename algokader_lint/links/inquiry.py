"""What is asked of the web, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from algokader_lint.links.answer import PageAnswer
from algokader_lint.links.urls import ParsedAddress


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An address to ask for, and the fragments that pages name of it."""

    address: ParsedAddress
    fragments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is: addresses and hosts done, of how many."""

    done: int
    total: int
    hosts_done: int
    hosts: int


@dataclass
class Outcome:
    """What a check came to: answers by the key of the address. Those that are missing were not reached.

    ``offline``: no name could be found at all.
    """

    answers: dict[str, PageAnswer] = field(default_factory=dict)
    offline: bool = False
    out_of_time: bool = False
    interrupted: bool = False
