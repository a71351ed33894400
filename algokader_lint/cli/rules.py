"""``algokader-lint rules`` and ``algokader-lint explain``."""

from __future__ import annotations

import json
import re
import sys

from algokader_lint.cli.setup import in_words, load_rules
from algokader_lint.cli.usage import UsageError, Values
from algokader_lint.knowledge import Knowledge, Rule
from algokader_lint.messages import Messages
from algokader_lint.selection import find_rule

# In the examples on a page: what the linter must say of the line above. Of use to tests, not to a reader.
_MARK = re.compile(r"^[ \t]*<!-- verwacht .*-->[ \t]*\n", re.MULTILINE)


def run_rules(values: Values, messages: Messages) -> int:
    """List all rules."""
    knowledge = load_rules(messages)
    if values.format == "json":
        rules = [_as_json(rule, knowledge) for rule in knowledge.rules]
        sys.stdout.write(json.dumps({"version": 1, "rules": rules}, indent=2) + "\n")
        return 0
    sys.stdout.write(messages("rules.heading", n=len(knowledge.rules)) + "\n\n")
    width = max(len(rule.name) for rule in knowledge.rules)
    for rule in knowledge.rules:
        severity = messages(f"severity.{rule.severity}")
        sys.stdout.write(f"{rule.code}  {rule.name:<{width}}  {severity:<13} {_first_sentence(rule, messages)}\n")
    return 0


def run_explain(values: Values, messages: Messages) -> int:
    """Show the page of a rule."""
    if not values.rule:
        raise UsageError(messages("error.no_rule"))
    knowledge = load_rules(messages)
    with in_words(messages):
        rule = find_rule(knowledge, values.rule)
    sys.stdout.write(f"{_MARK.sub('', rule.body).strip()}\n\n{knowledge.address(rule)}\n")
    return 0


def _first_sentence(rule: Rule, messages: Messages) -> str:
    return rule.english if messages.language == "en" else rule.summary


def _as_json(rule: Rule, knowledge: Knowledge) -> dict[str, object]:
    packs = [
        name
        for name, pack in knowledge.packs.items()
        if any(rule.code.startswith(step.rules) for step in knowledge.pack_chain(pack.pack))
    ]
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "check": rule.check,
        "packs": packs,
        "fix": list(rule.fix),
        "summary": rule.summary,
        "summary_en": rule.english,
        "help": knowledge.address(rule),
    }
