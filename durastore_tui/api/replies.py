"""Replies of tasks as their dataclasses, read leniently: servers and the published page differ (protocol §12)."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from durastore_tui.api.reply import Reply
from durastore_tui.core.tasks.model import EpochMs


def document(reply: Reply) -> object:
    """The first JSON value of the body, None for an empty one; raises Malformed."""
    text = reply.text.strip()
    if not text:
        return None
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        raise reply.malformed(f"not JSON: {text[:200]}") from None


def parsed(reply: Reply, kind: type) -> object:
    """The body as `kind`; unknown keys are ignored, absent, null and `""` become the default. Raises Malformed."""
    found = document(reply)
    if not isinstance(found, dict | None):
        raise reply.malformed("JSON, but not an object")
    try:
        return _adapter(kind).validate_python(_fields(kind, found or {}))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, wrong["loc"]))
        raise reply.malformed(f"not of the documented shape: {place}: {wrong['msg']}") from None


@lru_cache(maxsize=64)
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class _Field(NamedTuple):
    """How one field of a reply is found on the wire, and what its values may have to be turned into."""

    name: str
    key: str
    row: type | None
    text: bool
    moment: bool


@lru_cache(maxsize=64)
def _plan(kind: type) -> tuple[_Field, ...]:
    return tuple(_field(name, hint) for name, hint in get_type_hints(kind).items())


def _field(name: str, hint: Any) -> _Field:
    first, *others = name.split("_")
    inner = get_args(hint)
    row = inner[0] if get_origin(hint) is tuple and inner[0] is not str else None
    return _Field(name, first + "".join(map(str.capitalize, others)), row, str in inner, EpochMs in inner)


def _fields(kind: type, found: dict[str, object]) -> dict[str, object]:
    given: dict[str, object] = {}
    for field in _plan(kind):
        value = found.get(field.key)
        if value is not None and value != "":
            given[field.name] = _prepared(field, value)
    return given


def _prepared(field: _Field, value: object) -> object:
    """What the server's own parser would make of it: scalars are text where text is due, dates have three forms."""
    if isinstance(value, str):
        return _moment(value) if field.moment and not value.strip().lstrip("-").isdigit() else value
    if isinstance(value, list) and field.row:
        return [_fields(field.row, each) if isinstance(each, dict) else each for each in value]
    if field.text and isinstance(value, bool | int | float):
        return json.dumps(value)
    return value


def _moment(text: str) -> object:
    """Epoch milliseconds of an ISO date, in UTC unless it says otherwise; other text stays, to be refused."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return round((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)
