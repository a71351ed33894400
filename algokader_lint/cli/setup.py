"""What several commands need before they can begin; errors come out in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from algokader_lint.cli.usage import UsageError, suggestion
from algokader_lint.config import BadConfig, Settings, load_settings
from algokader_lint.content.mkdocs import BadMkdocsFile
from algokader_lint.content.site import NoSite, Site, find_mkdocs, find_mkdocs_file, read_site
from algokader_lint.content.tree import Tree
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


def read_settings(start: Path, root: Path, file: str | None, messages: Messages) -> Settings:
    """The settings that hold at ``start``."""
    try:
        return load_settings(start, root, Path(file) if file is not None else None)
    except BadConfig as error:
        if error.kind == "absent":
            raise UsageError(messages("error.no_config", file=error.file)) from None
        if error.kind == "key":
            text = messages("error.config_key", file=error.file, key=error.key)
            raise UsageError(text + suggestion(messages, error.near)) from None
        if error.kind == "value":
            raise UsageError(
                messages("error.config_value", file=error.file, key=error.key, reason=error.reason)
            ) from None
        raise UsageError(messages("error.bad_config", file=error.file, reason=error.reason)) from None


def open_site(
    tree: Tree, start: Path, docs_dir: str | None, knowledge: Knowledge, scope: Scope | None, messages: Messages
) -> Site:
    """Find and read the site at ``start``."""
    try:
        mkdocs = find_mkdocs(tree, start, docs_dir)
        if not (tree.root / mkdocs.docs_dir).is_dir():
            raise UsageError(messages("error.docs_dir_absent", place=mkdocs.docs_dir, file=mkdocs.path))
        return read_site(tree, mkdocs, knowledge.types, scope)
    except NoSite as error:
        name = "error.no_mkdocs" if error.kind == "no-mkdocs" else "error.no_docs_dir"
        raise UsageError(messages(name, place=error.detail)) from None
    except BadMkdocsFile as error:
        file = find_mkdocs_file(tree.root, start) or "mkdocs.yml"
        reason = f"{error.kind} {error.detail}".strip()
        raise UsageError(messages("error.bad_mkdocs", file=file, line=error.line, reason=reason)) from None
