"""Reads ``schemas/`` and ``rules/``: what pages must look like, and what must hold. The only reader of that data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import frontmatter
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from algokader_lint.globs import compile_glob
from algokader_lint.messages import Language
from algokader_lint.nearest import nearest
from algokader_lint.severity import Severity

SAFE_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PATTERN_LIMIT = 200


class BadKnowledge(Exception):
    """A schema, rule, pack or data file is wrong; the message names file and reason."""


_M = TypeVar("_M", bound="Model")


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class Model(BaseModel):
    """Frozen and strict about keys; written with dashes in files."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_kebab, populate_by_name=True)


class Text(Model):
    """The same words in both languages."""

    nl: str
    en: str

    def get(self, language: Language) -> str:
        """The words in ``language``."""
        return self.nl if language == "nl" else self.en


def plain(error: ValidationError) -> str:
    """The first thing that is wrong, as ``place: reason``."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place}: {reason}" if place else reason


def _check_pattern(pattern: str) -> str:
    if len(pattern) > _PATTERN_LIMIT:
        raise ValueError(f"pattern longer than {_PATTERN_LIMIT} characters")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


class FieldSpec(Model):
    """One front matter field of a content type.

    ``kind``: ``text`` (one line), ``choices`` (a list of fixed ``values``, or one when ``single``), ``references``
    (a list of keys of pages of type ``to``), ``codes`` (a mapping of ``frameworks`` to codes that match their
    pattern) or ``any``. With ``over`` a choice is a label, ``<field>-<value>`` of one of those fields, or a boolean
    expression of quoted labels. ``required``: an error when absent; ``expected``: a warning.
    """

    kind: Literal["text", "choices", "references", "codes", "any"]
    required: bool = False
    expected: bool = False
    values: tuple[str, ...] = ()
    single: bool = False
    over: tuple[str, ...] = ()
    to: str | None = None
    pattern: str | None = None
    file_name: str | None = None
    unique: bool = False
    max_words: int | None = None
    no_final_stop: bool = False
    frameworks: Mapping[str, str] = {}

    @field_validator("pattern", "file_name")
    @classmethod
    def _bounded_pattern(cls, value: str | None) -> str | None:
        return value if value is None else _check_pattern(value)

    @field_validator("frameworks")
    @classmethod
    def _bounded_patterns(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for pattern in value.values():
            _check_pattern(pattern)
        return value


class FilePattern(Model):
    """Which files, below the documentation folder, are pages of a type, and what their key is."""

    glob: str
    key: Literal["stem", "parent"] = "stem"


class ExpectedDirective(Model):
    """A directive that a page should hold, unless section ``unless_text_in`` has text of its own."""

    directive: str
    unless_text_in: str | None = None


class TypeDirectives(Model):
    """The directives that pages of a type must (``required``) or should (``expected``) hold.

    ``{key}`` in a directive stands for the page's own key.
    """

    required: tuple[str, ...] = ()
    expected: tuple[ExpectedDirective, ...] = ()


class Plural(Model):
    """A word for one and for many."""

    one: str
    many: str


class TypeLabel(Model):
    """What a content type is called."""

    nl: Plural
    en: Plural


class ContentType(Model):
    """A kind of page: which files they are and what their front matter holds."""

    type: str
    label: TypeLabel
    files: tuple[FilePattern, ...]
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    fields: Mapping[str, FieldSpec] = {}
    synonyms: Mapping[str, str] = {}
    directives: TypeDirectives = TypeDirectives()

    def key_of(self, docs_path: str) -> str | None:
        """The key of the page at ``docs_path`` (below the documentation folder), None when it is of another type."""
        if any(compile_glob(pattern).match(docs_path) for pattern in self.exclude):
            return None
        for pattern in self.files:
            if compile_glob(pattern.glob).match(docs_path):
                folder, _, name = docs_path.rpartition("/")
                return name.removesuffix(".md") if pattern.key == "stem" else folder.rpartition("/")[2]
        return None


class Variant(Model):
    """How a rule speaks of one of the cases its check tells apart; what is left out is as in the rule."""

    severity: Severity | None = None
    message: Text | None = None
    help: Text | None = None


class Rule(Model):
    """One rule: the front matter of its page, and the page."""

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
    """The pages a pack is about: those of ``type`` whose ``field`` holds ``value``."""

    type: str
    field: str
    value: str


class Pack(Model):
    """A named set of rules; ``rules`` are codes or their beginnings, added to those of ``extends``."""

    pack: str
    label: Text
    extends: str | None = None
    rules: tuple[str, ...]
    scope: Scope | None = None
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Mapping[str, Any]] = {}


class Catalogue(Model):
    """``rules/catalogue.yaml``: the default pack and where the rule pages can be read."""

    default_pack: str
    home: str


class Knowledge(Model):
    """All schemas, rules and packs."""

    types: Mapping[str, ContentType]
    rules: tuple[Rule, ...]
    packs: Mapping[str, Pack]
    catalogue: Catalogue

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
        _require(self.catalogue.default_pack, self.packs, "catalogue: default-pack")
        return self

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

    def address(self, rule: Rule) -> str:
        """Where the page of a rule can be read."""
        return f"{self.catalogue.home}/rules/{rule.path}"


def _require(name: str, known: Iterable[str], where: str) -> None:
    choices = list(known)
    if name not in choices:
        hint = nearest(name, choices)
        raise ValueError(f"{where}: '{name}' is unknown" + (f"; did you mean '{hint[0]}'?" if hint else ""))


def load_knowledge(folder: Path) -> Knowledge:
    """Read ``schemas/`` and ``rules/`` below ``folder``. Raises BadKnowledge."""
    shared = {path.stem: _yaml(path) for path in sorted((folder / "schemas" / "shared").glob("*.yaml"))}
    types = [_content_type(path, shared) for path in sorted((folder / "schemas").glob("*.yaml"))]
    rules_folder = folder / "rules"
    data = {path.stem: _yaml(path) for path in sorted((rules_folder / "data").glob("*.yaml"))}
    rules = [_rule(path, rules_folder, data) for path in sorted(rules_folder.glob("*/*.md"))]
    packs = [_validate(Pack, _yaml(path), path) for path in sorted((rules_folder / "packs").glob("*.yaml"))]
    catalogue_file = rules_folder / "catalogue.yaml"
    catalogue = _validate(Catalogue, _yaml(catalogue_file), catalogue_file)
    try:
        return Knowledge(
            types={content_type.type: content_type for content_type in types},
            rules=tuple(sorted(_unique(rules), key=lambda rule: rule.code)),
            packs={pack.pack: pack for pack in packs},
            catalogue=catalogue,
        )
    except ValidationError as error:
        raise BadKnowledge(plain(error)) from None


def _unique(rules: list[Rule]) -> list[Rule]:
    seen: dict[str, str] = {}
    for rule in rules:
        for identity in (rule.code, rule.name):
            if identity in seen:
                raise BadKnowledge(f"{rule.path}: {identity} is already {seen[identity]}")
            seen[identity] = rule.path
    return rules


def _content_type(path: Path, shared: Mapping[str, Any]) -> ContentType:
    data = _yaml(path)
    fields: dict[str, Any] = {}
    for name in data.get("include", ()):
        if name not in shared:
            raise BadKnowledge(f"{path.name}: include: there is no schemas/shared/{name}.yaml")
        fields.update(shared[name])
    data["fields"] = {**fields, **data.get("fields", {})}
    return _validate(ContentType, data, path)


def _rule(path: Path, folder: Path, data: Mapping[str, Any]) -> Rule:
    try:
        page = frontmatter.load(str(path))
    except yaml.YAMLError as error:
        raise BadKnowledge(f"{path.name}: {error}") from None
    metadata: dict[str, Any] = dict(page.metadata)
    metadata["options"] = {name: _fill(value, data, path) for name, value in (metadata.get("options") or {}).items()}
    metadata |= {"path": path.relative_to(folder).as_posix(), "body": page.content}
    rule = _validate(Rule, metadata, path)
    if path.stem != f"{rule.code}-{rule.name}":
        raise BadKnowledge(f"{path.name}: the file must be called {rule.code}-{rule.name}.md")
    return rule


def _fill(value: Any, data: Mapping[str, Any], path: Path) -> Any:
    """``{data: NAME}`` stands for the content of ``rules/data/NAME.yaml``."""
    if isinstance(value, dict) and set(value) == {"data"}:
        if value["data"] not in data:
            raise BadKnowledge(f"{path.name}: there is no rules/data/{value['data']}.yaml")
        return data[value["data"]]
    return value


def _yaml(path: Path) -> dict[str, Any]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise BadKnowledge(f"{path.name}: {error}") from None
    if not isinstance(loaded, dict):
        raise BadKnowledge(f"{path.name}: a mapping is expected")
    return loaded


def _validate(model: type[_M], data: Any, path: Path) -> _M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadKnowledge(f"{path.name}: {plain(error)}") from None
