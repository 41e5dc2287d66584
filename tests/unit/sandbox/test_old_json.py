"""JSON as Jackson 2.7.4 (release 6.2.1) and 1.9.13 (5.0.0 and 4.4.6) read it.

`old_json.json` holds what these libraries themselves made of each text: `=` and the values, or `!` and their message.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.sandbox.old.binding import parse
from durastore_tui.sandbox.wire.params import BadParameters

SAMPLES: list[dict[str, str]] = json.loads(Path(__file__).with_name("old_json.json").read_text("utf-8"))
RELEASES = {"2.7": (6, 2, 1), "1.9": (5, 0, 0)}
FAILED = "Unable to parse task parameters due to: "


def java(value: Any) -> str:
    """A value as `String.valueOf` prints it."""
    if isinstance(value, list):
        return f"[{', '.join(map(java, value))}]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("jackson", RELEASES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: repr(sample["body"].strip()[:40]))
def test_a_text_is_read_or_refused_as_the_library_does(sample: dict[str, str], jackson: str) -> None:
    expected = sample[jackson]
    try:
        values = parse(sample["task"], sample["body"], RELEASES[jackson])
    except BadParameters as refused:
        said = str(refused)
        if expected.startswith("!"):
            assert said == FAILED + expected[1:]
        else:
            # read well, and then a required value is missing; a body `null` has no values at all
            assert "may not be empty" in said or (expected, said) == ("=null", "null")
        return
    fields = sorted((name[0].upper() + name[1:], value) for name, value in values.items())
    assert "={" + ", ".join(f"{name}={java(value)}" for name, value in fields) + "}" == expected
