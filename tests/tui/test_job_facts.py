"""What the page of a job says of its steps: only what DuraCloud accepted is called accepted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.facts.job_facts import job_blocks
from durastore_tui.tui.widgets.facts import Heading, Words

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENABLE = Job("1", "lakeshore", "51", JobKind.ENABLE, "HLS", "maps", None, JobState.SENT, NOON, NOON, "")
RUN = replace(ENABLE, kind=JobKind.POLICY, family=None)
SET, ABANDONED = Part("maps", JobState.UNVERIFIED), Part("theses", JobState.ABANDONED)
ACCEPTED = "accepted by DuraCloud"


def steps(job: Job, order: Order | None = None) -> list[str]:
    blocks = job_blocks(job, order, (), NOON, followed=True)
    begin = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "STEPS")
    found = []
    for block in blocks[begin + 1 :]:
        if not isinstance(block, Words):
            break
        found.append(block.text)
    return found


@pytest.mark.parametrize(
    ("state", "refusal", "said"),
    [
        (JobState.SENT, None, ["◌ enable sent", f"○ {ACCEPTED}", "○ not confirmed yet"]),
        (JobState.ACCEPTED, None, ["● enable sent", f"● {ACCEPTED}", "○ not confirmed yet"]),
        (JobState.OVERDUE, None, ["● enable sent", f"● {ACCEPTED}", "▲ overdue, not confirmed yet"]),
        (JobState.SUPERSEDED, None, ["● enable sent", f"● {ACCEPTED}", "○ superseded"]),
        (JobState.NO_REPLY, "NoReply", ["● enable sent", "? no reply", "○ not confirmed yet"]),
        (JobState.SUPERSEDED, "NoReply", ["● enable sent", "? no reply", "○ superseded"]),
        (JobState.CONFIRMED, "NoReply", ["● enable sent", "? no reply", "● confirmed"]),
        (
            JobState.CONFIRMED,
            "Rejected",
            ["● enable sent", "? answered with an error, checked afterwards", "● confirmed"],
        ),
        (JobState.REJECTED, "Rejected", ["● enable sent", "✕ rejected"]),
        (JobState.REJECTED, "WrongHost", ["✕ enable not sent", "✕ rejected"]),
        (JobState.REJECTED, "BadInput", ["✕ enable not sent", "✕ rejected"]),
    ],
)
def test_only_what_duracloud_accepted_is_called_so(state: JobState, refusal: str | None, said: list[str]) -> None:
    assert steps(replace(ENABLE, state=state, refusal=refusal)) == said


@pytest.mark.parametrize(
    ("state", "parts", "said"),
    [
        (
            JobState.PAUSED,
            (SET, Part("theses", JobState.PAUSED)),
            ["○ 1 of 2 sent", f"○ 1 {ACCEPTED}", "■ paused, not confirmed yet"],
        ),
        (JobState.ABANDONED, (ABANDONED,), ["○ 0 of 1 sent", f"○ 0 {ACCEPTED}", "○ abandoned"]),
        (JobState.UNVERIFIED, (SET, ABANDONED), ["○ 1 of 2 sent", f"○ 1 {ACCEPTED}", "◎ unverified"]),
        (
            JobState.NO_REPLY,
            (SET, Part("theses", JobState.NO_REPLY, refusal="NoReply")),
            ["● 2 of 2 sent", f"○ 1 {ACCEPTED}", "○ not confirmed yet"],
        ),
    ],
)
def test_a_run_says_how_many_were_sent_and_accepted(state: JobState, parts: tuple[Part, ...], said: list[str]) -> None:
    assert steps(replace(RUN, state=state, parts=parts)) == said


def test_what_only_watches_says_that_nothing_was_sent() -> None:
    job = replace(ENABLE, kind=JobKind.SNAPSHOT, state=JobState.CONFIRMED)
    order = Order(JobKind.SNAPSHOT, "lakeshore", "51", "maps", target="maps-1", watch=True)
    assert steps(job, order) == ["● tracked only: nothing was sent from here", "● confirmed"]
