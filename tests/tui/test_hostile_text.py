"""Text of a server in every field: it is shown, never parsed as markup and never sent as it is."""

from dataclasses import replace
from typing import Any

import pytest
from textual.app import App
from textual.geometry import Size
from textual.pilot import Pilot

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.api.stores import Store
from durastore_tui.core.jobs import JobState
from durastore_tui.core.text import HIDDEN, OBEYED
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from tests.tui.fakes import OPEN, PROFILE, Scene, a_job
from tests.tui.looking import shown, until

HOSTILE = "[/][@click=app.bell]x[/] [red]loud[/red] \x1b[31m\x9b31m\x1b]52;c;eA==\x07\u202egnp\u200b\ud83d"
SPACES = {
    f"s{HOSTILE}": SpaceProperties({**OPEN.raw, f"k{HOSTILE}": HOSTILE, "hls-streaming-host": f"h{HOSTILE}"}),
    "plain": OPEN,
}
PLACES = (
    "home", "spaces", "streaming", "policies", "snapshots", "jobs", "tasks", "requests",
)  # fmt: skip
KEYS = ("enter", "escape", "question_mark", "escape", "y", "escape", "i", "escape", "n", "escape", "b", "v", "z", "j")


class HostileScene(Scene):
    """Stores, spaces, items, jobs and the profile with the same text in every field."""

    def __init__(self, root: str) -> None:
        job = replace(a_job(space=f"s{HOSTILE}", state=JobState.OVERDUE), words=HOSTILE, target=f"t{HOSTILE}")
        profile = replace(PROFILE, name=f"p{HOSTILE}", user=HOSTILE.removesuffix("\ud83d"))
        contents = [f"c{HOSTILE}", "plain"]
        jobs = [replace(job, profile=profile.name)]
        super().__init__(SPACES, profile=profile, contents=contents, jobs=jobs, root=Place(root))

    async def connect(self, *login: Any) -> Any:
        services = await super().connect(*login)
        self.session.store = Store(f"[/]51{HOSTILE}", f"AMAZON_S3{HOSTILE}", True)
        self.session.stores = (self.session.store, Store("52[/]", "[bold]", False))
        self.session.capabilities.listed(self.session.store.id, (f"task{HOSTILE}", "enable-hls", "noop"))
        return services


def judge(app: App[Any]) -> None:
    """Nothing on screen is hidden or obeyed, and no text became a link."""
    strips = app.screen._compositor.render_strips(Size(120, 40))
    segments = [segment for strip in strips for segment in strip]
    text = "\n".join(segment.text for segment in segments)
    assert not HIDDEN.search(text.replace("\n", "")), shown(app)
    assert not [segment for segment in segments if segment.style and "app.bell" in str(segment.style.meta)]


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        judge(pilot.app)


@pytest.mark.parametrize("root", PLACES)
async def test_no_place_obeys_what_the_server_says(root: str) -> None:
    scene = HostileScene(root)
    async with scene.app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await until(pilot, lambda: scene.app.services)
        await pressed(pilot, *KEYS)
        scene.app.post_message(Told(HOSTILE, "warning", stays=True))
        await pressed(pilot, "k", "n", "escape")


@pytest.mark.parametrize("key", ["ctrl+p", "number_sign", "at"])
async def test_the_palettes_show_what_they_offer_as_it_is(key: str) -> None:
    scene = HostileScene("spaces")
    async with scene.app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "plain" in shown(scene.app))
        await pressed(pilot, key)
        await pressed(pilot, *("s", "left_square_bracket", "slash", "down", "pageup", "pagedown"))
        await pressed(pilot, *(["backspace"] * 3), "l", "o", "u", "d")
        if key == "ctrl+p":
            await until(pilot, lambda: "[/][@click=app.bell]x[/] [red]loud[/red] ␛[31m⟨009B⟩31m" in shown(scene.app))
        await pressed(pilot, "escape", "escape")


async def test_the_store_that_ended_the_app_is_found_and_chosen() -> None:
    scene = HostileScene("spaces")
    async with scene.app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "plain" in shown(scene.app))
        await pressed(pilot, "number_sign", "left_square_bracket", "slash")
        await until(pilot, lambda: "store [/]51" in shown(scene.app) and "store 52[/] [bold]" in shown(scene.app))


@pytest.mark.parametrize("key", ["ctrl+p", "number_sign", "at"])
@pytest.mark.parametrize("page", ["pageup", "pagedown"])
async def test_a_page_key_before_the_list_is_there_does_nothing(key: str, page: str) -> None:
    scene = HostileScene("spaces")
    async with scene.app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "plain" in shown(scene.app))
        await pilot.press(key, page, page, "x", page)
        await pressed(pilot, "escape", "escape")


@pytest.mark.parametrize("keys", [("y",), ("y", "y"), ("space", "y", "y"), ("y", "r"), ("y", "p")])
async def test_what_is_copied_obeys_no_server_either(keys: tuple[str, ...], copied: list[str]) -> None:
    scene = HostileScene("spaces")
    async with scene.app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "plain" in shown(scene.app))
        await pilot.press("home")
        await until(pilot, lambda: "created" in shown(scene.app))  # its properties are there to be copied
        await pilot.press(*keys)
        if len(keys) == 1:
            await pilot.press("y")
        await until(pilot, lambda: copied)
        assert not OBEYED.search(copied[0].replace("\n", "").replace("\t", ""))
        await until(pilot, lambda: any("made visible" in note.text for note in scene.app.notes))
