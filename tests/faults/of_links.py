"""Faults in links, images and words: AK601 to AK614, AK901, AK911."""

from __future__ import annotations

import posixpath
import re

from tests.faults.model import MARK, Fault, Make, Subject, block, fault, in_fields, inserted

_ROOT = "docs/"


def _to(subject: Subject, path: str) -> str:
    """The way from a page to a file, both from the root."""
    return posixpath.relpath(path, posixpath.dirname(subject.path))


def _link(name: str, codes: str, target: str, text: str = "de tekst erover") -> Fault:
    """A link added to a page; ``{to:x}`` in it is the way to a page of the documentation."""

    def make(subject: Subject) -> str | None:
        return inserted(subject.text, f"{MARK}Lees [{text}]({_filled(subject, target)}).")

    return fault(name, codes, make)


def _line(name: str, codes: str, line: str) -> Fault:
    return fault(name, codes, lambda subject: inserted(subject.text, MARK + _filled(subject, line)))


def _filled(subject: Subject, text: str) -> str:
    places = {
        "TOPIC": _to(subject, _ROOT + "onderwerpen/publieke-inkoop.md"),
        "ONTWERP": _to(subject, _ROOT + "levenscyclus/ontwerp.md"),
        "JURIST": _to(subject, _ROOT + "rollen/jurist.md"),
    }
    for name, place in places.items():
        text = text.replace(f"{name}.md", place).replace(name, place.removesuffix(".md"))
    return text


def _of_another(subject: Subject) -> str | None:
    """A link to a measure by the number of another one."""
    one, *others = (key for key in subject.keys.get("maatregel", ()) if key != subject.key)
    number = next(
        (found[0] for key in others if (found := re.search(r"[a-z]{3}-\d\d", key)) and found[0] not in one), None
    )
    target = _to(subject, f"{_ROOT}voldoen-aan-wetten-en-regels/maatregelen/{one}.md")
    return number and inserted(subject.text, f"{MARK}Lees [{number}]({target}).")


def _own_site(subject: Subject) -> str | None:
    url = subject.mkdocs.site_url
    return url and inserted(subject.text, f"{MARK}Lees [de tekst erover]({url}levenscyclus/ontwerp/).")


def _own_repository(kind: str, path: str) -> Make:
    def make(subject: Subject) -> str | None:
        url = subject.mkdocs.repo_url
        return url and inserted(subject.text, f"{MARK}Lees [de tekst erover]({url}/{kind}/main/{path}).")

    return make


