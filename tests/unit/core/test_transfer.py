"""How far a transfer is, in words that claim no more than was told."""

from datetime import date

import pytest

from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.core.transfer import transfer

MOVING = Snapshot("id", status="TRANSFERRING_FROM_DURACLOUD", content_item_count=4117)


def test_the_report_tells_of_how_many_and_is_dated() -> None:
    found = transfer(MOVING, reported=11_902, day=date(2026, 11, 23), shown="1000+")
    assert found
    assert found.words == "4,117 of 11,902 items (report of 2026-11-23)"
    assert found.share == pytest.approx(0.3459, abs=1e-4)


def test_a_count_that_ends_at_a_thousand_is_no_total() -> None:
    found = transfer(MOVING, shown="1000+")
    assert found
    assert (found.share, found.words) == (None, "4,117 of 1000+ items: the space counts no further")


def test_a_small_space_tells_its_own_number() -> None:
    found = transfer(MOVING, shown="611")
    assert found
    assert found.share == 1.0, "the snapshot counts the server's own file, too"


def test_without_any_number_nothing_is_guessed() -> None:
    found = transfer(MOVING)
    assert found
    assert found.share is None
    assert "nobody says of how many" in found.words


@pytest.mark.parametrize("status", ["REPLICATING_TO_STORAGE", "CLEANING_UP", "SNAPSHOT_COMPLETE", "WAITING_FOR_DPN"])
def test_what_is_transferred_has_no_bar(status: str) -> None:
    assert transfer(Snapshot("id", status=status, content_item_count=12), reported=12) is None
