"""Where a server may be, and over what it may be asked."""

import pytest

from durastore_tui.core.endpoint import Endpoint, is_loopback
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret


def endpoint(url: str, allow_http: bool = False) -> Endpoint:
    return Endpoint(url, "root", Secret("open sesame"), allow_http=allow_http)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", "d1.cloudfront.localhost", "LOCALHOST."]
)
def test_this_machine_has_many_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["localhost.example", "127.evil.example", "10.0.0.1", "", "notlocalhost", "127.0.0.1.example"]
)
def test_others_do_not_pass_for_this_machine(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/durastore", "http://[::1]:8080/durastore", "https://acme.duracloud.org/durastore"]
)
def test_plain_http_is_for_this_machine_and_https_for_every_other(url: str) -> None:
    endpoint(url).check()


def test_plain_http_to_another_machine_is_refused_unless_allowed_by_name() -> None:
    with pytest.raises(BadInput, match="plain http"):
        endpoint("http://acme.duracloud.org/durastore").check()
    endpoint("http://acme.duracloud.org/durastore", allow_http=True).check()


@pytest.mark.parametrize("scheme", ["HTTP", "Http"])
def test_capitals_do_not_hide_plain_http(scheme: str) -> None:
    with pytest.raises(BadInput, match="plain http"):
        endpoint(f"{scheme}://acme.duracloud.org/durastore").check()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("acme.duracloud.org", "begins with https"),
        ("ftp://acme.duracloud.org", "begins with https"),
        ("https:///durastore", "begins with https"),
        ("https://acme:port/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://root:pw@acme.duracloud.org/durastore", "do not belong"),
        ("https://acme.duracloud.org/durastore?storeID=5", "no ?"),
        ("", "begins with https"),
    ],
)
def test_what_is_no_address_is_said_to_be_so(url: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        endpoint(url).check()
    assert sentence in caught.value.sentence
    assert caught.value.field == "url"


@pytest.mark.parametrize(
    ("user", "password", "field"), [("a:b", "pw", "user"), ("\udcff", "pw", "user"), ("root", "pw\udcff", "password")]
)
def test_a_login_that_cannot_be_sent_is_refused_without_showing_it(user: str, password: str, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        Endpoint("https://acme.duracloud.org", user, Secret(password)).check()
    assert caught.value.field == field
    assert "pw" not in str(caught.value)


def test_the_password_is_not_in_the_repr() -> None:
    assert "sesame" not in repr(endpoint("https://acme.duracloud.org"))


@pytest.mark.parametrize("path", ["/duradmin", "/duradmin/", "/DurAdmin/spaces/sm/1/x?snapshot=true#here"])
def test_the_address_of_the_web_ui_is_recognised(path: str) -> None:
    with pytest.raises(BadInput, match=r"the REST API is at https://acme\.example:8443/durastore$"):
        Endpoint(f"https://acme.example:8443{path}", "", Secret("")).check()


def test_a_host_may_be_called_as_the_web_ui() -> None:
    Endpoint("https://duradmin.example/durastore", "", Secret("")).check()
