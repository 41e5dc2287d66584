"""Little bars and shares: what they promise about their width and their extremes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.tui.widgets import sparkline as widget
from durastore_tui.tui.widgets.shares import STRIP, Share, Shares, strip
from durastore_tui.tui.widgets.sparkline import BARS, sparkline
from tests.tui.widgets.stage import Stage, shown


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=60), st.integers(1, 40))
def test_a_sparkline_fits_and_the_highest_of_what_it_draws_is_a_full_bar(values: list[int], width: int) -> None:
    drawn = sparkline(values, width)
    assert len(drawn) == min(width, len(values))
    if len(values) <= width and max(values) > 7:
        assert drawn[values.index(max(values))] == BARS[-1]


def test_growth_and_a_cleanup_can_be_seen() -> None:
    assert sparkline([0, 50, 100, 100, 60], 5) == "▁▄██▅"
    assert sparkline([], 5) == ""
    assert sparkline([0, 0], 5) == "▁▁"


def test_a_terminal_without_blocks_gets_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget, "ascii_only", lambda: True)
    assert sparkline([0, 50, 100], 5) == "_=#"


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_the_strip_of_shares_has_its_width_and_shows_every_kind(counts: list[int]) -> None:
    spans = strip([Share(f"kind {number}", "", count) for number, count in enumerate(counts)], STRIP)
    assert len(spans) == sum(count > 0 for count in counts)
    assert not spans or len("".join(text for text, _ in spans)) == STRIP


async def test_words_that_do_not_fit_are_left_out_and_the_end_stays() -> None:
    shares = Shares()
    async with Stage(shares).run_test(size=(57, 3)):
        shares.show([Share("complete", "good", 52), Share("initialized", "", 2), Share("error", "bad", 1)], "13.2 TB")
        (line,) = shown(shares)[:1]
    assert "52 complete" in line
    assert line.endswith("13.2 TB")
    assert "error" not in line
