"""The mouse, as terminals report it: nothing needs it, and what can be read as a button is one."""

from tests.terminal.screen import Screen


def click(screen: Screen, words: str) -> None:
    """On the second letter of the words; columns and rows of reports are 1-based."""
    screen.wait_for(words)
    lines = screen.text.splitlines()
    row, line = next((row, line) for row, line in enumerate(lines, 1) if words in line)
    at = f"0;{line.index(words) + 2};{row}"
    screen.press(f"\x1b[<{at}M\x1b[<{at}m")


def test_rows_keys_and_crumbs_are_clicked_and_the_wheel_scrolls(forty: Screen) -> None:
    click(forty, "archive-03")
    forty.wait_for("▌  archive-03")
    click(forty, "archive-03")
    forty.wait_for("enter open  u url  E enable")  # the list's keys stand elsewhere, and go after its other lines
    click(forty, "E enable")
    forty.wait_for("Who may stream")
    forty.press("\x1b")
    forty.wait_until(lambda: "Who may stream" not in forty.text, "the sheet is closed")
    click(forty, "Spaces › archive-03")
    forty.wait_for("enter open  / filter")
    forty.wait_for("▌  archive-03")
    assert "archive-39" not in forty.text
    for _ in range(30):
        forty.press("\x1b[<65;10;10M")
    forty.wait_for("archive-39")
    click(forty, "b jobs")
    forty.wait_for("No job was ever sent")
