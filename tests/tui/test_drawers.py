"""The requests drawer beside the jobs drawer, and that a place out of view paints nothing."""

import pytest

from durastore_tui.api.request_log import Request
from durastore_tui.core.errors import BadInput
from durastore_tui.services import browser
from durastore_tui.tui.places import Place
from tests.tui.fakes import OFF, Scene, a_job
from tests.tui.looking import sees, shown, until

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW])


@BOTH
async def test_v_shows_the_last_requests_b_the_jobs_instead_and_v_hides(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF}, jobs=[a_job()])
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("v")
        await sees(pilot, "Nothing was asked yet.", "maps")
        await pilot.press("b")
        await sees(pilot, "The server said so.")
        await until(pilot, lambda: "Nothing was asked yet." not in shown(scene.app))
        await pilot.press("v")
        await sees(pilot, "Nothing was asked yet.")
        scene.app.places.go(Place("policies"))
        await sees(pilot, "LAST SET FROM HERE", "Nothing was asked yet.")
        await pilot.press("v")
        await until(pilot, lambda: "Nothing was asked yet." not in shown(scene.app))


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 16)])
async def test_the_drawer_says_how_each_request_ended_at_every_size(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        asked = "/maps/" + "a" * 150
        scene.session.log.add(Request(scene.clock.now(), "GET", asked, 200, 12.0, 100, None, "", ""))
        await pilot.press("v")
        await sees(pilot, "PATH", "STATUS", "● 200")


async def test_a_place_below_the_one_in_view_paints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        below = scene.app.screen
        scene.app.places.go(Place("policies"))
        await sees(pilot, "LAST SET FROM HERE")
        await pilot.pause(0.3)
        top, painted = scene.app.screen, []
        assert top is not below
        monkeypatch.setattr(scene.app, "_display", lambda screen, update: painted.append(update))
        below.query_one("#list").refresh()
        await pilot.pause(0.3)
        assert painted == []


@pytest.mark.parametrize(
    ("environ", "why"),
    [
        ({"SSH_CONNECTION": "a", "DISPLAY": ":0"}, browser.FAR),
        ({}, browser.NO_DESKTOP),
        ({"DISPLAY": ":0"}, None),
        ({"WAYLAND_DISPLAY": "wayland-0"}, None),
    ],
)
def test_a_browser_is_offered_where_a_person_can_see_it(environ: dict[str, str], why: str | None) -> None:
    assert browser.why_none(environ, "linux") == why


async def test_a_browser_that_would_take_over_the_terminal_is_not_started() -> None:
    import webbrowser

    with pytest.raises(ValueError, match="window of its own"):
        await browser.open_url("https://d1.example/", lambda: webbrowser.GenericBrowser("w3m"))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "-v", "https://d1.example/a\x1b[0m", "ftp://d1.example/", ""]
)
async def test_nothing_but_a_web_address_is_opened(url: str) -> None:
    def find() -> object:
        raise AssertionError("no browser is looked for")

    with pytest.raises(BadInput, match="Only web addresses"):
        await browser.open_url(url, find)
