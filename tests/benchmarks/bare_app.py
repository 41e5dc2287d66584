"""The yardstick: Textual alone, with the widgets of our first screen and nothing behind them."""

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static


class Lines(ScrollView, can_focus=True):
    """A list painted line by line."""

    def on_mount(self) -> None:
        self.virtual_size = Size(60, 20)

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(f"row {y}", self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)


class Bare(App[None]):
    """Widget for widget what our first screen composes: four fixed lines, one list of lines, and what is hidden."""

    CSS = """
    Static { height: 1; }
    #hidden { display: none; }
    Horizontal { height: 1fr; }
    Lines { width: 1fr; }
    """

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("DEMO")
            yield Static("Home")
            with Horizontal():
                yield Lines()
            yield Static("jobs")
            yield Static("keys")
        yield Static("too small", id="hidden")


if __name__ == "__main__":
    Bare().run()
