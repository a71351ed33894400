"""The figures of coverage, held against those of a second method: on real content, and on content gone wrong."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from algokader_lint.cli.measuring import plan_of
from algokader_lint.config import CoverageSettings
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import find_mkdocs, read_references
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.plan import Plan
from algokader_lint.messages import load_messages
from algokader_lint.selection import Choice
from tests.command import run
from tests.corpus import SOME_RELEASES, needs_corpus, release_files
from tests.coverage.second_method import figures, identify
from tests.sites_in_tests import FilesTree, knowledge, write_files

TOPIC = "publieke-inkoop"
Files = dict[str, bytes]


@cache
def reader() -> PageReader:
    return PageReader(knowledge().types)


def plan_for(topic: str | None) -> Plan:
    scope = knowledge().scope(TOPIC)
    assert scope is not None
    messages = load_messages("nl", "coverage")
    scope = scope.model_copy(update={"value": topic})
    plan = plan_of(knowledge(), Choice(pack=TOPIC), scope, CoverageSettings(), messages)
    assert plan is not None
    return plan


def document_of(files: Mapping[str, bytes], topic: str | None) -> dict[str, Any]:
    """The document about a site that was never written, as it comes out of JSON."""
    tree, plan = FilesTree(files), plan_for(topic)
    site = read_references(tree, find_mkdocs(tree, "", None), reader(), [plan.scope])
    document: dict[str, Any] = json.loads(json.dumps(asdict(measure(site, plan))))
    return document


def in_the_form_of_the_second(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same figures as the second method makes, taken from the JSON; what contradicts itself fails."""
    targets, grid = document["targets"], document["grid"]
    graded = targets["vereiste"]
    states = {name: graded[name] for name in ("specific", "bulk_only", "none", "waived") if graded[name]}
    assert graded["total"] == len(graded["items"]) == sum(states.values())
    assert document["scope"]["pages"] == len(document["pages"])
    for name in ("fase", "rol"):
        assert targets[name]["total"] == len(targets[name]["items"])
        assert targets[name]["covered"] == sum(item["count"] > 0 for item in targets[name]["items"])
        assert all(item["count"] == len(item["pages"]) for item in targets[name]["items"])
    return {
        "pages": {row["key"]: _row(row, document) for row in document["pages"]},
        "items": {
            item["key"]: {name: item[name] for name in ("state", "specific", "bulk", "elsewhere")}
            for item in graded["items"]
        },
        "states": states,
        "counted": {name: {item["key"]: item["pages"] for item in targets[name]["items"]} for name in ("fase", "rol")},
        "grid": {
            (row, column): cell
            for row, cells in zip(grid["row_keys"], grid["cells"], strict=True)
            for column, cell in zip(grid["column_keys"], cells, strict=True)
        },
        "sources": document["sources"],
        "sensitivity": document["sensitivity"],
        "dangling": [(place["page"], place["field"], place["value"]) for place in document["dangling"]],
        "duplicates": sorted((place["page"], place["field"], place["value"]) for place in document["duplicates"]),
        "single_carriers": [(single["target"], single["page"]) for single in document["single_carriers"]],
        "identical_lists": {tuple(keys) for keys in document["identical_lists"]},
        "ranking": document["ranking"],
        "groups": {
            name: {row["key"]: {word: row[word] for word in row if word != "key"} for row in rows}
            for name, rows in document["groups"].items()
        },
        "frameworks": {
            framework["name"]: {
                code["code"]: (code["known"], code["pages"], code["in_scope"]) for code in framework["codes"]
            }
            for framework in document["frameworks"]
        },
    }


