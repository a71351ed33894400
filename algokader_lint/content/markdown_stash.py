"""What is taken out of a text before its blocks are read; a mark in the text, ``\\x02number\\x03``, stands for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from algokader_lint.content.source import NOWHERE, Span

MARK = re.compile(r"\x02(\d+)\x03")
State = Literal["block", "span", "off"]


@dataclass(slots=True)
class Raw:
    """What a mark in the text stands for: code or raw HTML, at ``span`` of the text it was taken from.

    A fence is put back, from ``content``, when indented code begins right before it: it may be part of that.
    """

    kind: Literal["fence", "html"]
    span: Span
    content: Span = NOWHERE
    indent: int = 0
    put_back: bool = False


@dataclass(slots=True)
class Element:
    """An element with Markdown in it; ``tags`` are its start and end tag, ``content`` is where its text went."""

    name: str
    state: State
    tags: list[Span]
    parts: list[tuple[str, int] | int] = field(default_factory=list)
    content: Span = NOWHERE
