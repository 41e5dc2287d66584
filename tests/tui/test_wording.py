"""Words for ages, sizes and standings."""

from datetime import UTC, datetime, timedelta

import pytest

from durastore_tui.core.errors import BadInput, Forbidden, Unreachable
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale
from durastore_tui.tui.wording import age, ago, fresh, sentence, size, span, standing

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
GONE = Unreachable("GET /spaces", None, "refused")
KEPT_OUT = Forbidden("HEAD /acl/x", 403, "")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (30, "30 s"),
        (60, "1 min"),
        (90, "1 min 30 s"),
        (900, "15 min"),
        (28800, "8 h"),
        (5400, "1 h 30 min"),
    ],
)
def test_a_length_of_time_is_said_to_the_second(seconds: int, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "now"),
        (59, "now"),
        (60, "1 min"),
        (299, "4 min"),
        (599, "5 min"),
        (3599, "55 min"),
        (3600, "1 h"),
        (172800, "2 d"),
    ],
)
def test_ages_are_in_their_largest_unit(seconds: int, words: str) -> None:
    assert age(NOW - timedelta(seconds=seconds), NOW) == words


def test_a_clock_that_is_ahead_makes_no_negative_age() -> None:
    assert ago(NOW + timedelta(hours=1), NOW) == "just now"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB (1,000 bytes)"),
        (85_207_577, "85.2 MB (85,207,577 bytes)"),
        (3_200_000_000_000_000, "3200.0 TB (3,200,000,000,000,000 bytes)"),
    ],
)
def test_sizes_are_decimal_and_exact(count: int, words: str) -> None:
    assert size(count) == words


@pytest.mark.parametrize(
    ("resource", "words", "shade"),
    [
        (Empty(), "not read yet", "dim"),
        (Loading(NOW), "reading…", "dim"),
        (Ready(1, NOW), "read just now", "dim"),
        (Stale(1, NOW), "read just now; reading again…", "dim"),
        (Stale(1, NOW, GONE), "reading again failed", "warn"),
        (Failed(GONE, NOW), "Could not reach", "bad"),
        (NotAllowed(KEPT_OUT, NOW), "is not allowed to do this", "bad"),
    ],
)
def test_each_standing_has_words_of_its_own(resource: Resource[int], words: str, shade: str) -> None:
    said, shaded = standing(resource, NOW)
    assert words in said
    assert shaded == shade


def test_an_error_says_what_was_asked_the_status_the_servers_words_and_what_to_do() -> None:
    said = sentence(Forbidden("HEAD /acl/x", 403, "no entry"))
    assert all(word in said for word in ("HEAD /acl/x", "403", "no entry", "administrator"))


def test_bad_input_is_its_own_sentence() -> None:
    assert sentence(BadInput("url", "This is not a URL.")) == "This is not a URL."


def test_over_ssh_the_first_day_has_its_time_which_stays_true_unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22")
    at = NOW - timedelta(minutes=4)
    local = f"{at.astimezone():%H:%M}"
    assert age(at, NOW) == fresh(at, NOW) == local
    assert ago(at, NOW) == ago(at, NOW + timedelta(hours=3)) == f"at {local}"
    assert ago(NOW - timedelta(days=2), NOW) == "2 d ago"
