"""The transport against a server that misbehaves."""

import asyncio
import base64
import gzip
import ssl
from pathlib import Path

import pytest
import trustme

from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.transport import WITHIN, Transport
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import (
    BadInput,
    Conflict,
    DuraStoreError,
    Forbidden,
    Malformed,
    Missing,
    NameUnknown,
    NoReply,
    Rejected,
    Unauthorized,
    Unavailable,
    Unreachable,
    Untrusted,
)
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import TASKS
from tests.contract.api.conftest import Connect, StillClock
from tests.misbehaving import Answer, answer, endless, misbehaving, raw, stalled

OK = answer("200 OK", b"Success", "Content-Type: text/plain")
BUSY = answer("503 Service Unavailable", b"later")
HANG_UP = raw()
TOMCAT_403 = (
    b'<!doctype html><html lang="en"><head><title>HTTP Status 403 \xe2\x80\x93 Forbidden</title><style>h1 {x:y}</style>'
    b"</head><body><h1>HTTP Status 403</h1><p>no</p></body></html>"
)


def server_certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


async def test_login_goes_out_before_it_is_asked_for_and_anything_is_accepted(connect: Connect) -> None:
    async with misbehaving(OK) as server:
        await connect(server.url).read("GET", "/stores", {"storeID": "51", "prefix": "a b+c", "marker": None})
    heard = server.requests[0]
    assert heard.target == "/durastore/stores?storeID=51&prefix=a%20b%2Bc"
    assert heard.headers["authorization"] == "Basic " + base64.b64encode(b"root:open sesame").decode()
    assert heard.headers["accept"] == "*/*"


async def test_without_a_user_no_login_is_sent(connect: Connect) -> None:
    async with misbehaving(OK) as server:
        await connect(server.url, user="").read("GET", "/spaces")
    assert "authorization" not in server.requests[0].headers


async def test_bodies_are_utf_8_whatever_the_content_type_says(connect: Connect) -> None:
    said = answer("200 OK", "déjà vu №5".encode(), "Content-Type: text/plain; charset=ISO-8859-1")
    async with misbehaving(said) as server:
        reply = await connect(server.url).ask("/task/noop")
    assert reply.text == "déjà vu №5"


