"""Fixes of front matter fields, by the kind of violation. None where a person must choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from algokader_lint.checks.meant import Meant, meant_page, meant_word, same_form
from algokader_lint.checks.yaml_edits import (
    Edits,
    Found,
    find,
    remove_dash,
    remove_entry,
    remove_item,
    replace_scalar,
    split_item,
    to_list,
)
from algokader_lint.content.front_matter import FrontMatter
from algokader_lint.content.nodes import Entry, Scalar, Sequence, scalars
from algokader_lint.content.nodes import Mapping as Fields
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.validation import Violation, make_validator, validate
from algokader_lint.finding import Fix
from algokader_lint.fix import Edit
from algokader_lint.knowledge import ContentType, FieldSpec
from algokader_lint.nearest import nearest

_HARMLESS = ("too-long", "final-stop", "duplicate")
"""Violations that a value may have and still be the one that belongs in a field."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A violation, the scalar that it is about, and what that must be."""

    site: Site
    page: Page
    violation: Violation
    content_type: ContentType
    found: Found

    @property
    def scalar(self) -> Scalar:
        return self.found.scalar

    @property
    def spec(self) -> FieldSpec:
        return self.content_type.fields[self.violation.field]


def field_fix(site: Site, page: Page, violation: Violation, content_type: ContentType) -> Fix | None:
    """What repairs a violation, None when nothing does or more than one thing may."""
    if violation.kind == "dashed-field":
        return _safe(_without_dash(site, page, violation, content_type))
    make = _FIXES.get(violation.kind)
    found = find(page, violation.span) if make is not None else None
    if make is None or found is None:
        return _without_stop(page, violation) if violation.kind == "final-stop" else None
    return make(_Case(site, page, violation, content_type, found))


def _without_dash(site: Site, page: Page, violation: Violation, content_type: ContentType) -> Edits | None:
    """A field without the dash before it, when what follows are values that it may have, and pages that exist."""
    name, to = violation.field, content_type.fields[violation.field].to
    others = (item for item in page.violations if item.field == name and item != violation)
    if any(item.kind not in _HARMLESS for item in others):
        return None
    references = [reference.value for reference in page.references if reference.field == name]
    if to is not None and not all(value in site.of_type(to) for value in references):
        return None
    return remove_dash(page, violation.span.start, content_type.fields)


def _safe(edits: Edits | None) -> Fix | None:
    return None if edits is None else Fix(edits, safe=True)


def _written(case: _Case, meant: Meant | None) -> Fix | None:
    """Another value in the place of the scalar."""
    edits = None if meant is None else replace_scalar(case.page, case.scalar, meant.value)
    return None if edits is None or meant is None else Fix(edits, meant.safe)


def _renamed(case: _Case) -> Fix | None:
    """The right name of a field. One that the schema lists as another word for it is no guess."""
    fields, types = case.page.front_matter.fields, case.content_type
    name = case.violation.field
    synonym = types.synonyms.get(name)
    meant = Meant(synonym, True) if synonym is not None else meant_word(name, types.fields)
    if meant is None or fields is None or fields.get(meant.value) is not None:
        return None
    others = [key.text for key, _ in fields.entries if key.text not in types.fields and key.text != name]
    if any(types.synonyms.get(other) == meant.value or meant.value in nearest(other, types.fields) for other in others):
        return None
    return _written(case, meant) if _fits(case, meant.value) else None


def _fits(case: _Case, name: str) -> bool:
    """Whether the value is one that the field ``name`` may have, and names pages that exist."""
    entry, spec = case.found.entry, case.content_type.fields[name]
    renamed = Entry(Scalar(name, "text", True, entry.key.span), entry.value)
    front_matter = FrontMatter(Fields((renamed,), entry.key.span), Span(0, 0), 0)
    validator = case.site.once(("validator", case.content_type.type), partial(make_validator, case.content_type))
    violations = validate(front_matter, case.content_type, validator)
    if any(item.field == name and item.kind not in _HARMLESS for item in violations):
        return False
    values = [item.text for item in scalars(entry.value)]
    if spec.to is not None:
        return all(value in case.site.of_type(spec.to) for value in values)
    return not spec.unique or not any(case.site.with_text(name, value) for value in values)


def _listed(case: _Case) -> Fix | None:
    """A list, of a value or of values with commas between them that all exist."""
    text = case.scalar.text
    parts = [part.strip() for part in text.split(",")] if case.violation.kind == "commas-for-list" else [text]
    values = [_known(case, part) for part in parts]
    known = tuple(value for value in values if value is not None)
    if len(known) < len(parts) or case.spec.over:
        return None
    if case.found.items is not None:
        return _safe(split_item(case.page, case.found.items, case.scalar, known))
    return _safe(to_list(case.page, case.found.entry, known))


