"""Storage headers and archived items in what commands print."""

import csv
import io
import json

import pytest

from tests.archive import ARCHIVED, HEADERS, SPACE, STORE, put_item
from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer

RAW = {name.removeprefix("x-dura-meta-").lower() for name in HEADERS} | {"content-type"}


@pytest.fixture(autouse=True)
def items(fresh_sandbox: SandboxServer) -> None:
    put_item(fresh_sandbox, "new.wav")
    put_item(fresh_sandbox, "deep.wav", "DEEP_ARCHIVE")


def test_a_table_folds_the_storage_headers_of_an_item_and_says_that_it_is_archived(cli: Cli) -> None:
    rows = dict(
        line.split(maxsplit=1) for line in cli("--store", STORE, "spaces", "item", SPACE, "deep.wav").out.splitlines()
    )
    assert rows["creator"] == "ana"
    assert rows["storage"] == "archived (DEEP_ARCHIVE)"
    assert rows["4"] == "storage headers; --json shows them"
    assert not RAW & rows.keys()


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_other_formats_have_every_storage_header(cli: Cli, form: str) -> None:
    out = cli("--store", STORE, "spaces", "item", SPACE, "deep.wav", "-o", form).out
    row = next(csv.DictReader(io.StringIO(out))) if form == "csv" else json.loads(out)
    assert row.keys() >= RAW | {"creator"}
    assert row["x-amz-storage-class"] == "DEEP_ARCHIVE"
    assert "storage" not in row


def test_an_item_without_a_class_has_no_storage_line(cli: Cli) -> None:
    lines = cli("--store", STORE, "spaces", "item", SPACE, "new.wav").out.splitlines()
    assert [line for line in lines if line.startswith("storage")] == []


def test_before_the_confirmation_items_are_told_to_be_archived_or_not(cli: Cli) -> None:
    ran = cli("glacier", "restore", SPACE, ARCHIVED, "new.wav")
    assert ran.code == 2
    assert ran.err.splitlines()[:2] == [
        "new.wav: not marked as archived; DuraCloud names no storage class for it.",
        f"{ARCHIVED}: archived (GLACIER).",
    ]
    assert "nothing was sent" in ran.err
    assert json.loads(cli("jobs", "list", "--offline", "--json").out) == []
