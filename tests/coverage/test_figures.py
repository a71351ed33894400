"""The figures of coverage, held against those that a second method finds: on real content, and on content gone wrong."""

from __future__ import annotations

import io
import json
import random
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from algokader_lint.cli.measuring import plan_of
from algokader_lint.config import CoverageSettings
from algokader_lint.content.page_reader import PageReader
from algokader_lint.content.site import find_mkdocs, read_references
from algokader_lint.content.tree import CannotRead
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.outcome import Outcome, labels_of
from algokader_lint.coverage.plan import Plan
from algokader_lint.messages import load_messages
from algokader_lint.report.coverage.json_form import render_json
from algokader_lint.selection import Choice
from tests.command import run
from tests.corpus import RELEASES, corpus_archive, needs_corpus
from tests.coverage.second_method import FIELDS, figures, identify
from tests.sites_in_tests import knowledge, write_files

TOPIC = "publieke-inkoop"
Files = dict[str, bytes]


@cache
def release_files(release: str) -> Mapping[str, bytes]:
    """The files of a release; symbolic links left out."""
    with tarfile.open(fileobj=io.BytesIO(corpus_archive(release))) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
    return {name: content.read() for name, content in members if content is not None}


@dataclass(frozen=True)
class MemoryTree:
    """Files that were never written."""

    root: Path
    files: Mapping[str, bytes]

    def paths(self) -> list[str]:
        return sorted(self.files)

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise CannotRead("absent")
        return self.files[path]

    def past_words(self, beginning: str, suffix: str) -> frozenset[str] | None:
        return frozenset()


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
    """The JSON of a site that was never written."""
    tree, plan = MemoryTree(Path("/"), files), plan_for(topic)
    site = read_references(tree, find_mkdocs(tree, "", None), reader(), [plan.scope])
    labels = labels_of(plan, reader().types, "", "nl")
    document: dict[str, Any] = json.loads(render_json(Outcome(measure(site, plan), labels, date.today().isoformat())))
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
        "counted": {
            name: {item["key"]: item["pages"] for item in targets[name]["items"]} for name in ("fase", "rol")
        },
        "grid": {
            (row, column): cell
            for row, cells in zip(grid["row_keys"], grid["cells"], strict=True)
            for column, cell in zip(grid["column_keys"], cells, strict=True)
        },
        "sources": document["sources"],
        "sensitivity": document["sensitivity"],
        "dangling": [(place["page"], place["field"], place["value"]) for place in document["dangling"]],
        "duplicates": [(place["page"], place["field"], place["value"]) for place in document["duplicates"]],
        "single_carriers": [(single["target"], single["page"]) for single in document["single_carriers"]],
        "identical_lists": {tuple(keys) for keys in document["identical_lists"]},
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


@pytest.mark.parametrize("release", RELEASES)
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
