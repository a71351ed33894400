"""Faults in a file as a whole, and in how its fields are written down: AK001 to AK005."""

from __future__ import annotations

import re

from tests.faults.model import MARK, Fault, Subject, block, fault, in_body, in_fields, parts


def _as_utf_16(subject: Subject) -> str:
    """Saved as "Unicode" by an old Notepad."""
    return MARK + subject.text.encode("utf-16").decode("utf-8", "surrogateescape")


def _without_fields(subject: Subject) -> str | None:
    matter, body = parts(subject.text)
    return MARK + body.lstrip() if matter else None


def _unclosed(subject: Subject) -> str | None:
    matter, body = parts(subject.text)
    return MARK + re.sub(r"---[ ]*\n\Z", "", matter) + body if matter else None


def _closed_by(line: str) -> Fault:
    def make(subject: Subject) -> str | None:
        matter, body = parts(subject.text)
        return MARK + re.sub(r"---[ ]*\n\Z", f"{MARK}{line}\n", matter) + body if matter else None

    return fault(f"closed by {line!r}", "AK002 AK003", make, "maatregel vereiste hulpmiddel")


def _conflict_in_fields(subject: Subject) -> str | None:
    changed = re.sub(
        r"^(title: )(.*)\n",
        rf"{MARK}<<<<<<< HEAD\n\1\2\n=======\n\1\2, nieuw\n>>>>>>> voorstel\n",
        subject.text,
        count=1,
        flags=re.M,
    )
    return changed if changed != subject.text else None


TYPED = "maatregel vereiste hulpmiddel"

