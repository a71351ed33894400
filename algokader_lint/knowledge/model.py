"""What all data files have in common: strict keys, written with dashes, and words in two languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from algokader_lint.messages import Language


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class Model(BaseModel):
    """Frozen and strict about keys; written with dashes in files.

    What holds a value against a model is built with its first value: most commands use few of the models.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=_kebab, populate_by_name=True, defer_build=True
    )


class Text(Model):
    """The same words in both languages."""

    nl: str
    en: str

    def get(self, language: Language) -> str:
        """The words in ``language``."""
        return self.nl if language == "nl" else self.en


def worst(error: ValidationError) -> ErrorDetails:
    """The error to tell: an unknown key explains the missing one that it was meant to be."""
    errors = error.errors()
    return next((item for item in errors if item["type"] == "extra_forbidden"), errors[0])


def plain(error: ValidationError) -> str:
    """What is wrong, as ``place: reason``."""
    first = worst(error)
    place = ".".join(str(part) for part in first["loc"])
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place}: {reason}" if place else reason
