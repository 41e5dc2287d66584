"""Replies of tasks as their dataclasses, read leniently: servers and the published page differ (protocol §12)."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaValidator, core_schema

from durastore_tui.api.reply import MARKS, Reply, document
from durastore_tui.core.tasks.model import EpochMs


def parsed(reply: Reply, kind: type, proof: tuple[str, ...] = ()) -> object:
    """The body as `kind`. Unknown keys are ignored; absent, null and `""` become the default.

    The fields in `proof` must be there with a value. Raises Malformed.
    """
    reply.check_cost(MARKS)
    try:
        return _plain(kind, proof).validate_json(reply.body)
    except ValidationError:
        return _mended(reply, kind, proof)


def _mended(reply: Reply, kind: type, proof: tuple[str, ...]) -> object:
    """What `_plain` refuses: the published page's forms, and what old and strange servers send."""
    found = document(reply)
    if not isinstance(found, dict | None):
        raise reply.malformed("JSON, but not an object")
    try:
        given = _fields(kind, found or {})
        if missing := [field.key for field in _plan(kind) if field.name in proof and _is_blank(given.get(field.name))]:
            raise reply.malformed(f"not in the documented form: {missing[0]} is missing")
        return _adapter(kind).validate_python(given)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, wrong["loc"])) or "a row"
        raise reply.malformed(f"not in the documented form: {place}: {wrong['msg']}") from None


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@lru_cache(maxsize=64)
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class _Field(NamedTuple):
    """How one field of a reply is found on the wire, and what its values may have to be turned into."""

    name: str
    key: str
    hint: Any
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
    return _Field(name, first + "".join(map(str.capitalize, others)), hint, row, str in inner, EpochMs in inner)


@lru_cache(maxsize=64)
def _plain(kind: type, proof: tuple[str, ...]) -> SchemaValidator:
    """For replies as the server itself writes them, in one go: walking ten thousand rows takes three times as long."""
    return SchemaValidator(_plain_object(kind, proof))


def _plain_object(kind: type, proof: tuple[str, ...] = ()) -> core_schema.CoreSchema:
    default = {each.name: each.default for each in fields(kind)}
    plan = _plan(kind)
    given = [
        core_schema.dataclass_field(
            field.name,
            _proven(field)
            if field.name in proof
            else core_schema.with_default_schema(_plain_value(field), default=default[field.name]),
            validation_alias=field.key,
        )
        for field in plan
    ]
    arguments = core_schema.dataclass_args_schema(kind.__name__, given)
    return core_schema.dataclass_schema(kind, arguments, [field.name for field in plan], slots=True, frozen=True)


def _proven(field: _Field) -> core_schema.CoreSchema:
    if field.hint == str | None:
        return core_schema.str_schema(pattern=r"\S")
    return core_schema.int_schema() if field.hint == int | None else _plain_value(field)


def _plain_value(field: _Field) -> core_schema.CoreSchema:
    if field.row:
        return core_schema.tuple_schema([_plain_object(field.row)], variadic_item_index=0, fail_fast=True)
    if field.hint == str | None:
        empty = core_schema.no_info_after_validator_function(lambda _: None, core_schema.literal_schema([""]))
        text = core_schema.str_schema(min_length=1)
        return core_schema.nullable_schema(core_schema.union_schema([text, empty], mode="left_to_right"))
    return _adapter(field.hint).core_schema


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
        # Row by row, so that the first wrong one ends it: an error for each of a million takes a gigabyte.
        rows = _adapter(field.row)
        return [rows.validate_python(_fields(field.row, each) if isinstance(each, dict) else each) for each in value]
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
