"""Task parameters as releases before 7.0 bind them from JSON (protocol §18, rows 1, 4 to 6, 9 and 14)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NoReturn

from durastore_tui.sandbox.old.characters import Jackson, OldMalformed
from durastore_tui.sandbox.old.tokens import Tokens
from durastore_tui.sandbox.wire import coercions
from durastore_tui.sandbox.wire.coercions import (
    INT_MAX,
    INT_MIN,
    JAVA_BLANKS,
    LONG_MAX,
    LONG_MIN,
    java_double,
    java_long,
)
from durastore_tui.sandbox.wire.cursor import END
from durastore_tui.sandbox.wire.params import TASKS, BadParameters, Parameters
from durastore_tui.sandbox.world import Release

FASTERXML = (6, 0, 0)
"""The first release with Jackson 2.7."""

ORIGINS = (5, 0, 0)
"""The first release whose streaming parameters know allowed origins."""

SHOWN = 500

OldRead = Callable[[Tokens], Any]


def parse(task: str, body: str, release: Release) -> dict[str, Any]:
    """Every field of the task's parameters, by name. Raises BadParameters with the server's words."""
    wanted = _wanted(task, release)
    tokens = Tokens(body, Jackson.V2_7 if release >= FASTERXML else Jackson.V1_9)
    try:
        values = _bind(wanted, tokens)
    except OldMalformed as problem:
        raise BadParameters(f"Unable to parse task parameters due to: {problem}") from None
    if values is None:
        raise BadParameters("null")
    if incomplete := wanted.complete(values):
        raise BadParameters(incomplete)
    return {name: _written(value) if isinstance(value, str) else value for name, value in values.items()}


def _written(text: str) -> str:
    """With `?` for half a surrogate pair, as Java writes it."""
    return text.encode("utf-8", "replace").decode()


def _wanted(task: str, release: Release) -> Parameters:
    wanted = TASKS[task]
    if release >= ORIGINS or "allowedOrigins" not in wanted.fields:
        return wanted
    return replace(wanted, fields={name: read for name, read in wanted.fields.items() if name != "allowedOrigins"})


def _bind(wanted: Parameters, tokens: Tokens) -> dict[str, Any] | None:
    later = tokens.jackson is Jackson.V2_7
    tokens.next()
    match tokens.kind:
        case "START_OBJECT":
            return _bind_object(wanted, tokens)
        case "VALUE_NULL":
            return None
        case "":
            if later:
                raise OldMalformed("No content to map due to end-of-input", tokens.token_location, parsed=False)
            raise OldMalformed("No content to map to Object due to end of input", None)
        case "START_ARRAY":
            _unexpected(wanted.java_class, tokens)
        case "VALUE_STRING" if wanted.from_string:
            return {**wanted.absent(), wanted.from_string: tokens.text()}
    raise _no_constructor(wanted, tokens)


def _bind_object(wanted: Parameters, tokens: Tokens) -> dict[str, Any]:
    values = wanted.absent()
    tokens.next()
    while tokens.kind not in ("END_OBJECT", END):
        name = tokens.name
        step = f'{wanted.java_class}["{name}"]'
        tokens.next()
        read = _READS.get(wanted.fields[name]) if name in wanted.fields else None
        if read is None:
            raise _within(_unrecognized(wanted, name, tokens), step, tokens)
        try:
            values[name] = wanted.absent()[name] if tokens.kind == "VALUE_NULL" else read(tokens)
            if problem := wanted.while_setting(values):
                raise OldMalformed(problem, None, parsed=False)
        except OldMalformed as malformed:
            raise _within(malformed, step, tokens) from None
        tokens.next(after_first_field=tokens.jackson is Jackson.V2_7)
    return values


def _within(problem: OldMalformed, step: str, tokens: Tokens) -> OldMalformed:
    """The same, found while reading this field or element.

    Of a text that cannot be parsed 2.7 adds where the value begins, so that two places are named. 1.9 passes
    it on as it is (protocol §18, row 14).
    """
    if problem.parsed and tokens.jackson is Jackson.V1_9:
        return problem
    if problem.parsed:
        problem = OldMalformed(str(problem), tokens.token_location, parsed=False)
    problem.steps.insert(0, step)
    return problem


def _unrecognized(wanted: Parameters, name: str, tokens: Tokens) -> OldMalformed:
    if tokens.jackson is Jackson.V1_9:
        said = f'Unrecognized field "{name}" (Class {wanted.java_class}), not marked as ignorable'
    else:
        known = "one known property" if len(wanted.fields) == 1 else f"{len(wanted.fields)} known properties"
        listed = ", ".join(f'"{field}"' for field in wanted.fields)
        said = f'Unrecognized field "{name}" (class {wanted.java_class}), not marked as ignorable ({known}: {listed}])'
    return OldMalformed(said, tokens.location, parsed=False)


def _no_constructor(wanted: Parameters, tokens: Tokens) -> OldMalformed:
    """For a text, number or boolean in place of the object."""
    later = tokens.jackson is Jackson.V2_7
    number = int(tokens.number) if tokens.kind == "VALUE_NUMBER_INT" else 0
    if not LONG_MIN <= number <= LONG_MAX:
        return OldMalformed(
            f"Can not construct instance of {wanted.java_class}, problem: no suitable creator method found to"
            " deserialize from JSON integer number",
            tokens.token_location,
            parsed=False,
        )
    match tokens.kind:
        case "VALUE_STRING":
            was, now, missing = "JSON String", f"String value ('{tokens.text()}')", "single-String"
        case "VALUE_NUMBER_INT" if INT_MIN <= number <= INT_MAX:
            was, now, missing = "JSON integral number", f"Integral number ({number})", "single-int-arg"
        case "VALUE_NUMBER_INT":
            was, now, missing = "JSON long integral number", f"Long integral number ({number})", "single-long-arg"
        case "VALUE_NUMBER_FLOAT":
            double = java_double(tokens.number)
            was, now, missing = (
                "JSON floating-point number",
                f"Floating-point number ({double})",
                "one-double/Double-arg",
            )
        case _:
            was, now, missing = "JSON boolean value", f"Boolean value ({tokens.text()})", "single-boolean/Boolean-arg"
    return OldMalformed(
        f"Can not instantiate value of type [simple type, class {wanted.java_class}] from {now if later else was};"
        f" no {missing} constructor/factory method",
        tokens.token_location if later else None,
        parsed=False,
    )


def _unexpected(java: str, tokens: Tokens) -> NoReturn:
    raise OldMalformed(
        f"Can not deserialize instance of {java} out of {tokens.kind} token", tokens.token_location, parsed=False
    )


def _weird(java: str, text: str, trimmed: str, problem: str, tokens: Tokens) -> NoReturn:
    later = tokens.jackson is Jackson.V2_7
    shown = trimmed if later else text
    if len(shown) > SHOWN:
        shown = f"{shown[:SHOWN]}]...[{shown[-SHOWN:]}"
    quoted = f'("{shown}")' if later else f"'{shown}'"
    message = f"Can not construct instance of {java} from String value {quoted}: {problem}"
    raise OldMalformed(message, tokens.token_location, parsed=False)


def _string(tokens: Tokens) -> str | None:
    if tokens.kind in ("START_OBJECT", "START_ARRAY"):
        _unexpected("java.lang.String", tokens)
    return tokens.text()


def _boolean(tokens: Tokens) -> bool:
    later = tokens.jackson is Jackson.V2_7
    match tokens.kind:
        case "VALUE_TRUE" | "VALUE_FALSE":
            return tokens.kind == "VALUE_TRUE"
        case "VALUE_NUMBER_INT":
            return int(tokens.number) != 0
        case "VALUE_STRING":
            text = tokens.text()
            trimmed = text.strip(JAVA_BLANKS)
            known = ("true", "True", "false", "False", "", "null") if later else ("true", "false", "")
            if trimmed not in known:
                _weird("boolean", text, trimmed, 'only "true" or "false" recognized', tokens)
            return trimmed.lower() == "true"
    _unexpected("boolean", tokens)


def _whole_number(java: str, absent: int | None) -> OldRead:
    def read(tokens: Tokens) -> int | None:
        match tokens.kind:
            case "VALUE_NUMBER_INT" | "VALUE_NUMBER_FLOAT":
                return _in_range(tokens)
            case "VALUE_STRING":
                return parse_text(tokens)
        _unexpected(java, tokens)

    def parse_text(tokens: Tokens) -> int | None:
        text = tokens.text()
        trimmed = text.strip(JAVA_BLANKS)
        if trimmed == "" or (trimmed == "null" and tokens.jackson is Jackson.V2_7):
            return absent
        number = java_long(trimmed)
        if number is None:
            _weird(java, text, trimmed, "not a valid Integer value", tokens)
        if not INT_MIN <= number <= INT_MAX:
            overflow = f"Overflow: numeric value ({trimmed}) out of range of Integer ({INT_MIN} - {INT_MAX})"
            _weird(java, text, trimmed, overflow, tokens)
        return number

    return read


def _in_range(tokens: Tokens) -> int:
    """The number as an int."""
    whole = tokens.kind == "VALUE_NUMBER_INT"
    value = int(tokens.number) if whole else float(tokens.number)
    if INT_MIN <= value <= INT_MAX:
        return int(value)
    bounds = "" if whole and LONG_MIN <= value <= LONG_MAX else f" ({INT_MIN} - {INT_MAX})"
    raise OldMalformed(f"Numeric value ({tokens.number}) out of range of int{bounds}", tokens.location)


def _strings(tokens: Tokens) -> list[str | None]:
    if tokens.kind != "START_ARRAY":
        _unexpected("java.util.ArrayList", tokens)
    elements: list[str | None] = []
    later = tokens.jackson is Jackson.V2_7
    try:
        while tokens.next() != "END_ARRAY":
            if tokens.kind == "VALUE_NULL":
                elements.append(None)
            else:
                # 1.9 takes the text of whatever stands there, a bracket too
                elements.append(_string(tokens) if later else tokens.text())
    except OldMalformed as problem:
        raise (_within(problem, f"java.util.ArrayList[{len(elements)}]", tokens) if later else problem) from None
    return elements


_READS: Mapping[coercions.Read, OldRead] = {
    coercions.string: _string,
    coercions.boolean: _boolean,
    coercions.strings: _strings,
    coercions.INT: _whole_number("int", 0),
    coercions.INTEGER: _whole_number("java.lang.Integer", None),
}
