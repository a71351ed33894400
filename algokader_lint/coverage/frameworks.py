"""Which codes of audit frameworks the pages of a site name, held against the codes that the repository lists."""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Mapping

from algokader_lint.content.page import Page
from algokader_lint.content.site import Site, within
from algokader_lint.content.source import UnreadableText, decode
from algokader_lint.content.sources import read_codes
from algokader_lint.content.tree import CannotRead
from algokader_lint.coverage.document import Framework, FrameworkCode
from algokader_lint.coverage.plan import Plan
from algokader_lint.knowledge import FrameworkCodes

_ROWS_LIMIT = 5_000


def frameworks_of(site: Site, plan: Plan) -> tuple[Framework, ...]:
    """Every framework that pages of the scope's type may name, with the pages of the whole site that do."""
    definition = plan.definition.frameworks
    fields = site.types[plan.scope.type].fields.values()
    names = [name for spec in fields if spec.kind == "codes" for name in spec.frameworks]
    listed = _listed(site, definition) if definition is not None else {}
    carriers: dict[tuple[str, str], list[Page]] = {}
    for page in site.of_type(plan.scope.type).values():
        for framework, code in dict.fromkeys((code.framework, code.code) for code in read_codes(site, page)):
            carriers.setdefault((framework, code), []).append(page)
    titles = definition.names if definition is not None else {}
    return tuple(
        Framework(
            name,
            titles.get(name, name),
            name in listed,
            tuple(
                FrameworkCode(
                    code=code,
                    text=texts.get(code, ""),
                    known=code in texts or name not in listed,
                    pages=tuple(page.key for page in carriers.get((name, code), ())),
                    in_scope=tuple(p.key for p in carriers.get((name, code), ()) if within(plan.scope, p)),
                )
                for code in dict.fromkeys([*texts, *sorted(code for other, code in carriers if other == name)])
            ),
        )
        for name in names
        for texts in (listed.get(name, {}),)
    )


def _listed(site: Site, definition: FrameworkCodes) -> Mapping[str, Mapping[str, str]]:
    """The codes of each framework and what they say, in the order of the file; nothing when there is no such file."""
    path = posixpath.join(posixpath.dirname(site.mkdocs.path), definition.file)
    try:
        text = decode(site.tree.read(path)).text
    except (CannotRead, UnreadableText):
        return {}
    found: dict[str, dict[str, str]] = {}
    reader = csv.DictReader(io.StringIO(text), delimiter=definition.delimiter)
    try:
        for number, row in enumerate(reader):
            code = (row.get(definition.code) or "").strip()
            source = (row.get(definition.source) or "").strip()
            name = next((name for name, title in definition.names.items() if source in (title, name)), None)
            if code and name and number < _ROWS_LIMIT:
                found.setdefault(name, {}).setdefault(code, " ".join((row.get(definition.text) or "").split()))
    except csv.Error:
        return {}
    return found
