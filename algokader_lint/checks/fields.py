"""Checks on front matter fields, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.checks.field_fixes import field_fix
from algokader_lint.checks.yaml_edits import most_edits
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.validation import Violation
from algokader_lint.finding import Finding, Related, Suggestion
from algokader_lint.knowledge import ContentType, Model
from algokader_lint.nearest import nearest

_MISSING = ("missing", "missing-expected")
_LONG = ("too-long", "final-stop")
"""Violations by a text that stays the same defect when a word in it changes."""


class ViolationOptions(Model):
    """``kinds``: which violations of the schema are this rule's."""

    kinds: tuple[str, ...]


def schema_violation(site: Site, page: Page, options: ViolationOptions) -> Iterator[Finding]:
    """What the schema of the page's type does not allow."""
    if page.type is None:
        return
    content_type = site.types[page.type]
    left = most_edits(page)
    meant = _meant_fields(page, content_type) if set(_MISSING) & set(options.kinds) else set()
    for violation in page.violations:
        if violation.kind not in options.kinds or (violation.kind in _MISSING and violation.field in meant):
            continue
        suggestions = tuple(Suggestion(value) for value in _suggest(violation, content_type))
        left -= 1
        yield Finding(
            span=violation.span,
            field=violation.field,
            variant=_variant(violation, bool(suggestions)),
            values=_values(violation, content_type),
            suggestions=suggestions,
            identity="" if violation.kind in _LONG else None,
            related=() if violation.related is None else (Related(page, violation.related, "first"),),
            fix=field_fix(site, page, violation, content_type) if left >= 0 else None,
        )


def _meant_fields(page: Page, content_type: ContentType) -> set[str]:
    """The fields that were meant by misspelt ones: that they are missing needs no saying."""
    misspelt = (violation for violation in page.violations if violation.kind == "unknown-field")
    return {field for violation in misspelt for field in _suggest(violation, content_type)}


def _variant(violation: Violation, suggested: bool) -> str:
    if violation.kind == "unknown-field" and suggested:
        return "misspelt-field"
    return violation.kind


def _suggest(violation: Violation, content_type: ContentType) -> list[str]:
    if violation.kind == "unknown-field":
        synonym = content_type.synonyms.get(violation.field)
        return [synonym] if synonym else nearest(violation.field, content_type.fields)[:1]
    spec = content_type.fields[violation.field]
    if violation.kind in ("unknown-value", "unknown-label"):
        return nearest(violation.detail or violation.value, content_type.choices(violation.field))
    if violation.kind == "unknown-framework":
        return nearest(violation.value, spec.frameworks)
    return []


def _values(violation: Violation, content_type: ContentType) -> dict[str, str]:
    spec = content_type.fields.get(violation.field)
    return {
        "field": violation.field,
        "value": violation.detail if violation.kind == "unknown-label" else violation.value,
        "detail": violation.detail,
        "choices": ", ".join(spec.values) if spec is not None else "",
        "limit": str(spec.max_words) if spec is not None else "",
    }
