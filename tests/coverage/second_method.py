"""Coverage computed a second time, from raw YAML and the definitions alone: nothing of the package is used.

Only the procurement pack is known here, with everything of it written out. What is made has the names of the JSON.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

import yaml

LIMIT = 8
LIMITS = (1, 2, 3, 5, 8, 10, 15, 30, None)
FIELDS = {"vereiste": "vereiste", "fase": "levenscyclus", "rol": "rollen"}
CODES = {"ADR": "Onderzoekskader Auditdienst Rijk", "ARK": "Toetsingskader Algemene Rekenkamer"}

_FOLDERS = {
    "maatregelen": "maatregel",
    "vereisten": "vereiste",
    "hulpmiddelen": "hulpmiddel",
    "instrumenten": "hulpmiddel",
}
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_SECTION = re.compile(
    r"^## *Bron(?:nen)?(?: \([^)\n]*\))?[^\S\n]*$\n"
    r"(.*?)(?=^##? |^[^\n]+\n[-=]+ *$|\Z)",  # a line above dashes is a heading, as Python-Markdown reads it
    re.DOTALL | re.MULTILINE,
)
_LINK = re.compile(r"\]\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^)]*\)|<a [^>]*href=[\"']([^\"']*)[\"']")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_DECLARED = re.compile(r"\bgeen (?:beschikbare )?bron (?:beschikbaar )?voor deze", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """A page: its path below docs/, type, key, what its YAML says, and its text."""

    path: str
    type: str
    key: str
    fields: Mapping[str, Any]
    body: str

    def values(self, field: str) -> list[str]:
        """A list or one value; what says nothing, and what is no value, left out."""
        found = self.fields.get(field)
        items = found if isinstance(found, list) else [found]
        return [item for item in items if isinstance(item, str) and item.strip() not in ("", "~", "null")]


@cache
def read(data: bytes) -> tuple[Mapping[str, Any], str]:
    """The YAML of a page as text, and what follows it; no fields when that cannot be read."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return {}, ""
    block = _BLOCK.match(text)
    if block is None:
        return {}, text
    try:
        fields = yaml.load(block[1], Loader=yaml.CBaseLoader)  # noqa: S506 - makes nothing but text, lists and mappings
    except yaml.YAMLError:
        return {}, text[block.end() :]
    return (fields if isinstance(fields, dict) else {}), text[block.end() :]


@cache
def identify(path: str) -> tuple[str, str] | None:
    """The type and key of the page at a path below docs/."""
    *folders, name = path.split("/")
    if (
        folders in (["governance"], ["onderwerpen", *folders[1:2]])
        and folders[-1] != "onderwerpen"
        and name == "index.md"
    ):
        return "onderwerp", folders[-1]
    if name in ("index.md", "over-de-levenscyclus.md"):
        return None
    single = {"onderwerpen": "onderwerp", "levenscyclus": "fase", "rollen": "rol"}
    kind = single.get(folders[0]) if len(folders) == 1 else None
    kind = kind or next((_FOLDERS[folder] for folder in folders if folder in _FOLDERS), None)
    return (kind, name.removesuffix(".md")) if kind else None


def papers(files: Mapping[str, bytes]) -> dict[str, dict[str, Paper]]:
    """The pages by type and key."""
    found: dict[str, dict[str, Paper]] = {name: {} for name in ("maatregel", "hulpmiddel", "onderwerp", *FIELDS)}
    for path in sorted(files):
        who = identify(path.removeprefix("docs/")) if path.startswith("docs/") and path.endswith(".md") else None
        if who is not None:
            found[who[0]].setdefault(who[1], Paper(path.removeprefix("docs/"), *who, *read(files[path])))
    return found


