"""A change from the key to the order: form, sheet, consent, and what is refused before anything is sent."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from durastore_tui.config.profile import Environment
from durastore_tui.core.errors import Unreachable
from durastore_tui.core.jobs import JobKind
from durastore_tui.services.jobs.order import Excluded, Order
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.enable_sheet import EnableSheet
from durastore_tui.tui.widgets.sheet import Sheet
from tests.tui.fakes import OFF, OPEN, PROFILE, Scene, a_job
from tests.tui.looking import field, is_red, sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
SPACES = {"dance-archive": OFF, "oral-histories-hls": OPEN}


async def to_the_sheet(pilot: Pilot[None], key: str) -> None:
    await sees(pilot, "2 spaces", "OPEN")
    await pilot.press("j", key)
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmSheet))
    await sees(pilot, "Cancel")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_disable_is_one_y(size: tuple[int, int]) -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=size) as pilot:
        await to_the_sheet(pilot, "D")
        await sees(
            pilot, "oral-histories-hls", "POST /task/disable-hls?storeID=51", '{"spaceId": "oral-histories-hls"}'
        )
        await pilot.press("y")
        await until(pilot, lambda: scene.jobs.orders)
    assert [(order.kind, order.space) for order in scene.jobs.orders] == [(JobKind.DISABLE, "oral-histories-hls")]


@pytest.mark.parametrize("key", ["D", "enter", "escape", "q", "d"])
async def test_no_other_key_than_y_consents(key: str) -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await to_the_sheet(pilot, "D")
        await pilot.press(key, "escape")
        await sees(pilot, "2 spaces")
    assert scene.jobs.orders == []


async def test_delete_wants_the_space_id_typed() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await to_the_sheet(pilot, "X")
        await pilot.press("y", "tab")
        type_in(scene.app, "oral-histories-hl")
        await pilot.press("enter")
        assert isinstance(scene.app.screen, ConfirmSheet)
        type_in(scene.app, "s")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: scene.jobs.orders)
    assert [order.kind for order in scene.jobs.orders] == [JobKind.DELETE]


async def test_enable_asks_for_type_and_origins_and_shows_the_exact_request() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", "OPEN")
        await pilot.press("E")
        await until(pilot, lambda: isinstance(scene.app.screen, EnableSheet))
        await pilot.press("down", "tab")
        type_in(scene.app, "library.lakeshore.example")
        await pilot.press("enter")
        await sees(pilot, "no scheme")
        await pilot.press("ctrl+u")
        type_in(scene.app, "https://library.lakeshore.example")
        await pilot.press("enter")
        await sees(pilot, "POST /task/enable-hls?storeID=51", '"secure": true', "now", "later", "undo")
        await pilot.press("y")
        await until(pilot, lambda: scene.jobs.orders)
    assert [(o.kind, o.space, o.streaming_type) for o in scene.jobs.orders] == [
        (JobKind.ENABLE, "dance-archive", "SECURE")
    ]


async def test_while_a_change_is_pending_another_one_is_refused_with_the_first() -> None:
    scene = Scene(SPACES, jobs=[a_job("oral-histories-hls", JobKind.DELETE, id="first")])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "deleting")
        await pilot.press("j", "E")
        await sees(pilot, "delete of oral-histories-hls is unfinished: accepted", "first")
        assert not isinstance(scene.app.screen, EnableSheet)


async def test_an_order_that_another_process_excluded_is_said_and_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(SPACES)

    async def excluded(order: Order) -> object:
        raise Excluded(a_job("oral-histories-hls", JobKind.DELETE))

    monkeypatch.setattr(scene.jobs, "submit", excluded)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await to_the_sheet(pilot, "D")
        await pilot.press("y")
        await until(pilot, lambda: scene.app.notes)
    assert "delete of oral-histories-hls" in scene.app.notes[0].text
    assert scene.app.notes[0].text.endswith("Nothing was sent. l opens that job.")


async def test_what_no_longer_holds_is_not_sent() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await to_the_sheet(pilot, "D")
        await sees(pilot, "POST /task/disable-hls")
        scene.spaces.spaces["oral-histories-hls"] = OFF
        await pilot.press("y")
        await sees(pilot, "was OPEN at", "and is off now", "Nothing was sent.")
    assert scene.jobs.orders == []


async def test_a_dialog_says_what_happens_now_and_later_and_what_undoes_it() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=NARROW) as pilot:
        await to_the_sheet(pilot, "D")
        await sees(pilot, "POST /task/disable-hls")
        assert "loses its" in (field(scene.app, "now") or "")
        assert "24 hours" in (field(scene.app, "later") or "")
        assert (field(scene.app, "undo") or "").startswith("Enable ")


@pytest.mark.parametrize("environment", [Environment.PROD, Environment.DEMO])
async def test_prod_is_red_and_every_change_there_wants_the_space_typed(environment: Environment) -> None:
    scene = Scene(SPACES, profile=replace(PROFILE, environment=environment, read_only=False))
    async with scene.app.run_test(size=WIDE) as pilot:
        await to_the_sheet(pilot, "D")
        await sees(pilot, f"on lakeshore, {environment}", "Cancel")
        on_prod = environment is Environment.PROD
        assert is_red(scene.app, f"on lakeshore, {environment}") == on_prod
        assert is_red(scene.app, "▌", "Cancel") == on_prod
        assert ("Type oral-histories-hls to " in shown(scene.app)) == on_prod
        assert ("y disable" in shown(scene.app)) != on_prod


async def test_a_space_that_cannot_be_read_gets_no_sheet() -> None:
    scene = Scene({"dance-archive": Unreachable("HEAD /dance-archive", None, "timed out")})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "1 space", "failed")
        await pilot.press("D")
        await sees(pilot, "dance-archive:", "timed out", "Nothing was sent.")
        assert not isinstance(scene.app.screen, ConfirmSheet)


async def test_a_space_that_does_not_stream_has_nothing_to_disable() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "1 space", "off")
        await pilot.press("D")
        await sees(pilot, "dance-archive does not stream")
        assert not isinstance(scene.app.screen, ConfirmSheet)


async def test_type_ahead_never_consents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "GUARD", 1e9)
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", "OPEN")
        await pilot.press("j", "D", "y", "enter")
        await sees(pilot, "2 spaces")
        assert "sent" not in shown(scene.app)
    assert scene.jobs.orders == []
