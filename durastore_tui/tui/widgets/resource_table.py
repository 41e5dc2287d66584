"""The list for what is held whole: rows by key, filtered, sorted and marked; draws its own six looks."""

from collections.abc import Sequence

from durastore_tui.core.resource import Resource
from durastore_tui.tui.widgets.columns import Column, Row
from durastore_tui.tui.widgets.line_list import LineList


class ResourceTable(LineList):
    """Cursor and marks belong to keys, and stay on them through refresh, sort and filter."""

    def __init__(self, *, empty: str, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.empty_words = empty

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Replaces the columns; rows given after this have their cells in this order."""
        raise NotImplementedError

    def show(self, resource: Resource[Sequence[Row]], place: str = "") -> None:
        """Draws one of six looks; `place` says in words what was asked for ("the spaces of store 51")."""
        raise NotImplementedError

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replaces the rows and nothing else."""
        raise NotImplementedError

    def set_row(self, row: Row) -> None:
        """Replaces the row of that key where it stands; KeyError when there is none."""
        raise NotImplementedError

    def filter(self, text: str) -> None:
        """Keeps the rows that contain `text` in any cell, case-blind; marks on hidden rows stay and are counted."""
        raise NotImplementedError

    def sort(self, column: str | None, reverse: bool = False) -> None:
        """By a column's ranks; None is the order the rows came in."""
        raise NotImplementedError

    @property
    def cursor_key(self) -> str | None:
        """The id under the cursor."""
        raise NotImplementedError

    def move_to(self, key: str) -> bool:
        """Puts the cursor on a key; False when no shown row has it."""
        raise NotImplementedError

    @property
    def marked(self) -> tuple[str, ...]:
        """Marked keys in the order the rows came in; with the ones that the filter hides."""
        raise NotImplementedError

    def toggle_mark(self) -> None:
        """Marks or unmarks the row under the cursor and steps down."""
        raise NotImplementedError

    def clear_marks(self) -> None:
        """Forgets all marks."""
        raise NotImplementedError

    @property
    def on_screen(self) -> tuple[str, ...]:
        """Keys of the rows on screen, from the top."""
        raise NotImplementedError

    @property
    def coverage(self) -> str:
        """How much is shown: "20 spaces" is the caller's; this is "20", or "12 of 20"."""
        raise NotImplementedError

    @property
    def error_text(self) -> str | None:
        """Place, cause and next step of the failure on show, for the copy key."""
        raise NotImplementedError
