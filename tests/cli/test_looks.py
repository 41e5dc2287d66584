"""Commands that only look: stores, tasks, spaces."""

import csv
import io
import json

import pytest

from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer


def test_stores_are_an_array_with_the_primary_one_named(cli: Cli) -> None:
    ran = cli("stores", "list", "--json")
    assert ran.code == 0
    assert json.loads(ran.out) == [
        {"id": "51", "type": "AMAZON_S3", "primary": True},
        {"id": "52", "type": "AMAZON_GLACIER", "primary": False},
        {"id": "53", "type": "CHRONOPOLIS", "primary": False},
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "csv", "stores", "list"),
        ("stores", "-o", "csv", "list"),
        ("stores", "list", "-o", "csv"),
        ("-o", "json", "stores", "list", "-o", "csv"),
        ("--json", "stores", "list", "-ocsv"),
    ],
)
def test_global_options_are_taken_anywhere_and_the_last_one_counts(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli(*words).out.splitlines()[0] == "id,type,primary"


def test_a_table_is_aligned_and_says_yes_and_no(cli: Cli) -> None:
    header, first, *_ = cli("stores", "list").out.splitlines()
    assert header.split() == ["id", "type", "primary"]
    assert first.split() == ["51", "AMAZON_S3", "yes"]
    assert header.index("type") == first.index("AMAZON_S3")


def test_tasks_are_listed_in_the_servers_order_and_then_those_that_are_not_offered_with_the_reason(cli: Cli) -> None:
    rows = json.loads(cli("tasks", "list", "--json").out)
    offered = [row["name"] for row in rows if row["offered"]]
    assert offered[0] == "noop"
    assert rows[0] == {
        "name": "noop",
        "offered": True,
        "leastRole": "ADMIN",
        "risk": "look",
        "body": "none",
        "why": None,
    }
    assert len(rows) == 27
    (thaw,) = [row for row in rows if row["body"] == "path"]
    assert not thaw["offered"]
    assert "AMAZON_GLACIER" in thaw["why"]


def test_a_task_list_that_the_server_cannot_make_is_its_error(cli: Cli) -> None:
    ran = cli("tasks", "list", "--store", "5", world="cedarfork")
    assert (ran.code, ran.out) == (1, "")
    assert "500" in ran.err


def test_a_task_that_looks_needs_no_consent_and_its_reply_is_printed_as_it_came(cli: Cli) -> None:
    assert cli("tasks", "run", "noop").out == "Success\n"
    assert cli("tasks", "run", "noop", "--json").out == '"Success"\n'


def test_parameters_build_and_check_the_body(cli: Cli) -> None:
    ran = cli("tasks", "run", "get-url-hls", "-p", "spaceId=oral-histories-hls", "-p", "contentId=a b.ts", "--json")
    assert json.loads(ran.out)["streamUrl"].endswith("/a b.ts")
    ran = cli("tasks", "run", "get-url-hls", "-p", "spaceId=oral-histories-hls")
    assert (ran.code, ran.out) == (2, "")
    assert "contentId" in ran.err


def test_a_body_is_sent_as_it_is_also_from_standard_input(cli: Cli) -> None:
    body = '{"spaceId": "oral-histories-hls", "contentId": "x.ts", "extra": 1}'
    for ran in (cli("tasks", "run", "get-url-hls", body), cli("tasks", "run", "get-url-hls", "-", stdin=body)):
        assert ran.code == 1
        assert 'Unrecognized field "extra"' in ran.err


def test_an_unknown_task_is_dangerous_and_names_itself(cli: Cli) -> None:
    assert "does not list frobnicate" in cli("tasks", "run", "frobnicate").err
    refused = cli("tasks", "run", "frobnicate", "--force", "--yes")
    assert refused.code == 2
    assert "--confirm frobnicate" in refused.err
    sent = cli("tasks", "run", "frobnicate", "--force", "--confirm", "frobnicate")
    assert sent.code == 1
    assert "frobnicate is not a supported task." in sent.err


def test_spaces_are_named_as_the_server_names_them(cli: Cli) -> None:
    rows = json.loads(cli("spaces", "list", "--json").out)
    assert len(rows) == 20
    assert rows[0] == {"spaceId": "a-space-with-exactly-forty-two-characters0"}


def test_properties_come_in_the_order_of_the_names_and_keep_their_failures(cli: Cli) -> None:
    rows = [json.loads(line) for line in cli("spaces", "list", "--properties", "-o", "jsonl").out.splitlines()]
    assert [row["spaceId"] for row in rows] == sorted(row["spaceId"] for row in rows)
    by_name = {row["spaceId"]: row for row in rows}
    assert by_name["dance-archive"]["properties"]["space-count"] == "977"
    assert all(row["error"] is None for row in rows)


def test_a_space_shows_the_servers_own_names(cli: Cli) -> None:
    shown = json.loads(cli("spaces", "show", "oral-histories-hls", "--json").out)
    assert shown["hls-streaming-type"] == "OPEN"
    assert shown["space-count"] == "1000+"


def test_who_may_read_a_space_is_told_with_the_servers_own_words(cli: Cli) -> None:
    assert json.loads(cli("spaces", "acl", "campus-events", "--json").out) == {"group-public": "READ"}
    assert cli("spaces", "acl", "no-such-space").code == 5


def test_what_a_store_held_is_told_by_day_and_by_space_to_administrators_alone(cli: Cli) -> None:
    history = json.loads(cli("stores", "usage", "--json").out)
    assert [row["day"] for row in history] == sorted(row["day"] for row in history)
    last = history[-1]
    spaces = json.loads(cli("stores", "usage", "--day", last["day"], "--json").out)
    assert sum(row["byteCount"] for row in spaces) == last["byteCount"]
    grown = json.loads(cli("spaces", "usage", "campus-events", "--json").out)
    there = next(row["objectCount"] for row in spaces if row["spaceId"] == "campus-events")
    assert 0 < grown[0]["objectCount"] <= grown[-1]["objectCount"] <= there
    assert cli("stores", "usage", user="user").code == 4
    assert cli("stores", "usage", "--day", "yesterday").code == 2


def test_an_item_is_told_with_what_came_as_standard_headers_and_its_own_properties(cli: Cli) -> None:
    item = json.loads(cli("spaces", "item", "campus-events", "events/event-001/recording-a160k.m3u8", "--json").out)
    assert item["content-size"] == 545
    assert item["content-mimetype"] == "application/vnd.apple.mpegurl"
    assert {"content-checksum", "content-modified", "content-file-created"} <= set(item)
    odd = cli("spaces", "item", "nasty-names", "csi\x9b31mred.ts")
    assert (odd.code, "\x9b" in odd.out) == (0, False)
    assert cli("spaces", "item", "campus-events", "no/such.ts").code == 5
    assert cli("spaces", "item", "campus-events", "a/../b").code == 2


def test_contents_read_on_past_the_first_thousand_and_stop_at_the_limit(cli: Cli) -> None:
    ids = [
        json.loads(line)["contentId"] for line in cli("spaces", "contents", "dip-store", "-o", "jsonl").out.splitlines()
    ]
    assert len(ids) == len(set(ids)) == 9012
    few = cli("spaces", "contents", "dip-store", "--limit", "1500", "-o", "jsonl").out.splitlines()
    assert [json.loads(line)["contentId"] for line in few] == ids[:1500]
    prefixed = cli("spaces", "contents", "oral-histories-hls", "--prefix", "oh/1974/", "--limit", "5", "--json").out
    assert all(row["contentId"].startswith("oh/1974/") for row in json.loads(prefixed))


def test_hostile_ids_are_exact_in_data_and_visible_in_tables(cli: Cli) -> None:
    exact = {row["contentId"] for row in json.loads(cli("spaces", "contents", "nasty-names", "--json").out)}
    assert {"csi\x9b31mred.ts", "line\nbreak.txt", "tab\there", " leading and trailing "} <= exact
    rows = csv.DictReader(io.StringIO(cli("spaces", "contents", "nasty-names", "-o", "csv").out))
    assert {row["contentId"] for row in rows} == exact
    table = cli("spaces", "contents", "nasty-names").out
    assert "\x9b" not in table
    assert "csi⟨009B⟩31mred.ts" in table.splitlines()
    assert "\x9b" not in cli("spaces", "contents", "nasty-names", "--json").out


@pytest.mark.parametrize(
    ("words", "user", "code", "said"),
    [
        (("spaces", "show", "no-such-space"), "root", 5, "404"),
        (("spaces", "show", "Bad_Name"), "root", 2, "Only lowercase letters"),
        (("spaces", "list", "--store", "99"), "root", 2, "there are 51, 52, 53"),
        (("spaces", "show", "private-donor-papers"), "user", 4, "403"),
        (("tasks", "run", "noop"), "user", 4, "403"),
        (("spaces", "list", "-o", "m3u"), "root", 2, "m3u"),
        (("spaces", "list", "--url", "http://127.0.0.1:1/durastore"), "root", 7, "Check the address"),
        (("spaces", "list", "--url", "http://acme.example/durastore"), "root", 2, "plain http"),
        (("spaces", "frob"), "root", 2, "frob"),
        (("spaces",), "root", 2, "Missing command"),
        (("spaces", "list", "--timeout", "soon"), "root", 2, "soon"),
    ],
)
def test_what_goes_wrong_is_one_line_with_the_right_code(
    cli: Cli, words: tuple[str, ...], user: str, code: int, said: str
) -> None:
    ran = cli(*words, user=user)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_password_is_3_and_is_not_shown(cli: Cli) -> None:
    ran = cli("spaces", "list", "--verbose", "--password-stdin", stdin="hush-hush\n")
    assert ran.code == 3
    assert "hush-hush" not in ran.err


def test_verbose_tells_each_request_on_stderr(cli: Cli) -> None:
    ran = cli("spaces", "show", "dance-archive", "--verbose", "--json")
    assert json.loads(ran.out)["space-count"] == "977"
    assert "GET /stores: 200" in ran.err
    assert "HEAD /dance-archive" in ran.err


def test_one_space_that_fails_leaves_the_others_and_makes_the_code_1(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    fresh_sandbox.fault("null-500", path="/dance-archive")
    ran = cli("spaces", "list", "--properties", "--json")
    failed = [row for row in json.loads(ran.out) if row["error"] is not None]
    assert ran.code == 1
    assert [(row["spaceId"], row["properties"]) for row in failed] == [("dance-archive", None)]
    assert "500" in failed[0]["error"]


@pytest.mark.parametrize("fault", ["escapes", "markup"])
def test_text_that_a_server_makes_up_is_shown_and_not_obeyed(
    cli: Cli, fresh_sandbox: SandboxServer, fault: str
) -> None:
    fresh_sandbox.fault(fault)
    for words in (("spaces", "show", "dance-archive"), ("spaces", "list"), ("tasks", "run", "noop", "--force")):
        ran = cli(*words)
        assert "\x1b" not in ran.out + ran.err
        assert "\x07" not in ran.out + ran.err
