"""Pages for tests of checks: read without writing a site for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

import markdown

from algokader_lint.content.page import Page
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding
from algokader_lint.fix import edited
from tests.content.rendering import EXTENSIONS
from tests.sites_in_tests import SITES, knowledge, open_folder

NUMBERS = count(1)
"""What a site knows of a page it keeps by the page's path: each gets one of its own."""


class Bench:
    """The minimal site, and pages beside its ``index.md``."""

    def __init__(self, folder: Path = SITES / "minimaal") -> None:
        self.site: Site = open_folder(folder)
        self.reader = PageReader(knowledge().types)

    def page(self, text: str) -> Page:
        name = f"proef-{next(NUMBERS)}.md"
        return self.reader.read(f"docs/{name}", name, text.encode())

    def findings(self, check: Callable[[Site, Page, Any], Iterable[Finding]], options: Any, text: str) -> list[Finding]:
        return list(check(self.site, self.page(text), options))

    def told(self, check: Callable[[Site, Page, Any], Iterable[Finding]], options: Any, text: str) -> list[str]:
        """The marked texts, with the variant before those that have one."""
        page = self.page(text)
        return [
            f"{found.variant}: {page.source.slice(found.span)}".removeprefix(": ")
            for found in check(self.site, page, options)
        ]

    def repaired(
        self, check: Callable[[Site, Page, Any], Iterable[Finding]], options: Any, text: str, *, unsafe: bool = False
    ) -> str:
        """The text with all fixes made that may be."""
        page = self.page(text)
        fixes = [found.fix for found in check(self.site, page, options) if found.fix is not None]
        return edited(page.source, [edit for fix in fixes if fix.safe or unsafe for edit in fix.edits])


def options_of(code: str, model: Any) -> Any:
    """The options of a rule, as its page has them."""
    rule = next(rule for rule in knowledge().rules if rule.code == code)
    return model.model_validate(dict(rule.options))


def html(text: str) -> str:
    """What Python-Markdown makes of a text."""
    made: str = markdown.Markdown(extensions=list(EXTENSIONS)).convert(text.replace("\r\n", "\n"))
    return made
