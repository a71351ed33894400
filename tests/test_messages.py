"""Every text is used, and every case that a check tells apart has words."""

from __future__ import annotations

import re
from pathlib import Path

import algokader_lint
from algokader_lint.messages import load_messages
from tests.sites_in_tests import knowledge

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(algokader_lint.__file__).parent.rglob("*.py"))
PARTS = sorted(
    path.name.split(".")[0] for path in (Path(algokader_lint.__file__).parent / "messages").glob("*.nl.toml")
)
COMPOSED = (
    *("severity.", "help.", "error.unknown_", "error.revision_", "coverage.state.", "delta.figure.", "cover.summary."),
    *(
        "cover.measures.",
        "cover.gaps.",
        "cover.groups.",
        "cover.places.",
        "cover.waivers.",
        "cover.frameworks.",
        "page.",
    ),
    *("verdict.", "reason.", "tally.", "remark.", "links.column.", "links_csv.", "dated.years", "dated.months"),
)
KINDS = {
    "content/source.py": r'UnreadableText\("([\w-]+)"',
    "content/tree.py": r'CannotRead\("([\w-]+)"',
    "content/front_matter.py": r'Defect\("([\w-]+)"',
    "content/nodes.py": r'YamlProblem\(\s*"([\w-]+)"(?: if [^,]* else "([\w-]+)")?',
    "content/yaml_problem.py": r', "([a-z-]+)", (?:True|False)\)|kind = "([a-z-]+)"|YamlProblem\("([a-z-]+)"',
    "content/validation.py": r'_error\(\s*"([\w-]+)"|Violation\("([\w-]+)"|else "([a-z-]+)"|"([a-z-]+)" if ',
}
HANDLED_ELSEWHERE = {"absent", "folder", "text"}


def test_every_message_is_used() -> None:
    def used(name: str) -> bool:
        return any(quote + name + quote in CODE for quote in "\"'")

    names = [name for name in sorted(load_messages("nl", *PARTS).names()) if not name.startswith(COMPOSED)]
    assert [n for n in names if not used(n) and not used(n.removesuffix(".one").removesuffix(".many"))] == []


def test_every_kind_of_defect_belongs_to_exactly_one_rule() -> None:
    package = Path(algokader_lint.__file__).parent
    found: set[str] = set()
    for file, pattern in KINDS.items():
        for match in re.finditer(pattern, (package / file).read_text(encoding="utf-8")):
            found |= {group for group in match.groups() if group}
    claimed = [(rule.check, kind) for rule in knowledge().rules for kind in rule.options.get("kinds", ())]
    assert len(claimed) == len(set(claimed))
    assert found - HANDLED_ELSEWHERE == {kind for _, kind in claimed}


def test_every_variant_of_a_check_has_words() -> None:
    package = Path(algokader_lint.__file__).parent
    variants = {rule.check: set(rule.variants) for rule in knowledge().rules}
    named = {variant for some in variants.values() for variant in some}
    for path in (package / "checks").glob("*.py"):
        for match in re.finditer(r'variant="([\w-]+)"', path.read_text(encoding="utf-8")):
            assert match[1] in named, f"{path.name}: {match[1]}"
