"""Tables: streamed, as wide as the terminal, and never cut elsewhere."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.cli.table import FIRST_ROWS, Table
from durastore_tui.core.text import cells

NAMES = ("id", "status", "description", "n")
NUMERIC = (False, False, False, True)
LONG_ID = "oh/1974/OH-0412/interview.m3u8"


def printed(rows: Sequence[tuple[str, ...]], width: int | None) -> list[str]:
    lines: list[str] = []
    table = Table(NAMES, lines.append, width)
    for row in rows:
        table.add(row, NUMERIC)
    table.end()
    return lines


def test_rows_are_printed_as_they_come_once_the_first_ones_told_the_widths() -> None:
    lines: list[str] = []
    table = Table(("id", "n"), lines.append, None)
    for number in range(FIRST_ROWS + 3):
        table.add((f"row-{number}", str(number)), (False, True))
        assert len(lines) == (0 if number + 1 < FIRST_ROWS else number + 2)


def test_a_wider_row_widens_those_after_it_and_moves_none_before() -> None:
    rows = [("a", "s", "d", "1")] * FIRST_ROWS + [("a" * 9, "s", "d", "1"), ("a", "s", "d", "1")]
    before, wide, after = printed(rows, None)[-3:]
    assert before.index("s") < wide.index("s") == after.index("s")


def test_the_widest_texts_are_cut_first_and_numbers_and_the_first_column_stay() -> None:
    rows = [(LONG_ID, "SNAPSHOT_COMPLETE", "all the interviews of the year and more", "1234567")]
    lines = printed(rows, 80)
    assert all(cells(line) <= 80 for line in lines)
    assert lines[1].startswith(LONG_ID)
    assert lines[1].endswith("1234567")
    assert "…" in lines[1]
    assert printed(rows, None)[1].split("  ")[:3] == list(rows[0][:3])


def test_columns_without_any_room_are_left_out_and_the_header_says_so() -> None:
    lines = printed([(LONG_ID, "SNAPSHOT_COMPLETE", "d" * 40, "1234567")], 40)
    assert all(cells(line) <= 40 for line in lines)
    assert lines[0].endswith("…")
    assert lines[1].startswith(LONG_ID)


def test_an_error_before_the_first_row_leaves_no_header_and_one_after_it_every_row() -> None:
    lines: list[str] = []
    table = Table(("id",), lines.append, None)
    table.print_rest()
    assert lines == []
    table.add(("a",), (False,))
    table.print_rest()
    assert lines == ["id", "a"]


def test_a_wide_header_leaves_room_for_the_sign_of_columns_that_are_left_out() -> None:
    lines = printed([("", "", "", "100"), ("aaaa日日日", "", "", "0")], 30)
    assert max(map(cells, lines)) <= 30
    assert lines[0].endswith("…")


texts = st.text(st.sampled_from("ab é日…"), max_size=40)


@given(st.lists(st.tuples(texts, texts, texts, st.integers(0, 10**6).map(str)), max_size=130), st.integers(30, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, ...]], width: int) -> None:
    lines = printed(rows, width)
    assert len(lines) == len(rows) + 1
    assert max(map(cells, lines)) <= width


@pytest.mark.parametrize("width", [1, 2, 5, 10])
def test_a_terminal_of_a_few_cells_does_no_harm(width: int) -> None:
    assert len(printed([(LONG_ID, "s", "d", "1")], width)) == 2
