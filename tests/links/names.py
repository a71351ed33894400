"""A name server (RFC 1035) for one run, on loopback: it knows a few names, and that there are no others."""

from __future__ import annotations

import ipaddress
import socket
import struct
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

_SERVER_FAILURE, _NO_SUCH_NAME = 2, 3
_ANSWER = 0x8180  # a response, to a question that asked for recursion, which is available
_ADDRESS = 1  # the type of record A


@contextmanager
def name_server(
    place: tuple[str, int], names: Mapping[str, Sequence[str]], failing: Collection[str]
) -> Iterator[Counter[str]]:
    """Answer questions until the block ends; yields how often each name was asked for.

    A name has a row of IPv4 addresses: each time that it is asked for the next is its only one, and the last stays. For
    those that are ``failing`` the server says that it is in trouble.
    """
    asked: Counter[str] = Counter()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(place)
        line.settimeout(0.05)
        end = threading.Event()

        def serve() -> None:
            while not end.is_set():
                try:
                    question, asker = line.recvfrom(4096)
                except TimeoutError:
                    continue
                line.sendto(_answer(question, names, failing, asked), asker)

        thread = threading.Thread(target=serve, name="name server", daemon=True)
        thread.start()
        try:
            yield asked
        finally:
            end.set()
            thread.join()


def _answer(
    question: bytes, names: Mapping[str, Sequence[str]], failing: Collection[str], asked: Counter[str]
) -> bytes:
    name, end = _name(question)
    kind = struct.unpack_from("!H", question, end)[0]
    addresses: list[str] = []
    if kind == _ADDRESS:
        row = names.get(name, ())
        addresses = [row[min(asked[name], len(row) - 1)]] if row else []
        asked[name] += 1
    code = _SERVER_FAILURE if name in failing else 0 if name in names else _NO_SUCH_NAME
    records = b"".join(
        struct.pack("!HHHIH", 0xC00C, _ADDRESS, 1, 0, 4) + ipaddress.ip_address(address).packed for address in addresses
    )
    header = question[:2] + struct.pack("!HHHHH", _ANSWER | code, 1, len(addresses), 0, 0)
    return header + question[12 : end + 4] + records


def _name(question: bytes) -> tuple[str, int]:
    """The name that is asked for, in small letters, and where it ends."""
    labels, at = [], 12
    while size := question[at]:
        labels.append(question[at + 1 : at + 1 + size].decode("latin-1").lower())
        at += size + 1
    return ".".join(labels), at + 1
