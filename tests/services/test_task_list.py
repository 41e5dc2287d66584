"""Every task of every store, how it stands, and how that is known."""

import re

import pytest

from durastore_tui.core.errors import Forbidden
from durastore_tui.core.tasks import TASKS, find, glacier, hls, noop, restores, rtmp
from durastore_tui.services import task_list
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.session import Session
from durastore_tui.services.task_list import Entry
from tests.sandbox_server import SandboxServer
from tests.services.conftest import Login


async def listed(session: Session, again: bool = False) -> dict[tuple[str, str | None], Entry]:
    entries = await task_list.read(session, again)
    return {(entry.task.name, entry.store.id if entry.store else None): entry for entry in entries}


async def test_every_task_is_there_for_each_store_that_lists_it_or_for_none(login: Login) -> None:
    entries = await listed(await login())
    assert {name for name, _ in entries} == set(TASKS)
    assert (hls.ENABLE.name, "51") in entries
    assert (glacier.THAW.name, "52") in entries
    assert (restores.REQUEST.name, "53") in entries
    assert (rtmp.TASKS[0].name, None) in entries


async def test_what_no_store_lists_says_since_when_or_until_when_servers_have_it(login: Login) -> None:
    session = await login()
    entry = (await listed(session))[rtmp.TASKS[0].name, None]
    known, why = task_list.standing(session, entry)
    assert known is Standing.NOT_OFFERED
    assert f"no more since {rtmp.TASKS[0].until}" in why


async def test_a_refusal_teaches_what_else_needs_that_role_and_names_itself(login: Login) -> None:
    session = await login("user")
    entry = (await listed(session))[hls.ENABLE.name, "51"]
    assert task_list.standing(session, entry)[0] is Standing.UNKNOWN
    with pytest.raises(Forbidden):
        await session.run(noop.NOOP, {})
    known, why = task_list.standing(session, entry)
    assert known is Standing.NEEDS_ROLE
    assert re.fullmatch(r"noop, which takes the role ADMIN, was refused with status 403 at \d\d:\d\d UTC\.", why)


async def test_a_success_teaches_what_else_that_role_may_do_and_names_itself(login: Login) -> None:
    session = await login("admin")
    entries = await listed(session)
    await session.run(noop.NOOP, {})
    known, why = task_list.standing(session, entries[hls.ENABLE.name, "51"])
    assert known is Standing.ALLOWED
    assert re.fullmatch(r"noop, which takes the role ADMIN, succeeded at \d\d:\d\d UTC\.", why)
    assert task_list.standing(session, entries[restores.START.name, "53"])[0] is Standing.UNKNOWN


async def test_a_store_that_does_not_say_what_it_has_leaves_its_tasks_unknown(
    login: Login, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("forbidden", path="/task")
    session = await login()
    entry = (await listed(session))[hls.ENABLE.name, "51"]
    known, why = task_list.standing(session, entry)
    assert known is Standing.UNKNOWN
    assert why.startswith("The tasks of store 51 could not be listed: GET /task: 403: ")
    assert task_list.failure(session) == session.capabilities.failure("51")


async def test_a_task_that_nobody_declared_is_listed_and_unknown(login: Login, fresh_sandbox: SandboxServer) -> None:
    session = await login()
    assert find("defrag-space") is None
    assert ("defrag-space", "51") not in await listed(session)
    fresh_sandbox.fault("unknown-task")
    assert ("defrag-space", "51") not in await listed(session)
    entry = (await listed(session, again=True))["defrag-space", "51"]
    assert task_list.standing(session, entry)[0] is Standing.UNKNOWN
