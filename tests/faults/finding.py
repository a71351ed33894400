"""Puts faults into the pages of a site and tells what was missed.

A site is judged for many faults at once, one on each page; where more is found than the pages with faults account for,
the faults are divided, down to one by one.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from algokader_lint.engine.judging import Judged
from tests.faults.ground import Ground, missed
from tests.faults.model import Changed, Fault, Subject, unmarked

_CHOICE = 5
"""Pages more than are wanted, of which those are chosen."""
OF_OTHERS = "AK507"
"""A list is empty: what several faults together bring about, that each by itself does not."""


@dataclass(frozen=True)
class Trial:
    """A fault in a page."""

    fault: Fault
    subject: Subject
    changed: Changed


def trials_of(fault: Fault, subjects: Sequence[Subject]) -> Iterator[Trial]:
    """The fault in each page where it can be put."""
    for subject in subjects:
        made = fault.on(subject)
        if made is not None:
            yield Trial(fault, subject, unmarked(made))


def some_of_each(faults: Sequence[Fault], subjects: Sequence[Subject], count: int = 1) -> list[Trial]:
    """Each fault in ``count`` pages, of those that come first from some place on the ones with fewest faults so far."""
    mixed = sorted(subjects, key=lambda subject: zlib.crc32(subject.path.encode()))
    chosen: list[Trial] = []
    load: Counter[str] = Counter()
    for fault in faults:
        start = zlib.crc32(fault.name.encode()) % max(len(mixed), 1)
        candidates = islice(trials_of(fault, [*mixed[start:], *mixed[:start]]), _CHOICE + count)
        for trial in sorted(candidates, key=lambda trial: load[trial.subject.path])[:count]:
            load[trial.subject.path] += 1
            chosen.append(trial)
    return chosen


def rounds(trials: Sequence[Trial]) -> list[list[Trial]]:
    """Trials that can be made at once: each page once in a round."""
    made: list[list[Trial]] = []
    used: list[set[str]] = []
    for trial in trials:
        number = next((n for n, paths in enumerate(used) if trial.subject.path not in paths), len(used))
        if number == len(used):
            made.append([])
            used.append(set())
        made[number].append(trial)
        used[number].add(trial.subject.path)
    return made


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: what is new, and what is not as it must be, empty when all is."""

    trial: Trial
    new: Sequence[Judged]
    missed: str


def outcomes(ground: Ground, trials: Sequence[Trial], *, whole: bool = True) -> list[Outcome]:
    """What came of each trial; ``whole``: whatever is told on other pages counts too."""
    if whole:
        return [item for some in rounds(trials) for item in _judged(ground, some)]
    found: list[Outcome] = []
    for some in rounds(trials):
        new = ground.new_there({trial.subject.path: trial.changed.text for trial in some})
        found += [_outcome(trial, new) for trial in some]
    return found


def _judged(ground: Ground, trials: Sequence[Trial]) -> list[Outcome]:
    new = ground.new({trial.subject.path: trial.changed.text for trial in trials})
    if len(trials) == 1:
        return [Outcome(trials[0], new, _missed(trials[0], new))]
    new = [item for item in new if item.problem.code != OF_OTHERS]
    if any(item.file.path not in {trial.subject.path for trial in trials} for item in new):
        half = len(trials) // 2
        return [*_judged(ground, trials[:half]), *_judged(ground, trials[half:])]
    # Where something is missed others may have a hand in it: such a fault is tried alone.
    found = [_outcome(trial, new) for trial in trials]
    return [item for one in found for item in ([one] if not one.missed else _judged(ground, [one.trial]))]


def _outcome(trial: Trial, new: Sequence[Judged]) -> Outcome:
    """What came of one of several faults: what is told on its page."""
    own = [item for item in new if item.file.path == trial.subject.path and item.problem.code != OF_OTHERS]
    return Outcome(trial, own, _missed(trial, own))


def _missed(trial: Trial, new: Sequence[Judged]) -> str:
    return missed(trial.subject.path, trial.fault.codes, trial.changed, new, trial.fault.more)