FAULTS = [
    # AK601
    _link("a page that is not there", "AK601", "bestaat-niet.md"),
    _link("a page with a letter wrong", "AK601", "ONTWERPP.md"),
    _link("a page as it is on the web", "AK601", "ONTWERP.html"),
    _link("a page with a capital", "AK601", "ONTWERP.MD"),
    _link("a page that lacks a folder up", "AK601", "levenscyclus/over/ontwerp.md"),
    _link("a page with a folder up too many", "AK601", "../../../../../ONTWERP.md"),
    _link("a page with a backslash", "AK601", "..\\\\levenscyclus\\\\ontwerp.md"),
    _link("a page that moved", "AK601", "../instrumenten/handreiking.md"),
    _line("an image that is not there", "AK601", "![Een schema van de inkoop](bestaat-niet.png)"),
    _link("a path on somebody's disk", "AK706", "C:\\\\Documenten\\\\wet.docx"),
    _link("a path on somebody's disk, with slashes", "AK706", "c:/Documenten/wet.docx"),
    _link("a path on a server of the office", "AK706", "\\\\\\\\fileserver\\\\inkoop\\\\wet.docx"),
    # AK602
    _link("an anchor that is not there", "AK602", "TOPIC.md#bestaat-niet"),
    _link("an anchor with a capital", "AK602", "JURIST.md#Jurist"),
    _link("an anchor with a space", "AK602", "JURIST.md#de%20jurist"),
    _link("an anchor of the page itself that is not there", "AK602", "#bestaat-niet"),
    # AK603
    _link("the own site from its root", "AK603 AK601", "/levenscyclus/ontwerp/"),
    fault("the own site by its address", "AK603", _own_site),
    # AK604
    _line("a link to nothing", "AK604", "Lees [de tekst erover]()."),
    _line("a link to a mere mark", "AK604", "Lees [de tekst erover](#)."),
    _line("a link to the word url", "AK604", "Lees [de tekst erover](url)."),
    _line("a link to a space", "AK604", "Lees [de tekst erover]( )."),
    # AK605
    _line("a space between text and address", "AK605", "Lees [de tekst erover] (https://www.voorbeeld.example/gids)."),
    _line("brackets the wrong way round", "AK605", "Lees (de tekst erover)[https://www.voorbeeld.example/gids]."),
    _line("brackets the wrong way round to a page", "AK605", "Lees (de tekst erover)[ONTWERP.md]."),
    _line("a link that is not closed", "AK605", "Lees [de tekst erover](https://www.voorbeeld.example/gids"),
    _line("a link whose text is not closed", "AK605", "Lees [de tekst erover(https://www.voorbeeld.example/gids)."),
    _line("a link whose text is not opened", "AK605", "Lees de tekst erover](https://www.voorbeeld.example/gids)."),
    _line("a reference to nothing", "AK605", "Lees [de tekst erover][tekst erover]."),
    _line("an address between square brackets", "AK605", "Lees [de tekst][https://www.voorbeeld.example/gids]."),
    _line(
        "a link in a link",
        "AK605",
        "Lees [de [tekst](https://www.voorbeeld.example/a) erover](https://www.voorbeeld.example/b).",
    ),
    # AK606
    _line("an image called image", "AK606", "![image](https://www.voorbeeld.example/a.png)"),
    _line("an image called by its file", "AK606", "![schema_v2.png](https://www.voorbeeld.example/schema_v2.png)"),
    _line("an image of HTML without words", "AK606", 'Zie <img src="https://www.voorbeeld.example/a.png">.'),
    # AK607
    *(
        _link(f"a link that says {text!r}", "AK607", "ONTWERP.md", text)
        for text in ("klik hier", "hier", "Lees meer", "link", "deze link")
    ),
    _line(
        "a link that says its address",
        "AK607",
        "Lees [https://www.voorbeeld.example/gids](https://www.voorbeeld.example/gids).",
    ),
    # AK608
    _line("a link of HTML to a file", "AK608", 'Lees <a href="ONTWERP.md">de tekst erover</a>.'),
    _line("a link of HTML to nothing", "AK608", 'Lees <a href="bestaat-niet/">de tekst erover</a>.'),
    # AK609
    fault("a link that names another page", "AK609", _of_another),
    # AK610
    fault("a file in the own repository that is not there", "AK610", _own_repository("blob", "docs/bestaat-niet.md")),
    fault("an edit of a page that is not there", "AK610", _own_repository("edit", "docs/levenscyclus/bestaat-niet.md")),
    # AK611
    _line("a variable", "AK611", "Deze tekst is van {{ organisatie }}."),
    _line("a variable in an address", "AK611", "Lees [de tekst erover]({{ basis }}/ontwerp)."),
    _line("an instruction of a template language", "AK611", '{% include "begin.md" %}'),
    # AK613
    _line("an address of mail", "AK613", "Mail je vraag naar redactie@voorbeeld.example."),
    # AK614
    _line("a footnote that is not there", "AK614", "Dat staat in het rapport.[^87]"),
    _line(
        "a footnote with a letter wrong",
        "AK614",
        "Dat staat in het rapport.[^rapprt]\n\n[^rapport]: Rapport over toezicht, 2024.\n",
    ),
    # AK901
    _line("a term in the old plural", "AK901", "De gemeente gebruikt algoritmen bij het besluit."),
    _line("a term with a capital", "AK901", "Dat staat in de AI-Verordening."),
    _line("a term without hyphens", "AK901", "Dat geldt voor een hoog risico AI-systeem."),
    # AK911
    _line("a suppression of nothing", "AK911", "<!-- lint-uit AK301: wacht op de wet -->"),
    _line("a suppression without a reason", "AK911", "<!-- lint-uit AK301 -->"),
    _line("a suppression of a rule that is not there", "AK911", "<!-- lint-uit AK999: wacht op de wet -->"),
    _line("a suppression without a rule", "AK911", "<!-- lint-uit: wacht op de wet -->"),
    in_fields(
        "a suppression of nothing among the fields",
        "AK911",
        r"^rollen:",
        f"{MARK}# lint-uit AK301: wacht op de wet\nrollen:",
    ),
    block("a suppression that has ended", "AK911", f"{MARK}<!-- lint-uit AK301: wacht op de wet, tot 2020-01-01 -->"),
]
