"""What ``pymdownx.snippets`` adds to pages: to each of them what ``auto_append`` names, to some what they ask for."""

from __future__ import annotations

from functools import partial

from algokader_lint.content.markdown import make_parser, read_body
from algokader_lint.content.site import Site
from algokader_lint.content.source import UnreadableText, decode
from algokader_lint.content.tree import CannotRead

SNIPPET = "-8<-"
"""What puts another file into a page, in which there may be definitions."""


def appended_labels(site: Site) -> frozenset[str] | None:
    """The labels that have an address on every page, in small letters; None when that cannot be known."""
    return site.once("appended-labels", partial(_read, site))


def _read(site: Site) -> frozenset[str] | None:
    labels: set[str] = set()
    parser = make_parser()
    for path in site.mkdocs.appended:
        try:
            text = decode(site.tree.read(path)).text
        except (CannotRead, UnreadableText):
            return None
        labels |= read_body(parser, text, 0).labels
    return frozenset(labels)
