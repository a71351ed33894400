"""The words of the program, apart from those of rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_VALUE_LIMIT = 200


class Messages:
    """The texts of one language, by dotted name."""

    def __init__(self, language: Language, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, name: str, /, **values: object) -> str:
        """The text called ``name`` with ``values`` filled in. Raises KeyError for an unknown name."""
        return fill(self._texts[name], {key: str(value) for key, value in values.items()})

    def count(self, name: str, number: int, /, **values: object) -> str:
        """The text for one (``name.one``) or for many (``name.many``), with ``{n}`` filled in."""
        return self(f"{name}.{'one' if number == 1 else 'many'}", n=number, **values)

    def names(self) -> frozenset[str]:
        """The names of all texts."""
        return frozenset(self._texts)


def load_messages(language: Language, *parts: str) -> Messages:
    """The texts of ``language`` (``nl`` or ``en``): those that all commands share, and those of the ``parts`` named."""
    texts: dict[str, str] = {}
    for name in (f"{language}.toml", *(f"{part}.{language}.toml" for part in parts)):
        texts.update(_read(name))
    return Messages(language, texts)


def _read(name: str) -> Mapping[str, str]:
    """The texts in a file of this package, by dotted name."""
    file = resources.files("algokader_lint.messages").joinpath(name)
    return dict(_flatten(tomllib.loads(file.read_text(encoding="utf-8")), ""))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values in the place of ``{name}``. Raises KeyError for a missing one."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def clip(value: str) -> str:
    """A value short enough for a sentence."""
    return value if len(value) <= _VALUE_LIMIT else value[: _VALUE_LIMIT - 1] + "…"


def _flatten(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found.extend(_flatten(value, f"{prefix}{key}."))
        else:
            found.append((prefix + key, str(value)))
    return found
