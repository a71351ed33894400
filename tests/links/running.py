"""Runs the command on one page full of addresses of the odd web, and tells what came of it.

As ``python -m tests.links.running LEFT SET FILE`` it is what ``run_apart`` starts, in a network of its own.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.command import environment
from tests.links import apart
from tests.links.canary import ADDRESS as FORBIDDEN
from tests.links.cases import CASES
from tests.links.exchange import DOMAIN, Ports
from tests.links.odd_redirects import REBINDING_NAME
from tests.links.server import NETWORK, OddServers, odd_servers, resolve_options
from tests.links.smuggling import CANARY_ADDRESSES, LURES, WAYS, smuggled_names

ROOT = Path(__file__).parents[2]
_PAGE = "docs/index.md"
_TITLE_LINES = 2
_ESCAPED = "\\<>&\t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to.

    ``entries`` holds those of the report by the place of the address in the row that was asked for; ``hits`` the
    connections to the canary, which listened at ``canary``; ``sent`` the bytes of long bodies that were taken, and
    ``most_at_once`` requests at a time, by host. ``is_apart``: whether the run had a network and names of its own.
    """

    is_apart: bool
    ports: Mapping[str, int | None]
    returncode: int
    stderr: str
    entries: Mapping[int, Mapping[str, Any]]
    hits: Sequence[str]
    canary: Sequence[str]
    sent: Mapping[str, int]
    most_at_once: Mapping[str, int]
    faults: Sequence[str]
    seconds: float
    megabytes: float


def run_apart(what: str) -> Outcome:
    """Run the command on the addresses of a set, ``odd`` or ``smuggling``, in a process and network of its own.

    Raises RuntimeError when there was no report.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "outcome.json"
        done = subprocess.run(
            apart.command("tests.links.running", what, str(file)), cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        found = json.loads(file.read_text(encoding="utf-8"))
    entries = {int(number): entry for number, entry in found.pop("entries").items()}
    if not entries:
        raise RuntimeError(found["stderr"] or "the report names no address")
    return Outcome(**found, entries=entries)


def odd_urls(ports: Ports, *, is_apart: bool) -> list[str]:
    """The addresses of all cases, in their order; empty for those that cannot be had here."""
    return [
        "" if ("{six}" in case.url and not ports.six) or (case.own_names and not is_apart) else ports.fill(case.url)
        for case in CASES
    ]


def smuggling_urls(ports: Ports, *, is_apart: bool) -> list[str]:
    """The addresses of all ways to smuggle, in their order, and then of the lures; empty for those not to be used."""
    ways = ["" if way.apart and not is_apart else way.url(ports) for way in WAYS]
    return [*ways, *map(ports.fill, LURES)]


def page_of(urls: Sequence[str]) -> str:
    """A page with one link on each line; an empty address is left out."""
    lines = [f"- [nummer {number}](<{_escaped(url)}>)" if url else "-" for number, url in enumerate(urls)]
    return "\n".join(["# Het vreemde web", "", *lines, ""])


def _escaped(url: str) -> str:
    """An address between angle brackets (CommonMark, 6.3), so that each of its characters comes over."""
    return "".join(f"&#{ord(character)};" if character in _ESCAPED else character for character in url)


def run(what: str, *, is_apart: bool) -> Outcome:
    """Start the odd web and run the command on the addresses of a set."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if is_apart:
            apart.settle(CANARY_ADDRESSES)
        odd = stack.enter_context(
            odd_servers(
                canary_ports=(80, 443) if is_apart else (), canary_addresses=CANARY_ADDRESSES if is_apart else ()
            )
        )
        if is_apart:
            row = (*odd.addresses[REBINDING_NAME], FORBIDDEN)
            stack.enter_context(apart.own_names(folder, {REBINDING_NAME: row}, {f"lame.{DOMAIN}"}))
        urls = (odd_urls if what == "odd" else smuggling_urls)(odd.ports, is_apart=is_apart)
        page = folder / _PAGE
        page.parent.mkdir()
        page.write_text(page_of(urls), encoding="utf-8", newline="")
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "algokader_lint", "links", *_options(odd, six=what == "odd")],
            cwd=folder,
            env=_environment(odd),
            capture_output=True,
            check=False,
        )
        seconds = time.monotonic() - started
        return Outcome(
            is_apart=is_apart,
            ports=asdict(odd.ports),
            returncode=done.returncode,
            stderr=done.stderr.decode("utf-8", "replace"),
            entries=_entries(done.stdout),
            hits=[f"{hit.address} at {hit.port}" for hit in odd.canary.hits],
            canary=sorted(f"{address} at {port}" for address, port in odd.canary.places),
            sent=dict(odd.diary.sent),
            most_at_once=dict(odd.diary.most_at_once),
            faults=list(map(repr, odd.diary.faults)),
            seconds=seconds,
            megabytes=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        )


def _options(odd: OddServers, *, six: bool) -> list[str]:
    names = {name: row for name, row in odd.addresses.items() if name != REBINDING_NAME}
    names |= smuggled_names(odd.addresses[f"ok.{DOMAIN}"][0])
    networks = [NETWORK, "::1/128"] if six and odd.ports.six else [NETWORK]
    return [
        *("--docs-dir", "docs", "--format", "json", "--no-cache", "--timeout", "3", "--interval", "0"),
        *("--ca-file", str(odd.authority)),
        *(word for network in networks for word in ("--allow-network", network)),
        *resolve_options(names),
    ]


def _environment(odd: OddServers) -> dict[str, str]:
    """The environment, in which the canary is the proxy for everything: no proxy of a machine is to be used."""
    proxies = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    proxy = dict.fromkeys(proxies, f"http://{FORBIDDEN}:{odd.ports.plain}")
    return environment(proxy | {"PYTHONPATH": str(ROOT)})


def _entries(stdout: bytes) -> dict[int, Mapping[str, Any]]:
    """The entries of a report by the line of the page, counted from the first address; none when it is no report."""
    try:
        urls = json.loads(stdout)["urls"]
    except (ValueError, KeyError):
        return {}
    return {place["line"] - _TITLE_LINES - 1: entry for entry in urls for place in entry["places"]}


def _main(outer: str, what: str, file: str) -> None:
    outcome = run(what, is_apart=apart.left(outer))
    Path(file).write_text(json.dumps(asdict(outcome)), encoding="utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
