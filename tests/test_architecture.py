"""The shape of the house: one-way flow, no domain words in the engine, one reader, one printer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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


@cache
def nodes(module: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))))


def imports(module: str) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def room_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def may_use(module: str, name: str) -> bool:
    mine, other = room_of(module), room_of(name)
    return other not in RANK or other == mine or RANK[other] < RANK[mine] or RANK[other] == RANK[mine] == 0


def test_imports_run_one_way() -> None:
    rooms = [module for module in MODULES if module != "algokader_lint"]
    assert len(rooms) > 100
    assert [f"{m} must not use {name}" for m in rooms for name in imports(m) if not may_use(m, name)] == []


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


def test_no_domain_word_in_the_engine() -> None:
    any_word = re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in sorted(domain_words(), key=len))})\b")
    texts = {module: path.read_text(encoding="utf-8").casefold() for module, path in MODULES.items()}
    assert {module: found for module, text in texts.items() if (found := any_word.findall(text))} == {}


def test_a_domain_word_would_be_seen() -> None:
    assert {"maatregel", "vereisten", "levenscyclus", "rollen", "aanbieder"} <= domain_words()


def calls(module: str) -> set[str]:
    return {ast.unparse(node.func) for node in nodes(module) if isinstance(node, ast.Call)}


def test_only_the_command_line_prints_and_exits() -> None:
    silent = [m for m in MODULES if room_of(m) not in ("algokader_lint.cli", "algokader_lint.__main__")]
    speaking = {"print", "sys.exit", "exit", "sys.stdout.write", "input"}
    assert {module: found for module in silent if (found := speaking & calls(module))} == {}


def test_only_the_tree_reads_content() -> None:
    def reads(name: str) -> bool:
        return name == "open" or name.endswith((".read_text", ".read_bytes"))

    content = [module for module in MODULES if module.startswith("algokader_lint.content")]
    assert [m for m in content if any(map(reads, calls(m)))] == ["algokader_lint.content.tree"]


def test_both_languages_say_the_same_things() -> None:
    parts = sorted(path.name.split(".")[0] for path in (PACKAGE / "messages").glob("*.nl.toml"))
    assert parts
    dutch, english = load_messages("nl", *parts), load_messages("en", *parts)
    assert dutch.names() == english.names()


def test_rules_say_the_same_in_both_languages() -> None:
    for rule in knowledge().rules:
        texts = [rule.message, rule.help, *rule.notes.values()]
        texts += [text for variant in rule.variants.values() for text in (variant.message, variant.help)]
        for text in filter(None, texts):
            assert set(re.findall(r"\{\w+\}", text.nl)) == set(re.findall(r"\{\w+\}", text.en)), rule.code
        for text in filter(None, (rule.message, *(variant.message for variant in rule.variants.values()))):
            assert not text.nl.endswith("."), rule.code
            assert not text.en.endswith("."), rule.code


def test_heavy_imports_stay_off_the_small_paths() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from algokader_lint.cli import main; main(['--version']); main(['--help']);"
        "print(sorted({'pydantic', 'markdown_it', 'yaml', 'frontmatter'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
