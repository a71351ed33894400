"""The coverage document as JSON: the contract that the other forms are held against."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from algokader_lint.coverage.outcome import Outcome
from algokader_lint.report.json_text import json_text

_BESIDE = ("labels", "names", "notices", "day", "revision_label", "modified", "host", "change", "history", "topics")
"""What an outcome says beside the document."""


def render_json(outcome: Outcome) -> str:
    """One JSON object: the document, and beside it what a change did, how releases fared and what names mean."""
    document = _plain(outcome.coverage)
    for name in _BESIDE:
        document[name] = _plain(getattr(outcome, name))
    return json_text(document)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
