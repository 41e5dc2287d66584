"""Many URLs at once."""

import csv
import io
import json
import subprocess

import pytest

from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer

SPACE = "oral-histories-hls"
LINK = "https://player.example/x"
PLAYLIST = "oh/1962/OH-0001/interview-edith-jones-playlist.m3u8"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_what_failed_stays_in_its_row_and_in_its_place_and_the_code_is_1(cli: Cli) -> None:
    ran = cli("streaming", "urls", SPACE, PLAYLIST, "no/such.m3u8", PLAYLIST, "-o", "csv")
    assert ran.code == 1
    first, missing, last = rows(ran.out)
    assert list(first) == ["spaceId", "contentId", "url", "error"]
    assert first == last
    assert first["url"].endswith(f"/{PLAYLIST}")
    assert (missing["contentId"], missing["url"]) == ("no/such.m3u8", "")
    assert missing["error"].startswith("not found")


def test_ids_come_from_standard_input_one_a_line(cli: Cli) -> None:
    ran = cli("streaming", "urls", SPACE, "-", "-o", "txt", stdin=f"{PLAYLIST}\n\n{PLAYLIST}\n")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 2


def test_a_glob_takes_its_ids_out_of_the_listing_and_asks_for_no_item(cli: Cli) -> None:
    ran = cli("streaming", "urls", "nasty-names", "--match", "*", "-o", "json", "--verbose")
    made = json.loads(ran.out)
    assert (ran.code, len(made)) == (0, 54)
    assert "HEAD /nasty-names/" not in ran.err


def test_urls_are_percent_encoded_once_whatever_the_name(cli: Cli) -> None:
    made = {
        row["contentId"]: row["url"]
        for row in json.loads(cli("streaming", "urls", "nasty-names", "--match", "*", "--json").out)
    }
    for content_id, path in {
        "with space.m3u8": "/with%20space.m3u8",
        "already%20encoded.ts": "/already%2520encoded.ts",
        "hash#tag.m3u8": "/hash%23tag.m3u8",
        "..": "/%2E%2E",
        "a/../b.ts": "/a/%2E%2E/b.ts",
        "日本語/講義07.m3u8": "/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E8%AC%9B%E7%BE%A907.m3u8",
    }.items():
        assert made[content_id].endswith(f".localhost:{made[content_id].split(':')[2].split('/')[0]}{path}")
    assert all(url.isascii() and " " not in url for url in made.values())


def test_a_url_answers_at_the_edge(cli: Cli, sandbox: SandboxServer) -> None:
    url = cli("streaming", "urls", SPACE, PLAYLIST, "-o", "txt").out.strip()
    status = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", str(sandbox.ca_file), url],
        capture_output=True,
        text=True,
        check=True,
    )
    assert status.stdout == "200"


def test_a_playlist_has_a_title_for_each_url_and_failures_go_to_stderr(cli: Cli) -> None:
    ran = cli("streaming", "urls", SPACE, PLAYLIST, "nope.m3u8", "-o", "m3u")
    assert ran.code == 1
    head, title, url = ran.out.splitlines()
    assert (head, title) == ("#EXTM3U", f"#EXTINF:-1,{PLAYLIST}")
    assert url.startswith("https://")
    assert ran.err.startswith("nope.m3u8: not found")


def test_an_id_that_no_path_can_name_is_said_to_be_so(cli: Cli) -> None:
    ran = cli("streaming", "urls", "nasty-names", "--json", "--", "/leading/slash.ts", "--help")
    unreachable, strange = json.loads(ran.out)
    assert "not found" not in unreachable["error"]
    assert strange["url"].endswith("/--help")


def test_a_space_that_does_not_stream_fails_in_every_row(cli: Cli) -> None:
    ran = cli("streaming", "urls", "dance-archive", "--match", "dance/concert-001/*.m3u8", "--json")
    made = json.loads(ran.out)
    assert made
    assert ran.code == 1
    assert all("can only be used after a space has been configured" in row["error"] for row in made)


def test_ids_or_a_glob_are_needed_and_not_both(cli: Cli) -> None:
    assert cli("streaming", "urls", SPACE).code == 2
    assert cli("streaming", "urls", SPACE, PLAYLIST, "--match", "*").code == 2


def test_a_role_that_may_make_none_is_4_and_a_space_that_is_not_there_5(cli: Cli) -> None:
    refused = cli("streaming", "urls", SPACE, PLAYLIST, "--json", user="user")
    assert refused.code == 4
    assert "403" in json.loads(refused.out)[0]["error"]
    assert cli("streaming", "urls", "no-such-space", PLAYLIST).code == 5


def test_a_secure_space_is_said_to_need_cookies(cli: Cli) -> None:
    ran = cli("streaming", "urls", "lectures-secure", "--match", "lectures/2000-fall/*.m3u8", "-o", "txt")
    assert ran.code == 0
    assert "cookies" in ran.err


def test_an_item_that_is_not_there_has_a_url_when_nobody_is_to_look(cli: Cli) -> None:
    ran = cli("streaming", "urls", SPACE, "no/such.m3u8", "--no-check", "-o", "txt", "--verbose")
    assert ran.code == 0
    assert ran.out.strip().endswith("/no/such.m3u8")
    assert "HEAD /oral-histories-hls/" not in ran.err


