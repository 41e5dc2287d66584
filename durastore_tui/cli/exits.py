"""What an ending means to a script: the exit codes of cli.md, and the one line that explains."""

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from durastore_tui.cli.inputs import under_its_name
from durastore_tui.cli.process import READER_GONE
from durastore_tui.core.errors import (
    BadInput,
    CertificateExpired,
    Conflict,
    DuraStoreError,
    Forbidden,
    Malformed,
    Missing,
    NameUnknown,
    NoAccess,
    NoReply,
    ProxyFailed,
    Rejected,
    Unauthorized,
    UnknownName,
    Unreachable,
    Untrusted,
    WrongHost,
)
from durastore_tui.core.jobs import Job, JobState, Part
from durastore_tui.core.text import safe


class Exit(IntEnum):
    """The exit codes, by their meaning."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    UNAUTHORIZED = 3
    FORBIDDEN = 4
    MISSING = 5
    CONFLICT = 6
    UNREACHABLE = 7
    NO_REPLY = 8
    OVERDUE = 9
    INTERRUPTED = 130
    READER_GONE = READER_GONE


BY_ERROR: tuple[tuple[type[Exception], Exit], ...] = (
    (UnknownName, Exit.MISSING),
    (BadInput, Exit.WRONG_USE),
    (Unauthorized, Exit.UNAUTHORIZED),
    (NoAccess, Exit.FORBIDDEN),
    (Forbidden, Exit.FORBIDDEN),
    (Missing, Exit.MISSING),
    (Conflict, Exit.CONFLICT),
    (NameUnknown, Exit.UNREACHABLE),
    (CertificateExpired, Exit.UNREACHABLE),
    (WrongHost, Exit.UNREACHABLE),
    (ProxyFailed, Exit.UNREACHABLE),
    (Untrusted, Exit.UNREACHABLE),
    (Unreachable, Exit.UNREACHABLE),
    (NoReply, Exit.NO_REPLY),
)

BY_STATE = {
    JobState.CONFIRMED: Exit.DONE,
    JobState.UNVERIFIED: Exit.DONE,
    JobState.REJECTED: Exit.FAILED,
    JobState.SUPERSEDED: Exit.FAILED,
    JobState.ABANDONED: Exit.FAILED,
    JobState.OVERDUE: Exit.OVERDUE,
    JobState.UNKNOWN: Exit.OVERDUE,
    JobState.PAUSED: Exit.OVERDUE,
    JobState.NO_REPLY: Exit.NO_REPLY,
}


def of_error(error: Exception) -> Exit:
    """The code of an error of ours; anything else is 1."""
    return next((code for kind, code in BY_ERROR if isinstance(error, kind)), Exit.FAILED)


def of_job(job: Job) -> Exit:
    """The code of a job that was waited for, or 0 while it goes on; a rejected one has that of its rejection."""
    if job.state is JobState.REJECTED:
        return of_error(refusal(job, ""))
    return BY_STATE.get(job.state, Exit.DONE)


def of_part(part: Part) -> Exit:
    """The code of one target of a run: that of its answer. One that was not sent has no code of its own."""
    if part.state is JobState.NO_REPLY:
        return Exit.NO_REPLY
    return of_name(part.refusal) if part.state is JobState.REJECTED else Exit.DONE


def of_run(job: Job) -> Exit:
    """The code of a run that is over. Targets that were held back count like those that failed before them."""
    sent = [of_part(part) for part in job.parts if not part.unsent]
    is_whole = len(sent) == len(job.parts)
    return of_many(sent) if sent and (is_whole or Exit.DONE not in sent) else Exit.FAILED


def of_many(codes: Sequence[Exit]) -> Exit:
    """The code of many items: their common one when all failed alike, 1 when some failed."""
    failed = {code for code in codes if code is not Exit.DONE}
    if not failed:
        return Exit.DONE
    return failed.pop() if len(set(codes)) == 1 else Exit.FAILED


def of_name(refusal: str | None) -> Exit:
    """The code of the error class of that name, which a job or a part met."""
    return next((code for kind, code in BY_ERROR if kind.__name__ == refusal), Exit.FAILED)


def refusal(job: Job, asked: str) -> DuraStoreError:
    """The error that the job's write met, as if it had been sent from here."""
    if job.state is JobState.NO_REPLY:
        return NoReply(asked, job.status, job.words)
    kinds = (kind for kind, _ in BY_ERROR if kind.__name__ == job.refusal and issubclass(kind, DuraStoreError))
    return next(kinds, Rejected)(asked, job.status, job.words)


def explain(error: Exception) -> str:
    """One line: what was asked, the status, the server's words, what to do next; nothing in it is obeyed."""
    match error:
        case BadInput():
            said = safe(under_its_name(error)).rstrip(".")
            return f"{said}{'' if said.endswith('?') else '.'}"
        case DuraStoreError():
            said = safe(str(error)).rstrip(".")
            if not error.words:
                said = f"{said}: {error.reason}"
            elif isinstance(error, NoReply | Malformed) and not error.words.startswith("No reply"):
                said = f"{said}. {error.reason}"
            return f"{said.rstrip('.')}. {error.next_step}"
        case OSError():
            return safe(f"{error.strerror or type(error).__name__}: {error.filename or 'this machine'}")
    return f"{type(error).__name__}{_place(error)}: a mistake in durastore-tui itself; please report it."


def _place(error: Exception) -> str:
    """Where it happened, without any value: these can be secret."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else ""
