"""What a person typed, as the value that goes on the wire."""

import json
from collections.abc import Mapping

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Kind, Param, Value

_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


def read(param: Param, text: str | tuple[str, ...]) -> Value | None:
    """The checked wire value, or None for nothing typed; a list is split at blanks and commas. Raises BadInput."""
    typed = _typed(param, text)
    if typed is None:
        return None
    value = param.normalised(typed)
    if wrong := param.wrong(value):
        raise BadInput(param.name, wrong)
    return value


def guessed(body: bytes) -> Mapping[str, str]:
    """The parameters of a body that somebody else wrote, as far as they can be seen: for what is said of it alone."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _typed(param: Param, text: str | tuple[str, ...]) -> Value | None:
    if param.kind is Kind.LIST:
        typed = (text,) if isinstance(text, str) else text
        return tuple(part for line in typed for part in line.replace(",", " ").split()) or None
    if not isinstance(text, str):
        raise BadInput(param.name, f"{param.name} is one value, not {len(text)}")
    if text == "":
        return None
    if param.kind is Kind.NUMBER:
        return _number(param.name, text)
    return _flag(param.name, text) if param.kind is Kind.FLAG else text


def _number(name: str, text: str) -> int:
    digits = text.strip()
    if not (digits.removeprefix("-").isascii() and digits.removeprefix("-").isdigit()):
        raise BadInput(name, f"{name} is a whole number")
    return int(digits)


def _flag(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise BadInput(name, f"{name} is true or false")
    return word in _YES
