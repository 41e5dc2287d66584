"""Places: going, the way up, the walk and the toggle."""

from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.tui.places import History, Place

ROOT = Place("spaces")
SPACE = ROOT.child("contents", space="dance-archive")
OTHER = Place("streaming")


def test_the_trail_of_a_place_is_how_it_was_opened() -> None:
    item = SPACE.child("item", item="a/b.ts")
    assert [place.screen for place in item.trail()] == ["spaces", "contents", "item"]
    assert (item.space, item.item) == ("dance-archive", "a/b.ts")


def test_up_leads_to_where_a_place_was_opened_from_not_to_the_one_before() -> None:
    history = History(ROOT)
    history.go(OTHER)
    history.go(SPACE)
    assert history.up() == ROOT
    assert history.up() is None


def test_the_walk_goes_back_and_forth_and_stops_at_the_ends() -> None:
    history = History(ROOT)
    history.go(SPACE)
    assert (history.walk(-1), history.walk(-1), history.walk(1), history.walk(1)) == (ROOT, None, SPACE, None)


def test_going_somewhere_new_forgets_what_lay_ahead() -> None:
    history = History(ROOT)
    history.go(SPACE)
    history.walk(-1)
    history.go(OTHER)
    assert history.walk(1) is None
    assert history.walk(-1) == ROOT


def test_toggle_changes_between_the_last_two_places() -> None:
    history = History(ROOT)
    assert history.toggle() is None
    history.go(OTHER)
    assert (history.toggle(), history.toggle()) == (ROOT, OTHER)


@given(st.lists(st.sampled_from([ROOT, SPACE, OTHER, "up", "back", "forth", "toggle"]), max_size=80))
def test_wherever_one_goes_there_is_a_here_and_a_bounded_past(moves: list[Place | str]) -> None:
    history = History(ROOT, most=5)
    for move in moves:
        if isinstance(move, Place):
            assert history.go(move) == move
        elif move == "up":
            history.up()
        elif move == "toggle":
            history.toggle()
        else:
            history.walk(-1 if move == "back" else 1)
        assert isinstance(history.here, Place)
    assert sum(1 for _ in iter(lambda: history.walk(-1), None)) < 5