def _known(case: _Case, value: str) -> str | None:
    """The value that a field may have which this one is, but for its form."""
    spec = case.spec
    if spec.to is not None:
        if value in case.site.of_type(spec.to):
            return value
        meant = meant_page(case.site, spec.to, value)
    else:
        meant = Meant(value, True) if value in spec.values else meant_word(value, spec.values)
    return meant.value if meant is not None and same_form(value, meant.value) else None


def _quoted(case: _Case) -> Fix | None:
    """Quotes around what is read as a number, a date or yes or no."""
    value = case.scalar.text
    if case.spec.kind == "text":
        fits = case.spec.pattern is None or re.fullmatch(case.spec.pattern, value[:1000]) is not None
    else:
        fits = value == _known(case, value)
    return _written(case, Meant(value, True)) if fits else None


def _nearest_value(case: _Case) -> Fix | None:
    return _written(case, meant_word(case.scalar.text, case.content_type.choices(case.violation.field)))


def _nearest_label(case: _Case) -> Fix | None:
    """The right label in the place of a wrong one, in an expression or by itself."""
    wrong, text = case.violation.detail, case.scalar.text
    meant = meant_word(wrong, case.content_type.choices(case.violation.field)) if text.count(wrong) == 1 else None
    return None if meant is None else _written(case, Meant(text.replace(wrong, meant.value), meant.safe))


def _without_empty(case: _Case) -> Fix | None:
    """A list without its empty item; without any item, no field."""
    items, spec = case.found.items, case.spec
    if items is None:
        return None
    if any(not (isinstance(item, Scalar) and item.blank) for item in items.items) or spec.kind == "codes":
        return _safe(remove_item(case.page, items, case.scalar))
    return None if spec.required or spec.expected else _safe(remove_entry(case.page, case.found.entry))


def _without_second(case: _Case) -> Fix | None:
    items = case.found.items
    return None if items is None else _safe(remove_item(case.page, items, case.scalar))


def _without_stop(page: Page, violation: Violation) -> Fix | None:
    """A text without its full stop; in quotes when it would be a number or a word with a meaning of its own."""
    node = page.front_matter.get(violation.field)
    if not isinstance(node, Scalar) or page.source.slice(violation.span) != ".":
        return None
    edits = replace_scalar(page, node, node.text.strip().removesuffix("."))
    return Fix(edits or (Edit(violation.span, ""),), safe=True)


def _code(case: _Case) -> Fix | None:
    """The one code that the text is, but for case, spaces, point and padding."""
    pattern = case.spec.frameworks[case.found.entry.key.text]
    forms = {form for form in _code_forms(case.scalar.text) if re.fullmatch(pattern, form)}
    return _written(case, Meant(forms.pop(), True)) if len(forms) == 1 else None


def _code_forms(text: str) -> Iterator[str]:
    bare = re.sub(r"\s+", "", text[:50])
    for word in (bare, bare.upper()):
        pointed = re.sub(r"[,:_-]", ".", word)
        for form in (word, pointed, re.sub(r"(?<=[^\W\d_])(?=\d)", ".", pointed)):
            yield form
            yield re.sub(r"(?<!\d)0+(?=\d)", "", form)


def _kept_zero(case: _Case) -> Fix | None:
    return _written(case, Meant(case.scalar.text, True))


def _framework(case: _Case) -> Fix | None:
    """The right name of a framework, when it is not there yet and the codes are its own."""
    frameworks = case.spec.frameworks
    meant = meant_word(case.scalar.text, frameworks)
    value = case.found.entry.value
    codes = value.items if isinstance(value, Sequence) else (value,)
    if meant is None or any(key.text == meant.value for key, _ in case.found.fields.entries):
        return None
    if not all(isinstance(code, Scalar) and re.fullmatch(frameworks[meant.value], code.text[:1000]) for code in codes):
        return None
    return _written(case, meant)


_FIXES: Mapping[str, Callable[[_Case], Fix | None]] = MappingProxyType(
    {
        "unknown-field": _renamed,
        "text-for-list": _listed,
        "commas-for-list": _listed,
        "not-text": _quoted,
        "unknown-value": _nearest_value,
        "unknown-label": _nearest_label,
        "null-item": _without_empty,
        "duplicate": _without_second,
        "bad-code": _code,
        "lost-zero": _kept_zero,
        "unknown-framework": _framework,
    }
)
