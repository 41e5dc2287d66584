"""What is sent to the terminal: enough for every cell to read as painted, and nothing for what stands there already."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, InlineUpdate, LayoutUpdate
from textual.app import ComposeResult
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Static

from durastore_tui.tui.terminal.picture import Picture, Sparing

SIZE = Size(24, 3)
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = [Style.parse(words) for words in ("#ff0000 on #000000", "#00ff00 on #000000", "bold #ff0000 on #0000ff", "")]


def pieces(letters: str) -> st.SearchStrategy[list[tuple[str, Style]]]:
    return st.lists(st.tuples(st.text(st.sampled_from(letters), max_size=12), st.sampled_from(STYLES)), max_size=6)


PIECES, NARROW = pieces("ab ●…界é"), pieces("ab ●…é")


def line(*pieces: tuple[str, Style], width: int = SIZE.width) -> Strip:
    return Strip([Segment(*piece) for piece in pieces]).adjust_cell_length(width, STYLES[0])


def whole(*lines: Strip) -> LayoutUpdate:
    return LayoutUpdate([[one] for one in lines], SIZE.region)


def part(y: int, x: int, strip: Strip) -> ChopsUpdate:
    """A widget's piece of one line, as the compositor gives it."""
    end = x + strip.cell_length
    chops: list[dict[int, Strip | None]] = [
        {0: None, x: strip, end: None} if x else {0: strip, end: None}
    ] * SIZE.height
    return ChopsUpdate(chops, [(y, x, end)], [[x, end, SIZE.width] if x else [end, SIZE.width]] * SIZE.height)


def sent(picture: Picture, update: CompositorUpdate, size: Size = SIZE) -> str:
    change = picture.change(update, size)
    return change.render_segments(CONSOLE) if change else ""


class Terminal:
    """An emulator."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(SIZE.width, SIZE.height)
        self.stream = pyte.Stream(self.screen)

    def cells(self) -> list[tuple[object, ...]]:
        return [tuple(self.screen.buffer[y][x] for x in range(SIZE.width)) for y in range(SIZE.height)]


@given(st.lists(st.lists(PIECES, min_size=SIZE.height, max_size=SIZE.height), min_size=1, max_size=4))
def test_every_cell_reads_as_if_all_had_been_painted(paintings: list[list[list[tuple[str, Style]]]]) -> None:
    picture, ours, theirs = Picture(), Terminal(), Terminal()
    for painting in paintings:
        update = whole(*(line(*pieces) for pieces in painting))
        ours.stream.feed(sent(picture, update))
        theirs.stream.feed(update.render_segments(CONSOLE))
        assert ours.cells() == theirs.cells()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 16), NARROW), min_size=1, max_size=5))
def test_parts_that_are_painted_over_each_other_read_as_painted(
    parts: list[tuple[int, int, list[tuple[str, Style]]]],
) -> None:
    picture, ours, theirs = Picture(), Terminal(), Terminal()
    for update in (whole(*[line()] * SIZE.height), *(part(y, x, line(*words, width=8)) for y, x, words in parts)):
        ours.stream.feed(sent(picture, update))
        theirs.stream.feed(update.render_segments(CONSOLE))
        assert ours.cells() == theirs.cells()


def test_a_wide_letter_that_was_half_covered_is_sent_again() -> None:
    picture, before = Picture(), whole(*[line(("界 and more", STYLES[0]))] * SIZE.height)
    sent(picture, before)
    sent(picture, part(1, 1, line(("over", STYLES[1]), width=4)))
    assert sent(picture, before).count("界") == 1


def test_what_stands_there_already_is_not_sent() -> None:
    picture, update = Picture(), whole(*[line(("spaces", STYLES[0]))] * 3)
    assert "spaces" in sent(picture, update)
    assert picture.change(update, SIZE) is None


def test_a_word_that_changed_is_sent_alone() -> None:
    picture = Picture()
    plain = line(("20 spaces, read just now", STYLES[0]))
    sent(picture, whole(plain, plain, plain))
    changed = sent(picture, whole(plain, line(("20 spaces, read long ago", STYLES[0])), plain))
    assert "long ag" in changed
    assert "spaces" not in changed


def test_colours_are_said_once_for_what_follows_in_them() -> None:
    picture = Picture()
    sent(picture, whole(*[line()] * 3))
    changed = sent(picture, whole(line(("a", STYLES[1])), line(("b", STYLES[1])), line(("c", STYLES[1]))))
    assert changed.count("38;2;0;255;0") == 1


def test_after_another_size_everything_is_sent() -> None:
    picture, update = Picture(), whole(*[line(("spaces", STYLES[0]))] * 3)
    sent(picture, update)
    picture.change(update, Size(10, 2))
    assert "spaces" in sent(picture, update)


def test_after_it_was_told_to_forget_everything_is_sent() -> None:
    picture, update = Picture(), whole(*[line(("spaces", STYLES[0]))] * 3)
    sent(picture, update)
    picture.forget()
    assert "spaces" in sent(picture, update)


def test_what_it_does_not_know_goes_through_and_leaves_nothing_known() -> None:
    picture, update = Picture(), whole(*[line(("spaces", STYLES[0]))] * 3)
    sent(picture, update)
    strange = InlineUpdate([line(("other", STYLES[0]))])
    assert picture.change(strange, SIZE) is strange
    assert "spaces" in sent(picture, update)


def test_the_region_that_a_widget_has_elsewhere_keeps_its_place() -> None:
    picture, terminal = Picture(), Terminal()
    terminal.stream.feed(sent(picture, whole(*[line(("left      right", STYLES[0]))] * 3)))
    terminal.stream.feed(sent(picture, part(2, 10, line(("RIGHT", STYLES[1]), width=14))))
    assert terminal.screen.display[2].rstrip() == "left      RIGHT"
    assert terminal.screen.display[1].rstrip() == "left      right"


class Lines(Sparing):
    """As if it had a terminal."""

    _reaches_the_terminal = True

    def compose(self) -> ComposeResult:
        yield from (Static(f"line {number}") for number in range(24))


@pytest.mark.usefixtures("painting")
async def test_what_is_painted_before_a_smaller_size_is_laid_out_ends_nothing() -> None:
    app = Lines()
    async with app.run_test(size=(80, 24)) as pilot:
        app._size = Size(2, 1)
        for one in app.query(Static):
            one.update("another")
        await pilot.pause(0)
        assert app.picture.size == (80, 24)


def test_what_a_widget_should_not_have_painted_never_reaches_the_terminal() -> None:
    hostile = "a\x1b[2J\x9b31m\u202eb\x07\x7f\ufeff\ud83dc"
    text = sent(Picture(), whole(*[line((hostile, STYLES[0]))] * SIZE.height))
    assert not set("\x9b\u202e\x07\x7f\ufeff\ud83d") & set(text)
    assert "\x1b[2J" not in text
    assert "a[2J31mb?c" in text