async def test_a_byte_order_mark_is_no_text(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", "\ufeffSuccess".encode())) as server:
        assert (await connect(server.url).ask("/task/noop")).text == "Success"


async def test_a_body_that_is_not_utf_8_is_said_to_be_so(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", "déjà".encode("latin-1"))) as server:
        reply = await connect(server.url).ask("/task/noop")
    with pytest.raises(Malformed, match="not UTF-8 at byte 1"):
        _ = reply.text


async def test_header_values_are_read_as_utf_8_and_their_names_without_case(connect: Connect) -> None:
    titled = answer("200 OK", b"", "X-Dura-Meta-Title: Élise".encode().decode())
    async with misbehaving(titled) as server:
        reply = await connect(server.url).read("HEAD", "/media")
    assert reply.headers["x-dura-meta-title"] == "Élise"


@pytest.mark.parametrize("failing", [BUSY, HANG_UP, answer("200 OK", b"half", length=400)])
async def test_a_read_is_asked_again_after_a_passing_failure(
    connect: Connect, clock: StillClock, failing: Answer
) -> None:
    async with misbehaving(failing, failing, OK) as server:
        reply = await connect(server.url).read("GET", "/stores")
    assert reply.text == "Success"
    assert len(server.requests) == 3
    assert clock.slept == [0.3, 1.0]


async def test_the_waits_between_attempts_are_spread(clock: StillClock, log: RequestLog) -> None:
    chances = [0.0, 1.0]
    async with misbehaving(BUSY, BUSY, OK) as server:
        endpoint = Endpoint(server.url, "root", Secret("open sesame"))
        transport = Transport(endpoint, log, clock, chance=lambda: chances.pop(0))
        await transport.read("GET", "/stores")
        await transport.aclose()
    assert clock.slept == [0.3 * 0.5, 1.0 * 1.5]


async def test_a_secret_in_a_path_is_masked_in_the_log(connect: Connect, log: RequestLog) -> None:
    async with misbehaving(OK) as server:
        await connect(server.url).read("GET", "/aux/cookies", {"token": "s3cr3t", "storeID": "51"})
    (request,) = log
    assert "s3cr3t" not in request.path
    assert request.path.endswith("storeID=51")


@pytest.mark.parametrize("status", ["502 Bad Gateway", "503 Service Unavailable"])
async def test_a_gateway_that_quotes_a_missing_space_says_nothing_of_it(connect: Connect, status: str) -> None:
    quoted = answer(status, b"Error reported: Unexpected response code: 404", "Content-Type: text/plain")
    async with misbehaving(quoted) as server:
        with pytest.raises(Unavailable):
            await connect(server.url).read("GET", "/stores")


async def test_a_read_is_given_up_after_three_attempts(connect: Connect, log: RequestLog) -> None:
    async with misbehaving(BUSY) as server:
        with pytest.raises(Unavailable) as caught:
            await connect(server.url).read("GET", "/stores")
    assert len(server.requests) == 3
    assert caught.value == Unavailable("GET /stores", 503, "later")
    assert [request.status for request in log] == [503, 503, 503]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        (["Retry-After: 7"], [7.0]),
        (["Retry-After: 0"], [0.0]),
        (["Retry-After: 30"], [30.0]),
        (["Date: Fri, 02 Jan 2026 03:00:00 GMT", "Retry-After: Fri, 02 Jan 2026 03:00:20 GMT"], [20.0]),
        (["Date: Fri, 02 Jan 2026 03:00:00 GMT", "Retry-After: Fri, 02 Jan 2026 02:00:20 GMT"], [0.0]),
        (["Retry-After: Fri, 02 Jan 2026 00:00:22 GMT"], [20.0]),
        (["Retry-After: soon"], [0.3]),
        (["Retry-After: -1"], [0.3]),
        ([], [0.3]),
    ],
)
async def test_a_read_waits_as_long_as_the_server_asks(
    connect: Connect, clock: StillClock, status: str, headers: list[str], slept: list[float]
) -> None:
    async with misbehaving(answer(status, b"later", *headers), OK) as server:
        assert (await connect(server.url).read("GET", "/stores")).text == "Success"
    assert clock.slept == slept


@pytest.mark.parametrize("pause", ["31", "99999999999999999999", "Fri, 02 Jan 2099 00:00:00 GMT"])
async def test_a_read_waits_for_no_longer_pause(connect: Connect, clock: StillClock, pause: str) -> None:
    async with misbehaving(answer("503 Busy", b"later", f"Retry-After: {pause}"), OK) as server:
        with pytest.raises(Unavailable):
            await connect(server.url).read("GET", "/stores")
    assert (len(server.requests), clock.slept) == (1, [])


async def test_a_write_is_not_sent_again_after_the_pause_that_the_server_asks_for(
    connect: Connect, clock: StillClock
) -> None:
    async with misbehaving(answer("503 Busy", b"later", "Retry-After: 1"), OK) as server:
        with pytest.raises(NoReply):
            await connect(server.url).send("/task/enable-hls", body=b"{}")
    assert (len(server.requests), clock.slept) == (1, [])


async def test_a_500_is_not_asked_again(connect: Connect) -> None:
    async with misbehaving(answer("500 Server Error", b"Task parameter values may not be empty")) as server:
        with pytest.raises(Rejected, match="may not be empty"):
            await connect(server.url).ask("/task/get-snapshot")
    assert len(server.requests) == 1


@pytest.mark.parametrize("failing", [BUSY, HANG_UP, stalled(), answer("200 OK", b"half", length=400)])
async def test_a_write_goes_out_once_whatever_happens(connect: Connect, clock: StillClock, failing: Answer) -> None:
    async with misbehaving(failing, OK) as server:
        with pytest.raises(DuraStoreError):
            await connect(server.url, timeout=3).send("/task/enable-hls", body=b"{}")
    assert len(server.requests) == 1
    assert clock.slept == []


