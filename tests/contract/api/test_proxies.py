"""Proxies, authorities and certificates: what works, and what each failure names."""

import gc
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from durastore_tui.core.errors import (
    BadInput,
    CertificateExpired,
    NoReply,
    ProxyFailed,
    Unreachable,
    Untrusted,
    WrongHost,
)
from tests.contract.api.conftest import Connect
from tests.misbehaving import answer, misbehaving, raw
from tests.proxies import REFUSED, local_proxy

OK = answer("200 OK", b"Success")
HOST = "dura.example"
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


def certificate(authority: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or (HOST,)), not_after=until).configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("variable", "value", "socks"),
    [
        ("HTTPS_PROXY", "http://127.0.0.1:{}", False),
        ("https_proxy", "127.0.0.1:{}", False),
        ("ALL_PROXY", "socks5h://127.0.0.1:{}", True),
        ("all_proxy", "socks5://127.0.0.1:{}", True),
    ],
)
@pytest.mark.parametrize("no_proxy", ["fe80::/10", "[::1]", "::1,10.0.0.0/8,localhost", ""])
async def test_a_server_is_asked_through_the_proxy(
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    authority: trustme.CA,
    ca_file: Path,
    variable: str,
    value: str,
    socks: bool,
    no_proxy: str,
) -> None:
    async with (
        misbehaving(OK, tls=certificate(authority)) as server,
        local_proxy(server.port, socks=socks) as proxy,
    ):
        monkeypatch.setenv(variable, value.format(proxy.port))
        monkeypatch.setenv("NO_PROXY", no_proxy)
        transport = connect(f"https://{HOST}/durastore", ca_file=ca_file)
        assert (await transport.read("GET", "/stores")).text == "Success"
    assert proxy.asked == [f"{HOST}:443"]
    assert [heard.target for heard in server.requests] == ["/durastore/stores"]


async def test_a_proxy_may_be_reached_over_tls(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, ca_file: Path
) -> None:
    async with (
        misbehaving(OK, tls=certificate(authority)) as server,
        local_proxy(server.port, tls=certificate(authority, "127.0.0.1")) as proxy,
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"https://127.0.0.1:{proxy.port}")
        transport = connect(f"https://{HOST}/durastore", ca_file=ca_file)
        assert (await transport.read("GET", "/stores")).text == "Success"


@pytest.mark.parametrize("socks", [False, True])
async def test_the_login_of_the_proxy_goes_to_it_alone(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, ca_file: Path, socks: bool
) -> None:
    async with (
        misbehaving(OK, tls=certificate(authority)) as server,
        local_proxy(server.port, socks=socks) as proxy,
    ):
        monkeypatch.setenv("ALL_PROXY", f"{'socks5' if socks else 'http'}://jo:hu%40sh@127.0.0.1:{proxy.port}")
        await connect(f"https://{HOST}/durastore", ca_file=ca_file).read("GET", "/stores")
    assert proxy.logins == ["jo:hu@sh"]
    assert "proxy-authorization" not in server.requests[0].headers


