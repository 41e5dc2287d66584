"""Streaming from the command line, against the stand-in."""

import json
import shlex
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from durastore_tui.cli import changing
from durastore_tui.cli.call import Call
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.jobs.host import Jobs
from tests.cli.conftest import Cli, Ran
from tests.sandbox_server import SandboxServer

ENABLE = ("streaming", "enable", "dance-archive")


@pytest.fixture(autouse=True)
def _fresh(fresh_sandbox: SandboxServer) -> None:
    """These tests change the server."""


def posts(cli: Cli) -> list[str]:
    """Writes that left this machine, by the file of requests."""
    rows: list[dict[str, Any]] = json.loads(cli("requests", "list", "--json").out)
    return [row["path"] for row in rows if row["method"] != "GET" and row["method"] != "HEAD"]


def shown(cli: Cli, space: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(cli("streaming", "show", space, "--json").out)
    return answer


def test_enable_prints_the_servers_reply_and_leaves_a_job_in_the_journal(cli: Cli) -> None:
    ran = cli(*ENABLE, "--secure", "--origin", "https://library.lakeshore.example", "--yes", "--json")
    assert ran.code == 0
    reply = json.loads(ran.out)
    assert reply["result"] == "enable-hls task completed successfully"
    (job,) = json.loads(cli("jobs", "list", "--offline", "--json").out)
    assert (job["kind"], job["spaceId"], job["state"]) == ("enable", "dance-archive", "accepted")
    assert job["id"] in ran.err
    assert job["since"].endswith("Z")
    now = shown(cli, "dance-archive")
    assert (now["family"], now["type"], now["host"]) == ("HLS", "SECURE", reply["streamingHost"])
    assert [look["step"] for look in now["evidence"]] == ["name", "tcp", "tls"]
    assert now["job"]["id"] == job["id"]


def test_waiting_ends_once_the_edge_answers_and_prints_the_job(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    cli(*ENABLE, "--yes")
    fresh_sandbox.advance(3600)
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    ran = cli("jobs", "watch", job["id"], "--json")
    ended = json.loads(ran.out)
    assert (ran.code, ended["state"]) == (0, "confirmed")
    assert ended["evidence"][-1]["step"] == "http"


def test_without_consent_nothing_is_written(cli: Cli) -> None:
    for words in ((*ENABLE,), ("streaming", "delete", "campus-events", "--yes")):
        ran = cli(*words)
        assert (ran.code, ran.out) == (2, "")
    assert posts(cli) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--origin", "library.lakeshore.example"), "no scheme"),
        (("--origin", "https://library.example/path"), "origin"),
        (("--origin", ""), "origin"),
    ],
)
def test_an_origin_that_browsers_never_send_is_refused_before_anything_is_asked(
    cli: Cli, words: tuple[str, ...], said: str
) -> None:
    ran = cli(*ENABLE, *words, "--yes")
    assert ran.code == 2
    assert said in ran.err
    assert json.loads(cli("requests", "list", "--json").out) == []


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (JobState.CONFIRMED, 0),
        (JobState.UNVERIFIED, 0),
        (JobState.OVERDUE, 9),
        (JobState.UNKNOWN, 9),
        (JobState.NO_REPLY, 8),
        (JobState.SUPERSEDED, 1),
    ],
)
def test_a_change_that_was_waited_for_ends_with_the_code_of_its_job(
    cli: Cli, fresh_sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch, state: JobState, code: int
) -> None:
    async def ended(call: Call, jobs: Jobs, ids: list[str]) -> list[Job]:
        return [replace(job, state=state) for job in jobs.all() if job.id in ids]

    monkeypatch.setattr(changing, "watched", ended)
    ran = cli("streaming", "disable", "campus-events", "--yes", "--wait", "--json")
    assert (ran.code, json.loads(ran.out)["state"]) == (code, state.value), ran.err


