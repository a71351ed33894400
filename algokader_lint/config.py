"""The content repository's own settings: ``algokader-lint.toml``, or ``[tool.algokader-lint]`` in pyproject.toml."""

from __future__ import annotations

import posixpath
import re
import tomllib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - a field is called date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.globs import compile_glob
from algokader_lint.knowledge import Model, worst
from algokader_lint.messages import Language
from algokader_lint.nearest import nearest
from algokader_lint.severity import Severity

FILE_NAME = "algokader-lint.toml"
_PROJECT = "pyproject.toml"
_TABLE = "algokader-lint"
_EXCEPTION = re.compile(r"^[ \t]*(?P<heading>\[\[[ \t]*(?:tool\.algokader-lint\.)?exceptions[ \t]*\]\])", re.MULTILINE)
_SIZE_LIMIT = 262_144

ADDRESSES_LIMIT, ADDRESS_LENGTH = 100, 200
"""How many patterns of addresses there may be, and how long one may be, in characters."""


class BadConfig(Exception):
    """The configuration cannot be used: ``kind`` (``absent``, ``toml``, ``key``, ``value``), file, key and reason.

    ``near`` holds the nearest keys of an unknown one; ``mistake`` is pydantic's error type of a wrong value, ``table``
    for one table where several are due, and ``expected`` what it would have taken.
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
    """Files (a glob from the root) that some rules do not apply to, and why.

    ``owner`` is who knows more of it, ``until`` the last day on which it holds.
    """

    files: str
    codes: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = ""
    until: Date | None = None

    @field_validator("files")
    @classmethod
    def _bounded(cls, value: str) -> str:
        compile_glob(value)
        return value


def compile_address(pattern: str) -> re.Pattern[str]:
    """A regular expression that is searched for in web addresses.

    It may come from anyone, so its length is bounded. Raises ValueError when it is too long or no such expression.
    """
    if len(pattern) > ADDRESS_LENGTH:
        raise ValueError(f"> {ADDRESS_LENGTH} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a later Python may read otherwise
            return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None


class Links(Model):
    """Settings of the check of addresses: those that match ``exclude`` are not asked for.

    Each is a regular expression that is searched for in the whole address, scheme included.
    """

    exclude: tuple[str, ...] = ()

    @field_validator("exclude")
    @classmethod
    def _bounded(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) > ADDRESSES_LIMIT:
            raise PydanticCustomError("too_many_addresses", "too many")
        for pattern in value:
            try:
                compile_address(pattern)
            except ValueError as error:
                raise PydanticCustomError("bad_address", "{reason}", {"reason": f"{error}: {pattern}"}) from None
        return value


class CoverageWaiver(Model):
    """A page that need not be covered, and why. ``owner`` decided it on ``date``; it holds up to and with ``until``."""

    key: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = ""
    date: Date | None = None
    until: Date | None = None


class CoverageSettings(Model):
    """What is asked of coverage: ``floors`` are the least numbers, by target; ``waivers`` what does not apply."""

    floors: Mapping[str, Annotated[int, Field(ge=0)]] = {}
    waivers: tuple[CoverageWaiver, ...] = ()


class Settings(Model):
    """All settings, most of them as the command-line option of the same name; paths are relative to their file."""

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
    baseline: str | None = None
    retired_ids: str | None = None
    links: Links = Links()
    coverage: CoverageSettings = CoverageSettings()


_MODELS: Mapping[tuple[str, ...], type[Model]] = {
    ("links",): Links,
    ("exceptions",): FileException,
    ("coverage",): CoverageSettings,
    ("coverage", "waivers"): CoverageWaiver,
}
"""What the tables within the settings are, by their names."""


@dataclass(frozen=True, slots=True)
class FoundSettings:
    """Settings, and the file they stand in: its path, from the root, and its bytes.

    No path: there are none, or the file lies outside of the repository; paths in them are then relative to the root.
    """

    settings: Settings = field(default_factory=Settings)
    path: str = ""
    data: bytes = b""

    @property
    def folder(self) -> str:
        """The folder that paths in the settings are relative to."""
        return posixpath.dirname(self.path)

    def places_of_exceptions(self) -> list[Span]:
        """Where each exception begins in the text of the file; at its start for one that is written otherwise."""
        text = self.data.decode("utf-8", "replace")
        found = [Span(*match.span("heading")) for match in _EXCEPTION.finditer(text)]
        whole = len(found) == len(self.settings.exceptions)
        return found if whole else [NOWHERE] * len(self.settings.exceptions)


def find_settings(read: Callable[[str], bytes | None], start: str) -> FoundSettings:
    """The settings in the nearest file at or above the folder ``start``; empty when there is none.

    ``read`` gives the content of a file by its path from the root, None when it is not there. Raises BadConfig.
    """
    folder = "" if start == "." else start
    while True:
        own, project = posixpath.join(folder, FILE_NAME), posixpath.join(folder, _PROJECT)
        data = read(own)
        if data is not None:
            return FoundSettings(_validate(_parse(data, FILE_NAME), FILE_NAME), own, data)
        data = read(project)
        table = _own_table(_parse(data, _PROJECT)) if data is not None else None
        if data is not None and table is not None:
            return FoundSettings(_validate(table, _PROJECT), project, data)
        if not folder:
            return FoundSettings()
        folder = posixpath.dirname(folder)


def named_settings(read: Callable[[str], bytes | None], path: str) -> FoundSettings:
    """The settings in a file of the repository that somebody named, by its path from the root. Raises BadConfig."""
    data = read(path)
    if data is None:
        raise BadConfig("absent", path)
    return FoundSettings(_validate(_table_in(data, posixpath.basename(path)), path), path, data)


def settings_outside(file: Path) -> FoundSettings:
    """The settings in a file that somebody named and that lies outside of the repository. Raises BadConfig."""
    try:
        with open(file, "rb") as content:
            data = content.read(_SIZE_LIMIT + 1)
    except OSError:
        raise BadConfig("absent", str(file)) from None
    return FoundSettings(_validate(_table_in(data, file.name), file.name), "", data)


def _own_table(project: dict[str, Any]) -> Any:
    tools = project.get("tool")
    return tools.get(_TABLE) if isinstance(tools, dict) else None


def _table_in(data: bytes, name: str) -> Any:
    table = _parse(data, name)
    return (_own_table(table) or {}) if name == _PROJECT else table


def _parse(data: bytes, name: str) -> dict[str, Any]:
    try:
        if len(data) > _SIZE_LIMIT:
            raise BadConfig("toml", name, reason=f"> {_SIZE_LIMIT} bytes")
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfig("toml", name, reason=str(error)) from None
    except RecursionError:
        raise BadConfig("toml", name, reason="nesting") from None


def _validate(table: Any, file: str) -> Settings:
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        first = worst(error)
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            model = _MODELS.get(tuple(part for part in first["loc"][:-1] if isinstance(part, str)), Settings)
            known = [field.alias or name for name, field in model.model_fields.items()]
            raise BadConfig("key", file, key, near=tuple(nearest(str(first["loc"][-1]), known))) from None
        expected = str(first.get("ctx", {}).get("expected", ""))
        one = first["type"] == "tuple_type" and isinstance(first["input"], dict)  # [exceptions] for [[exceptions]]
        mistake = "table" if one else first["type"]
        raise BadConfig("value", file, key, first["msg"], mistake=mistake, expected=expected) from None
