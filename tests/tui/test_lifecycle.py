"""What is said when the app ends by a defect of ours."""

import pytest

from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.servers.resume import keep_up
from durastore_tui.tui.terminal.lifecycle import crash_line
from tests.tui.fakes import OFF, Scene
from tests.tui.looking import sees

PASSWORD = "planted-secret"


def failing(password: str) -> None:
    raise ValueError(f"cannot log in with {password}")


def test_a_crash_names_its_kind_and_place_and_no_value() -> None:
    try:
        failing(PASSWORD)
    except ValueError:
        line = crash_line()
    assert "ValueError" in line
    assert __name__ in line
    assert PASSWORD not in line
    assert "\n" not in line


def test_what_fails_after_a_crash_adds_no_second_line(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Scene({"dance-archive": OFF}).app
    monkeypatch.setattr(app, "_close_messages_no_wait", lambda: None)
    for _ in range(3):
        try:
            failing(PASSWORD)
        except ValueError:
            app._fatal_error()
    assert len(app._exit_renderables) == 1
    assert PASSWORD not in str(app._exit_renderables[0])


async def test_a_clock_that_ticks_once_more_while_the_app_ends_is_no_defect() -> None:
    app = Scene({"dance-archive": OFF}).app
    async with app.run_test() as pilot:
        await sees(pilot, "dance-archive")
        place, screens = app.places.here, app.screen_stack[:]
        app._screen_stack.clear()  # as Textual does before it stops the timers
        assert isinstance(place, PlaceScreen)
        place.tick_second()
        place._compositor_refresh()
        keep_up(app)
        app._screen_stack.extend(screens)
    assert not app._exit_renderables
