"""Spaces: names, properties a few at a time, contents."""

import asyncio

import pytest

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import Forbidden, Missing
from durastore_tui.core.resource import Empty, Failed, NotAllowed, Ready, Resource, Stale
from durastore_tui.core.tasks import noop
from durastore_tui.services.spaces import Spaces
from tests.sandbox_server import SandboxServer
from tests.services.conftest import Login


async def test_properties_are_told_as_they_come_and_are_held_with_their_time(login: Login) -> None:
    session = await login()
    spaces = Spaces(session)
    assert isinstance(spaces.held("dance-archive"), Empty)
    told: dict[str, Resource[SpaceProperties]] = {}
    await spaces.properties(["dance-archive", "no-such-space"], told.__setitem__)
    match told["dance-archive"], told["no-such-space"]:
        case Ready(properties, at), Failed(Missing()):
            assert properties.count == "977"
            assert at <= session.clock.now()
        case other:
            pytest.fail(str(other))
    assert spaces.held("dance-archive") is told["dance-archive"]


async def test_the_order_asked_for_is_the_order_asked_in(login: Login) -> None:
    session = await login()
    names = ["web-archives", "dance-archive", "campus-events", "empty-space", "dip-store"]
    await Spaces(session).properties(names, lambda *_: None, at_once=1)
    asked = [request.path.split("?")[0] for request in session.log if request.method == "HEAD"]
    assert asked == [f"/{name}" for name in names]


async def test_what_is_held_stays_held_when_asking_again_fails(login: Login, fresh_sandbox: SandboxServer) -> None:
    spaces = Spaces(await login())
    told: list[Resource[SpaceProperties]] = []
    await spaces.properties(["dance-archive"], lambda _, resource: told.append(resource))
    fresh_sandbox.fault("null-500", path="/dance-archive")
    await spaces.properties(["dance-archive"], lambda _, resource: told.append(resource))
    match told:
        case [Ready(first), Stale(second, _, error)]:
            assert first == second
            assert error is not None
        case other:
            pytest.fail(str(other))


async def test_a_space_that_this_login_may_not_see_is_its_own_state(login: Login) -> None:
    told: dict[str, Resource[SpaceProperties]] = {}
    await Spaces(await login("user")).properties(["private-donor-papers"], told.__setitem__)
    match told["private-donor-papers"]:
        case NotAllowed(Forbidden()):
            pass
        case other:
            pytest.fail(str(other))


async def test_contents_go_on_after_the_marker(login: Login) -> None:
    spaces = Spaces(await login())
    first = await spaces.contents("dip-store", limit=10)
    second = await spaces.contents("dip-store", marker=first.ids[-1], limit=10)
    assert second.ids[0] > first.ids[-1]
    assert first.properties.count == "1000+"


async def test_access_and_items_are_read(login: Login) -> None:
    spaces = Spaces(await login())
    assert (await spaces.acl("oral-histories-hls"))["group-public"] == "READ"
    first = (await spaces.contents("oral-histories-hls", limit=1)).ids[0]
    assert (await spaces.item("oral-histories-hls", first)).checksum


async def test_giving_up_leaves_no_request_behind(login: Login) -> None:
    session = await login(world="scale")
    spaces = Spaces(session)
    names = await spaces.names()
    begun = asyncio.Event()
    session.log.subscribe(lambda _: begun.set())
    asking = asyncio.create_task(spaces.properties(names, lambda *_: None))
    await begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    asked = len(list(session.log))
    await session.run_raw(noop.NOOP, b"")
    assert len(list(session.log)) - asked <= 5
