"""The pane beside a list: what is known of the thing under the cursor."""

from collections.abc import Sequence

from textual.containers import VerticalScroll

from durastore_tui.tui.widgets.facts import Block


class Inspector(VerticalScroll):
    """A title, then facts; it scrolls when there are more than fit."""

    def show(self, title: str, blocks: Sequence[Block]) -> None:
        """Replaces what is shown; scrolls to the top only when the title is another one."""
        raise NotImplementedError
