"""The sentence of a job in every state of every kind, by hand: a claim that is too strong is a fault like any other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.words import of, of_state

SAID = {
    "enable": {
        "sent": "Asked DuraCloud to enable streaming. Waiting for the reply.",
        "accepted": "Accepted. DuraCloud does not report when streaming is live. The host is checked.",
        "in_progress": "Accepted. CloudFront is still deploying; the streaming host does not answer yet.",
        "overdue": "The streaming host does not answer after 15 minutes. Checks continue.",
        "unknown": "The streaming host does not answer after 30 minutes. DuraCloud does not report why.",
        "no_reply": "No reply: streaming may have been enabled. A check is running; nothing is sent again.",
        "confirmed": "Streaming is live: the streaming host answers.",
        "unverified": "Accepted by DuraCloud. This machine could not check the streaming host.",
        "rejected": "DuraCloud did not enable streaming.",
    },
    "disable": {
        "sent": "Asked DuraCloud to disable streaming. Waiting for the reply.",
        "accepted": "Accepted.",
        "in_progress": "Accepted, but the space still shows a streaming host.",
        "overdue": "The space still shows a streaming host after 15 minutes.",
        "unknown": "The properties of the space cannot show whether streaming was disabled.",
        "no_reply": "No reply: streaming may have been disabled. A check is running; nothing is sent again.",
        "confirmed": "The space shows no streaming host. CloudFront may serve cached files for 24 h.",
        "rejected": "DuraCloud did not disable streaming.",
    },
    "delete": {
        "sent": "Asked DuraCloud to delete the distribution. Waiting for the reply.",
        "accepted": "Accepted. DuraCloud deletes the distribution and does not report when it is done.",
        "in_progress": "Accepted. DuraCloud is deleting the distribution and reports no progress.",
        "overdue": "No sign of the deletion after 15 minutes. DuraCloud can take up to 30 minutes.",
        "unknown": "No sign of the deletion after 30 minutes. DuraCloud does not report whether it succeeded.",
        "no_reply": "No reply: the deletion may have begun. A check is running; nothing is sent again.",
        "confirmed": "The old streaming host answered before and no longer answers.",
        "rejected": "DuraCloud did not delete the distribution.",
    },
    "switch": {
        "sent": "Asked DuraCloud to delete the old distribution. Waiting for the reply.",
        "accepted": "Accepted.",
        "in_progress": "DuraCloud is deleting the old distribution. The other type is tried until then.",
        "overdue": "The switch is not complete after 15 minutes. It continues.",
        "unknown": "DuraCloud does not show whether the last request took effect. Nothing more is sent.",
        "no_reply": "No reply: the last request may have taken effect. A check comes before the next request.",
        "paused": "The other type is enabled only if you continue. The old one may already be deleted.",
        "confirmed": "Streaming is live: the new streaming host answers.",
        "rejected": "The switch stopped: a step was rejected.",
        "abandoned": "The other type was not enabled. The old one may already be deleted.",
    },
    "policy": {
        "sent": "Setting the policy, one space at a time.",
        "no_reply": "No reply for some spaces: their policy may be the new one, the old one, or gone.",
        "unverified": "DuraCloud reports success. It cannot report the policy in force.",
        "rejected": "Not every policy was set.",
    },
    "retrieval": {
        "sent": "Asked DuraCloud to retrieve from Glacier. Waiting for the reply.",
        "accepted": "Accepted. DuraCloud does not check the item ID. A retrieval takes 3 to 5 hours.",
        "in_progress": "Still in Glacier. The item cannot be read yet.",
        "overdue": "Still in Glacier after 5 hours, the documented maximum. Checks continue.",
        "unknown": "Still in Glacier after 10 hours. Nothing shows whether a retrieval is in progress.",
        "no_reply": "No reply: the retrieval may be in progress. A check is running; nothing is sent again.",
        "confirmed": "The item can be read.",
        "rejected": "DuraCloud did not accept the request.",
    },
    "snapshot": {
        "sent": "Asked DuraCloud for a snapshot. Waiting for the reply.",
        "accepted": "DuraCloud registered the snapshot. Copying takes hours to days.",
        "in_progress": "The snapshot is in progress.",
        "overdue": "The snapshot failed or appears stuck. Contact the operators.",
        "unknown": "The properties of the space cannot show whether there is a snapshot.",
        "no_reply": "No reply: a snapshot may have begun. A check is running; nothing is sent again.",
        "confirmed": "The snapshot is complete.",
        "rejected": "No snapshot was made.",
    },
    "restore": {
        "sent": "Asked DuraCloud to restore a snapshot. Waiting for the reply.",
        "accepted": "DuraCloud registered the restore. Preservation staff retrieve the content: hours to days.",
        "in_progress": "The restore is in progress.",
        "overdue": "The restore failed. Contact the operators.",
        "unknown": "DuraCloud does not show whether a restore started.",
        "no_reply": "No reply: a restore may have begun. A check is running; nothing is sent again.",
        "confirmed": "The restore is complete.",
        "rejected": "No restore was made.",
    },
    "task": {
        "sent": "Sent {task}. Waiting for the reply.",
        "accepted": "DuraCloud reports that {task} succeeded.",
        "in_progress": "DuraCloud reports that {task} succeeded. The check could not be made yet.",
        "overdue": "DuraCloud reports that {task} succeeded. No check could be made for 15 minutes.",
        "unknown": "DuraCloud does not show whether {task} took effect.",
        "no_reply": "No reply: {task} may have run. It is not sent again.",
        "confirmed": "{task} took effect.",
        "unverified": "DuraCloud reports that {task} succeeded.",
        "rejected": "DuraCloud did not run {task}.",
    },
}
SAID_OF_ANY = {
    "paused": "Paused: not everything was sent. Nothing more is sent until you continue.",
    "unverified": "DuraCloud reports success. No check can show more.",
    "superseded": "Superseded by a later change.",
    "abandoned": "Abandoned: the unsent parts are not sent.",
}

AT = datetime(2026, 11, 24, tzinfo=UTC)


def job(kind: JobKind, family: str = "HLS") -> Job:
    return Job("1", "lakeshore", "51", kind, family, "dance-archive", None, JobState.SENT, AT, AT, "")


@pytest.mark.parametrize("kind", JobKind)
def test_every_state_of_a_kind_has_its_own_sentence(kind: JobKind) -> None:
    for state in JobState:
        if expected := SAID[kind].get(state) or SAID_OF_ANY.get(state):
            assert of_state(kind, state, "noop") == expected.replace("{task}", "noop")


def test_a_state_without_evidence_never_claims_that_streaming_is_live() -> None:
    for kind in (JobKind.ENABLE, JobKind.SWITCH):
        for state in set(SAID[kind]) - {JobState.CONFIRMED}:
            said = of_state(kind, JobState(state))
            assert " is live: " not in said
            assert "host answers" not in said


def test_a_machine_that_cannot_check_says_so_in_place_of_the_sentence() -> None:
    enable = job(JobKind.ENABLE)
    blind = "Accepted. This machine cannot check the streaming host, which is usually live within 15 minutes."
    assert of(enable, JobState.IN_PROGRESS, blind=True) == blind
    assert of(enable, JobState.UNVERIFIED, blind=True) == SAID["enable"]["unverified"]


def test_an_rtmp_host_never_answers_and_is_shown_only() -> None:
    assert of(job(JobKind.ENABLE, "RTMP"), JobState.CONFIRMED) == "The space shows the streaming host."
    assert of(job(JobKind.DISABLE, "RTMP"), JobState.CONFIRMED) == SAID["disable"]["confirmed"]


def test_a_switch_speaks_as_an_enable_from_its_second_request_on() -> None:
    switch = job(JobKind.SWITCH)
    assert of(switch, JobState.IN_PROGRESS) == SAID["switch"]["in_progress"]
    through = replace(switch, host="d1.example")
    assert of(through, JobState.IN_PROGRESS, "TLS: refused.") == f"{SAID['enable']['in_progress']} TLS: refused."
