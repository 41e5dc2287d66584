"""Marks on the rows of a list that is never held whole: they belong to ids, and stay while rows come and go."""

from collections.abc import Iterable

from durastore_tui.tui.widgets.line_list import LineList


class MarkedList(LineList):
    """Subclasses say what the rows are."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._marks: dict[str, None] = {}

    @property
    def marked(self) -> tuple[str, ...]:
        """Marked keys in the order they were marked."""
        return tuple(self._marks)

    def toggle_mark(self) -> None:
        """Marks or unmarks the row under the cursor and steps down."""
        key = self.cursor_key
        if key is None:
            return
        if key in self._marks:
            del self._marks[key]
        else:
            self._marks[key] = None
        self.refresh_row(self._cursor)
        self.action_move(1)

    def mark(self, keys: Iterable[str]) -> None:
        """Marks these and nothing else."""
        self._marks = dict.fromkeys(keys)
        self.refresh()

    def clear_marks(self) -> None:
        """Forgets all marks."""
        self._marks.clear()
        self.refresh()

    def is_marked(self, key: str) -> bool:
        return key in self._marks
