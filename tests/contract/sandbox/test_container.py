"""What the servlet container adds to every answer (protocol §17): sessions, hanging up, pages, labels."""

from random import Random

import pytest

from tests.stand_in import Answer, StandIn, basic


def session_of(answer: Answer) -> str:
    return (answer.header("Set-Cookie") or "").partition(";")[0]


def test_a_login_begins_a_session_of_the_context(server: StandIn) -> None:
    given = server.ask("GET", "/task").header("Set-Cookie") or ""
    assert given.startswith("JSESSIONID=")
    assert given.endswith("; Path=/durastore; HttpOnly")
    assert server.ask("GET", "/spaces", None).header("Set-Cookie") is None


def test_a_session_admits_its_own_login_with_any_password(server: StandIn) -> None:
    session = session_of(server.ask("GET", "/task", "admin"))

    def status(*headers: tuple[str, str]) -> int:
        return server.ask("POST", "/task/noop", None, headers=[("Cookie", session), *headers]).status

    assert status(basic("admin", "wrong")) == 200
    assert status() == 200
    assert status(basic("root", "wrong")) == 401
    assert status(basic("user")) == 403
    assert server.ask("POST", "/task/noop", None, headers=[basic("admin", "wrong")]).status == 401


def test_logging_out_ends_the_session_whoever_asks(server: StandIn) -> None:
    session = session_of(server.ask("GET", "/task", "admin"))
    left = server.ask("GET", "/logout", None, headers=[("Cookie", session), basic("admin", "wrong")])
    assert (left.status, left.header("Location")) == (302, "/durastore/login?logout")
    assert server.ask("GET", "/task", None, headers=[("Cookie", session)]).status == 401


@pytest.mark.parametrize(
    ("accept", "label"),
    [
        ("*/*", "text/plain"),
        ("text/*", "text/plain"),
        ("application/*", "application/octet-stream"),
        ("application/json", "application/json"),
        ("text/html;q=0.3, application/xml;q=0.9, */*;q=0.1", "application/xml"),
        ("*/*, text/csv", "text/csv"),
        ("garbage, text/plain;q=0.1", "text/plain"),
    ],
)
def test_an_error_is_labelled_by_the_best_type_that_is_accepted(untouched: StandIn, accept: str, label: str) -> None:
    answer = untouched.ask("POST", "/task/nope", headers=[("Accept", accept)])
    assert (answer.status, answer.header("Content-Type")) == (400, label)


@pytest.mark.parametrize("accept", ["garbage", "image/*", "text/plain;q=0"])
def test_an_error_that_cannot_be_labelled_is_a_406(untouched: StandIn, accept: str) -> None:
    answer = untouched.ask("POST", "/task/nope", headers=[("Accept", accept)])
    assert (answer.status, answer.header("Content-Language")) == (406, "en")
    assert untouched.ask("POST", "/task/noop", headers=[("Accept", accept)]).text == "Success"


@pytest.mark.parametrize(
    ("content_type", "status", "text"),
    [
        ("garbage", 400, None),
        ("", 400, None),
        ("application/x-www-form-urlencoded", 200, "Success"),
        ("multipart/form-data", 500, "the request was rejected because no multipart boundary was found"),
    ],
)
def test_the_type_of_a_tasks_body(untouched: StandIn, content_type: str, status: int, text: str | None) -> None:
    answer = untouched.ask("POST", "/task/noop", headers=[("Content-Type", content_type)])
    assert answer.status == status
    assert text in (None, answer.text)


def test_a_task_with_a_type_that_is_none_does_not_run(server: StandIn) -> None:
    body = '{"spaceId": "dance-archive"}'
    assert server.ask("POST", "/task/enable-hls", body=body, headers=[("Content-Type", "garbage")]).status == 400
    assert server.ask("HEAD", "/dance-archive").header("x-dura-meta-hls-streaming-host") is None


def test_what_the_firewall_refuses_bears_no_headers_of_the_security_layer(untouched: StandIn) -> None:
    for path in ("/a//b", "/a/../b", "/50%"):
        answer = untouched.ask("GET", path)
        assert (answer.header("Content-Language"), answer.header("X-Frame-Options")) == ("en", None)


def test_options_describe_a_resource(untouched: StandIn) -> None:
    answer = untouched.ask("OPTIONS", "/campus-events", None)
    assert (answer.status, answer.header("Content-Type")) == (200, "application/vnd.sun.wadl+xml")
    assert '<resource path="campus-events">' in answer.text
    assert untouched.ask("OPTIONS", "/task", "root").status == 403
    assert untouched.ask("OPTIONS", "/aux/cookies", None).status == 401


def test_the_whole_description_takes_an_admin(untouched: StandIn) -> None:
    statuses = [untouched.ask("GET", "/application.wadl", who).status for who in (None, "user", "admin")]
    assert statuses == [401, 403, 200]
    assert '<resource path="task/{taskName}">' in untouched.ask("GET", "/application.wadl").text


