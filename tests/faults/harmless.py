"""Changes that harm nothing: after them nothing more may be told."""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Callable
from functools import cache

from algokader_lint.content.mkdocs import MkdocsFile
from tests.faults.catalogue import ALL
from tests.faults.model import MARK, Fault, Make, Subject, inserted, parts

_NO_SETTINGS = MkdocsFile("mkdocs.yml", "docs", "https://voorbeeld.example/", "https://github.com/voorbeeld/kader")
LISTS = (
    "vereiste",
    "maatregel",
    "levenscyclus",
    "onderwerp",
    "rollen",
    "risicogroep",
    "rol-ai-act",
    "open-source",
    "categorie",
)


def _harmless(name: str, make: Make, *types: str) -> Fault:
    return Fault(name, (), make, types)


def _fields(change: Callable[[str], str]) -> Make:
    """A change of the lines between the two lines ``---``."""

    def make(subject: Subject) -> str | None:
        matter, body = parts(subject.text)
        if not matter:
            return None
        return f"---\n{change(matter[4 : matter.rindex('---')])}---\n{body}"

    return make


def _body(change: Callable[[str], str]) -> Make:
    def make(subject: Subject) -> str | None:
        matter, body = parts(subject.text)
        return matter + change(body)

    return make


def _added(text: str) -> Make:
    return lambda subject: inserted(subject.text, text.replace("{own}", posixpath.basename(subject.path)))


def _by_field(matter: str) -> list[str]:
    """The lines of each field together, with the comments above it."""
    return re.findall(r"(?:^(?:#.*|\s*)\n)*^[\w-]+:.*\n(?:^(?:[ ]+|-(?!--)).*\n|^#.*\n(?=[ ]*-))*", matter, re.M)


def _reversed(matter: str) -> str:
    fields = _by_field(matter)
    return "".join(reversed(fields)) if "".join(fields) == matter else matter


