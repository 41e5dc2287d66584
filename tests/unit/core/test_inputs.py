"""What was typed, in the form that is sent."""

import json

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.inputs import as_origins, as_redirect, private_range
from durastore_tui.core.tasks import TASKS


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://library.example", "https://library.example"),
        ("  https://library.example\t", "https://library.example"),
        ("HTTPS://Library.Example", "https://library.example"),
        ("https://library.example:443", "https://library.example"),
        ("http://library.example:80/", "http://library.example"),
        ("https://library.example:80", "https://library.example:80"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("https://*.Library.example/", "https://*.library.example"),
        ("https://*", "https://*"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://Straße.example", "https://xn--strae-oqa.example"),
        ("https://BÜCHER。example", "https://xn--bcher-kva.example"),
        ("http://[::1]:80", "http://[::1]"),
        ("https://library.example/path", "https://library.example/path"),
        ("library.example", "library.example"),
        ("ftp://Library.example", "ftp://Library.example"),
        ("https://jo@Library.example", "https://jo@Library.example"),
        ("https://library.example:x", "https://library.example:x"),
        ("https://[::1", "https://[::1"),
        ("\udcff", "\udcff"),
        ("", ""),
    ],
)
def test_an_origin_is_sent_as_browsers_send_it_and_a_wrong_one_stays(typed: str, sent: str) -> None:
    assert as_origins(typed) == sent
    assert as_origins((typed, "https://a.example/")) == (sent, "https://a.example")
    assert as_origins(as_origins(typed)) == sent


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://player.example/watch?v=1&t=2#x", "https://player.example/watch?v=1&t=2#x"),
        (" https://player.example/it's ", "https://player.example/it%27s"),
        ('https://player.example/<a>"b"', "https://player.example/%3Ca%3E%22b%22"),
        ("https://player.example/a%20b%27", "https://player.example/a%20b%27"),
        ("https://player.example/é?q=ü", "https://player.example/%C3%A9?q=%C3%BC"),
        ("https://Bücher.example:8443/é", "https://xn--bcher-kva.example:8443/%C3%A9"),
        ("https://player.example/a b", "https://player.example/a b"),
        ("player's", "player's"),
    ],
)
def test_a_redirect_is_percent_encoded(typed: str, sent: str) -> None:
    assert as_redirect(typed) == sent
    assert as_redirect(as_redirect(typed)) == sent


@pytest.mark.parametrize(
    ("range_", "private"),
    [
        ("10.1.0.0/16", True),
        ("172.31.0.0/24", True),
        ("192.168.1.7/32", True),
        ("100.64.0.0/10", True),
        ("127.0.0.1/32", True),
        ("169.254.0.0/16", True),
        ("172.32.0.0/24", False),
        ("203.0.113.0/24", False),
        ("0.0.0.0/0", False),
        ("10.0.0.0/7", False),
        ("x", False),
        ("fd00::/8", False),
    ],
)
def test_a_private_range_is_warned_about(range_: str, private: bool) -> None:
    assert bool(private_range(range_)) is private


def test_a_request_holds_the_normalised_values() -> None:
    body = TASKS["enable-hls"].request_body({"spaceId": "dance-archive", "allowedOrigins": ("HTTPS://A.example:443/",)})
    assert json.loads(body)["allowedOrigins"] == ["https://a.example"]
    values = {"spaceId": "dance-archive", "redirectUrl": "https://a.example/it's", "ipAddress": " 203.0.113.0/24 "}
    sent = json.loads(TASKS["get-signed-cookies-url"].request_body(values))
    assert sent["redirectUrl"] == "https://a.example/it%27s"
    assert sent["ipAddress"] == "203.0.113.0/24"


def test_origins_that_become_one_are_there_twice() -> None:
    with pytest.raises(BadInput, match="is there twice"):
        TASKS["enable-hls"].checked(
            {"spaceId": "dance-archive", "allowedOrigins": ("https://a.example", "https://A.example:443/")}
        )
