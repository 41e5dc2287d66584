"""Task parameters: the table of what each task takes, bound from JSON as the server binds it (protocol §6.2, §7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from durastore_tui.sandbox.wire.coercions import (
    ABSENT,
    EMPTY_STRING,
    INT,
    INTEGER,
    JAVA_BLANKS,
    Read,
    boolean,
    integer_argument,
    java_double,
    no_constructor,
    string,
    strings,
    unexpected,
)
from durastore_tui.sandbox.wire.cursor import Malformed
from durastore_tui.sandbox.wire.json_reader import JsonReader

Check = Callable[[Mapping[str, Any]], str | None]


class BadParameters(Exception):
    """The body of the 500 that the server answers; one line, or two when the text could not be parsed."""


def _filled(*fields: str, message: str = "Task parameter values may not be empty") -> Check:
    return lambda values: None if all(values[field] for field in fields) else message


def _each_filled(*fields: str) -> Check:
    def check(values: Mapping[str, Any]) -> str | None:
        empty = [field for field in fields if not values[field]]
        return f"Task parameter '{empty[0]}' may not be empty" if empty else None

    return check


def _policy_complete(values: Mapping[str, Any]) -> str | None:
    days = values["daysToTransition"]
    complete = values["spaceId"] and values["storageClass"] and days is not None and days >= 0
    return None if complete else "Task parameter values may not be empty"


def _days_not_negative(values: Mapping[str, Any]) -> str | None:
    empty = _filled("spaceId")(values)
    return empty or ("Task parameter value must be a positive integer" if values["daysToExpire"] < 0 else None)


def _blank(value: str | None) -> bool:
    return value is None or not value.strip()


def _one_id(values: Mapping[str, Any]) -> str | None:
    blank = _blank(values["snapshotId"]) and _blank(values["restoreId"])
    return "Task parameter values may not be empty" if blank else None


def _not_both(values: Mapping[str, Any]) -> str | None:
    both = not _blank(values["snapshotId"]) and not _blank(values["restoreId"])
    return "EITHER a snapshotId or a restoreId may be set, but not both" if both else None


@dataclass(frozen=True)
class Parameters:
    """What one task takes. `fields` are in the order in which the server lists the *known properties* it hashed."""

    java_class: str
    fields: Mapping[str, Read]
    complete: Check
    asked_first: str
    while_setting: Check = lambda values: None
    from_string: str | None = None

    def absent(self) -> dict[str, Any]:
        return {name: ABSENT.get(read) for name, read in self.fields.items()}


def _snapshot(
    name: str, fields: Mapping[str, Read], complete: Check, asked_first: str = "snapshotId", **rest: Any
) -> Parameters:
    return Parameters(f"org.duracloud.snapshot.dto.task.{name}", fields, complete, asked_first, **rest)


def _streaming(name: str, fields: Mapping[str, Read], complete: Check) -> Parameters:
    return Parameters(f"org.duracloud.s3storageprovider.dto.{name}", fields, complete, "spaceId")


def _strings_named(*names: str) -> dict[str, Read]:
    return dict.fromkeys(names, string)


_NO_SNAPSHOT_ID = _filled("snapshotId", message="Value for snapshot ID may not be empty")
_ENABLE = _streaming(
    "EnableStreamingTaskParameters",
    {"spaceId": string, "allowedOrigins": strings, "secure": boolean},
    _filled("spaceId"),
)
_DISABLE = _streaming("DisableStreamingTaskParameters", _strings_named("spaceId"), _filled("spaceId"))
_DELETE = _streaming("DeleteStreamingTaskParameters", _strings_named("spaceId"), _filled("spaceId"))

TASKS: Mapping[str, Parameters] = MappingProxyType(
    {
        "set-storage-policy": _streaming(
            "SetStoragePolicyTaskParameters",
            {"spaceId": string, "storageClass": string, "daysToTransition": INTEGER},
            _policy_complete,
        ),
        "enable-hls": _ENABLE,
        "disable-hls": _DISABLE,
        "delete-hls": _DELETE,
        "get-url-hls": _streaming(
            "GetHlsUrlTaskParameters", _strings_named("spaceId", "contentId"), _each_filled("spaceId", "contentId")
        ),
        "get-signed-cookies-url": _streaming(
            "GetSignedCookiesUrlTaskParameters",
            {"spaceId": string, "redirectUrl": string, "ipAddress": string, "minutesToExpire": INT},
            _each_filled("spaceId", "redirectUrl"),
        ),
        "enable-streaming": _ENABLE,
        "disable-streaming": _DISABLE,
        "delete-streaming": _DELETE,
        "get-url": _streaming(
            "GetUrlTaskParameters",
            _strings_named("resourcePrefix", "spaceId", "contentId"),
            _each_filled("spaceId", "contentId"),
        ),
        "get-signed-url": _streaming(
            "GetSignedUrlTaskParameters",
            {**_strings_named("resourcePrefix", "spaceId", "contentId", "ipAddress"), "minutesToExpire": INT},
            _each_filled("spaceId", "contentId"),
        ),
        "create-snapshot": _snapshot(
            "CreateSnapshotTaskParameters",
            _strings_named("spaceId", "description", "userEmail"),
            _filled("spaceId", "userEmail"),
            "spaceId",
        ),
        "get-snapshot": _snapshot("GetSnapshotTaskParameters", _strings_named("snapshotId"), _filled("snapshotId")),
        "get-snapshots-totals": _snapshot(
            "GetSnapshotsTotalsTaskParameters", _strings_named("status"), _filled("status"), "status"
        ),
        "get-snapshot-contents": _snapshot(
            "GetSnapshotContentsTaskParameters",
            {"pageNumber": INT, "prefix": string, "snapshotId": string, "pageSize": INT},
            _NO_SNAPSHOT_ID,
        ),
        "get-snapshot-history": _snapshot(
            "GetSnapshotHistoryTaskParameters",
            {"pageNumber": INT, "snapshotId": string, "pageSize": INT},
            _NO_SNAPSHOT_ID,
        ),
        "restart-snapshot": _snapshot(
            "RestartSnapshotTaskParameters", _strings_named("snapshotId"), _filled("snapshotId")
        ),
        "cleanup-snapshot": _snapshot(
            "CleanupSnapshotTaskParameters", _strings_named("spaceId"), _filled("spaceId"), "spaceId"
        ),
        "complete-snapshot": _snapshot(
            "CompleteSnapshotTaskParameters", _strings_named("spaceId"), _filled("spaceId"), "spaceId"
        ),
        "complete-cancel-snapshot": _snapshot(
            "CompleteCancelSnapshotTaskParameters",
            _strings_named("spaceId"),
            _filled("spaceId"),
            "spaceId",
            from_string="spaceId",
        ),
        "request-restore-snapshot": _snapshot(
            "RequestRestoreSnapshotParameters",
            _strings_named("port", "host", "storeId", "snapshotId", "spaceId", "userEmail"),
            _filled("snapshotId"),
        ),
        "restore-snapshot": _snapshot(
            "RestoreSnapshotTaskParameters",
            _strings_named("userEmail", "snapshotId"),
            _filled("snapshotId", "userEmail"),
        ),
        "get-restore": _snapshot(
            "GetRestoreTaskParameters", _strings_named("restoreId", "snapshotId"), _one_id, while_setting=_not_both
        ),
        "complete-restore": _snapshot(
            "CompleteRestoreTaskParameters",
            {"spaceId": string, "daysToExpire": INT},
            _days_not_negative,
            "spaceId",
        ),
    }
)


def parse(task: str, body: str) -> dict[str, Any]:
    """Every field of the task's parameters, by name. Raises BadParameters with the server's words."""
    wanted = TASKS[task]
    try:
        values = _bind(wanted, JsonReader(body))
    except Malformed as problem:
        raise BadParameters(f"Unable to parse task parameters due to: {problem}") from None
    if values is None:
        getter = wanted.asked_first[0].upper() + wanted.asked_first[1:]
        raise BadParameters(f'Cannot invoke "{wanted.java_class}.get{getter}()" because "params" is null')
    if problem_found := wanted.complete(values):
        raise BadParameters(problem_found)
    return values


def _bind(wanted: Parameters, reader: JsonReader) -> dict[str, Any] | None:
    if not reader.start():
        raise Malformed("No content to map due to end-of-input", reader.value_place)
    if reader.kind == "NULL":
        return None
    if reader.kind != "START_OBJECT":
        return _bind_scalar(wanted, reader)
    reader.open()
    values = wanted.absent()
    while (name := reader.next_field()) is not None:
        step = f'{wanted.java_class}["{name}"]'
        try:
            values[name] = _read_field(wanted, name, reader)
            if problem := wanted.while_setting(values):
                raise Malformed(problem, reader.value_place)
        except Malformed as malformed:
            raise malformed.within(step) from None
    return values


def _read_field(wanted: Parameters, name: str, reader: JsonReader) -> Any:
    read = wanted.fields.get(name)
    if read is not None:
        return read(reader)
    known = "one known property" if len(wanted.fields) == 1 else f"{len(wanted.fields)} known properties"
    listed = ", ".join(f'"{field}"' for field in wanted.fields)
    raise Malformed(
        f'Unrecognized field "{name}" (class {wanted.java_class}), not marked as ignorable ({known}: {listed}])',
        reader.place,
    )


def _bind_scalar(wanted: Parameters, reader: JsonReader) -> dict[str, Any]:
    place = reader.value_place
    match reader.kind:
        case "STRING":
            text = reader.string()
            if wanted.from_string:
                return {**wanted.absent(), wanted.from_string: text}
            if not text.strip(JAVA_BLANKS):
                raise Malformed(EMPTY_STRING.format(f"`{wanted.java_class}` value"), place)
            argument, value = "String", f"String value ('{text.strip(JAVA_BLANKS)}')"
        case "NUMBER_INT":
            argument, value = integer_argument(reader.number), f"Number value ({int(reader.number)})"
        case "NUMBER_FLOAT":
            argument, value = "double/Double", f"Number value ({java_double(reader.number)})"
        case "TRUE" | "FALSE":
            argument, value = "boolean/Boolean", f"boolean value ({reader.kind.lower()})"
        case _:
            unexpected(wanted.java_class, reader)
    raise Malformed(no_constructor(wanted.java_class, argument, value), place)
