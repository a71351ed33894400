"""What the guides and the README tell people to type, write and open can be typed, written and opened."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pre_commit.clientlib import load_config  # type: ignore[import-untyped]

from algokader_lint.cli.arguments import parse
from algokader_lint.cli.usage import UsageError
from algokader_lint.config import Settings, named_settings
from algokader_lint.content.retired import FIELDS, read_retired_ids
from algokader_lint.messages import load_messages
from algokader_lint.selection import Choice, choose, find_prefix
from tests.sites_in_tests import SITES, check, knowledge, minimal_site

PROJECT = Path(__file__).parents[1]
GUIDES = {path.relative_to(PROJECT).as_posix(): path for path in [PROJECT / "README.md", *PROJECT.glob("docs/*.md")]}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in GUIDES.items()}
TOKENS = {name: MarkdownIt("commonmark").enable("table").parse(text) for name, text in TEXTS.items()}
EACH = pytest.mark.parametrize("guide", GUIDES)
OF_THE_SITE = {
    # written by us or for us
    "algokader-lint.toml", "algokader-lint-baseline.json", "opgeheven-ids.yaml", ".github/", ".github/workflows/",
    # there anyhow
    "mkdocs.yml", "pyproject.toml", "mlc_config.json", ".github/scripts/", "maatregelen/oud/",
    # the old scripts
    "script/validation/", "run_all_validations.py", "validate_all_labels.py", "validate_file_prefix_urn.py",
    "validate_urn_uniqueness.py",
}  # fmt: skip
"""Files that the guides name and that are those of the reader's own site."""


def every(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from every(token.children or [])


def fences(guide: str, *languages: str) -> Iterator[str]:
    """The blocks of code in one of these languages."""
    return (t.content for t in every(TOKENS[guide]) if t.type == "fence" and t.info.split(" ")[0] in languages)


def code_spans(guide: str) -> list[str]:
    return [token.content for token in every(TOKENS[guide]) if token.type == "code_inline"]


def headings(tokens: list[Token]) -> Iterator[str]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            yield "".join(child.content for child in inline.children or [])


def anchors(tokens: list[Token]) -> set[str]:
    """The ids that GitHub gives to headings: lower case, no punctuation, hyphens for spaces, repeated ones numbered."""
    found = [re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings(tokens)]
    return {f"{name}-{found[:n].count(name)}" if name in found[:n] else name for n, name in enumerate(found)}


def commands(guide: str) -> list[list[str]]:
    """The words behind ``algokader-lint`` wherever a guide shows them as something to type."""
    lines = [line.removeprefix("$ ") for block in fences(guide, "console", "sh", "bash") for line in block.splitlines()]
    found = [shlex.split(line, comments=True) for line in [*lines, *code_spans(guide)] if "algokader-lint " in line]
    return [words[words.index("algokader-lint") + 1 :] for words in found if "algokader-lint" in words[:-1]]


def test_there_is_a_guide_for_each_reader() -> None:
    assert GUIDES.keys() == {"README.md", "docs/bijdragen.md", "docs/beheren.md", "docs/overstappen.md"}
    first = TEXTS["README.md"].splitlines()[2:7]
    assert all(first)
    for guide in GUIDES.keys() - {"README.md"}:
        assert any(f"]({guide})" in line for line in first)


def test_every_command_can_be_typed() -> None:
    messages = load_messages("en")
    shown = {(guide, *words) for guide in GUIDES for words in commands(guide)}
    assert len(shown) > 10
    wrong = []
    for guide, *words in sorted(shown):
        try:
            parse(words, messages)
        except UsageError as error:
            wrong.append(f"{guide}: algokader-lint {' '.join(words)}: {error}")
    assert wrong == []


@EACH
def test_every_rule_exists(guide: str) -> None:
    named = re.findall(r"\bAK\d+\b", TEXTS[guide])
    assert named
    assert [code for code in named if not any(rule.code.startswith(code) for rule in knowledge().rules)] == []


@EACH
def test_every_link_leads_somewhere(guide: str) -> None:
    targets = [str(t.attrs["href"]) for t in every(TOKENS[guide]) if t.type == "link_open"]
    broken = []
    for target in targets:
        path, _, anchor = target.partition("#")
        if re.match(r"\w+:", target):
            continue
        place = (GUIDES[guide].parent / path).resolve() if path else GUIDES[guide]
        name = place.relative_to(PROJECT).as_posix()
        if not place.exists() or (anchor and (name not in TOKENS or anchor not in anchors(TOKENS[name]))):
            broken.append(target)
    assert targets
    assert broken == []


@EACH
def test_every_file_that_is_named_exists(guide: str) -> None:
    names = [
        span for span in code_spans(guide) if re.fullmatch(r"\.?[\w-][\w./-]*(?:/|\.(?:md|ya?ml|toml|json|py))", span)
    ]
    assert names
    assert [name for name in names if name not in OF_THE_SITE and not (PROJECT / name).exists()] == []


@EACH
def test_every_settings_file_can_be_used(guide: str) -> None:
    for block in fences(guide, "toml"):
        settings = settings_in(block)
        assert settings != Settings()
        for exception in settings.exceptions:
            assert [find_prefix(knowledge(), code) for code in exception.codes]
        choice = Choice(
            pack=settings.pack or knowledge().catalogue.default_pack,
            select=settings.select,
            ignore=settings.ignore,
            severity=settings.severity,
            options=settings.options,
        )
        assert choose(knowledge(), choice)


def settings_in(block: str) -> Settings:
    return named_settings(lambda path: block.encode(), "algokader-lint.toml").settings


@EACH
def test_every_yaml_file_can_be_used(guide: str, tmp_path: Path) -> None:
    for number, block in enumerate(fences(guide, "yaml", "yml")):
        use_yaml(block, tmp_path / f"{number}.yaml")


def use_yaml(block: str, path: Path) -> None:
    """Read a block as what it is: a list of retired ids, the settings of pre-commit, or a workflow or steps of one."""
    document: Any = yaml.safe_load(block)
    if isinstance(document, list) and "id" in document[0]:
        assert read_retired_ids("opgeheven-ids.yaml", block.encode()).entries
    elif "repos" in document:
        path.write_text(block, encoding="utf-8")
        config = load_config(path)
        ours = [hook["id"] for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())]
        hooks = [hook["id"] for repo in config["repos"] if "algokader-lint" in repo["repo"] for hook in repo["hooks"]]
        assert hooks
        assert set(hooks) <= set(ours)
    else:
        steps = (
            document if isinstance(document, list) else [s for job in document["jobs"].values() for s in job["steps"]]
        )
        assert all("uses" in step or "run" in step for step in steps)


