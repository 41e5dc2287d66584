"""Text on its way into a line: whatever the server sends, columns stay where they are and nothing is obeyed."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from durastore_tui.tui.widgets.looks import fit, visible, wrap

OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
hostile = st.text() | st.text(alphabet="a\u0301\u200d\ufe0f❤👨👩👧🏽日本שלום\x1b\x9b\n\r\u202e1/.- ")


@given(hostile, st.integers(0, 60), st.booleans(), st.booleans())
@example("👨\u200d👩\u200d👧", 5, False, True)
@example("a\u200d", 4, False, False)
@example("日本語" * 9, 10, True, True)
def test_a_cell_is_as_wide_as_its_column_whatever_is_in_it(text: str, width: int, right: bool, is_id: bool) -> None:
    cell = fit(text, width, right=right, is_id=is_id)
    assert cell_len(cell) == width
    assert not OBEYED.search(cell)


@given(hostile, st.integers(2, 60))
@example("👨\u200d👩\u200d👧" * 9, 4)
def test_exact_text_is_broken_into_lines_that_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width, exact=True)
    assert "".join(lines) == visible(text.replace("\n", ""))
    assert all(cell_len(line) <= width for line in lines)


@given(hostile, st.integers(2, 60))
def test_sentences_are_broken_within_the_width_and_keep_their_words(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(text.replace("\n", " ")).split())


def test_an_id_loses_its_middle_and_other_text_its_end() -> None:
    assert fit("interviews/1987/tape-014/index.m3u8", 20, is_id=True) == "interview…index.m3u8"
    assert fit("The server could not be reached.", 12) == "The server… "


@pytest.mark.parametrize("text", ["short", "日本"])
def test_numbers_stand_at_the_right_edge(text: str) -> None:
    assert fit(text, 10, right=True) == text.rjust(10 - cell_len(text) + len(text))
