"""The kinds of check that rules can name: the closed, explicit table of all code that judges content.

A check looks at one page, may ask the site, and yields findings without code, severity or prose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from algokader_lint.checks import directive_forms, directives, fields, identity, reading, references, sources
from algokader_lint.checks.directive_grammar import GrammarOptions
from algokader_lint.checks.options import NoOptions
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding
from algokader_lint.knowledge import Model


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A check and the model of its options."""

    run: Callable[[Site, Page, Any], Iterable[Finding]]
    options: type[Model]


CHECKS: Mapping[str, CheckKind] = MappingProxyType(
    {
        "reading-defect": CheckKind(reading.reading_defect, reading.DefectOptions),
        "page-like-folder": CheckKind(reading.page_like_folder, NoOptions),
        "merge-conflict": CheckKind(reading.merge_conflict, NoOptions),
        "schema-violation": CheckKind(fields.schema_violation, fields.ViolationOptions),
        "unique-value": CheckKind(identity.unique_value, NoOptions),
        "file-name-matches": CheckKind(identity.file_name_matches, NoOptions),
        "same-value": CheckKind(identity.same_value, identity.FieldOptions),
        "reference-exists": CheckKind(references.reference_exists, NoOptions),
        "reference-type": CheckKind(references.reference_type, NoOptions),
        "reference-required": CheckKind(references.reference_required, references.RequiredReferenceOptions),
        "directive-form": CheckKind(directive_forms.directive_form, GrammarOptions),
        "directive-present": CheckKind(directives.directive_present, GrammarOptions),
        "directive-filter": CheckKind(directives.directive_filter, GrammarOptions),
        "directive-words": CheckKind(directives.directive_words, GrammarOptions),
        "directive-own-key": CheckKind(directives.directive_own_key, GrammarOptions),
        "directive-page": CheckKind(directives.directive_page, GrammarOptions),
        "directive-result": CheckKind(directives.directive_result, GrammarOptions),
        "has-source": CheckKind(sources.has_source, sources.SourceOptions),
        "safe-address": CheckKind(sources.safe_address, sources.AddressOptions),
    }
)
