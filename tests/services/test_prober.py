"""The prober against small servers of its own: what answers, what is silent, and what can't be judged."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import trustme

from durastore_tui.services.prober import KNOWN_NAME, Prober
from tests.held_clock import HeldClock
from tests.proxies import REFUSED, local_proxy

DEPLOYED = "d1.cloudfront.localhost"


class Edge:
    """A TLS server that shakes hands for deployed names alone, and counts connections."""

    def __init__(
        self,
        authority: trustme.CA,
        answer: bytes = b"HTTP/1.1 403 Forbidden\r\n\r\n",
        names: tuple[str, ...] = ("*.cloudfront.localhost",),
    ) -> None:
        self.deployed = {DEPLOYED}
        self.answer = answer
        self.connections = 0
        self.names: list[str | None] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(self._context)
        self._context.sni_callback = self._sni

    def _sni(self, _: ssl.SSLObject | ssl.SSLSocket, name: str | None, __: ssl.SSLContext) -> int | None:
        self.names.append(name)
        return None if name in self.deployed else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(OSError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(self.answer)
            await writer.drain()
        writer.close()

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        async with server:
            yield f"{DEPLOYED}:{server.sockets[0].getsockname()[1]}"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


async def test_a_403_of_the_edge_is_an_answer_with_a_line_for_each_step(
    authority: trustme.CA, ca_file: Path, clock: HeldClock
) -> None:
    edge = Edge(authority)
    async with edge.open() as host:
        probe = await Prober(clock, ca_file).probe(host)
    assert [line.step for line in probe.evidence] == ["name", "tcp", "tls", "http"]
    assert probe.evidence[-1].result == "answered 403"
    assert (probe.answered, probe.silent) == (True, False)
    assert edge.names == [DEPLOYED]


async def test_a_refused_handshake_is_silence(authority: trustme.CA, ca_file: Path, clock: HeldClock) -> None:
    edge = Edge(authority)
    edge.deployed.clear()
    async with edge.open() as host:
        probe = await Prober(clock, ca_file).probe(host)
    assert probe.evidence[-1].step == "tls"
    assert (probe.answered, probe.silent) == (False, True)


async def test_a_second_name_at_the_same_address_does_not_ride_on_the_first_ones_connection(
    authority: trustme.CA, ca_file: Path, clock: HeldClock
) -> None:
    edge = Edge(authority)
    prober = Prober(clock, ca_file)
    async with edge.open() as host:
        assert (await prober.probe(host)).answered
        assert (await prober.probe(host.replace("d1.", "d2."))).silent


async def test_an_authority_that_we_do_not_trust_is_neither_an_answer_nor_silence(
    authority: trustme.CA, clock: HeldClock
) -> None:
    async with Edge(authority).open() as host:
        probe = await Prober(clock).probe(host)
    assert "not trusted" in probe.evidence[-1].result
    assert (probe.answered, probe.silent) == (False, False)


async def test_a_closed_port_says_nothing_of_the_distribution(
    clock: HeldClock,
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    probe = await Prober(clock).probe(f"{DEPLOYED}:{port}")
    assert [line.step for line in probe.evidence] == ["name", "tcp"]
    assert probe.evidence[-1].result.startswith("cannot check from here: no connection to port")
    assert (probe.answered, probe.silent, probe.blocked) == (False, False, True)


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n"])
async def test_what_is_not_http_is_not_an_answer(
    answer: bytes, authority: trustme.CA, ca_file: Path, clock: HeldClock
) -> None:
    async with Edge(authority, answer).open() as host:
        probe = await Prober(clock, ca_file).probe(host)
    assert probe.evidence[-1].step == "http"
    assert not probe.answered


async def test_a_host_is_asked_at_most_once_in_five_seconds_and_keeps_the_time_of_its_answer(
    authority: trustme.CA, ca_file: Path, clock: HeldClock
) -> None:
    edge = Edge(authority)
    prober = Prober(clock, ca_file)
    async with edge.open() as host:
        first = await prober.probe(host)
        clock.advance(4)
        assert await prober.probe(host) is first
        assert edge.connections == 1
        clock.advance(1)
        await prober.probe(host)
        assert edge.connections == 2
        last = prober.last(host)
        assert last is not None and last.at == clock.time


def resolver(error: int, *known: str) -> Callable[..., Awaitable[list[object]]]:
    """Knows these names, and fails with the error for every other one."""

    async def getaddrinfo(name: str, *_: object, **__: object) -> list[object]:
        if name in known:
            return [(0, 0, 0, "", ("192.0.2.1", 443))]
        raise socket.gaierror(error, "Name or service not known")

    return getaddrinfo


@pytest.mark.parametrize(
    ("error", "known"), [(socket.EAI_NONAME, ()), (socket.EAI_AGAIN, (KNOWN_NAME,))], ids=["no DNS", "resolver fails"]
)
async def test_where_no_name_resolves_the_host_cannot_be_checked(
    clock: HeldClock, monkeypatch: pytest.MonkeyPatch, error: int, known: tuple[str, ...]
) -> None:
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolver(error, *known))
    probe = await Prober(clock).probe("d9.cloudfront.example")
    assert probe.evidence[0].result.startswith("cannot check from here: d9.cloudfront.example does not resolve")
    assert (probe.silent, probe.blocked) == (False, True)


async def test_a_clock_that_is_set_back_does_not_stop_the_checks(
    authority: trustme.CA, ca_file: Path, clock: HeldClock
) -> None:
    edge = Edge(authority)
    prober = Prober(clock, ca_file)
    async with edge.open() as host:
        await prober.probe(host)
        clock.advance(5)
        clock.set_wrong(-86_400)
        await prober.probe(host)
    assert edge.connections == 2


async def test_a_name_that_does_not_resolve_is_silence(clock: HeldClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolver(socket.EAI_NONAME, KNOWN_NAME))
    probe = await Prober(clock).probe("d9.cloudfront.example")
    assert probe.evidence[0].result == "d9.cloudfront.example does not resolve: Name or service not known"
    assert probe.silent


@pytest.mark.parametrize(
    "host", ["", "ho st", "d1.localhost\r\nX: y", "d1.localhost/x", "d1.localhost:x", "user@d1.localhost"]
)
async def test_server_text_that_is_no_host_is_told_and_never_asked(host: str, clock: HeldClock) -> None:
    probe = await Prober(clock).probe(host)
    assert [line.result for line in probe.evidence] == ["this is not a valid host name"]
    assert (probe.answered, probe.silent) == (False, False)


@pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".example", "d1.cloudfront.localhost:99999999"])
async def test_a_host_that_cannot_be_asked_raises_nothing(host: str, clock: HeldClock) -> None:
    assert not (await Prober(clock).probe(host)).answered


@pytest.fixture
def far_host(monkeypatch: pytest.MonkeyPatch) -> str:
    for variable in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    return "d1.cloudfront.example"


@pytest.mark.parametrize("socks", [False, True])
async def test_a_host_is_asked_through_the_proxy_of_the_environment(
    authority: trustme.CA,
    ca_file: Path,
    clock: HeldClock,
    far_host: str,
    monkeypatch: pytest.MonkeyPatch,
    socks: bool,
) -> None:
    edge = Edge(authority, names=("*.cloudfront.example",))
    edge.deployed = {far_host}
    async with edge.open() as host, local_proxy(int(host.split(":")[1]), socks=socks) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{'socks5h' if socks else 'http'}://jo:hush@127.0.0.1:{proxy.port}")
        probe = await Prober(clock, ca_file).probe(far_host)
    assert [line.step for line in probe.evidence] == ["proxy", "tls", "http"]
    assert f"127.0.0.1:{proxy.port} (ALL_PROXY) opens a tunnel to port 443" in probe.evidence[0].result
    assert (probe.answered, probe.silent) == (True, False)
    assert (proxy.asked, proxy.logins) == ([f"{far_host}:443"], ["jo:hush"])
    assert edge.names == [far_host]


ALERT = bytes((21, 3, 3, 0, 2, 2, ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME))
"""A TLS record in which a server says that it does not know the host."""


@contextlib.asynccontextmanager
async def saying(answer: bytes) -> AsyncIterator[int]:
    """A server that answers the first bytes of a handshake with these, and hangs up; yields its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_handshake_that_the_host_refuses_behind_the_proxy_is_silence(
    clock: HeldClock, far_host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with saying(ALERT) as port, local_proxy(port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        probe = await Prober(clock).probe(far_host)
    assert probe.evidence[-1].step == "tls"
    assert (probe.answered, probe.silent) == (False, True)


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"HTTP/1.1 503 Service Unavailable\r\n\r\n<html>", b"\x05\x01\x00"],
)
async def test_a_proxy_that_fails_after_it_opened_the_tunnel_is_no_silence_of_the_host(
    clock: HeldClock, far_host: str, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    """It may open the tunnel before it reaches the host."""
    async with saying(answer) as port, local_proxy(port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        probe = await Prober(clock).probe(far_host)
    assert probe.evidence[-1].result.startswith("cannot check from here: the handshake was refused")
    assert (probe.answered, probe.silent, probe.blocked) == (False, False, True)


async def test_words_in_place_of_a_handshake_are_no_silence(clock: HeldClock) -> None:
    """The page on which a network asks for a login, for example."""
    async with saying(b"HTTP/1.1 511 Network Authentication Required\r\n\r\n") as port:
        probe = await Prober(clock).probe(f"{DEPLOYED}:{port}")
    assert (probe.evidence[-1].step, probe.answered, probe.silent) == ("tls", False, False)


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_gateways_error_behind_a_proxy_is_no_answer_of_the_host(
    authority: trustme.CA,
    ca_file: Path,
    clock: HeldClock,
    far_host: str,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    """A proxy that opens TLS answers so itself."""
    edge = Edge(authority, f"HTTP/1.1 {status} Any\r\n\r\n".encode(), names=("*.cloudfront.example",))
    edge.deployed = {far_host}
    async with edge.open() as host, local_proxy(int(host.split(":")[1])) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        probe = await Prober(clock, ca_file).probe(far_host)
    assert f"status {status}, which may come from" in probe.evidence[-1].result
    assert (probe.answered, probe.silent, probe.blocked) == (False, False, True)


@pytest.mark.parametrize(
    ("socks", "status", "reply", "words"),
    [
        (False, "502 Bad Gateway", 0, "did not open a tunnel: it answered 502 Bad Gateway"),
        (False, "503 Service Unavailable", 0, "did not open a tunnel: it answered 503 Service Unavailable"),
        (False, "504 Gateway Timeout", 0, "did not open a tunnel: it answered 504 Gateway Timeout"),
        (False, "407 Proxy Authentication Required", 0, "did not open a tunnel: it answered 407"),
        (True, "", REFUSED, "did not open a tunnel: it answered: connection refused"),
    ],
)
async def test_a_proxy_that_refuses_is_no_silence_of_the_host(
    clock: HeldClock,
    far_host: str,
    monkeypatch: pytest.MonkeyPatch,
    socks: bool,
    status: str,
    reply: int,
    words: str,
) -> None:
    async with local_proxy(1, socks=socks, status=status, reply=reply) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{'socks5' if socks else 'http'}://127.0.0.1:{proxy.port}")
        probe = await Prober(clock).probe(far_host)
    assert words in probe.evidence[-1].result
    assert (probe.answered, probe.silent) == (False, False)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("http://127.0.0.1:1", "http://127.0.0.1:1 (ALL_PROXY) cannot be reached"),
        ("socks4://127.0.0.1:1", "ALL_PROXY names a socks4 proxy"),
    ],
)
async def test_a_proxy_that_is_none_is_named_and_is_no_silence_of_the_host(
    clock: HeldClock, far_host: str, monkeypatch: pytest.MonkeyPatch, value: str, words: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", value)
    probe = await Prober(clock).probe(far_host)
    assert words in probe.evidence[-1].result
    assert (probe.answered, probe.silent) == (False, False)


async def test_a_variable_of_authorities_that_leads_nowhere_is_named(
    authority: trustme.CA, clock: HeldClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    async with Edge(authority).open() as host:
        probe = await Prober(clock).probe(host)
    assert "SSL_CERT_FILE names" in probe.evidence[-1].result
    assert (probe.answered, probe.silent) == (False, False)
