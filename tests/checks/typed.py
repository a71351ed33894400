"""Pages of a content type, for tests of checks."""

from __future__ import annotations

from algokader_lint.content.page import Page
from tests.checks.pages import NUMBERS, Bench

LAW = "voldoen-aan-wetten-en-regels"


def typed_page(bench: Bench, text: str, folder: str = "maatregelen", fields: str = "title: Een titel") -> Page:
    """A page with front matter, in the folder of its type."""
    name = f"{LAW}/{folder}/proef-{next(NUMBERS)}.md"
    return bench.reader.read(f"docs/{name}", name, f"---\n{fields}\n---\n{text}".encode())
