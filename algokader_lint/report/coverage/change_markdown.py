"""What a change did to coverage, as Markdown: for a comment, a job summary, and the report of coverage itself."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.coverage.change import CoverageChange
from algokader_lint.coverage.outcome import Labels
from algokader_lint.messages import Messages
from algokader_lint.report.coverage.change import sections
from algokader_lint.report.gfm import prose

_MARKS = {"worse": "❌", "better": "✅", "figures": "📊", "neutral": "📖"}
_SENTENCE = 500
_FEW = 10
"""Sentences under a heading."""


def change_markdown(change: CoverageChange, labels: Labels, messages: Messages, room: int) -> Iterator[str]:
    """The lines, the worst first, in about ``room`` characters at most; what does not fit is counted."""
    left = 0
    for section in sections(change, labels, messages):
        lines = [f"- {prose(line, _SENTENCE)}" for line in section.lines]
        kept: list[str] = []
        for line in lines[:_FEW]:
            if len(line) > room:
                break
            room -= len(line)
            kept.append(line)
        left += len(lines) - len(kept)
        if kept:
            yield from ("", f"{_MARKS[section.kind]} {prose(section.title, _SENTENCE)}", "", *kept)
    if left:
        yield from ("", messages.count("delta.left_out", left))
