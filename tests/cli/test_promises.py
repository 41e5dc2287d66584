"""What a person confirmed must still hold when it is sent: every write reads the state again before it goes out."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from durastore_tui.cli import consent
from durastore_tui.services.changes import (
    operator_tasks,
    policy_changes,
    retrieval_changes,
    snapshot_changes,
    streaming_changes,
    task_orders,
)
from durastore_tui.services.changes.confirmation import Consent
from durastore_tui.services.changes.preflight import Preflight
from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer

EMAIL = ("--email", "ana.ruiz@lakeshore.example")
ITEM = "preservation/OH-0200_pm.wav"
POLICY = ("--class", "STANDARD_IA", "--days", "30")


@pytest.fixture(autouse=True)
def _fresh(fresh_sandbox: SandboxServer) -> None:
    """Statuses move with the server's clock."""


@pytest.mark.parametrize(
    ("words", "module", "look"),
    [
        (("streaming", "enable", "dance-archive"), streaming_changes, "preflight"),
        (("streaming", "disable", "campus-events"), streaming_changes, "preflight"),
        (("streaming", "delete", "campus-events"), streaming_changes, "preflight"),
        (("streaming", "switch", "campus-events", "--to", "SECURE"), streaming_changes, "preflight"),
        (("policies", "set", "dance-archive", *POLICY), policy_changes, "preflight"),
        (("policies", "set", "dance-archive", "maps-and-plans", *POLICY), policy_changes, "preflight"),
        (("snapshots", "create", "oh-batch-2026-11", "--description", "Lot 11", *EMAIL), snapshot_changes, "create"),
        (("snapshots", "restart", "film-reel-9"), snapshot_changes, "restart"),
        (("snapshots", "cleanup", "maps-batch-7"), operator_tasks, "of_snapshot"),
        (("snapshots", "complete", "maps-batch-7", "--force"), operator_tasks, "of_snapshot"),
        (("snapshots", "complete-cancel", "film-reel-9", "--force"), operator_tasks, "of_snapshot"),
        (("restores", "request", "newspapers-1918", *EMAIL), snapshot_changes, "request_restore"),
        (("restores", "start", "newspapers-1918", *EMAIL), snapshot_changes, "start_restore"),
        (("restores", "complete", "staging-empty", "--days", "3", "--force"), operator_tasks, "of_restore"),
        (("glacier", "restore", "masters-audio", ITEM), retrieval_changes, "preflight"),
        (("glacier", "restore", "masters-audio", ITEM, "preservation/OH-0201_pm.wav"), retrieval_changes, "preflight"),
        (("tasks", "run", "disable-hls", "-p", "spaceId=campus-events"), task_orders, "preflight_of"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_changed_while_the_person_was_asked_is_not_sent(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], module: Any, look: str
) -> None:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    ids = {row["sourceSpaceId"]: row["snapshotId"] for row in rows}
    by_snapshot = words[:2] in (("snapshots", "restart"), ("restores", "request"), ("restores", "start"))
    named = [ids[word] if by_snapshot and word in ids else word for word in words]
    before = written(cli)
    asked: list[str] = []

    def agreed(*_: object) -> Consent:
        asked.append("asked")
        return Consent.ASKED

    genuine: Callable[..., Awaitable[Preflight]] = getattr(module, look)

    async def changing(*args: Any, **options: Any) -> Preflight:
        found = await genuine(*args, **options)
        return replace(found, order=replace(found.to_send(), was="something else")) if asked else found

    monkeypatch.setattr(consent, "consent", agreed)
    monkeypatch.setattr(module, look, changing)
    ran = cli(*named)
    assert (ran.code, asked) == (2, ["asked"]), ran.err
    assert "nothing was sent" in ran.err.lower()
    assert written(cli) == before
    assert json.loads(cli("jobs", "list", "--offline", "--json").out) == []


def written(cli: Cli) -> list[str]:
    rows = json.loads(cli("requests", "list", "--json").out)
    return [row["task"] for row in rows if row["method"] == "POST" and not row["task"].startswith("get-")]
