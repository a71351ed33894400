"""Faults in sources and in addresses on the web: AK701 to AK706."""

from __future__ import annotations

import re

from tests.faults.model import MARK, Fault, Subject, block, fault

NUMBERED = "maatregel vereiste"
_SOURCES = r"^(## Bronnen[^\n]*\n)(?:(?!## ).*\n?)*"


def _sources(name: str, new: str, codes: str = "AK701") -> Fault:
    """The section of sources becomes something else."""

    def make(subject: Subject) -> str | None:
        if re.search(r"^sources:(?!\s*\n(?!\s))", subject.text, re.M):
            return None
        done, count = re.subn(_SOURCES, new, subject.text, count=1, flags=re.M)
        return MARK + done if count else None

    return fault(name, codes, make, NUMBERED)


def _link(name: str, codes: str, target: str, types: str = "") -> Fault:
    return block(name, codes, f"{MARK}Lees het in de [tekst van de wet]({target}).", types)


FAULTS = [
    # AK701
    _sources("no section of sources", ""),
    _sources("an empty section of sources", MARK + r"\1" + "\n"),
    _sources("a section of sources with a comment", MARK + r"\1" + f"\n{MARK}<!-- Vul hier de bronnen in -->\n\n"),
    _sources("a source without an address", MARK + r"\1" + f"\n{MARK}- Een rapport van de gemeente\n\n"),
    _sources("a source that is to come", MARK + r"\1" + f"\n{MARK}Volgt.\n\n"),
    _sources(
        "a heading of sources with a letter wrong",
        MARK + "## Bronen\n\n- [Wet](https://www.voorbeeld.example/wet)\n\n",
        "AK701 AK401",
    ),
    # AK702
    *(
        _link(f"an address {target!r}", "AK702", target)
        for target in (
            "htps://www.voorbeeld.example/wet",
            "http//www.voorbeeld.example/wet",
            "https:/www.voorbeeld.example/wet",
            "https//www.voorbeeld.example/wet",
            "https:www.voorbeeld.example/wet",
            "https:///www.voorbeeld.example/wet",
            "hhttps://www.voorbeeld.example/wet",
            "https;//www.voorbeeld.example/wet",
            "https://https://www.voorbeeld.example/wet",
            "https://www..voorbeeld.example/wet",
            "https://www.voorbeeld.example:port/wet",
            "https://-voorbeeld.example/wet",
            "https://",
            "www.voorbeeld.example/wet",
            "<https ://www.voorbeeld.example/wet>",
            "ttps://www.voorbeeld.example/wet",
            "https:\\\\\\\\www.voorbeeld.example/wet",
        )
    ),
    block(
        "a reference with an address that is none",
        "AK702",
        f"{MARK}Lees het in de [wet][wet].\n\n{MARK}[wet]: htps://www.voorbeeld.example/wet",
    ),
    block(
        "an address in HTML that is none",
        "AK702",
        f'{MARK}Lees het in de <a href="htps://www.voorbeeld.example/wet">tekst</a>.',
    ),
    # AK703
    _link("an address without encryption", "AK703", "http://www.voorbeeld.example/wet"),
    _link("an address without encryption, with capitals", "AK703", "HTTP://www.voorbeeld.example/wet"),
    block("a bare address without encryption", "AK703", f"{MARK}Zie <http://www.voorbeeld.example/wet>."),
    # AK704
    _link("a number of a law with a digit too few", "AK704", "https://wetten.overheid.nl/BWBR000553/2024-09-01"),
    _link("a number of a law with a letter wrong", "AK704", "https://wetten.overheid.nl/BWRR0005537"),
    _link("a number of a law in small letters", "AK704", "https://wetten.overheid.nl/bwb0005537"),
    _link(
        "a number of EU law that is none",
        "AK704",
        "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:3201R0679",
    ),
    # AK705
    _link("an address with text to highlight", "AK705", "https://www.voorbeeld.example/wet#:~:text=toezicht"),
    _link(
        "an address that tells where you came from",
        "AK705",
        "https://www.voorbeeld.example/wet?utm_source=nieuwsbrief&utm_medium=email",
    ),
    _link("a document itself", "AK705", "https://www.voorbeeld.example/wet/rapport.pdf"),
    # AK706
    *(
        _link(f"an address {target!r}", "AK706", target)
        for target in (
            "http://localhost:8000/wet",
            "http://127.0.0.1:8000/",
            "https://192.168.1.10/wet",
            "https://10.0.0.5/wet",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/wet",
            "https://inkoper:geheim@www.voorbeeld.example/wet",
            "https://intranet.local/wet",
            "file:///C:/Users/inkoper/Documents/wet.docx",
        )
    ),
]