def test_a_block_that_cannot_be_used_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="severty"):
        settings_in("[severty]\nAK107 = 'info'\n")
    with pytest.raises(Exception, match="hooks"):
        use_yaml("repos:\n- repo: https://voorbeeld.example/algokader-lint\n  rev: main\n", tmp_path / "x.yaml")
    with pytest.raises(Exception, match="titel"):
        use_yaml("- id: urn:nl:ak:mtr:owp-01\n  titel: x\n", tmp_path / "y.yaml")
    assert anchors(MarkdownIt().parse("# Wat nu? `ja`, nee!\n\n# Wat nu\n\n# Wat nu?\n")) == {
        "wat-nu-ja-nee",
        "wat-nu",
        "wat-nu-1",
    }


def test_the_example_of_a_finding_is_what_the_linter_says(tmp_path: Path) -> None:
    page = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
    text = (SITES / "minimaal" / page).read_text(encoding="utf-8")
    broken = text.replace("- aia-01-menselijk-toezicht", "- aia-1-menselijk-toezicht")
    (problem,) = check(minimal_site(tmp_path, {page: broken})).problems
    place = problem.place
    (line,) = problem.replacements
    shown = TEXTS["docs/bijdragen.md"].partition("## Hoe lees ik een melding?")[2].partition("\n- Eerst")[0]
    quoted = " ".join(shown.replace("\n>", "\n").split())
    assert f"**{Path(place.file).name}, regel {place.line}**" in quoted
    assert problem.message in quoted
    assert problem.help[0] in quoted
    assert f"```text {place.excerpt[: place.column - 1]}{line} ```" in quoted
    assert f"zoals {problem.code}." in TEXTS["docs/bijdragen.md"]


def test_the_boxes_are_those_that_a_report_answers() -> None:
    text = " ".join(TEXTS["docs/bijdragen.md"].split())
    boxes = [box.text.get("nl") for box in knowledge().catalogue.checklist]
    assert len(boxes) == 2
    assert [box for box in boxes if f"**{box}**" not in text] == []


def test_every_key_of_the_list_of_retired_ids_is_explained() -> None:
    keys = re.findall(r"^\| `(\w+)` \|.*\| (ja|nee) \|$", TEXTS["docs/beheren.md"], re.M)
    assert {key for key, _ in keys} == set(FIELDS)
    required = {key for key, needed in keys if needed == "ja"}
    whole = {"id": "urn:nl:ak:mtr:owp-01", "title": "Titel", "reason": "reden"}
    assert required == whole.keys()
    for key in whole:
        entry = {name: value for name, value in whole.items() if name != key}
        with pytest.raises(Exception, match=key):
            read_retired_ids("opgeheven-ids.yaml", yaml.safe_dump([entry]).encode())


def test_the_suppressions_work(tmp_path: Path) -> None:
    """The two comments in the guide, each above a finding of its rule: nothing is left."""
    comment, html = (block.strip() for block in fences("docs/beheren.md", "text"))
    comment = re.sub(r"tot \d{4}", "tot 2999", comment)  # the day in the guide will be past
    page = "docs/voldoen-aan-wetten-en-regels/maatregelen/2-owp-01-eisen-stellen.md"
    text = (SITES / "minimaal" / page).read_text(encoding="utf-8")
    broken = text.replace("- aia-01-menselijk-toezicht", "- aia-99-bestaat-niet") + "\n<!-- list_maatregeln -->\n"
    waived = broken.replace("- aia-99", f"{comment}\n- aia-99").replace("<!-- list_maat", f"{html}\n\n<!-- list_maat")
    before, after = (check(minimal_site(tmp_path / str(len(text)), {page: text})) for text in (broken, waived))
    assert sorted(problem.code for problem in before.problems) == ["AK301", "AK501"]
    assert (after.problems, after.summary.suppressed) == ((), 2)
