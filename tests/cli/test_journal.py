"""The journal on the command line: the audit log, and what happens when the journal cannot be used."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from durastore_tui.config import places
from durastore_tui.core.jobs import JobKind
from durastore_tui.services.jobs.order import claim
from tests.cli.conftest import Cli
from tests.services.jobs.damage import DAMAGES, header, newer_version
from tests.services.jobs.test_journal_trouble import CHANGES, change_row

Damage = Callable[[Path], None]
POLICY = ("dance-archive", "--class", "STANDARD_IA", "--days", "30", "--confirm", "dance-archive")


@pytest.fixture
def written(cli: Cli) -> Path:
    """A journal with two jobs of the command line."""
    assert (
        cli(
            "policies", "set", "dance-archive", "--class", "STANDARD_IA", "--days", "30", "--confirm", "dance-archive"
        ).code
        == 0
    )
    assert cli("streaming", "enable", "campus-events", "--yes", "--force").code == 0
    return places.journal()


def posts(cli: Cli) -> int:
    return sum(row["method"] == "POST" for row in json.loads(cli("requests", "list", "--json").out))


def test_changes_list_shows_every_change_also_of_jobs_that_were_forgotten(cli: Cli, written: Path) -> None:
    for job in json.loads(cli("jobs", "list", "--offline", "--json").out):
        assert cli("jobs", "forget", job["id"], "--yes").code == 0
    assert json.loads(cli("jobs", "list", "--offline", "--json").out) == []
    policy, enable = json.loads(cli("changes", "list", "--json").out)
    assert list(policy) == ["at", "profile", "user", "task", "spaceId", "target", "body", "state", "answer"]
    assert (policy["task"], policy["spaceId"], policy["user"]) == ("set-storage-policy", "dance-archive", "root")
    assert json.loads(policy["body"]) == {
        "spaceId": "dance-archive",
        "storageClass": "STANDARD_IA",
        "daysToTransition": 30,
    }
    assert policy["state"] == "unverified"
    assert policy["answer"]
    assert policy["at"].endswith("Z")
    assert (enable["task"], enable["state"]) == ("enable-hls", "accepted")


@pytest.mark.parametrize("damage", [*DAMAGES, newer_version], ids=lambda damage: damage.__name__)
def test_a_broken_journal_leaves_reads_alone_and_refuses_changes(cli: Cli, written: Path, damage: Damage) -> None:
    damage(written)
    sent = posts(cli)
    ran = cli("stores", "list")
    assert (ran.code, ran.err) == (0, "")
    for words in ("jobs list --offline", "changes list", "jobs list"):
        ran = cli(*words.split())
        assert ran.code == 0, words
        assert len(ran.err.splitlines()) == 1
        assert str(written) in ran.err
        assert ("jobs repair" in ran.err) is (damage is not newer_version)
    for words in (
        "streaming enable campus-events --yes",
        "policies set dance-archive --class STANDARD_IA --days 60 --confirm dance-archive",
        "jobs forget 0123456789",
    ):
        ran = cli(*words.split())
        assert (ran.code, ran.out) == (2, ""), words
        assert len(ran.err.splitlines()) == 1
        assert str(written) in ran.err
    assert posts(cli) == sent


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_repair_makes_changes_possible_again(cli: Cli, written: Path, damage: Damage) -> None:
    damage(written)
    ran = cli("jobs", "repair", "--json")
    assert ran.code == 0, ran.err
    repaired = json.loads(ran.out)
    assert repaired["journal"] == str(written)
    assert Path(repaired["movedTo"]).name.startswith("jobs.sqlite3.damaged-")
    assert repaired["jobs"] == len(json.loads(cli("jobs", "list", "--offline", "--json").out)) - len(repaired["lost"])
    assert cli("policies", "set", *POLICY).code == 0
    again = cli("jobs", "repair")
    assert (again.code, "not damaged" in again.err) == (0, True)


def test_a_job_that_the_damage_spared_still_excludes_after_the_repair(cli: Cli, written: Path) -> None:
    header(written)
    refused = cli("jobs", "show", "0123456789")
    assert (refused.code, "jobs repair" in refused.err) == (2, True)
    repaired = json.loads(cli("jobs", "repair", "--json").out)
    assert (repaired["jobs"], repaired["unfinished"], repaired["exclusions"]) == (2, 1, 1)
    assert (repaired["changes"], repaired["lost"]) == (2, [])


def test_repair_does_not_claim_that_an_unreadable_file_held_no_job(cli: Cli, written: Path) -> None:
    written.write_bytes(b"no database at all" * 500)
    ran = cli("jobs", "repair")
    assert ran.code == 0
    assert "the damaged part may have held some" in ran.err


def test_repair_leaves_the_journal_of_a_newer_version_alone(cli: Cli, written: Path) -> None:
    newer_version(written)
    ran = cli("jobs", "repair")
    assert (ran.code, ran.out) == (2, "")
    assert "newer version" in ran.err


def test_a_job_of_a_newer_version_is_listed_and_blocks_its_own_space_alone(cli: Cli, written: Path) -> None:
    change_row(written, CHANGES["a state"])
    rows = json.loads(cli("jobs", "list", "--json").out)
    (strange,) = [row for row in rows if "newer version" in row["words"]]
    assert len(rows) == 2
    assert (strange["spaceId"], strange["kind"]) == ("campus-events", "enable")
    assert json.loads(cli("jobs", "show", strange["id"], "--json").out) == strange
    refused = cli("streaming", "enable", "campus-events", "--yes", "--force")
    assert refused.code == 2
    assert f"jobs forget {strange['id']}" in refused.err
    assert (
        cli(
            "policies", "set", "dance-archive", "--class", "STANDARD_IA", "--days", "60", "--confirm", "dance-archive"
        ).code
        == 0
    )
    assert cli("jobs", "forget", strange["id"], "--yes").code == 0
    assert cli("streaming", "enable", "campus-events", "--yes", "--force").code == 0


def test_a_job_of_a_newer_version_is_foreseen_before_anybody_is_asked(cli: Cli, written: Path) -> None:
    change_row(written, CHANGES["a state"])
    (strange,) = [row for row in json.loads(cli("jobs", "list", "--json").out) if "newer version" in row["words"]]
    before = len(json.loads(cli("requests", "list", "--json").out))
    for words in (
        ("streaming", "disable", "campus-events"),
        ("tasks", "run", "disable-hls", "-p", "spaceId=campus-events"),
    ):
        refused = cli(*words)
        assert (refused.code, refused.out) == (2, "")
        assert f"Job {strange['id']} (from a newer version) blocks this change" in refused.err
    read = [row["task"] or row["path"] for row in json.loads(cli("requests", "list", "--json").out)[before:]]
    assert not [each for each in read if "campus-events" in each]


def test_a_dry_run_foresees_what_a_job_of_a_newer_version_blocks(cli: Cli, written: Path) -> None:
    change_row(written, CHANGES["a state"])
    with closing(sqlite3.connect(written)) as rows, rows:
        ((job_id, profile, store),) = rows.execute(
            "SELECT id, profile, json_extract(entry, '$.job.store') FROM jobs ORDER BY rowid DESC LIMIT 1"
        )
        key = claim(JobKind.POLICY, profile, store, "campus-events")
        rows.execute("INSERT INTO claims VALUES (?, ?)", (key, job_id))
    policy = ("--class", "STANDARD_IA", "--days", "30", "--dry-run")
    refused = cli("policies", "set", "dance-archive", "campus-events", *policy)
    assert (refused.code, refused.out) == (2, "")
    assert f"jobs forget {job_id}" in refused.err
    assert cli("policies", "set", "dance-archive", *policy).code == 0
