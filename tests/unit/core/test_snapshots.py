"""Snapshot ids and history events, as the server and its bridge write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.snapshots import SnapshotId, facts, taken_apart
from tests.golden import golden

PARTS = st.from_regex(r"[a-z][a-z0-9.-]{0,60}", fullmatch=True)


def test_ids_are_made_and_taken_apart_as_the_server_does() -> None:
    for sample in golden("snapshot-identifier"):
        if "parse" in sample:
            parts = taken_apart(sample["parse"])
            assert (parts is None) == ("exception" in sample)
            if parts is None:
                continue
        else:
            taken = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=sample["timestamp"])
            parts = SnapshotId(sample["account"], sample["storeId"], sample["spaceId"], taken)
            assert str(parts) == sample["snapshotId"]
        assert (parts.account, parts.store, parts.space) == (sample["account"], sample["storeId"], sample["spaceId"])
        assert parts.restore_space == sample["restoreSpaceId"]


@given(PARTS, PARTS, PARTS, st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))
def test_an_id_says_what_it_was_made_from(account: str, store: str, space: str, taken: datetime) -> None:
    made = SnapshotId(account, store, space, taken.replace(microsecond=0, tzinfo=UTC))
    assert taken_apart(str(made)) == made
    assert taken_apart(f"{made}_more") == made
    assert len(made.restore_space) <= 42


def test_a_restore_space_never_ends_in_the_dash_of_a_cut() -> None:
    parts = taken_apart(f"a_1_{'s' * 41}_2020-01-02-03-04-05")
    assert parts is not None
    assert parts.restore_space == "s" * 41


@given(st.text())
def test_no_text_breaks_the_taking_apart(text: str) -> None:
    assert taken_apart(text) is None or text.count("_") >= 3
    assert facts(text) is None or text.lstrip().startswith("[")


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (
            "[{'snapshot-action':'SNAPSHOT_INITIATED'},{'initiating-user':'a@b.example'}]",
            (("snapshot-action", "SNAPSHOT_INITIATED"), ("initiating-user", "a@b.example")),
        ),
        (
            "[{'snapshot-action':'SNAPSHOT_COMPLETED'},{'alternate-ids':['a','b']}]",
            (("snapshot-action", "SNAPSHOT_COMPLETED"), ("alternate-ids", ("a", "b"))),
        ),
        ("[{'alternate-ids':[]}]", (("alternate-ids", ()),)),
        ('[{"note":"O\'Brien"}]', (("note", "O'Brien"),)),
    ],
)
def test_an_event_in_the_bridges_form_is_names_and_values(event: str, found: object) -> None:
    assert facts(event) == found


@pytest.mark.parametrize(
    "event",
    [
        "Bag replicated to node 3 of 3",
        "[{'initiating-user':'pat.o'brien@library.example'}]",
        "[{'snapshot-action':'SNAPSHOT_",
        "[{'count':7}]",
        "{'a':'b'}",
        "[]",
        "[{}]",
        "['a']",
        "",
        "[" * 100_000,
    ],
)
def test_any_other_event_is_shown_as_it_is(event: str) -> None:
    assert facts(event) is None
