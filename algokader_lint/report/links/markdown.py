"""What is known of addresses as Markdown: for an issue that is kept up to date, a comment, a job summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from algokader_lint.links.document import DatedReference, LinkPlace, LinkReport, LinkReportEntry
from algokader_lint.messages import Messages
from algokader_lint.report.gfm import code, link, named, prose, row, size
from algokader_lint.report.links import words
from algokader_lint.report.links.groups import KINDS, Group, Kind, groups, kind_of, laws
from algokader_lint.report.links.linking import shown
from algokader_lint.severity import Severity

_LIMIT = 60_000
"""Longest report, in UTF-16 units; a comment on GitHub may have 65,536 characters, a job summary 1 MiB."""
_SENTENCE, _NAME = 500, 160
"""How much of a text is shown, in characters; escaped it can be six times as long."""
_IN_SIGHT = 3
"""Places of an address that are not folded away."""
_PLACES = (200, 10)
"""Places of an address that are shown at all: the second when not every address fits with the first."""
_NOTICES = 10
_LAWS = 8_000
"""How much may be told of laws, in UTF-16 units."""
_LEFT_OUT = 1_000
"""Room for the sentence that tells what was left out, which has only words and numbers of our own."""
_MARKS: dict[Severity | None, str] = {"error": "❌", "warning": "⚠️", "info": "💡", None: "✅"}
_BREAK = "\\\n  "


def render_markdown(report: LinkReport, messages: Messages, *, limit: int = _LIMIT) -> str:
    """How bad it is in the first line; then in numbers; then address by address, the worst first, as many as fit.

    ``limit`` is the most that it may take, in UTF-16 units; the first line comes before all else.
    """
    most, less = (_Writer(report, messages, limit, places) for places in _PLACES)
    text = most.text()
    return less.text() if most.left.total() else text


class _Writer:
    """Writes one report; ``room`` is how much of the limit there is, ``left`` how many addresses do not fit."""

    def __init__(self, report: LinkReport, messages: Messages, limit: int, places: int) -> None:
        self.report = report
        self.messages = messages
        self.room = limit
        self.places = places
        self.left: Counter[Kind] = Counter()

    def text(self) -> str:
        head = [*self._fitting([self._title()]), *self._fitting(self._head())]
        reserve = min(_LEFT_OUT, self.room)
        self.room -= reserve
        tail = self._laws(min(_LAWS, self.room // 4))
        self.room -= size(tail)
        body = [self._group(group) for group in sorted(groups(self.report), key=lambda group: not group.listed)]
        self.room += reserve
        return "".join((*head, *body, *self._fitting(self._left_out()), tail))

    def _fitting(self, pieces: Iterable[str]) -> Iterator[str]:
        """The pieces for which there is room, which they take."""
        for piece in pieces:
            if size(piece) <= self.room:
                self.room -= size(piece)
                yield piece

    def _title(self) -> str:
        headline = words.headline(self.report, self.messages)
        return f"### {_MARKS[headline.severity]} {self.messages('links.title')}: {words.sentence(headline.text)}\n"

    def _head(self) -> Iterator[str]:
        report, messages = self.report, self.messages
        for text in list(words.circumstances(report, messages))[:_NOTICES]:
            yield f"\n> ⚠️ {prose(text, _SENTENCE)}\n"
        if not report.entries:
            return
        day = messages("links.state_of", day=report.day, run=words.run(report, messages))
        yield f"\n{prose(day, _SENTENCE)}\n"
        yield self._numbers()
        if words.can_be_rewritten(report):
            yield f"\n{messages('links.fix', command=code(words.FIX, _NAME))}\n"

    def _numbers(self) -> str:
        """How many addresses there are of each kind, and at how many places."""
        messages, numbers = self.messages, words.kinds(self.report)
        places: Counter[Kind] = Counter()
        for entry in self.report.entries:
            places[kind_of(entry)] += len(entry.places)
        columns = row(messages(f"links.column.{name}") for name in ("kind", "addresses", "places"))
        rows = (row((messages(f"verdict.{kind}"), numbers[kind], places[kind])) for kind in KINDS if numbers[kind])
        return "".join(("\n", columns, row(("---", "--:", "--:")), *rows))

    def _group(self, group: Group) -> str:
        """Addresses that belong together; those that are only counted are folded away, or not told of at all."""
        if not group.listed and group.kind not in ("blocked", "unknown"):
            return ""
        messages, told = self.messages, set(group.advice)
        trusted = group.kind not in ("unsafe", "invalid")
        items = (self._entry(entry, told, trusted=trusted) for entry in group.entries)
        if not group.listed:
            told.clear()
            remark = words.remark(group, messages)
            return self._section(group, f"\n<details>\n<summary>{remark}</summary>\n\n", items, "\n</details>\n")
        mark = _MARKS[group.severity] if group.severity else "•"
        heading = f"\n#### {mark} {words.verdict(group.kind, len(group.entries), messages)}"
        if group.address:
            explained = messages("markdown.rule", code=prose(group.code, _NAME))
            heading += f" · {link(explained, group.address)}"
        advice = "".join(f"{prose(advice, _SENTENCE)}\n\n" for advice in group.advice)
        return self._section(group, f"{heading}\n\n{advice}", items, "")

    def _section(self, group: Group, opening: str, items: Iterable[str], closing: str) -> str:
        """As many items as fit between opening and closing; nothing when none does."""
        room = self.room - size(opening) - size(closing)
        kept: list[str] = []
        for item in items:
            if size(item) > room:
                break
            room -= size(item)
            kept.append(item)
        self.left[group.kind] += len(group.entries) - len(kept)
        if not kept:
            return ""
        self.room = room
        return "".join((opening, *kept, closing))

    def _entry(self, entry: LinkReportEntry, told: set[str], *, trusted: bool) -> str:
        """A list item: the address, what is the matter, what to write instead, and where it stands."""
        messages, answer = self.messages, entry.answer
        what = filter(None, (words.explanation(entry, messages), words.seen(answer, messages)))
        lines = [shown(entry.url, trusted=trusted), prose(" · ".join(what), _SENTENCE)]
        if answer.moved_to:
            lines.append(f"→ {shown(answer.moved_to, trusted=trusted)}")
        elif words.leads_to(entry):
            lines.append(messages("links.ends_at", url=shown(words.leads_to(entry), trusted=trusted)))
        lines += [f"→ {prose(advice, _SENTENCE)}" for advice in entry.help if advice not in told]
        told.update(entry.help)
        places = sorted(entry.places)
        if len(places) <= _IN_SIGHT:
            lines += map(self._place, places)
            return f"- {_BREAK.join(filter(None, lines))}\n"
        return f"- {_BREAK.join(filter(None, lines))}\n{self._folded(places)}"

    def _folded(self, places: Sequence[LinkPlace]) -> str:
        messages = self.messages
        items = [f"  - {self._place(place)}\n" for place in places[: self.places]]
        if len(places) > self.places:
            items.append(f"  - {messages('links.more_places', n=len(places) - self.places)}\n")
        summary = messages.count("links.places", len(places))
        return "".join(("\n  <details>\n", f"  <summary>{summary}</summary>\n\n", *items, "\n  </details>\n\n"))

    def _place(self, place: LinkPlace) -> str:
        where = self.messages("markdown.place", file=code(place.file, _NAME), line=place.line)
        return f"{where} ({prose(place.section, _NAME)})" if place.section else where

    def _laws(self, room: int) -> str:
        """The table of laws as they were on a day, as much of it as fits; what does not is counted."""
        report, messages, whole = self.report, self.messages, room
        title = messages("dated.title", addresses=messages.count("links.addresses", len(report.dated)))
        heads = [messages(f"links.column.{name}") for name in ("law", "day", "age", "places", "undated")]
        columns = row(heads) + row(["---"] * len(heads))
        opening = f"\n#### 📅 {title}\n\n{prose(messages('dated.note'), _SENTENCE)}\n\n{columns}"
        room -= size(opening) + _SENTENCE
        rows: list[str] = []
        for reference in (one for _, references in laws(report) for one in references):
            text = self._law(reference)
            if size(text) > room:
                break
            room -= size(text)
            rows.append(text)
        left = len(report.dated) - len(rows)
        more = f"\n{messages.count('dated.left_out', left)}\n" if left else ""
        if rows:
            return "".join((opening, *rows, more))
        return more if size(more) <= whole else ""

    def _law(self, reference: DatedReference) -> str:
        messages, places = self.messages, sorted(reference.places)
        where = ""
        if places:
            file = named(places[0].file.rpartition("/")[2], _NAME)
            where = messages("markdown.place", file=file, line=places[0].line)
        if len(places) > 1:
            where = f"{where}, {messages('links.more_places', n=len(places) - 1)}"
        old = words.age(reference.day, self.report.day, messages)
        undated = shown(reference.undated, trusted=True)
        return row((named(reference.law, _NAME), reference.day, old, where, undated))

    def _left_out(self) -> Iterator[str]:
        messages = self.messages
        told = [f"{messages(f'verdict.{kind}')} ({self.left[kind]})" for kind in KINDS if self.left[kind]]
        if told:
            command = code(words.EVERYTHING, _NAME)
            yield f"\n{messages('links.left_out', groups=', '.join(told), command=command)}\n"
