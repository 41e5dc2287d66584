"""URLs of a server that lies: not printed as URLs, not opened, not in a playlist."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from tests.cli.conftest import Cli
from tests.terminal.server import Answer, serving, task

LIES = ("file:///etc/passwd", "https://evil.example/a", "https://d1.cloudfront.net/a\x1b[201~\nid\n")
SPACE = {"x-dura-meta-hls-streaming-host": "d1.cloudfront.net", "x-dura-meta-hls-streaming-type": "OPEN"}


@pytest.fixture(params=LIES, ids=["file", "other host", "controls"])
def lying(request: pytest.FixtureRequest, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    answers = {
        "/campus-events": Answer("", headers=SPACE),
        "/task": Answer('["get-url-hls","get-signed-cookies-url"]'),
        **task("get-url-hls", streamUrl=request.param),
        **task("get-signed-cookies-url", signedCookiesUrl=request.param),
    }
    with serving(answers) as url:
        yield lambda *words: cli("--url", url, "--user", "root", *words)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_list_has_the_reason_in_place_of_the_url(form: str, lying: Cli) -> None:
    ran = lying("streaming", "urls", "campus-events", "a", "--no-check", "-o", form)
    assert ran.code == 1
    (row,) = json.loads(ran.out) if form == "json" else csv.DictReader(io.StringIO(ran.out))
    assert not row["url"]
    assert "The server's URL is not used" in row["error"]


@pytest.mark.parametrize("form", ["m3u", "txt"])
def test_a_playlist_leaves_it_out_and_says_so(form: str, lying: Cli) -> None:
    ran = lying("streaming", "urls", "campus-events", "a", "--no-check", "-o", form)
    assert ran.code == 1
    assert ran.out in ("", "#EXTM3U\n")
    assert "The server's URL is not used" in ran.err


def test_a_link_with_cookies_is_printed_with_a_warning(lying: Cli) -> None:
    ran = lying("streaming", "cookies-url", "campus-events", "--redirect", "https://a.example/", "--force")
    assert "Do not open this URL" in ran.err
