"""What shows that the real server is written in Java: the order of its hash maps, the bytes of its texts."""

import re
from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def hashed(values: Mapping[str, Value]) -> dict[str, Value]:
    """The same in the order in which a HashMap of them is walked."""
    size = 16
    while len(values) > size * 3 // 4:
        size *= 2
    return dict(sorted(values.items(), key=lambda pair: _spread(pair[0]) & (size - 1)))


def _spread(text: str) -> int:
    raw, code = text.encode("utf-16-be", "surrogatepass"), 0
    for at in range(0, len(raw), 2):
        code = (31 * code + int.from_bytes(raw[at : at + 2])) & 0xFFFFFFFF
    return code ^ code >> 16


def encoded(text: str) -> bytes:
    """UTF-8, with `?` for half a surrogate pair, and nothing for a first half at the very end."""
    return re.sub("[\ud800-\udbff]$", "", text).encode("utf-8", "replace")
