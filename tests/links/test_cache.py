"""The cache of verdicts: what holds how long, and that nothing in the file can do harm or get lost."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from algokader_lint.links.answer import VERDICTS, Answer, Hop, PageAnswer, VerdictName
from algokader_lint.links.cache import Cache, CannotUse, open_for_reading, open_for_writing
from algokader_lint.links.guard import Guard
from algokader_lint.links.inquiry import Inquiry, Outcome
from algokader_lint.links.survey import Keep, Refusals, survey

KEY = "https://www.voorbeeld.example/pagina"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
KEPT: dict[VerdictName, int] = {
    "ok": 14, "moved": 14, "fragment": 14, "suspect": 7, "blocked": 7, "tls": 1, "unsafe": 1, "dead": 1
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kast" / "links.sqlite3"


def opened(file: Path) -> Cache:
    return open_for_writing(file)[0]


def answer(verdict: VerdictName = "ok", checked_at: datetime = NOW, **more: Any) -> PageAnswer:
    return PageAnswer(Answer(verdict=verdict, checked_at=checked_at, **more))


def failure(checked_at: datetime) -> PageAnswer:
    return answer("unknown", checked_at, reason="timeout")


def tampered(file: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement, values)


@pytest.mark.parametrize("verdict", KEPT)
def test_a_verdict_comes_back_as_it_was(file: Path, verdict: VerdictName) -> None:
    found = answer(
        verdict,
        reason="title",
        status=308,
        detail="Pagina 'niet' gevonden \u202e\U0001f600",
        final_url=f"{KEY}/eind",
        moved_to=f"{KEY}/nieuw",
        hops=(Hop(KEY, 308), Hop(f"{KEY}/eind", 200)),
    )
    opened(file).keep(KEY, PageAnswer(found.answer, {"een": True, "twee \u00e9": False}))
    cache = open_for_reading(file)
    assert cache is not None
    known = cache.known(KEY, NOW)
    assert known is not None
    assert known.answer is not None
    assert known.answer.fragments == {"een": True, "twee \u00e9": False}
    back = known.answer.answer
    assert (back.cached, back.stale, known.failing_days, known.last_check) == (True, False, 0, NOW.timestamp())
    assert replace(back, cached=False) == found.answer


def test_every_verdict_is_kept_or_is_known_not_to_be() -> None:
    assert set(VERDICTS) - set(KEPT) == {"unknown", "invalid"}


@pytest.mark.parametrize(("verdict", "days"), KEPT.items())
def test_how_long_a_verdict_holds(file: Path, verdict: VerdictName, days: int) -> None:
    cache = opened(file)
    keys = [f"{KEY}/{number}" for number in range(20)]

    def stale(after: timedelta) -> list[bool]:
        known = [cache.known(key, NOW + after) for key in keys]
        return [one.answer.answer.stale for one in known if one is not None and one.answer is not None]

    for key in keys:
        cache.keep(key, answer(verdict))
    least = days * (0.75 if days > 1 else 1) * DAY
    assert stale(least - timedelta(seconds=2)) == [False] * 20
    assert stale(days * DAY + timedelta(seconds=2)) == [True] * 20
    halfway = stale(days * 0.875 * DAY)
    assert (0 < sum(halfway) < 20) == (days > 1), "not all end on one day"
    for key in keys:
        cache.keep(key, answer(verdict))
    assert stale(days * 0.875 * DAY) == halfway, "the same for an address each time"


def test_trouble_that_passes_is_counted_by_the_day_and_takes_no_verdict_away(file: Path) -> None:
    cache = opened(file)
    cache.keep(KEY, answer("ok", NOW - 30 * DAY))
    moments = [NOW, NOW + timedelta(hours=1), NOW + DAY, NOW + 2 * DAY, NOW + 2 * DAY + timedelta(hours=2)]
    assert [cache.keep(KEY, failure(moment)) for moment in moments] == [1, 1, 2, 3, 3]
    known = cache.known(KEY, NOW)
    assert known is not None
    assert known.answer is not None
    assert (known.answer.answer.verdict, known.answer.answer.stale, known.failing_days) == ("ok", True, 3)
    assert known.last_check == moments[-1].timestamp()
    assert cache.keep(KEY, answer("dead", NOW + 3 * DAY)) == 0
    assert cache.keep(KEY, failure(NOW + 4 * DAY)) == 1, "a verdict begins the count anew"


def test_days_are_counted_without_any_verdict_too(file: Path) -> None:
    cache = opened(file)
    assert [cache.keep(KEY, failure(NOW + day * DAY)) for day in range(3)] == [1, 2, 3]
    known = cache.known(KEY, NOW)
    assert known is not None
    assert (known.answer, known.failing_days) == (None, 3)
    assert cache.known(f"{KEY}/anders", NOW) is None


def test_what_says_nothing_of_the_address_is_not_kept(file: Path) -> None:
    cache = opened(file)
    cache.keep(KEY, answer("blocked", reason="left-alone"))
    cache.keep(KEY, PageAnswer(Answer(verdict="unknown", reason="not-reached")))
    assert cache.known(KEY, NOW) is None


def test_one_that_is_only_read_is_not_written(file: Path) -> None:
    opened(file)
    cache = open_for_reading(file)
    assert cache is not None
    assert cache.keep(KEY, answer()) == 0
    assert cache.known(KEY, NOW) is None
    assert open_for_reading(file.with_name("niets")) is None
    assert not file.with_name("niets").exists()


def asked_for(cache: Cache, urls: list[str], now: datetime = NOW) -> list[tuple[str, set[str]]]:
    """What is asked of the web, each with its fragments; there every page works, and has all it is asked for."""
    asked: list[tuple[str, set[str]]] = []

    def ask(inquiries: Any, keep: Keep) -> Outcome:
        outcome = Outcome()
        for inquiry in inquiries:
            assert isinstance(inquiry, Inquiry)
            asked.append((inquiry.address.key, set(inquiry.fragments)))
            found = PageAnswer(answer(checked_at=now).answer, dict.fromkeys(inquiry.fragments, True))
            outcome.answers[inquiry.address.key] = found
            keep(inquiry, found)
        return outcome

    survey(urls, Refusals(Guard()), now, cache=cache, ask=ask)
    return asked


def test_a_fragment_that_is_not_known_yet_is_asked_for(file: Path) -> None:
    cache = opened(file)
    assert asked_for(cache, [f"{KEY}#een"]) == [(KEY, {"een"})]
    assert asked_for(cache, [KEY, f"{KEY}#een"]) == []
    assert asked_for(cache, [f"{KEY}#een", f"{KEY}#twee"]) == [(KEY, {"een", "twee"})]
    assert asked_for(cache, [f"{KEY}#een", f"{KEY}#twee"]) == []
    cache.keep(KEY, answer("dead"))
    assert asked_for(cache, [f"{KEY}#drie"]) == [], "on a page that is gone there is nothing"
    assert asked_for(cache, [f"{KEY}#drie"], NOW + 2 * DAY) == [(KEY, {"drie"})]


def test_what_was_looked_at_longest_ago_comes_first(file: Path) -> None:
    cache = opened(file)
    cache.keep(f"{KEY}/1", answer("dead", NOW - 2 * DAY))
    cache.keep(f"{KEY}/2", answer("dead", NOW - 4 * DAY))
    cache.keep(f"{KEY}/3", failure(NOW - 3 * DAY))
    keys = [key for key, _ in asked_for(cache, [f"{KEY}/{number}" for number in (1, 2, 3, 4)])]
    assert keys == [f"{KEY}/{number}" for number in (4, 2, 3, 1)]


def database(statements: str) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(statements)

    return make


def older(file: Path) -> None:
    filled(file)
    tampered(file, "PRAGMA user_version = 0")


def truncated(part: float) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        filled(file)
        whole = file.read_bytes()
        file.write_bytes(whole[: int(len(whole) * part)])

    return make


def broken_inside(file: Path) -> None:
    filled(file)
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\x5a" * (len(whole) - 4096)
    file.write_bytes(whole)


def filled(file: Path) -> None:
    cache = opened(file)
    for number in range(100):
        cache.keep(f"{KEY}/{number}", answer())
    cache._connection.close()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda file: file.write_bytes(b"# Een pagina\n" * 1000),
    "one byte": lambda file: file.write_bytes(b"S"),
    "the name only": lambda file: file.write_bytes(b"SQLite format 3\0"),
    "a third": truncated(0.3),
    "nearly all": truncated(0.9),
    "broken inside": broken_inside,
    "of somebody else": database("CREATE TABLE foto (naam TEXT); INSERT INTO foto VALUES ('zee')"),
    "of somebody else with our number": database("CREATE TABLE foto (naam TEXT); PRAGMA user_version = 1"),
    "older": older,
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_file_that_cannot_be_used_is_put_aside(file: Path, name: str) -> None:
    file.parent.mkdir()
    DAMAGE[name](file)
    before = file.read_bytes()
    assert open_for_reading(file) is None
    assert file.read_bytes() == before, "reading changes nothing"
    cache, aside = open_for_writing(file)
    assert aside == file.with_name("links.sqlite3.unusable")
    assert aside.read_bytes() == before
    assert cache.known(KEY, NOW) is None
    cache.keep(KEY, answer())
    again, aside = open_for_writing(file)
    assert aside is None
    assert again.known(KEY, NOW) is not None


def test_what_somebody_is_still_writing_goes_aside_whole(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        for statement in (
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE foto (naam TEXT)",
            "INSERT INTO foto VALUES ('zee')",
        ):
            other.execute(statement)
        _, aside = open_for_writing(file)
        assert aside is not None
        with closing(sqlite3.connect(aside)) as found:
            assert found.execute("SELECT naam FROM foto").fetchall() == [("zee",)]


def test_what_was_put_aside_before_is_kept(file: Path) -> None:
    file.parent.mkdir()
    for number in range(3):
        file.write_bytes(b"bewaar mij %d" % number)
        _, aside = open_for_writing(file)
        assert aside is not None
        assert aside.read_bytes() == b"bewaar mij %d" % number
    names = [f"links.sqlite3.unusable{end}" for end in ("", "-2", "-3")]
    assert [file.with_name(name).read_bytes() for name in names] == [b"bewaar mij %d" % number for number in range(3)]


def test_an_empty_file_becomes_a_cache(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    assert open_for_reading(file) is None
    cache, aside = open_for_writing(file)
    assert aside is None
    cache.keep(KEY, answer())
    assert cache.known(KEY, NOW) is not None


def test_a_place_where_there_can_be_no_cache(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("inhoud", encoding="utf-8")
    (tmp_path / "map").mkdir()
    for place in (tmp_path / "map", tmp_path / "bestand" / "links.sqlite3"):
        assert open_for_reading(place) is None
        with pytest.raises(CannotUse, match=r"\w"):
            open_for_writing(place)
    assert (tmp_path / "bestand").read_text(encoding="utf-8") == "inhoud"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read_stays_where_it_is(file: Path) -> None:
    filled(file)
    file.chmod(0)
    assert open_for_reading(file) is None
    with pytest.raises(CannotUse):
        open_for_writing(file)
    file.chmod(0o600)
    assert open_for_reading(file) is not None


HOSTILE: dict[str, object] = {
    "verdict": ["prima", 7, b"ok", "unknown", "invalid", ""],
    "reason": ["omdat", None, 3, b"\xff"],
    "status": ["tweehonderd", "1e400", float("inf")],
    "detail": [None, b"x"],
    "final_url": [None, b"\xff\xfe"],
    "moved_to": [None],
    "hops": ["", "{", "null", "7", '[["a"]]', '[["a", "b"]]', "[[1, 200]]", '[["a", 1e400]]', "[" * 100_000, None],
    "checked": ["gisteren", None, 9_223_372_036_854_775_807, -9_223_372_036_854_775_808, float("inf")],
    "expires": ["ooit", None],
    "fragments": ["", "[]", "null", "7", '"a"', '{"a":' * 50_000, None, b"\xff"],
    "failing_days": ["veel", float("inf")],
    "last_failure": ["gisteren"],
}  # fmt: skip


@pytest.mark.parametrize("column", HOSTILE)
def test_what_the_cache_did_not_write_is_left_out(file: Path, column: str) -> None:
    values = HOSTILE[column]
    assert isinstance(values, list)
    cache = opened(file)
    for number, value in enumerate(values):
        key = f"{KEY}/{number}"
        cache.keep(key, answer())
        tampered(file, f"UPDATE answers SET {column} = ? WHERE url = ?", value, key)  # noqa: S608 - a constant
        assert cache.known(key, NOW) is None, value
        cache.keep(key, answer())
    cache.keep(KEY, answer())
    assert cache.known(KEY, NOW) is not None


def test_text_that_is_no_unicode_is_left_out(file: Path) -> None:
    cache = opened(file)
    cache.keep(KEY, answer())
    tampered(file, "UPDATE answers SET detail = CAST(x'ff' AS TEXT)")
    assert cache.known(KEY, NOW) is None


def test_a_verdict_from_the_future_does_not_hold(file: Path) -> None:
    """A clock that was wrong once must not keep an address from being looked at for years."""
    cache = opened(file)
    cache.keep(KEY, answer(checked_at=NOW + 400 * DAY))
    known = cache.known(KEY, NOW)
    assert known is not None
    assert known.answer is not None
    assert known.answer.answer.stale


def test_a_table_that_is_not_as_it_should_be_is_as_an_empty_cache(file: Path) -> None:
    filled(file)
    tampered(file, "ALTER TABLE answers RENAME TO andere")
    cache, aside = open_for_writing(file)
    assert cache.known(KEY, NOW) is None
    cache.keep(KEY, answer())
    assert aside is not None
    assert cache.known(KEY, NOW) is not None, "made anew"


def test_two_runs_write_at_once(file: Path) -> None:
    began = threading.Barrier(2)
    faults: list[BaseException] = []

    def write(name: str) -> None:
        try:
            began.wait()
            cache = opened(file)
            for number in range(200):
                cache.keep(f"{KEY}/{name}/{number}", answer())
                cache.keep(f"{KEY}/samen", failure(NOW))
            cache._connection.close()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("een", "twee")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (401,)
        assert connection.execute("SELECT failures FROM answers WHERE url = ?", (f"{KEY}/samen",)).fetchone() == (400,)


def test_what_cannot_be_written_is_not_kept_and_ends_nothing(file: Path) -> None:
    cache = opened(file)
    assert cache.keep(KEY, answer("suspect", reason="title", detail="404 \ud800")) == 0
    assert cache.known(KEY, NOW) is None
    cache.keep(KEY, answer())
    assert cache.known(KEY, NOW) is not None


@pytest.mark.parametrize("expires", [2**62, 9e99])
def test_no_verdict_holds_longer_than_its_kind_does(file: Path, expires: float) -> None:
    opened(file).keep(KEY, answer("dead", reason="not-found"))
    tampered(file, "UPDATE answers SET expires = ?", expires)
    known = opened(file).known(KEY, NOW + 2 * DAY)
    assert known is not None
    assert known.answer is not None
    assert known.answer.answer.stale
