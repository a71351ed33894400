"""Faults in the fields at the top of a page: AK101 to AK109, AK201, AK203."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.faults.model import MARK, Fault, Subject, fault, in_fields

_REQUIRED = ("title", "toelichting", "levenscyclus", "onderwerp", "rollen")
_LABELS = ("soort-toepassing", "risicogroep", "rol-ai-act", "transparantieverplichting", "systeemrisico", "open-source")
_ITEMS = r"(?:[ ]*(?:-(?!--)|#).*\n)*"
NUMBERED = "maatregel vereiste"
LONG = "heel " * 41 + "lang"


def _without(name: str, types: str = "maatregel vereiste hulpmiddel") -> Fault:
    """A field is gone, with its values. The finding is at the top of the page."""

    def make(subject: Subject) -> str | None:
        done, count = re.subn(rf"^{name}:.*\n{_ITEMS}", "", subject.text, count=1, flags=re.M)
        return MARK + done if count else None

    return fault(f"no {name}", "AK101", make, types)


def _called(name: str, other: str, types: str = "maatregel vereiste hulpmiddel") -> Fault:
    return in_fields(f"{name} called {other}", "AK102", rf"^{name}:", f"{MARK}{other}:", types)


def _value(name: str, codes: str, new: str, types: str = "maatregel vereiste hulpmiddel") -> Fault:
    """The value of a field of one line becomes another."""
    return in_fields(f"{name}: {new!r}", codes, rf"^{name}: .*$", f"{MARK}{name}: {new}", types)


def _listed(name: str, codes: str, field: str, new: str, types: str = "maatregel vereiste hulpmiddel") -> Fault:
    """The list of a field becomes something else."""
    return in_fields(name, codes, rf"^{field}:[ ]*\n{_ITEMS}", new + "\n", types)


def _item(name: str, codes: str, field: str, new: str, types: str = "maatregel vereiste hulpmiddel") -> Fault:
    """The first item of a field becomes something else; ``\\2`` is the item as it was."""
    return in_fields(name, codes, rf"^({field}:[ ]*\n(?:[ ]*#.*\n)*[ ]*- )(.*?)[ ]*$", r"\1" + MARK + new, types)


FAULTS = [
    # AK101
    *(_without(name) for name in (*_REQUIRED, "hide")),
    _without("id", NUMBERED),
    *(_without(name, "vereiste") for name in _LABELS),
    in_fields("a field made a comment", "AK101", r"\A(---\n(?:.*\n)*?)id: ", MARK + r"\1# id: ", NUMBERED),
    replace(in_fields("a dash before a field", "AK103", r"^rollen:", MARK + "- rollen:"), more=0),
    # AK102
    _called("vereiste", "vereisten", "maatregel hulpmiddel"),
    _called("maatregel", "maatregelen", "hulpmiddel"),
    _called("rollen", "rol"),
    _called("rollen", "Rollen"),
    _called("onderwerp", "onderwerpen"),
    _called("onderwerp", "ondewerp"),
    _called("levenscyclus", "levenscyclys"),
    _called("levenscyclus", "fase"),
    _called("levenscyclus", "levenscyclus\u00a0"),
    _called("title", "titel"),
    _called("title", "\u200btitle"),
    _called("hide", "hidden"),
    _called("risicogroep", "risico-groep", "vereiste"),
    _called("rol-ai-act", "rol_ai_act", "vereiste"),
    _called("soort-toepassing", "soort–toepassing", "vereiste"),
    _called("id", "urn", NUMBERED),
    in_fields("a field that nobody knows", "AK102", r"^title: ", f"{MARK}auteur: afdeling inkoop\ntitle: "),
    in_fields(
        "the sources as a field of another name",
        "AK102",
        r"\n---[ ]*\n\Z",
        f"\n{MARK}bronnen:\n- een rapport\n---\n",
        NUMBERED,
    ),
    in_fields(
        "a field of another kind of page",
        "AK102",
        r"\n---[ ]*\n\Z",
        f"\n{MARK}risicogroep:\n- verboden-ai\n---\n",
        "maatregel",
    ),
    # AK103
    _listed("text where a list is due", "AK103", "rollen", f"{MARK}rollen: jurist"),
    _listed("values with commas", "AK103", "rollen", f"{MARK}rollen: projectleider, jurist"),
    _item("two values in one item", "AK103", "rollen", "projectleider, jurist"),
    _item("a list in a list", "AK103", "rollen", r"- \2"),
    _item("an item with a colon", "AK103", "rollen", r"\2: ja"),
    _item("an item in brackets", "AK103", "rollen", r"[\2]"),
    _listed("a list as a mapping", "AK103", "rollen", f"{MARK}rollen:\n{MARK}  jurist: ja"),
    _value("title", "AK103", "2024"),
    _value("title", "AK103", "no"),
    _value("title", "AK103", "true"),
    _value("title", "AK103", "2024-05-01"),
    _value("title", "AK103", "2.10"),
    _value("title", "AK103", "12:30"),
    _value("title", "AK103", "[Concept]"),
    _value("toelichting", "AK103", f"\n{MARK}- Kijk mee."),
    _item("yes in a list", "AK103", "rollen", "yes"),
    in_fields(
        "sources without a framework", "AK103", r"\n---[ ]*\n\Z", f"\n{MARK}sources:\n{MARK}- SV.1\n---\n", "maatregel"
    ),
    # AK104
    _item("a label with a letter too few", "AK104", "risicogroep", "hoog-risico-ai-syteem", "vereiste"),
    _item("a label with capitals", "AK104", "risicogroep", "Hoog-risico-AI-systeem", "vereiste"),
    _item("a label with spaces", "AK104", "soort-toepassing", "ai systeem", "vereiste"),
    _item("a label with a long dash", "AK104", "open-source", "open–source", "vereiste"),
    _item("a label of another field", "AK104", "rol-ai-act", "hoog-risico-ai-systeem", "vereiste"),
    _item("a category in the plural", "AK104", "categorie", "handreikingen", "hulpmiddel"),
    _item("something to hide that is not there", "AK104", "hide", "navigatie"),
    in_fields(
        "an exception that cannot be read",
        "AK104",
        r"^hide:",
        f"uitzondering:\n{MARK}- '\"risicogroep-verboden-ai\" && ('\nhide:",
        "vereiste",
    ),
    in_fields(
        "an exception with a label that is none",
        "AK104",
        r"^hide:",
        f"{MARK}uitzondering:\n{MARK}- risicogroep-uitzondering\nhide:",
        "vereiste",
    ),
    # AK105
    in_fields("an empty item", "AK105", rf"^(rollen:[ ]*\n{_ITEMS})", r"\1" + MARK + "-\n"),
    in_fields("an empty item of spaces", "AK105", rf"^(onderwerp:[ ]*\n{_ITEMS})", r"\1" + MARK + "-  \n"),
    in_fields("an empty text as an item", "AK105", rf"^(rollen:[ ]*\n{_ITEMS})", r"\1" + MARK + "- ''\n"),
    in_fields("a tilde as an item", "AK105", rf"^(rollen:[ ]*\n{_ITEMS})", r"\1" + MARK + "- ~\n"),
    _listed("a list without values", "AK105", "rollen", f"{MARK}rollen:"),
    _listed("a list of brackets", "AK105", "levenscyclus", f"{MARK}levenscyclus: []"),
    _listed("labels without values", "AK105", "risicogroep", f"{MARK}risicogroep:", "vereiste"),
    _value("title", "AK105", ""),
    _value("title", "AK105", "# Koop goed in"),
    _value("toelichting", "AK105", '""'),
    _value("id", "AK105 AK201", "", NUMBERED),
    # AK106
    in_fields(
        "a value twice",
        "AK106",
        r"^(rollen:[ ]*\n[ ]*- )(.*)\n((?:[ ]*- .*\n)*)",
        r"\1\2" + "\n" + r"\3" + MARK + "- \\2\n",
    ),
    in_fields(
        "a value twice, once in quotes",
        "AK106",
        r"^(onderwerp:[ ]*\n[ ]*- )([\w-]+)\n((?:[ ]*- .*\n)*)",
        r"\1\2" + "\n" + r"\3" + MARK + '- "\\2"\n',
    ),
    in_fields("a label twice", "AK106", r"^(rol-ai-act:[ ]*\n[ ]*- )(.*)\n", r"\1\2" + f"\n{MARK}- \\2\n"),
    # AK107, AK108
    _value("toelichting", "AK107", LONG),
    in_fields(
        "a text over two lines that is too long", "AK107", r"^toelichting: .*$", f"{MARK}toelichting: >\n{MARK}  {LONG}"
    ),
    in_fields("a full stop behind a title", "AK108", r"^(title: [A-Z].*\w)$", MARK + r"\1."),
    in_fields("a full stop in a quoted title", "AK108", r"^title: ([A-Z][^'\n]*\w)$", MARK + r"title: '\1.'"),
    in_fields("a full stop and a space behind a title", "AK108", r"^(title: [A-Z].*\w)$", MARK + r"\1. "),
    # AK109
    *(
        in_fields(
            f"a code {code!r}",
            "AK109",
            r"\n(?:sources:.*\n(?:[ ]+.*\n|- .*\n)*)?((?:hide:.*\n(?:[ ]*- .*\n)*)?)---[ ]*\n\Z",
            rf"\n\1sources:\n  {framework}:\n  - {MARK}{code}\n---\n",
            "maatregel",
        )
        for framework, code in (
            ("ARK", "2.10"),
            ("ARK", "2.1"),
            ("ARK", "'2-10'"),
            ("ARK", "ARK 2.10"),
            ("ADR", "SV3"),
            ("ADR", "sv.3"),
            ("ADR", "SV.3, SV.4"),
            ("ADR", "SV .3"),
        )
    ),
    in_fields(
        "a framework that nobody knows",
        "AK109",
        r"\n(?:sources:.*\n(?:[ ]+.*\n|- .*\n)*)?((?:hide:.*\n(?:[ ]*- .*\n)*)?)---[ ]*\n\Z",
        rf"\n\1sources:\n  {MARK}ADRR: SV.3\n---\n",
        "maatregel",
    ),
    # AK201, AK203
    _value("id", "AK201", "urn:nl:ak:mtr:OWP-01", "maatregel"),
    _value("id", "AK201", "urn:nl:ak:mtr:owp-1", "maatregel"),
    _value("id", "AK201", "urn:nl:ak:mtr:owp_01", "maatregel"),
    _value("id", "AK201", "urn:nl:ak:mtr:owp–01", "maatregel"),
    _value("id", "AK201", "urn:nl:ak:mtr:xxx-xx", "maatregel"),
    _value("id", "AK201", "urn:nl:ak:mtr:owp-011", "maatregel"),
    _value("id", "AK201 AK003", "urn: nl:ak:mtr:owp-01", "maatregel"),
    _value("id", "AK201", "owp-01", "maatregel"),
    _value("id", "AK201", "'urn:nl:ak:mtr:owp-01 '", "maatregel"),
    in_fields("an id of a measure on a requirement", "AK201", r"^(id: urn:nl:ak:)ver", MARK + r"\1mtr", "vereiste"),
    in_fields("an id of a requirement on a measure", "AK201", r"^(id: urn:nl:ak:)mtr", MARK + r"\1ver", "maatregel"),
    in_fields("another number than the file's", "AK203", r"^(id: urn:nl:ak:\w+:\w+-)\d\d", MARK + r"\g<1>98", NUMBERED),
    in_fields("another law than the file's", "AK203", r"^(id: urn:nl:ak:\w+:)\w+(-\d\d)", MARK + r"\1zzz\2", NUMBERED),
]
