"""Faults in references from page to page, and in the directives that list pages: AK301 to AK303, AK501 to AK507."""

from __future__ import annotations

import re

from tests.faults.model import MARK, Fault, Subject, block, fault, in_body, in_fields, only

_ITEMS = r"(?:[ ]*(?:-(?!--)|#).*\n)*"
REFERRING = "maatregel hulpmiddel"
TYPED = "maatregel vereiste hulpmiddel"


def _reference(
    name: str, pattern: str, new: str, codes: str = "AK301", field: str = "vereiste", types: str = REFERRING
) -> Fault:
    """Something within the first item of a field becomes something else."""
    before = rf"^({field}:[ ]*\n(?:[ ]*#.*\n)*)([ ]*- .*?)"
    return in_fields(name, codes, before + pattern, r"\1" + MARK + r"\2" + new, types)


def _title_for_key(subject: Subject) -> str | None:
    return _first_item(subject, "Een vereiste uit de wet")


def _first_item(subject: Subject, new: str, field: str = "vereiste") -> str | None:
    done, count = re.subn(
        rf"^({field}:[ ]*\n(?:[ ]*#.*\n)*[ ]*- )(.*)$", rf"\g<1>{MARK}{new}", subject.text, count=1, flags=re.M
    )
    return done if count else None


def _item(name: str, new: str, codes: str, field: str, types: str = TYPED) -> Fault:
    return fault(name, codes, lambda subject: _first_item(subject, new, field), types)


def _listing(name: str, codes: str, text: str) -> Fault:
    """A list of measures, added to a page."""
    return block(name, codes, MARK + text)


REFERENCES = [
    _reference("a letter too few", r"\w[ ]*$", "", types="maatregel hulpmiddel"),
    _reference("an e with an accent", r"e", "é"),
    _reference("two letters the wrong way round", r"([a-z])(-\d\d-\w)", r"\4\3"),
    _reference("the ending of a file", r"[ ]*$", ".md"),
    _reference("the ending of a page on the web", r"[ ]*$", ".html"),
    _reference("capitals", r"\b([a-z])([a-z]{2}-\d\d)", r"AIA-01-"),
    _reference("no zero before a number", r"-0(\d)-", r"-\3-"),
    _reference("an underscore", r"(\d\d)-", r"\3_"),
    _reference("a long dash", r"(\d\d)-", r"\3–"),
    _reference("a hyphen that does not break", r"(\d\d)-", "\\3\u2011"),
    _reference("a space of no width", r"(\d\d)-", "\\3\u200b-"),
    _reference("a soft hyphen", r"(\d\d-\w\w)", "\\3\u00ad"),
    _reference("a non-breaking space behind it", r"[ ]*$", "\u00a0"),
    _reference("a space within quotes", r"\b([a-z]{3}-\d\d\S*?)[ ]*$", r"'\3 '"),
    _reference("curly quotes", r"\b([a-z]{3}-\d\d\S*?)[ ]*$", r"“\3”"),
    _reference("a comma behind it", r"[ ]*$", ",", "AK301 AK103"),
    _reference("a path before it", r"\b([a-z]{3}-\d\d)", r"../vereisten/\3"),
    _reference("a link", r"\b([a-z]{3}-\d\d\S*)[ ]*$", r"'[vereiste](\3.md)'"),
    _reference("the id of the page", r"\b([a-z]{3}-\d\d)\S*[ ]*$", r"urn:nl:ak:ver:\3"),
    _reference("its number alone", r"\b([a-z]{3}-\d\d)\S*[ ]*$", r"\3"),
    fault("its title", "AK301", _title_for_key, REFERRING),
    _item("a page that was never there", "zzz-99-bestaat-niet", "AK301", "vereiste", REFERRING),
    _item("a phase with a capital", "Ontwerp", "AK301", "levenscyclus"),
    _item("a role in the plural", "projectleiders", "AK301", "rollen"),
    _item("a role with a space", "project leider", "AK301", "rollen"),
    _item("a topic with a space", "publieke inkoop", "AK301", "onderwerp"),
    in_fields("no space behind a dash", "AK301 AK103 AK003", r"^(rollen:[ ]*\n[ ]*)- (.*)$", r"\1" + MARK + r"-\2"),
    in_fields("a long dash for a dash", "AK301 AK103 AK003", r"^(rollen:[ ]*\n[ ]*)- (.*)$", r"\1" + MARK + r"– \2"),
    in_fields(
        "a non-breaking space behind a dash",
        "AK301 AK103 AK003",
        r"^(rollen:[ ]*\n[ ]*)- (.*)$",
        r"\1" + MARK + "-\u00a0" + r"\2",
    ),
    in_fields(
        "an item that is indented below another",
        "AK301 AK103 AK003",
        r"^(rollen:[ ]*\n)([ ]*- .*\n)",
        r"\1" + MARK + r"\2" + MARK + "      - jurist\n",
    ),
    # AK302
    _item("a topic among the roles", "publieke-inkoop", "AK302", "rollen"),
    _item("a role among the phases", "jurist", "AK302", "levenscyclus"),
    _item("a phase among the topics", "ontwerp", "AK302", "onderwerp"),
    _item("an overview among the requirements", "index", "AK302 AK301", "vereiste", REFERRING),
    _item("an overview among the topics", "index", "AK302", "onderwerp"),
    # AK303
    in_fields(
        "no requirement in scope",
        "AK303 AK105 AK101",
        r"\A(---\n(?:.*\n)*?)vereiste:[ ]*\n(?:[ ]*(?:-|#).*\n)*"
        r"((?:.*\n)*?onderwerp:[ ]*\n(?:[ ]*- .*\n)*?[ ]*- publieke-inkoop\n)",
        MARK + r"\1\2",
        "maatregel",
    ),
]


