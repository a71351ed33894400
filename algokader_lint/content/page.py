"""Page: the plain facts of one file."""

from __future__ import annotations

from dataclasses import dataclass

from algokader_lint.content.front_matter import Defect, FrontMatter
from algokader_lint.content.markdown import Body
from algokader_lint.content.source import SourceText, Span
from algokader_lint.content.validation import Violation

NOT_UNDERSTOOD = "not-understood"
"""The kind of defect of a page on which a reader itself failed."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is no page, such as one of settings."""

    path: str
    source: SourceText


@dataclass(frozen=True, slots=True)
class Reference:
    """A front matter value that names a page of type ``to``."""

    field: str
    value: str
    to: str
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file: its identity, front matter, text, and what was wrong with reading it.

    ``path`` is relative to the root, ``docs_path`` to the documentation folder. ``type`` is None for a page of no
    content type; ``key`` is how other pages refer to this one. ``unreadable`` holds at most one defect; then
    there are no other facts.
    """

    path: str
    docs_path: str
    type: str | None
    key: str
    source: SourceText
    front_matter: FrontMatter
    body: Body
    violations: tuple[Violation, ...] = ()
    references: tuple[Reference, ...] = ()
    unreadable: tuple[Defect, ...] = ()

    @property
    def title(self) -> str:
        """The title in the front matter, else the first heading, else the key."""
        heading = next((heading.text for heading in self.body.headings), None)
        return self.front_matter.text("title") or heading or self.key


Document = Page | TextFile
"""Anything that a finding can point into."""
