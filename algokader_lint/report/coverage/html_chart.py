"""The line chart of releases: where its lines, points and words go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 760, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 210, 20, 46
_MARGIN = 40
"""From the axes to the first and the last dot."""
_APART = 17
"""How far apart words are, from line to line."""
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at a place in the drawing; ``below`` tells on which side of the dot its figure goes."""

    x: float
    y: float
    value: int
    below: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line through dots; ``label`` stands at its end, at the height ``label_y``."""

    name: str
    label: str
    dots: tuple[Dot, ...]
    label_y: float

    @property
    def points(self) -> str:
        """As SVG has them."""
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Tick:
    """A word at an axis: ``at`` is its place along it."""

    at: float
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of ``width`` by ``height``; ``left`` to ``right`` and ``top`` to ``bottom`` is what the axes span."""

    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


def chart_of(series: Sequence[tuple[str, str, Sequence[int]]], ticks: Sequence[tuple[str, str]]) -> Chart:
    """A chart of series: a name, a label, and a value for every tick. Values are 0 or more."""
    highest = max((value for _, _, values in series for value in values), default=0)
    step = next((step for step in _STEPS if highest <= 5 * step), _STEPS[-1])
    top = max(step, -(-highest // step) * step)
    start, space = _LEFT + _MARGIN, WIDTH - _LEFT - _RIGHT - 2 * _MARGIN
    places = [start + space * index / max(1, len(ticks) - 1) for index in range(len(ticks))]

    def height(value: int) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / top, 1)

    all_values = [values for _, _, values in series]
    ends = _spread([height(values[-1]) for _, _, values in series])
    lines = tuple(
        Line(name, label, tuple(_dots(values, all_values, places, height)), end)
        for (name, label, values), end in zip(series, ends, strict=True)
    )
    across = tuple(Tick(round(place, 1), name, day) for place, (name, day) in zip(places, ticks, strict=True))
    return Chart(lines, across, tuple(Tick(height(value), str(value)) for value in range(0, top + 1, step)))


def _dots(
    values: Sequence[int], all_values: Sequence[Sequence[int]], places: Sequence[float], height: Callable[[int], float]
) -> Iterator[Dot]:
    """The dots of one series; a figure goes below its dot when another dot is close above it."""
    for index, (value, place) in enumerate(zip(values, places, strict=True)):
        here, others = height(value), [height(other[index]) for other in all_values]
        yield Dot(round(place, 1), here, value, any(0 < here - other < 2 * _APART for other in others))


def _spread(heights: Sequence[float]) -> list[float]:
    """Heights as near as can be to those given, and so far apart that words at them can be read."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    found = list(heights)
    for above, below in pairwise(order):
        found[below] = max(found[below], found[above] + _APART)
    return found