FAULTS = [
    # AK001
    in_body("a letter as Windows used to write it", "AK001", r"^(#+ .*)$", MARK + r"\1 " + "caf\udce9"),
    in_body("an invisible character 0", "AK001", r"^(#+ .*)$", MARK + "\\1 \\0".replace("\\0", "\0")),
    fault("saved as UTF-16", "AK001", _as_utf_16),
    fault(
        "an image pasted as text", "AK001", lambda s: f"{MARK}{s.text}\n![x](data:image/png;base64,{'A' * 1_100_000})\n"
    ),
    # AK002
    fault("no fields at all", "AK002", _without_fields, TYPED),
    fault("the closing line is gone", "AK002 AK003", _unclosed, TYPED),
    _closed_by("--"),
    _closed_by("—-"),
    _closed_by(" ---"),
    in_fields("four dashes at the top", "AK002", r"\A---$", MARK + "----"),
    in_fields("an opening line that a word processor made", "AK002", r"\A---$", MARK + "—-"),
    in_fields("a sentence above the fields", "AK002", r"\A---$", MARK + "Concept, nog niet plaatsen\n\n---"),
    in_fields("a comment above the fields", "AK002", r"\A---$", MARK + "<!-- kopie van vorig jaar -->\n---"),
    in_fields("a byte order mark in the middle", "AK002", r"\A---$", MARK + "\n\ufeff---"),
    in_fields(
        "a heading among the fields", "AK003 AK002", r"^(title: .*)$", MARK + r"# \1" + f"\n{MARK}\\1\n{MARK}Zie boven"
    ),
    # AK003
    in_fields("a tab before an item", "AK003", r"^(rollen:.*\n)[ ]*- ", r"\1" + MARK + "\t- "),
    in_fields("a tab before a field", "AK003", r"^rollen:", MARK + "\trollen:"),
    in_fields("a colon in a title", "AK003", r"^title: ['\"]?([A-Z].*?)['\"]?$", MARK + r"title: Let op: \1"),
    in_fields(
        "a colon in an explanation", "AK003", r"^toelichting: ['\"]?([A-Z].*?)['\"]?$", MARK + r"toelichting: Kort: \1"
    ),
    in_fields("an anchor before a value", "AK003", r"^(rollen:.*\n[ ]*- )", r"\1" + MARK + "&alle "),
    in_fields("a star before a value", "AK003", r"^(rollen:.*\n[ ]*- )", r"\1" + MARK + "*"),
    in_fields("a title in bold", "AK003", r"^title: (.*)$", MARK + r"title: **\1**"),
    in_fields("an exclamation mark before a title", "AK003", r"^title: ['\"]?(.*)$", MARK + r"title: !Nieuw \1"),
    in_fields("an at sign before a title", "AK003", r"^title: .*$", MARK + "title: @allen lees dit"),
    in_fields("a back tick before a title", "AK003", r"^title: .*$", MARK + "title: `id` is een veld"),
    in_fields("a percent sign before a title", "AK003", r"^title: .*$", MARK + "title: %-doel voor inkoop"),
    in_fields(
        "a title that begins with a quotation", "AK003", r"^title: .*$", MARK + "title: 'Goed' inkopen van algoritmes"
    ),
    in_fields("a quotation mark that is not closed", "AK003", r"^title: ['\"]?(.*?)['\"]?$", MARK + r'title: "\1'),
    in_fields("an apostrophe at the beginning", "AK003", r"^title: .*$", MARK + "title: 's Ochtends inkopen"),
    in_fields("a bracket that is not closed", "AK003", r"^hide:\n(?:- .*\n)+", MARK + "hide: [navigation\n"),
    in_fields(
        "a title in brackets with more behind it", "AK003", r"^title: .*$", MARK + "title: [concept] Koop goed in"
    ),
    in_fields("no space behind the colon", "AK003", r"^toelichting: ", MARK + "toelichting:"),
    in_fields("a non-breaking space behind the colon", "AK003", r"^toelichting: ", MARK + "toelichting:\u00a0"),
    in_fields("no colon behind the name of a field", "AK003", r"^onderwerp:$", MARK + "onderwerp"),
    in_fields("a field that is indented", "AK003", r"^rollen:", MARK + " rollen:"),
    in_fields(
        "a text that goes on at the left", "AK003", r"^(toelichting: .*)$", r"\1" + f"\n{MARK}Dit hoort er ook nog bij"
    ),
    in_fields("a bullet of a word processor", "AK003 AK103", r"^(rollen:.*\n)[ ]*- (.*)\n", r"\1" + MARK + "• \\2\n"),
    in_fields(
        "a bullet of a word processor below another item",
        "AK003 AK301",
        r"^(rollen:.*\n[ ]*- .*\n)",
        r"\1" + MARK + "• jurist\n",
    ),
    in_fields("three dashes with a word behind them", "AK003", r"\n---[ ]*\n\Z", f"\n{MARK}--- einde\n---\n"),
    in_fields("a control character", "AK003", r"^title: ", MARK + "title: \x08"),
    in_fields("a date that does not exist", "AK003", r"^title: .*$", MARK + "title: 2024-02-31"),
    in_fields("braces of a template", "AK003 AK103", r"^title: .*$", MARK + "title: {{ titel }}"),
    # AK004
    in_fields("a field twice", "AK004", r"^(rollen:.*\n(?:[ ]*- .*\n)+)", r"\1" + MARK + r"\1"),
    in_fields("the title twice", "AK004", r"\n---[ ]*\n\Z", f"\n{MARK}title: Nog een titel\n---\n"),
    # AK005
    fault("a conflict of git among the fields", "AK005", _conflict_in_fields),
    block(
        "a conflict of git in the text",
        "AK005",
        f"{MARK}<<<<<<< HEAD\nDe oude zin.\n=======\nDe nieuwe zin.\n>>>>>>> voorstel",
    ),
    block("the first marker of a conflict", "AK005", f"{MARK}<<<<<<< HEAD\nDe oude zin."),
    block("the last marker of a conflict", "AK005", f"De nieuwe zin.\n{MARK}>>>>>>> 3f2a1bc (Tekst aangepast)"),
]
