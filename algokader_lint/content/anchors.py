"""The ids that headings get (Python-Markdown, extension ``toc``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_NUMBERED = re.compile(r"^(.*)_([0-9]+)$")


def slugify(text: str) -> str:
    """The id of a heading before it is made unique (``toc.slugify``, separator ``-``)."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^\w\s-]", "", ascii_text).strip().lower()
    return re.sub(r"[-\s]+", "-", words)


def unique_anchors(headings: Sequence[tuple[str, str | None]]) -> list[str]:
    """The ids of a page's headings, given as text and explicit id (``toc.unique``).

    Explicit ids are all taken first; a repeated one of the others gets ``_1``, ``_2``.
    """
    used = {explicit for _, explicit in headings if explicit}
    anchors: list[str] = []
    next_free: dict[str, int] = {}
    for text, explicit in headings:
        anchor = explicit or _unused(slugify(text), used, next_free)
        used.add(anchor)
        anchors.append(anchor)
    return anchors


def _unused(anchor: str, used: set[str], next_free: dict[str, int]) -> str:
    if anchor and anchor not in used:
        return anchor
    numbered = _NUMBERED.match(anchor)
    base, count = (numbered[1], int(numbered[2])) if numbered else (anchor, 0)
    count = max(count + 1, next_free.get(base, 0) if not numbered else 0)
    while f"{base}_{count}" in used:
        count += 1
    next_free[base] = count + 1
    return f"{base}_{count}"
