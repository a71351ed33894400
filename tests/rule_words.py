"""What the examples on a rule's page say, held against a file. ``GOLDEN=write`` writes it; read the diff."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from algokader_lint.knowledge import Rule
from algokader_lint.problem import Place, Problem

FOLDER = Path(__file__).parent / "rule_words"
_HEADING = re.compile(r"^## (.+)\n", re.M)


def said(rule: Rule, problem: Problem) -> Iterator[str]:
    """A problem in lines: its range, fingerprint, words, and what may be taken over.

    Not the help that the rule says as it is. The fingerprint is there because baselines hold it: when it becomes
    another, old findings are new for everybody.
    """
    ways = (rule.help, *(variant.help for variant in rule.variants.values()))
    own = {text.get("nl") for text in ways if text is not None}
    field = f" ({problem.field})" if problem.field else ""
    name = f"{problem.code}#{problem.fingerprint[:8]}"
    yield f"{_range(problem.place)} {name} {problem.severity}{field}: {problem.message}"
    yield from (f"  hulp: {text}" for text in problem.help if text not in own)
    yield from (f"  zie {_range(related.place)}: {related.message}" for related in problem.related)
    yield from (f"  of: {text}" for text in problem.replacements)
    yield from (f"  + {line}" for line in problem.snippet.splitlines())


def _range(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}-{place.end_line}:{place.end_column}"


@cache
def _sections(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    _, *parts = _HEADING.split(path.read_bytes().decode())
    return dict(zip(parts[::2], parts[1::2], strict=True))


def recorded(code: str) -> dict[str, str]:
    """What is on file for a rule, by the title of the example."""
    return _sections(FOLDER / f"{code}.txt")


def hold(code: str, title: str, lines: list[str]) -> None:
    """Fails when an example says something else than what is on file."""
    text = "".join(f"{line}\n" for line in lines)
    if os.environ.get("GOLDEN") == "write":
        sections = {**recorded(code), title: text + "\n"}
        _write(FOLDER / f"{code}.txt", {name: body for name, body in sections.items() if body.strip()})
    assert text == recorded(code).get(title, "").removesuffix("\n")


def _write(path: Path, sections: dict[str, str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("".join(f"## {name}\n{body}" for name, body in sections.items()).encode())
    _sections.cache_clear()
