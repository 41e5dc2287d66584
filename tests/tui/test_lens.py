"""How a list is looked at: a link may ask for it, and it waits for the rows that it is about."""

from durastore_tui.tui.places import Lens, Place
from tests.tui.fakes import OFF, OPEN, Scene
from tests.tui.looking import sees, until

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
    scene = Scene(SPACES, held_back=True)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "Asking for the spaces")
        scene.app.places.go(Place("policies"), Lens(cursor="beta", marks=("gamma",)))
        await sees(pilot, "Policies", "Asking for the spaces")
        assert scene.app.places.here.lens.cursor == "beta"
        scene.spaces.gate.set()
        await sees(pilot, "1 marked")
        assert scene.app.places.here.lens == Lens(cursor="beta", marks=("gamma",))


async def test_a_second_list_of_spaces_is_there_without_asking_again() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "3 spaces", "OPEN")
        asked = list(scene.spaces.asked)
        scene.spaces.gate.clear()
        await pilot.press("3")
        await sees(pilot, "Policies", "3 spaces", "◎ OPEN")
        assert scene.spaces.asked == asked


async def test_only_the_spaces_that_stream_in_one_way_are_kept_and_then_all_again() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "3 spaces", "OPEN")
        scene.app.places.go(Place("spaces"), Lens(only="off"))
        await sees(pilot, "/ off", "2 of 3 spaces")
        await pilot.press("a")
        await sees(pilot, "beta", " 3 spaces")
        await pilot.press("a")
        await sees(pilot, "/ OPEN", "1 of 3 spaces")
