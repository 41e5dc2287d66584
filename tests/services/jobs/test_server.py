"""What jobs ask of a server: an empty item is settled by its HEAD, and a slow first answer delays no other check."""

import asyncio
from typing import cast

import pytest

from durastore_tui.api.reply import Reply
from durastore_tui.api.transport import Transport
from durastore_tui.core.errors import Conflict, DuraStoreError, Malformed, Missing
from durastore_tui.core.tasks import snapshots
from durastore_tui.services.jobs import server as jobs_server
from durastore_tui.services.jobs.server import ApiServer


class Answering:
    """A transport: HEAD says this length, GET is a conflict, and what is slow never answers."""

    def __init__(self, length: str, slow: str = "") -> None:
        self.length = length
        self.slow = slow
        self.asked: list[str] = []

    async def read(self, method: str, path: str, *_: object, **__: object) -> Reply:
        self.asked.append(f"{method} {path}")
        if self.slow and self.slow in path:
            await asyncio.Event().wait()
        if method == "GET":
            raise Conflict("GET", 409, "")
        return Reply(method, 200, {"content-length": self.length, "content-md5": "0"}, b"")


def server(transport: Answering) -> ApiServer:
    return ApiServer(cast(Transport, transport))


async def test_an_empty_item_is_never_asked_for_a_byte() -> None:
    transport = Answering("0")
    assert await server(transport).readable("52", "masters", "empty.txt") is None
    assert [asked.split()[0] for asked in transport.asked] == ["HEAD"]


async def test_another_item_is_asked_for_a_byte_and_its_length_once() -> None:
    transport = Answering("5")
    asker = server(transport)
    for _ in range(2):
        assert await asker.readable("52", "masters", "a.wav") is False
    assert [asked.split()[0] for asked in transport.asked] == ["HEAD", "GET", "GET"]


async def test_a_first_answer_that_never_comes_delays_no_other_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_server, "FIRST_SECONDS", 0.01)
    asker = server(Answering("5", slow="slow"))
    stuck = asyncio.ensure_future(asker.find("52", "masters", "slow.wav"))
    await asyncio.wait({stuck}, timeout=0)
    await asker.find("52", "masters", "quick.wav")
    assert not stuck.done()
    stuck.cancel()


class Failing:
    """A transport that raises the same error for everything."""

    def __init__(self, error: DuraStoreError) -> None:
        self.error = error

    async def ask(self, *_: object, **__: object) -> Reply:
        raise self.error


async def test_a_404_that_answers_a_task_is_not_about_the_snapshot() -> None:
    page = Missing("POST /task/get-snapshot", 404, "404 page not found")
    with pytest.raises(Malformed):
        await ApiServer(cast(Transport, Failing(page))).ask("52", snapshots.SHOW, {"snapshotId": "a"})


async def test_a_500_that_means_a_missing_snapshot_is_about_it() -> None:
    gone = Missing("POST /task/get-snapshot", 500, "Error reported: Unexpected response code: 404")
    with pytest.raises(Missing):
        await ApiServer(cast(Transport, Failing(gone))).ask("52", snapshots.SHOW, {"snapshotId": "a"})
