"""What is known of addresses, for a person at a terminal: what harms a reader most first, how bad it is at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from algokader_lint.links.document import DatedReference, LinkPlace, LinkReport, LinkReportEntry
from algokader_lint.messages import Messages
from algokader_lint.report.links import words
from algokader_lint.report.links.groups import Group, groups, laws
from algokader_lint.report.text import Style, printable, quiet, shown_path, wrapped

_MANY = 5
"""More addresses of a kind than this are cut short."""
_FEW = 3
"""How many are shown then; and how many places of an address."""
_LONGEST = 500
"""How much of an address is shown, in characters."""


def render_console(report: LinkReport, style: Style, columns: int, messages: Messages, *, everything: bool) -> str:
    """The report as lines of text.

    ``columns`` is the width of the terminal: sentences keep to it; addresses and places do not, for they are there to
    be copied. What is only counted is listed as well when ``everything`` is.
    """
    printer = _Printer(report, style, columns, messages, everything)
    return "".join(f"{quiet(line)}\n" for line in printer.lines())


class _Printer:
    def __init__(self, report: LinkReport, style: Style, columns: int, messages: Messages, everything: bool) -> None:
        self.report = report
        self.style = style
        self.columns = columns
        self.messages = messages
        self.everything = everything

    def lines(self) -> Iterator[str]:
        found = groups(self.report)
        for group in found:
            if group.listed or self.everything:
                yield from self._group(group)
        yield from self._laws()
        yield from self._footer(found)

    def _group(self, group: Group) -> Iterator[str]:
        heading = words.verdict(group.kind, len(group.entries), self.messages)
        if group.severity is not None:
            label = f"{self.messages(f'severity.{group.severity}')}[{printable(group.code)}]"
            yield f"{self.style(group.severity, label)} {self.style('bold', heading)}"
        else:
            yield self.style("bold", heading)
        if not group.listed:
            yield from wrapped(words.remark(group, self.messages), self.columns)
        if group.address:
            yield f"  {self.messages('frame.page')}: {self.style('dim', printable(group.address))}"
        for advice in group.advice:
            yield from wrapped(f"{self.messages('frame.help')}: {advice}", self.columns)
        yield ""
        told = set(group.advice)
        shown = group.entries[: self._limit(_FEW if len(group.entries) > _MANY else _MANY)]
        for entry in shown:
            yield from self._entry(entry, told)
            yield ""
        if len(shown) < len(group.entries):
            yield from (f"  {self._more(len(group.entries) - len(shown))}", "")

    def _entry(self, entry: LinkReportEntry, told: set[str]) -> Iterator[str]:
        """The lines of one address; advice that was ``told`` before under the same heading is not given again."""
        messages, answer = self.messages, entry.answer
        yield f"  {self.style('bold', _address(entry.url))}"
        number = messages.count("links.places", len(entry.places))
        what = (words.explanation(entry, messages), words.seen(answer, messages), number)
        yield from wrapped(" · ".join(filter(None, what)), self.columns, "    ")
        if answer.moved_to:
            yield f"    → {self.style('good', _address(answer.moved_to))}"
        elif words.leads_to(entry):
            yield f"    {messages('links.ends_at', url=_address(words.leads_to(entry)))}"
        yield from self._places(entry.places)
        for advice in entry.help:
            if advice not in told:
                yield from wrapped(f"{messages('frame.help')}: {advice}", self.columns, "    ")
        told.update(entry.help)

    def _places(self, places: Sequence[LinkPlace]) -> Iterator[str]:
        shown = sorted(places)
        if len(shown) > _FEW + 1:  # the line that counts one is as long as the one
            shown = shown[: self._limit(_FEW)]
        for place in shown:
            where = f"{shown_path(place.file)}:{place.line}:{place.column}"
            section = f" ({printable(place.section)})" if place.section else ""
            yield f"      {self.style('place', where)}{section}"
        if len(shown) < len(places):
            yield f"      {self._more(len(places) - len(shown))}"

    def _laws(self) -> Iterator[str]:
        """Laws as they were on a day, some of them; with all their places when everything is asked for."""
        found = laws(self.report)
        if not found:
            return
        messages, number = self.messages, len(self.report.dated)
        addresses = messages.count("links.addresses", number)
        yield self.style("bold", messages("dated.title", addresses=addresses))
        yield from wrapped(messages("dated.note"), self.columns)
        yield ""
        room = number if self.everything else _MANY
        for law, references in found:
            if room > 0:
                yield f"  {self.style('bold', printable(law))}"
                yield from chain.from_iterable(map(self._reference, references[:room]))
                yield ""
            room -= len(references)
        if room < 0:
            yield from (f"  {self._more(-room)}", "")

    def _reference(self, reference: DatedReference) -> Iterator[str]:
        messages = self.messages
        places = messages.count("links.places", len(reference.places))
        old = words.age(reference.day, self.report.day, messages)
        yield f"    {messages('dated.row', day=reference.day, age=old, places=places)}"
        yield f"      {_address(reference.url)}"
        yield f"      → {self.style('good', _address(reference.undated))}"
        if self.everything:
            yield from self._places(reference.places)

    def _footer(self, found: Sequence[Group]) -> Iterator[str]:
        """What a reader must know of the run, how bad it is, and what to do."""
        report, messages = self.report, self.messages
        for text in words.circumstances(report, messages):
            yield from (self.style("warning", line) for line in wrapped(text, self.columns, ""))
        headline = words.headline(report, messages)
        look = headline.severity or ("good" if report.entries else "bold")
        yield from (self.style(look, line) for line in wrapped(words.sentence(headline.text), self.columns, ""))
        if not report.entries:
            return
        told_above = [group for group in found if group.listed or group.kind == "ok" or self.everything]
        if told_above:
            yield from wrapped(words.tally(told_above, messages), self.columns)
        for group in found:
            if group not in told_above:
                yield from wrapped(words.remark(group, messages), self.columns)
        yield from wrapped(words.run(report, messages), self.columns)
        if words.can_be_rewritten(report):
            yield from wrapped(messages("links.fix", command=words.FIX), self.columns, "")

    def _limit(self, number: int) -> int | None:
        return None if self.everything else number

    def _more(self, number: int) -> str:
        return self.style("dim", self.messages("links.more", n=number))


def _address(url: str) -> str:
    """An address on one line; one that is longer than people make them is cut."""
    shown = printable(url[: _LONGEST + 1])
    return shown if len(url) <= _LONGEST else f"{shown[:_LONGEST]}…"
