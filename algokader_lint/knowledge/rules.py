"""``rules/``: what must hold, in which packs, in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from algokader_lint.knowledge.coverage import CoverageDefinition
from algokader_lint.knowledge.link_check import LinkCheckData
from algokader_lint.knowledge.model import Model, Text
from algokader_lint.knowledge.schema import ContentType
from algokader_lint.nearest import nearest
from algokader_lint.severity import Severity


class Variant(Model):
    """How a rule speaks of one of the cases its check tells apart; what is left out is as in the rule."""

    severity: Severity | None = None
    message: Text | None = None
    help: Text | None = None


class Rule(Model):
    """One rule: the front matter of its page, and the page. ``fix``: what kinds of fixes its findings may carry."""

    code: str = Field(pattern=r"^[A-Z]{2,6}\d{3}$")
    name: str = Field(pattern=r"^[a-z0-9-]+$")
    severity: Severity
    check: str
    message: Text
    help: Text | None = None
    options: Mapping[str, Any] = {}
    variants: Mapping[str, Variant] = {}
    notes: Mapping[str, Text] = {}
    hides: tuple[str, ...] = ()
    fix: tuple[Literal["safe", "unsafe"], ...] = ()
    path: str = ""
    body: str = ""

    @property
    def summary(self) -> str:
        """The first paragraph of the page."""
        return _first_paragraph(self.body)

    @property
    def english(self) -> str:
        """The first paragraph under the last heading, which is in English."""
        return _first_paragraph(self.body[self.body.rfind("\n## ") + 1 :])


def _first_paragraph(text: str) -> str:
    paragraphs = [part.strip() for part in text.split("\n\n")]
    return next((" ".join(part.split()) for part in paragraphs if part and not part.startswith("#")), "")


class Scope(Model):
    """The pages a pack is about: those of ``type`` whose ``field`` holds ``value``, or all of it when that is None."""

    type: str
    field: str
    value: str | None = None


class Pack(Model):
    """A named set of rules; ``rules`` are codes or their beginnings, added to those of ``extends``.

    ``coverage`` is what is measured of the pages in ``scope``. ``fails_on`` is how grave a finding of one of
    these rules must be for a site not to satisfy the pack.
    """

    pack: str
    label: Text
    extends: str | None = None
    rules: tuple[str, ...]
    fails_on: Severity = "error"
    scope: Scope | None = None
    coverage: CoverageDefinition | None = None
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Mapping[str, Any]] = {}


class SuppressionForm(Model):
    """The words that begin a comment that suppresses a finding, and those before its last day."""

    keywords: tuple[str, ...]
    until: tuple[str, ...]


class Checkbox(Model):
    """A box of the pull-request template that a report can answer: by the ``rules`` (beginnings of codes) that tell.

    ``caveat`` says what they do not look at; ``online_caveat`` the same when addresses on the web were asked for.
    """

    text: Text
    rules: tuple[str, ...]
    caveat: Text | None = None
    online_caveat: Text | None = None


class Catalogue(Model):
    """``rules/catalogue.yaml``: the default pack, where the rule pages can be read, and what files are called."""

    default_pack: str
    home: str
    retired_ids: str
    suppressions: SuppressionForm
    checklist: tuple[Checkbox, ...] = ()


class Knowledge(Model):
    """All schemas, rules and packs."""

    types: Mapping[str, ContentType]
    rules: tuple[Rule, ...]
    packs: Mapping[str, Pack]
    catalogue: Catalogue
    link_check_reader: Callable[[], LinkCheckData]

    @cached_property
    def link_check(self) -> LinkCheckData:
        """What the check of addresses knows: read when it is asked for, which most commands never do.

        Raises BadKnowledge.
        """
        return self.link_check_reader()

    @model_validator(mode="after")
    def _names_exist(self) -> Knowledge:
        for content_type in self.types.values():
            for name, field in content_type.fields.items():
                if field.kind == "references":
                    _require(field.to or "", self.types, f"schemas/{content_type.type}: {name}: to")
        for pack in self.packs.values():
            if pack.extends is not None:
                _require(pack.extends, self.packs, f"pack {pack.pack}: extends")
            for prefix in pack.rules:
                if not any(rule.code.startswith(prefix) for rule in self.rules):
                    raise ValueError(f"pack {pack.pack}: no rule begins with {prefix}")
            self._coverage_fits(pack)
        _require(self.catalogue.default_pack, self.packs, "catalogue: default-pack")
        return self

    def _coverage_fits(self, pack: Pack) -> None:
        if pack.coverage is None:
            return
        scope = self.scope(pack.pack)
        if scope is None:
            raise ValueError(f"pack {pack.pack}: coverage needs a scope")
        try:
            pack.coverage.require_names(scope.type, self.types, [rule.code for rule in self.rules])
        except ValueError as error:
            raise ValueError(f"pack {pack.pack}: coverage: {error}") from None

    def rule(self, name: str) -> Rule | None:
        """The rule with this code or name, in any case."""
        wanted = name.casefold()
        return next((r for r in self.rules if wanted in (r.code.casefold(), r.name)), None)

    def pack_chain(self, name: str) -> list[Pack]:
        """A pack and all that it extends, the most basic first."""
        chain: list[Pack] = []
        following: str | None = name
        while following is not None and all(pack.pack != following for pack in chain):
            chain.insert(0, self.packs[following])
            following = self.packs[following].extends
        return chain

    def scope(self, pack: str) -> Scope | None:
        """What a pack is about: its own scope, or the last one of those that it extends."""
        scopes = [step.scope for step in self.pack_chain(pack) if step.scope is not None]
        return scopes[-1] if scopes else None

    def coverage(self, pack: str) -> CoverageDefinition | None:
        """What a pack measures: by its own definition, or the last one of those that it extends."""
        found = [step.coverage for step in self.pack_chain(pack) if step.coverage is not None]
        return found[-1] if found else None

    def address(self, rule: Rule) -> str:
        """Where the page of a rule can be read."""
        return f"{self.catalogue.home}/rules/{rule.path}"


def _require(name: str, known: Iterable[str], where: str) -> None:
    choices = list(known)
    if name not in choices:
        hint = nearest(name, choices)
        raise ValueError(f"{where}: '{name}' is unknown" + (f"; did you mean '{hint[0]}'?" if hint else ""))
