"""Checks on links that are written wrongly: a reader sees their brackets, and nothing to follow."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from algokader_lint.checks.options import NoOptions
from algokader_lint.content.appended import SNIPPET, appended_labels
from algokader_lint.content.bracket_pairs import BracketPairs, bracket_pairs
from algokader_lint.content.markdown import Link
from algokader_lint.content.page import Page
from algokader_lint.content.site import Site
from algokader_lint.content.source import Span
from algokader_lint.content.targets import file_named
from algokader_lint.content.visible import MASK, Visible, visible_texts
from algokader_lint.finding import Finding, Fix, Suggestion
from algokader_lint.fix import Edit
from algokader_lint.nearest import nearest

_SUSPECT = re.compile(r"\][ \t\n]{0,3}\(|\](?:[ \t]{0,3}\n|https?:)|\)\[|\]\[|\([ \t]{0,3}https?:")
"""What there is in each text that holds a broken link: most texts are done with that."""
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>\"'\[\]\0]+")
_AS_ADDRESS = re.compile(r"https?://|mailto:|www\.\w")
_WORDS = re.compile(r"[^\W\d_]{2}")
_GAP = re.compile(r"(?:[ \t]{1,3}|[ \t]{0,3}\n{1,200})(?=\()")
_WITHOUT_BRACKET = re.compile(r"\[(?P<label>[^\[\]()\0\n]{1,200})\((?P<target>https?://[^\s()\0]{1,2000})\)")
_FAR = re.compile(r"[^\[\]()\0\n]{0,40}\w\([ \t]{0,3}https?://[^\s()\0]{1,2000}[ \t]{0,3}\)")
_GLUED = re.compile(r"https?://[^\s\[\]\0]{1,2000}")
_UNCLOSED = re.compile(r"https?://[^\s()<>\"'\[\]\0]{1,2000}")
_BEHIND_ADDRESS = ".,;:!?*_'\"…"
_INNER_LINK = re.compile(r"\[[^\[\]]{0,500}\]\((?P<target>[^\s()\[\]]{1,2000})\)")

_NO_VALUES: Mapping[str, str] = MappingProxyType({})
_SHORT = 300
_LONG = 2000
"""Longest text and longest target that are looked at, in characters."""
_MOST_LABELS = 200
"""Of how many labels one is looked for that is near: nobody writes more on a page, and each unknown one is compared."""


def link_markup(site: Site, page: Page, options: NoOptions) -> Iterator[Finding]:
    """No brackets of a link are left visible, and none is written into the target of another."""
    links = [link for link in page.body.links if link.kind == "link"]
    starts = [link.span.start for link in links]
    for visible in visible_texts(site, page):
        if _SUSPECT.search(visible.text):
            yield from _Reading(site, page, visible, bracket_pairs(visible.text), links, starts).findings()
    yield from (_doubled(link) for link in links if "](" in link.target)


def _doubled(link: Link) -> Finding:
    """For a link in the parentheses of another: the inner one has the target."""
    inner = _INNER_LINK.fullmatch(link.target)
    edit = None if inner is None else Edit(link.target_span, inner["target"])
    return Finding(
        span=link.target_span,
        variant="doubled",
        values={"value": link.target},
        fix=None if edit is None else Fix((edit,), safe=False),
    )


@dataclass(frozen=True)
class _Reading:
    """One running text, and what its visible brackets were meant as."""

    site: Site
    page: Page
    visible: Visible
    pairs: BracketPairs
    links: Sequence[Link]
    link_starts: Sequence[int]

    @property
    def text(self) -> str:
        return self.visible.text

    def findings(self) -> Iterator[Finding]:
        done = 0
        for at, mark in self.pairs.marks:
            if self.pairs.start.get(at, at) < done:
                continue
            finding = self._at(at, mark)
            if finding is not None:
                yield finding
                done = finding.span.end - self.visible.start

    def _at(self, at: int, mark: str) -> Finding | None:
        if mark == "]":
            return self._behind_label(at)
        if mark == ")" and self.text.startswith("[", at + 1):
            return self._reversed(at)
        if mark == "[" and at not in self.pairs.end:
            return self._without_bracket(at)
        return None

    def _behind_label(self, at: int) -> Finding | None:
        if self.text.startswith("(", at + 1):
            return self._joined(at)
        start = self.pairs.start.get(at)
        if start is None:
            return None
        if self.text.startswith("[", at + 1):
            return self._unknown_label(start, at)
        return self._spaced(start, at) or self._apart(start, at)

    def _joined(self, at: int) -> Finding | None:
        """``](`` that is shown: the link around it is not one."""
        start, end = self.pairs.start.get(at), self.pairs.end.get(at + 1)
        if start is None:
            known = end is not None and self._leads_somewhere(at + 2, end)
            return self._finding("unopened", at, (end or at) + 1) if known else None
        if at - start < _SHORT and not self.text[start + 1 : at].strip():
            return None  # the box of a task, or a link without a text
        if self.text.startswith("^", start + 1):
            return None  # a note, with something between parentheses behind it
        if self._in_label(start):
            return self._finding("nested", start, (end or at + 1) + 1)
        inner = self._link_at(at + 2)
        if inner is not None:
            return self._doubled(start, at, inner)
        return self._unclosed(start, at) if end is None else self._finding("", start, end + 1)

    def _unclosed(self, start: int, at: int) -> Finding:
        """Without ``)``. An address that is followed by a space or nothing ends there."""
        address = _UNCLOSED.match(self.text, at + 2)
        if address is None:
            return self._finding("unclosed", start, at + 2)
        ends = address[0][-1] not in _BEHIND_ADDRESS and not self.text[address.end() : address.end() + 1].strip()
        edits = (Edit(self._place(address.end()), ")"),) if ends else ()
        return self._finding("unclosed", start, address.end(), edits, safe=False)

    def _doubled(self, start: int, at: int, inner: Link) -> Finding:
        """``[x]([y](target)``, in which the inner link is the one that works."""
        end = inner.span.end - self.visible.start
        behind = end + (1 if self.text.startswith(")", end) and self.pairs.start.get(end) == at + 1 else 0)
        whole = _INNER_LINK.fullmatch(self.page.source.slice(inner.span))
        edits = () if whole is None else (Edit(self.visible.span(at + 2, behind), f"{whole['target']})"),)
        return self._finding("doubled", start, behind, edits, safe=False)

    def _spaced(self, start: int, at: int) -> Finding | None:
        """``[text] (target)``."""
        gap = _GAP.match(self.text, at + 1)
        end = None if gap is None else self.pairs.end.get(gap.end())
        if gap is None or end is None or not self._is_label(start, at):
            return None
        if not self._leads_somewhere(gap.end() + 1, end):
            return None
        plain = self.text.find(MASK, start, at) < 0 and self.text[start - 1 : start] != "!"
        edits = (Edit(self.visible.span(at + 1, gap.end()), ""),) if plain else ()
        return self._finding("spaced", start, end + 1, edits, safe=True)

    def _apart(self, start: int, at: int) -> Finding | None:
        """An address that stands right behind ``[text]``, or has its parenthesis grown to a word further on."""
        found = _GLUED.match(self.text, at + 1) or _FAR.match(self.text, at + 1)
        if found is None or not self._is_label(start, at):
            return None
        return self._finding("apart", start, found.end())

    def _unknown_label(self, start: int, at: int) -> Finding | None:
        """``[text][label]`` and ``[label][]``, of which no definition on the page has the label."""
        end = self.pairs.end.get(at + 1)
        if end is None or not self._is_label(start, at) or self.text[start - 1 : start].isalnum():
            return None
        if end - at > _SHORT or at - start > _SHORT or SNIPPET in self.page.source.text:
            return None
        label = self.text[at + 2 : end]
        if self._leads_somewhere(at + 2, end):
            return self._finding("bracketed", start, end + 1, self._as_target(start, at, end), safe=True)
        if _AS_ADDRESS.match(label):
            return self._finding("bracketed", start, end + 1)
        if label and (_WORDS.search(label) is None or label.startswith("^") or MASK in label):
            return None
        named = self.visible.span(*((at + 2, end) if label else (start + 1, at)))
        name = " ".join(self.page.source.slice(named).split())
        elsewhere = appended_labels(self.site)
        if elsewhere is None or name.lower() in elsewhere:
            return None
        labels = self.page.body.labels | elsewhere
        near = nearest(name.lower(), sorted(labels)) if len(labels) <= _MOST_LABELS else []
        if near:
            guesses = tuple(Suggestion(guess) for guess in near)
            return Finding(span=named, variant="misspelt-label", values={"label": name}, suggestions=guesses)
        return self._finding("unknown-label", start, end + 1, values={"label": name})

    def _as_target(self, start: int, at: int, end: int) -> tuple[Edit, ...]:
        """Parentheses around what stands between the second brackets."""
        if MASK in self.text[start:end] or self.text[start - 1 : start] == "!":
            return ()
        return Edit(self.visible.span(at + 1, at + 2), "("), Edit(self.visible.span(end, end + 1), ")")

    def _reversed(self, at: int) -> Finding | None:
        """``(text)[target]``."""
        start, end = self.pairs.start.get(at), self.pairs.end.get(at + 1)
        if start is None or end is None or not self._leads_somewhere(at + 2, end):
            return None
        label = self.text[start + 1 : min(at, start + _LONG)]
        if not label.strip():
            return None
        edits: tuple[Edit, ...] = ()
        if at - start < _LONG and not set(MASK + "[]") & set(label) and self.text[start - 1 : start] not in ("!", "]"):
            spans = [self.visible.span(*place) for place in ((start, start + 1), (at, at + 2), (end, end + 1))]
            edits = tuple(Edit(span, text) for span, text in zip(spans, ("[", "](", ")"), strict=True))
        return self._finding("reversed", start, end + 1, edits, safe=True)

    def _without_bracket(self, at: int) -> Finding | None:
        """``[text(target)``."""
        found = _WITHOUT_BRACKET.match(self.text, at)
        if found is None:
            return None
        edits = () if found["label"].endswith(" ") else (Edit(self._place(found.start("target") - 1), "]"),)
        return self._finding("unended", at, found.end(), edits, safe=False)

    def _is_label(self, start: int, at: int) -> bool:
        """Whether what stands between brackets can be the text of a link: a number, dots, a box or a note cannot."""
        if at - start > _LONG or self.text.startswith("^", start + 1):
            return False
        label = self.visible.span(start + 1, at)  # as written: code and images are a text too
        return _WORDS.search(self.page.source.text, label.start, label.end) is not None

    def _leads_somewhere(self, start: int, end: int) -> bool:
        """Whether a part of the text is an address on the web, of mail, or the path of a file of this site."""
        target = self.text[start : min(end, start + _LONG)]
        if _ADDRESS.fullmatch(target):
            return True
        if end - start >= _LONG or MASK in target or "\n" in target or target.startswith("/"):
            return False
        return file_named(self.site, self.page, target) is not None

    def _link_at(self, at: int) -> Link | None:
        """The link that begins here."""
        link = self._last_link(at)
        return link if link is not None and link.span.start == self.visible.start + at else None

    def _in_label(self, at: int) -> bool:
        """Whether this is a part of the text of a link."""
        link = self._last_link(at)
        return link is not None and link.text_span.covers(self._place(at))

    def _last_link(self, at: int) -> Link | None:
        index = bisect_right(self.link_starts, self.visible.start + at) - 1
        return self.links[index] if index >= 0 else None

    def _place(self, at: int) -> Span:
        return self.visible.span(at, at)

    def _finding(
        self,
        variant: str,
        start: int,
        end: int,
        edits: tuple[Edit, ...] = (),
        *,
        safe: bool = False,
        values: Mapping[str, str] = _NO_VALUES,
    ) -> Finding:
        span = self.visible.span(start, end)
        if edits and self._in_label(start):
            edits = ()  # no brackets make a link in the text of another
        return Finding(
            span=span,
            variant=variant,
            values={"value": " ".join(self.page.source.slice(span)[:_SHORT].split()), **values},
            fix=Fix(edits, safe) if edits else None,
        )
