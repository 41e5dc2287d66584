"""How a JSON value becomes a parameter of a Java type (the table of protocol §6.2), and what the server says if not."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from durastore_tui.sandbox.wire.cursor import LONGEST_NUMBER, Malformed, Place, check_length
from durastore_tui.sandbox.wire.json_reader import JsonReader

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
LONG_MIN, LONG_MAX = -(2**63), 2**63 - 1
EMPTY_STRING = 'Cannot coerce empty String ("") to {} (but could if coercion was enabled using `CoercionConfig`)'
SHOWN = 500
JAVA_BLANKS = "".join(map(chr, range(0x21)))

_TOKEN_NAMES = {
    "START_OBJECT": ("Object", "START_OBJECT"),
    "START_ARRAY": ("Array", "START_ARRAY"),
    "NUMBER_INT": ("Integer", "VALUE_NUMBER_INT"),
    "NUMBER_FLOAT": ("Floating-point", "VALUE_NUMBER_FLOAT"),
    "TRUE": ("Boolean", "VALUE_TRUE"),
    "FALSE": ("Boolean", "VALUE_FALSE"),
    "STRING": ("String", "VALUE_STRING"),
}


def _weird(java: str, text: str, problem: str, place: Place) -> NoReturn:
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}]...[{text[-SHOWN:]}"
    raise Malformed(f'Cannot deserialize value of type `{java}` from String "{shown}": {problem}', place)


def unexpected(java: str, reader: JsonReader) -> NoReturn:
    kind, token = _TOKEN_NAMES[reader.kind]
    raise Malformed(
        f"Cannot deserialize value of type `{java}` from {kind} value (token `JsonToken.{token}`)", reader.value_place
    )


def string(reader: JsonReader) -> str | None:
    match reader.kind:
        case "STRING":
            return reader.string()
        case "NULL":
            return None
        case "TRUE" | "FALSE":
            return reader.kind.lower()
        case "NUMBER_INT" | "NUMBER_FLOAT":
            return reader.number
    unexpected("java.lang.String", reader)


def boolean(reader: JsonReader) -> bool:
    match reader.kind:
        case "TRUE" | "FALSE" | "NULL":
            return reader.kind == "TRUE"
        case "NUMBER_INT":
            return int(reader.number) != 0
        case "STRING":
            place, text = reader.value_place, reader.string().strip(JAVA_BLANKS)
            if text in ("true", "True", "TRUE", "false", "False", "FALSE", "", "null"):
                return text.lower() == "true"
            only = 'only "true"/"True"/"TRUE" or "false"/"False"/"FALSE" recognized'
            _weird("boolean", text, only, place)
    unexpected("boolean", reader)


def java_long(text: str) -> int | None:
    """What `Long.parseLong` makes of a text; None where it throws."""
    number = int(text) if re.fullmatch(r"[+-]?[0-9]+", text) else None
    return number if number is not None and LONG_MIN <= number <= LONG_MAX else None


def _whole_number(java: str, described: str, absent: int | None) -> Callable[[JsonReader], int | None]:
    def parse(text: str, place: Place) -> int:
        check_length(len(text))
        number = java_long(text)
        if number is None:
            _weird(java, text, f"not a valid `{java}` value", place)
        if not INT_MIN <= number <= INT_MAX:
            overflow = f"Overflow: numeric value ({text}) out of range of {described} ({INT_MIN} -{INT_MAX})"
            _weird(java, text, overflow, place)
        return number

    def read(reader: JsonReader) -> int | None:
        match reader.kind:
            case "NULL":
                return absent
            case "NUMBER_INT" | "NUMBER_FLOAT":
                return _number_in_range(reader)
            case "STRING":
                place, text = reader.value_place, reader.string().strip(JAVA_BLANKS)
                return absent if text in ("", "null") else parse(text, place)
        unexpected(java, reader)

    return read


def _number_in_range(reader: JsonReader) -> int:
    value = float(reader.number) if reader.kind == "NUMBER_FLOAT" else int(reader.number)
    if not INT_MIN <= value <= INT_MAX:
        long = len(reader.number) >= LONGEST_NUMBER
        described = f"[Integer with {len(reader.number.lstrip('-'))} digits]" if long else reader.number
        message = f"Numeric value ({described}) out of range of int ({INT_MIN} - {INT_MAX})"
        raise Malformed(message, reader.place)
    return int(value)


def strings(reader: JsonReader) -> list[str | None] | None:
    if reader.kind == "NULL":
        return None
    if reader.kind == "STRING":
        place, text = reader.value_place, reader.string()
        if not text.strip(JAVA_BLANKS):
            raise Malformed(EMPTY_STRING.format("element of `java.util.ArrayList`"), place)
        trimmed = text.strip(JAVA_BLANKS)
        raise Malformed(no_constructor("java.util.ArrayList", "String", f"String value ('{trimmed}')"), place)
    if reader.kind != "START_ARRAY":
        unexpected("java.util.ArrayList<java.lang.String>", reader)
    reader.open()
    elements: list[str | None] = []
    try:
        while reader.next_element():
            elements.append(string(reader))
    except Malformed as problem:
        raise problem.within(f"java.util.ArrayList[{len(elements)}]") from None
    return elements


def integer_argument(number: str) -> str:
    """The constructor that the server would have wanted for a number of this size."""
    if INT_MIN <= int(number) <= INT_MAX:
        return "int/Int"
    return "long/Long" if LONG_MIN <= int(number) <= LONG_MAX else "BigInteger"


def java_double(number: str) -> str:
    """A JSON number as Java prints a double."""
    value = float(number)
    if value in (float("inf"), float("-inf")):
        return str(value).replace("inf", "Infinity")
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return str(value)
    shortest = Decimal(repr(value)).normalize()
    first, *rest = map(str, shortest.as_tuple().digits)
    return f"{'-' if value < 0 else ''}{first}.{''.join(rest) or '0'}E{shortest.adjusted()}"


def no_constructor(java: str, argument: str, value: str) -> str:
    return (
        f"Cannot construct instance of `{java}` (although at least one Creator exists): no {argument}-argument"
        f" constructor/factory method to deserialize from {value}"
    )


Read = Callable[[JsonReader], Any]

INT = _whole_number("int", "int", 0)
INTEGER = _whole_number("java.lang.Integer", "`java.lang.Integer`", None)
ABSENT: dict[Read, Any] = {boolean: False, INT: 0}


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
