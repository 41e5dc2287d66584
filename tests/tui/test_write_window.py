"""`:rw` and `:ro`: what is read-only is opened for a time, by consent, and every key says so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.tui.commands.command_line import CommandLine
from durastore_tui.tui.dialogs.ask_sheet import AskSheet
from durastore_tui.tui.dialogs.enable_sheet import EnableSheet
from durastore_tui.tui.handlers.write_window import shut_window
from tests.tui.fakes import OFF, PROFILE, Scene
from tests.tui.looking import sees, shown, type_in, until

WIDE = (120, 36)


PROD = Profile("acme", "https://acme.example/durastore", "jo", Environment.PROD, None).on_screen()


async def command(pilot: Pilot[None], text: str) -> None:
    """Typed behind a colon."""
    await pilot.press("colon")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandLine))
    type_in(pilot.app, text)
    await pilot.press("enter")


async def opened(pilot: Pilot[None], scene: Scene, keys: Sequence[str] = ("y",)) -> None:
    await command(pilot, "rw 2m")
    await until(pilot, lambda: isinstance(scene.app.screen, AskSheet))
    await sees(pilot, "Changes can be sent for 2 min, each")
    await pilot.press(*keys)


async def test_a_window_opens_by_consent_is_counted_down_and_shuts_by_itself() -> None:
    scene = Scene({"dance-archive": OFF}, profile=replace(PROFILE, read_only=True))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "READ-ONLY", "dance-archive")
        await opened(pilot, scene)
        await sees(pilot, "WRITE 2:00")
        scene.clock.advance(60)
        await sees(pilot, "WRITE 1:00")
        await pilot.press("E")
        await until(pilot, lambda: isinstance(scene.app.screen, EnableSheet))
        await pilot.press("escape")
        scene.clock.advance(60)
        await sees(pilot, "READ-ONLY")
        await pilot.press("E")
        await sees(pilot, "read-only here")
        assert scene.app.notes[-1].text.endswith(":rw 15m opens it for a time.")


async def test_hours_are_counted_down_as_hours() -> None:
    scene = Scene({"dance-archive": OFF}, profile=replace(PROFILE, read_only=True))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "READ-ONLY", "dance-archive")
        assert scene.app.services
        scene.app.services.session.window.open_for(timedelta(hours=8))
        await sees(pilot, "WRITE 8:00:00")
        scene.clock.advance(7 * 3600)
        await sees(pilot, "WRITE 1:00:00")
        scene.clock.advance(60)
        await sees(pilot, "WRITE 59:00")


async def test_on_prod_the_name_of_the_profile_is_typed() -> None:
    scene = Scene({"dance-archive": OFF}, profile=PROD)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "PROD", "READ-ONLY", "dance-archive")
        await opened(pilot, scene)
        assert isinstance(scene.app.screen, AskSheet)
        assert scene.app.screen.query_one("#yes", Button).disabled
        await pilot.press("tab")
        type_in(scene.app, "acme")
        await until(pilot, lambda: not scene.app.screen.query_one("#yes", Button).disabled)
        await pilot.press("enter", "enter")
        await sees(pilot, "WRITE 2:00")


async def test_ro_shuts_what_was_open() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "dance-archive", "connected")
        assert "READ-ONLY" not in shown(scene.app)
        shut_window(scene.app)
        await sees(pilot, "READ-ONLY")
        assert scene.session.window.shut


@pytest.mark.parametrize(
    ("profile", "text", "words"),
    [
        (replace(PROFILE, read_only=True, sealed=True), "rw 15m", "This run is --read-only"),
        (PROFILE, "rw 15m", "is not read-only"),
        (replace(PROFILE, read_only=True), "rw 9h", "no time for a write window"),
    ],
)
async def test_why_no_window_opens_is_said(profile: Profile, text: str, words: str) -> None:
    scene = Scene({"dance-archive": OFF}, profile=profile)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "dance-archive", "connected")
        await command(pilot, text)
        await sees(pilot, words)
        assert not isinstance(scene.app.screen, AskSheet)


def test_prod_on_screen_begins_read_only() -> None:
    assert PROD.read_only is True
