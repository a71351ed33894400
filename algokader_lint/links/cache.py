"""What earlier runs found, in one SQLite file: readable after a crash, and shared by runs at the same time.

Verdicts are kept for as long as their kind tends to hold. Trouble that passes is no verdict: it is counted, and what
was known stays. The file is not trusted: whatever is in it that this module did not write is left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from algokader_lint.links.answer import REASONS, Answer, Hop, PageAnswer, VerdictName

_VERSION = 1
"""Of the tables; a file with another is begun anew."""
_APPLICATION = 0x414B4C43
"""Marks the file as one of ours (``PRAGMA application_id``): "AKLC"."""
_FIRST_BYTES = b"SQLite format 3\0"
_BUSY_SECONDS = 10.0
_MOST_ASIDE = 20
"""Files that are put aside before a person must look."""

_DAYS: Mapping[VerdictName, int] = {
    "ok": 14,
    "moved": 14,
    "fragment": 14,
    "suspect": 7,
    "blocked": 7,
    "tls": 1,
    "unsafe": 1,
    "dead": 1,
}
"""How long verdicts hold. Those of other kinds are not kept."""
_SPREAD = 0.25
"""Part of the longer times that is taken off by the name of the address, so that not all end on one day."""
_NOT_KEPT = frozenset({"left-alone"})
_NOT_WRITTEN_HERE = (sqlite3.Error, ValueError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What reading a row comes to that something else put there: the wrong types, times of no year, JSON without end."""
_CLOCKS_DIFFER = timedelta(days=1)

_TABLES = """
CREATE TABLE answers (
  url TEXT PRIMARY KEY NOT NULL,
  verdict TEXT, reason TEXT, status INTEGER, detail TEXT, final_url TEXT, moved_to TEXT, hops TEXT,
  checked INTEGER, expires INTEGER, fragments TEXT,
  failures INTEGER NOT NULL DEFAULT 0, failing_days INTEGER NOT NULL DEFAULT 0,
  first_failure INTEGER, last_failure INTEGER
) WITHOUT ROWID;
"""
_COLUMNS = (
    "verdict reason status detail final_url moved_to hops checked expires fragments failing_days last_failure"
).split()
_KEEP = """
INSERT INTO answers (url, verdict, reason, status, detail, final_url, moved_to, hops, checked, expires, fragments)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET
  verdict = excluded.verdict, reason = excluded.reason, status = excluded.status, detail = excluded.detail,
  final_url = excluded.final_url, moved_to = excluded.moved_to, hops = excluded.hops, checked = excluded.checked,
  expires = excluded.expires, fragments = excluded.fragments,
  failures = 0, failing_days = 0, first_failure = NULL, last_failure = NULL
"""
_COUNT = """
INSERT INTO answers (url, failures, failing_days, first_failure, last_failure) VALUES (?1, 1, 1, ?2, ?2)
ON CONFLICT (url) DO UPDATE SET
  failures = failures + 1,
  failing_days = failing_days + (last_failure IS NULL OR last_failure / 86400 < ?2 / 86400),
  first_failure = coalesce(first_failure, ?2), last_failure = ?2
RETURNING failing_days
"""


class CannotUse(Exception):
    """There is no cache at this place, and none can be made; the message is why, in the words of the system."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the cache has of an address. ``last_check`` orders addresses by how long ago they were looked at."""

    answer: PageAnswer | None
    failing_days: int
    last_check: float