def figures(files: Mapping[str, bytes], topic: str | None) -> dict[str, Any]:
    """All figures of the measures of a topic, None for all measures, from the files of a repository."""
    pages = papers(files)
    measures = pages["maatregel"]
    scope = {key: m for key, m in measures.items() if topic is None or topic in m.values("onderwerp")}
    links = {
        field: {key: [v for v in dict.fromkeys(m.values(field)) if v in pages[to]] for key, m in measures.items()}
        for to, field in FIELDS.items()
    }
    lists = links["vereiste"]
    items = {key: _state(key, lists, scope, measures) for key in sorted(pages["vereiste"])}
    sources = {key: _sources(m, {h.path for h in pages["hulpmiddel"].values()}) for key, m in scope.items()}
    own = {key: set(lists[key]) for key in scope}
    return {
        "pages": {key: _row(key, m, pages, links, sources[key]) for key, m in scope.items()},
        "items": items,
        "states": dict(Counter(item["state"] for item in items.values())),
        "counted": {
            to: {key: [m for m in scope if key in links[FIELDS[to]][m]] for key in sorted(pages[to])}
            for to in ("fase", "rol")
        },
        "grid": {
            (fase, rol): sum(fase in links["levenscyclus"][m] and rol in links["rollen"][m] for m in scope)
            for fase in pages["fase"]
            for rol in pages["rol"]
        },
        "sources": {
            "pages": len(scope),
            "traceable": sum(source["traceable"] for source in sources.values()),
            "without": [key for key, source in sources.items() if not source["traceable"]],
            "declared_none": [key for key, source in sources.items() if source["declared_none"]],
        },
        "sensitivity": [
            [limit, len(set().union(*(own[m] for m in scope if limit is None or len(own[m]) <= limit)))]
            for limit in LIMITS
        ],
        "dangling": [
            (key, field, value)
            for key, m in scope.items()
            for to, field in FIELDS.items()
            for value in dict.fromkeys(m.values(field))
            if value not in pages[to]
        ],
        "duplicates": sorted(
            (key, field, value)
            for key, m in scope.items()
            for field in FIELDS.values()
            for value in (Counter(m.values(field)) - Counter(set(m.values(field)))).elements()
        ),
        "single_carriers": [(key, *item["specific"]) for key, item in items.items() if len(item["specific"]) == 1],
        "identical_lists": {
            tuple(group)
            for targets in map(frozenset, own.values())
            if targets and len(group := [m for m in scope if own[m] == targets]) > 1
        },
        "ranking": _ranking(items, pages["vereiste"]),
        "groups": dict(_groups(items, pages["vereiste"])),
        "frameworks": _frameworks(files, measures, scope),
    }


def _state(
    key: str, lists: Mapping[str, list[str]], scope: Iterable[str], measures: Iterable[str]
) -> dict[str, list[str] | str]:
    specific = [m for m in scope if key in lists[m] and len(lists[m]) <= LIMIT]
    bulk = [m for m in scope if key in lists[m] and len(lists[m]) > LIMIT]
    return {
        "state": "specific" if specific else "bulk_only" if bulk else "none",
        "specific": specific,
        "bulk": bulk,
        "elsewhere": [m for m in measures if m not in scope and key in lists[m] and len(lists[m]) <= LIMIT],
    }


def _ranking(items: Mapping[str, Mapping[str, Any]], vereisten: Mapping[str, Paper]) -> list[str]:
    """Gaps by place: nothing; only a list, and worked out nowhere; only a list. High risk first, then users."""
    places: dict[str, list[bool | str]] = {}
    for key, item in items.items():
        high = "hoog-risico-ai-systeem" in vereisten[key].values("risicogroep")
        user = "gebruiksverantwoordelijke" in vereisten[key].values("rol-ai-act")
        if item["state"] != "specific":
            listed = item["state"] == "bulk_only"
            places[key] = [listed, listed and bool(item["elsewhere"]), not high, not user, key]
    return sorted(places, key=lambda key: places[key])


