"""Puts findings into words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from algokader_lint.content.page import Document, Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import NOWHERE, Span
from algokader_lint.content.tree import display_path
from algokader_lint.finding import Finding
from algokader_lint.knowledge import Knowledge, Text
from algokader_lint.messages import Messages, clip, fill
from algokader_lint.problem import Place, PlacedEdit, Problem, RelatedPlace, Repair
from algokader_lint.selection import ActiveRule

_SUGGESTIONS = 2


@dataclass(frozen=True, slots=True)
class Words:
    """The words of rules and of the program."""

    knowledge: Knowledge
    messages: Messages

    def problem(self, active: ActiveRule, site: Site, file: Document, finding: Finding) -> Problem:
        """A finding of a rule in words, without a fingerprint yet."""
        rule = active.rule
        variant = rule.variants.get(finding.variant) if finding.variant else None
        message = (variant.message if variant else None) or rule.message
        rated = (variant.severity if variant else None) or rule.severity
        advice = (variant.help if variant else None) or rule.help
        values = {"field": finding.field, **_names(file), **finding.values}
        values = {name: clip(value) for name, value in values.items()}
        return Problem(
            place=place(file, finding.span),
            code=rule.code,
            name=rule.name,
            severity=active.severity or rated,
            rated=rated,
            message=fill(self._text(message), values) + self._suggestion(finding),
            help=tuple(self._help(advice, values, finding)),
            page_type=file.type if isinstance(file, Page) else None,
            page_key=file.key if isinstance(file, Page) else None,
            field=finding.field,
            in_scope=isinstance(file, Page) and site.in_scope(file),
            related=tuple(
                RelatedPlace(place(other.page, other.span), self._text(rule.notes[other.note]))
                for other in finding.related
            ),
            fingerprint="",
            address=self.knowledge.address(rule),
            replacements=tuple(suggestion.value for suggestion in finding.suggestions[:_SUGGESTIONS]),
            snippet=finding.snippet,
            repair=_repair(file, finding),
        )

    def crash(self, code: str, site: Site, file: Document, message: str) -> Problem:
        """A failure of the linter itself as a problem."""
        return Problem(
            place=place(file, NOWHERE),
            code=code,
            name=self.messages("crash.name"),
            severity="error",
            rated="error",
            message=clip(message),
            help=(self.messages("crash.help"),),
            page_type=file.type if isinstance(file, Page) else None,
            page_key=file.key if isinstance(file, Page) else None,
            field="",
            in_scope=isinstance(file, Page) and site.in_scope(file),
            related=(),
            fingerprint="",
            address=self.knowledge.catalogue.home,
        )

    def _text(self, text: Text) -> str:
        return text.get(self.messages.language)

    def _suggestion(self, finding: Finding) -> str:
        values = [clip(guess.value) for guess in finding.suggestions[:_SUGGESTIONS] if not guess.sure]
        if not values:
            return ""
        if len(values) == 1:
            return self.messages("suggest.one", one=values[0])
        return self.messages("suggest.two", one=values[0], two=values[1])

    def _help(self, advice: Text | None, values: dict[str, str], finding: Finding) -> Iterator[str]:
        if advice is not None:
            yield fill(self._text(advice), values)
        for suggestion in finding.suggestions[:_SUGGESTIONS]:
            if suggestion.title:
                yield self.messages("suggest.title", value=suggestion.value, title=suggestion.title)


def _repair(file: Document, finding: Finding) -> Repair | None:
    if finding.fix is None:
        return None
    edits = tuple(PlacedEdit(place(file, edit.span), edit.text) for edit in finding.fix.edits)
    return Repair(edits, finding.fix.safe)


def _names(file: Document) -> dict[str, str]:
    return {"key": file.key} if isinstance(file, Page) else {}


def place(file: Document, span: Span) -> Place:
    """A span of a file as a place in it."""
    start = file.source.position(span.start)
    end = file.source.position(span.end)
    return Place(display_path(file.path), start.line, start.column, end.line, end.column, file.source.line(start.line))
