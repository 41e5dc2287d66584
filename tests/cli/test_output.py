"""Rows on stdout, format by format."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.cli.output import Printer
from durastore_tui.core.errors import BadInput

HOSTILE = 'a\x1b[31m\x9b1m\u202e\nb,"c" é \ud83d'


def printed(form: str, rows: list[dict[str, object]], fields: tuple[str, ...] = ("id", "n")) -> str:
    out = io.StringIO()
    with Printer(out, form).rows(fields) as show:
        for row in rows:
            show(row)
    return out.getvalue()


def test_json_of_nothing_is_an_empty_array_and_of_jsonl_nothing() -> None:
    assert printed("json", []) == "[]\n"
    assert printed("jsonl", []) == ""
    assert printed("csv", []) == "id,n\n"
    assert printed("table", []) == "id  n\n"


@given(st.lists(st.fixed_dictionaries({"id": st.text(), "n": st.none() | st.integers()}), max_size=5))
def test_json_and_jsonl_give_back_exactly_what_went_in(rows: list[dict[str, object]]) -> None:
    assert json.loads(printed("json", rows)) == rows
    assert [json.loads(line) for line in printed("jsonl", rows).split("\n")[:-1]] == rows


@given(
    st.lists(st.text(alphabet=st.characters(blacklist_characters="\r\x00", blacklist_categories=["Cs"])), max_size=5)
)
def test_csv_gives_back_exactly_what_went_in(ids: list[str]) -> None:
    text = printed("csv", [{"id": each, "n": None} for each in ids])
    assert [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ids


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_no_terminal_obeys_what_is_printed(form: str) -> None:
    text = printed(form, [{"id": HOSTILE, "n": 1}])
    assert not set("\x1b\x9b\u202e") & set(text)


def test_a_table_keeps_one_row_on_one_line_and_its_numbers_to_the_right() -> None:
    lines = printed("table", [{"id": HOSTILE, "n": 1}, {"id": "日本", "n": 1000}]).splitlines()
    assert len(lines) == 3
    assert lines[1].endswith("   1")
    assert lines[2].endswith("1000")


def test_the_last_column_keeps_its_trailing_blanks() -> None:
    assert printed("table", [{"id": "a ", "n": "b "}]).splitlines()[1] == "a   b "


def test_an_array_that_broke_off_is_not_taken_for_a_whole_one() -> None:
    out = io.StringIO()

    def breaking() -> None:
        with Printer(out, "json").rows(("id",)) as show:
            show({"id": 1})
            raise BadInput("x", "y")

    with pytest.raises(BadInput):
        breaking()
    with pytest.raises(ValueError):
        json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("form", "reply", "text"),
    [
        ("table", '{\n  "a" : 1\n}', '{\n  "a" : 1\n}\n'),
        ("table", "Success", "Success\n"),
        ("json", "Success", '"Success"\n'),
        ("json", '{\n  "a" : [ 1 ]\n}', '{\n  "a": [\n    1\n  ]\n}\n'),
        ("jsonl", '{\n  "a" : 1\n}', '{"a": 1}\n'),
        ("csv", '{"a" : 1, "b": null}', "a,b\n1,\n"),
        ("csv", "Success", "result\nSuccess\n"),
    ],
)
def test_a_reply_is_printed_as_it_came_or_as_the_json_that_it_is(form: str, reply: str, text: str) -> None:
    out = io.StringIO()
    Printer(out, form).reply(reply)
    assert out.getvalue() == text


def test_a_format_that_the_command_does_not_know_is_refused_with_those_it_does() -> None:
    with pytest.raises(BadInput, match="table, wide, json, jsonl, csv"):
        Printer(io.StringIO(), "m3u")
