"""Reads the command line: commands and their options, with help and errors in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from algokader_lint import __version__
from algokader_lint.messages import LANGUAGES, Language, Messages
from algokader_lint.nearest import nearest
from algokader_lint.severity import SEVERITIES

Values = argparse.Namespace


class UsageError(Exception):
    """The user can mend this: wrong usage, configuration or data, in words."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option or positional argument; ``help`` names its text, ``choices`` its values, ``many`` that it repeats."""

    name: str
    help: str
    choices: tuple[str, ...] = ()
    flag: bool = False
    many: bool = False
    metavar: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name (and the name of its help text), options, an example, and what runs it."""

    name: str
    options: tuple[Option, ...]
    example: str
    run: Callable[[Values, Messages], int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and the values of its options."""

    command: Command
    values: Values


def _check(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.check import run_check

    return run_check(values, messages)


def _explain(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.rules import run_explain

    return run_explain(values, messages)


def _rules(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.rules import run_rules

    return run_rules(values, messages)


def _demo(values: Values, messages: Messages) -> int:
    from algokader_lint.cli.demo import run_demo

    return run_demo(values, messages)


_LANG = Option("--lang", "lang", LANGUAGES)
COMMANDS: tuple[Command, ...] = (
    Command(
        "check",
        (
            Option("paths", "path", many=True, metavar="PATH"),
            Option("--format", "format", ("console", "concise", "json")),
            Option("--select", "select", many=True, metavar="CODES"),
            Option("--ignore", "ignore", many=True, metavar="CODES"),
            Option("--pack", "pack", metavar="NAME"),
            Option("--topic", "topic", metavar="KEY"),
            Option("--fail-on", "fail_on", SEVERITIES),
            Option("--show", "show", SEVERITIES),
            Option("--all", "all", flag=True),
            Option("--output", "output", metavar="FILE"),
            Option("--config", "config", metavar="FILE"),
            Option("--docs-dir", "docs_dir", metavar="FOLDER"),
            Option("--quiet", "quiet", flag=True),
            _LANG,
        ),
        "algokader-lint check --select AK3 docs/",
        _check,
    ),
    Command("explain", (Option("rule", "rule", metavar="CODE"), _LANG), "algokader-lint explain AK301", _explain),
    Command(
        "rules",
        (Option("--format", "rules_format", ("console", "json")), _LANG),
        "algokader-lint rules --format json",
        _rules,
    ),
    Command("demo", (_LANG,), "algokader-lint demo", _demo),
)


def wanted_language(words: Sequence[str]) -> Language:
    """The language asked for with ``--lang``, before anything else is known of the command line."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        chosen = word.partition("=")[2] if word.startswith("--lang=") else following if word == "--lang" else ""
        found = next((language for language in LANGUAGES if language == chosen), None)
        if found is not None:
            return found
    return LANGUAGES[0]


def parse(words: Sequence[str], messages: Messages) -> Parsed | None:
    """The command and its values; None when help or the version was shown instead. Raises UsageError."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview(messages))
        return None
    if words[0].startswith("-"):
        if words[0] == "--version":
            print(f"algokader-lint {__version__}")
            return None
        if words[0] == "--lang" or words[0].startswith("--lang="):
            rest = words[1:] if "=" in words[0] else words[2:]
            return parse([*rest, *words[: len(words) - len(rest)]] if rest else [], messages)
        raise UsageError(
            messages("error.unknown_option", name=words[0])
            + suggestion(messages, nearest(words[0], ("--help", "--version", "--lang")))
        )
    names = [command.name for command in COMMANDS]
    command = next((command for command in COMMANDS if command.name == words[0]), None)
    if command is None:
        raise UsageError(
            messages("error.unknown_command", name=words[0])
            + (suggestion(messages, nearest(words[0], names)) or f" ({', '.join(names)})")
        )
    parser = _parser(command, messages)
    if any(word in ("-h", "--help") for word in words[1:]):
        print(parser.format_help(), end="")
        return None
    if "--version" in words[1:]:
        print(f"algokader-lint {__version__}")
        return None
    values, unknown = _parse(parser, words[1:], messages)
    if unknown:
        name = unknown[0].partition("=")[0]
        options = [option.name for option in command.options if option.name.startswith("-")]
        raise UsageError(
            messages("error.unknown_option", name=name) + suggestion(messages, nearest(name, options))
        )
    for option in command.options:
        value = getattr(values, _dest(option))
        if option.choices and value is not None and value not in option.choices:
            raise UsageError(
                messages("error.unknown_value", name=value, option=option.name, choices=", ".join(option.choices))
                + suggestion(messages, nearest(value, option.choices))
            )
    return Parsed(command, values)


def suggestion(messages: Messages, near: Sequence[str]) -> str:
    """``; did you mean ...?``, empty when nothing is near."""
    return messages("suggest.one", one=near[0]) if near else ""


def split_codes(values: Sequence[str] | None) -> list[str]:
    """Codes given in one option or several, separated by commas or not."""
    return [code for value in values or () for code in re.split(r"[,\s]+", value) if code]


def _dest(option: Option) -> str:
    return option.name.lstrip("-").replace("-", "_")


def _parse(parser: argparse.ArgumentParser, words: Sequence[str], messages: Messages) -> tuple[Values, list[str]]:
    try:
        values, unknown = parser.parse_known_intermixed_args(words)
    except argparse.ArgumentError as error:
        known = re.match(r"ignored explicit argument", error.message) is not None
        text = "error.value_extra" if known else "error.value_missing"
        raise UsageError(messages(text, option=error.argument_name or "")) from None
    return values, unknown


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing and exiting."""

    def error(self, message: str):  # type: ignore[no-untyped-def]
        raise argparse.ArgumentError(None, message)


def _parser(command: Command, messages: Messages) -> argparse.ArgumentParser:
    def formatter(prog: str) -> argparse.HelpFormatter:
        return _Formatter(messages, prog)

    parser = _Parser(
        prog=f"algokader-lint {command.name}",
        description=_sentence(messages(f"help.{command.name}")),
        epilog=f"{messages('help.example')} {command.example}",
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
        formatter_class=formatter,
    )
    arguments = parser.add_argument_group(messages("help.arguments"))
    options = parser.add_argument_group(messages("help.options"))
    for option in command.options:
        _add(options if option.name.startswith("-") else arguments, option, messages(f"help.{option.help}"))
    options.add_argument("-h", "--help", action="store_true", help=messages("help.help"))
    return parser


def _add(group: argparse._ArgumentGroup, option: Option, text: str) -> None:
    if option.flag:
        group.add_argument(option.name, action="store_true", help=text)
    elif option.name.startswith("-"):
        metavar = option.metavar or "{" + ",".join(option.choices) + "}"
        action = "append" if option.many else "store"
        group.add_argument(option.name, action=action, metavar=metavar, help=text)
    else:
        group.add_argument(option.name, nargs="*" if option.many else "?", metavar=option.metavar, help=text)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, messages: Messages, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)
        self._messages = messages

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, self._messages("help.usage"))


def _overview(messages: Messages) -> str:
    return "\n".join(_overview_lines(messages))


def _overview_lines(messages: Messages) -> Iterator[str]:
    yield messages("help.description")
    yield ""
    yield f"{messages('help.usage')}algokader-lint COMMAND [...]"
    yield ""
    yield f"{messages('help.commands')}:"
    for command in COMMANDS:
        yield f"  {command.name:<10}{messages(f'help.{command.name}')}"
    yield ""
    yield f"{messages('help.options')}:"
    yield f"  {'--version':<10}{messages('help.version')}"
    yield f"  {'--help':<10}{messages('help.help')}"
    yield ""
    yield f"{messages('help.example')} algokader-lint check --help"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