def test_a_curl_line_names_the_store_that_was_named_and_sends_nothing(cli: Cli) -> None:
    ran = cli("--store", "52", "streaming", "disable", "campus-events", "--curl")
    assert ran.code == 0, ran.err
    assert "/task/disable-hls?storeID=52" in ran.out
    assert "storeID" not in cli("streaming", "disable", "campus-events", "--curl").out
    assert json.loads(cli("requests", "list", "--json").out) == []


def test_read_only_refuses_before_anything_is_asked(cli: Cli) -> None:
    ran = cli(*ENABLE, "--yes", "--read-only")
    assert (ran.code, ran.out) == (2, "")
    assert json.loads(cli("requests", "list", "--json").out) == []


def test_the_other_type_needs_a_delete_first_and_force_lets_the_server_say_so(cli: Cli) -> None:
    ours = cli("streaming", "enable", "oral-histories-hls", "--secure", "--yes")
    assert ours.code == 2
    assert "streams as OPEN" in ours.err
    theirs = cli("streaming", "enable", "oral-histories-hls", "--secure", "--yes", "--force")
    assert theirs.code == 6
    assert "already configured to stream as OPEN" in theirs.err
    assert theirs.err.count("\n") == 1


def test_enabling_again_during_a_deletion_is_refused_with_the_reason(cli: Cli) -> None:
    assert cli("streaming", "delete", "campus-events", "--confirm", "campus-events").code == 0
    ran = cli("streaming", "enable", "campus-events", "--yes")
    assert ran.code == 2
    assert "delete of campus-events" in ran.err
    assert [path for path in posts(cli) if "/task/" in path] == ["/task/delete-hls?storeID=51"]


def test_disable_is_over_once_the_space_shows_it_and_stands_in_nobodys_way(cli: Cli) -> None:
    assert cli("streaming", "disable", "campus-events", "--yes").code == 0
    assert shown(cli, "campus-events")["host"] is None
    assert cli("streaming", "enable", "campus-events", "--yes").code == 0
    again = cli("streaming", "disable", "dance-archive", "--yes")
    assert again.code == 2
    assert "nothing to disable" in again.err


@pytest.mark.parametrize(
    ("user", "space", "code"),
    [("user", "oral-histories-hls", 4), ("root", "no-such-space", 5), ("root", "No_Space", 2)],
)
def test_a_refused_write_has_the_code_of_its_reason(cli: Cli, user: str, space: str, code: int) -> None:
    assert cli("streaming", "enable", space, "--yes", user=user).code == code


def test_a_refusal_of_the_role_is_4_in_one_line(cli: Cli) -> None:
    ran = cli("streaming", "disable", "oral-histories-hls", "--yes", user="user")
    assert ran.code == 4
    assert ran.err.startswith("durastore-tui: POST /task/disable-hls: 403")
    assert ran.err.count("\n") == 1


