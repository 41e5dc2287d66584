"""Content items over HTTP (protocol §4)."""

import hashlib

import pytest

from durastore_tui.sandbox.nasty import NASTY_NAMES
from tests.stand_in import StandIn, encoded

UNREACHABLE = (
    "..",
    "./dot/segment.ts",
    "a/../b.ts",
    "/leading/slash.ts",
    "//double//slash.ts",
    "line\nbreak.txt",
)
SPACE = "dance-archive"


def put(server: StandIn, name: str, body: str = "0123456789", *headers: tuple[str, str]) -> int:
    return server.ask("PUT", f"/{SPACE}/{encoded(name)}", body=body, headers=headers).status


@pytest.mark.parametrize("name", [name for name in NASTY_NAMES if name not in UNREACHABLE])
def test_a_nasty_name_is_found_by_its_encoded_path(untouched: StandIn, name: str) -> None:
    answer = untouched.ask("HEAD", f"/nasty-names/{encoded(name)}")
    assert answer.status == 200
    assert answer.header("ETag") == answer.header("Content-MD5")


@pytest.mark.parametrize("name", UNREACHABLE)
def test_names_that_the_firewall_stops_cannot_be_asked_for(untouched: StandIn, name: str) -> None:
    assert untouched.ask("HEAD", f"/nasty-names/{encoded(name)}").status == 500


def test_a_semicolon_must_be_encoded(untouched: StandIn) -> None:
    assert untouched.ask("HEAD", "/nasty-names/semi%3Bcolon.ts").status == 200
    assert untouched.ask("HEAD", "/nasty-names/semi;colon.ts").status == 404


def test_the_checksum_is_that_of_the_bytes(untouched: StandIn) -> None:
    answer = untouched.ask("GET", "/oral-histories-hls/oh/1974/OH-0412/interview-hazel-whitcomb-v2m00003.ts")
    assert hashlib.md5(answer.body, usedforsecurity=False).hexdigest() == answer.header("Content-MD5")
    assert answer.header("Content-Length") == str(len(answer.body))


@pytest.mark.parametrize(
    ("asked", "body", "shown"),
    [
        ("bytes=3-5", "345", "bytes 3-5/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=8-99", "89", "bytes 8-9/10"),
        ("bytes=0-0,4-5", "0", "bytes 0-0/10"),
    ],
)
def test_a_range_gives_a_part(server: StandIn, asked: str, body: str, shown: str) -> None:
    put(server, "a.txt")
    answer = server.ask("GET", f"/{SPACE}/a.txt", headers=[("Range", asked)])
    assert (answer.status, answer.text, answer.header("Content-Range")) == (206, body, shown)


@pytest.mark.parametrize("asked", ["bytes=-3", "bytes=a-b", "lines=1-2", "bytes= 0-1", "bytes=0-9223372036854775808"])
def test_a_range_of_another_form_is_refused(server: StandIn, asked: str) -> None:
    put(server, "a.txt")
    answer = server.ask("GET", f"/{SPACE}/a.txt", headers=[("Range", asked)])
    assert answer.status == 400
    assert answer.text == (
        "The Range header value, when utilized, must be in the format 'bytes=X-Y', where X and Y are numerical values."
        f" The value provided ({asked}) is not valid."
    )


def test_a_range_that_runs_backwards_is_ignored(server: StandIn) -> None:
    put(server, "a.txt")
    answer = server.ask("GET", f"/{SPACE}/a.txt", headers=[("Range", "bytes=5-3")])
    assert (answer.status, answer.text, answer.header("Content-Range")) == (206, "0123456789", None)


@pytest.mark.parametrize(("body", "asked"), [("0123456789", "bytes=10-"), ("", "bytes=0-0")])
def test_a_range_past_the_end_is_refused_after_a_long_time(server: StandIn, body: str, asked: str) -> None:
    put(server, "a.txt", body)
    answer = server.ask("GET", f"/{SPACE}/a.txt", headers=[("Range", asked)])
    assert (answer.status, answer.delay) == (500, 45.0)
    assert "The requested range is not satisfiable (Service: Amazon S3; Status Code: 416;" in answer.text


def test_an_attachment_is_named(server: StandIn) -> None:
    put(server, "d/a.txt")
    answer = server.ask("GET", f"/{SPACE}/d/a.txt?attachment=true")
    assert answer.header("Content-Disposition") == 'attachment;filename="d/a.txt"'


def test_putting_again_keeps_old_properties_and_posting_does_not(server: StandIn) -> None:
    put(server, "a.txt", "x", ("x-dura-meta-one", "1"))
    put(server, "a.txt", "y", ("x-dura-meta-two", "2"))
    head = server.ask("HEAD", f"/{SPACE}/a.txt")
    assert (head.header("x-dura-meta-one"), head.header("x-dura-meta-two")) == ("1", "2")
    posted = server.ask("POST", f"/{SPACE}/a.txt", headers=[("x-dura-meta-three", "3")])
    assert posted.text == "Content a.txt updated successfully"
    head = server.ask("HEAD", f"/{SPACE}/a.txt")
    assert (head.header("x-dura-meta-one"), head.header("x-dura-meta-three")) == (None, "3")
    assert server.ask("GET", f"/{SPACE}/a.txt").text == "y"


