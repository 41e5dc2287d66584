"""Exit codes and the one line that explains."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.cli.exits import Exit, explain, of_error, of_job, of_many, of_run, refusal
from durastore_tui.core import errors
from durastore_tui.core.jobs import Job, JobKind, JobState, Part

AT = datetime(2026, 11, 24, tzinfo=UTC)


def job(state: JobState, error: str | None = None, status: int | None = None) -> Job:
    return Job("1", "p", "51", JobKind.ENABLE, "HLS", "s", None, state, AT, AT, "words", refusal=error, status=status)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.Rejected, 1),
        (errors.Malformed, 1),
        (errors.Unauthorized, 3),
        (errors.Forbidden, 4),
        (errors.Missing, 5),
        (errors.Conflict, 6),
        (errors.Unreachable, 7),
        (errors.NameUnknown, 7),
        (errors.Untrusted, 7),
        (errors.CertificateExpired, 7),
        (errors.WrongHost, 7),
        (errors.ProxyFailed, 7),
        (errors.NoReply, 8),
    ],
)
def test_each_error_has_its_code_also_when_a_job_met_it(kind: type[errors.DuraStoreError], code: int) -> None:
    assert of_error(kind("GET /x", 400, "words")) == code
    met = refusal(job(JobState.REJECTED, kind.__name__, 418), "POST /task/x")
    assert of_error(met) == code
    assert "418" in explain(met)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (JobState.CONFIRMED, 0),
        (JobState.ACCEPTED, 0),
        (JobState.REJECTED, 1),
        (JobState.OVERDUE, 9),
        (JobState.UNKNOWN, 9),
        (JobState.NO_REPLY, 8),
    ],
)
def test_a_job_that_was_waited_for_ends_with_its_states_code(state: JobState, code: int) -> None:
    assert of_job(job(state)) == code


def test_an_error_is_one_line_of_what_was_asked_the_status_the_words_and_what_to_do() -> None:
    line = explain(errors.Rejected("POST /task/x", 500, "bad\nthing \x1b[31m"))
    assert line.startswith("POST /task/x: 500: bad␊thing ␛[31m")
    assert line.endswith(errors.Rejected.next_step)
    assert "\n" not in line


def test_an_error_without_words_says_its_reason() -> None:
    assert errors.Forbidden.reason.rstrip(".") in explain(errors.Forbidden("GET /x", 403, ""))


def test_a_change_without_a_reply_says_so_once() -> None:
    cut = errors.NoReply("POST /task/enable-hls", 200, "an empty answer")
    assert explain(cut) == (
        "POST /task/enable-hls: 200: an empty answer. No reply: the change may or may not have been applied. "
        "Check the current state on the server before you try again."
    )
    told = errors.NoReply("POST /task/enable-hls", None, "No reply: streaming may have been enabled.")
    assert explain(told).count("No reply") == 1


def test_a_mistake_of_ours_tells_where_but_no_value() -> None:
    try:
        raise RuntimeError("password hush")
    except RuntimeError as error:
        line = explain(error)
    assert "RuntimeError in test_exits.py" in line
    assert "hush" not in line
    assert of_error(RuntimeError()) is Exit.FAILED


@pytest.mark.parametrize(
    ("codes", "code"),
    [([], 0), ([0, 0], 0), ([4], 4), ([4, 4], 4), ([0, 4], 1), ([4, 5], 1), ([0, 9], 1), ([9, 9], 9)],
)
def test_many_items_have_their_common_code_or_1_when_only_some_failed(codes: list[int], code: int) -> None:
    assert of_many([Exit(each) for each in codes]) == code


DONE = Part("a", JobState.ACCEPTED)
MISSING = Part("b", JobState.REJECTED, refusal="Missing", status=500)
FORBIDDEN = Part("c", JobState.REJECTED, refusal="Forbidden", status=403)
NO_REPLY = Part("d", JobState.NO_REPLY, refusal="NoReply")
UNSENT = Part("e")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((DONE, DONE), 0),
        ((MISSING, MISSING), 5),
        ((NO_REPLY, NO_REPLY), 8),
        ((DONE, MISSING), 1),
        ((MISSING, NO_REPLY), 1),
        ((FORBIDDEN, UNSENT, UNSENT), 4),
        ((DONE, FORBIDDEN, UNSENT), 1),
        ((DONE, UNSENT), 1),
        ((UNSENT, UNSENT), 1),
    ],
)
def test_a_run_whose_targets_all_failed_alike_has_their_code_also_for_those_held_back(
    parts: tuple[Part, ...], code: int
) -> None:
    assert of_run(replace(job(JobState.REJECTED), parts=parts)) == code


@pytest.mark.parametrize(
    ("field", "sentence", "line"),
    [
        ("minutesToExpire", "minutesToExpire is 1 or more", "--minutes is 1 or more."),
        ("ipAddress", "10.0.0.0/40 is wrong", "--ip: 10.0.0.0/40 is wrong."),
        ("spaceId", "spaceId is needed: the space", "SPACE is needed: the space."),
        ("url", "No server was named.", "No server was named."),
    ],
)
def test_a_value_that_is_refused_is_named_once_and_as_it_was_typed(field: str, sentence: str, line: str) -> None:
    assert explain(errors.BadInput(field, sentence)) == line
