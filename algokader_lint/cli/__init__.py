"""The command line: alone touches standard output, standard error and exit codes."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence

from algokader_lint.cli.arguments import parse, wanted_language
from algokader_lint.cli.usage import UsageError
from algokader_lint.messages import load_messages
from algokader_lint.report.text import printable

EXIT_CLEAN, EXIT_ERROR = 0, 2
_ALLOCATIONS = 50_000
"""New objects before memory is searched for cycles: a run makes hardly one, and the search takes a tenth of it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 (clean), 1 (problems) or 2 (wrong usage, configuration or program)."""
    started = time.perf_counter()
    gc.set_threshold(_ALLOCATIONS)
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    messages = load_messages(wanted_language(words))
    try:
        parsed = parse(words, messages)
        if parsed is None:
            return EXIT_CLEAN
        parsed.values.started = started
        return parsed.command.run(parsed.values, messages)
    except UsageError as error:
        print(f"algokader-lint: {messages('error.prefix')}{printable(str(error))}", file=sys.stderr)
        return EXIT_ERROR
    except BrokenPipeError:
        # The reader went away (``| head``): that is its right. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("ALGOKADER_LINT_DEBUG"):
            raise
        text = messages("error.crash", error=f"{type(error).__name__}: {error}")
        print(f"algokader-lint: {messages('error.prefix')}{printable(text)}", file=sys.stderr)
        return EXIT_ERROR
