"""Policies, thaws, snapshots and restores from the command line."""

import json
from dataclasses import replace
from typing import Any

import pytest

from durastore_tui.services.contents import Page, SnapshotContents
from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer, sandbox_server

MASTER = "preservation/OH-0100_pm.wav"


@pytest.fixture(autouse=True)
def _fresh(fresh_sandbox: SandboxServer) -> None:
    """These tests change the server."""


def snapshot_of(cli: Cli, space: str) -> str:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    return str(next(row["snapshotId"] for row in rows if row["sourceSpaceId"] == space))


def written(cli: Cli) -> list[str]:
    return [row["task"] for row in json.loads(cli("requests", "list", "--json").out) if row["method"] == "POST"]


def policies(cli: Cli, *words: str) -> Any:
    return cli("policies", "set", *words, "--class", "STANDARD_IA", "--days", "30", "--json")


def test_a_policy_is_one_result_a_space_and_is_remembered_as_set_from_here(cli: Cli) -> None:
    ran = policies(cli, "maps-and-plans", "dance-archive", "--confirm", "2")
    rows = json.loads(ran.out)
    assert ran.code == 0
    assert [row["spaceId"] for row in rows] == ["maps-and-plans", "dance-archive"]
    assert all("StandardInfrequentAccess after 30 days" in row["result"] for row in rows)
    again = cli("policies", "set", "dance-archive", "--class", "GLACIER", "--days", "1", "--confirm", "dance-archive")
    assert again.code == 0
    held = {row["spaceId"]: row["storageClass"] for row in json.loads(cli("policies", "list", "--json").out)}
    assert held == {"maps-and-plans": "STANDARD_IA", "dance-archive": "GLACIER"}


def test_many_policies_want_their_number_and_yes_is_not_enough(cli: Cli) -> None:
    for given in (("--yes",), ("--confirm", "maps-and-plans"), ("--confirm", "3")):
        assert policies(cli, "maps-and-plans", "dance-archive", *given).code == 2
    assert written(cli) == []


def test_a_policy_that_aws_refuses_is_refused_here_before_anything_is_asked(cli: Cli) -> None:
    ran = cli("policies", "set", "dance-archive", "--class", "STANDARD_IA", "--days", "7", "--confirm", "dance-archive")
    assert ran.code == 2
    assert "30" in ran.err
    assert json.loads(cli("requests", "list", "--json").out) == []


def test_a_dry_run_lists_the_exact_requests_and_sends_none(cli: Cli) -> None:
    ran = policies(cli, "maps-and-plans", "dance-archive", "--dry-run")
    rows = json.loads(ran.out)
    assert ran.code == 0
    bodies = [json.loads("{" + row["result"].split("{", 1)[1]) for row in rows]
    assert [body["spaceId"] for body in bodies] == ["maps-and-plans", "dance-archive"]
    assert written(cli) == []
    assert json.loads(cli("jobs", "list", "--json").out) == []


def test_a_dry_run_refuses_and_warns_as_the_run_would(cli: Cli) -> None:
    cases = (
        (("no-such-space", "dance-archive"), ("--class", "STANDARD_IA", "--days", "30"), 5, "/no-such-space"),
        (("dance-archive",), ("--class", "STANDARD_IA", "--days", "7"), 2, "30 days or more"),
        (("masters-audio",), ("--class", "STANDARD_IA", "--days", "30", "--store", "52"), 2, "does not offer"),
        (("dance-archive",), ("--class", "STANDARD_IA", "--days", "30", "--read-only"), 2, "read-only"),
        (("campus-events",), ("--class", "GLACIER", "--days", "365"), 0, "Streams stop as items move: campus-events"),
    )
    for spaces, options, code, said in cases:
        words = ("policies", "set", *spaces, *options)
        dry, real = cli(*words, "--dry-run"), cli(*words, "--confirm", str(len(spaces)) if spaces[1:] else spaces[0])
        assert (dry.code, real.code) == (code, code), (dry.err, real.err)
        assert said in dry.err
        assert dry.err in real.err
        assert "task" not in (dry.out if code else "")


