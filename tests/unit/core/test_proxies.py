"""Which proxy the environment names."""

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.proxies import proxy_for

URL = "https://demo.duracloud.example/durastore"


@pytest.mark.parametrize(
    ("environ", "shown"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://p:3128"}, "http://p:3128 (HTTPS_PROXY)"),
        ({"HTTPS_PROXY": "p:3128"}, "http://p:3128 (HTTPS_PROXY)"),
        ({"HTTPS_PROXY": "http://p"}, "http://p:80 (HTTPS_PROXY)"),
        ({"HTTP_PROXY": "http://p:3128"}, None),
        ({"ALL_PROXY": "socks5h://p:1080"}, "socks5h://p:1080 (ALL_PROXY)"),
        ({"all_proxy": "socks5://[fd00::1]"}, "socks5://[fd00::1]:1080 (all_proxy)"),
        ({"HTTPS_PROXY": "http://up:1", "https_proxy": "http://low:2"}, "http://low:2 (https_proxy)"),
        ({"HTTPS_PROXY": "http://up:1", "https_proxy": ""}, None),
        ({"HTTPS_PROXY": "", "ALL_PROXY": "http://all:3"}, "http://all:3 (ALL_PROXY)"),
        ({"ALL_PROXY": "http://all:3", "HTTPS_PROXY": "https://s:4"}, "https://s:4 (HTTPS_PROXY)"),
        ({"HTTPS_PROXY": "http://jo:hush@p:3128"}, "http://p:3128 (HTTPS_PROXY)"),
    ],
)
def test_the_variable_of_the_scheme_names_the_proxy(environ: dict[str, str], shown: str | None) -> None:
    proxy = proxy_for(URL, environ)
    assert (str(proxy) if proxy else None) == shown


def test_the_login_of_a_proxy_is_kept_and_not_shown() -> None:
    proxy = proxy_for(URL, {"HTTPS_PROXY": "http://jo:hu%40sh@p:3128"})
    assert proxy is not None
    assert (proxy.user, proxy.password) == ("jo", "hu@sh")
    assert "hu" not in repr(proxy) + str(proxy) + proxy.url


def test_a_web_server_does_not_name_the_proxy() -> None:
    assert proxy_for("http://h.example", {"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "x.localhost"])
def test_this_machine_is_reached_directly(host: str) -> None:
    assert proxy_for(f"http://{host}:8080/durastore", {"ALL_PROXY": "not even an address"}) is None


@pytest.mark.parametrize(
    ("no_proxy", "host", "direct"),
    [
        ("*", "a.example", True),
        ("a.example", "a.example", True),
        ("A.Example", "a.example.", True),
        ("a.example", "b.a.example", True),
        (".a.example", "b.a.example", True),
        (".a.example", "a.example", True),
        ("*.a.example", "b.a.example", True),
        ("a.example", "ba.example", False),
        ("x, a.example", "a.example", True),
        ("x a.example", "a.example", True),
        ("a.example:443", "a.example", True),
        ("a.example:8443", "a.example", False),
        ("a.example:8443", "a.example:8443", True),
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("10.1.2.3", "10.1.2.3", True),
        ("10.1.2.3:443", "10.1.2.3", True),
        ("10.1.2.3:1", "10.1.2.3", False),
        ("2.3", "10.1.2.3", False),
        ("fe80::/10", "[fe80::1]", True),
        ("fe80::/10", "[fe80::1%25eth0]", True),
        ("fe80::/10", "[fd00::1]", False),
        ("[fe80::]/10", "[fe80::1]", True),
        ("[fd00::1]", "[fd00::1]", True),
        ("[fd00::1]:443", "[fd00:0::1]", True),
        ("[fd00::1]:1", "[fd00::1]", False),
        ("fd00::1", "[fd00::1]", True),
        ("10.0.0.0/8", "[::ffff:10.1.2.3]", True),
        ("fe80::/10", "a.example", False),
        ("[::1]", "a.example", False),
        ("::1,:,[,],/,10.0.0.0/99,.", "a.example", False),
        ("", "a.example", False),
    ],
)
def test_no_proxy_lists_what_is_reached_directly(no_proxy: str, host: str, direct: bool) -> None:
    environ = {"HTTPS_PROXY": "http://p:3128", "NO_PROXY": no_proxy}
    assert (proxy_for(f"https://{host}/durastore", environ) is None) is direct


def test_the_lower_case_exceptions_win() -> None:
    environ = {"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "*", "no_proxy": "other.example"}
    assert proxy_for(URL, environ) is not None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("socks4://p:1080", "ALL_PROXY names a socks4 proxy"),
        ("ftp://p", "ALL_PROXY names a ftp proxy"),
        ("http://", "ALL_PROXY is not a proxy address"),
        ("http://[::1", "ALL_PROXY is not a proxy address"),
        ("http://p:port", "ALL_PROXY is not a proxy address"),
        ("http://p:99999", "ALL_PROXY is not a proxy address"),
        ("jo:hush@", "ALL_PROXY is not a proxy address"),
        ("two words", "ALL_PROXY is not a proxy address"),
    ],
)
def test_a_value_that_is_no_proxy_names_its_variable_and_no_secret(value: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as wrong:
        proxy_for(URL, {"ALL_PROXY": value})
    assert "hush" not in wrong.value.sentence
