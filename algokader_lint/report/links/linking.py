"""Addresses of strangers in Markdown: always to be read, and to be followed when that does no harm.

A reader wants to open what does not work, and above all what only people may open. So an address is a link when all of
this holds: it is one of http or https; its text shows the whole of it, in characters that look like no others, so that
it leads where it says; it carries no name or password; it leads to the internet, as far as its host tells; and it does
not lead to GitHub itself, which writes in an issue or a pull request that a comment elsewhere has linked to it (GitHub,
"Autolinked references and URLs"). What a check called unsafe or no address never is one.
"""

from __future__ import annotations

import re

from algokader_lint.links.addresses import danger
from algokader_lint.report.gfm import link, named

_LONGEST = 300
_ADDRESS = re.compile(
    r"https?://(?P<host>[A-Za-z0-9.-]+)(?::\d{1,5})?(?:[/?#](?:[A-Za-z0-9._~:/?#@!&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)
"""What no renderer of Markdown writes in another way."""
_PUNCTUATION = re.compile(r"[^A-Za-z0-9/:.?#=%-]")
_HOST = "github.com"


def shown(url: str, *, trusted: bool) -> str:
    """An address as inline Markdown, in code, a dash for one that cannot be seen; not ``trusted``: certainly no link.

    It can stand in a table.
    """
    return link(named(url, _LONGEST) or "–", _destination(url) if trusted else None)


def _destination(url: str) -> str | None:
    """What stands between the parentheses of a link (CommonMark 0.31, 6.3); None: it must not be a link."""
    found = _ADDRESS.fullmatch(url)
    if found is None or len(url) > _LONGEST or danger(url, ()) is not None:
        return None
    host = found["host"].lower().rstrip(".")
    if "." not in host or host == _HOST or host.endswith(f".{_HOST}"):
        return None
    return _PUNCTUATION.sub(lambda match: f"\\{match[0]}", url)