def _items(change: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """Change the items of lists that stand at the left."""
    plain = re.compile(r"^- ([\w-]+)[ ]*$", re.M)
    return lambda matter: plain.sub(change, matter) if "- " not in plain.sub("", matter) else matter


def _as_flow(matter: str) -> str:
    pattern = re.compile(rf"^({'|'.join(LISTS)}):[ ]*\n((?:[ ]*- [\w-]+[ ]*\n)+)", re.M)
    return pattern.sub(lambda m: f"{m[1]}: [" + ", ".join(re.findall(r"- ([\w-]+)", m[2])) + "]\n", matter)


def _rewrapped(body: str, width: int) -> str:
    """Paragraphs that are nothing but sentences, at another width."""

    def wrapped(found: re.Match[str]) -> str:
        if re.search(r"[`\[<|*_#:]|\n[ ]|[ ]{2}\n|(?:^|\s)(?:\d+\.|[-+])\s", found[1]):
            return found[0]
        return (
            "\n\n" + "\n".join(textwrap.wrap(found[1], width, break_long_words=False, break_on_hyphens=False)) + "\n\n"
        )

    return re.sub(r"\n\n([A-Z](?:[^\n]|\n(?!\n))*)\n\n", wrapped, body)


def _outside_fences(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda body: body if re.search(r"^\s*(?:```|~~~)", body, re.M) else change(body)


def _moved(body: str) -> str:
    """The first two paragraphs of sentences that follow on each other change places."""
    sentence = r"[A-Z][^\n\[<`*]{40,}[.]"
    return re.sub(rf"\n\n({sentence})\n\n({sentence})\n\n", r"\n\n\2\n\n\1\n\n", body, count=1)


@cache
def _every_fault(fence: str) -> str:
    """Faults as an example, in code."""
    example = Subject(
        "docs/x.md",
        "maatregel",
        "x",
        "---\nx: y\n---\n\n## A\n\nB.\n\n## C\n",
        {"maatregel": ("2-owp-01-x",)},
        _NO_SETTINGS,
    )
    made = [fault.make(example) for fault in ALL]
    blocks = [re.search(r"## A\n\nB\.\n\n(.*)\n\n## C", text.replace(MARK, ""), re.S) for text in made if text]
    shown = "\n\n".join(found[1] for found in blocks if found and "\udce9" not in found[1] and "\0" not in found[1])
    return f"{fence}text\n{shown}\n{fence}"


CHANGES = [
    # The file
    _harmless("line endings of Windows", lambda s: s.text.replace("\n", "\r\n")),
    _harmless("a byte order mark at the beginning", lambda s: "\ufeff" + s.text),
    _harmless("no line end at the end", lambda s: s.text.rstrip("\n")),
    _harmless("more line ends at the end", lambda s: s.text + "\n\n\n"),
    # The fields
    _harmless("fields in another order", _fields(_reversed)),
    _harmless("items indented by two", _fields(_items(lambda m: f"  - {m[1]}"))),
    _harmless("items indented by four", _fields(_items(lambda m: f"    - {m[1]}"))),
    _harmless("more spaces behind a dash", _fields(_items(lambda m: f"-   {m[1]}"))),
    _harmless("items in single quotes", _fields(_items(lambda m: f"- '{m[1]}'"))),
    _harmless("items in double quotes", _fields(_items(lambda m: f'- "{m[1]}"'))),
    _harmless("lists in brackets", _fields(_as_flow)),
    _harmless("spaces behind items", _fields(_items(lambda m: f"- {m[1]}   "))),
    _harmless("remarks behind items", _fields(_items(lambda m: f"- {m[1]} # nagekeken"))),
    _harmless("remarks between fields", _fields(lambda m: re.sub(r"^(\w[\w-]*:)", r"# nagekeken\n\1", m, flags=re.M))),
    _harmless("blank lines between fields", _fields(lambda m: re.sub(r"^(\w[\w-]*:)", r"\n\1", m, flags=re.M))),
    _harmless("a space before the colon", _fields(lambda m: re.sub(r"^(rollen|title):", r"\1 :", m, flags=re.M))),
    _harmless(
        "a title in double quotes",
        _fields(lambda m: re.sub(r"^title: ([^'\"\\\n]+?)[ ]*$", r'title: "\1"', m, flags=re.M)),
    ),
    _harmless(
        "a title in single quotes",
        _fields(lambda m: re.sub(r"^title: ([^'\"\n]+?)[ ]*$", r"title: '\1'", m, flags=re.M)),
    ),
    _harmless(
        "a quoted title with a colon",
        _fields(lambda m: re.sub(r"^title: ([A-Z][^'\"\\\n]*?)[ ]*$", r'title: "Let op: \1"', m, flags=re.M)),
    ),
    _harmless(
        "an explanation over more lines",
        _fields(lambda m: re.sub(r"^toelichting: ([A-Z][^'\":#\n]*)$", r"toelichting: >-\n  \1", m, flags=re.M)),
    ),
    _harmless(
        "an explanation that is indented on",
        _fields(
            lambda m: re.sub(r"^toelichting: ([A-Z]\w+ \w+) ([^'\":#\n]*)$", r"toelichting: \1\n  \2", m, flags=re.M)
        ),
    ),
    _harmless("spaces behind the closing line", lambda s: s.text.replace("\n---\n", "\n---  \n", 1)),
    _harmless(
        "codes of a framework",
        _fields(lambda m: m if "sources" in m else m + 'sources:\n  ARK:\n  - "2.10"\n  - 1.06\n  ADR: SV.3\n'),
        "maatregel",
    ),
    _harmless(
        "hidden parts as one value",
        _fields(lambda m: re.sub(r"^hide:\n- navigation\n(?!-)", "hide: navigation\n", m, flags=re.M)),
    ),
    # The text
    _harmless("blank lines added", _body(_outside_fences(lambda b: re.sub(r"\n\n(?=[#A-Z])", "\n\n\n", b)))),
    _harmless("spaces at the end of lines", _body(_outside_fences(lambda b: re.sub(r"(?<=[\w.])\n\n", " \n\n", b)))),
    _harmless("text at another width", _body(_outside_fences(lambda b: _rewrapped(b, 60)))),
    _harmless("text in one long line", _body(_outside_fences(lambda b: _rewrapped(b, 10_000)))),
    _harmless(
        "stars for bullets",
        _body(_outside_fences(lambda b: b if "* " in b else re.sub(r"^([ ]*)- ", r"\1* ", b, flags=re.M))),
    ),
    _harmless(
        "marks behind headings",
        _body(_outside_fences(lambda b: re.sub(r"^(##+) ([^{#\n]*\w)[ ]*$", r"\1 \2 \1", b, flags=re.M))),
    ),
    _harmless(
        "attributes of headings",
        _body(_outside_fences(lambda b: re.sub(r"^(## [^{#\n]*\w)[ ]*$", r"\1 { .kop }", b, flags=re.M))),
    ),
    _harmless("all faults as an example in code", lambda s: inserted(s.text, _every_fault("````"))),
    _harmless("all faults as an example in other code", lambda s: inserted(s.text, _every_fault("~~~~"))),
    _harmless("paragraphs that change places", _body(_outside_fences(_moved))),
    *(
        _harmless(name, _added(text))
        for name, text in (
            ("a rule of stars", "***"),
            ("a rule of dashes", "---"),
            ("a remark", "<!-- Besproken met de jurist in maart -->"),
            ("a remark over more lines", "<!--\nBesproken met de jurist.\nZij vond het goed.\n-->"),
            (
                "a footnote and what it says",
                "Dat staat in het rapport.[^99]\n\n[^99]: Rapport over toezicht, bladzijde 12.",
            ),
            ("a face", "Dat is gelukt :smile: 🎉"),
            ("a table", "| Rol | Taak |\n|-----|------|\n| Jurist | leest mee |\n| Inkoper | vraagt na |"),
            ("a table with bars inside code", "| Teken | Naam |\n|:--|--:|\n| `a` | streep |"),
            ("a list", "Let op deze punten:\n\n- de planning\n- het budget\n\nDat is alles."),
            ("a nested list", "- de planning\n\n    - per week\n    - per maand\n\n- het budget"),
            ("a list of numbers", "Doe het zo:\n\n1. vraag het na\n2. noteer het"),
            ("a list of tasks", "- [ ] vraag het na\n- [x] noteer het"),
            ("a box", '!!! tip "Begin op tijd"\n\n    Vraag er nu al naar.\n\n    Dat scheelt tijd.'),
            ("a box without a title", "!!! note\n\n    Vraag er nu al naar."),
            ("a box that opens", '??? expander "Lees verder"\n\n    - de planning\n    - het budget'),
            ("tabs", '=== "Gemeente"\n\n    Vraag het na.\n\n=== "Provincie"\n\n    Noteer het.'),
            ("a quotation", "> De gemeente legt uit\n> wat zij doet."),
            ("an abbreviation", "De FG leest mee.\n\n*[FG]: Functionaris gegevensbescherming"),
            (
                "an image with words",
                "![Een inkoper wijst een bladzijde aan](https://www.voorbeeld.example/inkoper.png)",
            ),
            ("an image for show", "![](https://www.voorbeeld.example/lijn.png)"),
            ("a link to another site", "Lees [de gids over inkopen](https://www.voorbeeld.example/gids?deel=2#begin)."),
            ("an address by itself", "Het adres is <https://www.voorbeeld.example/gids>."),
            (
                "a link by a name",
                "Lees [de gids over inkopen][gids-inkoop].\n\n[gids-inkoop]: https://www.voorbeeld.example/gids",
            ),
            ("an address with parentheses", "Lees [over wetten](https://www.voorbeeld.example/Wet_(recht))."),
            ("an address of mail as a link", "Mail [redactie@voorbeeld.example](mailto:redactie@voorbeeld.example)."),
            # MkDocs takes a slash off the end of a path.
            ("a link to a page with a slash behind it", "Lees [over deze pagina]({own}/)."),
            ("words in brackets", "De [organisatie] vult [...] in, zie artikel 5 (lid 2)."),
            ("typography", "Dat is – zoals ‘gezegd’ – 10\u00a0euro, “of meer”… à la carte • en meer."),
            ("braces in code", "Schrijf `{{ naam }}` of `<!-- tags -->`, en ook ``[x](y)``."),
            (
                "code that is indented",
                "Zo schrijf je het:\n\n    {{ naam }}\n    [x] (y)\n    <!-- list_maatregel onderwerp/data -->",
            ),
            ("a word with an underline below code", "### Zo schrijf je het\n\nGebruik `>>>>>>>` niet."),
            ("numbers and dates", "De getallen 1.000 en 2.10 en 31-02-2024 staan los."),
        )
    ),
]
