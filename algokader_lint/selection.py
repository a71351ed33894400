"""Which rules run, how severe they are and with what options."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from algokader_lint.checks import CHECKS, CheckKind
from algokader_lint.knowledge import BadKnowledge, Knowledge, Model, Pack, Rule, plain
from algokader_lint.nearest import nearest
from algokader_lint.severity import Severity, at_least


class UnknownName(Exception):
    """Someone named something that does not exist: ``what`` kind of thing, the ``name``, and the nearest ones."""

    def __init__(self, what: str, name: str, near: Sequence[str]) -> None:
        super().__init__(name)
        self.what = what
        self.name = name
        self.near = tuple(near)


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that runs. ``severity`` overrides the rule and its variants when given."""

    rule: Rule
    kind: CheckKind
    options: Model
    severity: Severity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person chose: a pack, rules on top of it, and per rule a severity and options."""

    pack: str
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def choose(knowledge: Knowledge, choice: Choice) -> tuple[ActiveRule, ...]:
    """The rules to run: those of the pack, or those selected, without those ignored; the longest prefix wins.

    Raises UnknownName for a rule, pack or option that does not exist, BadKnowledge for an option with a wrong value.
    """
    require_pack(knowledge, choice.pack)
    chain = knowledge.pack_chain(choice.pack)
    selected = [find_prefix(knowledge, name) for name in choice.select]
    packed = tuple(prefix for pack in chain for prefix in pack.rules)
    unwanted = [find_prefix(knowledge, name) for name in choice.ignore]
    severities: dict[str, Severity] = {}
    for layer in _layers(knowledge, choice):
        for name, severity in layer.severity.items():
            severities[find_rule(knowledge, name).code] = severity
    options = _options(knowledge, choice)

    def chosen(code: str) -> bool:
        if selected:
            return _longest(code, selected) > _longest(code, unwanted)
        return code.startswith(packed) and not code.startswith(tuple(unwanted))

    return tuple(
        activate(rule, options.get(rule.code, {}), severities.get(rule.code))
        for rule in knowledge.rules
        if chosen(rule.code)
    )


def require_pack(knowledge: Knowledge, name: str) -> None:
    """Raises UnknownName for a pack that does not exist."""
    if name not in knowledge.packs:
        raise UnknownName("pack", name, nearest(name, knowledge.packs))


def options_of(knowledge: Knowledge, choice: Choice, code: str) -> Model:
    """The options of a rule as a person chose them, whether or not it runs. Raises as ``choose`` does."""
    rule = find_rule(knowledge, code)
    return activate(rule, _options(knowledge, choice).get(rule.code, {})).options


def _layers(knowledge: Knowledge, choice: Choice) -> list[Pack | Choice]:
    """What has a say, the last one most."""
    return [*knowledge.pack_chain(choice.pack), choice]


def _options(knowledge: Knowledge, choice: Choice) -> dict[str, dict[str, Any]]:
    options: dict[str, dict[str, Any]] = {}
    for layer in _layers(knowledge, choice):
        for name, values in layer.options.items():
            options.setdefault(find_rule(knowledge, name).code, {}).update(values)
    return options


def activate(rule: Rule, options: Mapping[str, Any], severity: Severity | None = None) -> ActiveRule:
    """Bind a rule to its check, with options on top of its own. Raises UnknownName or BadKnowledge."""
    kind = CHECKS.get(rule.check)
    if kind is None:
        raise UnknownName("check", rule.check, nearest(rule.check, CHECKS))
    known = [field.alias or name for name, field in kind.options.model_fields.items()]
    for name in options:
        if name not in known:
            raise UnknownName("option", f"{rule.code}: {name}", nearest(name, known))
    try:
        bound = kind.options.model_validate({**rule.options, **options})
    except ValidationError as error:
        raise BadKnowledge(f"{rule.code}: {plain(error)}") from None
    return ActiveRule(rule, kind, bound, severity)


def satisfied_by(
    knowledge: Knowledge, pack: str, active: Sequence[ActiveRule], found: Collection[tuple[str, Severity]]
) -> str | None:
    """The last pack, of those that ``pack`` builds on and itself, all of whose rules ran and none of which failed.

    ``found`` are the codes of the findings, and how grave each is by its rule.
    """
    ran = {rule.rule.code for rule in active}
    last: str | None = None
    for step in knowledge.pack_chain(pack):
        codes = {rule.code for rule in knowledge.rules if rule.code.startswith(step.rules)}
        failed = any(code in codes and at_least(severity, step.fails_on) for code, severity in found)
        if failed or not codes <= ran:
            break
        last = step.pack
    return last


def find_rule(knowledge: Knowledge, name: str) -> Rule:
    """The rule with this code or name. Raises UnknownName."""
    rule = knowledge.rule(name)
    if rule is None:
        raise UnknownName("rule", name, _near_rules(knowledge, name))
    return rule


def find_prefix(knowledge: Knowledge, name: str) -> str:
    """The code of the rule called ``name``, or ``name`` itself when codes begin with it. Raises UnknownName."""
    rule = knowledge.rule(name)
    if rule is not None:
        return rule.code
    prefix = name.upper()
    if prefix and any(rule.code.startswith(prefix) for rule in knowledge.rules):
        return prefix
    raise UnknownName("rule", name, _near_rules(knowledge, name))


def _near_rules(knowledge: Knowledge, name: str) -> list[str]:
    codes = nearest(name.upper(), [rule.code for rule in knowledge.rules])
    names = nearest(name, [rule.name for rule in knowledge.rules])
    return codes or names if any(character.isdigit() for character in name) else names or codes


def _longest(code: str, prefixes: Sequence[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
