"""Which reports on addresses are written, and where."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence

from algokader_lint.cli.output import append, terminal, write
from algokader_lint.cli.outputs import Output
from algokader_lint.cli.usage import Values
from algokader_lint.links.document import LinkReport
from algokader_lint.messages import Messages
from algokader_lint.problem import Report
from algokader_lint.report.github import render_github
from algokader_lint.report.links.console import render_console
from algokader_lint.report.links.csv_form import render_csv
from algokader_lint.report.links.json_form import render_json
from algokader_lint.report.links.markdown import render_markdown

FORMATS = ("console", "json", "markdown", "github", "csv")


def write_links(
    report: LinkReport, problems: Report, outputs: Sequence[Output], values: Values, messages: Messages
) -> None:
    """Write a report in every form that was asked for; ``problems`` is what becomes annotations."""
    for output in outputs:
        text = _render(report, problems, output, values, messages)
        if output.add and output.file is not None:
            append(text, output.file, messages)
        else:
            write(text, output.file, messages)


def _render(report: LinkReport, problems: Report, output: Output, values: Values, messages: Messages) -> str:
    def console() -> str:
        screen = terminal(os.environ, to_file=output.file is not None)
        return render_console(report, screen.style, screen.columns, messages, everything=values.all)

    def github() -> str:
        return render_github(problems, console(), token=secrets.token_hex(16), show="warning", messages=messages)

    forms: Mapping[str, Callable[[], str]] = {
        "console": console,
        "json": lambda: render_json(report),
        "markdown": lambda: render_markdown(report, messages),
        "github": github,
        "csv": lambda: render_csv(report, messages),
    }
    return forms[output.form]()