@pytest.mark.parametrize("path", ["read", "send"])
async def test_a_proxy_that_is_not_there_is_named_with_its_variable(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://jo:hush@127.0.0.1:1")
    transport = connect(f"https://{HOST}/durastore")
    with pytest.raises(ProxyFailed, match=r"through the proxy http://127\.0\.0\.1:1 \(HTTPS_PROXY\)") as failed:
        await (transport.read("GET", "/stores") if path == "read" else transport.send("/task/noop"))
    assert "hush" not in str(failed.value)
    assert "NO_PROXY" in failed.value.next_step


async def test_a_proxy_whose_name_is_unknown_is_not_the_server_whose_name_is(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5h://no-such-proxy.invalid:1080")
    with pytest.raises(ProxyFailed, match=r"socks5h://no-such-proxy\.invalid:1080 \(ALL_PROXY\)"):
        await connect(f"https://{HOST}/durastore").read("GET", "/stores")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # httpcore leaves a refused one to gc
@pytest.mark.parametrize(
    ("socks", "status", "reply", "words"),
    [
        (False, "407 Proxy Authentication Required", 0, "407 Proxy Authentication Required"),
        (False, "403 Forbidden", 0, "403 Forbidden"),
        (True, "", REFUSED, "Connection refused"),
    ],
)
async def test_a_proxy_that_refuses_says_why(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, socks: bool, status: str, reply: int, words: str
) -> None:
    async with local_proxy(1, socks=socks, status=status, reply=reply) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{'socks5' if socks else 'http'}://127.0.0.1:{proxy.port}")
        with pytest.raises(ProxyFailed, match=rf"{words}.*, through the proxy .* \(ALL_PROXY\)"):
            await connect(f"https://{HOST}/durastore").send("/task/noop")
        gc.collect()


async def test_a_write_that_left_through_the_proxy_may_have_happened(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, ca_file: Path
) -> None:
    async with misbehaving(raw(), tls=certificate(authority)) as server, local_proxy(server.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(NoReply, match="through the proxy"):
            await connect(f"https://{HOST}/durastore", ca_file=ca_file).send("/task/noop")
    assert len(server.requests) == 1


async def test_a_value_that_is_no_proxy_is_refused_before_anything_is_sent(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://127.0.0.1:1")
    with pytest.raises(BadInput, match="ALL_PROXY names a socks4 proxy"):
        await connect(f"https://{HOST}/durastore").read("GET", "/stores")


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("SSL_CERT_FILE", "SSL_CERT_FILE names .*none, which is not a readable certificate file: No such file"),
        ("SSL_CERT_DIR", "SSL_CERT_DIR names .*none, which is not a folder"),
    ],
)
async def test_a_variable_of_authorities_that_leads_nowhere_is_named(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, words: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "none"))
    with pytest.raises(BadInput, match=words):
        await connect(f"https://{HOST}/durastore").read("GET", "/stores")


async def test_a_file_without_a_certificate_is_said_to_be_so(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "empty.pem"))
    with pytest.raises(BadInput, match="no PEM certificate in it"):
        await connect(f"https://{HOST}/durastore").read("GET", "/stores")


async def test_the_authority_of_the_environment_is_trusted(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, ca_file: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    async with misbehaving(OK, tls=certificate(authority, "127.0.0.1")) as server:
        assert (await connect(server.url).read("GET", "/stores")).text == "Success"


@pytest.mark.parametrize(
    ("names", "until", "kind", "words"),
    [
        (("127.0.0.1",), datetime(2020, 1, 1, tzinfo=UTC), CertificateExpired, "certificate has expired"),
        (("other.example",), None, WrongHost, "IP address mismatch"),
    ],
)
async def test_a_certificate_that_does_not_fit_has_its_own_advice(
    connect: Connect,
    authority: trustme.CA,
    ca_file: Path,
    names: tuple[str, ...],
    until: datetime | None,
    kind: type[Untrusted],
    words: str,
) -> None:
    async with misbehaving(OK, tls=certificate(authority, *names, until=until)) as server:
        with pytest.raises(kind, match=words) as failed:
            await connect(server.url, ca_file=ca_file).read("GET", "/stores")
    assert "--ca-file" not in failed.value.next_step
    assert server.requests == []


async def test_an_unknown_authority_is_neither_of_them(connect: Connect, authority: trustme.CA) -> None:
    async with misbehaving(OK, tls=certificate(authority, "127.0.0.1")) as server:
        with pytest.raises(Unreachable, match="unable to get local issuer certificate") as failed:
            await connect(server.url).read("GET", "/stores")
    assert type(failed.value) is Untrusted
    assert "--ca-file" in failed.value.next_step


async def test_a_certificate_behind_a_proxy_is_not_the_proxys_fault(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, ca_file: Path
) -> None:
    async with (
        misbehaving(OK, tls=certificate(authority, "other.example")) as server,
        local_proxy(server.port) as proxy,
    ):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(WrongHost, match="through the proxy"):
            await connect(f"https://{HOST}/durastore", ca_file=ca_file).read("GET", "/stores")
