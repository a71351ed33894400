"""The shape of the house: one-way flow, no domain words in the engine, one reader, one printer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from algokader_lint.messages import load_messages
from tests.sites_in_tests import knowledge

PACKAGE = Path(__file__).parents[1] / "algokader_lint"
MODULES = {
    path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# From left to right; a room may use what stands before it. Within a room the order is that of need, checked by Python.
ROOMS = [
    ["severity", "nearest", "globs", "data", "messages"],
    ["knowledge"],
    ["content"],
    ["fix"],
    ["config", "finding", "retirement"],
    ["links"],
    ["coverage"],
    ["checks"],
    ["selection"],
    ["problem"],
    ["engine"],
    ["report"],
    ["cli"],
    ["__main__"],
]
RANK = {f"algokader_lint.{room}": rank for rank, rooms in enumerate(ROOMS) for room in rooms}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def room_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("module", [name for name in MODULES if name != "algokader_lint"])
def test_imports_run_one_way(module: str) -> None:
    mine = RANK[room_of(module)]
    for name in imports(MODULES[module]):
        other = room_of(name)
        if other in RANK and other != room_of(module):
            assert RANK[other] < mine or (RANK[other] == mine == 0), f"{module} must not use {name}"


def domain_words() -> set[str]:
    """The words of the domain: names of types, fields and values, and what directives hold."""
    words: set[str] = set()
    for content_type in knowledge().types.values():
        own = {name for name, field in content_type.fields.items() if field.kind != "any"}
        words |= {content_type.type, content_type.label.nl.many, *own, *content_type.synonyms}
        words |= {value for field in content_type.fields.values() for value in field.values}
    words |= {"publieke-inkoop", "publieke inkoop", "bronnen", "algoritmekader", "ai-verordening", "levenscyclus"}
    # Words that are as much of the engine's own trade.
    return words - {
        "title",
        "id",
        "hide",
        "source",
        "template",
        "navigation",
        "path",
        "open-source",
        "toc",
        "register",
        "topic",
        "tags",
        "footer",
        "feedback",
        "role",
        "roles",
        "sources",
    }


@pytest.mark.parametrize("module", MODULES)
def test_no_domain_word_in_the_engine(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8").casefold()
    assert [word for word in sorted(domain_words()) if re.search(rf"\b{re.escape(word)}\b", text)] == []


def test_a_domain_word_would_be_seen() -> None:
    assert {"maatregel", "vereisten", "levenscyclus", "rollen", "aanbieder"} <= domain_words()


def calls(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints_and_exits(module: str) -> None:
    if room_of(module) in ("algokader_lint.cli", "algokader_lint.__main__"):
        return
    assert not {"print", "sys.exit", "exit", "sys.stdout.write", "input"} & calls(MODULES[module])


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("algokader_lint.content")])
def test_only_the_tree_reads_content(module: str) -> None:
    used = calls(MODULES[module])
    reading = {name for name in used if name == "open" or name.endswith((".read_text", ".read_bytes"))}
    assert not reading or module == "algokader_lint.content.tree"


def test_both_languages_say_the_same_things() -> None:
    parts = sorted(path.name.split(".")[0] for path in (PACKAGE / "messages").glob("*.nl.toml"))
    assert parts
    dutch, english = load_messages("nl", *parts), load_messages("en", *parts)
    assert dutch.names() == english.names()


@pytest.mark.parametrize("rule", knowledge().rules, ids=lambda rule: rule.code)
def test_rules_say_the_same_in_both_languages(rule: object) -> None:
    from algokader_lint.knowledge import Rule

    assert isinstance(rule, Rule)
    texts = [rule.message, rule.help, *rule.notes.values()]
    texts += [text for variant in rule.variants.values() for text in (variant.message, variant.help)]
    for text in texts:
        if text is not None:
            assert set(re.findall(r"\{\w+\}", text.nl)) == set(re.findall(r"\{\w+\}", text.en))
    for text in (rule.message, *(variant.message for variant in rule.variants.values())):
        if text is not None:
            assert not text.nl.endswith(".")
            assert not text.en.endswith(".")


def test_heavy_imports_stay_off_the_small_paths() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from algokader_lint.cli import main; main(['--version']); main(['--help']);"
        "print(sorted({'pydantic', 'markdown_it', 'yaml', 'frontmatter'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
