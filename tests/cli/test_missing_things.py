"""What commands print and return for a thing that does not exist, or for one that was not named."""

import json
from itertools import product

import pytest

from tests.cli.conftest import Cli

SNAPSHOT_ID = "lakeshore_53_nothing-here_2026-01-31-23-59-59"
UNKNOWN = [
    "spaces show nope-x",
    "spaces contents nope-x",
    "spaces acl nope-x",
    "spaces usage nope-x",
    "spaces item nope-x a.mp4",
    "spaces item nasty-names no-such-item",
    "streaming show nope-x",
    "streaming urls nope-x a.mp4",
    "streaming cookies-url nope-x --redirect https://player.example/",
    "snapshots show NOPE",
    "snapshots history NOPE",
    "snapshots history NOPE --all",
    "snapshots contents NOPE",
    "snapshots contents NOPE --all",
    "snapshots follow NOPE",
    "snapshots restart NOPE --confirm NOPE",
    "restores show NOPE",
    "restores show --snapshot NOPE",
    "restores show --restore NOPE",
    f"restores request {SNAPSHOT_ID} --email ana@lakeshore.example --yes",
    f"restores start {SNAPSHOT_ID} --email ana@lakeshore.example --confirm {SNAPSHOT_ID}",
    "jobs show NOPE",
    "jobs watch NOPE",
    "jobs forget NOPE",
    "jobs continue NOPE --confirm 1",
    "jobs abandon NOPE",
    "jobs dead-links NOPE",
    "profiles test NOPE",
]


LISTS = ["spaces contents nope-x", "snapshots contents NOPE --all", "snapshots history NOPE"]


@pytest.mark.parametrize(
    ("words", "form"), [*((words, "table") for words in UNKNOWN), *product(LISTS, ("json", "jsonl", "csv"))]
)
def test_an_unknown_thing_is_exit_5_with_one_sentence_and_nothing_on_stdout(cli: Cli, words: str, form: str) -> None:
    ran = cli(*words.split(), "-o", form)
    assert (ran.code, ran.out) == (5, "")
    (line,) = ran.err.splitlines()
    assert line.startswith("durastore-tui: ")
    assert line.endswith(".")
    assert "Error(" not in line


def _ids(cli: Cli) -> list[str]:
    return [row["snapshotId"] for row in json.loads(cli("snapshots", "list", "--json").out)]


def test_a_restore_is_shown_by_the_id_of_its_snapshot_or_by_its_own(cli: Cli) -> None:
    found = {each: cli("restores", "show", each, "--json") for each in _ids(cli)}
    snapshot, ran = next((each, ran) for each, ran in found.items() if ran.code == 0)
    assert ran.err == f"{snapshot} is a snapshot; this is its last restore.\n"
    restore = json.loads(ran.out)
    assert restore["snapshotId"] == snapshot
    by_itself = cli("restores", "show", restore["restoreId"], "--json")
    assert by_itself.err == f"{restore['restoreId']} is a restore.\n"
    assert json.loads(by_itself.out) == restore


def test_a_snapshot_without_a_restore_is_told_from_an_unknown_id(cli: Cli) -> None:
    snapshot = next(each for each in _ids(cli) if "no-description" in each)
    ran = cli("restores", "show", snapshot)
    assert (ran.code, ran.err) == (5, f"durastore-tui: Snapshot {snapshot} has no restore.\n")
    assert "No snapshot and no restore has the ID NOPE" in cli("restores", "show", "NOPE").err


@pytest.mark.parametrize("words", ["", "a --snapshot b", "a --restore b", "--snapshot a --restore b"])
def test_restores_show_takes_one_id(cli: Cli, words: str) -> None:
    ran = cli("restores", "show", *words.split())
    assert (ran.code, ran.out) == (2, "")
    assert "Give one of ID, --snapshot ID and --restore ID" in ran.err


def test_urls_without_items_says_what_to_add(cli: Cli) -> None:
    ran = cli("streaming", "urls", "dance-archive")
    assert (ran.code, ran.out) == (2, "")
    assert "Add items: IDs after dance-archive, - for IDs from standard input, or --match GLOB" in ran.err


def test_urls_take_items_or_a_pattern(cli: Cli) -> None:
    ran = cli("streaming", "urls", "dance-archive", "a.mp4", "--match", "*")
    assert (ran.code, ran.out) == (2, "")
    assert "Give item IDs or --match, not both." in ran.err