def test_rtmp_urls_are_signed_on_a_secure_space_and_never_shown_in_the_log(cli: Cli) -> None:
    ran = cli(
        *("streaming", "urls", "football-films", "reels/reel-0000.mp4", "--rtmp", "--resource-prefix", "mp4:"),
        *("--minutes", "5", "-o", "txt", "--verbose"),
        world="cedarfork",
    )
    assert ran.code == 0
    assert "/cfx/st/mp4:reels/reel-0000.mp4?Policy=" in ran.out
    assert "Policy" not in ran.err


@pytest.fixture
def readable(cli: Cli, fresh_sandbox: SandboxServer) -> str:
    """A SECURE RTMP space that a USER may read, on a server before 7.0."""
    made = cli("streaming", "enable", "yearbooks", "--rtmp", "--secure", "--yes", world="cedarfork")
    assert made.code == 0, made.err
    return "yearbooks"


@pytest.mark.parametrize("option", [("--minutes", "5"), ("--ip", "10.0.0.0/8")])
def test_a_reader_may_not_say_how_long_or_from_where_on_an_old_server(
    cli: Cli, readable: str, option: tuple[str, str]
) -> None:
    words = ("streaming", "urls", readable, "theses/1890/thesis-00000.pdf", "--rtmp", "--verbose")
    refused = cli(*words, *option, user="user", world="cedarfork")
    assert (refused.code, refused.out) == (2, "")
    assert "from ADMIN only, and this login lacks that role" in refused.err
    assert "Nothing was sent." in refused.err
    assert "POST /task/get-signed-url" not in refused.err
    plain = cli(*words, user="user", world="cedarfork")
    assert plain.code == 0, plain.err
    assert cli(*words, *option, user="admin", world="cedarfork").code == 0


def test_a_task_by_name_is_withheld_alike(cli: Cli, readable: str) -> None:
    values = ("-p", f"spaceId={readable}", "-p", "contentId=a", "-p", "minutesToExpire=5")
    refused = cli("tasks", "run", "get-signed-url", *values, user="user", world="cedarfork")
    assert refused.code == 2
    assert "from ADMIN only" in refused.err


def test_a_space_without_access_is_told_from_a_missing_role(cli: Cli) -> None:
    words = ("tasks", "run", "get-signed-url", "-p", "spaceId=football-films", "-p", "contentId=a")
    refused = cli(*words, user="user", world="cedarfork")
    assert refused.code == 4
    assert "Ask an administrator for READ access to the space." in refused.err
    assert "You are not authorized to access space football-films." in refused.err
    assert "READ access" not in cli("tasks", "run", "noop", user="user", world="cedarfork").err


def test_what_an_rtmp_space_has_no_use_for_is_refused_before_anything_is_made(cli: Cli) -> None:
    def refused(*words: str) -> str:
        ran = cli("streaming", "urls", "chapel-recordings", "a.mp4", *words, world="cedarfork")
        assert (ran.code, ran.out) == (2, "")
        return ran.err

    assert "take no minutesToExpire" in refused("--rtmp", "--minutes", "5")
    assert "not a valid CIDR range" in refused("--rtmp", "--ip", "10.0.0.0/40")
    assert "for HLS there is cookies-url" in refused("--resource-prefix", "mp4:")


@pytest.mark.parametrize(
    ("space", "code", "said"),
    [(SPACE, 2, "streams OPEN"), ("dance-archive", 2, "has no HLS streaming"), ("no-such-space", 5, "no-such-space")],
)
@pytest.mark.parametrize(
    "words",
    [
        ("streaming", "cookies-url", "SPACE", "--redirect", LINK),
        ("tasks", "run", "get-signed-cookies-url", "-p", "spaceId=SPACE", "-p", f"redirectUrl={LINK}"),
        ("tasks", "run", "get-signed-cookies-url", f'{{"spaceId": "SPACE", "redirectUrl": "{LINK}"}}'),
    ],
    ids=["command", "by name", "by body"],
)
def test_a_cookies_url_that_would_not_work_is_refused_before_it_is_sent(
    cli: Cli, words: tuple[str, ...], space: str, code: int, said: str
) -> None:
    ran = cli(*(word.replace("SPACE", space) for word in words), "--verbose")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert "POST" not in ran.err


def test_a_cookies_url_of_an_open_space_is_made_once_by_force(cli: Cli) -> None:
    by_name = ("tasks", "run", "get-signed-cookies-url", "-p", f"spaceId={SPACE}", "-p", f"redirectUrl={LINK}")
    assert cli(*by_name, "--force").code == 0
    words = ("streaming", "cookies-url", SPACE, "--redirect", LINK, "--json", "--verbose")
    ran = cli(*words, "--force")
    assert ran.code == 0
    link = json.loads(ran.out)["signedCookiesUrl"]
    assert len([line for line in ran.err.splitlines() if "cookies-url" in line]) == 1
    assert link.rpartition("token=")[2] not in ran.err


def test_a_link_of_a_secure_space_is_made_without_a_word(cli: Cli) -> None:
    ran = cli("streaming", "cookies-url", "lectures-secure", "--redirect", "https://player.example/x", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert "/cookies?token=" in json.loads(ran.out)["signedCookiesUrl"]
