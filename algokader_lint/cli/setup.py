"""What several commands need before they can begin; errors come out in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from algokader_lint.cli.usage import UsageError, suggestion
from algokader_lint.config import BadConfig, Settings, load_settings
from algokader_lint.content.mkdocs import BadMkdocsFile
from algokader_lint.content.site import NoSite, Site, find_mkdocs, read_site
from algokader_lint.content.tree import CannotList, Tree, open_tree
from algokader_lint.data import data_folder
from algokader_lint.knowledge import BadKnowledge, Knowledge, Scope, load_knowledge
from algokader_lint.messages import Messages
from algokader_lint.selection import UnknownName


@contextmanager
def rules_in_words(messages: Messages) -> Iterator[None]:
    """Turn what is wrong with rules, or with their names, into a usage error."""
    try:
        yield
    except UnknownName as error:
        text = messages(f"error.unknown_{error.what}", name=error.name)
        raise UsageError(text + suggestion(messages, error.near)) from None
    except BadKnowledge as error:
        raise UsageError(messages("error.bad_knowledge", reason=error)) from None


def load_rules(messages: Messages) -> Knowledge:
    """The schemas, rules and packs of this package."""
    with rules_in_words(messages):
        return load_knowledge(data_folder())


def read_settings(start: Path, root: Path, file: str | None, messages: Messages) -> tuple[Settings, Path]:
    """The settings that hold at ``start``, and the folder that paths in them are relative to."""
    try:
        return load_settings(start, root, Path(file) if file is not None else None)
    except BadConfig as error:
        if error.kind == "absent":
            raise UsageError(messages("error.no_config", file=error.file)) from None
        if error.kind == "key":
            text = messages("error.config_key", file=error.file, key=error.key)
            raise UsageError(text + suggestion(messages, error.near)) from None
        if error.kind == "value":
            reason = _reason(error, messages)
            raise UsageError(messages("error.config_value", file=error.file, key=error.key, reason=reason)) from None
        raise UsageError(messages("error.bad_config", file=error.file, reason=error.reason)) from None


def _reason(error: BadConfig, messages: Messages) -> str:
    """What is wrong with a value, in words for the usual mistakes, else as pydantic says it."""
    if error.mistake in ("tuple_type", "list_type"):
        return messages("config.list")
    if error.mistake == "missing":
        return messages("config.missing")
    if error.mistake == "string_type":
        return messages("config.text")
    if error.mistake == "literal_error":
        return messages("config.choice", choices=error.expected.replace(" or ", ", "))
    return error.reason


def list_files(root: Path, messages: Messages) -> Tree:
    """The files of the repository, or folder, at ``root``."""
    try:
        return open_tree(root, os.environ)
    except CannotList:
        raise UsageError(messages("error.cannot_list", root=root)) from None


def open_site(
    tree: Tree, start: str, docs_dir: str | None, knowledge: Knowledge, scope: Scope | None, messages: Messages
) -> Site:
    """Find and read the site at ``start``; both folders are relative to the root."""
    try:
        return read_site(tree, find_mkdocs(tree, start, docs_dir), knowledge.types, scope)
    except NoSite as error:
        name = "error.no_mkdocs" if error.kind == "no-mkdocs" else "error.no_pages"
        raise UsageError(messages(name, place=error.detail)) from None
    except BadMkdocsFile as error:
        reason = f"{error.kind} {error.detail}".strip()
        raise UsageError(messages("error.bad_mkdocs", file="mkdocs.yml", line=error.line, reason=reason)) from None
