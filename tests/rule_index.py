"""The lists of rules that people read: in the README (English) and in rules/README.md (Dutch), made from the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from algokader_lint.knowledge import Knowledge, Rule
from algokader_lint.messages import load_messages

PROJECT = Path(__file__).parents[1]
README, INDEX = PROJECT / "README.md", PROJECT / "rules" / "README.md"
_BEGIN, _END = "<!-- rules: made by `make rules` -->\n", "<!-- /rules -->\n"
_FIXES = {(): "", ("safe",): "`--fix`", ("unsafe",): "`--fix --unsafe`"}
_BOTH = "`--fix`, `--unsafe`"


def in_readme(text: str, knowledge: Knowledge) -> str:
    """The README with the list of rules of today between its marks."""
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError("the README has no place for the list of rules")
    return before + begin + "\n" + "".join(_english(knowledge)) + "\n" + end + after


def index(knowledge: Knowledge) -> str:
    """The page ``rules/README.md``."""
    return "".join(_dutch(knowledge))


def _english(knowledge: Knowledge) -> Iterator[str]:
    yield "| code | name | severity | pack | repairs | finds |\n|---|---|---|---|---|---|\n"
    for rule in knowledge.rules:
        cells = (rule.severity, _pack(rule, knowledge), _fix(rule), _sentence(rule.english))
        yield f"| [{rule.code}](rules/{rule.path}) | {rule.name} | {' | '.join(cells)} |\n"


def _dutch(knowledge: Knowledge) -> Iterator[str]:
    messages = load_messages("nl")
    yield "# Alle regels\n\n"
    yield "<!-- Deze lijst is gemaakt uit de pagina's van de regels: make rules -->\n\n"
    yield f"{len(knowledge.rules)} regels, per onderwerp. Elke regel heeft een pagina met uitleg en voorbeelden. "
    yield "`--fix` herstelt wat veilig te herstellen is; met `--unsafe` erbij ook wat je daarna moet nakijken.\n"
    for folder, rules in groupby(sorted(knowledge.rules, key=_folder), _folder):
        yield f"\n## {folder.capitalize()}\n\n| regel | ernst | pakket | herstelt | wat |\n|---|---|---|---|---|\n"
        for rule in rules:
            cells = (messages(f"severity.{rule.severity}"), _pack(rule, knowledge), _fix(rule), _sentence(rule.summary))
            yield f"| [{rule.code} {rule.name}]({rule.path}) | {' | '.join(cells)} |\n"


def _folder(rule: Rule) -> str:
    return rule.path.partition("/")[0]


def _pack(rule: Rule, knowledge: Knowledge) -> str:
    """The first pack that has the rule, the most basic one."""
    chains = sorted((knowledge.pack_chain(name) for name in knowledge.packs), key=len)
    return next(chain[-1].pack for chain in chains if any(rule.code.startswith(step.rules) for step in chain))


def _fix(rule: Rule) -> str:
    return _FIXES.get(tuple(sorted(rule.fix)), _BOTH)


def _sentence(text: str) -> str:
    """The first sentence, as it can stand in a cell."""
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0].replace("|", "\\|")
