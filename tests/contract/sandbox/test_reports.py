"""Storage reports: two years of daily samples that agree with the spaces (protocol §10.1, demo-world §6.8)."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from tests.stand_in import NOON, Answer, StandIn

DAY = 86_400


def report(server: StandIn, path: str, *, world: str = "lakeshore") -> list[dict[str, Any]]:
    answer = server.ask("GET", f"/report/{path}", "admin", world=world)
    assert (answer.status, answer.header("Content-Type")) == (200, "application/json"), answer.text
    rows: list[dict[str, Any]] = json.loads(answer.text)
    return rows


def test_a_series_is_compact_json_with_the_keys_in_order(untouched: StandIn) -> None:
    start = int((NOON - 36 * 3_600) * 1_000)
    answer = untouched.ask("GET", f"/report/space/dance-archive?storeID=51&start={start}", "admin")
    assert answer.text == (
        '[{"timestamp":1795478399000,"accountId":"lakeshore","storeId":"51","byteCount":53100000000,'
        '"objectCount":977,"spaceId":"dance-archive"}]'
    )
    store = report(untouched, f"store?storeID=51&start={start}")
    assert list(store[0]) == ["timestamp", "accountId", "storeId", "byteCount", "objectCount"]


def test_there_are_two_years_of_days_each_at_its_last_second(untouched: StandIn) -> None:
    rows = report(untouched, "store?storeID=51")
    times = [row["timestamp"] for row in rows]
    assert len(rows) == 731 and times == sorted(times)
    assert {time % (DAY * 1_000) for time in times} == {(DAY - 1) * 1_000}
    assert times[-1] < NOON * 1_000


def test_the_store_grew_in_two_steps_and_was_cleaned_up_once(untouched: StandIn) -> None:
    sizes = [row["byteCount"] for row in report(untouched, "store?storeID=51&groupBy=month")]
    changes = [later / earlier for earlier, later in pairwise(sizes)]
    assert sum(change > 1.09 for change in changes) in (2, 3, 4) and sizes[-1] > 1.9 * sizes[0]
    falling = [index for index, change in enumerate(changes) if change < 0.97]
    assert falling and falling == list(range(falling[0], falling[0] + len(falling)))


def test_the_last_night_agrees_with_the_spaces(untouched: StandIn) -> None:
    latest = report(untouched, "store?storeID=51")[-1]
    day = (latest["timestamp"] // 1_000 // DAY) * DAY * 1_000
    spaces = {row["spaceId"]: row for row in report(untouched, f"store/{day}?storeID=51")}
    assert spaces.keys() == set(untouched.world().spaces("51").ids())
    assert spaces["oral-histories-hls"]["objectCount"] == 18_432
    assert spaces["oral-histories-hls"]["byteCount"] == 412_600_000_000
    assert {row["timestamp"] for row in spaces.values()} == {day}
    assert latest["byteCount"] == sum(row["byteCount"] for row in spaces.values())
    assert latest["objectCount"] == sum(row["objectCount"] for row in spaces.values())


@pytest.mark.parametrize(("grouping", "least", "most"), [("week", 104, 106), ("MONTH", 24, 25), ("Day", 731, 731)])
def test_groups_are_averages_under_the_day_of_their_first_sample(
    untouched: StandIn, grouping: str, least: int, most: int
) -> None:
    days = report(untouched, "space/theses-1890-2026?storeID=51")
    groups = report(untouched, f"space/theses-1890-2026?storeID=51&groupBy={grouping}")
    assert least <= len(groups) <= most
    second, third = groups[1]["timestamp"], groups[2]["timestamp"]
    inside = [row["byteCount"] for row in days if second <= row["timestamp"] < third]
    assert groups[1]["byteCount"] == sum(inside) // len(inside)
    if grouping == "MONTH":
        assert datetime.fromtimestamp(second / 1_000, UTC).day == 1


def test_a_space_counts_from_the_night_after_it_was_made(server: StandIn) -> None:
    server.ask("PUT", "/brand-new", "admin")
    assert report(server, "space/brand-new") == []
    server.ask("PUT", "/brand-new/a.txt", "admin", b"12345")
    server.time.pass_by(2 * DAY)
    found = report(server, "space/brand-new")
    assert [(row["byteCount"], row["objectCount"]) for row in found][-1] == (5, 1)
    assert len(found) == 2


def refused(server: StandIn, path: str, user: str = "admin") -> Answer:
    return server.ask("GET", f"/report/{path}", user)


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("store?start=soon", 400, "Unable to parse date: soon. Input value must be in epoch milliseconds."),
        ("store?start=1_000", 400, "Unable to parse date: 1_000. Input value must be in epoch milliseconds."),
        ("store?start=%201", 400, "Unable to parse date:  1. Input value must be in epoch milliseconds."),
        ("store?end=", 400, "Unable to parse date: . Input value must be in epoch milliseconds."),
        (
            "store/9223372036854775808",
            400,
            "Unable to parse date: 9223372036854775808. Input value must be in epoch milliseconds.",
        ),
        ("space/nope?groupBy=year", 404, "The space was not found: nope"),
        ("store/soon", 400, "Unable to parse date: soon. Input value must be in epoch milliseconds."),
        (
            "store?groupBy=year",
            400,
            "year is not a valid value for the groupBy parameter. You must specify one of the following values:"
            " day,week,month",
        ),
        ("space/nope", 404, "The space was not found: nope"),
        ("store?storeID=9", 404, "Store id (9) is not associated with this account."),
    ],
)
def test_a_wrong_question_is_answered_in_plain_text_called_json(
    untouched: StandIn, path: str, status: int, message: str
) -> None:
    answer = refused(untouched, path)
    assert (answer.status, answer.header("Content-Type"), answer.text) == (status, "application/json", message)


def test_a_user_sees_the_reports_of_readable_spaces_and_of_no_store(untouched: StandIn) -> None:
    assert refused(untouched, "space/theses-1890-2026", "user").status == 200
    assert refused(untouched, "space/private-donor-papers", "user").status == 403
    assert refused(untouched, "store", "user").status == 403


def test_a_thousand_spaces_are_reported_too(untouched: StandIn) -> None:
    rows = report(untouched, "store/1795392000000", world="scale")
    assert len(rows) == 1_000 and rows[0]["objectCount"] == 5_000_000