def _row(
    key: str,
    measure: Paper,
    pages: Mapping[str, Mapping[str, Paper]],
    links: Mapping[str, Mapping[str, list[str]]],
    source: Mapping[str, Any],
) -> dict[str, Any]:
    references = {
        to: {
            "ok": len(links[field][key]),
            "dangling": [v for v in dict.fromkeys(measure.values(field)) if v not in pages[to]],
            "bulk": to == "vereiste" and len(links[field][key]) > LIMIT,
            "keys": links[field][key],
        }
        for to, field in FIELDS.items()
    }
    whole = all(found["ok"] and not found["dangling"] for found in references.values())
    return {
        "references": references,
        "sources": source,
        "ok": whole and (source["traceable"] or source["declared_none"]),
    }


def _sources(measure: Paper, hulpmiddelen: set[str]) -> dict[str, Any]:
    text = re.sub(r"<!--.*?-->", "", "\n".join(_SECTION.findall(measure.body)), flags=re.DOTALL)
    targets = [one or other for one, other in _LINK.findall(text)]
    bare = [url.rstrip(".,;:") for url in _ADDRESS.findall(_LINK.sub("", text))]
    external = {target for target in [*targets, *bare] if re.match(r"https?://|//|www\.", target)}
    folder = posixpath.dirname(measure.path)
    local = {posixpath.normpath(posixpath.join(folder, unquote(t.partition("#")[0]))) for t in targets if ":" not in t}
    codes = [code for name in CODES for code in _codes(measure, name)]
    found = bool(external or local & hulpmiddelen)
    return {
        "external": len(external),
        "internal": len(local & hulpmiddelen),
        "codes": len(codes),
        "traceable": found or bool(codes),
        "declared_none": not found and not codes and bool(_DECLARED.search(text)),
    }


def _codes(measure: Paper, framework: str) -> list[str]:
    table = measure.fields.get("sources")
    found = table.get(framework) if isinstance(table, dict) else None
    return [code for code in (found if isinstance(found, list) else [found]) if isinstance(code, str) and code.strip()]


def _frameworks(
    files: Mapping[str, bytes], measures: Mapping[str, Paper], scope: Iterable[str]
) -> dict[str, dict[str, tuple[bool, list[str], list[str]]]]:
    """By framework and code: whether it is on the list, the measures that name it, those of the topic."""
    table = files.get("script/maatregelen-adr-ark.csv", b"").decode()
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    found: dict[str, dict[str, tuple[bool, list[str], list[str]]]] = {}
    for name, title in CODES.items():
        listed = {row["nummer"] for row in rows if row["source"] == title}
        carriers = {key: set(_codes(m, name)) for key, m in measures.items()}
        found[name] = {
            code: (
                code in listed or not rows,
                having := [m for m in measures if code in carriers[m]],
                [m for m in having if m in scope],
            )
            for code in listed.union(*carriers.values())
        }
    return found


def _groups(
    items: Mapping[str, Mapping[str, Any]], vereisten: Mapping[str, Paper]
) -> Iterator[tuple[str, dict[str, dict[str, int]]]]:
    """Per law, by the urn; per role and per risk group, by the labels; those without under nothing."""

    def law(page: Paper) -> list[str]:
        return [
            urn[len("urn:nl:ak:ver:") :][:3]
            for urn in page.values("id")
            if re.fullmatch(r"urn:nl:ak:ver:[a-z]{3}-\d\d", urn)
        ]

    readers: Mapping[str, Callable[[Paper], list[str]]] = {
        "wet": law,
        "rol-ai-act": lambda page: page.values("rol-ai-act"),
        "risicogroep": lambda page: page.values("risicogroep"),
    }
    for name, reader in readers.items():
        rows: dict[str, dict[str, int]] = {}
        for key, page in vereisten.items():
            for label in set(reader(page)) or {""}:
                row = rows.setdefault(label, dict.fromkeys(("total", "specific", "bulk_only", "none", "waived"), 0))
                row["total"] += 1
                row[items[key]["state"]] += 1
        yield name, rows
