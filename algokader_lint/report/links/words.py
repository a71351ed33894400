"""What is known of addresses, in sentences, whatever the form they end up in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil

from algokader_lint.links.answer import Answer, Reason
from algokader_lint.links.document import LinkReport, LinkReportEntry
from algokader_lint.messages import Messages, clip
from algokader_lint.report.links.groups import Group, Kind, kind_of, weight
from algokader_lint.report.text import capitalized
from algokader_lint.severity import Severity

FIX = "algokader-lint links --fix"
EVERYTHING = "algokader-lint links --all"
"""Commands that a reader may want."""
_MINUTE = 60
_SOON = 5
"""Seconds: what is left of a run is told in steps of this, and less is almost nothing."""
_REFUSED = 400
"""The lowest status that says no (RFC 9110, 15.5)."""
_TELLING: frozenset[Reason] = frozenset(
    {"title", "robot-page", "no-such-anchor", "private", "scheme", "port", "bad-host", "bad-port", "no-location"}
)
"""Reasons of which the detail is a text of the page or the address itself."""
_ENDLESS: frozenset[Reason] = frozenset({"redirect-loop", "too-many-redirects"})


@dataclass(frozen=True, slots=True)
class Headline:
    """How bad it is, in a few words without a full stop."""

    text: str
    severity: Severity | None


def headline(report: LinkReport, messages: Messages) -> Headline:
    """How many addresses are to be repaired, and how many to be looked at."""
    if not report.entries:
        return Headline(messages("headline.nothing"), None)
    if report.offline:
        return Headline(messages("headline.offline"), "warning")
    weights = Counter(weight(entry) for entry in report.entries)
    errors, warnings = weights["error"], weights["warning"]
    addresses = messages.count("links.addresses", len(report.entries))
    if errors:
        repair = messages.count("headline.repair", errors, addresses=addresses)
        other = messages.count("headline.other", warnings)
        return Headline(messages("headline.both", repair=repair, look=other) if warnings else repair, "error")
    if warnings:
        return Headline(messages.count("headline.look", warnings, addresses=addresses), "warning")
    found = set(kinds(report))
    if found <= {"unchecked", "excluded"}:
        return Headline(messages("headline.none_checked"), "warning")
    return Headline(messages("headline.all_work" if found == {"ok"} else "headline.none_broken"), None)


def tally(found: Iterable[Group], messages: Messages) -> str:
    """How many addresses there are of each kind, in one sentence; empty when there are none."""
    numbers: Counter[Kind] = Counter()
    for group in found:
        numbers[group.kind] += len(group.entries)
    told = [messages.count(f"tally.{kind}", number) for kind, number in numbers.items()]
    if len(told) < 2:
        return sentence("".join(told))
    return sentence(messages("links.and", first=", ".join(told[:-1]), last=told[-1]))


def kinds(report: LinkReport) -> Counter[Kind]:
    """How many addresses there are of each kind."""
    return Counter(kind_of(entry.answer) for entry in report.entries)


def run(report: LinkReport, messages: Messages) -> str:
    """How much there was to check, how much of it was asked for now, and how long that took."""
    cached = sum(entry.answer.cached for entry in report.entries)
    asked = messages.count("links.asked", report.asked)
    return messages(
        "links.run",
        addresses=messages.count("links.addresses", len(report.entries)),
        hosts=messages.count("links.hosts", report.hosts),
        places=messages.count("links.places", sum(len(entry.places) for entry in report.entries)),
        asked=f"{asked}, {messages('links.from_cache', n=cached)}" if cached else asked,
        duration=duration(report.seconds, messages),
    )


def circumstances(report: LinkReport, messages: Messages) -> Iterator[str]:
    """Sentences on why not all was checked, and what else a reader must know."""
    left = sum(entry.answer.reason == "not-reached" for entry in report.entries)
    if report.offline and any(entry.answer.cached for entry in report.entries):
        yield messages("links.offline_known")
    for so, name, name_of_none in (
        (report.out_of_time, "links.out_of_time", "links.out_of_time.none"),
        (report.interrupted, "links.interrupted", "links.interrupted.none"),
    ):
        if so:
            yield messages.count(name, left) if left else messages(name_of_none)
    yield from map(sentence, report.notices)


def verdict(kind: Kind, number: int, messages: Messages) -> str:
    """The title of a group: what it is called, and how many there are."""
    addresses = messages.count("links.addresses", number)
    return messages("links.heading", verdict=messages(f"verdict.{kind}"), addresses=addresses)


def remark(group: Group, messages: Messages) -> str:
    """How many addresses there are of a kind that is only counted, and why that is no accusation."""
    return messages.count(f"remark.{group.kind}", len(group.entries))


def explanation(entry: LinkReportEntry, messages: Messages) -> str:
    """What is the matter with an address, to be read below it; empty when nothing is.

    The words of a rule come first. They do not when they name the address, for there it stands already.
    """
    if entry.message and clip(entry.url) not in entry.message:
        return entry.message
    return reason(entry.answer, messages)


def reason(answer: Answer, messages: Messages) -> str:
    """Why a verdict was given, with what else a reader can use: a status that says no, a title, for how long.

    Details that are told elsewhere, or in the words of a library, are left to programs.
    """
    if not answer.reason:
        return ""
    words = messages(f"reason.{answer.reason}")
    if answer.status is not None and answer.status >= _REFUSED:
        words = messages("links.status", words=words, status=answer.status)
    if answer.detail and answer.reason in _TELLING:
        words = messages("links.detail", words=words, detail=clip(answer.detail))
    if answer.failing_days > 1 and kind_of(answer) == "unknown":
        words = messages("links.failing", words=words, n=answer.failing_days)
    return words


def seen(answer: Answer, messages: Messages) -> str:
    """When it was that an address was checked; empty when it was in this run, or never."""
    day = checked_day(answer)
    if answer.stale:
        return messages("links.stale", day=day) if day else messages("links.stale_never")
    return messages("links.seen", day=day) if answer.cached and day else ""


def checked_day(answer: Answer) -> date | None:
    """The day on which an address was checked, at Greenwich."""
    return None if answer.checked_at is None else in_utc(answer.checked_at).date()


def in_utc(moment: datetime) -> datetime:
    """A moment at Greenwich; one without a zone is there already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def leads_to(answer: Answer) -> str:
    """Where the redirects of an address ended, when that is elsewhere; empty for one that is to be replaced anyway."""
    if answer.moved_to or answer.reason in _ENDLESS or len(answer.hops) < 2:
        return ""
    return "" if answer.final_url == answer.hops[0].url else answer.final_url


