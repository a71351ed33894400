"""What is known of addresses, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from algokader_lint.links.answer import REASONS, VERDICTS, Answer, Hop, Reason
from algokader_lint.messages import LANGUAGES, Language, Messages, clip, load_messages
from algokader_lint.report.links import words
from algokader_lint.report.links.groups import KINDS, groups, kind_of
from tests.report.links.reports import COMPLETE, DEAD, EARLIER, TODAY, answer, entry, report

REASONS_OF_UNKNOWN: tuple[Reason, ...] = ("timeout", "offline", "not-reached", "excluded", "not-checked")
DUTCH, ENGLISH = load_messages("nl", "links"), load_messages("en", "links")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_every_kind_has_words_and_nothing_else_has(language: Language) -> None:
    names = load_messages(language, "links").names()

    def told(prefix: str) -> set[str]:
        return {name.split(".")[1] for name in names if name.startswith(prefix)}

    assert told("reason.") == REASONS - {""}
    assert told("verdict.") == told("tally.") == set(KINDS)
    assert told("remark.") == {"blocked", "unknown", "unchecked", "excluded", "ok"}
    assert set(VERDICTS) < set(KINDS)


@pytest.mark.parametrize(
    ("found", "words_for_it"),
    [
        (answer("ok", ""), ""),
        (answer("dead", "not-found", status=404), "bestaat niet (404)"),
        (answer("dead", "gone", status=410), "is voorgoed weggehaald (410)"),
        (answer("dead", "redirect-loop", status=302), "stuurt door in een kring zonder einde"),
        (
            answer("suspect", "title", status=200, detail="Niet gevonden"),
            "toont een pagina die op een foutmelding lijkt: 'Niet gevonden'",
        ),
        (
            answer("fragment", "no-such-anchor", status=200, detail="a b"),
            "de pagina werkt, maar deze plek staat er niet op: 'a b'",
        ),
        # In the words of a library, or told on a line of its own.
        (
            answer("tls", "expired", status=None, detail="certificate has expired"),
            "het certificaat van deze website is verlopen",
        ),
        (answer("suspect", "login", status=200, detail="https://a.example/login"), "leidt naar een inlogpagina"),
        (answer("unknown", "timeout", failing_days=1), "geeft niet op tijd antwoord"),
        (answer("unknown", "timeout", failing_days=3), "geeft niet op tijd antwoord, al 3 dagen achter elkaar"),
        (answer("unknown", "not-reached", failing_days=3), "niet aan de beurt gekomen"),
        (answer("dead", "not-found", status=404, failing_days=3), "bestaat niet (404)"),
    ],
)
def test_reason(found: Answer, words_for_it: str) -> None:
    assert words.reason(found, DUTCH) == words_for_it


def test_the_words_of_a_rule_come_first_unless_they_repeat_the_address() -> None:
    one = entry("https://a.example/", answer("dead", "not-found", status=404), message="is weg sinds mei")
    assert words.explanation(one, DUTCH) == "is weg sinds mei"
    for url in ("https://a.example/", "https://a.example/" + "x" * 500):
        one = replace(one, url=url, message=f"adres '{clip(url)}' werkt niet")
        assert words.explanation(one, DUTCH) == "bestaat niet (404)"


def test_when_it_was_seen_is_told_of_what_was_not_seen_now() -> None:
    now = answer("ok", "")
    assert words.seen(now, DUTCH) == ""
    assert words.seen(replace(now, cached=True, checked_at=EARLIER), DUTCH) == "gecontroleerd op 2026-01-20"
    assert "2026-01-20" in words.seen(replace(now, cached=True, stale=True, checked_at=EARLIER), DUTCH)
    assert "misschien" in words.seen(replace(now, stale=True, checked_at=None), DUTCH)
    east = timezone(timedelta(hours=2))
    assert words.checked_day(replace(now, checked_at=datetime(2026, 1, 2, 1, tzinfo=east))) == date(2026, 1, 1)
    assert words.in_utc(datetime(2026, 1, 2, 1)) == datetime(2026, 1, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "hops", "end", "told"),
    [
        ("not-found", ["https://a.example/x", "https://a.example/y"], "https://a.example/y", "https://a.example/y"),
        ("not-found", ["https://a.example/x"], "https://a.example/x", ""),
        ("not-found", [], "https://a.example/x", ""),
        ("redirect-loop", ["https://a.example/x", "https://a.example/y"], "https://a.example/y", ""),
        ("not-found", ["https://a.example/x", "https://a.example/x"], "https://a.example/x", ""),
    ],
)
def test_where_redirects_end_is_told_when_it_is_elsewhere(reason: Reason, hops: list[str], end: str, told: str) -> None:
    found = answer("dead", reason, hops=tuple(Hop(url, 302) for url in hops), final_url=end)
    assert words.leads_to(found) == told
    assert words.leads_to(replace(found, moved_to="https://b.example/")) == ""


@pytest.mark.parametrize(
    ("day", "dutch", "english"),
    [
        (date(2021, 6, 30), "4 jaar en 7 maanden oud", "4 years and 7 months old"),
        (date(2024, 12, 31), "1 jaar en 1 maand oud", "1 year and 1 month old"),
        (date(2024, 1, 31), "2 jaar oud", "2 years old"),
        (date(2025, 11, 30), "2 maanden oud", "2 months old"),
        (date(2026, 1, 1), "nog geen maand oud", "less than a month old"),
        (TODAY, "nog geen maand oud", "less than a month old"),
        (date(2026, 2, 1), "nog niet zover", "not yet come"),
    ],
)
def test_age(day: date, dutch: str, english: str) -> None:
    assert (words.age(day, TODAY, DUTCH), words.age(day, TODAY, ENGLISH)) == (dutch, english)


@pytest.mark.parametrize(
    ("seconds", "dutch"), [(0.04, "0,0 s"), (59.94, "59,9 s"), (60, "1 min 0 s"), (903.4, "15 min 3 s")]
)
def test_duration(seconds: float, dutch: str) -> None:
    assert words.duration(seconds, DUTCH) == dutch


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (None, ""),
        (0.0, ", bijna klaar"),
        (-1.0, ", bijna klaar"),
        (5.1, ", nog ongeveer 10 s"),
        (40.0, ", nog ongeveer 40 s"),
        (56.0, ", nog ongeveer 1 min"),
        (119.0, ", nog ongeveer 2 min"),
        (900.0, ", nog ongeveer 15 min"),
    ],
)
def test_progress(left: float | None, told: str) -> None:
    line = words.progress_line(230, 424, 12, 145, left, DUTCH)
    assert line == f"230 van 424 adressen, 12 van 145 websites{told}"


def test_progress_of_one() -> None:
    assert words.progress_line(0, 1, 0, 1, None, DUTCH) == "0 van 1 adres, 0 van 1 website"
    assert words.progress_line(1, 2, 0, 1, 90.0, ENGLISH) == "1 of 2 addresses, 0 of 1 website, about 2 min to go"


def headline(*verdicts: str, **known: object) -> tuple[str, str | None]:
    found = {
        one.answer.verdict: one for one in reversed(COMPLETE.entries) if one.severity or one.answer.verdict == "ok"
    }
    told = words.headline(report([found[name] for name in verdicts], **known), DUTCH)  # type: ignore[index]
    return told.text, told.severity


def test_the_headline_says_how_bad_it_is() -> None:
    assert headline() == ("Er zijn geen adressen om te controleren", None)
    assert headline("ok", "ok") == ("Alle adressen werken", None)
    assert headline("ok", "blocked") == ("Geen kapotte adressen gevonden", None)
    assert headline("ok", "fragment") == ("Geen kapotte adressen gevonden", None)
    assert headline("ok", "moved") == ("1 van 2 adressen vraagt aandacht", "warning")
    assert headline("tls", "moved") == ("2 van 2 adressen vragen aandacht", "warning")
    assert headline("dead", "ok") == ("1 van 2 adressen moet je aanpassen", "error")
    assert headline("dead") == ("1 van 1 adres moet je aanpassen", "error")
    assert headline("dead", "moved") == ("1 van 2 adressen moet je aanpassen, en 1 ander vraagt aandacht", "error")
    assert headline("dead", "tls", "moved")[0].endswith("en 2 andere vragen aandacht")
    assert headline("dead", offline=True)[0].startswith("Geen enkel adres gecontroleerd: er was geen netwerk")
    nothing = report([entry("https://a.example/", answer("unknown", "not-reached"))], interrupted=True)
    assert words.headline(nothing, DUTCH).text == "Geen enkel adres gecontroleerd"


def test_a_rule_that_is_switched_off_does_not_mend_an_address() -> None:
    plain = replace(entry("https://a.example/", answer("dead", "gone")), severity=None)
    assert words.headline(report([plain]), DUTCH).severity == "error"
    mild = replace(plain, severity="info")
    assert words.headline(report([mild]), DUTCH) == words.Headline("Geen kapotte adressen gevonden", None)


@pytest.mark.parametrize("messages", [DUTCH, ENGLISH], ids=LANGUAGES)
def test_one_and_many(messages: Messages) -> None:
    def of(number: int) -> str:
        entries = [entry(f"https://{n}.example/", answer("dead", "gone"), 1, **DEAD) for n in range(number)]
        found = report(entries)
        return f"{words.tally(groups(found), messages)} {words.run(found, messages)}"

    if messages.language == "nl":
        assert of(1) == "1 werkt niet. 1 adres op 1 website, 1 plaats; 1 adres nu opgevraagd (1,2 s)."
        assert of(2) == "2 werken niet. 2 adressen op 2 websites, 2 plaatsen; 2 adressen nu opgevraagd (1,2 s)."
    else:
        assert of(1) == "1 does not work. 1 address on 1 website, 1 place; 1 address asked for now (1.2 s)."
        assert of(2) == "2 do not work. 2 addresses on 2 websites, 2 places; 2 addresses asked for now (1.2 s)."


def test_the_worst_comes_first_and_within_it_what_most_readers_meet() -> None:
    found = groups(COMPLETE)
    assert [group.kind for group in found] == [
        *("dead", "invalid", "unsafe", "suspect", "moved", "tls", "unknown", "unknown"),
        *("blocked", "fragment", "unchecked", "excluded", "ok"),
    ]
    assert [len(one.places) for one in found[0].entries] == [45, 4, 2, 1, 1, 1]
    assert [group.kind for group in found if not group.listed] == [
        *("unknown", "blocked", "unchecked", "excluded", "ok"),
    ]
    assert sum(len(group.entries) for group in found) == len(COMPLETE.entries)


def test_what_nobody_tried_is_told_apart_from_what_failed() -> None:
    kinds = {reason: kind_of(answer("unknown", reason)) for reason in REASONS_OF_UNKNOWN}
    assert kinds == {
        "timeout": "unknown",
        "offline": "unchecked",
        "not-reached": "unchecked",
        "excluded": "excluded",
        "not-checked": "unchecked",
    }


def test_why_a_run_did_not_see_everything() -> None:
    some = [entry(f"https://{n}.example/", answer("unknown", "not-reached", checked_at=None)) for n in range(2)]

    def told(number: int, **known: object) -> list[str]:
        return list(words.circumstances(report(some[:number], **known), DUTCH))

    assert told(2) == []
    assert told(2, out_of_time=True)[0].startswith("De tijd was op: 2 adressen zijn")
    assert told(1, out_of_time=True)[0].startswith("De tijd was op: 1 adres is")
    assert told(0, out_of_time=True)[0].startswith("De tijd was op voordat")
    assert told(2, interrupted=True) == ["Je hebt de controle gestopt: 2 adressen zijn niet aan de beurt gekomen."]
    assert told(0, notices=("iets", "Klaar!")) == ["Iets.", "Klaar!"]
