"""A login tried once: what is there is told, only reads go out, and nothing of it is kept."""

from pathlib import Path

import pytest

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.errors import Malformed, Unauthorized
from durastore_tui.core.secret import Secret
from durastore_tui.services.trial import Trial, try_login
from tests.misbehaving import answer, misbehaving
from tests.sandbox_server import SandboxServer

STORES = (
    b"<storageProviderAccounts><storageAcct isPrimary='1'><id>51</id>"
    b"<storageProviderType>AMAZON_S3</storageProviderType></storageAcct></storageProviderAccounts>"
)


async def tried(url: str, password: str = "rpw") -> Trial:  # noqa: S107  # of the stand-in
    return await try_login(Profile("x", url, "root", Environment.TEST), Secret(password), WallClock())


async def test_stores_types_tasks_and_speed_are_told(sandbox: SandboxServer) -> None:
    trial = await tried(sandbox.url)
    assert [(each.store.id, each.store.type, each.store.primary, each.tasks) for each in trial.stores] == [
        ("51", "AMAZON_S3", True, 7),
        ("52", "AMAZON_GLACIER", False, 1),
        ("53", "CHRONOPOLIS", False, 14),
    ]
    assert trial.ms > 0
    assert trial.tls is None


async def test_only_reads_go_out_and_no_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    async with misbehaving(answer("200 OK", STORES)) as server:
        await tried(server.url)
        assert [(heard.method, heard.target.partition("?")[0]) for heard in server.requests] == [
            ("GET", "/durastore/stores"),
            ("GET", "/durastore/task"),
        ]
    assert not (tmp_path / "state").exists()


async def test_a_login_that_is_not_accepted_and_a_page_of_somebody_else_are_errors(sandbox: SandboxServer) -> None:
    with pytest.raises(Unauthorized):
        await tried(sandbox.url, "wrong")
    async with misbehaving(answer("200 OK", b"<html>hello")) as server:
        with pytest.raises(Malformed):
            await tried(server.url)