class Cache:
    """The cache, open. All its errors after opening are taken for its being empty: it is only a help."""

    def __init__(self, connection: sqlite3.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable

    def known(self, key: str, now: datetime) -> Known | None:
        """What is known of the address with this key; None for nothing. An answer that no longer holds is ``stale``."""
        query = f"SELECT {', '.join(_COLUMNS)} FROM answers WHERE url = ?"  # noqa: S608 - constants
        try:
            row = self._connection.execute(query, (key,)).fetchone()
            return None if row is None else _known(dict(zip(_COLUMNS, row, strict=True)), now)
        except _NOT_WRITTEN_HERE:
            return None

    def keep(self, key: str, found: PageAnswer) -> int:
        """Keep an answer, or count that there was none; the days in a row on which there was none."""
        answer = found.answer
        if answer.checked_at is None or not self._writable or answer.reason in _NOT_KEPT:
            return 0
        checked = int(answer.checked_at.timestamp())
        try:
            if answer.verdict not in _DAYS:
                row = self._connection.execute(_COUNT, (key, checked)).fetchone()
                return int(row[0])
            self._connection.execute(_KEEP, (key, *_row(key, found, checked)))
        except (sqlite3.Error, UnicodeError):  # half a character, in what a server sent, cannot be written
            pass
        return 0


def default_place(environment: Mapping[str, str]) -> Path:
    """Where the cache is when nobody says where: in the reader's own folder, for one in a repository can be planted."""
    base = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA") or "~/.cache"
    return Path(base).expanduser() / "algokader-lint" / "links.sqlite3"


def open_for_reading(file: Path) -> Cache | None:
    """The cache as it is; None when there is none that can be read."""
    if not file.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
    except sqlite3.Error:
        return None
    with suppress(sqlite3.Error):
        if _is_ours(connection):
            return Cache(connection, writable=False)
    connection.close()
    return None


def open_for_writing(file: Path) -> tuple[Cache, Path | None]:
    """The cache; and where a file was put aside that could not be used, for who knows what it was.

    Raises CannotUse.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = _put_aside(file) if file.exists() and not _usable(file) else None
        connection = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
        _prepare(connection)
    except (OSError, sqlite3.Error) as error:
        raise CannotUse(getattr(error, "strerror", None) or str(error)) from None
    return Cache(connection, writable=True), aside


def _prepare(connection: sqlite3.Connection) -> None:
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")  # two runs may find it empty at the same moment
    try:
        if not _has_tables(connection):
            connection.execute(_TABLES)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Of two runs that make the file, one is refused this at once: for it SQLite does not wait."""
    end = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those of this version, and sound. Raises sqlite3.Error when it cannot be told."""
    connection.execute("PRAGMA trusted_schema = OFF")
    marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    columns = {row[1] for row in connection.execute("PRAGMA table_info(answers)")}
    ours = marks == [_APPLICATION, _VERSION] and columns.issuperset(_COLUMNS)
    return ours and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None


def _usable(file: Path) -> bool:
    """Whether a file is a cache, or empty. Raises OSError or sqlite3.OperationalError when it cannot be told."""
    if file.is_file() and file.stat().st_size and not _begins_as_a_database(file):
        return False  # SQLite takes a small file of anything for an empty database, and writes over it
    try:
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as connection:
            return _is_ours(connection) or not _has_tables(connection)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def _begins_as_a_database(file: Path) -> bool:
    with file.open("rb") as start:
        return start.read(len(_FIRST_BYTES)) == _FIRST_BYTES


def _put_aside(file: Path) -> Path:
    """Give a file, and what SQLite wrote beside it, names that nothing has: who knows what it is worth to somebody."""
    names = (f"{file.name}.unusable{number}" for number in ("", *(f"-{n}" for n in range(2, _MOST_ASIDE + 1))))
    aside = next((place for name in names if not os.path.lexists(place := file.with_name(name))), None)
    if aside is None:
        raise CannotUse(f"{file.name}.unusable-{_MOST_ASIDE}")
    os.replace(file, aside)
    for beside in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.replace(f"{file}{beside}", f"{aside}{beside}")
    return aside


def _row(key: str, found: PageAnswer, checked: int) -> tuple[Any, ...]:
    answer = found.answer
    hops = json.dumps([[hop.url, hop.status] for hop in answer.hops])
    return (
        answer.verdict,
        answer.reason,
        answer.status,
        answer.detail,
        answer.final_url,
        answer.moved_to,
        hops,
        checked,
        checked + int(_holds(key, answer.verdict).total_seconds()),
        json.dumps(dict(found.fragments)),
    )


def _holds(key: str, verdict: VerdictName) -> timedelta:
    """How long a verdict on the address with this key holds."""
    days = _DAYS[verdict]
    part = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) / 2**32
    return timedelta(days=days * (1 - _SPREAD * part) if days > 1 else days)


def _known(row: Mapping[str, Any], now: datetime) -> Known:
    """Raises one of _NOT_WRITTEN_HERE for what this module did not write."""
    failing_days = int(row["failing_days"])
    last_failure = float(row["last_failure"] or 0)
    if row["verdict"] is None:
        return Known(None, failing_days, last_failure)
    if row["verdict"] not in _DAYS or row["reason"] not in REASONS:
        raise ValueError("no verdict")
    checked = float(row["checked"])
    answer = Answer(
        verdict=row["verdict"],
        reason=row["reason"],
        status=None if row["status"] is None else int(row["status"]),
        detail=_text(row["detail"]),
        final_url=_text(row["final_url"]),
        moved_to=_text(row["moved_to"]),
        hops=tuple(Hop(_text(url), int(status)) for url, status in json.loads(row["hops"])),
        checked_at=datetime.fromtimestamp(checked, UTC),
        cached=True,
        stale=_ends(row) < now.timestamp() or checked > (now + _CLOCKS_DIFFER).timestamp(),
        failing_days=failing_days,
    )
    fragments = {_text(name): bool(there) for name, there in json.loads(row["fragments"]).items()}
    return Known(PageAnswer(answer, fragments), failing_days, max(checked, last_failure))


def _ends(row: Mapping[str, Any]) -> float:
    """When a verdict no longer holds: no later than its kind ever does, whatever the file says."""
    longest = timedelta(days=_DAYS[row["verdict"]]).total_seconds()
    return min(float(row["expires"]), float(row["checked"]) + longest)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
