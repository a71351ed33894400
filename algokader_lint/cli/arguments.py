"""Reads the command line: commands and their options, with help and errors in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from algokader_lint import __version__
from algokader_lint.cli.commands import COMMANDS, Command, Option
from algokader_lint.cli.usage import UsageError, Values, suggestion
from algokader_lint.messages import LANGUAGES, Language, Messages
from algokader_lint.nearest import nearest
from algokader_lint.report.text import capitalized


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and the values of its options."""

    command: Command
    values: Values


def wanted_language(words: Sequence[str]) -> Language:
    """The language asked for with ``--lang``, before anything else is known of the command line."""
    for word, following in pairwise([*words, ""]):
        chosen = word.partition("=")[2] if word.startswith("--lang=") else following if word == "--lang" else ""
        found = next((language for language in LANGUAGES if language == chosen), None)
        if found is not None:
            return found
    return LANGUAGES[0]


def parse(words: Sequence[str], messages: Messages) -> Parsed | None:
    """The command and its values; None when help or the version was shown instead. Raises UsageError."""
    words = _without_leading_language(words)
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview(messages))
        return None
    if "--version" in words:
        print(f"algokader-lint {__version__}")
        return None
    command = _command(words[0], messages)
    parser = _parser(command, messages)
    if "-h" in words or "--help" in words:
        print(parser.format_help(), end="")
        return None
    values = _parse(parser, words[1:], command, messages)
    for option in command.options:
        _require_choice(option, getattr(values, _dest(option)), messages)
    return Parsed(command, values)


def defaults(name: str, messages: Messages) -> Values:
    """The values of a command that is given no options."""
    return _parser(_command(name, messages), messages).parse_args([])


def _without_leading_language(words: Sequence[str]) -> Sequence[str]:
    """``--lang en check`` is as good as ``check --lang en``."""
    if words and words[0] == "--lang":
        return [*words[2:3], *words[:2], *words[3:]] if len(words) > 2 else ()
    if words and words[0].startswith("--lang="):
        return [*words[1:2], words[0], *words[2:]] if len(words) > 1 else ()
    return words


def _command(name: str, messages: Messages) -> Command:
    found = next((command for command in COMMANDS if command.name == name), None)
    if found is not None:
        return found
    if name.startswith("-"):
        near = nearest(name, ("--help", "--version", "--lang"))
        raise UsageError(messages("error.unknown_option", name=name) + suggestion(messages, near))
    names = [command.name for command in COMMANDS]
    hint = suggestion(messages, nearest(name, names)) or f" ({', '.join(names)})"
    raise UsageError(messages("error.unknown_command", name=name) + hint)


def _require_choice(option: Option, value: str | None, messages: Messages) -> None:
    if option.choices and value is not None and value not in option.choices:
        choices = ", ".join(option.choices)
        text = messages("error.unknown_value", name=value, option=option.name, choices=choices)
        raise UsageError(text + suggestion(messages, nearest(value, option.choices)))


def _dest(option: Option) -> str:
    return option.name.lstrip("-").replace("-", "_")


def _parse(parser: argparse.ArgumentParser, words: Sequence[str], command: Command, messages: Messages) -> Values:
    try:
        values, unknown = parser.parse_known_intermixed_args(words)
    except argparse.ArgumentError as error:
        extra = error.message.startswith("ignored explicit argument")
        text = "error.value_extra" if extra else "error.value_missing"
        raise UsageError(messages(text, option=error.argument_name or "")) from None
    if unknown:
        name = unknown[0].partition("=")[0]
        if not name.startswith("-"):
            raise UsageError(messages("error.surplus", name=name))
        options = [option.name for option in command.options if option.name.startswith("-")]
        near = suggestion(messages, nearest(name, options))
        raise UsageError(messages("error.unknown_option", name=name) + near)
    return values


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
    elif option.values:
        group.add_argument(option.name, nargs="*", metavar=option.metavar, help=text)
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
    return f"{capitalized(text)}."
