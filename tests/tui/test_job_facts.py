"""What the page of a job says of its steps: only what DuraCloud accepted is called accepted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.core.errors import Conflict, DuraStoreError, Forbidden, Missing, NoAccess, Unauthorized
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.details.job_facts import job_blocks
from durastore_tui.tui.widgets.facts import Fact, Heading, Words

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


ADVICE = {
    "sent": "Wait for the reply. The request is never sent twice.",
    "accepted": "Wait. The job is tracked now, and again at the next start.",
    "in_progress": "Wait. The job is tracked now, and again at the next start.",
    "overdue": "It may still succeed. Sending it again does not make it faster.",
    "unknown": "Check the result yourself. x stops tracking. Then you can send another change.",
    "no_reply": "Wait for the check. If you know the outcome yourself, x stops tracking.",
    "paused": "C sends the rest, a drops it. Nothing is sent until you decide.",
    "confirmed": "Nothing to do.",
    "unverified": "Nothing to do. No check can show the result.",
    "rejected": "Read the message. Nothing is in progress, so you can send it again.",
    "superseded": "Nothing to do. Open the job that superseded it.",
    "abandoned": "Nothing to do. You can send the unsent parts as a new change.",
}


def advice(job: Job) -> list[str]:
    blocks = job_blocks(job, None, (), NOON, followed=True)
    start = next(at for at, block in enumerate(blocks) if isinstance(block, Fact) and block.label == "what to do")
    return [block.value for block in blocks[start:] if isinstance(block, Fact) and block.label in ("what to do", "")]


@pytest.mark.parametrize("state", JobState)
def test_each_state_says_what_to_do(state: JobState) -> None:
    assert advice(replace(ENABLE, state=state)) == [ADVICE[state]]


@pytest.mark.parametrize("error", [Forbidden, NoAccess, Unauthorized, Missing, Conflict])
def test_a_rejection_says_the_next_step_of_its_error(error: type[DuraStoreError]) -> None:
    assert advice(replace(ENABLE, state=JobState.REJECTED, refusal=error.__name__)) == [error.next_step]
