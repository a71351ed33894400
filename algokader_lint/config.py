"""The content repository's own settings: ``algokader-lint.toml``, or ``[tool.algokader-lint]`` in pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from algokader_lint.globs import compile_glob
from algokader_lint.knowledge import Model, worst
from algokader_lint.messages import Language
from algokader_lint.nearest import nearest
from algokader_lint.severity import Severity

FILE_NAME = "algokader-lint.toml"
_TABLE = "algokader-lint"
_SIZE_LIMIT = 262_144


class BadConfig(Exception):
    """The configuration cannot be used: ``kind`` (``absent``, ``toml``, ``key``, ``value``), file, key and reason.

    ``near`` holds the nearest keys of an unknown one; ``mistake`` is pydantic's error type of a wrong value, and
    ``expected`` what it would have taken.
    """

    def __init__(
        self,
        kind: str,
        file: str,
        key: str = "",
        reason: str = "",
        *,
        near: tuple[str, ...] = (),
        mistake: str = "",
        expected: str = "",
    ) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.kind = kind
        self.file = file
        self.key = key
        self.reason = reason
        self.near = near
        self.mistake = mistake
        self.expected = expected


class FileException(Model):
    """Files (a glob from the root) that some rules do not apply to, and why."""

    files: str
    codes: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)

    @field_validator("files")
    @classmethod
    def _bounded(cls, value: str) -> str:
        compile_glob(value)
        return value


class Settings(Model):
    """All settings, each as the command-line option of the same name."""

    pack: str | None = None
    topic: str | None = None
    lang: Language | None = None
    docs_dir: str | None = None
    fail_on: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    options: Mapping[str, Mapping[str, Any]] = {}
    exceptions: tuple[FileException, ...] = ()


def load_settings(start: Path, root: Path, file: Path | None = None) -> tuple[Settings, Path]:
    """The settings in ``file``, or in the nearest file at or above ``start`` within ``root``; empty when none.

    Beside them the folder that paths in them are relative to. Raises BadConfig.
    """
    if file is not None:
        if not file.is_file():
            raise BadConfig("absent", str(file))
        content = _read(file)
        table = (_own_table(content) or {}) if file.name == "pyproject.toml" else content
        return _validate(table, file.name), file.resolve().parent
    for folder in (start, *start.parents):
        own, project = folder / FILE_NAME, folder / "pyproject.toml"
        if _is_inside(own, root):
            return _validate(_read(own), own.name), folder
        table = _own_table(_read(project)) if _is_inside(project, root) else None
        if table is not None:
            return _validate(table, project.name), folder
        if folder == root:
            break
    return Settings(), start


def _is_inside(file: Path, root: Path) -> bool:
    """Whether a file is there, and not a symbolic link that leads out of the repository."""
    return file.is_file() and file.resolve().is_relative_to(root.resolve())


def _own_table(project: dict[str, Any]) -> Any:
    tools = project.get("tool")
    return tools.get(_TABLE) if isinstance(tools, dict) else None


def _read(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _SIZE_LIMIT:
            raise BadConfig("toml", file.name, reason=f"> {_SIZE_LIMIT} bytes")
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfig("toml", file.name, reason=str(error)) from None
    except RecursionError:
        raise BadConfig("toml", file.name, reason="nesting") from None


def _validate(table: Any, file: str) -> Settings:
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        first = worst(error)
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            model = Settings if len(first["loc"]) == 1 else FileException
            known = [field.alias or name for name, field in model.model_fields.items()]
            raise BadConfig("key", file, key, near=tuple(nearest(str(first["loc"][-1]), known))) from None
        expected = str(first.get("ctx", {}).get("expected", ""))
        raise BadConfig("value", file, key, first["msg"], mistake=first["type"], expected=expected) from None
