"""The late half of the start: what may only be imported after the first paint."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from durastore_tui.api.request_log import Request
from durastore_tui.config import places
from durastore_tui.config.profile import Profile
from durastore_tui.config.profile_file import Held
from durastore_tui.core.clock import Clock
from durastore_tui.core.secret import Secret
from durastore_tui.services import accounts
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.logins import Login, Logins
from durastore_tui.services.prober import Prober
from durastore_tui.services.reports import Reports
from durastore_tui.services.request_file import kept_log
from durastore_tui.services.session import open_session
from durastore_tui.services.snapshot_list import Preservation
from durastore_tui.services.spaces import Spaces
from durastore_tui.tui.start import Services


class Opener:
    """Opens one server after the other, with one runner of jobs for all of them."""

    def __init__(self) -> None:
        self._logins = Logins()
        self._jobs: Jobs | None = None

    async def open(self, profile: Profile, password: Secret, store: str | None, clock: Clock) -> Services:
        """Logs in and follows this machine's jobs with that login too; raises BadInput and the error tree."""
        log = kept_log()
        session = await open_session(profile, password, clock, store, log)
        self._logins.use(profile.name, Login(session.endpoint, lambda: not session.window.shut, log))
        prober = Prober(clock, profile.ca_file)
        return Services(
            session,
            Spaces(session),
            self._following(clock),
            prober,
            Reports(session),
            Preservation(session),
            self._logins,
        )

    def _following(self, clock: Clock) -> Jobs:
        if self._jobs is None:
            logins = self._logins
            jobs = Jobs(
                logins.endpoint_of,
                places.journal(),
                clock,
                may_send=logins.may_send,
                connect=logins.connect,
                continues=True,
            )
            jobs.start()
            self._jobs = jobs
        return self._jobs


async def follow_others(
    logins: Logins,
    held: Held,
    environ: Mapping[str, str],
    wanted: Collection[str],
    asked: Callable[[str, Request], None],
) -> list[str]:
    """Takes in the logins at hand of the `wanted` profiles that nobody logged in to. Their jobs are looked at; nothing
    is sent there before somebody has been there. `asked` hears of each request, on the runner's thread. Gives a
    sentence for each that could not be taken in."""
    trouble: list[str] = []
    for account in await accounts.at_hand(held, environ, [name for name in wanted if not logins.known(name)]):
        if account.endpoint is None:
            trouble.append(f"{account.name}: {account.why_not}")
        elif not logins.known(account.name):  # somebody may have logged in meanwhile
            log = kept_log()
            log.subscribe(partial(asked, account.name))
            logins.use(account.name, Login(account.endpoint, lambda: False, log))
    return trouble
