"""One address of the odd web, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from algokader_lint.links.answer import Reason, VerdictName
from tests.links.exchange import DOMAIN


@dataclass(frozen=True, slots=True)
class Case:
    """An address and the answer for it.

    ``url``, ``final`` (where the redirects end) and ``moved_to`` have ``{port}``, ``{tls}`` and ``{six}`` in the places
    of ports. None for ``reason`` or ``status``, and an empty ``final``, leave that part of the answer open. ``note``
    says why, where the policy could be read otherwise. ``own_names``: only known where the names are the test's own.
    """

    name: str
    url: str
    verdict: VerdictName
    reason: Reason | None = None
    status: int | None = None
    final: str = ""
    moved_to: str = ""
    note: str = ""
    own_names: bool = False


def at(label: str, target: str = "/page") -> str:
    """The address of something at a virtual host, over HTTP."""
    return f"http://{label}.{DOMAIN}:{{port}}{target}"


def over_tls(label: str, target: str = "/page") -> str:
    """The address of something at the TLS port of a virtual host."""
    return f"https://{label}.{DOMAIN}:{{tls}}{target}"
