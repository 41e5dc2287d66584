"""cli.md, global options: every command prints every format that it knows, on a terminal and in a pipe alike."""

import csv
import io
import json

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_changes import snapshot_of
from tests.sandbox_server import SandboxServer

ITEM = "events/event-001/recording-a160k.m3u8"
SNAPSHOT = "SNAPSHOT"
LISTS: dict[str, str] = {
    "stores list": "id,type,primary",
    "tasks list": "name,offered,leastRole,risk,body,why",
    "spaces list": "spaceId",
    "spaces list --properties": "spaceId,properties,error",
    "spaces contents campus-events": "contentId",
    "streaming list": "spaceId,family,type,host,evidence,job",
    f"streaming urls campus-events {ITEM}": "spaceId,contentId,url,error",
    "stores usage": "day,byteCount,objectCount",
    "spaces usage campus-events": "day,byteCount,objectCount",
    "policies list": "spaceId,storageClass,daysToTransition,at,result,error",
    "policies set campus-events --class GLACIER --days 9 --dry-run": (
        "spaceId,storageClass,daysToTransition,at,result,error"
    ),
    "snapshots list": "snapshotId,status,sourceSpaceId,sourceStoreId,description",
    f"snapshots contents {SNAPSHOT}": "contentId,contentProperties",
    f"snapshots history {SNAPSHOT}": "historyDate,history",
    "jobs list": "id,kind,store,spaceId,target,state,since,updated,words,progress,parts,evidence,profile",
    "jobs watch": "id,kind,store,spaceId,target,state,since,updated,words,progress,parts,evidence,profile",
    "requests list": "at,method,path,status,ms,bytes,task",
    "profiles list": "name,url,user,environment,readOnly,default",
}
THINGS = (
    "spaces show campus-events",
    "spaces acl campus-events",
    f"spaces item campus-events {ITEM}",
    "streaming show campus-events",
    "streaming cookies-url lectures-secure --redirect https://a.example/",
    "snapshots totals",
    f"snapshots show {SNAPSHOT}",
    "tasks run get-signed-cookies-url -p spaceId=lectures-secure -p redirectUrl=https://a.example/",
)


def named(cli: Cli, line: str) -> str:
    """The line with the id of a snapshot that is there."""
    return line.replace(SNAPSHOT, snapshot_of(cli, "musee-copies")) if SNAPSHOT in line else line


def ran(cli: Cli, line: str, form: str) -> str:
    done = cli(*line.split(), "-o", form)
    assert done.code == 0, done.err
    return done.out


@pytest.mark.parametrize("line", LISTS)
def test_a_list_is_an_array_a_row_a_line_or_a_sheet_with_a_header_and_always_the_same_rows(
    cli: Cli, line: str, fresh_sandbox: SandboxServer
) -> None:
    asked = named(cli, line)
    array = json.loads(ran(cli, asked, "json"))
    assert isinstance(array, list)
    lines = [json.loads(row) for row in ran(cli, asked, "jsonl").splitlines()]
    sheet = list(csv.reader(io.StringIO(ran(cli, asked, "csv"))))
    assert sheet[0] == LISTS[line].split(",")
    assert all(set(row) <= set(sheet[0]) for row in array)
    if line != "requests list":  # it grows by being looked at
        assert len(array) == len(lines) == len(sheet) - 1
    header = ran(cli, asked, "table").splitlines()[0]
    assert header.split() == sheet[0]


@pytest.mark.parametrize("line", THINGS)
def test_a_thing_is_an_object_or_a_sheet_of_one_row(cli: Cli, line: str) -> None:
    line = named(cli, line)
    thing = json.loads(ran(cli, line, "json"))
    assert isinstance(thing, dict)
    (whole,) = ran(cli, line, "jsonl").splitlines()
    assert json.loads(whole).keys() == thing.keys()
    (row,) = csv.DictReader(io.StringIO(ran(cli, line, "csv")))
    assert row.keys() == thing.keys()
    assert ran(cli, line, "table").strip()


@pytest.mark.parametrize("form", ["m3u", "txt"])
def test_playlists_and_plain_lists_are_for_urls_alone(cli: Cli, form: str) -> None:
    assert "https://" in ran(cli, f"streaming urls campus-events {ITEM}", form)
    for line in ("stores list", "spaces show campus-events", "jobs list", "requests list", "profiles list"):
        assert cli(*line.split(), "-o", form).code == 2, line


WRITES = (
    ("streaming enable dance-archive", "--yes"),
    ("streaming disable campus-events", "--yes"),
    ("streaming delete campus-events", "--confirm campus-events"),
    ("streaming switch campus-events --to SECURE", "--confirm campus-events"),
    ("policies set campus-events --class GLACIER --days 9", "--confirm campus-events"),
    ("snapshots create oh-batch-2026-11 --description d --email a@b.example", "--confirm oh-batch-2026-11"),
    ("glacier restore masters-audio preservation/OH-0100_pm.wav", "--yes"),
    ("tasks run enable-hls -p spaceId=dance-archive", "--yes"),
)


@pytest.mark.parametrize(("line", "consent"), WRITES)
def test_a_write_wants_its_consent_and_says_which_and_sends_nothing_without_it(
    cli: Cli, line: str, consent: str, fresh_sandbox: SandboxServer
) -> None:
    other = "--yes" if consent != "--yes" else "--confirm nonsense"
    curl = cli(*line.split(), "--curl")
    assert (curl.code, curl.out.startswith("curl ")) == (0, True)
    assert "$DURASTORE_PASSWORD" in curl.out
    silent = cli(*line.split())
    for refused in (
        silent,
        cli(*line.split(), *other.split()),
        cli("--read-only", *line.split(), *consent.split()),
        cli(*line.split(), *consent.split(), "--read-only"),
    ):
        assert refused.code == 2
        assert refused.err.splitlines()[-1].startswith("durastore-tui: ")  # what is only a warning comes before
        assert refused.err.count("durastore-tui: ") == 1
    assert consent in silent.err
    posts = [row for row in json.loads(cli("requests", "list", "--json").out) if row["method"] == "POST"]
    assert [row["task"] for row in posts if row["task"] not in ("get-snapshots", "get-snapshot")] == []
    sent = cli(*line.split(), *consent.split(), "--json")
    assert sent.code == 0, sent.err
    json.loads(sent.out)


@pytest.mark.parametrize("names", ["ours", "theirs", "file"])
def test_the_server_is_found_by_option_environment_and_file_in_this_order(
    cli: Cli, names: str, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names of other tools count after ours."""
    port = sandbox.url.split(":")[2].split("/")[0]
    for name, value in (("HOST", "127.0.0.1"), ("PORT", port), ("USER", "user"), ("PASSWORD", "upw")):
        monkeypatch.setenv(f"DURACLOUD_{name}", value)
    assert cli("profiles", "add", "vallon", "--url", sandbox.worlds["vallon"], "--user", "root").code == 0
    words = {"ours": (), "theirs": (), "file": ("--profile", "vallon", "--password-stdin")}[names]
    if names == "theirs":
        from durastore_tui.cli.main import run

        for name in ("URL", "USER", "PASSWORD"):
            monkeypatch.delenv(f"DURASTORE_{name}")
        assert run(("tasks", "run", "noop")) == 4  # the user of other tools is no admin
        return
    ids = [row["id"] for row in json.loads(cli("stores", "list", "--json", *words, stdin="rpw\n").out)]
    assert ids == {"ours": ["51", "52", "53"], "file": ["7"]}[names]
