"""What coverage is called in sentences, whatever the form they end up in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from algokader_lint.coverage.document import PageRow, References, State, percentage
from algokader_lint.coverage.outcome import Labels, Noun, Outcome
from algokader_lint.coverage.summary import CoverageSummary
from algokader_lint.messages import Messages

_SHORT_RUN = 2


def noun(word: Noun, number: int) -> str:
    """The word for one or for many."""
    return word.one if number == 1 else word.many


def state(value: State, labels: Labels, messages: Messages) -> str:
    """What a state is called."""
    return messages(f"coverage.state.{value}", bulk=labels.bulk.one)


def share(part: int, whole: int, messages: Messages) -> str:
    """A part with its numerator and denominator; of nothing, that it does not apply."""
    number = percentage(part, whole)
    if number is None:
        return messages("cover.nothing")
    text = f"{number:g}"
    decimal = text.replace(".", ",") if messages.language == "nl" else text
    return messages("cover.percentage", percentage=decimal, part=part, whole=whole)


def headline(found: CoverageSummary, messages: Messages) -> str:
    """How many are mentioned, and how many of these worked out: never one number alone."""
    word = found.labels.types[found.target]
    if found.total == 0:
        return messages("coverage.nothing", targets=word.many)
    text = messages(
        "coverage.headline",
        mentioned=found.specific + found.bulk_only,
        total=found.total - found.waived,
        targets=noun(word, found.total - found.waived),
        specific=found.specific,
    )
    return text + (messages("coverage.headline_waived", n=found.waived) if found.waived else "")


def references(found: References, labels: Labels, messages: Messages) -> str:
    """What stands in a column of references: how many, and what is wrong with them."""
    number = str(found.ok)
    if found.bulk:
        number = messages("cover.measures.bulk", n=found.ok, bulk=labels.bulk.one)
    broken = messages("cover.measures.dangling", values=", ".join(found.dangling)) if found.dangling else ""
    if not found.ok:
        return broken or messages("cover.measures.missing")
    return f"{number}; {broken}" if broken else number


def sources(row: PageRow, messages: Messages) -> str:
    """What stands in the column of sources: how many of which kind, and whether its addresses were seen to work."""
    found = row.sources
    if found.declared_none:
        return messages("cover.measures.declared")
    kinds = {"external": found.external, "internal": found.internal, "codes": found.codes}
    named = ", ".join(messages(f"cover.measures.{kind}", n=number) for kind, number in kinds.items() if number)
    if not named:
        return messages("cover.measures.no_source")
    checked = verdicts(row, messages)
    return f"{named}; {checked}" if checked else named


def verdicts(row: PageRow, messages: Messages) -> str:
    """What is known of the addresses of a page; empty when it has none."""
    found = row.sources
    if not found.external:
        return ""
    if found.unchecked == found.external:
        return messages("cover.measures.unchecked")
    bad = {"dead": found.dead, "suspect": found.suspect, "not_known": found.unknown, "unchecked_some": found.unchecked}
    told = [messages(f"cover.measures.{kind}", n=number) for kind, number in bad.items() if number]
    if found.checked_at is not None:
        told.append(messages("cover.measures.checked", day=found.checked_at))
    return ", ".join(told)


def runs(codes: Sequence[tuple[str, bool]], messages: Messages) -> str:
    """The codes that are told with True, in their order; of three or more of a series only the first and the last."""
    told: list[str] = []
    for (_, wanted), group in groupby(codes, key=lambda item: (item[0].rpartition(".")[0], item[1])):
        run = [code for code, _ in group]
        if wanted and len(run) > _SHORT_RUN:
            told.append(messages("cover.frameworks.run", first=run[0], last=run[-1]))
        elif wanted:
            told += run
    return ", ".join(told)


def key_label(group: str, key: str, labels: Labels, messages: Messages) -> str:
    """What a key of a group is called."""
    if not key:
        return messages("cover.unknown")
    return labels.keys.get(group, {}).get(key, key)


def revision(outcome: Outcome, messages: Messages) -> str:
    """Which state of the site this is."""
    name = outcome.coverage.revision
    if name is None:
        words = messages("cover.no_git")
    else:
        words = f"{outcome.revision_label} ({name[:12]})" if outcome.revision_label else name[:12]
    text = messages("cover.state_of", day=outcome.day, revision=words)
    return text + (messages("cover.modified") if outcome.modified else "")
