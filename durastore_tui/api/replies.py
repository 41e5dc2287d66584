"""Replies of tasks as their dataclasses, read leniently: servers and the published page differ (protocol §12)."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

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


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _fields(kind: type, found: dict[str, object]) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, hint in _hints(kind).items():
        value = found.get(_camel(name))
        if value is not None and value != "":
            given[name] = _prepared(hint, value)
    return given


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _prepared(hint: Any, value: object) -> object:
    """What the server's own parser would make of it: scalars are text where text is due, dates have three forms."""
    if get_origin(hint) is tuple and isinstance(value, list):
        row: type = get_args(hint)[0]
        return [_fields(row, each) if row is not str and isinstance(each, dict) else each for each in value]
    if str in get_args(hint) and isinstance(value, bool | int | float):
        return json.dumps(value)
    if EpochMs in get_args(hint) and isinstance(value, str) and not value.strip().lstrip("-").isdigit():
        return _moment(value)
    return value


def _moment(text: str) -> object:
    """Epoch milliseconds of an ISO date, in UTC unless it says otherwise; other text stays, to be refused."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return round((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)
