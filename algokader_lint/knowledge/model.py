"""What all data files have in common: strict keys, written with dashes, and words in two languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from algokader_lint.messages import Language


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
