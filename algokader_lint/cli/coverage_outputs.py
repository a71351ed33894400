"""Which coverage reports are written, and where."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from algokader_lint.cli.output import append, terminal, write
from algokader_lint.cli.outputs import Output
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.coverage.outcome import Outcome
from algokader_lint.messages import Messages

FORMATS = ("console", "markdown", "html", "json", "csv", "xlsx")
WHOLE_FORMS = ("html", "json", "xlsx")
"""Those that tell all there is to tell, the pages that could be written and the trend with it."""


def write_coverage(outcome: Outcome, outputs: Sequence[Output], values: Values, messages: Messages) -> None:
    """Write a report in every form that was asked for."""
    for output in outputs:
        text = _render(outcome, output, values, messages)
        if output.add and output.file is not None and isinstance(text, str):
            append(text, output.file, messages)
        else:
            write(text, output.file, messages)


def _render(outcome: Outcome, output: Output, values: Values, messages: Messages) -> str | bytes:
    """One form; what makes it is imported only when it is asked for."""
    view = "topics" if values.all_topics else "frameworks" if values.frameworks else "coverage"
    if view == "coverage" and values.history is not None:
        view = "history"

    def console() -> str:
        from algokader_lint.report.coverage.console import render_console

        screen = terminal(os.environ, to_file=output.file is not None)
        return render_console(outcome, view, screen.style, screen.columns, messages, everything=values.all)

    def markdown() -> str:
        from algokader_lint.report.coverage.markdown import render_markdown

        return render_markdown(outcome, view, messages)

    def json() -> str:
        from algokader_lint.report.coverage.json_form import render_json

        return render_json(outcome)

    def csv() -> str:
        from algokader_lint.report.coverage.csv_form import render_csv

        return render_csv(outcome, view, messages)

    def xlsx() -> bytes:
        from algokader_lint.report.coverage.xlsx import render_xlsx

        return render_xlsx(outcome, messages)

    forms: Mapping[str, Callable[[], str | bytes]] = {
        "console": console,
        "markdown": markdown,
        "html": lambda: html(outcome, messages),
        "json": json,
        "csv": csv,
        "xlsx": xlsx,
    }
    try:
        return forms[output.form]()
    except ModuleNotFoundError as error:
        raise UsageError(messages("error.no_extra", form=output.form, name=error.name or "")) from None


def html(outcome: Outcome, messages: Messages) -> str:
    """The report as a page for a browser."""
    from algokader_lint.report.coverage.html import render_html

    return render_html(outcome, messages)


def show_in_browser(outcome: Outcome, outputs: Sequence[Output], messages: Messages) -> None:
    """Open the page in a browser: the file that was written, else one in a new temporary folder."""
    written = next((output.file for output in outputs if output.form == "html" and output.file), None)
    file = Path(written or write_page(outcome, messages)).resolve()
    webbrowser.open(file.as_uri())


def write_page(outcome: Outcome, messages: Messages) -> str:
    """Write the page in a new temporary folder; its path."""
    file = Path(tempfile.mkdtemp(prefix="algokader-lint-"), messages("coverage.file"))
    try:
        write(html(outcome, messages), str(file), messages)
    except ModuleNotFoundError as error:
        file.parent.rmdir()
        raise UsageError(messages("error.no_extra", form="html", name=error.name or "")) from None
    return str(file)
