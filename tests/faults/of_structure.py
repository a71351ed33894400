"""Faults in headings, lists, boxes and left-over text: AK401 to AK414."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.faults.model import MARK, Fault, Subject, block, fault, in_body, inserted

TYPED = "maatregel vereiste hulpmiddel"
NUMBERED = "maatregel vereiste"


def _without_section(name: str, types: str) -> Fault:
    """A heading of the template is gone with all below it. The finding is at the top, or at the heading before it."""

    def make(subject: Subject) -> str | None:
        done, count = re.subn(rf"^## {name}\b[^\n]*\n(?:(?!## ).*\n?)*", "", subject.text, count=1, flags=re.M)
        return MARK + done if count else None

    return fault(f"no section {name}", "AK401", make, types)


def _heading(name: str, new: str, codes: str, types: str) -> Fault:
    """A heading of the template becomes something else. Only "no such heading" may be told at the top."""
    old = r"Risico"

    def make(subject: Subject) -> str | None:
        done, count = re.subn(rf"^## {old}[ ]*$", MARK + new, subject.text, count=1, flags=re.M)
        if not count:
            return None
        return MARK + done if codes.startswith("AK401") else done

    return fault(name, codes, make, types)


def _emptied(subject: Subject) -> str | None:
    done, count = re.subn(
        r"^(## Risico[^\n]*\n)(?:(?!## ).*\n)*", MARK + r"\1" + "\n", subject.text, count=1, flags=re.M
    )
    return done if count else None


def _emptied_but(left: str) -> Fault:
    def make(subject: Subject) -> str | None:
        done, count = re.subn(
            r"^(## Risico[^\n]*\n)(?:(?!## ).*\n)*",
            lambda m: f"{MARK}{m[1]}\n{left}\n\n",
            subject.text,
            count=1,
            flags=re.M,
        )
        return done if count else None

    return fault(f"a section with nothing but {left!r}", "AK403", make, NUMBERED)


def _empty_at_the_end(subject: Subject) -> str:
    return f"{subject.text.rstrip()}\n\n{MARK}## Meer weten\n"


def _doubled(subject: Subject) -> str | None:
    found = re.search(r"^## Risico[^\n]*\n(?:(?!## ).*\n)*", subject.text, re.M)
    return None if found is None else f"{subject.text[: found.end()]}{MARK}{found[0]}{subject.text[found.end() :]}"


def _headed_twice(subject: Subject) -> str | None:
    found = re.search(r"^## Risico[^\n]*\n", subject.text, re.M)
    if found is None:
        return None
    return f"{subject.text[: found.start()]}{MARK}{found[0]}\n{subject.text[found.start() :]}"


def _moved(subject: Subject) -> str | None:
    """The section about risk stands at the end; the finding is there, or at the heading that is passed by."""
    found = re.search(r"^## Risico[^\n]*\n(?:(?!## ).*\n)*", subject.text, re.M)
    if found is None or not re.search(r"^## (?:Bronnen|Voorbeelden|Maatregelen)", subject.text[found.end() :], re.M):
        return None
    rest = subject.text[: found.start()] + re.sub(r"^##", MARK + "##", subject.text[found.end() :], flags=re.M)
    return f"{rest.rstrip()}\n\n{MARK}{found[0].rstrip()}\n"


def _of_the_template(subject: Subject) -> str | None:
    return inserted(subject.text, f"{MARK}TODO: hier nog iets over de leverancier schrijven.")


FAULTS = [
    # AK401
    *(
        _without_section(name, types)
        for name, types in (
            ("Risico", NUMBERED),
            ("Toelichting", NUMBERED),
            ("Voorbeelden", "maatregel"),
            ("Van toepassing op", "vereiste"),
            ("Relevantie", "hulpmiddel"),
        )
    ),
    _heading("a letter too many in a heading", "## Risicoo", "AK401", NUMBERED),
    _heading("a heading in bold", "**Risico**", "AK401", NUMBERED),
    _heading("a heading one level down", "### Risico", "AK401", NUMBERED),
    _heading("no space behind the marks of a heading and another name", "##Gevaar", "AK401 AK408 AK403", NUMBERED),
    _heading("a heading with seven marks", "####### Risico", "AK401", NUMBERED),
    _heading("a heading with a backslash before it", "\\## Risico", "AK401", NUMBERED),
    # AK402
    fault("a section in another place", "AK402", _moved, NUMBERED),
    # AK403
    fault("an empty section", "AK403", _emptied, NUMBERED),
    *(_emptied_but(left) for left in ("<!-- Hier komt nog tekst -->", "&nbsp;", "\u00a0", "-", "<br>", "***")),
    fault("an empty section at the end", "AK403", _empty_at_the_end),
    block(
        "a heading with nothing but another one of its level",
        "AK403",
        f"{MARK}### Eerst dit\n\n### Dan dat\n\nDe tekst.",
    ),
    # AK404
    fault("a section twice", "AK404", _doubled, NUMBERED),
    replace(fault("the heading of a section twice", "AK404", _headed_twice, NUMBERED), more=0),
    # AK405
    fault("a note to oneself", "AK405", _of_the_template),
    block("words of a printer", "AK405", f"{MARK}Lorem ipsum dolor sit amet, consectetur adipiscing elit."),
    block("text that is to come", "AK405", f"{MARK}[Hier komt nog tekst]", TYPED),
    block("letters in the place of text", "AK405", f"{MARK}XXX", TYPED),
    # AK406
    block("a list right below a paragraph", "AK406", f"Let op deze punten:\n{MARK}- de planning\n{MARK}- het budget"),
    block("a numbered list right below a paragraph", "AK406", f"Doe het zo:\n{MARK}1. vraag het\n{MARK}2. noteer het"),
    block(
        "a list below a line with a non-breaking space",
        "AK406",
        f"Let op deze punten:\n\u00a0\n{MARK}- de planning\n{MARK}- het budget",
    ),
    block(
        "a list of stars right below a paragraph",
        "AK406",
        f"Let op deze punten:\n{MARK}* de planning\n{MARK}* het budget",
    ),
    block(
        "a list right below a paragraph in a box",
        "AK406",
        f'!!! tip "Tip"\n\n    Let op deze punten:\n{MARK}    - de planning\n{MARK}    - het budget',
    ),
    block("a list right below bold text", "AK406", f"**Let op:**\n{MARK}- de planning\n{MARK}- het budget"),
    # AK407
    block(
        "a box whose text is not indented",
        "AK407",
        f'!!! example "Gemeente Waterveen"\n\n{MARK}Waterveen nummert elke eis.',
    ),
    block(
        "a box whose text directly below is not indented",
        "AK407",
        f'!!! example "Gemeente Waterveen"\n{MARK}Waterveen nummert elke eis.',
    ),
    block(
        "a box whose text is indented by two",
        "AK407",
        f'!!! example "Gemeente Waterveen"\n\n{MARK}  Waterveen nummert elke eis.',
    ),
    block(
        "a box whose text is indented by three",
        "AK407",
        f'??? expander "Gemeente Waterveen"\n{MARK}   Waterveen nummert elke eis.',
    ),
    block(
        "a box whose text is indented by non-breaking spaces",
        "AK407",
        f'!!! example "Gemeente Waterveen"\n\n{MARK}\u00a0\u00a0\u00a0\u00a0Waterveen nummert elke eis.',
    ),
    block("a tab whose text is not indented", "AK407", f'=== "Voor gemeenten"\n\n{MARK}Nummer elke eis.'),
    # AK408
    block("a level of heading passed over", "AK408", f"{MARK}#### Heel diep\n\nDe tekst."),
    block("a second title", "AK408", f"{MARK}# Nog een titel\n\nDe tekst.", TYPED),
    block("a second title by a line below it", "AK408", f"{MARK}Nog een titel\n{MARK}===========\n\nDe tekst.", TYPED),
    # AK409
    block("an instruction of the template", "AK409", f"{MARK}<!-- Vul hier een beschrijving in -->"),
    # AK410
    block(
        "a bullet of a word processor in the text",
        "AK410",
        f"Let op deze punten:\n\n{MARK}• de planning\n{MARK}• het budget",
    ),
    block(
        "a bullet of a word processor with a tab",
        "AK410",
        f"Let op deze punten:\n\n{MARK}•\tde planning\n{MARK}•\thet budget",
    ),
    block("a round bullet with a tab", "AK410", f"Let op deze punten:\n\n{MARK}o\tde planning\n{MARK}o\thet budget"),
    block("a long dash as a bullet", "AK410", f"Let op deze punten:\n\n{MARK}– de planning\n{MARK}– het budget"),
    block(
        "a middle dot as a bullet", "AK410", f"Let op deze punten:\n\n{MARK}·\u00a0de planning\n{MARK}·\u00a0het budget"
    ),
    block(
        "a square of a symbol font as a bullet",
        "AK410",
        f"Let op deze punten:\n\n{MARK}\uf0a7 de planning\n{MARK}\uf0a7 het budget",
    ),
    # AK411
    block(
        "a bar of a table at the end of a line",
        "AK411",
        f"{MARK}Lees het in de [gids](https://www.voorbeeld.example/gids) |",
    ),
    block(
        "a table without its second line",
        "AK411",
        f"{MARK}| Rol | Taak |\n| Jurist | leest mee |\n| Inkoper | koopt in |\n| Ontwerper | schrijft |",
    ),
    # AK412
    block(
        "a nested list indented by two",
        "AK412",
        f"- de planning\n{MARK}  - per week\n{MARK}  - per maand\n- het budget",
    ),
    block(
        "a nested list indented by three",
        "AK412",
        f"1. de planning\n{MARK}   - per week\n{MARK}   - per maand\n2. het budget",
    ),
    # AK413
    in_body(
        "a source twice",
        "AK413",
        r"^## Bronnen[^\n]*\n(?:(?!## ).*\n)*?(- \[[^\n]*\]\(https[^\n]*\))\n(?!.*\n^ )",
        r"\g<0>" + MARK + r"\1" + "\n",
        TYPED,
    ),
    # AK414
    block("a box with its type in quotes", "AK414", f'{MARK}!!! "tip" Tip\n\n    Begin op tijd.'),
    block("a box without a type", "AK414", f'{MARK}!!! "Tip"\n\n    Begin op tijd.'),
    block("a box with curly quotes", "AK414", f"{MARK}!!! tip “Begin op tijd”\n\n    Vraag er nu al naar."),
    block("a box whose title is not closed", "AK414", f'{MARK}!!! tip "Begin op tijd\n\n    Vraag er nu al naar.'),
    block("a box whose title has no quotes", "AK414", f"{MARK}!!! tip: Begin op tijd\n\n    Vraag er nu al naar."),
    block(
        "a box whose title is taken for words of style", "AK414", f"{MARK}!!! tip Begin op tijd\n\n    Vraag het nu."
    ),
    block("a box with two marks", "AK414", f'{MARK}!! tip "Begin op tijd"\n\n    Vraag er nu al naar.'),
]
