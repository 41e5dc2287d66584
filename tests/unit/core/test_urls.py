"""Ids come in exact and go out percent-encoded, once."""

from urllib.parse import unquote, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.urls import (
    address,
    doubt,
    encode_path,
    encode_stream_url,
    item_path,
    space_path,
    stream_url,
    task_path,
    unreachable,
)

IDS = st.text(min_size=1, max_size=40)


@given(IDS)
def test_a_path_decodes_to_the_exact_id_and_is_plain(content_id: str) -> None:
    path = encode_path(content_id)
    assert path.isascii()
    assert unquote(path) == content_id
    assert path.count("/") == content_id.count("/")


@given(IDS)
def test_nobody_on_the_way_folds_or_reads_the_path(content_id: str) -> None:
    url = address("https://host/durastore", item_path("media", content_id), {"storeID": "51"})
    assert httpx.URL(url).raw_path.decode() == f"/durastore/media/{encode_path(content_id)}?storeID=51"


@pytest.mark.parametrize(
    ("content_id", "path"),
    [
        ("a b+c", "a%20b%2Bc"),
        ("semi;colon#x?y", "semi%3Bcolon%23x%3Fy"),
        ("already%20encoded.ts", "already%2520encoded.ts"),
        ("..", "%2E%2E"),
        ("./dot/a..b/.hidden", "%2E/dot/a..b/.hidden"),
        ("日/é", "%E6%97%A5/%C3%A9"),
    ],
)
def test_everything_but_the_slash_is_encoded(content_id: str, path: str) -> None:
    assert encode_path(content_id) == path


@given(IDS)
def test_a_raw_streaming_address_is_encoded_once(content_id: str) -> None:
    raw = f"https://d1.cloudfront.net/{content_id}"
    encoded = (
        encode_stream_url(raw, content_id) if "?" not in content_id else stream_url("d1.cloudfront.net", content_id)
    )
    assert encoded == stream_url("d1.cloudfront.net", content_id)
    assert encode_stream_url(encoded, content_id) == encoded


def test_prefix_and_signature_of_an_old_address_stay_as_they_are() -> None:
    raw = "rtmp://s1.cloudfront.net/cfx/st/mp4:a b.mp4?Policy=x_&Signature=y~"
    assert encode_stream_url(raw, "a b.mp4") == "rtmp://s1.cloudfront.net/cfx/st/mp4:a%20b.mp4?Policy=x_&Signature=y~"


def test_an_address_that_does_not_hold_the_id_is_left_alone() -> None:
    assert encode_stream_url("https://d1.cloudfront.net/other", "a b") == "https://d1.cloudfront.net/other"


@pytest.mark.parametrize(
    "content_id",
    ["", "/lead", "//d//s.ts", "a//b", "tab\there", "nul\x00", "a\\b", "a?b", "..", "./a", "a/../b", "half\udcff"],
)
def test_an_id_that_no_path_can_name_has_a_reason(content_id: str) -> None:
    assert unreachable(content_id)


@pytest.mark.parametrize("content_id", ["...", "a..b", ".hidden", "trailing/", "100% é;#.ts", " ", "csi\x9b"])
def test_odd_ids_can_be_asked_for(content_id: str) -> None:
    assert unreachable(content_id) is None


@given(st.dictionaries(st.text(min_size=1), st.text() | st.integers(), max_size=4))
def test_the_query_brings_every_value_across(query: dict[str, str | int]) -> None:
    url = urlsplit(address("http://localhost/durastore/", "/spaces", query))
    pairs = [pair.split("=") for pair in url.query.split("&")] if query else []
    assert {unquote(name): unquote(value) for name, value in pairs} == {
        name: str(value) for name, value in query.items()
    }
    assert url.path == "/durastore/spaces"


def test_a_query_value_of_none_is_left_out() -> None:
    assert address("http://h", "/x", {"marker": None}) == "http://h/x"


def test_names_with_slashes_stay_one_segment() -> None:
    assert (space_path("a/b"), task_path("c/d")) == ("/a%2Fb", "/task/c%2Fd")


EDGE = "d1.cloudfront.net"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (f"https://{EDGE}/a%20b.m3u8", EDGE),
        (f"https://{EDGE.upper()}/a.m3u8", EDGE),
        (f"https://{EDGE}/cookies?token=abc", EDGE),
        ("https://d1.cloudfront.localhost:8443/a.m3u8", "d1.cloudfront.localhost:8443"),
        ("http://127.0.0.1:9/a", "127.0.0.1:9"),
        (f"https://{EDGE}/日本語.m3u8", EDGE),
    ],
)
def test_a_url_of_the_spaces_own_host_is_used(url: str, host: str) -> None:
    assert doubt(url, host) is None


@pytest.mark.parametrize(
    ("url", "host", "why"),
    [
        ("file:///etc/passwd", EDGE, "starts with file"),
        ("javascript:alert(1)", EDGE, "starts with javascript"),
        ("-v", EDGE, "no scheme"),
        (f"http://{EDGE}/a", EDGE, "starts with http"),
        ("https://evil.example/a", EDGE, "its host is evil.example"),
        (f"https://{EDGE}@evil.example/a", EDGE, "its host is"),
        (f"https://evil.example\\@{EDGE}/a", EDGE, "its host is"),
        (f"https://u:p@{EDGE}/a", EDGE, "its host is"),
        (f"https://{EDGE}:444/a", EDGE, "its host is"),
        (f"https://{EDGE}.evil.example/a", EDGE, "its host is"),
        ("https:///a", EDGE, "its host is missing"),
        (f"https://{EDGE}/a\x1b[201~\nid\n", EDGE, "control characters"),
        (f"https://{EDGE}/a\u202egnp", EDGE, "control characters"),
        (f"https://{EDGE}/a b", EDGE, "blanks"),
        (f"https://{EDGE}/a", None, "no valid streaming host"),
        ("https://evil.example/x/a", "evil.example/x", "no valid streaming host"),
        (f"rtmp://{EDGE}/cfx/st/a", EDGE, "starts with rtmp"),
    ],
)
def test_any_other_url_is_not_used_and_the_reason_is_told(url: str, host: str | None, why: str) -> None:
    assert why in (doubt(url, host) or "")


def test_rtmp_is_good_for_what_makes_rtmp() -> None:
    assert doubt(f"rtmp://{EDGE}/cfx/st/mp4:a", EDGE, ("rtmp",)) is None


@given(st.text(max_size=20))
def test_whatever_an_id_holds_its_joined_url_can_be_used(content_id: str) -> None:
    assert doubt(encode_stream_url(f"https://{EDGE}/{content_id}", content_id), EDGE) is None
