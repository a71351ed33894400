"""Path patterns as git and MkDocs users write them."""

from __future__ import annotations

import re

_PART = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def compile_glob(pattern: str) -> re.Pattern[str]:
    """A pattern for whole paths with ``/``: ``*`` stays within a folder, ``**`` crosses folders."""
    parts = _PART.findall(pattern)
    return re.compile("".join(_MEANING.get(part) or re.escape(part) for part in parts) + r"\Z")
