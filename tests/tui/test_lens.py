"""How a list is looked at: a link may ask for it, and it waits for the rows that it is about."""

from durastore_tui.tui.history import Lens, Place
from tests.tui.fakes import OFF, OPEN, Scene
from tests.tui.looking import sees, shown, until

SPACES = {"alpha": OFF, "beta": OPEN, "gamma": OFF}
SIZE = (120, 36)


async def test_a_link_to_a_list_says_what_is_kept_of_it_and_where_the_cursor_stands() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "3 spaces")
        scene.app.places.go(Place("policies"), Lens(filter="a", sort="space", cursor="gamma", marks=("beta",)))
        await sees(pilot, "Policies", "3 of 3 spaces")
        await until(pilot, lambda: scene.app.places.here.lens.cursor == "gamma")
        assert scene.app.places.here.lens == Lens("a", None, "space", "gamma", ("beta",))


async def test_what_was_asked_for_waits_for_the_rows() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "3 spaces")
        scene.spaces.gate.clear()
        scene.app.places.go(Place("policies"), Lens(cursor="beta", marks=("gamma",)))
        await sees(pilot, "Asking for the spaces")
        assert scene.app.places.here.lens.cursor == "beta"
        scene.spaces.gate.set()
        await sees(pilot, "1 marked")
        assert scene.app.places.here.lens == Lens(cursor="beta", marks=("gamma",))