def test_properties_whose_header_is_capitalised_are_kept_in_lower_case(server: StandIn) -> None:
    put(server, "a.txt", "x", ("X-Dura-Meta-One", "1"))
    assert server.ask("HEAD", f"/{SPACE}/a.txt").header("x-dura-meta-one") == "1"


@pytest.mark.parametrize(("given", "shown"), [("nonsense", "no"), ("12zz", "zz"), ("XUFAKrxLKna5cZ2REBfFkg==", "XU")])
def test_a_checksum_that_is_not_hexadecimal_is_a_500(server: StandIn, given: str, shown: str) -> None:
    answer = server.ask("PUT", f"/{SPACE}/a.txt", body="x", headers=[("Content-MD5", given)])
    assert (answer.status, answer.text) == (500, f'For input string: "{shown}" under radix 16')


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_type_that_is_none_gets_the_containers_page(server: StandIn, method: str) -> None:
    answer = server.ask(method, f"/{SPACE}/a.txt", headers=[("Content-Type", "garbage")])
    assert (answer.status, answer.header("Content-Type")) == (400, "text/html;charset=utf-8")


def test_the_headers_of_s3_are_among_the_properties(server: StandIn) -> None:
    put(server, "a.txt", "x", ("Content-Type", "text/plain"), ("Content-Encoding", "gzip"))
    head = server.ask("HEAD", f"/{SPACE}/a.txt")
    assert head.header("x-dura-meta-content-type") == "text/plain"
    assert head.header("x-dura-meta-content-encoding") == "gzip"


def test_an_empty_body_makes_an_empty_item(server: StandIn) -> None:
    assert put(server, "nothing", "") == 201
    assert server.ask("HEAD", f"/{SPACE}/nothing").header("Content-Length") == "0"


def test_a_wrong_checksum_is_a_conflict_and_stores_nothing(server: StandIn) -> None:
    assert put(server, "a.txt", "x", ("Content-MD5", "0" * 32)) == 409
    assert server.ask("HEAD", f"/{SPACE}/a.txt").status == 404


def test_a_wrong_checksum_leaves_what_was_there(server: StandIn) -> None:
    put(server, "a.txt", "old", ("x-dura-meta-one", "1"))
    refused = server.ask("PUT", f"/{SPACE}/a.txt", body="new", headers=[("Content-MD5", "0" * 32)])
    assert refused.text == (
        f"Error attempting to add content 'a.txt' in '{SPACE}' due to: Checksum mismatch detected attempting to add"
        f" content a.txt to S3 bucket {server.world().bucket('51', SPACE)}. Content was not added."
    )
    kept = server.ask("GET", f"/{SPACE}/a.txt")
    assert (kept.text, kept.header("x-dura-meta-one")) == ("old", "1")


@pytest.mark.parametrize(
    ("method", "headers", "status", "body"),
    [
        ("PUT", [("Content-Type", "mp4")], 400, None),
        ("PUT", [("x-dura-meta-title", "é")], 400, f"adding content({SPACE}, a.txt, null)"),
        ("POST", [("x-dura-meta-content-mimetype", "mp4")], 500, "Invalid Mimetype"),
        ("POST", [("Content-Type", "mp4")], 400, None),
        (
            "POST",
            [("x-dura-meta-title", "é")],
            400,
            f"Error attempting to update properties for content 'a.txt' in '{SPACE}' due to: The property value 'é' is"
            " invalid. Only US-ASCII characters are allowed.  ",
        ),
    ],
)
def test_headers_that_cannot_be_stored(
    server: StandIn, method: str, headers: list[tuple[str, str]], status: int, body: str | None
) -> None:
    put(server, "a.txt")
    answer = server.ask(method, f"/{SPACE}/a.txt", headers=headers)
    assert answer.status == status
    assert body is None or answer.text == body


def test_ids_that_break_the_rules(untouched: StandIn) -> None:
    asked = untouched.ask("PUT", f"/{SPACE}/playlist.m3u8%3Ftoken=x")
    assert (asked.status, asked.text) == (400, "Content ID may not include the '?' character")
    long = untouched.ask("PUT", f"/{SPACE}/{'n' * 1025}")
    assert (long.status, long.text) == (400, "Content ID must <= 1024 bytes after URL and UTF-8 encoding")


@pytest.mark.parametrize(
    ("method", "task"),
    [
        ("GET", "get content"),
        ("HEAD", "get properties for content"),
        ("POST", "update properties for content"),
        ("DELETE", "delete content"),
    ],
)
def test_a_missing_item_and_a_missing_space_are_404(untouched: StandIn, method: str, task: str) -> None:
    assert untouched.ask(method, f"/{SPACE}/nope").status == 404
    gone = untouched.ask(method, "/nope/nope")
    assert gone.status == 404
    cause = "No S3 bucket found matching spaceID: nope"
    assert gone.text in ("", f"Error attempting to {task} 'nope' in 'nope' due to: {cause}")


