"""Writes task replies as the server does: indented, arrays inline, keys in the order given (protocol §6.3)."""

import re
from json.encoder import encode_basestring
from typing import Any

Json = Any
"""str, int, None, and lists and dicts of them: a recursive type would only make callers cast."""

_ESCAPE = re.compile(r"\\(?:u00(?P<code>[0-9a-f]{2})|.)")


class Written(str):
    """A value that is written already, margin and all."""


def element_template(value: Json) -> str:
    """An object as it is written in a list of a reply, `%s` in its strings kept to be filled with `escaped` text."""
    return _write(value, "\n  ")


def escaped(text: str) -> str:
    """What stands between the quotes."""
    return encode_basestring(text)[1:-1]


def pretty(value: Json) -> str:
    """The text of a reply; no newline at its end."""
    text = _write(value, "\n")
    if "\\u00" in text:
        # Java writes the digits of a control character in upper case
        text = _ESCAPE.sub(lambda found: f"\\u00{found['code'].upper()}" if found["code"] else found[0], text)
    return text


def _write(value: Json, margin: str) -> str:
    # by class and not isinstance, and strings in line: replies may have thousands of them
    kind = value.__class__
    if kind is dict:
        inner = margin + "  "
        fields = [
            encode_basestring(name) + " : " + (encode_basestring(of) if of.__class__ is str else _write(of, inner))
            for name, of in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(fields)}{margin}}}" if fields else "{ }"
    if kind is list:
        return f"[ {', '.join([_write(element, margin) for element in value])} ]" if value else "[ ]"
    if kind is str:
        return encode_basestring(value)
    if kind is Written:
        return str(value)
    return "null" if value is None else str(value).lower()
