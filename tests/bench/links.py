"""How fast addresses are checked: ``make bench``. Prints figures; asserts nothing, for times depend on the machine.

1,000 addresses on 100 hosts that answer after 60 ms, all on loopback: a bare loop of aiohttp and ``links`` with
politeness off, as whole processes in turn; then ``links`` with its usual politeness where one host has more addresses.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import Process, Queue
from pathlib import Path

HOSTS, PER_HOST, DELAY, AT_ONCE, ROUNDS = 100, 10, 0.06, 64, 7
BUSY = 40
_PAGE = b"<!doctype html><title>Een pagina</title><p id='deel'>Tekst." + b"." * 2_000
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE
_BARE = """
import asyncio, sys, aiohttp

class Resolver(aiohttp.abc.AbstractResolver):
    async def resolve(self, host, port=0, family=0):
        return [dict(hostname=host, host="127.0.0.1", port=port, family=2, proto=0, flags=0)]
    async def close(self): pass

async def main(urls):
    at_once = asyncio.Semaphore({at_once})
    connector = aiohttp.TCPConnector(limit={at_once}, resolver=Resolver())
    async with aiohttp.ClientSession(connector=connector) as session:
        async def one(url):
            async with at_once, session.get(url) as response:
                await response.read()
                return response.status
        print(sum(status == 200 for status in await asyncio.gather(*map(one, urls))))

asyncio.run(main(open(sys.argv[1]).read().split()))
"""


async def _serve(ports: Queue[int]) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(DELAY)
                writer.write(_ANSWER)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1_000)
    ports.put(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _server(ports: Queue[int]) -> None:
    asyncio.run(_serve(ports))


@contextmanager
def serving() -> Iterator[int]:
    """A server in a process of its own; its port."""
    ports: Queue[int] = Queue()
    process = Process(target=_server, args=(ports,), daemon=True)
    process.start()
    try:
        yield ports.get()
    finally:
        process.terminate()


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Seconds on the clock, and seconds of a processor, that a command takes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def links(folder: Path, names: Sequence[str], *options: str) -> list[str]:
    """The command, told where the hosts are."""
    told = [word for name in names for word in ("--resolve", f"{name}=127.0.0.1")]
    command = [sys.executable, "-m", "algokader_lint", "links", "--docs-dir", str(folder), "--no-cache", "--quiet"]
    return [*command, "--allow-network", "127.0.0.1/32", *told, *options]


def page(folder: Path, urls: Sequence[str]) -> None:
    """A page that names all addresses."""
    folder.mkdir()
    text = "# Adressen\n\n" + "".join(f"- [adres]({url})\n" for url in urls)
    (folder / "index.md").write_text(text, encoding="utf-8")


def _told(label: str, runs: Sequence[tuple[float, float]]) -> str:
    walls, processors = sorted(wall for wall, _ in runs), sorted(processor for _, processor in runs)
    middle = len(runs) // 2
    shown = f"{walls[0]:.2f} {walls[middle]:.2f} {walls[-1]:.2f} s wall"
    return f"{label:24} {shown}, {processors[middle]:.2f} s CPU (least, median, most)"


def main() -> None:
    """Run all, and print what it took."""
    names = [f"h{number}.bench.example" for number in range(HOSTS)]
    with serving() as port, tempfile.TemporaryDirectory() as name:
        base = Path(name)
        urls = [f"http://{host}:{port}/{number}" for number in range(PER_HOST) for host in names]
        page(base / "docs", urls)
        (base / "urls").write_text("\n".join(urls))
        bare = [sys.executable, "-c", _BARE.format(at_once=AT_ONCE), str(base / "urls")]
        ours = links(base / "docs", names, "--interval", "0", "--per-host", "64", "--concurrency", str(AT_ONCE))
        pairs = [(timed(bare), timed(ours)) for _ in range(ROUNDS)]
        print(_told("bare aiohttp loop", [pair[0] for pair in pairs]))
        print(_told("links, no politeness", [pair[1] for pair in pairs]))
        ratios = sorted(own[0] / loop[0] for loop, own in pairs)
        print(f"{'ratio, pair by pair':24} {ratios[0]:.2f} {ratios[ROUNDS // 2]:.2f} {ratios[-1]:.2f}")
        busiest = [f"http://{names[0]}:{port}/b{number}" for number in range(BUSY - PER_HOST)]
        page(base / "busy", [*urls, *busiest])
        seconds, processor = timed(links(base / "busy", names))
        least = (BUSY - 1) * 0.5
        print(f"{'links, polite':24} {seconds:.2f} s wall, {processor:.2f} s CPU")
        print(f"{'':24} {BUSY} starts at the busiest host take {least:.1f} s at least")


if __name__ == "__main__":
    main()
