"""What slides in above line 3 and never takes the focus from the list."""

from typing import ClassVar

from textual.containers import VerticalScroll


class Drawer(VerticalScroll):
    """`kind` is the id of the action that shows and hides it; one at a time."""

    can_focus = False
    kind: ClassVar[str]
