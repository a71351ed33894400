"""The coverage page over sites for tests, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from algokader_lint.cli.measuring import host_of, labels_for, plan_of
from algokader_lint.config import CoverageSettings, CoverageWaiver
from algokader_lint.coverage.measure import measure
from algokader_lint.coverage.outcome import Outcome, Point
from algokader_lint.coverage.plan import Plan, Verdict
from algokader_lint.messages import Language, load_messages
from algokader_lint.selection import Choice
from tests.sites_in_tests import knowledge, minimal_site, open_folder

MEASURES = "docs/voldoen-aan-wetten-en-regels/maatregelen"
REQUIREMENTS = "docs/voldoen-aan-wetten-en-regels/vereisten"
REVISION = "0123456789abcdef0123456789abcdef01234567"
MKDOCS = "site_name: Kwaad\nrepo_url: https://github.com/voorbeeld/kader\nedit_uri: edit/hoofd/docs/\n"
VOID = frozenset({"meta", "input", "rect", "line", "circle", "polyline"})
"""Elements that have no end, those of SVG that close themselves among them."""


def outcome_of(
    folder: Path,
    *,
    topic: str | None = "publieke-inkoop",
    language: Language = "nl",
    waivers: Sequence[CoverageWaiver] = (),
    verdicts: dict[str, Verdict] | None = None,
    revision: str | None = REVISION,
    history: tuple[Point, ...] = (),
) -> Outcome:
    """The measurement of the site in ``folder``, with all that the command adds to it."""
    messages = load_messages(language, "coverage")
    choice = Choice(pack="publieke-inkoop")
    scope = knowledge().scope("publieke-inkoop")
    assert scope is not None
    scope = scope.model_copy(update={"value": topic})
    plan = plan_of(knowledge(), choice, scope, CoverageSettings(waivers=tuple(waivers)), messages)
    assert plan is not None
    plan = Plan(plan.definition, plan.scope, plan.sources, plan.settings, date(2026, 1, 31), verdicts or {})
    site = open_folder(folder)
    return Outcome(
        coverage=measure(site, plan, revision, drafts=True),
        labels=labels_for(site, plan, messages),
        names=site.short_names(),
        day="2026-01-31",
        host=host_of(site.mkdocs),
        history=history,
    )


def measure_page(number: str, title: str, **fields: str) -> str:
    """A page about procurement; ``title`` stands in double quotes of YAML, and ``sources`` is its last section."""
    return f"""---
title: "{title}"
id: urn:nl:ak:mtr:{number}
toelichting: Uitleg.
levenscyclus: [{fields.get("phases", "ontwerp")}]
onderwerp: [{fields.get("topic", "publieke-inkoop")}]
rollen: [{fields.get("roles", "projectleider")}]
vereiste: [{fields.get("requirements", "aia-01-menselijk-toezicht")}]
---

## Bronnen

{fields.get("sources", "")}
"""


def busy_site(folder: Path) -> Path:
    """A site with requirements in every state: a page that mentions ten, one that works out two, one elsewhere."""
    keys = ["aia-01-menselijk-toezicht", *(f"aia-{number:02}-nog-een" for number in range(2, 12))]
    files: dict[str, str] = {f"{REQUIREMENTS}/{key}.md": requirement_page(key) for key in keys[1:]}
    files[f"{MEASURES}/2-owp-20-alles.md"] = measure_page("owp-20", "Alles", requirements=", ".join(keys[:10]))
    files[f"{MEASURES}/2-owp-21-twee.md"] = measure_page(
        "owp-21", "Twee", requirements=", ".join(keys[1:3]), roles="jurist"
    )
    files[f"{MEASURES}/2-org-22-elders.md"] = measure_page("org-22", "Elders", requirements=keys[3], topic="data")
    files["mkdocs.yml"] = MKDOCS
    return minimal_site(folder, files)


def requirement_page(key: str) -> str:
    """A page of a requirement."""
    return f"""---
title: Vereiste {key}
id: urn:nl:ak:ver:{key[:6]}
toelichting: Uitleg.
levenscyclus: [ontwerp]
onderwerp: [data]
rollen: [projectleider]
rol-ai-act: [aanbieder]
risicogroep: [hoog-risico-ai-systeem]
---
"""


@dataclass
class Element:
    """An element, its attributes and all text within it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """The elements of these names within, in their order."""
        return [e for child in self.children for e in ([child] if child.tag in tags else []) + child.all(*tags)]

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def words(self) -> str:
        """The text, white space apart."""
        return " ".join(self.text.split())


class Reader(HTMLParser):
    """Reads a page as a tree. Raises AssertionError when elements do not end where they should."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(page)
        self.close()
        assert [element.tag for element in self.open] == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs}), f"an attribute twice: {attrs}"
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def hostile_site(folder: Path) -> Path:
    """A site whose titles, keys, files and addresses would break out of a page that trusted them."""
    titles = {
        "owp-10": "</title></script><script>alert(1)</script>",
        "owp-11": '\'\\" onmouseover=alert(1) x=\\"',
        "owp-12": "{{ 7*7 }}{% raw %}<!-- --><![CDATA[",
        "owp-13": "\\u202Ereverse\\u2066 \\u0007\\e[31m",
        "owp-14": "W" * 700,
        "owp-15": "<img src=x onerror=alert(1)>",
    }
    sources = {
        "owp-10": "- [a](javascript:alert(1))\n- <https://kwaad.example/\"onclick='x'>\n- https://kwaad.example/</script>",
        "owp-11": "- [b](https://kwaad.example/" + "a" * 900 + ")",
        "owp-12": "- [c](data:text/html,<script>alert(1)</script>)",
    }
    files: dict[str, str] = {
        f"{MEASURES}/2-{number}-{name}.md": measure_page(number, title, sources=sources.get(number, ""))
        for (number, title), name in zip(
            titles.items(), ["een", "a b'c", 'd"e', "#frag?q=1&x", "ü%2F", "<b>"], strict=True
        )
    }
    files["mkdocs.yml"] = MKDOCS
    files[f"{MEASURES}/2-owp-16-dood.md"] = measure_page(
        "owp-16", "Verwijst nergens naar", requirements='"</td><script>", \'x" y\', aia-01-menselijk-toezicht'
    )
    return minimal_site(folder, files)
