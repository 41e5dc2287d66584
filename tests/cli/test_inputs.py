"""What the command line says about values that were typed."""

from tests.cli.conftest import Cli


def test_an_origin_is_told_as_it_is_sent(cli: Cli) -> None:
    ran = cli("streaming", "enable", "dance-archive", "--origin", " HTTPS://Library.Example:443/ ", "--curl")
    assert "https://library.example" in ran.out
    assert "Library.Example" not in ran.out
    assert ran.err.splitlines() == [" HTTPS://Library.Example:443/  is sent as https://library.example"]


def test_a_private_range_and_an_apostrophe_are_told_and_ipv6_is_refused(cli: Cli) -> None:
    words = ("streaming", "cookies-url", "lectures-secure", "--curl", "--redirect", "https://a.example/it's")
    ran = cli(*words, "--ip", "10.0.0.0/8")
    assert ran.code == 0
    assert "https://a.example/it%27s" in ran.out
    assert "10.0.0.0/8 is a private range. CloudFront sees the public IPv4 address of viewers" in ran.err
    assert "https://a.example/it's is sent as https://a.example/it%27s" in ran.err
    refused = cli(*words, "--ip", "2001:db8::/32")
    assert refused.code == 2
    assert refused.err.startswith("durastore-tui: --ip: 2001:db8::/32 is an IPv6 range. ")
    assert "ipAddress" not in refused.err


def test_a_pair_is_named_as_it_was_typed(cli: Cli) -> None:
    ran = cli("tasks", "run", "get-signed-cookies-url", "-p", "spaceId=lectures-secure", "-p", "minutesToExpire=0")
    assert ran.code == 2
    assert ran.err == "durastore-tui: -p minutesToExpire is 1 or more.\n"
