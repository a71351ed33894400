"""Numbers that were never given out: not on the site, not in a release, not among the retired ids."""

from __future__ import annotations

import re
from functools import partial

from algokader_lint.content.site import Site
from algokader_lint.knowledge import FieldSpec

_LAST_NUMBER = re.compile(r"(?P<series>[\w:.-]*?)(?P<number>\d+)")
_VALUE_LIMIT = 100


def free_value(site: Site, name: str, spec: FieldSpec, value: str) -> str | None:
    """The value with the next number in its series that no page and no tagged release has; None when not known."""
    match = _LAST_NUMBER.fullmatch(value[:_VALUE_LIMIT])
    if match is None or spec.pattern is None or not re.fullmatch(spec.pattern, value[:_VALUE_LIMIT]):
        return None
    series, width = match["series"], len(match["number"])
    highest = site.once(("highest", name, series), partial(_highest_number, site, name, series))
    free = f"{series}{highest + 1:0{width}d}" if highest is not None else ""
    return free if re.fullmatch(spec.pattern, free) else None


def _highest_number(site: Site, name: str, series: str) -> int | None:
    """The highest number of a series on the site, in tagged releases and among retired ids."""
    beginning = series[: series.rfind(":") + 1] or series  # one search of the past serves all its series
    past = site.once(("past", beginning), partial(site.tree.past_words, beginning, ".md"))
    if past is None:
        return None
    here = (page.front_matter.text(name) or "" for page in site.pages)
    retired = (entry.id for entry in site.retired.entries)
    known = {text for some in (here, past, retired) for text in some if _numbered(series, text)}
    return max((int(text[len(series) :]) for text in known), default=0)


def _numbered(series: str, text: str) -> bool:
    return re.fullmatch(re.escape(series) + r"\d{1,9}", text) is not None
