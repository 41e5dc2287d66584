"""A list that paints only the lines on screen: cursor, keys and mouse; what a row is comes from its subclasses."""

from dataclasses import dataclass

from textual.message import Message
from textual.scroll_view import ScrollView


class LineList(ScrollView):
    """Line 0 is the header. Use `@on(ResourceTable.Highlighted)`: the messages are shared by every list."""

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or on none."""

        table: "LineList"
        key: str | None

        @property
        def control(self) -> "LineList":
            return self.table

    @dataclass
    class Opened(Message):
        """Enter, or a click on the row under the cursor."""

        table: "LineList"
        key: str

        @property
        def control(self) -> "LineList":
            return self.table

    @dataclass
    class Moved(Message):
        """Other rows came on screen, or other data did: `first` and `last` are row numbers, 0-based."""

        table: "LineList"
        first: int
        last: int

        @property
        def control(self) -> "LineList":
            return self.table
