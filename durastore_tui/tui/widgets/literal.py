"""Text of any origin for Textual's own widgets, which parse markup."""

from textual.content import Content

from durastore_tui.tui.widgets.looks import visible


def literal(text: str) -> Content:
    """The text as it is: no markup in it is parsed, and what a terminal would obey or hide is visible."""
    return Content(visible(text))
