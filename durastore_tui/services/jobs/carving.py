"""Finds rows of the journal in the bytes of a file that SQLite cannot open any more.

A row's JSON stands in a page of the file as it is; a long one goes on in other pages, each of which begins with the
number of the next (SQLite file format, section 1.6).
"""

import json
import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

PAGE = 4096
WAL_HEADER, FRAME_HEADER = 32, 24
BEGINS = re.compile(rb'\{"(?:job": \{"id|change": \{"at|part": \{"target)": "')

Pages = Mapping[int, bytes]


def pages_of(main: bytes, newest: bytes = b"") -> dict[int, bytes]:
    """The pages of a file by their number, from 1, each in its newest form; `newest` is its write-ahead log."""
    pages = {number + 1: main[number * PAGE : (number + 1) * PAGE] for number in range(-(-len(main) // PAGE))}
    salts = newest[16:24]
    for start in range(WAL_HEADER, len(newest) - FRAME_HEADER, FRAME_HEADER + PAGE):
        header = newest[start : start + FRAME_HEADER]
        if header[8:16] != salts:  # left over from before the log began anew
            break
        (number,) = struct.unpack(">I", header[:4])
        pages[number] = newest[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
    return pages


def objects(pages: Pages) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that looks like the JSON of a job, a part of one, or a change: as it stands there, and read."""
    for page in pages.values():
        for begin in BEGINS.finditer(page):
            if found := _read(pages, page[begin.start() :]):
                yield found


def _read(pages: Pages, begun: bytes) -> tuple[str, dict[str, Any]] | None:
    text = begun.decode("latin-1")
    for is_whole in (False, True):
        try:
            body, end = json.JSONDecoder().raw_decode(text)
        except json.JSONDecodeError as wrong:
            if is_whole:
                return None
            text = text[: wrong.pos] + _rest(pages, begun[wrong.pos : wrong.pos + 4]).decode("latin-1")
        else:
            return (text[:end], body) if isinstance(body, dict) else None
    return None


def _rest(pages: Pages, pointer: bytes) -> bytes:
    """What the chain of pages holds to which the pointer leads."""
    rest, seen = b"", set[int]()
    while (number := int.from_bytes(pointer, "big")) in pages and number not in seen:
        seen.add(number)
        pointer, rest = pages[number][:4], rest + pages[number][4:]
    return rest
