from collections.abc import Iterator

import pytest

from tests.stand_in import StandIn


@pytest.fixture
def server() -> Iterator[StandIn]:
    stand_in = StandIn()
    yield stand_in
    stand_in.universe.close()


@pytest.fixture(scope="module")
def untouched() -> Iterator[StandIn]:
    """For tests that only look: seeding a thousand spaces takes longer than most of them."""
    stand_in = StandIn()
    yield stand_in
    stand_in.universe.close()