def _row(row: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    sources = {name: row["sources"][name] for name in ("external", "internal", "codes", "declared_none")}
    traceable = row["key"] not in document["sources"]["without"]
    return {"references": row["references"], "sources": {**sources, "traceable": traceable}, "ok": row["ok"]}


def check_lines(document: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Every place that is named shows what it is named for."""
    for place in (*document["dangling"], *document["duplicates"]):
        lines = files[place["file"]].decode("utf-8-sig").splitlines()
        assert place["value"] in lines[place["line"] - 1]


@pytest.mark.parametrize("release", SOME_RELEASES)
def test_every_figure_of_a_release_is_found_by_another_way_too(release: str, tmp_path: Path) -> None:
    files = release_files(release)
    write_files(tmp_path, files)
    result = run("coverage", "--format", "json", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert in_the_form_of_the_second(document) == figures(files, TOPIC)
    check_lines(document, files)
    document = document_of(files, None)
    assert in_the_form_of_the_second(document) == figures(files, None)
    check_lines(document, files)


@needs_corpus
def test_what_is_known_of_the_last_release() -> None:
    document = document_of(release_files("v2.4.0"), TOPIC)
    graded = document["targets"]["vereiste"]
    assert document["scope"]["pages"] == 24
    assert (graded["total"], graded["specific"] + graded["bulk_only"], graded["specific"]) == (63, 60, 24)
    graded = document_of(release_files("v2.4.0"), None)["targets"]["vereiste"]
    assert (graded["total"], graded["specific"], graded["bulk_only"], graded["none"]) == (63, 48, 13, 2)


def _measures(files: Mapping[str, bytes]) -> list[str]:
    """The measures whose front matter has the lists that are changed here."""
    return [path for path in _of_type(files, "maatregel") if b"\nlevenscyclus:\n" in files[path].replace(b"\r", b"")]


def _of_type(files: Mapping[str, bytes], kind: str) -> list[str]:
    pages = (path for path in sorted(files) if path.startswith("docs/") and path.endswith(".md"))
    return [path for path in pages if (identify(path.removeprefix("docs/")) or ("", ""))[0] == kind]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True)
class Perturber:
    """Changes files at random; every change is one that people make."""

    files: Files
    chance: random.Random

    def some(self, *, field: str = "") -> str:
        """A measure whose front matter has a list in that field."""
        pages = _measures(self.files)
        return self.chance.choice([path for path in pages if not field or self.find(path, field) is not None])

    def text(self, path: str) -> str:
        return self.files[path].decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")

    def write(self, path: str, text: str) -> None:
        self.files[path] = text.encode("utf-8", "surrogateescape")

    def find(self, path: str, field: str) -> re.Match[str] | None:
        return re.search(rf"^{field}:[ \t]*\n((?:[ \t]*-[^\n]*\n)+)", self.text(path), re.MULTILINE)

    def relist(self, path: str, field: str, change: Callable[[list[str]], str]) -> None:
        """Write the list of a field anew, given its lines."""
        match = self.find(path, field)
        assert match is not None
        lines = match[1].splitlines(keepends=True)
        self.write(path, match.string[: match.start(1)] + change(lines) + match.string[match.end(1) :])

    def any_list(self, change: Callable[[list[str]], str]) -> None:
        field = self.chance.choice(["vereiste", "levenscyclus", "rollen", "onderwerp"])
        self.relist(self.some(field=field), field, change)

    def replace(self, path: str, old: str, new: str) -> None:
        self.write(path, self.text(path).replace(old, new, 1))

    def remove(self) -> None:
        self.any_list(lambda lines: "".join(lines[: self.chance.randrange(len(lines))]))

    def add(self) -> None:
        target = _stem(self.chance.choice(_of_type(self.files, "vereiste")))
        self.relist(self.some(field="vereiste"), "vereiste", lambda lines: "".join([*lines, f"- {target}\n"]))

    def duplicate(self) -> None:
        self.any_list(lambda lines: "".join([*lines, self.chance.choice(lines), lines[0]]))

    def rename(self) -> None:
        path = self.chance.choice(_of_type(self.files, self.chance.choice(["vereiste", "fase", "maatregel"])))
        self.files[path.replace(_stem(path), f"{_stem(path)}-anders")] = self.files.pop(path)

    def delete(self) -> None:
        kind = self.chance.choice(["vereiste", "fase", "rol", "hulpmiddel", "maatregel"])
        del self.files[self.chance.choice(_of_type(self.files, kind))]

    def topic(self) -> None:
        self.relist(self.some(field="onderwerp"), "onderwerp", lambda lines: f"- {TOPIC}\n")

    def break_yaml(self) -> None:
        path = self.chance.choice(_of_type(self.files, self.chance.choice(["maatregel", "vereiste"])))
        self.replace(path, "\ntitle:", "\ntitle: [:")

    def crlf(self) -> None:
        path = self.some()
        self.files[path] = self.files[path].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")

    def scalar(self) -> None:
        field = self.chance.choice(["vereiste", "levenscyclus", "rollen", "onderwerp"])
        path = self.some(field=field)
        match = self.find(path, field)
        assert match is not None
        value = match[1].splitlines()[0].partition("-")[2].strip()
        self.replace(path, match[0], f"{field}: '{value}'\n")

    def wrong_case(self) -> None:
        self.any_list(lambda lines: "".join([lines[0].upper(), *lines[1:]]))

    def empty_list(self) -> None:
        field = self.chance.choice(["vereiste", "levenscyclus", "rollen"])
        path = self.some(field=field)
        match = self.find(path, field)
        assert match is not None
        self.replace(path, match[0], f"{field}: []\n")

    def null_item(self) -> None:
        self.any_list(lambda lines: "".join(["-\n", *(f"- {line.partition('-')[2].strip()}\n" for line in lines)]))

    def nested(self) -> None:
        self.any_list(lambda lines: "".join(f"- [{line.partition('-')[2].strip()}]\n" for line in lines))

    def bom(self) -> None:
        path = self.some()
        self.files[path] = b"\xef\xbb\xbf" + self.files[path]

    def not_utf8(self) -> None:
        path = self.chance.choice(_of_type(self.files, self.chance.choice(["maatregel", "vereiste"])))
        self.files[path] = b"\xff\xfe" + self.files[path]

    def twice(self) -> None:
        path = self.chance.choice(_of_type(self.files, self.chance.choice(["maatregel", "vereiste"])))
        folder, _, name = path.rpartition("/")
        self.files[f"{folder}/nog/{name}"] = self.files[self.some()]

    def flow(self) -> None:
        field = self.chance.choice(["vereiste", "levenscyclus", "rollen", "onderwerp"])
        path = self.some(field=field)
        match = self.find(path, field)
        assert match is not None
        values = ", ".join(line.partition("-")[2].partition("#")[0].strip() for line in match[1].splitlines())
        self.replace(path, match[0], f"{field}: [{values}]\n")

    def key_twice(self) -> None:
        self.replace(self.some(), "\nlevenscyclus:\n", "\nlevenscyclus: [ontwerp]\nlevenscyclus:\n")

    def no_sources(self) -> None:
        path = self.some()
        heading, text = self.chance.choice(
            [("Bronnen", "Geen bron voor deze maatregel."), ("Bronnen", ""), ("Boeken", "")]
        )
        self.write(path, re.sub(r"(?sm)^## Bron[^\n]*\n.*?(?=^## |\Z)", f"## {heading}\n\n{text}\n\n", self.text(path)))


KINDS = (
    Perturber.remove,
    Perturber.add,
    Perturber.duplicate,
    Perturber.rename,
    Perturber.delete,
    Perturber.topic,
    Perturber.break_yaml,
    Perturber.crlf,
    Perturber.scalar,
    Perturber.wrong_case,
    Perturber.empty_list,
    Perturber.null_item,
    Perturber.nested,
    Perturber.bom,
    Perturber.not_utf8,
    Perturber.twice,
    Perturber.flow,
    Perturber.key_twice,
    Perturber.no_sources,
)


@pytest.mark.parametrize("release", SOME_RELEASES)
@pytest.mark.parametrize("seed", range(3))
def test_the_figures_of_content_gone_wrong_are_found_by_another_way_too(release: str, seed: int) -> None:
    chance = random.Random(f"{release}-{seed}")
    perturber = Perturber(dict(release_files(release)), chance)
    for perturb in chance.sample(KINDS, len(KINDS)):
        for _ in range(chance.randint(1, 3)):
            perturb(perturber)
    topic = chance.choice([TOPIC, None, "governance"])
    document = document_of(perturber.files, topic)
    assert in_the_form_of_the_second(document) == figures(perturber.files, topic)
    check_lines(document, perturber.files)
