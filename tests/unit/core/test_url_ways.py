"""What a URL is asked for with, and until when it is good."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.url_ways import Way, asked_of_a_person
from durastore_tui.core.urls import stream_url

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SENDABLE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
MAKERS = (hls.URL, hls.COOKIES_URL, rtmp.URL, rtmp.SIGNED_URL)


@given(SENDABLE)
def test_a_link_leads_to_its_item_whatever_the_id_and_the_server_would_take_it(content_id: str) -> None:
    way = Way(hls.COOKIES_URL, host="d1.cloudfront.net")
    sent = way.task.checked(way.values_for("media", content_id))
    assert sent == {"spaceId": "media", "redirectUrl": stream_url("d1.cloudfront.net", content_id)}


def test_a_page_that_a_person_named_goes_before_the_item() -> None:
    way = Way(hls.COOKIES_URL, {"redirectUrl": "https://player.example/x"}, "d1.cloudfront.net")
    assert way.values_for("media", "a.m3u8")["redirectUrl"] == "https://player.example/x"


def test_a_link_for_a_whole_space_needs_a_page() -> None:
    assert Way(hls.COOKIES_URL, host="d1.cloudfront.net").values_for("media", "")["redirectUrl"] is None


@pytest.mark.parametrize("task", MAKERS, ids=lambda task: task.name)
def test_no_task_is_told_what_it_does_not_know(task: Task) -> None:
    told = {param.name: param.example for param in asked_of_a_person(task)}
    assert set(Way(task, told, "h").values_for("media", "a")) <= {param.name for param in task.params}


@pytest.mark.parametrize(
    ("way", "minutes"),
    [
        (Way(hls.COOKIES_URL), 480),
        (Way(hls.COOKIES_URL, {"minutesToExpire": 60}), 60),
        (Way(rtmp.SIGNED_URL, {"minutesToExpire": 1}), 1),
    ],
)
def test_what_expires_does_so_after_its_minutes_or_the_servers_usual_ones(way: Way, minutes: int) -> None:
    assert way.until(NOON) == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize("task", [hls.URL, rtmp.URL], ids=lambda task: task.name)
def test_plain_urls_never_expire(task: Task) -> None:
    assert Way(task).until(NOON) is None
