"""What is said instead of everything when the terminal has no room."""

from textual.widgets import Static

WORDS = """This needs 60 columns and 16 rows.

Make the terminal larger, or use the
commands that print and exit:

  durastore-tui spaces list
  durastore-tui streaming list
  durastore-tui --help"""


class TooSmall(Static):
    """Shown by the style sheet under 60x16; q still leaves."""

    def __init__(self) -> None:
        super().__init__(WORDS, markup=False)
