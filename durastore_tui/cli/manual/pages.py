"""The pages of the manual, one TOML file a noun: what is said of each command beside its options."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from durastore_tui.config.toml_lines import parsed

PROGRAM = "program"
"""The file of the program itself. It also holds the tables that all pages share."""


class Page(NamedTuple):
    """What the manual says about a command, beyond its first sentence and its options.

    `examples` are shell lines, each with what it does; `see` names related commands; `asks` is whether the command
    asks a server; `waits` is whether it can wait for a job.
    """

    more: str = ""
    examples: Sequence[tuple[str, str]] = ()
    see: Sequence[str] = ()
    asks: bool = True
    waits: bool = False


def find_page(words: str) -> Page:
    """The page of the command of these words; an empty one for a command without a page."""
    data = _read(words.partition(" ")[0] or PROGRAM).get(words, {})
    examples = tuple((example["lines"], _unwrap(example["says"])) for example in data.get("examples", ()))
    return Page(**{**data, "more": _unwrap(data.get("more", "")), "examples": examples})


def find_table(name: str) -> Mapping[str, str]:
    """A table that all pages share: arguments, environment, exit_codes or files."""
    table: Mapping[str, str] = _read(PROGRAM)[name]
    return table


@cache
def _read(noun: str) -> Mapping[str, Any]:
    # Only --help reads pages: a command that runs does not pay for the reader.
    from importlib.resources import files

    file = files(__package__) / f"{noun}.toml"
    return parsed(file.read_text("utf-8"), file.name, "manual") if file.is_file() else {}


def _unwrap(text: str) -> str:
    """The text as one line: in the file it is broken for editors alone."""
    return " ".join(text.split())
