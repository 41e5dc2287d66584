"""Replies written as the server's library writes them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from durastore_tui.sandbox.wire.params import TASKS
from durastore_tui.sandbox.wire.replies import pretty
from tests.golden import golden

NO_JSON = {"set-storage-policy"}
WITHOUT_SAMPLES = {"enable-streaming", "disable-streaming", "delete-streaming", "get-url", "get-signed-url"}
SAMPLES = sorted({*TASKS, "get-snapshots", "other-dtos"} - NO_JSON - WITHOUT_SAMPLES)


def texts(samples: Any) -> Iterator[str]:
    if isinstance(samples, dict):
        if isinstance(samples.get("raw"), str):
            yield samples["raw"]
        for key, value in samples.items():
            if not key.startswith("decode_"):
                yield from texts(value)
    elif isinstance(samples, list):
        for value in samples:
            yield from texts(value)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_golden_text_is_written_to_the_byte(name: str) -> None:
    found = list(texts(golden(name)))
    assert found
    for raw in found:
        assert pretty(json.loads(raw)) == raw


def test_control_characters_are_written_as_java_writes_them() -> None:
    assert pretty({"a": "\x1b\x0b\t\x7f\\u001b é"}) == '{\n  "a" : "\\u001B\\u000B\\t\x7f\\\\u001b é"\n}'


def test_empty_values_keep_their_blank() -> None:
    assert pretty({"list": [], "object": {}, "flag": True}) == (
        '{\n  "list" : [ ],\n  "object" : { },\n  "flag" : true\n}'
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=25)
@given(st.dictionaries(st.text(), JSON))
def test_what_is_written_reads_back_the_same(value: dict[str, Any]) -> None:
    assert json.loads(pretty(value)) == value
