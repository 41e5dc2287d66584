from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.tui.columns import GAP, Column, place

NAME = Column("name", "Space", 18, is_id=True)
STREAM = Column("stream", "Streaming", 9, 12)
ITEMS = Column("items", "Items", 7, 9, right=True, drop=1)
AGE = Column("age", "Age", 5, 6, right=True, drop=2)
ALL = (NAME, STREAM, ITEMS, AGE)


def kept(width: int) -> list[str]:
    return [ALL[placed.column].key for placed in place(ALL, width)]


def test_a_narrowing_screen_loses_the_least_needed_column_first() -> None:
    assert kept(100) == ["name", "stream", "items", "age"]
    assert kept(44) == ["name", "stream", "items"]
    assert kept(30) == ["name", "stream"]


def test_the_id_takes_the_width_that_the_others_leave() -> None:
    widths = {ALL[placed.column].key: placed.width for placed in place(ALL, 100)}
    assert widths == {"name": 100 - 12 - 9 - 6 - 3 * GAP, "stream": 12, "items": 9, "age": 6}


columns = st.lists(
    st.builds(
        Column,
        key=st.text(min_size=1, max_size=3),
        title=st.text(max_size=5),
        least=st.integers(1, 20),
        most=st.none() | st.integers(1, 40),
        drop=st.integers(0, 4),
    ),
    min_size=1,
    max_size=8,
)


@given(columns, st.integers(0, 200))
def test_columns_never_overlap_and_never_leave_the_width(given_columns: list[Column], width: int) -> None:
    at = 0
    for placed in place(given_columns, width):
        assert placed.x >= at
        at = placed.x + placed.width + GAP
        assert placed.x + placed.width <= width


@given(columns, st.integers(0, 200))
def test_only_droppable_columns_go(given_columns: list[Column], width: int) -> None:
    placed = {one.column for one in place(given_columns, width)}
    room = sum(column.least + GAP for column in given_columns if not column.drop) <= width
    if room:
        assert {i for i, column in enumerate(given_columns) if not column.drop} <= placed