@pytest.mark.parametrize(
    "silent",
    [
        HANG_UP,
        stalled(),
        raw(b"garbage\r\n\r\n"),
        *(answer(f"{status} Whatever", b"words") for status in (302, 307, 408, 499, 501, 502, 503, 504, 520, 524)),
        answer("500 Server Error", TOMCAT_403),
        answer("500 Server Error"),
    ],
)
async def test_a_write_without_an_answer_may_have_happened(connect: Connect, silent: Answer) -> None:
    async with misbehaving(silent) as server:
        with pytest.raises(NoReply):
            await connect(server.url, timeout=3).send("/task/enable-hls", body=b"{}")


async def test_a_write_whose_answer_broke_off_may_have_happened_and_tells_its_status(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", b"{", length=400)) as server:
        with pytest.raises(NoReply) as caught:
            await connect(server.url).send("/task/enable-hls", body=b"{}")
    assert caught.value.status == 200


async def test_a_write_that_could_not_go_out_did_not_happen(connect: Connect) -> None:
    async with misbehaving(OK) as server:
        url = server.url
    with pytest.raises(Unreachable):
        await connect(url).send("/task/enable-hls", body=b"{}")


async def test_a_write_that_was_never_let_through_by_a_proxy_did_not_happen(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with misbehaving(raw()) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(Unreachable):
            await connect("https://acme.example/durastore").send("/task/enable-hls", body=b"{}")
    assert [heard.method for heard in proxy.requests] == ["CONNECT"]


async def test_a_write_never_rides_an_idle_connection(connect: Connect) -> None:
    async with misbehaving(OK) as server:
        transport = connect(server.url)
        await transport.read("GET", "/stores")
        await transport.read("GET", "/stores")
        await transport.send("/task/enable-hls", body=b"{}")
        assert server.connections == 2


async def test_silence_ends_at_the_time_limit_and_is_not_waited_for_again(connect: Connect) -> None:
    async with misbehaving(stalled()) as server:
        with pytest.raises(Unreachable, match=r"gave up waiting after 0\.2 s"):
            await connect(server.url, timeout=0.2).read("GET", "/stores")
    assert len(server.requests) == 1


async def test_what_a_person_set_as_limit_goes_before_what_a_task_usually_needs(connect: Connect) -> None:
    async with misbehaving(stalled()) as server:
        with pytest.raises(NoReply, match=r"gave up waiting after 0\.2 s"):
            await connect(server.url, timeout=0.2).send("/task/enable-hls", within=120)


async def test_a_body_that_stops_coming_ends_at_the_time_limit(connect: Connect) -> None:
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<st"
    async with misbehaving(stalled(begun)) as server:
        with pytest.raises(Unreachable, match="gave up waiting"):
            await connect(server.url, timeout=0.2).read("GET", "/stores")


async def test_a_body_without_end_is_cut_off_at_the_limit(connect: Connect, log: RequestLog) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with misbehaving(endless(head, b"400\r\n" + b"x" * 1024 + b"\r\n")) as server:
        with pytest.raises(Malformed, match="larger than 50,000 bytes"):
            await connect(server.url, most_bytes=50_000).read("GET", "/stores")
    assert len(server.requests) == 1


async def test_a_compressed_body_counts_as_large_as_it_really_is(connect: Connect) -> None:
    bomb = answer("200 OK", gzip.compress(bytes(5_000_000)), "Content-Encoding: gzip")
    async with misbehaving(bomb) as server:
        with pytest.raises(Malformed, match="larger than 1,000,000 bytes"):
            await connect(server.url).read("GET", "/stores")


async def test_a_body_that_is_not_the_gzip_it_claims_is_malformed(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", b"not gzip", "Content-Encoding: gzip")) as server:
        with pytest.raises(Malformed, match="the answer cannot be decoded"):
            await connect(server.url).read("GET", "/stores")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        ("400 Bad Request", b"defrag-space is not a supported task.", Rejected),
        (
            "400 Bad Request",
            b"x. The space s is already configured to stream as OPEN and cannot be updated to y",
            Conflict,
        ),
        ("401 Unauthorized", TOMCAT_403, Unauthorized),
        ("403 Forbidden", TOMCAT_403, Forbidden),
        ("404 Not Found", b"Token not found", Missing),
        ("409 Conflict", b"Restore is already in progress for s/i", Conflict),
        ("410 Gone", b"", Rejected),
        ("500 Server Error", b"No S3 bucket found matching spaceID: nope", Missing),
        ("500 Server Error", b"... Error reported: Unexpected response code: 404", Missing),
        ("500 Server Error", b"... Error reported: Unexpected response code: 500", Rejected),
        ("500 Server Error", b"null", Rejected),
        ("501 Not Implemented", b"This endpoint is currently disabled.", Rejected),
        ("408 Request Timeout", b"", Unavailable),
        ("499 Client Closed Request", b"", Unavailable),
        ("502 Bad Gateway", b"", Unavailable),
        ("520 Unknown", b"", Unavailable),
    ],
)
async def test_each_status_is_the_error_it_means(
    connect: Connect, status: str, body: bytes, kind: type[DuraStoreError]
) -> None:
    async with misbehaving(answer(status, body)) as server:
        with pytest.raises(DuraStoreError) as caught:
            await connect(server.url).ask("/task/x")
    assert type(caught.value) is kind
    assert caught.value.asked == "POST /task/x"
    assert caught.value.status == int(status[:3])


async def test_a_web_page_becomes_a_sentence(connect: Connect) -> None:
    async with misbehaving(answer("403 Forbidden", TOMCAT_403, "Content-Type: text/html;charset=utf-8")) as server:
        with pytest.raises(Forbidden) as caught:
            await connect(server.url).read("GET", "/stores")
    assert caught.value.words == "HTTP Status 403 – Forbidden (a web page)"


async def test_a_status_without_words_says_what_the_status_means(connect: Connect) -> None:
    async with misbehaving(answer("404 Whatever")) as server:
        with pytest.raises(Missing) as caught:
            await connect(server.url).read("HEAD", "/nope")
    assert caught.value.words == "Not Found"


async def test_a_redirect_is_an_error_that_names_where_to_without_its_secrets(connect: Connect) -> None:
    moved = answer("302 Found", b"", "Location: https://elsewhere.example/login?token=s3cr3t")
    async with misbehaving(moved) as server:
        with pytest.raises(Rejected) as caught:
            await connect(server.url).read("GET", "/stores")
    assert "https://elsewhere.example/login" in caught.value.words
    assert "s3cr3t" not in str(caught.value)
    assert len(server.requests) == 1


async def test_session_cookies_are_not_sent_back(connect: Connect) -> None:
    cookie = answer("200 OK", b"", "Set-Cookie: JSESSIONID=1; Path=/")
    async with misbehaving(cookie) as server:
        transport = connect(server.url)
        await transport.read("GET", "/stores")
        await transport.read("GET", "/stores")
    assert "cookie" not in server.requests[1].headers


async def test_loopback_is_asked_past_any_proxy(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with misbehaving(OK) as server:
        assert (await connect(server.url).read("GET", "/stores")).status == 200


async def test_the_log_keeps_what_was_asked_and_no_secret(connect: Connect, log: RequestLog) -> None:
    heard: list[str] = []
    log.subscribe(lambda request: heard.append(request.path))
    body = b'{"spaceId": "media", "redirectUrl": "https://player.example/?token=s3cr3t"}'
    async with misbehaving(answer("500 No", b"bad Authorization: Basic cm9vdDpvcGVuIHNlc2FtZQ==")) as server:
        with pytest.raises(Rejected):
            await connect(server.url).send("/task/enable-hls", {"storeID": "51"}, body)
    (request,) = log
    assert heard == ["/task/enable-hls?storeID=51"]
    assert (request.method, request.status, request.task, request.ms) == ("POST", 500, "enable-hls", 1000)
    assert "media" in request.body
    assert request.answer.startswith("bad Authorization: Basic ")
    assert not request.whole
    assert not any(secret in repr(request) for secret in ("s3cr3t", "cm9vdD", "open sesame"))


async def test_the_log_keeps_the_beginning_of_a_long_answer(connect: Connect, log: RequestLog) -> None:
    async with misbehaving(answer("200 OK", b"x" * 10_000)) as server:
        await connect(server.url).read("GET", "/media")
    (request,) = log
    assert (request.bytes, request.answer) == (10_000, "x" * 4096 + "…")


async def test_a_write_that_was_cancelled_under_way_is_in_the_log(connect: Connect, log: RequestLog) -> None:
    async with misbehaving(stalled()) as server:
        sending = asyncio.create_task(connect(server.url).send("/task/enable-hls", body=b"{}"))
        await server.arrived.wait()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    assert [(request.task, request.status) for request in log] == [("enable-hls", None)]


async def test_a_read_that_is_under_way_at_the_end_is_broken_off_and_not_asked_again(connect: Connect) -> None:
    async with misbehaving(stalled()) as server:
        transport = connect(server.url)
        reading = asyncio.create_task(transport.read("GET", "/stores"))
        await server.arrived.wait()
        await transport.aclose()
        with pytest.raises(Unreachable, match=r"closed by this program \(a defect\)"):
            await reading
        with pytest.raises(Unreachable, match=r"closed by this program \(a defect\)"):
            await transport.read("GET", "/stores")
    assert (len(server.requests), server.connections) == (1, 1)


async def test_a_write_that_is_under_way_at_the_end_is_lost(connect: Connect) -> None:
    async with misbehaving(stalled()) as server:
        transport = connect(server.url)
        sending = asyncio.create_task(transport.send("/task/enable-hls", body=b"{}"))
        await server.arrived.wait()
        await transport.aclose()
        with pytest.raises(NoReply, match=r"closed by this program \(a defect\)"):
            await sending


async def test_closed_gently_it_lets_what_is_under_way_be_answered(connect: Connect) -> None:
    go_on = asyncio.Event()

    async def late(writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await OK(writer)

    async with misbehaving(late) as server:
        transport = connect(server.url)
        sending = asyncio.create_task(transport.send("/task/enable-hls", body=b"{}"))
        await server.arrived.wait()
        closing = asyncio.create_task(transport.aclose(gently=True))
        await asyncio.sleep(0)
        with pytest.raises(Unreachable):
            await transport.read("GET", "/stores")
        go_on.set()
        assert (await sending).status == 200
        await closing
    assert len(server.requests) == 1


async def test_who_leaves_while_it_closes_gently_waits_for_no_answer(connect: Connect) -> None:
    async with misbehaving(stalled()) as server:
        transport = connect(server.url)
        reading = asyncio.create_task(transport.read("GET", "/stores"))
        await server.arrived.wait()
        closing = asyncio.create_task(transport.aclose(gently=True))
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(Unreachable, match=r"closed by this program \(a defect\)"):
            await reading


async def test_who_is_cancelled_while_closing_leaves_nothing_open(connect: Connect) -> None:
    async with misbehaving(OK) as server:
        transport = connect(server.url)
        await asyncio.gather(*(transport.read("GET", "/stores") for _ in range(3)))
        assert server.open == 3
        closing = asyncio.create_task(transport.aclose())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.gather(closing, return_exceptions=True)
        async with asyncio.timeout(10):
            await server.all_hung_up.wait()


async def test_no_error_holds_the_password(connect: Connect) -> None:
    async with misbehaving(answer("401 Unauthorized")) as server:
        transport = connect(server.url)
        with pytest.raises(Unauthorized) as caught:
            await transport.read("GET", "/stores")
    assert "sesame" not in repr(caught.value) + str(caught.value) + repr(transport.endpoint)


async def test_the_log_forgets_the_oldest(connect: Connect) -> None:
    short = RequestLog(keep=2)
    async with misbehaving(OK) as server:
        transport = connect(server.url)
        transport.log = short
        for path in ("/a", "/b", "/c"):
            await transport.read("GET", path)
    assert [request.path for request in short] == ["/b", "/c"]


async def test_nobody_is_told_of_requests_after_unsubscribing(connect: Connect, log: RequestLog) -> None:
    heard: list[str] = []
    leave = log.subscribe(lambda request: heard.append(request.path))
    async with misbehaving(OK) as server:
        await connect(server.url).read("GET", "/a")
        leave()
        await connect(server.url).read("GET", "/b")
    assert heard == ["/a"]


async def test_a_certificate_of_nobody_we_know_is_not_talked_to(connect: Connect) -> None:
    async with misbehaving(OK, tls=server_certificate(trustme.CA())) as server:
        with pytest.raises(Untrusted, match="certificate is not accepted: unable to get local issuer"):
            await connect(server.url).read("GET", "/stores")
    assert (server.requests, server.connections) == ([], 0)


async def test_a_name_that_nobody_knows_is_told_apart_from_a_server_that_does_not_answer(connect: Connect) -> None:
    with pytest.raises(NameUnknown):
        await connect("https://no-such-host.invalid/durastore").read("GET", "/stores")
    with pytest.raises(Unreachable) as refused:
        await connect("http://127.0.0.1:1/durastore").read("GET", "/stores")
    assert not isinstance(refused.value, NameUnknown | Untrusted)


async def test_the_own_authority_is_trusted(connect: Connect, tmp_path: Path) -> None:
    authority = trustme.CA()
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    async with misbehaving(OK, tls=server_certificate(authority)) as server:
        transport = connect(server.url, ca_file=ca_file)
        assert (await transport.read("GET", "/stores")).status == 200
    assert transport.tls is not None
    assert transport.tls.version.startswith("TLSv1.")
    assert transport.tls.issuer.startswith("trustme")
    assert len(transport.tls.until) == len("2027-01-31")


async def test_an_unreadable_authority_is_refused_before_anything_is_sent(connect: Connect, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="certificate"):
        await connect("https://127.0.0.1:9/durastore", ca_file=tmp_path / "none.pem").read("GET", "/stores")


async def test_a_request_is_waited_for_until_it_ends(connect: Connect, log: RequestLog) -> None:
    async with misbehaving(stalled()) as server:
        reading = asyncio.create_task(connect(server.url).read("GET", "/stores"))
        await server.arrived.wait()
        assert log.waiting_since
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    assert log.waiting_since is None


def test_a_read_is_waited_for_longer_than_the_server_takes_to_fail() -> None:
    assert WITHIN > 51
    assert all(task.answers_within >= WITHIN for task in TASKS.values())


async def test_the_date_of_an_answer_tells_how_far_the_servers_clock_is_from_ours(connect: Connect) -> None:
    ahead = answer("200 OK", b"", "Date: Sun, 01 Feb 2026 00:00:00 GMT")
    behind = answer("500 Internal Server Error", b"no", "Date: Thu, 01 Jan 2026 00:00:00 GMT")
    near = answer("200 OK", b"", "Date: Fri, 02 Jan 2026 00:00:30 GMT")
    async with misbehaving(OK, ahead, OK, behind, near) as server:
        transport = connect(server.url)
        found = []
        for _ in range(3):
            await transport.read("GET", "/stores")
            found.append(transport.ahead.days)
        with pytest.raises(Rejected):
            await transport.read("GET", "/stores")
        found.append(transport.ahead.days)
        await transport.read("GET", "/stores")
        found.append(transport.ahead.days)
    assert found == [0, 29, 29, -2, 0]
