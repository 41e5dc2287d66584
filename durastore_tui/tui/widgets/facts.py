"""What a panel says: headings, labelled values, sentences and keys, laid out by width."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.widget import Widget

from durastore_tui.tui.widgets.columns import Shade


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's name, a blank line above it unless it is the first."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known; a long value goes on under its own column."""

    label: str
    value: str
    shade: Shade = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, wrapped between words; `exact` text (requests, ids) breaks anywhere and loses nothing."""

    text: str
    shade: Shade = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does here; `on` False dims it, `changes` marks what changes the server."""

    key: str
    label: str
    on: bool = True
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Block = Heading | Fact | Words | Hint | Gap


class Facts(Widget):
    """Shows blocks, as high as they need."""

    def show(self, blocks: Sequence[Block]) -> None:
        """Replaces everything; does nothing when nothing changed."""
        raise NotImplementedError