def test_head_has_a_type_of_its_own(untouched: StandIn) -> None:
    assert untouched.ask("HEAD", "/campus-events").header("Content-Type") == "application/octet-stream"
    assert untouched.ask("HEAD", "/nope").header("Content-Type") == "text/html;charset=utf-8"
    assert untouched.ask("HEAD", "/campus-events/nope").header("Content-Type") == "text/html;charset=utf-8"


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("owner", (200, 200, 403)),
        ("bare", (200, 403, 403)),
        ("iplimited", (403, 403, 403)),
        ("üser", (200, 403, 403)),
    ],
)
def test_the_lesser_known_logins(untouched: StandIn, login: str, expected: tuple[int, ...]) -> None:
    asked = (("GET", "/task"), ("POST", "/task/noop"), ("POST", "/task/set-storage-policy"))
    assert tuple(untouched.ask(method, path, login).status for method, path in asked) == expected
    cookies = untouched.ask("GET", "/aux/cookies?token=x", login).status
    assert cookies == (403 if login in ("bare", "iplimited") else 404)


def test_an_empty_store_id_is_the_primary_store_of_tasks_and_none_of_spaces(untouched: StandIn) -> None:
    assert untouched.ask("GET", "/task?storeID=").status == 200
    answer = untouched.ask("GET", "/campus-events?storeID=")
    assert (answer.status, answer.text.partition("due to: ")[2]) == (404, "No store exists with ID ")


def test_a_token_that_is_empty_or_left_out_is_an_error_once_there_are_tokens(server: StandIn) -> None:
    assert server.ask("GET", "/aux/cookies", None).status == 404
    server.task("get-signed-cookies-url", '{"spaceId": "lectures-secure", "redirectUrl": "x"}')
    prefix = "java.lang.IllegalArgumentException: Key cannot be"
    assert server.ask("GET", "/aux/cookies", None).text == f"{prefix} null"
    assert server.ask("GET", "/aux/cookies?token=", None).text == f"{prefix} empty"
    assert server.ask("HEAD", "/signedcookies").header("x-dura-meta-space-created") is None


@pytest.mark.parametrize(
    ("method", "path", "delay"),
    [
        ("GET", "/spaces", 51.0),
        ("HEAD", "/campus-events", 48.0),
        ("GET", "/campus-events/events", 48.0),
        ("HEAD", "/acl/campus-events", 48.0),
        ("POST", "/task/set-storage-policy", 20.0),
    ],
)
def test_while_s3_is_down_what_needs_it_fails_slowly(server: StandIn, method: str, path: str, delay: float) -> None:
    server.switch_on("s3-down")
    body = '{"spaceId": "campus-events", "storageClass": "GLACIER", "daysToTransition": 1}'
    answer = server.ask(method, path, body=body)
    assert (answer.status, answer.delay) == (500, delay)


def test_while_s3_is_down_what_does_not_need_it_goes_on(server: StandIn) -> None:
    server.switch_on("s3-down")
    paths = ("/stores", "/task", "/report/store", "/report/space/campus-events")
    assert [server.ask("GET", path).status for path in paths] == [200, 200, 200, 200]
    assert server.task("noop").text == "Success"


def test_while_cloudfront_is_down_streaming_tasks_fail_soon(server: StandIn) -> None:
    server.switch_on("cloudfront-down")
    answer = server.task("enable-hls", '{"spaceId": "campus-events"}')
    assert (answer.status, answer.delay) == (500, 0.7)
    assert "AmazonCloudFront; Status Code: 503" in answer.text


def test_a_store_of_an_unknown_type_is_listed_and_offers_nothing(untouched: StandIn) -> None:
    listed = untouched.ask("GET", "/stores", world="broken").text
    assert "<storageProviderType>UNKNOWN</storageProviderType>" in listed
    refused = untouched.task("noop", store="92", world="broken")
    assert (refused.status, refused.text) == (
        500,
        "Unsupported storage provider type (UNKNOWN)  associated with storage account (92): unable to create",
    )


PATHS = (
    "",
    "/stores",
    "/spaces",
    "/task/enable-hls",
    "/task/get-snapshot-contents",
    "/task/restore-content",
    "/acl/campus-events",
    "/aux/cookies",
    "/manifest/empty-space",
    "/audit/nope",
    "/bit-integrity/nope",
    "/report/store",
    "/campus-events",
    "/nasty-names/plain.m3u8",
)
TAILS = ("", "/", "%", "%zz", "%2F", "%00", "%0A", "//", "/..", ";a=b", "%3B", "%E9", "%ED%A0%80", "\\", "[x]")
QUERIES = (
    "",
    "?storeID=",
    "?storeID=99",
    "?storeID=%E9",
    "?storeid=53",
    "?maxResults=a",
    "?prefix=%ED%A0%80",
    "?token=",
)
HEADERS = (
    ("Accept", ";;"),
    ("Accept", "a/b/c;q=x"),
    ("Content-Type", "multipart/form-data; boundary="),
    ("Range", "bytes=5-1"),
    ("Content-MD5", "é"),
    ("Cookie", "\xff=;;"),
    ("Authorization", "Basic !!"),
    ("Host", "[bad"),
    ("x-dura-meta-", "v"),
)
BODIES = (b"", b"null", b"\xff\xfe", b'{"spaceId": "\\ud800", "snapshotId": "\\udc00_a_b_c"}', b"masters-audio/\xff")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_sent_is_answered(server: StandIn, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - it is to be the same each time
    for _ in range(150):
        method = chance.choice(("GET", "HEAD", "PUT", "POST", "OPTIONS", "PATCH"))
        path = chance.choice(PATHS) + chance.choice(TAILS) + chance.choice(QUERIES)
        who = chance.choice((None, "user", "admin", "root"))
        answer = server.ask(method, path, who, chance.choice(BODIES), chance.sample(HEADERS, 2))
        assert 200 <= answer.status < 600, (method, path, who)
