"""The late half of the start: what may only be imported after the first paint."""

from functools import partial

from durastore_tui.config import places
from durastore_tui.config.profile import Profile
from durastore_tui.core.clock import Clock
from durastore_tui.core.secret import Secret
from durastore_tui.services.jobs import Jobs
from durastore_tui.services.jobs.server import connect
from durastore_tui.services.preservation import Preservation
from durastore_tui.services.prober import Prober
from durastore_tui.services.reports import Reports
from durastore_tui.services.request_file import kept_log
from durastore_tui.services.session import open_session
from durastore_tui.services.spaces import Spaces
from durastore_tui.tui.start import Services


async def open_services(profile: Profile, password: Secret, store: str | None, clock: Clock) -> Services:
    """Logs in and begins to follow this machine's jobs; raises BadInput and the error tree."""
    log = kept_log()
    session = await open_session(profile, password, clock, store, log)
    known = {profile.name: session.endpoint}
    jobs = Jobs(
        known.get,
        places.journal(),
        clock,
        may_send=lambda _: not session.window.shut,
        connect=partial(connect, log=log),
    )
    jobs.start()
    prober = Prober(clock, profile.ca_file)
    return Services(session, Spaces(session), jobs, prober, Reports(session), Preservation(session))
