"""What is held stays held, however the next question ends."""

from datetime import UTC, datetime

import pytest

from durastore_tui.core.errors import DuraStoreError, Forbidden, Unreachable
from durastore_tui.core.resource import (
    Empty,
    Failed,
    Loading,
    NotAllowed,
    Ready,
    Resource,
    Stale,
    asked,
    holding,
    went_wrong,
)

THEN = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
DOWN = Unreachable("GET /spaces", None, "refused")
DENIED = Forbidden("GET /spaces", 403, "no")


@pytest.mark.parametrize(
    ("held", "while_asking"),
    [
        (Empty(), Loading(NOW)),
        (Loading(THEN), Loading(NOW)),
        (Failed(DOWN, THEN), Loading(NOW)),
        (NotAllowed(DENIED, THEN), Loading(NOW)),
        (Ready(7, THEN), Stale(7, THEN)),
        (Stale(7, THEN, DOWN), Stale(7, THEN)),
    ],
)
def test_asking_again_keeps_what_is_held(held: Resource[int], while_asking: Resource[int]) -> None:
    assert asked(held, NOW) == while_asking


@pytest.mark.parametrize(
    ("held", "error", "after"),
    [
        (Loading(THEN), DOWN, Failed(DOWN, NOW)),
        (Loading(THEN), DENIED, NotAllowed(DENIED, NOW)),
        (Stale(7, THEN), DOWN, Stale(7, THEN, DOWN)),
        (Ready(7, THEN), DENIED, Stale(7, THEN, DENIED)),
    ],
)
def test_a_failure_takes_nothing_away(held: Resource[int], error: DuraStoreError, after: Resource[int]) -> None:
    assert went_wrong(held, error, NOW) == after


@pytest.mark.parametrize(
    ("held", "after"),
    [
        (Ready(7, THEN), Ready("seven", THEN)),
        (Stale(7, THEN, DOWN), Stale("seven", THEN, DOWN)),
        (Loading(THEN), Loading(THEN)),
        (Failed(DOWN, THEN), Failed(DOWN, THEN)),
    ],
)
def test_what_is_made_of_a_value_is_as_old_as_it_and_as_uncertain(held: Resource[int], after: Resource[str]) -> None:
    assert holding(held, "seven") == after
