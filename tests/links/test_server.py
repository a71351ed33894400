"""The odd web does what its cases take it to do; asked by plain means, not by the checker that it is for."""

from __future__ import annotations

import http.client
import socket
import ssl
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from tests.links import apart
from tests.links.canary import ADDRESS, Hit
from tests.links.cases import CASES
from tests.links.exchange import DOMAIN
from tests.links.odd_streams import packed_zeros
from tests.links.server import OddServers, odd_servers, resolve_options
from tests.links.smuggling import WAYS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8 at the loopback interface")


@pytest.fixture(scope="module")
def odd() -> Iterator[OddServers]:
    with odd_servers() as running:
        yield running
    assert running.diary.faults == []


def ask(odd: OddServers, label: str, target: str = "/page", method: str = "GET") -> http.client.HTTPResponse:
    name = f"{label}.{DOMAIN}"
    connection = http.client.HTTPConnection(odd.addresses[name][0], odd.ports.plain, timeout=5)
    connection.putrequest(method, target, skip_host=True)
    connection.putheader("Host", f"{name}:{odd.ports.plain}")
    connection.endheaders()
    return connection.getresponse()


def connect(odd: OddServers, label: str) -> socket.socket:
    return socket.create_connection((odd.addresses[f"{label}.{DOMAIN}"][0], odd.ports.plain), timeout=0.3)


def said(odd: OddServers, label: str, request: bytes, size: int = 100) -> bytes:
    """The first bytes that a host says to a request, sent as it is."""
    with connect(odd, label) as connection:
        connection.sendall(request.replace(b"HOST", f"Host: {label}.{DOMAIN}".encode()))
        return connection.recv(size)


REQUEST = b"GET /page HTTP/1.1\r\nHOST\r\n\r\n"


@pytest.mark.parametrize(
    ("label", "target", "status"),
    [("ok", "/page", 200), ("ok", "/204", 204), ("status-404", "/page", 404), ("status-999", "/page", 999)],
)
def test_answers_with_a_status(odd: OddServers, label: str, target: str, status: int) -> None:
    with ask(odd, label, target) as response:
        assert response.status == status
        assert (len(response.read()) > 0) == (status != 204)


def test_a_redirect_is_written_as_it_is(odd: OddServers) -> None:
    with ask(odd, "redirect", "/302-raw-letters") as response:
        assert (response.status, response.getheader("Location")) == (302, "/cafÃ©")
    way = next(way for way in WAYS if way.through == 307)
    with ask(odd, "sly", odd.ports.fill(way.url(odd.ports)).partition(f":{odd.ports.plain}")[2]) as response:
        assert (response.status, response.getheader("Location")) == (307, odd.ports.fill(way.target))


def test_a_target_must_be_spelled_exactly(odd: OddServers) -> None:
    for target, status in (("/a%2Fb", 200), ("/a%2fb", 404), ("/a/b", 404)):
        with ask(odd, "exact", target) as response:
            assert response.status == status


def test_only_head_is_refused(odd: OddServers) -> None:
    for method, status in (("HEAD", 405), ("GET", 200)):
        with ask(odd, "head-405", "/file.pdf", method) as response:
            assert response.status == status
    with ask(odd, "ok", "/file.pdf", "HEAD") as response:
        assert response.status == 200


def test_trouble_passes(odd: OddServers) -> None:
    for status in (429, 200):
        with ask(odd, "busy-once") as response:
            assert response.status == status


def test_another_host_is_not_answered_for(odd: OddServers) -> None:
    assert said(odd, "ok", b"GET /page HTTP/1.1\r\nHost: elders.example\r\n\r\n").startswith(b"HTTP/1.1 421 ")


def test_what_is_no_http_or_has_no_end(odd: OddServers) -> None:
    assert said(odd, "garbage", REQUEST)[:4] == b"\0\1\2\3"
    assert said(odd, "version-0.9", REQUEST).startswith(b"<html>")
    assert b"X-Flood: " in said(odd, "flood-in-one-line", REQUEST, 5000)
    assert said(odd, "ok", b"\x16\x03\x01 TLS").startswith(b"HTTP/1.1 404 ")
    assert said(odd, "goodbye", REQUEST) == b""
    with pytest.raises(TimeoutError):
        said(odd, "silent", REQUEST)


def test_connections_that_are_refused_broken_off_or_not_taken(odd: OddServers) -> None:
    with pytest.raises(ConnectionRefusedError):
        connect(odd, "refused")
    with pytest.raises(TimeoutError):
        connect(odd, "full")
    with pytest.raises(ConnectionResetError):
        said(odd, "reset", REQUEST)


def test_a_small_bomb_is_large_inside() -> None:
    bomb = packed_zeros(50, 10 * 2**20)
    assert len(bomb) < 600_000
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert sum(len(inflater.decompress(part, 2**20)) for part in (bomb, *[b""] * 3)) >= 2**20
    assert not inflater.eof


@pytest.mark.parametrize(
    ("label", "code"),
    [("good", 0), ("expired", 10), ("not-yet", 9), ("self-signed", 18), ("untrusted", 20), ("wrong-host", 62)],
)
def test_certificates_are_wrong_in_the_way_they_should(odd: OddServers, label: str, code: int) -> None:
    """The numbers are those of OpenSSL (x509_vfy.h)."""
    context = ssl.create_default_context(cafile=str(odd.authority))
    name = f"{label}.{DOMAIN}"
    wrong = pytest.raises(ssl.SSLCertVerificationError) if code else nullcontext()
    with socket.create_connection((odd.addresses[name][0], odd.ports.tls), timeout=5) as plain, wrong as error:
        context.wrap_socket(plain, server_hostname=name).close()
    assert error is None or error.value.verify_code == code


def test_the_canary_counts_connections_that_are_broken_off_too() -> None:
    with odd_servers() as odd:
        assert not odd.canary.hits
        for _ in range(2):
            with socket.create_connection((ADDRESS, odd.ports.plain), timeout=5) as hit:
                hit.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert odd.canary.hits == (Hit(ADDRESS, odd.ports.plain),) * 2


def test_two_webs_at_a_time_stay_out_of_each_others_way() -> None:
    with odd_servers() as one, odd_servers() as other:
        assert {one.ports.plain, one.ports.tls}.isdisjoint({other.ports.plain, other.ports.tls})


def test_every_case_is_there_once() -> None:
    assert len(CASES) == len({case.name for case in CASES}) == len({case.url for case in CASES})


def test_names_are_given_as_options(odd: OddServers) -> None:
    options = resolve_options(odd.addresses)
    assert options[:2] == ["--resolve", f"ok.{DOMAIN}=127.1.0.1"]
    assert f"forbidden.{DOMAIN}={ADDRESS}" in options


def test_this_process_is_not_apart() -> None:
    assert not apart.left(apart.namespace())
