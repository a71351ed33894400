"""Checks on references from one page to another."""

from __future__ import annotations

from collections.abc import Iterator

from algokader_lint.checks.meant import meant_page
from algokader_lint.checks.options import NoOptions
from algokader_lint.checks.yaml_edits import find, most_edits, replace_scalar
from algokader_lint.content.page import Page, Reference
from algokader_lint.content.site import Site
from algokader_lint.finding import Finding, Fix, Related, Suggestion
from algokader_lint.globs import compile_glob
from algokader_lint.knowledge import Model


def reference_exists(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """Every reference names a page of the type its field asks for."""
    left = most_edits(page)
    for reference in page.references:
        if site.target(reference) is not None or _of_another_type(site, reference) or _overview(site, reference):
            continue
        near = site.near(reference.to, reference.value)
        left -= 1
        yield Finding(
            span=reference.span,
            field=reference.field,
            variant="" if near else "nothing-near",
            values=_values(reference),
            suggestions=tuple(Suggestion(target.key, target.title) for target in near),
            fix=_fix(site, page, reference) if left >= 0 else None,
        )


def _fix(site: Site, page: Page, reference: Reference) -> Fix | None:
    """The one page that can be meant. To name another is a statement on law: only another form of the name is safe."""
    meant = meant_page(site, reference.to, reference.value)
    found = find(page, reference.span) if meant is not None else None
    edits = replace_scalar(page, found.scalar, meant.value) if meant is not None and found is not None else None
    return Fix(edits, meant.safe) if meant is not None and edits is not None else None


def reference_type(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """A reference names something that exists, but is of another type, or an overview page."""
    for reference in page.references:
        if site.target(reference) is not None:
            continue
        other = _of_another_type(site, reference)
        overview = None if other else _overview(site, reference)
        target = other or overview
        if target is None:
            continue
        near = site.near(reference.to, reference.value)
        yield Finding(
            span=reference.span,
            field=reference.field,
            variant="overview" if overview else "",
            values={**_values(reference), "is": target.type or "", "file": target.path},
            suggestions=tuple(Suggestion(page.key, page.title) for page in near),
            related=(Related(target, target.front_matter.opening, "target"),),
        )


class RequiredReferenceOptions(Model):
    """``fields``: those that must each hold a living reference on every page that the pack is about."""

    fields: tuple[str, ...]


def reference_required(site: Site, page: Page, options: RequiredReferenceOptions) -> Iterator[Finding]:
    """A page that the pack is about refers, in each field, to at least one page that exists."""
    if not site.in_scope(page) or page.front_matter.fields is None:
        return
    for field in options.fields:
        references = [reference for reference in page.references if reference.field == field]
        if any(site.target(reference) is not None for reference in references):
            continue
        node = page.front_matter.get(field)
        place = references[0].span if references else page.front_matter.opening if node is None else node.span
        yield Finding(
            span=place,
            field=field,
            variant="dangling" if references else "",
            values={"field": field, "scope": (site.scope.value if site.scope else None) or ""},
        )


def _values(reference: Reference) -> dict[str, str]:
    return {"field": reference.field, "value": reference.value, "to": reference.to}


def _of_another_type(site: Site, reference: Reference) -> Page | None:
    """The page of another type that bears the value as its key, in exactly this form or another."""
    called = site.called(reference.value)
    if any(page.type == reference.to for page in called):
        return None
    return next((page for page in called if page.type is not None), None)


def _overview(site: Site, reference: Reference) -> Page | None:
    """A page that stands among those of the type, but is none of them, such as ``index.md``."""
    patterns = [compile_glob(pattern.glob) for pattern in site.types[reference.to].files]
    called = (page for page in site.called(reference.value) if page.type is None)
    return next((page for page in called if any(p.match(page.docs_path) for p in patterns)), None)
