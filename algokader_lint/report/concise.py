"""One line for each problem, for editors and for grep."""

from __future__ import annotations

from algokader_lint.messages import Messages
from algokader_lint.problem import Report
from algokader_lint.report.text import printable, shown_path


def render_concise(report: Report, messages: Messages) -> str:
    """``file:line:column: CODE [severity] message``; every problem of every severity."""
    return "".join(
        f"{shown_path(p.place.file)}:{p.place.line}:{p.place.column}: {p.code} "
        f"[{messages(f'severity.{p.severity}')}] {printable(p.message)}\n"
        for p in report.problems
    )
