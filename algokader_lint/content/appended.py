"""What the site puts at the end of each page: ``auto_append`` of ``pymdownx.snippets``."""

from __future__ import annotations

from functools import partial

from algokader_lint.content.markdown import make_parser, read_body
from algokader_lint.content.site import Site
from algokader_lint.content.source import UnreadableText, decode
from algokader_lint.content.tree import CannotRead


def appended_labels(site: Site) -> frozenset[str] | None:
    """The labels that have an address on every page, in small letters; None when that cannot be known."""
    return site.once("appended-labels", partial(_read, site))


def _read(site: Site) -> frozenset[str] | None:
    labels: set[str] = set()
    for path in site.mkdocs.appended:
        try:
            text = decode(site.tree.read(path)).text
        except (CannotRead, UnreadableText):
            return None
        labels |= read_body(make_parser(), text, 0).labels
    return frozenset(labels)
