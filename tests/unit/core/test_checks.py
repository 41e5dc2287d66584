"""What is wrong with a value is said by the rule that it breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core import checks


@pytest.mark.parametrize(
    ("space", "rule"),
    [
        ("ab", "between 3 and 42"),
        ("a" * 43, "between 3 and 42"),
        (" ab ", "between 3 and 42"),
        ("Test-Space", "Only lowercase letters"),
        ("under_score", "Only lowercase letters"),
        ("abc\n", "Only lowercase letters"),
        ("été-2026", "Only lowercase letters"),
        (".abc", "begin with a lowercase letter"),
        ("-abc", "begin with a lowercase letter"),
        ("1abc", "begin with a lowercase letter"),
        ("192.168.0.1", "begin with a lowercase letter"),
        ("abc.1def", "last period"),
        ("abc-", "must end with"),
        ("abc..def", "must not contain"),
        ("abc-.def", "must not contain"),
        ("abc.-def", "must not contain"),
    ],
)
def test_a_space_id_is_refused_by_the_rule_that_it_breaks(space: str, rule: str) -> None:
    assert rule in (checks.space_id(space) or "")


@pytest.mark.parametrize(
    "space", ["abc", "a-space-with-exactly-forty-two-characters0", "a.1b.c", "x-duracloud-admin", "abc.", "aip-store-1"]
)
def test_a_space_id_that_the_server_takes_is_right(space: str) -> None:
    assert checks.space_id(space) is None


@pytest.mark.parametrize(
    ("origin", "sentence"),
    [
        ("library.lakeshore.example", "has no scheme: write https://library.lakeshore.example"),
        ("", "has no scheme"),
        ("*", "has no scheme"),
        ("ftp://library.example", "is no origin"),
        ("https://", "is no origin"),
        ("https://library.example:x", "is no origin"),
        ("https://library .example", "is no origin"),
        ("https://library.example/", "leave out"),
        ("https://library.example/player?x", "leave out"),
        ("https://library.example?", "leave out"),
        ("https://me@library.example", "leave out"),
        ("https://*.*.example", "more than one *"),
    ],
)
def test_what_is_no_origin_is_said_to_be_so(origin: str, sentence: str) -> None:
    assert sentence in (checks.origins(("https://right.example", origin)) or "")


@pytest.mark.parametrize(
    "origin", ["https://library.example", "http://localhost:8080", "https://*", "https://*.a.example"]
)
def test_an_origin_is_scheme_and_host(origin: str) -> None:
    assert checks.origins((origin,)) is None


def test_an_origin_is_named_once_whatever_its_case() -> None:
    twice = ("https://a.example", "https://b.example", "https://A.example")
    assert checks.origins(twice) == "https://A.example is there twice"


@pytest.mark.parametrize(
    "range_", ["10.0.0.0/40", "10.0.0.0", "10.0/8", "x/8", "10.0.0.0/-1", "/8", "", "2001:db8::/32", "::1"]
)
def test_what_is_no_address_range_is_refused(range_: str) -> None:
    assert checks.cidr(range_)


@pytest.mark.parametrize("range_", ["1.2.3.4/32", "10.0.0.0/8", "192.168.1.7/24"])
def test_an_address_range_is_right(range_: str) -> None:
    assert checks.cidr(range_) is None


@pytest.mark.parametrize(
    "url", ["player.example", "https://", "javascript:alert(1)", "https://a b", "https://[::1", ""]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert checks.web_url(url)


def test_a_web_address_may_have_everything_behind_its_host() -> None:
    assert checks.web_url("https://player.example:8443/watch/é?v=1#t=20") is None


@pytest.mark.parametrize(
    "address", ["", "name", "name@library", "a b@c.example", "a@b.example,c@d.example", "a@b@c.example"]
)
def test_what_is_no_single_mail_address_is_refused(address: str) -> None:
    assert checks.email(address)


def test_an_apostrophe_belongs_into_a_mail_address() -> None:
    assert checks.email("pat.o'brien@library.example") is None


@pytest.mark.parametrize("content", ["playlist.m3u8?token=x", "back\\slash", "日" * 114, "a" * 1025])
def test_a_content_id_that_the_server_refuses_is_refused_here(content: str) -> None:
    assert checks.content_id(content)


@pytest.mark.parametrize("content", ["日" * 113, "a" * 1024, " [/]\n", "//double//slash.ts"])
def test_odd_content_ids_are_right(content: str) -> None:
    assert checks.content_id(content) is None


def test_a_description_ends_at_512_characters() -> None:
    assert checks.description("é" * 512) is None
    assert checks.description("é" * 514) == "2 characters too many: 512 are kept"


@given(st.text())
def test_no_text_breaks_a_check(text: str) -> None:
    for check in (checks.space_id, checks.content_id, checks.origins, checks.cidr, checks.web_url, checks.email):
        assert check(text) is None or check(text)
