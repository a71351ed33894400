"""What a CI runner takes for a command, after actions/runner: ActionCommand.cs and ActionCommandManager.cs."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def lines_of(output: str) -> list[str]:
    """The lines of a process's output as .NET's StreamReader.ReadLine tells them apart."""
    return re.split(r"\r\n|\r|\n", output)


def command(line: str) -> Command | None:
    """What a line asks of the runner, whichever names it knows (TryParseV2, then TryParse)."""
    return _new_form(line) or _old_form(line)


def heard(output: str) -> tuple[list[str], list[str]]:
    """The lines in which the runner looks for commands, and those that it only prints, after ``stop-commands``."""
    heard: list[str] = []
    stopped: list[str] = []
    token: str | None = None
    for line in lines_of(output):
        found = command(line)
        if token is None:
            heard.append(line)
            token = found.data if found and found.name == "stop-commands" else None
        elif found and found.name.casefold() == token.casefold():
            token = None
        else:
            stopped.append(line)
    assert token is None
    return heard, stopped


def commands(output: str) -> tuple[list[Command], list[str]]:
    """The commands that are carried out, and the lines that are printed while none are."""
    lines, stopped = heard(output)
    return [found for found in map(command, lines) if found], stopped


def _new_form(line: str) -> Command | None:
    text = line.lstrip()
    if not text.startswith("::"):
        return None
    end = text.find("::", 2)
    if end < 0:
        return None
    name, _, rest = text[2:end].partition(" ")
    return Command(name, _properties(rest.strip(), ",", "%0D \r|%0A \n|%3A :|%2C ,"), _undo(text[end + 2 :], ""))


def _old_form(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, rest = line[start + 3 : end].partition(" ")
    return Command(name, _properties(rest, ";", "%3B ;|%0D \r|%0A \n|%5D ]"), line[end + 1 :])


def _properties(text: str, separator: str, escapes: str) -> dict[str, str]:
    found = {}
    for pair in text.split(separator):
        # Split("=", 2, RemoveEmptyEntries): what is empty does not count, so a value loses the "=" it begins with.
        key, _, value = pair.lstrip("=").partition("=")
        value = value.lstrip("=")
        if key and value:
            found[key] = _undo(value, escapes)
    return found


def _undo(text: str, escapes: str) -> str:
    for escape in (escapes or "%0D \r|%0A \n").split("|"):
        text = text.replace(escape[:3], escape[4:])
    return text.replace("%25", "%")
