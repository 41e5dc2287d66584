"""Task parameters as the server parses them: every golden sample, every row of protocol §6.2, every refusal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.sandbox.wire.params import TASKS, BadParameters, parse
from tests.golden import golden

RTMP = {"enable-streaming", "disable-streaming", "delete-streaming", "get-url", "get-signed-url"}
POLICY = '{"spaceId":"s","storageClass":"STANDARD","daysToTransition":%s}'
HISTORY = '{"snapshotId":"s","pageSize":%s}'
ENABLE = '{"spaceId":"s","secure":%s}'
ORIGINS = '{"spaceId":"s","allowedOrigins":%s}'


def refusal(task: str, body: str) -> str:
    with pytest.raises(BadParameters) as refused:
        parse(task, body)
    return str(refused.value)


@pytest.mark.parametrize("task", sorted(TASKS.keys() - RTMP))
def test_every_golden_body_is_accepted_or_refused_with_the_same_first_line(task: str) -> None:
    for case in golden(task)["decode_params"]:
        if case["ok"]:
            assert parse(task, case["in"]) == case["out"], case["case"]
        else:
            said = case["message"].replace("<local2>", "params")  # compiled for the samples without names of variables
            assert refusal(task, case["in"]).split("\n")[0] == said.split("\n")[0], case["case"]


@pytest.mark.parametrize("task", sorted(TASKS.keys() - RTMP))
def test_every_golden_refusal_points_at_the_same_line_and_column(task: str) -> None:
    for case in golden(task)["decode_params"]:
        if not case["ok"] and "; line: " in case["message"] and case["case"] != "whitespace body":
            assert refusal(task, case["in"]).rpartition("; line: ")[2] == case["message"].rpartition("; line: ")[2]


def test_an_unknown_key_is_refused_as_the_server_did_when_it_was_run() -> None:
    assert refusal("enable-hls", '{"spaceId":"x","bogus":1}') == (
        'Unable to parse task parameters due to: Unrecognized field "bogus" (class'
        " org.duracloud.s3storageprovider.dto.EnableStreamingTaskParameters), not marked as ignorable (3 known"
        ' properties: "spaceId", "allowedOrigins", "secure"])\n at [Source: REDACTED'
        " (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 25] (through reference chain:"
        ' org.duracloud.s3storageprovider.dto.EnableStreamingTaskParameters["bogus"])'
    )


@pytest.mark.parametrize(
    ("task", "body", "field", "value"),
    [
        ("get-snapshot", '{"snapshotId":"a"}', "snapshotId", "a"),
        ("get-snapshot", '{"snapshotId":7}', "snapshotId", "7"),
        ("get-snapshot", '{"snapshotId":1.50}', "snapshotId", "1.50"),
        ("get-snapshot", '{"snapshotId":true}', "snapshotId", "true"),
        *[("enable-hls", ENABLE % true, "secure", True) for true in ("true", '"true"', '"True"', '"TRUE"', "2", "-1")],
        *[("enable-hls", ENABLE % false, "secure", False) for false in ("false", '"false"', '"False"', '"FALSE"', "0")],
        *[("enable-hls", ENABLE % empty, "secure", False) for empty in ('""', '"  "', '"null"', "null")],
        ("enable-hls", '{"spaceId":"s"}', "secure", False),
        ("get-snapshot-history", HISTORY % "12", "pageSize", 12),
        ("get-snapshot-history", HISTORY % '" 12 "', "pageSize", 12),
        ("get-snapshot-history", HISTORY % "1.9", "pageSize", 1),
        ("get-snapshot-history", HISTORY % "-1.9", "pageSize", -1),
        ("get-snapshot-history", HISTORY % "1e2", "pageSize", 100),
        *[("get-snapshot-history", HISTORY % empty, "pageSize", 0) for empty in ('""', '" "', "null")],
        ("get-snapshot-history", '{"snapshotId":"s"}', "pageSize", 0),
        ("get-snapshot-history", HISTORY % "2147483647", "pageSize", 2147483647),
        ("get-snapshot-history", HISTORY % '"-2147483648"', "pageSize", -2147483648),
        ("set-storage-policy", POLICY % '"30"', "daysToTransition", 30),
        ("set-storage-policy", POLICY % "30.9", "daysToTransition", 30),
        ("enable-hls", ORIGINS % '["a",1,true,null]', "allowedOrigins", ["a", "1", "true", None]),
        ("enable-hls", ORIGINS % "[ ]", "allowedOrigins", []),
        ("enable-hls", ORIGINS % "null", "allowedOrigins", None),
        ("enable-hls", '{"spaceId":"s"}', "allowedOrigins", None),
        ("complete-cancel-snapshot", '"a" and more', "spaceId", "a"),
        ("get-snapshot", '{"snapshotId":"first","snapshotId":"last"}', "snapshotId", "last"),
        ("get-snapshot", '{"snapshotId":"a"}}{[', "snapshotId", "a"),
        ("get-snapshot", '{"snapshotId":"\\u00e9 \\ud83c\\udfac \\n"}', "snapshotId", "é 🎬 \n"),
    ],
)
def test_a_value_of_another_type_is_converted(task: str, body: str, field: str, value: Any) -> None:
    assert parse(task, body)[field] == value


NOT_BOOLEAN = 'only "true"/"True"/"TRUE" or "false"/"False"/"FALSE" recognized'
GET_SNAPSHOT = "org.duracloud.snapshot.dto.task.GetSnapshotTaskParameters"
NO_SCALAR = (
    f"Cannot construct instance of `{GET_SNAPSHOT}` (although at least one Creator exists): no {{}}-argument"
    " constructor/factory method to deserialize from {}"
)
NO_COERCION = 'Cannot coerce empty String ("") to {} (but could if coercion was enabled using `CoercionConfig`)'
NOT_INT = "out of range of int (-2147483648 - 2147483647)"
NO_NAME = "was expecting double-quote to start field name"
QUOTE = "Unexpected character ('\"' (code 34))"
VALUE_LIST = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"


@pytest.mark.parametrize(
    ("task", "body", "line"),
    [
        (
            "get-snapshot",
            '{"snapshotId":[]}',
            "of type `java.lang.String` from Array value (token `JsonToken.START_ARRAY`)",
        ),
        (
            "get-snapshot",
            '{"snapshotId":{}}',
            "of type `java.lang.String` from Object value (token `JsonToken.START_OBJECT`)",
        ),
        *[
            ("enable-hls", ENABLE % f'"{no}"', f'of type `boolean` from String "{no}": {NOT_BOOLEAN}')
            for no in ("yes", "1", "tRuE")
        ],
        (
            "enable-hls",
            ENABLE % "1.0",
            "of type `boolean` from Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)",
        ),
        ("enable-hls", ENABLE % "[]", "of type `boolean` from Array value (token `JsonToken.START_ARRAY`)"),
        *[
            ("get-snapshot-history", HISTORY % f'"{no}"', f'of type `int` from String "{no}": not a valid `int` value')
            for no in ("1.9", "abc", "99999999999999999999")
        ],
        ("get-snapshot-history", HISTORY % "true", "of type `int` from Boolean value (token `JsonToken.VALUE_TRUE`)"),
        (
            "get-snapshot-history",
            HISTORY % '"2147483648"',
            'of type `int` from String "2147483648": Overflow: numeric value (2147483648) out of range of int'
            " (-2147483648 -2147483647)",
        ),
        (
            "set-storage-policy",
            POLICY % '"x"',
            'of type `java.lang.Integer` from String "x": not a valid `java.lang.Integer` value',
        ),
        (
            "enable-hls",
            ORIGINS % "1",
            "of type `java.util.ArrayList<java.lang.String>` from Integer value (token `JsonToken.VALUE_NUMBER_INT`)",
        ),
    ],
)
def test_a_value_that_cannot_be_converted_is_named(task: str, body: str, line: str) -> None:
    assert refusal(task, body).split("\n")[0] == (
        f"Unable to parse task parameters due to: Cannot deserialize value {line}"
    )


@pytest.mark.parametrize(
    ("task", "body", "line"),
    [
        ("get-snapshot", "", "No content to map due to end-of-input"),
        ("get-snapshot", " \r\n\t", "No content to map due to end-of-input"),
        ("get-snapshot-history", HISTORY % "2147483648", f"Numeric value (2147483648) {NOT_INT}"),
        ("get-snapshot-history", HISTORY % "1e20", f"Numeric value (1e20) {NOT_INT}"),
        ("get-snapshot", "7", NO_SCALAR.format("int/Int", "Number value (7)")),
        (
            "get-snapshot",
            "1.5",
            NO_SCALAR.format("double/Double", "Number value (1.5)"),
        ),
        (
            "get-snapshot",
            "true",
            NO_SCALAR.format("boolean/Boolean", "boolean value (true)"),
        ),
        (
            "get-snapshot",
            '""',
            NO_COERCION.format(f"`{GET_SNAPSHOT}` value"),
        ),
        (
            "enable-hls",
            ORIGINS % '""',
            NO_COERCION.format("element of `java.util.ArrayList`"),
        ),
        ("get-snapshot", "{'snapshotId':1}", f"Unexpected character (''' (code 39)): {NO_NAME}"),
        ("get-snapshot", '{"snapshotId":"a",}', f"Unexpected character ('}}' (code 125)): {NO_NAME}"),
        (
            "get-snapshot",
            '{/* */"snapshotId":"a"}',
            "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature"
            " 'ALLOW_COMMENTS' not enabled for parser)",
        ),
        ("get-snapshot", '{"snapshotId":yes}', f"Unrecognized token 'yes': was expecting {VALUE_LIST}"),
        ("get-snapshot", '{"snapshotId" "a"}', f"{QUOTE}: was expecting a colon to separate field name and value"),
        ("get-snapshot", '{"snapshotId":"a" "x"}', f"{QUOTE}: was expecting comma to separate Object entries"),
        ("get-snapshot", '{"snapshotId":"a', "Unexpected end-of-input: was expecting closing quote for a string value"),
        ("get-snapshot", '{"snapshotId":007}', "Invalid numeric value: Leading zeroes not allowed"),
        ("get-snapshot", "-0", NO_SCALAR.format("int/Int", "Number value (0)")),
        ("get-snapshot", "2147483648", NO_SCALAR.format("long/Long", "Number value (2147483648)")),
        ("get-snapshot", "1.5e-4", NO_SCALAR.format("double/Double", "Number value (1.5E-4)")),
        ("get-snapshot-history", HISTORY % ("1" * 1_000), f"Numeric value ([Integer with 1000 digits]) {NOT_INT}"),
        (
            "get-snapshot",
            '{"snapshotId":%s}' % ("1" * 1_001),
            "Number value length (1001) exceeds the maximum allowed (1000, from"
            " `StreamReadConstraints.getMaxNumberLength()`)",
        ),
        ("get-snapshot", '{"snapshotId":"\\q"}', "Unrecognized character escape 'q' (code 113)"),
        (
            "get-snapshot",
            '{"snapshotId":"a\nb"}',
            "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in"
            " string value",
        ),
    ],
)
def test_a_body_that_is_no_such_json_is_refused_in_the_parsers_words(task: str, body: str, line: str) -> None:
    assert refusal(task, body).split("\n")[0] == f"Unable to parse task parameters due to: {line}"


def test_line_and_column_count_as_java_does() -> None:
    body = '{\r\n"snapshotId":"🎬",\n  "bogus":null}'
    assert "; line: 3, column: 15] (through" in refusal("get-snapshot", body)
    assert "; line: 1, column: 34] (through" in refusal("enable-hls", '{"spaceId":"🎬","allowedOrigins":7}')


def test_both_ids_of_get_restore_are_refused_at_the_second_one() -> None:
    message = refusal("get-restore", '{"snapshotId":"a","restoreId":"b"}')
    assert message.startswith(
        "Unable to parse task parameters due to: EITHER a snapshotId or a restoreId may be set, but not both\n"
    )
    assert message.endswith('GetRestoreTaskParameters["restoreId"])')
    assert parse("get-restore", '{"snapshotId":"a","restoreId":""}') == {"snapshotId": "a", "restoreId": ""}


@given(st.sampled_from(sorted(TASKS)), st.text())
def test_any_text_is_either_parsed_or_refused(task: str, body: str) -> None:
    try:
        assert parse(task, body).keys() == TASKS[task].fields.keys()
    except BadParameters as refused:
        assert str(refused)
