"""The jobs of this machine, as a command reads, sends and tracks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.cli.call import Call
from durastore_tui.config import places
from durastore_tui.config.profile import Profile, endpoint_of
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.secret import Secret

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs


@contextmanager
def journal(call: Call) -> Iterator[Jobs]:
    """This machine's jobs, to read."""
    from durastore_tui.services.jobs.host import Jobs

    jobs = Jobs(lambda _: None, places.journal(), call.clock)
    with _stopped_at_the_end(call, jobs):
        yield jobs


@contextmanager
def followed(call: Call, profile: Profile, password: Secret, *, continues: bool = False) -> Iterator[Jobs]:
    """This machine's jobs, to send and track those of one server; `continues` as Jobs."""
    logins = {profile.name: endpoint_of(profile, password)}
    with following(call, logins, may_send=lambda name: not profile.read_only, continues=continues) as jobs:
        yield jobs


@contextmanager
def following(
    call: Call, logins: Mapping[str, Endpoint], may_send: Callable[[str], bool], *, continues: bool = False
) -> Iterator[Jobs]:
    """This machine's jobs, to follow those of the servers that `logins` has by the profile's name."""
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.server import connect

    to_server = partial(connect, log=call.log)
    jobs = Jobs(logins.get, places.journal(), call.clock, may_send=may_send, connect=to_server, continues=continues)
    jobs.start()
    with _stopped_at_the_end(call, jobs):
        try:
            yield jobs
        except BaseException:
            for job in jobs.all():
                jobs.halt(job.id)  # who interrupts a run wants the rest of it unsent
            raise


@contextmanager
def _stopped_at_the_end(call: Call, jobs: Jobs) -> Iterator[None]:
    """A journal that cannot be used is one line for the person, unless an error says so."""
    try:
        yield
        if trouble := jobs.journal_trouble:
            call.note_once(trouble.sentence)
    finally:
        jobs.stop()
