"""The table of job states: nothing moves outside it, and `seen` needs something that was seen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.jobs import (
    ENDED,
    EVIDENCE_KEPT,
    NEXT,
    Evidence,
    IllegalMove,
    Job,
    JobKind,
    JobState,
    answered,
    by_age,
    moved,
    remembered,
    status_changes,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LOOK = Evidence(NOON, "http", "answered 403")
STATES = st.sampled_from(JobState)
FOLLOWERS = {
    "sent": "accepted in_progress rejected no_reply unverified",
    "accepted": "in_progress confirmed unverified paused superseded",
    "in_progress": "confirmed unverified overdue accepted rejected no_reply paused superseded",
    "overdue": "confirmed unverified unknown accepted in_progress rejected no_reply paused superseded",
    "unknown": "confirmed paused superseded",
    "no_reply": "accepted in_progress confirmed unknown paused superseded",
    "paused": "in_progress abandoned superseded",
    "confirmed": "",
    "unverified": "",
    "rejected": "",
    "superseded": "",
    "abandoned": "",
}
"""By hand from design §5: what may follow each state. The product's own table is no oracle for itself."""


def job_in(state: JobState, kind: JobKind = JobKind.ENABLE) -> Job:
    return Job("1", "p", "51", kind, "HLS", "s", None, state, NOON, NOON, "")


@pytest.mark.parametrize("old", JobState)
def test_a_state_is_followed_by_itself_and_by_the_states_of_the_table(old: JobState) -> None:
    followers = {old.value, *FOLLOWERS[old.value].split()}
    for new in JobState:
        if new.value in followers:
            assert moved(job_in(old), new, NOON, "", (LOOK,)).state is new
        else:
            with pytest.raises(IllegalMove):
                moved(job_in(old), new, NOON, "", (LOOK,))


@given(st.lists(STATES, max_size=12))
def test_no_path_leads_out_of_an_end_or_back_to_sent(path: list[JobState]) -> None:
    job = job_in(JobState.SENT)
    been = [job.state]
    for state in path:
        try:
            job = moved(job, state, NOON, "", (LOOK,))
        except IllegalMove:
            continue
        been.append(job.state)
    ends = [state for state in been if state.ended]
    assert len(set(ends)) <= 1
    assert JobState.SENT not in been[been.count(JobState.SENT) :]


def test_every_state_is_reached_from_sent() -> None:
    reached = {JobState.SENT}
    while new := {each for state in reached for each in NEXT[state]} - reached:
        reached |= new
    assert reached == set(JobState)


@given(STATES.filter(lambda state: JobState.CONFIRMED in NEXT[state]))
def test_seen_needs_evidence_of_its_own(state: JobState) -> None:
    with pytest.raises(IllegalMove, match="evidence"):
        moved(job_in(state), JobState.CONFIRMED, NOON, "")


@given(STATES, st.floats(0, 10_000))
def test_age_moves_along_the_table_and_ends_nothing(state: JobState, age: float) -> None:
    after = by_age(state, age, late=900, unknown=1800)
    assert after is state or after in NEXT[state]
    assert after is state or not after.ended


@pytest.mark.parametrize(
    ("state", "age", "then"),
    [
        (JobState.IN_PROGRESS, 899, JobState.IN_PROGRESS),
        (JobState.IN_PROGRESS, 900, JobState.OVERDUE),
        (JobState.OVERDUE, 1799, JobState.OVERDUE),
        (JobState.OVERDUE, 1800, JobState.UNKNOWN),
        (JobState.NO_REPLY, 1799, JobState.NO_REPLY),
        (JobState.NO_REPLY, 1800, JobState.UNKNOWN),
    ],
)
def test_late_after_the_first_limit_and_unknown_after_the_second(state: JobState, age: int, then: JobState) -> None:
    assert by_age(state, age, late=900, unknown=1800) is then


@given(st.lists(st.booleans(), max_size=60))
def test_the_last_looks_are_kept_and_with_them_one_at_which_the_edge_answered(answers: list[bool]) -> None:
    kept: tuple[Evidence, ...] = ()
    for minute, answer in enumerate(answers):
        look = Evidence(
            NOON + timedelta(minutes=minute), "http" if answer else "tls", "answered 403" if answer else "no"
        )
        kept = remembered(kept, (look,))
        assert kept[-1] == look
    assert len(kept) == min(len(answers), EVIDENCE_KEPT)
    assert answered(kept) == any(answers)


def test_a_night_without_a_network_does_not_wipe_out_the_course_of_a_snapshot() -> None:
    course = tuple(
        Evidence(NOON + timedelta(hours=hour), "status", status) for hour, status in enumerate(("INITIALIZED", "ERROR"))
    )
    kept = course
    for minute in range(60):
        failed = Evidence(NOON + timedelta(minutes=minute), "look", "no answer")
        kept = remembered(kept, (failed,))
    assert kept[:2] == course
    assert kept[-1] == failed
    assert len(kept) == EVIDENCE_KEPT


def test_the_changes_of_a_status_are_told_with_their_times() -> None:
    words = ("INITIALIZED", "TRANSFERRING_FROM_DURACLOUD", "REPLICATING_TO_STORAGE")
    looks = [Evidence(NOON + timedelta(hours=hour), "status", word) for hour, word in enumerate(words)]
    job = replace(job_in(JobState.IN_PROGRESS, JobKind.SNAPSHOT), evidence=(Evidence(NOON, "answer", "{}"), *looks))
    assert status_changes(job) == (
        (NOON + timedelta(hours=1), words[0], words[1]),
        (NOON + timedelta(hours=2), words[1], words[2]),
    )


def test_five_states_are_ends_and_every_other_one_is_unfinished() -> None:
    ended = {state for state in JobState if not job_in(state).open}
    assert {state.value for state in ended} == {"confirmed", "unverified", "rejected", "superseded", "abandoned"}
    assert all(not NEXT[state] for state in ended)


def test_an_unfinished_change_of_a_distribution_or_an_item_excludes_others() -> None:
    for kind in (JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE, JobKind.SWITCH, JobKind.RETRIEVAL):
        assert {state for state in JobState if job_in(state, kind).excludes} == set(JobState) - ENDED


def test_a_policy_excludes_others_only_while_it_is_sent() -> None:
    assert {state for state in JobState if job_in(state, JobKind.POLICY).excludes} == {JobState.SENT}


@pytest.mark.parametrize("kind", [JobKind.SNAPSHOT, JobKind.RESTORE])
def test_a_snapshot_or_restore_excludes_nothing(kind: JobKind) -> None:
    assert not any(job_in(state, kind).excludes for state in JobState)