def test_putting_into_an_unknown_store_or_space_is_404(untouched: StandIn) -> None:
    assert untouched.ask("PUT", "/nope/a").status == 404
    assert untouched.ask("PUT", f"/{SPACE}/a?storeID=99").status == 404


def test_a_copy_has_the_bytes_and_properties_of_its_source(server: StandIn) -> None:
    put(server, "a b.txt", "body", ("x-dura-meta-one", "1"))
    source = [("x-dura-meta-copy-source", f"{SPACE}/a%20b.txt")]
    assert server.ask("PUT", "/campus-events/copied", headers=source).status == 201
    answer = server.ask("GET", "/campus-events/copied")
    assert (answer.text, answer.header("x-dura-meta-one")) == ("body", "1")
    assert answer.header("x-dura-meta-copy-source") is None


def test_a_copy_takes_no_properties_of_its_own(server: StandIn) -> None:
    put(server, "a.txt", "body", ("x-dura-meta-one", "1"))
    source = [("x-dura-meta-copy-source", f"{SPACE}/a.txt"), ("x-dura-meta-one", "2"), ("x-dura-meta-two", "2")]
    assert server.ask("PUT", "/campus-events/copied", headers=source).status == 201
    copied = server.ask("HEAD", "/campus-events/copied")
    assert (copied.header("x-dura-meta-one"), copied.header("x-dura-meta-two")) == ("1", None)


def test_a_copy_without_a_source_store_is_from_the_primary_one(server: StandIn) -> None:
    put(server, "a.txt", "body")
    source = [("x-dura-meta-copy-source", f"{SPACE}/a.txt")]
    assert server.ask("PUT", "/masters-film/copied?storeID=52", headers=source).status == 201


def test_generated_bytes_can_be_copied_to_another_store(server: StandIn) -> None:
    path = "oral-histories-hls/oh/1974/OH-0412/interview-hazel-whitcomb-v2m00003.ts"
    source = [("x-dura-meta-copy-source", path), ("x-dura-meta-copy-source-store", "51")]
    assert server.ask("PUT", "/masters-film/copied.ts?storeID=52", headers=source).status == 201
    copied = server.world().spaces("52").contents("masters-film").item("copied.ts")
    assert copied.checksum == server.ask("HEAD", f"/{path}").header("Content-MD5")


@pytest.mark.parametrize(
    ("headers", "status", "body"),
    [
        (
            [("x-dura-meta-copy-source", "no-slash")],
            500,
            'Cannot invoke "String.length()" because "s" is null',
        ),
        (
            [("x-dura-meta-copy-source", f"{SPACE}/")],
            500,
            'Cannot invoke "String.length()" because "s" is null',
        ),
        ([("x-dura-meta-copy-source", "//")], 500, "Index 0 out of bounds for length 0"),
        ([("x-dura-meta-copy-source", "")], 400, "Missing header: x-dura-meta-copy-source"),
        (
            [("x-dura-meta-copy-source", f"{SPACE}/nope")],
            404,
            f"Error attempting to copy content '{SPACE} / nope' to 'campus-events / c' due to: ",
        ),
        (
            [("x-dura-meta-copy-source", "masters-film/nope"), ("x-dura-meta-copy-source-store", "52")],
            404,
            "Error attempting to copy content 'AMAZON_GLACIER / masters-film / nope' to"
            " 'AMAZON_S3 / campus-events / c' due to: ",
        ),
        (
            [("x-dura-meta-copy-source", f"{SPACE}/a"), ("x-dura-meta-copy-source-store", "99")],
            500,
            "No store exists with ID 99",
        ),
    ],
)
def test_copies_that_fail(untouched: StandIn, headers: list[tuple[str, str]], status: int, body: str) -> None:
    answer = untouched.ask("PUT", "/campus-events/c", headers=headers)
    assert answer.status == status
    assert answer.text.startswith(body)


def test_a_copy_has_no_body(untouched: StandIn) -> None:
    source = [("x-dura-meta-copy-source", f"{SPACE}/a.txt")]
    answer = untouched.ask("PUT", "/campus-events/c", body="four", headers=source)
    assert (answer.status, answer.text) == (
        400,
        f"Body should not be present in copy-content request: from {SPACE}/a.txt, with body size: 4",
    )


def test_dates_have_no_zone_and_types_are_as_stored(untouched: StandIn) -> None:
    head = untouched.ask("HEAD", "/nasty-names/100%25%20done.mp4")
    assert head.header("Last-Modified") == "2026-01-05T09:15:00"
    assert head.header("Content-Type") == "mp4"
    assert head.header("x-dura-meta-creator") == "ana.ruiz"
