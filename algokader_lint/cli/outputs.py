"""Which reports are written, and where: one run may write several."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from algokader_lint.cli.github import edit_links, in_actions, summary_file
from algokader_lint.cli.output import append, terminal, write
from algokader_lint.cli.usage import UsageError, Values, suggestion
from algokader_lint.knowledge import Knowledge
from algokader_lint.knowledge.model import Text
from algokader_lint.messages import Messages
from algokader_lint.nearest import nearest
from algokader_lint.problem import Report
from algokader_lint.report.concise import render_concise
from algokader_lint.report.console import ConsoleOptions, render_console
from algokader_lint.report.github import render_github
from algokader_lint.report.json_report import render_json
from algokader_lint.report.markdown import MarkdownOptions, Question, render_markdown
from algokader_lint.severity import Severity

FORMATS = ("console", "concise", "json", "github", "markdown")


@dataclass(frozen=True, slots=True)
class Output:
    """One report to write: its form, and the file to write it to or, with ``add``, to add it to."""

    form: str
    file: str | None = None
    add: bool = False


def outputs_of(
    values: Values, environment: Mapping[str, str], messages: Messages, forms: Sequence[str] = FORMATS
) -> list[Output]:
    """The reports that are asked for with ``--format FORM``, and beside it with ``--format FORM=FILE``.

    When no FORM without a FILE is: the console, and in GitHub Actions the job summary too, with annotations when that
    is one of the ``forms`` that the command has. Raises UsageError.
    """
    found = [_output(word, forms, messages) for word in values.format or ()]
    loose = [output for output in found if output.file is None]
    if not loose:
        return [*found, *_default(values.output, environment, forms)]
    if values.output is not None and len(loose) > 1:
        raise UsageError(messages("error.output_format"))
    return [Output(o.form, values.output if o.file is None else o.file) for o in found]


def _default(file: str | None, environment: Mapping[str, str], forms: Sequence[str]) -> list[Output]:
    if file is not None or not in_actions(environment):
        return [Output("console", file)]
    summary = summary_file(environment)
    job_summary = [Output("markdown", summary, add=True)] if summary else []
    return [Output("github" if "github" in forms else "console"), *job_summary]


def _output(word: str, forms: Sequence[str], messages: Messages) -> Output:
    form, equals, file = word.partition("=")
    if form not in forms:
        text = messages("error.unknown_value", name=form, option="--format", choices=", ".join(forms))
        raise UsageError(text + suggestion(messages, nearest(form, forms)))
    if equals and not file:
        raise UsageError(messages("error.value_missing", option=f"--format {form}="))
    return Output(form, file or None)


def questions_of(knowledge: Knowledge, messages: Messages) -> list[Question]:
    """The boxes of the pull-request template that a report can answer."""

    def words(text: Text | None) -> str:
        return text.get(messages.language) if text is not None else ""

    return [
        Question(words(item.text), item.rules, words(item.caveat), words(item.online_caveat))
        for item in knowledge.catalogue.checklist
    ]


def write_report(
    report: Report,
    outputs: Sequence[Output],
    values: Values,
    seconds: float,
    questions: Sequence[Question],
    messages: Messages,
) -> None:
    """Write a report in every form that was asked for."""
    for output in outputs:
        text = _render(report, output, values, seconds, questions, messages)
        if output.add and output.file is not None:
            append(text, output.file, messages)
        else:
            write(text, output.file, messages)


def _render(
    report: Report,
    output: Output,
    values: Values,
    seconds: float,
    questions: Sequence[Question],
    messages: Messages,
) -> str:
    show: Severity = values.show or "warning"

    def console() -> str:
        screen = terminal(os.environ, to_file=output.file is not None)
        options = ConsoleOptions(
            messages=messages,
            style=screen.style,
            show=show,
            lines=None if values.all or output.file or output.form == "github" else 2 * screen.lines,
            columns=screen.columns,
            summary=not values.quiet,
            seconds=seconds,
        )
        return render_console(report, options)

    forms: Mapping[str, Callable[[], str]] = {
        "console": console,
        "concise": lambda: render_concise(report, messages),
        "json": lambda: render_json(report),
        "github": lambda: render_github(report, console(), token=secrets.token_hex(16), show=show, messages=messages),
        "markdown": lambda: render_markdown(
            report,
            MarkdownOptions(messages=messages, links=edit_links(os.environ), questions=questions, show=show),
        ),
    }
    return forms[output.form]()
