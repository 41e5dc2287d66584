"""The list of URLs that ended with a host: from the journal and the listing, whenever it is asked for."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.dead_links import save, why_none
from durastore_tui.services.jobs.order import Order
from tests.services.conftest import Login

AT = datetime(2026, 11, 24, tzinfo=UTC)
SPACE = "campus-events"
ORDER = Order(JobKind.SWITCH, "lakeshore", "51", SPACE, "HLS", streaming_type="SECURE", host="d0.example")
JOB = Job("1", "lakeshore", "51", JobKind.SWITCH, "HLS", SPACE, None, JobState.CONFIRMED, AT, AT, "", host="d9.example")


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text().splitlines()))


async def test_each_item_that_fits_has_its_old_and_its_new_address(login: Login, tmp_path: Path) -> None:
    session, file = await login(), tmp_path / "dead.csv"
    count = await save(session, JOB, ORDER, "*.m3u8", file)
    rows = read(file)
    assert len(rows) == count > 0
    assert all(row["contentId"].endswith(".m3u8") for row in rows)
    assert {row["old"].replace("https://d0.example/", "") for row in rows} == {
        row["new"].replace("https://d9.example/", "") for row in rows
    }
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "job",
    [replace(JOB, host=None, state=JobState.IN_PROGRESS), replace(JOB, kind=JobKind.DELETE, host="d0.example")],
    ids=["switch under way", "delete"],
)
async def test_without_a_new_host_there_is_no_new_address(login: Login, tmp_path: Path, job: Job) -> None:
    file = tmp_path / "dead.csv"
    assert await save(await login(), job, ORDER, "*.m3u8", file) > 0
    assert {row["new"] for row in read(file)} == {""}


async def test_a_file_that_is_there_is_left_alone(login: Login, tmp_path: Path) -> None:
    file = tmp_path / "dead.csv"
    file.write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        await save(await login(), JOB, ORDER, "*.m3u8", file)
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("job", "order", "why"),
    [
        (replace(JOB, kind=JobKind.ENABLE), ORDER, "Only a delete or a switch"),
        (replace(JOB, family="RTMP"), ORDER, "Only a delete or a switch"),
        (JOB, replace(ORDER, host=None), "is not known"),
        (JOB, None, "is not known"),
        (replace(JOB, profile="cedarfork"), ORDER, "that is not where we are"),
    ],
)
async def test_a_job_without_such_links_says_why(login: Login, job: Job, order: Order | None, why: str) -> None:
    assert why in str(why_none(await login(), job, order))


async def test_nothing_is_written_for_such_a_job(login: Login, tmp_path: Path) -> None:
    session, file = await login(), tmp_path / "dead.csv"
    with pytest.raises(BadInput, match="Only a delete or a switch"):
        await save(session, replace(JOB, kind=JobKind.ENABLE), ORDER, "*", file)
    with pytest.raises(FileNotFoundError):
        read(file)
