"""`:` says where to go or what to do; it completes, remembers, explains, and consents to nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.core.jobs import JobState
from durastore_tui.services.command_history import CommandHistory
from durastore_tui.tui.commands.command_line import CommandLine
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.help import KeysScreen
from durastore_tui.tui.places import Place
from durastore_tui.tui.widgets.sheet import Sheet
from tests.tui.fakes import OFF, OPEN, PROFILE, Scene, a_job
from tests.tui.looking import sees, shown, type_in, until
from tests.written_profiles import write_profiles

WIDE = (120, 36)
SPACES = {"dance-archive": OFF, "oral-histories": OFF, "oral-histories-hls": OPEN}
PROFILES = """
[profiles.acme]
url = "https://acme.example/durastore"
user = "jo"
password_command = "echo apw"
"""


async def typed(pilot: Pilot[None], text: str) -> None:
    """Behind a colon, and not sent off."""
    await pilot.press("colon")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandLine) and pilot.app.screen.query(Input))
    type_in(pilot.app, text)
    await until(pilot, lambda: line(pilot) == text)


async def command(pilot: Pilot[None], text: str) -> None:
    await typed(pilot, text)
    await pilot.press("enter")


def line(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(Input).value


async def refused(pilot: Pilot[None], text: str, *words: str) -> None:
    """It stays open, says why, and esc leaves everything as it was."""
    before = len(pilot.app.screen_stack)
    await command(pilot, text)
    await sees(pilot, *words)
    await pilot.press("escape")
    await until(pilot, lambda: len(pilot.app.screen_stack) == before)


async def test_a_list_is_gone_to_with_a_filter() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await pilot.press("5")
        await sees(pilot, "No job was ever sent")
        await command(pilot, "spaces /hist")
        await sees(pilot, "/ hist", "2 of 3 spaces")
        await command(pilot, "/dance")
        await sees(pilot, "/ dance", "1 of 3 spaces")
        await command(pilot, "filter 'oral-histories-'")
        await sees(pilot, "/ oral-histories-", "1 of 3 spaces")
        await command(pilot, "/")
        await until(pilot, lambda: "/ oral" not in shown(scene.app))


async def test_a_filter_from_here_leaves_the_marks() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await pilot.press("space")
        await command(pilot, "spaces /hls")
        await sees(pilot, "1 of 3 spaces", "1 marked")


async def test_ids_are_offered_from_what_is_held_and_any_other_may_be_typed() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await typed(pilot, "space or")
        await sees(pilot, "oral-histories oral-histories-hls")
        await pilot.press("tab")
        await until(pilot, lambda: line(pilot) == "space oral-histories")
        await pilot.press("tab")
        await until(pilot, lambda: line(pilot) == "space oral-histories-hls")
        await pilot.press("tab")
        await until(pilot, lambda: line(pilot) == "space oral-histories")
        await pilot.press("shift+tab", "enter")
        await sees(pilot, "Spaces › oral-histories-hls")
        await command(pilot, "contents dance-archive oh/1974/")
        await until(pilot, lambda: scene.app.places.here.place.prefix == "oh/1974/")
        assert scene.app.places.here.place.space == "dance-archive"


async def test_the_likeliest_word_stands_behind_what_is_typed_and_right_takes_it() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await typed(pilot, "snap")
        await sees(pilot, ":snapshots")
        await pilot.press("right")
        await until(pilot, lambda: line(pilot) == "snapshots")
        await sees(pilot, "snapshots /filter @profile: Go to Snapshots.")


async def test_what_was_understood_is_remembered_over_restarts_and_nothing_else(tmp_path: Path) -> None:
    async with Scene(SPACES).app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await command(pilot, "spaces /hist")
        await sees(pilot, "2 of 3 spaces")
        await command(pilot, "jobs")
        await sees(pilot, "No job was ever sent")
        await refused(pilot, "hunter2", "There is no command hunter2")
    assert CommandHistory(tmp_path / "state" / "durastore-tui" / "commands.txt").lines() == ("spaces /hist", "jobs")
    async with Scene(SPACES).app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await typed(pilot, "sor")
        await pilot.press("up")
        await until(pilot, lambda: line(pilot) == "jobs")
        await pilot.press("up", "up")
        await until(pilot, lambda: line(pilot) == "spaces /hist")
        await pilot.press("down", "down")
        await until(pilot, lambda: line(pilot) == "sor")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("streming", "There is no command streming; did you mean streaming?"),
        ("xyzzy", "There is no command xyzzy."),
        ("space", "This is written: space ID /filter @profile."),
        ("spaces hist", "spaces stands alone, or with a filter: spaces /text."),
        ("theme lihgt", "There is no theme lihgt; did you mean light?"),
        ("theme light /x", "theme goes nowhere: it takes no /filter and no @profile."),
        ("store 52", "There is no store 52; did you mean 51?"),
        ("task nop", "did you mean noop?"),
        ("job j2", "There is no job j2 in the journal."),
        ("sort siez", "There is no column siez; did you mean size?"),
        ("rw soon", "soon"),
        ("spaces @prdo", "There is no profile prdo"),
        ("space dance-archive /x", "Space is no list"),
        ("go 7", "This goes to a row or an id in contents, of a space or a snapshot."),
        ("spaces /'x", "A quote was opened and not closed."),
        ("restart", "restart is for snapshots, snapshot, and this is spaces."),
        ("disable", "dance-archive does not stream by HLS: there is nothing to disable."),
    ],
)
async def test_a_wrong_line_is_explained_and_nothing_is_done(text: str, words: str) -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces", "off")
        here = scene.app.places.here.place
        await refused(pilot, text, words)
        assert scene.app.places.here.place == here
        assert scene.app.theme == "durastore-dark"


async def test_an_action_is_run_by_its_id_or_its_label() -> None:
    scene = Scene(SPACES, jobs=[a_job(state=JobState.UNKNOWN)])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await command(pilot, "copy-curl")
        await command(pilot, "jobs")
        await sees(pilot, "dance-archive", "unknown")
        await command(pilot, "stop tracking")
        await sees(pilot, "Stop tracking")


async def test_a_change_still_asks_with_its_own_sheet() -> None:
    scene = Scene({"oral-histories-hls": OPEN}, jobs=[])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await command(pilot, "delete")
        await until(pilot, lambda: isinstance(scene.app.screen, ConfirmSheet))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(scene.app.screen, ConfirmSheet))
    assert scene.jobs.orders == []


async def test_a_line_typed_blind_reaches_no_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the yes of a sheet that was opened by the keys before it."""
    monkeypatch.setattr(Sheet, "GUARD", 1e9)
    scene = Scene({"oral-histories-hls": OPEN})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "OPEN")
        await pilot.press("colon", *"disable", "enter", "y")
        await until(pilot, lambda: isinstance(scene.app.screen, ConfirmSheet))
    assert scene.jobs.orders == []


