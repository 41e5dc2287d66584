"""`W`, and the old family: what is said before anything is sent, and what is offered at all."""

from typing import Any

import pytest
from textual.pilot import Pilot

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.enable_sheet import EnableSheet
from durastore_tui.tui.dialogs.family_sheet import FamilySheet
from durastore_tui.tui.widgets.sheet import Sheet
from tests.tui.fakes import OFF, OFFERED, OPEN, Scene
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
OLD = SpaceProperties({"space-count": "9", "streaming-host": "s1.example", "streaming-type": "SECURE"})
BOTH = SpaceProperties({**OPEN.raw, **OLD.raw})
RTMP = ("enable-streaming", "disable-streaming", "delete-streaming")


async def in_front(pilot: Pilot[None], sheet: type[Sheet[Any]]) -> None:
    """Waits until the sheet is painted: before that it takes no consent."""
    await until(pilot, lambda: isinstance(pilot.app.screen, sheet) and pilot.app.screen.painted_at is not None)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_the_switch_says_first_that_links_die_shows_both_requests_and_wants_the_id(size: tuple[int, int]) -> None:
    scene = Scene({"oral": OPEN})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await pilot.press("W")
        await sees(pilot, "Switch HLS to SECURE", "viewers need signed cookies")
        type_in(scene.app, "https://a.example")
        await pilot.press("enter")
        await sees(pilot, "Switch HLS from OPEN to SECURE", "now        The host changes: d1.cloudfront.localhost goes")
        await pilot.press("pagedown")
        await sees(pilot, "POST /task/delete-hls?storeID=51", "POST /task/enable-hls?storeID=51", "https://a.example")
        await pilot.press("y", "tab")
        type_in(scene.app, "oral")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: scene.jobs.orders)
    (order,) = scene.jobs.orders
    assert (order.kind, order.family, order.streaming_type) == (JobKind.SWITCH, "HLS", "SECURE")
    assert order.origins == ("https://a.example",)


async def test_what_does_not_stream_has_nothing_to_switch() -> None:
    scene = Scene({"dance": OFF})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "1 space", "off")
        await pilot.press("W")
        await sees(pilot, "dance does not stream by HLS: there is")
    assert scene.jobs.orders == []


async def test_enabling_as_the_other_type_is_refused_before_any_consent() -> None:
    scene = Scene({"oral": OPEN})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await pilot.press("E")
        await in_front(pilot, EnableSheet)
        await pilot.press("down", "tab", "enter")
        await sees(pilot, "oral streams as OPEN", "switch the type")
        assert not isinstance(scene.app.screen, ConfirmSheet)
    assert scene.jobs.orders == []


async def test_a_server_of_today_is_not_asked_which_family() -> None:
    scene = Scene({"oral": BOTH})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "OPEN, RTMP")
        await pilot.press("D")
        await sees(pilot, "Disable HLS streaming")


async def test_an_old_server_asks_which_family_and_warns_of_what_the_old_one_takes_along() -> None:
    scene = Scene({"oral": BOTH}, offered=(*OFFERED, *RTMP))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "OPEN, RTMP", "RTMP, LEGACY", "AWS ended RTMP on 2020-12-31")
        await pilot.press("D")
        await sees(pilot, "Disable: which streaming", "SECURE at s1.example", "OPEN at d1.cloudfront.localhost")
        await pilot.press("down", "enter")
        await sees(pilot, "Disable RTMP streaming", "AWS ended RTMP on 2020-12-31", "oral streams by HLS as well")
        await pilot.press("y")
        await until(pilot, lambda: scene.jobs.orders)
    assert [(order.kind, order.family) for order in scene.jobs.orders] == [(JobKind.DISABLE, "RTMP")]


async def test_only_the_family_that_streams_can_be_disabled_and_is_not_asked_for() -> None:
    scene = Scene({"films": OLD}, offered=(*OFFERED, *RTMP))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "RTMP ended")
        await pilot.press("D")
        await sees(pilot, "Disable RTMP streaming")
        assert "by HLS as well" not in shown(scene.app)


async def test_enabling_the_old_family_asks_for_no_origins_and_says_that_nothing_will_answer() -> None:
    scene = Scene({"dance": OFF}, offered=(*OFFERED, *RTMP))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "off")
        await pilot.press("E")
        await in_front(pilot, FamilySheet)
        await pilot.press("down", "enter")
        await sees(pilot, "Enable RTMP streaming", "viewers need signed URLs", "AWS ended RTMP on 2020-12-31")
        assert "Web pages" not in shown(scene.app)
        await pilot.press("down", "tab", "tab", "enter")
        await sees(pilot, "POST /task/enable-streaming?storeID=51", '"secure": true')


async def test_a_switch_of_the_old_family_promises_neither_an_answer_nor_a_list_of_links() -> None:
    scene = Scene({"films": OLD}, offered=RTMP)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "RTMP ended")
        await pilot.press("W")
        await sees(
            pilot, "Switch RTMP from SECURE to OPEN", "POST /task/delete-streaming", "POST /task/enable-streaming"
        )
        assert "until it answers" not in shown(scene.app)
        assert "list of the links" not in shown(scene.app)


async def test_closing_the_question_of_the_family_sends_nothing() -> None:
    scene = Scene({"oral": BOTH}, offered=(*OFFERED, *RTMP))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await pilot.press("X")
        await in_front(pilot, FamilySheet)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(scene.app.screen, Sheet))
    assert scene.jobs.orders == []


async def test_a_refusal_for_the_role_dims_what_needs_it_and_says_why() -> None:
    scene = Scene({"oral": OPEN})
    scene.jobs.answers = {"state": JobState.REJECTED, "refusal": "Forbidden", "status": 403}
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await pilot.press("D")
        await in_front(pilot, ConfirmSheet)
        await pilot.press("y")
        await until(pilot, lambda: scene.jobs.orders and not isinstance(scene.app.screen, Sheet))
        await pilot.press("X")
        await sees(pilot, "delete-hls needs the role ADMIN")
    assert len(scene.jobs.orders) == 1


async def test_a_key_is_dimmed_only_when_no_family_can_be_changed() -> None:
    scene = Scene({"films": OLD, "none": OFF}, offered=(*OFFERED, *RTMP))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "RTMP ended")
        await pilot.press("D")
        await sees(pilot, "POST /task/disable-streaming")
        await pilot.press("escape", "j", "D")
        await sees(pilot, "none does not stream by HLS")
    assert scene.jobs.orders == []