def _without(name: str, pattern: str, types: str, codes: str = "AK502") -> Fault:
    """A directive is gone; the finding may be at the top, where the section begins, or where it was."""

    def make(subject: Subject) -> str | None:
        done, count = re.subn(rf"^([ ]*)<!--[ ]*{pattern}[ ]*-->[ ]*$", MARK, subject.text, count=1, flags=re.M)
        if not count:
            return None
        done = re.sub(rf"^(##[^\n]*\n(?:(?!##)[^\n]*\n)*?{MARK})", MARK + r"\1", done, count=1, flags=re.M)
        return MARK + done

    return fault(name, codes, make, types)


_OWN = r"^[ ]*<!-- list_maatregelen vereiste/\S+(.*)-->[ ]*$"


def _of_another(subject: Subject) -> str | None:
    other = subject.another("vereiste")
    done, count = re.subn(
        r"^(<!-- list_maatregelen vereiste/)\S+", rf"{MARK}\g<1>{other}", subject.text, count=1, flags=re.M
    )
    return done if count and other else None


DIRECTIVES = [
    # AK501
    *(
        in_body(f"tags as {new!r}", "AK501 AK502", r"^<!-- tags -->[ ]*$", MARK + new, TYPED)
        for new in (
            "<!-- tag -->",
            "<!--tags -->",
            "<!-- tags--",
            "<!-- tags -- >",
            "<-- tags -->",
            "<!– tags –>",
            "<! -- tags -->",
            "<!-- tags ->",
        )
    ),
    *(
        _listing(f"a list as {text!r}", "AK501", text)
        for text in (
            "<!-- list_maatregel onderwerp/data -->",
            "<!-- list-maatregelen onderwerp/data -->",
            "<!-- lijst_maatregelen onderwerp/data -->",
            "<!-- list_maatregelen_onderwerp/data -->",
            "<!-- list maatregelen onderwerp/data -->",
            "<!--list_maatregelen onderwerp/data -->",
            "<!-- list_maatregelen onderwerp/data--",
            "<!-- list_maatregelen\nonderwerp/data -->",
            "<!--\nlist_maatregelen onderwerp/data\n-->",
            "<!-- list_\u200bmaatregelen onderwerp/data -->",
            "<!-- list_hulpmidelen onderwerp/publieke-inkoop -->",
            "<!-- list_vereiste onderwerp/data -->",
        )
    ),
    in_body(
        "a list that is split over two lines",
        "AK501",
        r"^([ ]*)<!-- (list_maatregelen vereiste/\S+) (.*)$",
        MARK + "\\1<!-- \\2\n" + MARK + "\\1\\3",
    ),
    # AK502
    _without("no tags", "tags", TYPED),
    _without("no list of requirements", "list_vereisten_on_maatregelen_page", "maatregel hulpmiddel"),
    _without("no list of measures", "list_maatregelen vereiste/.*?", "vereiste"),
    _without("no tags of the AI Act", "tags-ai-act", "vereiste"),
    only(
        _without("no list of measures of an instrument", "list_maatregelen_on_hulpmiddelen_page", "hulpmiddel"),
        lambda subject: "\nmaatregel:\n- " in subject.text,
    ),
    fault("a directive as code", "AK502", lambda s: MARK + s.text.replace("<!-- tags -->", "`<!-- tags -->`"), TYPED),
    # AK503
    *(
        _listing(f"a filter {text!r}", "AK503", f"<!-- list_maatregelen {text} -->")
        for text in (
            "onderwerp/bestaat-helemaal-niet",
            "onderwerp/transparant",
            "onderwerpen/data",
            "onderwerp/publieke inkoop",
            "onderwerp//data",
            "onderwerp/data/alles",
            "onderwerp:data",
            "onderwerp=data",
            "/onderwerp/data",
            "onderwerp/Data",
            "onderwerp/data.md",
            "rol/jurist",
            "rollen/juristen",
            "fase/ontwerp",
            "data",
            "levenscyclus/",
        )
    ),
    # AK504
    *(
        _listing(f"a word {text!r}", "AK504", f"<!-- list_maatregelen {text} -->")
        for text in (
            "onderwerp/data onderwerp/transparantie",
            "onderwerp/data no-serach",
            "onderwerp/data no-id",
            "onderwerp/data search",
            "onderwerp/data no-search, no-rol",
            "onderwerp/data geen-rol",
            "onderwerp/data no_search",
        )
    ),
    # AK505
    fault("the list of another page", "AK505", _of_another, "vereiste"),
    # AK506
    block(
        "a directive of measures on another page",
        "AK506",
        MARK + "<!-- list_vereisten_on_maatregelen_page -->",
        "vereiste onderwerp fase rol",
    ),
    block(
        "a directive of instruments on another page",
        "AK506",
        MARK + "<!-- list_maatregelen_on_hulpmiddelen_page -->",
        "maatregel vereiste onderwerp fase rol",
    ),
]

FAULTS = [*REFERENCES, *DIRECTIVES]
