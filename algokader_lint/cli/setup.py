"""Turns what can go wrong while a command is being prepared into words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from algokader_lint.cli.usage import UsageError, suggestion
from algokader_lint.config import ADDRESS_LENGTH, ADDRESSES_LIMIT, BadConfig
from algokader_lint.content.git import BadRevision
from algokader_lint.content.mkdocs import BadMkdocsFile
from algokader_lint.content.retired import BadRetiredIds
from algokader_lint.content.site import NoSite
from algokader_lint.content.tree import CannotList
from algokader_lint.data import data_folder
from algokader_lint.knowledge import BadKnowledge, Knowledge, load_knowledge
from algokader_lint.messages import Messages, clip
from algokader_lint.selection import UnknownName


@contextmanager
def in_words(messages: Messages) -> Iterator[None]:
    """Turn what is wrong with rules, settings, git or the site into a usage error."""
    try:
        yield
    except UnknownName as error:
        text = messages(f"error.unknown_{error.what}", name=error.name)
        raise UsageError(text + suggestion(messages, error.near)) from None
    except BadKnowledge as error:
        raise UsageError(messages("error.bad_knowledge", reason=error)) from None
    except BadConfig as error:
        raise UsageError(_config(error, messages)) from None
    except CannotList as error:
        raise UsageError(messages("error.cannot_list", root=error)) from None
    except NoSite as error:
        name = "error.no_mkdocs" if error.kind == "no-mkdocs" else "error.no_pages"
        raise UsageError(messages(name, place=error.detail)) from None
    except BadMkdocsFile as error:
        reason = f"{error.kind} {error.detail}".strip()
        raise UsageError(messages("error.bad_mkdocs", file="mkdocs.yml", line=error.line, reason=reason)) from None
    except BadRevision as error:
        raise UsageError(_revision(error, messages)) from None
    except BadRetiredIds as error:
        raise UsageError(_retired(error, messages)) from None


def load_rules(messages: Messages) -> Knowledge:
    """The schemas, rules and packs of this package."""
    with in_words(messages):
        return load_knowledge(data_folder())


def _config(error: BadConfig, messages: Messages) -> str:
    if error.kind == "absent":
        return messages("error.no_config", file=error.file)
    if error.kind == "key":
        return messages("error.config_key", file=error.file, key=error.key) + suggestion(messages, error.near)
    if error.kind == "value":
        return messages("error.config_value", file=error.file, key=error.key, reason=_reason(error, messages))
    return messages("error.bad_config", file=error.file, reason=error.reason)


def _reason(error: BadConfig, messages: Messages) -> str:
    """What is wrong with a value, in words for the usual mistakes, else as pydantic says it."""
    if error.mistake in ("tuple_type", "list_type"):
        return messages("config.list")
    if error.mistake == "table":
        return messages("config.table", key=error.key)
    if error.mistake in ("greater_than_equal", "int_type", "int_parsing", "int_from_float"):
        return messages("config.number")
    if error.mistake.startswith("date_"):
        return messages("config.date")
    if error.mistake == "missing":
        return messages("config.missing")
    if error.mistake == "string_type":
        return messages("config.text")
    if error.mistake == "literal_error":
        return messages("config.choice", choices=error.expected.replace(" or ", ", "))
    if error.mistake == "too_many_addresses":
        return messages("config.addresses", n=ADDRESSES_LIMIT)
    if error.mistake == "bad_address":
        return messages("config.address", n=ADDRESS_LENGTH, reason=clip(error.reason))
    return error.reason


def _revision(error: BadRevision, messages: Messages) -> str:
    if error.kind == "no-git":
        return messages("error.no_git")
    text = messages(f"error.revision_{error.kind}", name=error.name)
    if error.shallow:
        return text + messages("error.shallow")
    return text + suggestion(messages, error.near)


def _retired(error: BadRetiredIds, messages: Messages) -> str:
    name = {
        "no-list": "retired.list",
        "no-mapping": "retired.entry",
        "unknown-key": "retired.key",
        "missing-key": "retired.missing",
        "value": "retired.value",
        "date": "retired.date",
    }.get(error.kind, "retired.unreadable")
    near = (error.near,) if error.near else ()
    reason = messages(name, key=error.detail, kind=error.kind) + suggestion(messages, near)
    return messages("error.retired", file=error.file, line=error.line, reason=reason)