def test_some_policies_that_failed_are_1_with_every_result(cli: Cli) -> None:
    ran = policies(cli, "dance-archive", "no-such-space", "--confirm", "2", "--force")
    good, bad = json.loads(ran.out)
    assert ran.code == 1
    assert good["error"] is None
    assert "no-such-space" in bad["error"]


@pytest.mark.parametrize(("fault", "code"), [("unauthorized", 3), ("forbidden", 4), ("cut-before", 8), ("html-502", 8)])
def test_many_policies_that_all_failed_alike_have_that_code_and_every_row(
    cli: Cli, fresh_sandbox: SandboxServer, fault: str, code: int
) -> None:
    fresh_sandbox.fault(fault, task="set-storage-policy")
    ran = policies(cli, "dance-archive", "maps-and-plans", "campus-events", "--confirm", "3")
    assert ran.code == code, ran.err
    assert [row["spaceId"] for row in json.loads(ran.out)] == ["dance-archive", "maps-and-plans", "campus-events"]


def test_urls_that_all_failed_alike_have_that_code_and_every_row(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    words = ("streaming", "urls", "campus-events", "a", "b", "c", "--no-check", "--json")
    for fault, code in (("forbidden", 4), ("unauthorized", 3)):
        fresh_sandbox.fault(fault, task="get-url-hls")
        ran = cli(*words)
        rows = json.loads(ran.out)
        assert (ran.code, [row["contentId"] for row in rows]) == (code, ["a", "b", "c"]), ran.err
        assert all(row["error"] for row in rows)
        fresh_sandbox.fault(fault, on=False)


def test_a_class_that_aws_refuses_is_sent_by_force_alone_and_the_old_policy_is_said_to_be_gone(cli: Cli) -> None:
    words = ("policies", "set", "dance-archive", "--class", "REDUCED_REDUNDANCY", "--days", "40")
    refused = cli(*words, "--confirm", "dance-archive")
    assert refused.code == 2
    assert "AWS refuses" in refused.err
    assert written(cli) == []
    with sandbox_server("--speed", "1000") as quick:
        forced = cli("--url", quick.url, *words, "--confirm", "dance-archive", "--force")
    assert forced.code == 1
    assert "already gone" in forced.err
    assert written(cli) == ["set-storage-policy"]


def test_freezing_what_streams_is_warned_of_before_it_is_sent(cli: Cli) -> None:
    ran = cli("policies", "set", "campus-events", "--class", "GLACIER", "--days", "365", "--confirm", "campus-events")
    assert ran.code == 0
    assert "Streams stop as items move: campus-events streams." in ran.err


def test_the_role_that_a_policy_needs_is_4(cli: Cli) -> None:
    ran = cli(
        "policies",
        "set",
        "dance-archive",
        "--class",
        "GLACIER",
        "--days",
        "1",
        "--confirm",
        "dance-archive",
        user="admin",
    )
    assert ran.code == 4


def test_a_thaw_looks_first_because_the_server_says_yes_to_any_name(cli: Cli) -> None:
    missing = cli("glacier", "restore", "masters-audio", "no/such.wav", "--yes", "--json")
    assert missing.code == 2
    assert "nothing was sent" in json.loads(missing.out)[0]["error"]
    assert written(cli) == []
    forced = cli("glacier", "restore", "masters-audio", "no/such.wav", "--yes", "--force", "--json")
    assert forced.code == 0
    assert json.loads(forced.out)[0]["state"] == "accepted"


def test_many_thaws_are_one_result_an_item_in_their_order(cli: Cli) -> None:
    ids = f"{MASTER}\nno/such.wav\n"
    ran = cli("glacier", "restore", "masters-audio", "-", "--confirm", "2", "--json", stdin=ids)
    assert ran.code == 1
    good, missing = json.loads(ran.out)
    assert (good["contentId"], good["state"], good["error"]) == (MASTER, "accepted", None)
    assert missing["state"] is None
    again = cli("glacier", "restore", "masters-audio", MASTER, "--yes", "--json")
    assert again.code == 2
    assert "retrieval of" in json.loads(again.out)[0]["error"]


def test_a_thaw_that_somebody_began_is_told_from_one_that_was_accepted(cli: Cli) -> None:
    ran = cli("glacier", "restore", "masters-audio", "preservation/OH-0001_pm.wav", "--yes", "--json")
    (row,) = json.loads(ran.out)
    assert (row["state"], row["error"]) == ("in_progress", None)
    assert row["result"].startswith("Restore is already in progress")


def test_after_a_403_the_other_items_are_not_sent(cli: Cli) -> None:
    ids = "".join(f"preservation/OH-0{number}_pm.wav\n" for number in range(100, 112))
    words = ("glacier", "restore", "masters-audio", "-", "--confirm", "12", "--json")
    ran = cli(*words, stdin=ids, user="admin")
    assert ran.code == 4
    assert len(json.loads(ran.out)) == 12
    assert 1 <= len(written(cli)) <= 7


def test_snapshots_are_listed_from_the_only_store_that_has_them(cli: Cli) -> None:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    assert len(rows) == 60
    assert {"snapshotId", "status", "sourceSpaceId", "sourceStoreId", "description"} == set(rows[0])
    none = cli("snapshots", "list", world="vallon")
    assert none.code == 2
    assert none.err.count("\n") == 1


def test_a_snapshot_shows_what_the_server_says_and_an_unknown_one_is_5(cli: Cli) -> None:
    snapshot = snapshot_of(cli, "newspapers-1918")
    shown = json.loads(cli("snapshots", "show", snapshot, "--json").out)
    assert shown["contentItemCount"] == 184233
    assert isinstance(shown["snapshotDate"], int)
    for noun in ("show", "contents"):
        assert cli("snapshots", noun, "a_b_c_2020-01-01-00-00-00").code == 5
    assert cli("restores", "show", "--snapshot", snapshot).code == 5


def test_contents_are_one_page_or_all_of_them_each_once(cli: Cli) -> None:
    snapshot = snapshot_of(cli, "oh-batch-2026-04")
    page = json.loads(cli("snapshots", "contents", snapshot, "--page", "1", "--size", "3", "--json").out)
    every = [
        json.loads(line) for line in cli("snapshots", "contents", snapshot, "--all", "-o", "jsonl").out.splitlines()
    ]
    assert len(every) == len({row["contentId"] for row in every}) == 7731
    assert [row["contentId"] for row in page] == [row["contentId"] for row in every[3:6]]
    prefix = every[5]["contentId"][:6]
    under = cli("snapshots", "contents", snapshot, "--prefix", prefix, "--all", "-o", "jsonl").out.splitlines()
    assert [json.loads(line)["contentId"] for line in under] == [
        row["contentId"] for row in every if row["contentId"].startswith(prefix)
    ]


def test_a_snapshot_that_grows_while_it_is_read_is_no_whole_list(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    one_page = SnapshotContents.page

    async def growing(self: SnapshotContents, number: int) -> Page:
        page = await one_page(self, number)
        return replace(page, total=(page.total or 0) + number)

    monkeypatch.setattr(SnapshotContents, "page", growing)
    ran = cli("snapshots", "contents", snapshot_of(cli, "oh-batch-2026-04"), "--all", "--json")
    assert ran.code == 1
    assert "it had 7731 items and now has 7732" in ran.err
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(ran.out)


def test_a_prefix_that_is_no_text_is_refused_and_one_with_signs_of_addresses_is_asked_for(cli: Cli) -> None:
    snapshot = snapshot_of(cli, "musee-copies")
    refused = cli("snapshots", "contents", snapshot, "--prefix", "\udcff")
    assert (refused.code, refused.err) == (2, "durastore-tui: --prefix holds bytes that are no text.\n")
    for prefix in ("a+b=c&d;e", "100% done", "hash#tag", 'quote"', "日本語/"):
        found = json.loads(cli("snapshots", "contents", snapshot, "--prefix", prefix, "--all", "--json").out)
        assert found, prefix
        assert all(row["contentId"].startswith(prefix) for row in found)


@pytest.mark.parametrize(("space", "count"), [("history-heavy", 1400), ("theses-2019", 450)])
def test_history_is_whole_past_the_bridges_pages_that_repeat(cli: Cli, space: str, count: int) -> None:
    ran = cli("snapshots", "history", snapshot_of(cli, space), "--all", "-o", "jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert len(rows) == count
    dates = [row["historyDate"] for row in rows]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("more", [(), ("--all",)])
def test_the_history_of_an_unknown_snapshot_is_5(cli: Cli, more: tuple[str, ...]) -> None:
    ran = cli("snapshots", "history", "lakeshore_53_nope_2026-01-01-00-00-00", *more)
    assert (ran.code, ran.out) == (5, ""), ran.err


def test_a_page_of_history_says_that_there_is_more_and_a_whole_one_does_not(cli: Cli) -> None:
    assert "--all reads on" in cli("snapshots", "history", snapshot_of(cli, "history-heavy")).err
    assert cli("snapshots", "history", snapshot_of(cli, "theses-2019")).err == ""


def test_hostile_ids_of_a_snapshot_are_exact_in_data_and_visible_in_tables(cli: Cli) -> None:
    snapshot = snapshot_of(cli, "musee-copies")
    for words in (("contents", snapshot), ("history", snapshot), ("show", snapshot), ("list",)):
        table = cli("snapshots", *words).out
        assert not {"\x1b", "\x07", "\x9b", "\x85"} & set(table), words
    exact = {row["contentId"] for row in json.loads(cli("snapshots", "contents", snapshot, "--json").out)}
    assert {"esc\x1b[31mred.ts", "bell\x07.ts", "line\nbreak.txt"} <= exact
    rows = cli("snapshots", "contents", snapshot, "--all", "-o", "jsonl").out
    assert "\x1b" not in rows
    assert len(rows.splitlines()) == len(exact)


def test_a_snapshot_is_taken_once_and_the_second_try_is_refused_by_us_and_then_by_the_server(cli: Cli) -> None:
    words = ("snapshots", "create", "oh-batch-2026-11", "--description", "Lot 11", "--email", "a@b.example")
    assert cli(*words, "--yes").code == 2
    taken = cli(*words, "--confirm", "oh-batch-2026-11", "--json")
    assert json.loads(taken.out)["status"] == "INITIALIZED"
    assert cli(*words, "--confirm", "oh-batch-2026-11").code == 2
    assert cli(*words, "--confirm", "oh-batch-2026-11", "--force").code == 6


def test_only_what_failed_is_restarted_and_only_what_is_complete_is_restored(cli: Cli) -> None:
    failed, complete = snapshot_of(cli, "film-reel-9"), snapshot_of(cli, "newspapers-1918")
    assert cli("snapshots", "restart", complete, "--yes").code == 2
    assert json.loads(cli("snapshots", "restart", failed, "--yes", "--json").out)["status"] == "INITIALIZED"
    words = ("restores", "start", complete, "--email", "a@b.example")
    assert cli(*words, "--yes").code == 2
    started = json.loads(cli(*words, "--confirm", complete, "--json").out)
    assert started["status"] == "RETRIEVING_FROM_STORAGE"
    assert (
        json.loads(cli("restores", "show", "--snapshot", complete, "--json").out)["restoreId"] == started["restoreId"]
    )
    assert cli("restores", "start", failed, "--email", "a@b.example", "--confirm", failed).code == 2


@pytest.mark.parametrize("verb", ["start", "request"])
@pytest.mark.parametrize("by_name", [False, True], ids=["command", "by name"])
def test_a_restore_is_confirmed_by_its_source_space_or_its_snapshot(cli: Cli, verb: str, by_name: bool) -> None:
    complete = snapshot_of(cli, "newspapers-1918")
    words: tuple[str, ...] = ("restores", verb, complete, "--email", "a@b.example")
    if by_name:
        task = "restore-snapshot" if verb == "start" else "request-restore-snapshot"
        words = ("tasks", "run", task, "-p", f"snapshotId={complete}", "-p", "userEmail=a@b.example", "--store", "53")
    refused = cli(*words, "--confirm", "newspapers-1919")
    assert (refused.code, refused.out) == (2, "")
    assert f"is not newspapers-1918 or {complete}" in refused.err
    assert cli(*words, "--confirm", "newspapers-1918").code == 0
    again = cli(*words, "--confirm", complete, "--force")
    assert again.code == (0 if verb == "request" else 1), again.err  # the server makes one restore of a snapshot


@pytest.mark.parametrize("verb", ["cleanup", "complete", "complete-cancel"])
def test_an_operators_task_is_not_let_loose_on_a_space_without_a_snapshot(cli: Cli, verb: str) -> None:
    ran = cli("snapshots", verb, "staging-empty", "--confirm", "staging-empty")
    assert ran.code == 2
    assert "refers to no snapshot" in ran.err


def test_what_somebody_else_began_is_followed_once_and_nothing_is_sent(cli: Cli) -> None:
    snapshot = snapshot_of(cli, "oh-batch-2026-10")
    before = written(cli)
    first = json.loads(cli("snapshots", "follow", snapshot, "--json").out)
    assert (first["kind"], first["target"], first["state"]) == ("snapshot", snapshot, "in_progress")
    assert json.loads(cli("snapshots", "follow", snapshot, "--json").out)["id"] == first["id"]
    restored = json.loads(cli("snapshots", "follow", snapshot_of(cli, "tdh-1-2025"), "--json").out)
    assert restored["kind"] == "restore"
    assert cli("snapshots", "follow", snapshot_of(cli, "musee-copies")).code == 2
    assert {"create-snapshot", "restart-snapshot", "restore-snapshot"}.isdisjoint(written(cli)[len(before) :])


def test_a_change_that_is_run_by_its_task_is_a_job_and_its_answer_is_printed_as_it_came(cli: Cli) -> None:
    ran = cli("tasks", "run", "enable-hls", "-p", "spaceId=dance-archive", "--yes")
    assert ran.code == 0
    assert json.loads(ran.out)["result"] == "enable-hls task completed successfully"
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    assert (job["kind"], job["spaceId"]) == ("enable", "dance-archive")
    assert job["id"] in ran.err
    second = cli("tasks", "run", "enable-hls", "-p", "spaceId=dance-archive", "--yes")
    assert (second.code, job["id"] in second.err) == (2, True)
    assert written(cli).count("enable-hls") == 1
    third = cli("tasks", "run", "delete-hls", '{"spaceId": "dance-archive"}', "--confirm", "dance-archive")
    assert third.code == 0, third.err
    assert json.loads(cli("jobs", "show", job["id"], "--json").out)["state"] == "superseded"


def test_a_task_that_nobody_knows_is_journaled_and_its_whole_reply_is_printed(
    cli: Cli, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("unknown-task")
    words = ("tasks", "run", "defrag-space", '{"spaceId": "dance-archive"}')
    assert cli(*words, "--yes").code == 2
    ran = cli(*words, "--confirm", "defrag-space")
    assert ran.code == 0, ran.err
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    assert (job["kind"], job["state"]) == ("task", "unverified")
    assert "defrag-space" in job["words"]


def test_a_check_that_predicts_a_failure_stops_a_task_that_is_run_by_its_name(cli: Cli) -> None:
    words = ("tasks", "run", "cleanup-snapshot", "-p", "spaceId=staging-empty", "--store", "53")
    ran = cli(*words, "--confirm", "staging-empty")
    assert (ran.code, written(cli)) == (2, [])
    assert "refers to no snapshot" in ran.err
    missing = cli("tasks", "run", "enable-hls", '{"spaceId": "no-such-space"}', "--yes")
    assert (missing.code, written(cli)) == (5, [])
    forced = cli("tasks", "run", "enable-hls", '{"spaceId": "no-such-space"}', "--yes", "--force")
    assert (forced.code, written(cli)) == (5, ["enable-hls"]), forced.err


def test_a_body_that_no_other_kind_would_send_goes_out_as_it_is_and_is_a_task(cli: Cli) -> None:
    ran = cli("tasks", "run", "disable-hls", '{"spaceId": "campus-events", "x": 1}', "--yes")
    assert ran.code == 1
    assert 'Unrecognized field "x"' in ran.err
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    assert (job["kind"], job["spaceId"], job["state"]) == ("task", "campus-events", "rejected")
