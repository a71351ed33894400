"""What a check says: places and values, no prose."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from algokader_lint.content.page import Document
from algokader_lint.content.source import Span
from algokader_lint.fix import Edit


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that may have been meant, and the title of the page it names.

    A ``sure`` one is no guess: the rule's own words tell of it.
    """

    value: str
    title: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding; ``note`` names one of the rule's notes."""

    page: Document
    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair of the file that a finding is in. A ``safe`` one changes neither a meaning nor what a reader sees of
    anything else; one that changes a target, a text or a reference to a law is not.
    """

    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check noticed on a page.

    ``values`` fill the rule's message; ``variant`` names the case when the rule tells several apart; ``field`` is
    the front matter field or section it is about. ``identity`` is what makes it the same finding tomorrow, on this
    page and field: the marked text when None. ``snippet`` is text to add, ready to copy. ``fix`` repairs it, when there
    is one thing only that can be meant.
    """

    span: Span
    field: str = ""
    variant: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    related: tuple[Related, ...] = ()
    identity: str | None = None
    snippet: str = ""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and the file it is in, for checks that look at the site as a whole."""

    file: Document
    finding: Finding


@dataclass(frozen=True, slots=True)
class WaiverFault:
    """A waiver that is wrong, or of no use: where it stands, and why.

    ``kind`` is ``unused``, ``unknown-rule``, ``no-rule``, ``no-reason`` or ``ended``, for one in the settings
    ``unused-exemption`` or ``ended-exemption``; ``value`` is the rule or file that it names, ``detail`` what is near to
    it or the day it ended. ``fix`` takes away what is of no use.
    """

    file: Document
    span: Span
    kind: str
    value: str = ""
    detail: str = ""
    fix: Fix | None = None
