"""Which codes of audit frameworks the pages of a site name, held against the codes that the repository lists."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from algokader_lint.content.page import Page
from algokader_lint.content.site import Site, within
from algokader_lint.content.source import UnreadableText, decode
from algokader_lint.content.sources import read_codes
from algokader_lint.content.tree import CannotRead, display_path
from algokader_lint.coverage.document import Framework, FrameworkCode, ListProblem
from algokader_lint.coverage.plan import Plan
from algokader_lint.knowledge import FrameworkCodes

_ROWS_LIMIT = 5_000
"""Most rows of a list of codes: real ones have hundreds."""
_GUARD = re.compile(r"^'(?=[=+\-@])")


@dataclass(frozen=True, slots=True)
class _Listing:
    """The codes of each framework and what they say, in the order of the file; or why they are not known."""

    file: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problem: ListProblem | None = None


def frameworks_of(site: Site, plan: Plan) -> tuple[Framework, ...]:
    """Every framework that pages of the scope's type may name, with the pages of the whole site that do."""
    definition = plan.definition.frameworks
    fields = site.types[plan.scope.type].fields.values()
    names = [name for spec in fields if spec.kind == "codes" for name in spec.frameworks]
    listing = _listing(site, definition) if definition is not None else _Listing(problem="undefined")
    titles = definition.names if definition is not None else {}
    carriers = _carriers(site, plan)
    return tuple(
        Framework(
            name=name,
            title=titles.get(name, name),
            file=listing.file,
            listed=name in listing.texts,
            problem=None if name in listing.texts else listing.problem or "not_in_it",
            codes=tuple(_codes(plan, listing.texts.get(name), carriers.get(name, {}))),
        )
        for name in names
    )


def _carriers(site: Site, plan: Plan) -> Mapping[str, Mapping[str, Sequence[Page]]]:
    """The pages that name each code, by framework and code."""
    found: dict[str, dict[str, list[Page]]] = {}
    for page in site.of_type(plan.scope.type).values():
        for framework, code in dict.fromkeys((code.framework, code.code) for code in read_codes(site, page)):
            found.setdefault(framework, {}).setdefault(code, []).append(page)
    return found


def _codes(
    plan: Plan, texts: Mapping[str, str] | None, carriers: Mapping[str, Sequence[Page]]
) -> Iterator[FrameworkCode]:
    """The codes of one framework: those that are listed, and behind them those that pages name all the same."""
    listed = texts or {}
    for code in dict.fromkeys([*listed, *sorted(carriers, key=_in_order)]):
        pages = carriers.get(code, ())
        yield FrameworkCode(
            code=code,
            text=listed.get(code, ""),
            known=texts is None or code in texts,
            pages=tuple(page.key for page in pages),
            in_scope=tuple(page.key for page in pages if within(plan.scope, page)),
        )


def _in_order(code: str) -> list[tuple[bool, int, str]]:
    """Orders codes with the numbers in them as numbers."""
    parts = re.findall(r"[0-9]{1,9}|[^0-9]+|[0-9]{10,}", code)
    return [(False, int(part), "") if part.isascii() and part.isdigit() else (True, 0, part) for part in parts]


def _listing(site: Site, definition: FrameworkCodes) -> _Listing:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(site.mkdocs.path), definition.file))
    file = display_path(path)
    try:
        text = decode(site.tree.read(path)).text
    except CannotRead as error:
        return _Listing(file, problem="absent" if error.kind == "absent" else "unreadable")
    except UnreadableText:
        return _Listing(file, problem="unreadable")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=definition.delimiter, strict=True))
    except csv.Error:
        return _Listing(file, problem="unreadable")
    return _read_rows(file, rows, definition)


def _read_rows(file: str, rows: Sequence[Sequence[str]], definition: FrameworkCodes) -> _Listing:
    """The codes in the rows of a file, the first of which has the names of its columns."""
    heads = [head.strip().casefold() for head in rows[0]] if rows else []
    wanted = [name.casefold() for name in (definition.code, definition.text, definition.source)]
    if not set(wanted) <= set(heads):
        return _Listing(file, problem="columns")
    if len(rows) > _ROWS_LIMIT:
        return _Listing(file, problem="unreadable")
    places = [heads.index(name) for name in wanted]
    names = {word: name for name, title in definition.names.items() for word in (title, name)}
    found: dict[str, dict[str, str]] = {}
    for row in rows[1:]:
        code, text, source = (_plain(row[at]) if at < len(row) else "" for at in places)
        if code and source in names:
            found.setdefault(names[source], {}).setdefault(code, text)
    return _Listing(file, found)


def _plain(text: str) -> str:
    """A text on one line, without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return _GUARD.sub("", " ".join(text.split()))
