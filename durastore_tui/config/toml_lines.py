"""The settings of a TOML file, and the line of each."""

import re
from collections.abc import Iterator
from typing import Any

from durastore_tui.core.errors import BadInput

KEY = r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'"
DOTTED = rf"\s*((?:{KEY})(?:\s*\.\s*(?:{KEY}))*)\s*"
HEADER, SETTING = re.compile(rf"\s*\[{DOTTED}\]"), re.compile(rf"{DOTTED}=")

SAID_PLAINLY = {
    "Illegal character '\\n'": "a quote is missing at the end of this line",
    "Invalid value": "a text stands in quotes",
    "Invalid statement": "here is neither a [table] nor a name = value",
}


def parsed(text: str, file: str, field: str) -> dict[str, Any]:
    """The table of a text; raises BadInput, which names file and line and never a value."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        wrong, _, where = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", where)
        number = int(line[1]) if line else max(1, len(text.splitlines()))
        said = _twice(text, number) or f"this is no TOML: {SAID_PLAINLY.get(wrong, wrong)}"
        raise BadInput(field, f"{file}, line {number}: {said}.") from None


def _twice(text: str, number: int) -> str:
    """What stands in that line and once before, or nothing."""
    found = list(lines(text))
    path = next((path for path, line in found if line == number), None)
    first = next((line for other, line in found if other == path and line < number), None)
    return f"{'.'.join(path)} is there twice, first in line {first}" if path and first else ""


def lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Where each table and key begins, in lines counted from 1: the parser of the standard library does not tell."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _parts(header[1])
            yield table, number
        elif setting := SETTING.match(line):
            yield (*table, *_parts(setting[1])), number


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(KEY, dotted))
