"""A network namespace of its own for a run, where the machine allows one: from there nothing can be reached but itself.

In it addresses that lead elsewhere in the world can be given to the loopback interface, so that a canary can sit at
them; low ports are free; and names are looked up at a name server of the test.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.links.names import name_server

_UNSHARE = ("unshare", "--map-root-user", "--net", "--mount", "--")
_NAME_SERVER = ("127.1.255.53", 53)
_RESOLVER_SETTINGS = "/etc/resolv.conf"
_NAMESPACE = "/proc/self/ns/net"
_SET_FLAGS, _SET_ADDRESS, _UP = 0x8914, 0x8916, 0x41  # Linux: SIOCSIFFLAGS, SIOCSIFADDR, IFF_UP | IFF_RUNNING


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of tests, apart if that can be; the module's first argument tells where it left.

    The module calls ``left`` with that argument to know whether it is apart.
    """
    run = [sys.executable, "-m", module, namespace(), *arguments]
    return [*_UNSHARE, *run] if _can_leave() else run


def namespace() -> str:
    """A name for the network that this process is in, empty where there are no such names."""
    try:
        return os.readlink(_NAMESPACE)
    except OSError:
        return ""


def left(outer: str) -> bool:
    """Whether this process is in another network than the one named."""
    return bool(outer) and namespace() not in ("", outer)


def _can_leave() -> bool:
    if shutil.which(_UNSHARE[0]) is None or not namespace():
        return False
    place = os.path.realpath(_RESOLVER_SETTINGS)
    tried = subprocess.run([*_UNSHARE, "mount", "--bind", place, place], capture_output=True, check=False)
    return tried.returncode == 0


def settle(addresses: Sequence[str]) -> None:
    """Bring the loopback interface of a namespace up, and give it more IPv6 addresses, as far as there is IPv6."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as any_socket:
        for address in addresses:
            request = struct.pack(
                "=16sIi", socket.inet_pton(socket.AF_INET6, address), 128, socket.if_nametoindex("lo")
            )
            fcntl.ioctl(any_socket, _SET_ADDRESS, request)


@contextmanager
def own_names(folder: Path, names: Mapping[str, Sequence[str]], failing: Collection[str]) -> Iterator[None]:
    """Have all names looked up at a name server of the test, for this process and those that it starts.

    Raises subprocess.CalledProcessError when this process may not say which server that is.
    """
    settings = folder / "resolv.conf"
    settings.write_text(f"nameserver {_NAME_SERVER[0]}\noptions attempts:1 timeout:1\n", encoding="utf-8")
    place = os.path.realpath(_RESOLVER_SETTINGS)
    subprocess.run(["mount", "--bind", str(settings), place], check=True, capture_output=True)
    try:
        with name_server(_NAME_SERVER, names, failing):
            yield
    finally:
        subprocess.run(["umount", place], check=True, capture_output=True)
