"""Last night's figures, and growth, as the reports tell them."""

from datetime import timedelta
from itertools import pairwise

import pytest

from durastore_tui.core.errors import Forbidden
from durastore_tui.core.resource import NotAllowed, Ready
from durastore_tui.services.reports import Reports
from tests.sandbox_server import COUNTED_AT
from tests.services.conftest import Login


async def test_one_request_tells_the_size_of_every_space_of_the_store_and_of_which_night(login: Login) -> None:
    session = await login()
    reports = Reports(session)
    before = len(list(session.log))
    match await reports.read_night():
        case Ready(night, _):
            assert night.day == session.clock.now().date() - timedelta(days=1)
        case other:
            pytest.fail(str(other))
    assert len(list(session.log)) == before + 1
    figures = reports.of("oral-histories-hls")
    assert figures
    assert figures.items > 1000
    assert figures.bytes > figures.items
    assert reports.of("no-such-space") is None


async def test_a_login_that_is_no_administrator_is_told_so(login: Login) -> None:
    match await Reports(await login("user")).read_night():
        case NotAllowed(Forbidden()):
            pass
        case other:
            pytest.fail(str(other))


async def test_two_years_of_growth_come_month_by_month_oldest_first(login: Login) -> None:
    reports = Reports(await login())
    match await reports.read_growth("dip-store"):
        case Ready(samples, _):
            assert len(samples) in (24, 25)
            assert [sample.day for sample in samples] == sorted(sample.day for sample in samples)
            assert len({sample.bytes for sample in samples}) > 1
        case other:
            pytest.fail(str(other))


async def test_the_store_is_told_day_by_day_over_two_years_in_one_request(login: Login) -> None:
    session = await login()
    reports = Reports(session)
    before = len(list(session.log))
    match await reports.read_history():
        case Ready(samples, _) as read:
            assert reports.history == read
            assert len(samples) in (730, 731)
            assert samples[-1].day == (session.clock.now() - COUNTED_AT).date()
            assert all(later.day - one.day == timedelta(days=1) for one, later in pairwise(samples))
        case other:
            pytest.fail(str(other))
    assert len(list(session.log)) == before + 1


async def test_a_day_of_the_store_is_the_sum_of_its_spaces(login: Login) -> None:
    reports = Reports(await login())
    match await reports.read_history():
        case Ready(samples, _):
            last = samples[-1]
        case unread:
            pytest.fail(str(unread))
    match await reports.read_day(last.day):
        case Ready(night, _):
            assert night.day == last.day
            assert sum(one.bytes for one in night.spaces.values()) == last.bytes
        case other:
            pytest.fail(str(other))


async def test_a_day_that_was_looked_at_need_not_be_asked_for_as_last_night(login: Login) -> None:
    session = await login()
    reports = Reports(session)
    read = await reports.read_day(session.clock.now().date() - timedelta(days=1))
    assert reports.night == read
    assert reports.of("oral-histories-hls")


async def test_the_history_of_the_store_is_for_administrators(login: Login) -> None:
    assert isinstance(await Reports(await login("user")).read_history(), NotAllowed)
