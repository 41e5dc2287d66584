"""A snapshot's history, whole and each event once, past a bridge that repeats its last page and goes on writing."""

from collections.abc import Callable, Mapping
from typing import cast

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import Malformed
from durastore_tui.core.tasks.model import EpochMs, Task, Value
from durastore_tui.core.tasks.snapshots import Event, History
from durastore_tui.services.session import Session
from durastore_tui.services.snapshot_list import Snapshots
from durastore_tui.services.snapshots import history
from tests.services.conftest import Login


class Bridge:
    """Cuts pages as the real one does (protocol §7.14); `meanwhile` may add events before each is cut."""

    def __init__(self, count: int, meanwhile: Callable[["Bridge"], None] = lambda bridge: None) -> None:
        self.events = [event(number) for number in reversed(range(count))]
        self.meanwhile = meanwhile
        self.requests = 0

    async def run(self, task: Task, values: Mapping[str, Value | None]) -> TaskReply:
        self.meanwhile(self)
        self.requests += 1
        number, size, total = int(str(values["pageNumber"])), int(str(values["pageSize"])), len(self.events)
        begin, end = number * size, min((number + 1) * size, total)
        begin = max(end - size, 0) if begin > end else begin
        page = tuple(self.events[begin:end])
        return TaskReply("", History(len(page), page))

    def add(self, *events: Event) -> None:
        self.events[:0] = events


def event(number: int) -> Event:
    """Every third one is like the one before it: same moment, same words."""
    alike = number - 1 if number % 3 == 2 else number
    return Event(EpochMs(alike * 1000), f"audit {alike}")


async def read(bridge: Bridge) -> list[Event]:
    return list(await history(cast(Session, bridge), "lakeshore_53_maps_2026-01-01-00-00-00"))


@pytest.mark.parametrize("count", [0, 1, 400, 450, 999, 1000, 1001, 1400, 2000, 20_000])
async def test_a_history_of_any_length_is_whole_and_equal_events_stay_two(count: int) -> None:
    bridge = Bridge(count)
    assert await read(bridge) == bridge.events


@pytest.mark.parametrize("at_once", [1, 2, 40])
async def test_events_that_come_in_with_every_request_are_neither_missed_nor_shift_the_others(at_once: int) -> None:
    def write_on(bridge: Bridge) -> None:
        more = 50_000 + bridge.requests * at_once
        bridge.add(*(event(number) for number in reversed(range(more, more + at_once))))

    bridge = Bridge(3_400, write_on)
    assert await read(bridge) == bridge.events


async def test_a_single_event_between_two_pages_costs_one_page_more_and_no_second_reading() -> None:
    def once(bridge: Bridge) -> None:
        if bridge.requests == 3:
            bridge.add(event(90_000))

    bridge = Bridge(20_000, once)
    assert await read(bridge) == bridge.events
    assert bridge.requests <= 1 + 2 * 22


async def test_a_bridge_that_writes_pages_faster_than_they_are_read_is_an_error_and_no_patchwork() -> None:
    def flood(bridge: Bridge) -> None:
        more = 50_000 + bridge.requests * 1_000
        bridge.add(*(event(number) for number in reversed(range(more, more + 1_000))))

    with pytest.raises(Malformed, match="faster than they can be read"):
        await read(Bridge(1_400, flood))


async def test_twenty_thousand_events_of_a_real_server_come_newest_first(login: Login) -> None:
    session = await login(world="scale", store="61")
    (snapshot,) = [row.snapshot_id or "" for row in await Snapshots(session).list() if row.source_space_id == "events"]
    found = await history(session, snapshot)
    dates = [each.history_date or 0 for each in found]
    assert len(found) == 20_000
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("cycle", [1, 2, 3])
async def test_a_history_whose_pages_repeat_ends_with_an_error(cycle: int) -> None:
    class Stuck(Bridge):
        async def run(self, task: Task, values: Mapping[str, Value | None]) -> TaskReply:
            return await super().run(task, {**values, "pageNumber": int(str(values["pageNumber"])) % cycle})

    bridge = Stuck(9000)
    with pytest.raises(Malformed, match=f"does not advance: page {cycle} repeats"):
        await read(bridge)
    assert bridge.requests <= 2 * cycle + 1
