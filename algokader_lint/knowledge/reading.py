"""Reads the data files into models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import frontmatter
import yaml
from pydantic import ValidationError

from algokader_lint.knowledge.link_check import LinkCheckData
from algokader_lint.knowledge.model import Model, plain
from algokader_lint.knowledge.rules import Catalogue, Knowledge, Pack, Rule
from algokader_lint.knowledge.schema import ContentType

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_M = TypeVar("_M", bound=Model)
_LAWS = "law-addresses"
"""The data file on addresses of laws, which rules and the check of addresses share."""


class BadKnowledge(Exception):
    """A schema, rule, pack or data file is wrong; the message names file and reason."""


def load_knowledge(folder: Path) -> Knowledge:
    """Read ``schemas/`` and ``rules/`` below ``folder``, all but what only the check of addresses needs.

    Raises BadKnowledge.
    """
    shared = {path.stem: _yaml(path) for path in sorted((folder / "schemas" / "shared").glob("*.yaml"))}
    types = [_content_type(path, shared) for path in sorted((folder / "schemas").glob("*.yaml"))]
    rules_folder = folder / "rules"
    link_check = rules_folder / "data" / "link-check.yaml"
    data_files = [path for path in sorted((rules_folder / "data").glob("*.yaml")) if path != link_check]
    data = {path.stem: _yaml(path) for path in data_files}
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
            link_check_reader=partial(_read_link_check, link_check, data.get(_LAWS, {})),
        )
    except ValidationError as error:
        raise BadKnowledge(plain(error)) from None


def _read_link_check(path: Path, laws: Any) -> LinkCheckData:
    return _validate(LinkCheckData, {**_yaml(path), "laws": laws}, path)


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
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
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
