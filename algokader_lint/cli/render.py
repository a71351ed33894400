"""``algokader-lint render``: another report out of a JSON report, which may come from anyone."""

from __future__ import annotations

import os
import time

from algokader_lint.cli.outputs import outputs_of, questions_of, write_report
from algokader_lint.cli.setup import load_rules
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.messages import Messages
from algokader_lint.report.json_reading import REPORT_LIMIT, BadReport, read_json


def run_render(values: Values, messages: Messages) -> int:
    """Print a report in another form; 0, for its problems were told before, 2 when it is no report."""
    if not values.report:
        raise UsageError(messages("error.no_report"))
    outputs = outputs_of(values, os.environ, messages)
    knowledge = load_rules(messages)
    try:
        with open(values.report, "rb") as file:
            report = read_json(file.read(REPORT_LIMIT + 1), knowledge, messages)
    except OSError:
        raise UsageError(messages("error.no_path", path=values.report)) from None
    except BadReport as error:
        raise UsageError(messages("error.bad_report", file=values.report, reason=error)) from None
    seconds = time.perf_counter() - values.started
    write_report(report, outputs, values, seconds, questions_of(knowledge, messages), messages)
    return 0
