"""An interrupted run on the command line: shown as paused, continued by its login alone, or abandoned."""

import json
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest

from durastore_tui.cli import consent
from durastore_tui.config import places
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.services.changes.confirmation import Consent
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.order import Order
from tests.cli.conftest import Cli, Ran
from tests.cli.test_jobs import profiles
from tests.sandbox_server import SandboxServer

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
SPACES = ("campus-events", "dance-archive", "maps-and-plans")
RUN = "0123456789"


@pytest.fixture(autouse=True)
def paused(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    """A run of root on the stand-in, of which one space was sent."""
    profiles(good={"url": fresh_sandbox.url, "user": "root", "password_command": "echo rpw"})
    values = (("storageClass", "STANDARD_IA"), ("daysToTransition", 30))
    order = Order(JobKind.POLICY, "good", "51", SPACES[0], spaces=SPACES, values=values)
    parts = (Part(SPACES[0], JobState.UNVERIFIED, "set", AT), *(Part(name, JobState.PAUSED) for name in SPACES[1:]))
    job = Job(RUN, "good", "51", JobKind.POLICY, None, SPACES[0], None, JobState.PAUSED, AT, AT, "Paused.", parts=parts)
    with closing(Journal(places.journal())) as journal:
        journal.add(Entry(job, order, Phase.EFFECT, AT, AT, user="root"))


def sent(cli: Cli) -> list[str]:
    """The bodies that went out, as the request log has them."""
    requests = json.loads(cli("requests", "list", "--json").out)
    return [row["path"] for row in requests if row["method"] == "POST"]


def continued(cli: Cli, *words: str) -> Ran:
    return cli("jobs", "continue", RUN, "--profile", "good", *words)


def test_a_paused_run_is_shown_with_its_parts_and_its_progress(cli: Cli) -> None:
    row = json.loads(cli("jobs", "show", RUN, "--json").out)
    assert (row["state"], row["progress"]) == ("paused", {"done": 1, "of": 3, "unit": "spaces"})
    assert [(part["target"], part["state"]) for part in row["parts"]] == [
        (SPACES[0], "unverified"),
        (SPACES[1], "paused"),
        (SPACES[2], "paused"),
    ]


def test_no_other_command_sends_what_is_paused(cli: Cli) -> None:
    assert cli("jobs", "list").code == 0
    assert cli("jobs", "watch", RUN, "--profile", "good").code == 9
    words = ("--class", "STANDARD_IA", "--days", "30", "--confirm", "web-archives", "--profile", "good")
    assert cli("policies", "set", "web-archives", *words).code == 0
    assert len(sent(cli)) == 1
    assert json.loads(cli("jobs", "show", RUN, "--json").out)["state"] == "paused"


@pytest.mark.parametrize("confirm", [(), ("--confirm", "3"), ("--confirm", "campus-events")])
def test_without_the_number_of_unsent_parts_nothing_is_sent(cli: Cli, confirm: tuple[str, ...]) -> None:
    ran = continued(cli, *confirm)
    assert (ran.code, ran.out) == (2, "")
    assert sent(cli) == []


def test_the_number_of_unsent_parts_sends_them_alone(cli: Cli) -> None:
    ran = continued(cli, "--confirm", "2", "--json")
    assert ran.code == 0, ran.err
    row = json.loads(ran.out)
    assert row["state"] == "unverified"
    assert len(sent(cli)) == 2
    assert continued(cli, "--confirm", "0").code == 2


def test_another_login_is_refused(cli: Cli) -> None:
    ran = continued(cli, "--user", "admin", "--confirm", "2")
    assert ran.code == 2
    assert "was sent by root; admin cannot continue it" in ran.err
    assert sent(cli) == []


def test_read_only_sends_nothing(cli: Cli) -> None:
    assert continued(cli, "--read-only", "--confirm", "2").code == 2
    assert sent(cli) == []


def test_an_abandoned_run_stays_as_history_and_cannot_be_continued(cli: Cli) -> None:
    ran = cli("jobs", "abandon", RUN, "--profile", "good")
    assert (ran.code, ran.out) == (0, "")
    row = json.loads(cli("jobs", "show", RUN, "--json").out)
    assert row["state"] == "unverified"
    assert [part["state"] for part in row["parts"]] == ["unverified", "abandoned", "abandoned"]
    assert row["words"].endswith("1 set, 2 abandoned (never sent), of 3.")
    assert continued(cli, "--confirm", "2").code == 2
    assert cli("jobs", "abandon", RUN, "--profile", "good").code == 2
    assert sent(cli) == []


@pytest.mark.parametrize("login", [("--demo",), ("--profile", "good", "--user", "admin")])
def test_another_login_cannot_abandon_a_run(cli: Cli, login: tuple[str, ...]) -> None:
    assert cli("jobs", "abandon", RUN, *login).code == 2
    assert json.loads(cli("jobs", "show", RUN, "--json").out)["state"] == "paused"


def test_what_the_server_would_reject_is_not_continued(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    url = f"{fresh_sandbox.url}/{SPACES[2]}"
    assert httpx.delete(url, auth=("root", "rpw"), timeout=60).status_code == 200
    ran = continued(cli, "--confirm", "2")
    assert ran.code in (2, 5)
    assert sent(cli) == []


def test_what_changed_while_the_person_was_asked_is_not_continued(
    cli: Cli, fresh_sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agreed(*_: object) -> Consent:
        url = f"{fresh_sandbox.url}/{SPACES[2]}"
        assert httpx.delete(url, auth=("root", "rpw"), timeout=60).status_code == 200
        return Consent.ASKED

    monkeypatch.setattr(consent, "consent", agreed)
    ran = continued(cli)
    assert ran.code == 2, ran.err
    assert "nothing was sent" in ran.err.lower()
    assert sent(cli) == []


def test_an_enable_is_superseded_by_a_disable_at_once(cli: Cli) -> None:
    assert cli("streaming", "enable", "maps-and-plans", "--yes", "--profile", "good").code == 0
    ran = cli("streaming", "disable", "maps-and-plans", "--yes", "--profile", "good")
    assert ran.code == 0, ran.err
    assert "This supersedes enable" in ran.err
    states = {row["kind"]: row["state"] for row in json.loads(cli("jobs", "list", "--offline", "--json").out)}
    assert states["enable"] == "superseded"
    assert states["disable"] in ("accepted", "confirmed", "in_progress")
