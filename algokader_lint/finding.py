"""What a check says: places and values, no prose."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from algokader_lint.content.page import Page
from algokader_lint.content.source import Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that may have been meant, and the title of the page it names."""

    value: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding; ``note`` names one of the rule's notes."""

    page: Page
    span: Span
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check noticed on a page.

    ``values`` fill the rule's message; ``variant`` names the case when the rule tells several apart; ``field`` is
    the front matter field or section it is about.
    """

    span: Span
    field: str = ""
    variant: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    related: tuple[Related, ...] = ()
