"""Boolean expressions over quoted labels: ``("a" || "b") && !"c"``, as JavaScript reads them."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<mark>&&|\|\||!|\(|\)))")


def read_labels(text: str) -> list[str] | None:
    """The labels in an expression, None when it is none: a parenthesis, quote, label or operator is missing."""
    labels: list[str] = []
    depth, label_due, at, text = 0, True, 0, text.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        at = token.end()
        mark = token["mark"]
        if label_due == (mark in ("&&", "||", ")")):
            return None
        if mark is None:
            labels.append(token["double"] if token["double"] is not None else token["single"])
        label_due = mark in ("!", "(", "&&", "||")
        depth += {"(": 1, ")": -1}.get(mark or "", 0)
        if depth < 0:
            return None
    return None if label_due or depth else labels
