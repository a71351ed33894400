"""Links to where the repository can be seen, and where a page can be written."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from algokader_lint.coverage.document import DraftPage
from algokader_lint.coverage.outcome import Host, Outcome

_LONGEST = 8000
"""GitHub answers 414 to an address of more than 8191 bytes (github/docs, pull request 4537)."""
_MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses at the host; empty ones when it is not known, or not one of https."""

    host: Host | None
    revision: str | None

    @classmethod
    def of(cls, outcome: Outcome) -> Links:
        """The links of a report."""
        host = outcome.host
        return cls(
            host if host is not None and host.address.startswith("https://") else None, outcome.coverage.revision
        )

    def file(self, file: str, line: int = 0) -> str:
        """Where a file can be read as it was, at a line that counts from 1; 0 is the file as a whole.

        Markdown has lines only in its plain form (GitHub, "Creating a permanent link to a code snippet").
        """
        if self.host is None or self.revision is None:
            return ""
        plain = "?plain=1" if file.endswith(_MARKDOWN) else ""
        place = f"{plain}#L{line}" if line else ""
        return f"{self.host.address}/blob/{quote(self.revision, safe='')}/{quote(file)}{place}"

    def new_page(self, draft: DraftPage) -> str:
        """Where a page can be written, with its text when the address does not get too long by it."""
        if self.host is None:
            return ""
        start = f"{self.host.address}/new/{quote(self.host.branch, safe='')}?filename={quote(draft.file, safe='')}"
        whole = f"{start}&value={quote(draft.text, safe='')}"
        return whole if len(whole) <= _LONGEST else start