def test_a_write_without_an_answer_is_8_and_is_not_sent_again(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    fresh_sandbox.fault("cut-after", task="enable-hls")
    ran = cli(*ENABLE, "--yes")
    assert ran.code == 8
    assert posts(cli) == ["/task/enable-hls?storeID=51"]


def test_curl_lines_do_what_the_command_would_and_hold_no_password(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    ran = cli(*ENABLE, "--origin", "https://library.example", "--curl")
    assert ran.code == 0
    assert fresh_sandbox.users["root"] not in shlex.split(ran.out)
    assert json.loads(cli("requests", "list", "--json").out) == []
    done = subprocess.run(  # the very line, in a shell
        ["sh", "-c", ran.out], env=fresh_sandbox.environ() | {"PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["result"] == "enable-hls task completed successfully"
    assert shown(cli, "dance-archive")["type"] == "OPEN"


def test_the_list_has_each_space_that_streams_with_what_its_host_answers(cli: Cli) -> None:
    rows = {row["spaceId"]: row for row in json.loads(cli("streaming", "list", "--json").out)}
    assert {space for space, row in rows.items() if row["family"] == "HLS"} == {
        "oral-histories-hls",
        "lectures-secure",
        "campus-events",
        "nasty-names",
    }
    assert rows["legacy-rtmp-leftover"]["family"] == "RTMP"
    assert rows["lectures-secure"]["type"] == "SECURE"
    assert rows["lectures-secure"]["evidence"][-1]["step"] == "http"


def test_a_signed_cookies_url_is_the_servers_reply(cli: Cli) -> None:
    words = ("streaming", "cookies-url", "lectures-secure", "--redirect", "https://player.example/", "--minutes", "5")
    ran = cli(*words, "--read-only", "--json")
    assert "/cookies?token=" in json.loads(ran.out)["signedCookiesUrl"]
    token = json.loads(ran.out)["signedCookiesUrl"].partition("token=")[2]
    assert token not in cli("requests", "list", "--json").out


def test_the_old_family_is_asked_by_its_own_tasks_on_an_old_server(cli: Cli) -> None:
    ran = cli("streaming", "enable", "yearbooks", "--rtmp", "--yes", "--json", world="cedarfork")
    assert ran.code == 0
    assert json.loads(ran.out)["streamingHost"]
    refused: Ran = cli(*ENABLE, "--rtmp", "--yes")
    assert refused.code == 2
    assert "no more since 7.0.0" in refused.err


def test_a_switch_is_one_job_that_begins_with_the_deletion(cli: Cli) -> None:
    words = ("streaming", "switch", "campus-events", "--to", "SECURE")
    assert cli(*words, "--yes").code == 2
    assert cli(*words, "--confirm", "campus-events").code == 0
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    assert (job["kind"], job["spaceId"]) == ("switch", "campus-events")
    assert shown(cli, "campus-events")["host"] is None
    lines = cli(*words, "--curl").out.splitlines()
    assert [line.partition("/task/")[2].split("?")[0].strip("'") for line in lines] == ["delete-hls", "enable-hls"]


@pytest.mark.parametrize(
    ("space", "to", "said"), [("campus-events", "OPEN", "already"), ("dance-archive", "SECURE", "nothing to switch")]
)
def test_a_switch_that_makes_no_sense_is_refused(cli: Cli, space: str, to: str, said: str) -> None:
    ran = cli("streaming", "switch", space, "--to", to, "--confirm", space)
    assert ran.code == 2
    assert said in ran.err


def test_a_forgotten_job_stands_in_nobodys_way(cli: Cli) -> None:
    cli("streaming", "delete", "campus-events", "--confirm", "campus-events")
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    assert cli("jobs", "forget", job["id"], "--yes").code == 0
    assert json.loads(cli("jobs", "list", "--json").out) == []
    assert cli("jobs", "show", job["id"]).code == 5
    assert cli("streaming", "enable", "campus-events", "--yes").code == 0


def test_watching_with_nothing_under_way_is_over_at_once(cli: Cli) -> None:
    ran = cli("jobs", "watch", "--json")
    assert (ran.code, json.loads(ran.out)) == (0, [])


@pytest.mark.parametrize("how", [(), ("--yes",)])
def test_deleting_what_never_streamed_by_rtmp_says_that_hls_stops(
    cli: Cli, fresh_sandbox: SandboxServer, how: tuple[str, ...]
) -> None:
    told = cli("streaming", "delete", "lecture-series", "--rtmp", *how, world="cedarfork")
    assert "lecture-series shows no RTMP distribution." in told.err
    assert "that stops HLS of lecture-series" in told.err
    assert "streams by HLS as well" in told.err


def test_disabling_rtmp_says_that_hls_on_the_same_space_stops_as_the_sheet_does(cli: Cli) -> None:
    for family in ((), ("--rtmp",)):
        assert cli("streaming", "enable", "yearbooks", *family, "--yes", world="cedarfork").code == 0
    told = cli("streaming", "disable", "yearbooks", "--rtmp", "--yes", "--force", world="cedarfork")
    assert "yearbooks streams by HLS as well" in told.err
    assert "share the bucket policy" in told.err