async def test_the_rest_of_the_words_do_what_their_keys_do() -> None:
    scene = Scene(SPACES, contents=[f"item-{number:03}" for number in range(300)])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await command(pilot, "sort Size")
        await sees(pilot, "by size")
        await command(pilot, "theme light")
        await until(pilot, lambda: scene.app.theme == "durastore-light")
        await command(pilot, "task noop")
        await until(pilot, lambda: scene.app.places.here.lens.filter == "noop")
        await command(pilot, "contents dance-archive")
        await sees(pilot, "item-000")
        await command(pilot, "go 250")
        await sees(pilot, "item-249")
        await command(pilot, "prefix item-1")
        await until(pilot, lambda: scene.app.places.here.place.prefix == "item-1")
        await command(pilot, "keys")
        await until(pilot, lambda: isinstance(scene.app.screen, KeysScreen))
        await pilot.press("escape")
        await command(pilot, "q")
        await until(pilot, lambda: scene.app._exit)


async def test_a_place_of_another_server_is_gone_to_once_it_answers() -> None:
    write_profiles(PROFILES)
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces", "lakeshore")
        await typed(pilot, "policies /hist @a")
        await pilot.press("tab")
        await until(pilot, lambda: line(pilot) == "policies /hist @acme")
        await pilot.press("enter")
        await sees(pilot, "PROD", "acme", "Policies", "/ hist", "2 of 3 spaces")
        assert scene.app.places.here.place == Place("policies")


@pytest.mark.parametrize("leave", ["escape", "backspace"])
async def test_the_empty_line_is_left_without_a_trace(leave: str) -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces")
        await typed(pilot, "")
        await pilot.press(leave)
        await until(pilot, lambda: not isinstance(scene.app.screen, CommandLine))


async def test_a_read_only_server_says_so_where_a_change_is_typed() -> None:
    scene = Scene(SPACES, profile=replace(PROFILE, read_only=True))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "3 spaces", "READ-ONLY")
        await refused(pilot, "enable", "read-only here")