def can_be_rewritten(report: LinkReport) -> bool:
    """Whether there is an address that another can take the place of."""
    return any(entry.answer.moved_to for entry in report.entries)


def age(day: date, today: date, messages: Messages) -> str:
    """How long ago a day was, in years and months."""
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if day > today:
        return messages("dated.future")
    if not months:
        return messages("dated.under_a_month")
    parts = [
        messages.count(f"dated.{unit}", number)
        for unit, number in (("years", months // 12), ("months", months % 12))
        if number
    ]
    whole = messages("dated.years_and_months", years=parts[0], months=parts[1]) if len(parts) > 1 else parts[0]
    return messages("dated.old", age=whole)


def duration(seconds: float, messages: Messages) -> str:
    """How long something took."""
    if seconds < _MINUTE:
        text = f"{seconds:.1f}"
        return messages("links.seconds", n=text.replace(".", ",") if messages.language == "nl" else text)
    minutes, rest = divmod(round(seconds), _MINUTE)
    return messages("links.minutes", minutes=minutes, seconds=rest)


def progress_line(
    done: int, total: int, hosts_done: int, hosts: int, seconds_left: float | None, messages: Messages
) -> str:
    """How far a run is, on one line; ``seconds_left`` is None while nobody can tell."""
    text = messages(
        "progress.done",
        done=done,
        addresses=messages.count("links.addresses", total),
        hosts_done=hosts_done,
        hosts=messages.count("links.hosts", hosts),
    )
    if seconds_left is None:
        return text
    if seconds_left <= _SOON:
        return messages("progress.almost", done=text)
    steps = ceil(seconds_left / _SOON)
    if steps * _SOON < _MINUTE:
        time = messages("progress.seconds", n=steps * _SOON)
    else:
        time = messages("progress.minutes", n=max(round(seconds_left / _MINUTE), 1))
    return messages("progress.left", done=text, time=time)


def sentence(text: str) -> str:
    """A text as a sentence: with a capital, and with a full stop unless it has one."""
    return capitalized(text) + ("" if not text or text.endswith((".", "!", "?")) else ".")
