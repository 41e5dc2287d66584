"""The URLs that DuraStore builds towards the bridge, unencoded: what Java makes of them, and how they are routed."""

import re
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import parse_qsl, unquote

BASE = "http://127.0.0.1:8181/bridge"

_ILLEGAL = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f-\xa0\u2028\u2029\u3000]|%(?![0-9A-Fa-f]{2})""")
_ILLEGAL_IN_PATH = re.compile(rf"{_ILLEGAL.pattern}|[\[\]]")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class IllegalUrl(Exception):
    """The message is Java's, of a character that no URL may hold."""


@dataclass(frozen=True)
class InnerUrl:
    """`path` is decoded segment by segment, without matrix parameters."""

    path: tuple[str, ...]
    query: dict[str, str]


def inner_url(below: str) -> InnerUrl:
    """Reads `/snapshot/{id}/content?page=0`, appended to the bridge's base. Raises IllegalUrl."""
    whole = BASE + below
    before_fragment, _, fragment = whole.partition("#")
    path, _, query = before_fragment.partition("?")
    _check(whole, path, 0, "path", _ILLEGAL_IN_PATH)
    _check(whole, query, len(path) + 1, "query", _ILLEGAL)
    _check(whole, fragment, len(before_fragment) + 1, "fragment", _ILLEGAL)
    if _HALF_A_PAIR.search(whole):
        raise IllegalUrl('Cannot invoke "java.nio.ByteBuffer.hasRemaining()" because "bb" is null')
    segments = path.removeprefix(BASE).removeprefix("/").split("/")
    first_of_each = dict(reversed(parse_qsl(query, keep_blank_values=True)))
    return InnerUrl(tuple(unquote(segment.partition(";")[0]) for segment in segments), first_of_each)


def _check(whole: str, part: str, offset: int, name: str, illegal: re.Pattern[str]) -> None:
    found = illegal.search(part)
    if found is not None:
        _refuse(whole, found[0], offset + found.start(), name)


def _refuse(whole: str, character: str, index: int, part: str) -> NoReturn:
    problem = "Malformed escape pair" if character == "%" else f"Illegal character in {part}"
    raise IllegalUrl(f"{problem} at index {index}: {whole}")
