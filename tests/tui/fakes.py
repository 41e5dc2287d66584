"""A server's services without a server: real ones that ask nobody, for states that a server seldom shows."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from durastore_tui.api.content import ItemProperties
from durastore_tui.api.reports import Night, Sample
from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.spaces import Listing, SpaceProperties
from durastore_tui.api.stores import Store
from durastore_tui.api.transport import Transport
from durastore_tui.config.profile import Environment, Profile, endpoint_of
from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState
from durastore_tui.core.resource import Empty, Ready, Resource
from durastore_tui.core.secret import Secret
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.unreadable import UnreadableJob
from durastore_tui.services.prober import Probe, Prober
from durastore_tui.services.reports import Reports
from durastore_tui.services.session import Session
from durastore_tui.services.snapshot_list import Preservation
from durastore_tui.services.spaces import Spaces
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.places import Place
from durastore_tui.tui.start import SPACES, Services, Start
from tests.held_clock import HeldClock

OFF = SpaceProperties({"space-count": "12", "space-created": "2024-01-01T00:00:00"})
OPEN = SpaceProperties({**OFF.raw, "hls-streaming-host": "d1.cloudfront.localhost", "hls-streaming-type": "OPEN"})
OFFERED = ("noop", "enable-hls", "disable-hls", "delete-hls", "get-url-hls")
PROFILE = Profile("lakeshore", "http://127.0.0.1:9/durastore", "root", Environment.DEMO)
Answer = SpaceProperties | DuraStoreError


class FakeSpaces(Spaces):
    """Answers from tables; `gate` holds the answers back until it is set; `asked` keeps the order."""

    def __init__(self, session: Session, spaces: Mapping[str, Answer], contents: Sequence[str] = ()) -> None:
        super().__init__(session)
        self.spaces = dict(spaces)
        self.listed = tuple(contents)
        self.failing: DuraStoreError | None = None
        self.asked: list[str] = []
        self.markers: list[tuple[str, str]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def _ask_names(self, store: str) -> tuple[str, ...]:
        await self.gate.wait()
        if self.failing:
            raise self.failing
        return tuple(self.spaces)

    async def _ask(self, key: tuple[str, str]) -> SpaceProperties:
        self.asked.append(key[1])
        answer = self.spaces[key[1]]
        if isinstance(answer, DuraStoreError):
            raise answer
        return answer

    async def properties_of(self, space: str) -> SpaceProperties:
        answer = self.spaces[space]
        if isinstance(answer, DuraStoreError):
            raise answer
        return answer

    async def contents(self, space: str, prefix: str = "", marker: str = "", limit: int = 1000) -> Listing:
        self.markers.append((prefix, marker))
        if self.failing:
            raise self.failing
        return Listing(tuple(sorted(i for i in self.listed if i.startswith(prefix) and i > marker))[:limit], OFF)

    async def acl(self, space: str) -> Mapping[str, str]:
        return {"group-av": "WRITE"}

    async def item(self, space: str, content_id: str) -> ItemProperties:
        return ItemProperties(545, "video/mp2t", "0" * 32, "2024-06-30T09:15:00", {"creator": "ana"})


class FakeJobs(Jobs):
    """Keeps the orders it got; a test moves the jobs, and says how a write is answered, what was asked for, and which
    runs are being sent."""

    def __init__(self, jobs: Sequence[Job] = ()) -> None:
        self.orders: list[Order] = []
        self.answers: dict[str, object] = {}
        self.asked_for: dict[str, Order] = {}
        self.looked_at: list[str] = []
        self.sending: set[str] = set()
        self.halted: list[str] = []
        self.continued: list[str] = []
        self.abandoned: list[str] = []
        self.unforgettable: BadInput | None = None
        self.jobs = tuple(jobs)
        self.broken: JournalTrouble | None = None
        self.strange: tuple[UnreadableJob, ...] = ()
        self._tell: Callable[[Job], None] = lambda job: None

    def check_journal(self) -> None:
        if self.broken:
            raise self.broken

    def start(self) -> None: ...

    def stop(self, within: float = 3.0) -> None: ...

    @property
    def journal_trouble(self) -> JournalTrouble | None:
        return self.broken

    @property
    def trouble(self) -> str | None:
        return self.broken.sentence if self.broken else self._trouble

    def unreadable(self) -> tuple[UnreadableJob, ...]:
        return self.strange

    async def submit(self, order: Order) -> Job:
        self.orders.append(order)
        return replace(a_job(space=order.space, kind=order.kind), **self.answers)  # type: ignore[arg-type]

    def all(self) -> tuple[Job, ...]:
        return self.jobs

    def get(self, job_id: str) -> Job | None:
        return next((job for job in self.jobs if job.id == job_id), None)

    async def continue_run(self, job_id: str) -> Job:
        if self.unforgettable:
            raise self.unforgettable
        self.continued.append(job_id)
        return next(job for job in self.jobs if job.id == job_id)

    def abandon(self, job_id: str, profile: str, user: str) -> Job:
        self.abandoned.append(job_id)
        return next(job for job in self.jobs if job.id == job_id)

    def subscribe(self, callback: Callable[[Job], None]) -> Callable[[], None]:
        self._tell = callback
        return lambda: None

    def move(self, job: Job) -> None:
        """What the runner would say."""
        self.jobs = (job, *(old for old in self.jobs if old.id != job.id))
        self._tell(job)

    def order(self, job_id: str) -> Order | None:
        return self.asked_for.get(job_id)

    async def look(self, job_id: str) -> Job:
        self.looked_at.append(job_id)
        return next(job for job in self.jobs if job.id == job_id)

    def forget(self, job_id: str) -> None:
        if self.unforgettable:
            raise self.unforgettable
        self.jobs = tuple(job for job in self.jobs if job.id != job_id)

    def reply(self, job_id: str) -> str | None:
        return None

    def sends(self, job_id: str) -> bool:
        return job_id in self.sending

    def halt(self, job_id: str) -> None:
        self.halted.append(job_id)


class FakeProber(Prober):
    """Sees every host answer, once it was asked to look."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._seen: dict[str, Probe] = {}

    def last(self, host: str) -> Probe | None:
        return self._seen.get(host)

    async def probe(self, host: str) -> Probe:
        look = Evidence(self._clock.now(), "http", "answered 403")
        self._seen[host] = Probe(self._clock.now(), (look,), True, False)
        return self._seen[host]


class FakeReports(Reports):
    """Nobody counted anything until a test says so."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.counted: Resource[Night] = Empty()
        self.grown: Resource[tuple[Sample, ...]] = Empty()
        self.stored: Resource[tuple[Sample, ...]] = Ready((), session.clock.now())

    @property
    def night(self) -> Resource[Night]:
        return self.counted

    async def read_night(self) -> Resource[Night]:
        return self.counted

    @property
    def history(self) -> Resource[tuple[Sample, ...]]:
        return self.stored

    async def read_history(self) -> Resource[tuple[Sample, ...]]:
        return self.stored

    def growth(self, space: str) -> Resource[tuple[Sample, ...]]:
        return self.grown

    async def read_growth(self, space: str) -> Resource[tuple[Sample, ...]]:
        return self.grown


def a_job(
    space: str = "dance-archive",
    kind: JobKind = JobKind.ENABLE,
    state: JobState = JobState.ACCEPTED,
    id: str = "j1",  # noqa: A002
) -> Job:
    now = HeldClock().now()
    return Job(id, "lakeshore", "51", kind, "HLS", space, None, state, now, now, "The server said so.")


class Scene:
    """An app on fakes: what it is connected to can be changed before and while it runs."""

    def __init__(
        self,
        spaces: Mapping[str, Answer],
        *,
        profile: Profile = PROFILE,
        contents: Sequence[str] = (),
        jobs: Sequence[Job] = (),
        offered: tuple[str, ...] = OFFERED,
        root: Place = SPACES,
        held_back: bool = False,
    ) -> None:
        self.clock = HeldClock()
        self.jobs = FakeJobs(jobs)
        self._spaces, self._contents, self._offered = spaces, contents, offered
        self._held_back = held_back
        self.refusals: list[Exception] = []
        self.app = DurastoreApp(Start(profile, Secret("rpw"), connect=self.connect, clock=self.clock, root=root))

    async def connect(self, profile: Profile, password: Secret, store: str | None, clock: Clock) -> Services:
        if self.refusals:
            raise self.refusals.pop(0)
        endpoint, log = endpoint_of(profile, password), RequestLog()
        session = Session(profile, endpoint, Transport(endpoint, log, clock), log, clock)
        session.store = Store("51", "AMAZON_S3", True)
        session.stores = (session.store,)
        session.capabilities.listed("51", self._offered)
        self.session, self.spaces = session, FakeSpaces(session, self._spaces, self._contents)
        if self._held_back:
            self.spaces.gate.clear()
        self.reports = FakeReports(session)
        return Services(session, self.spaces, self.jobs, FakeProber(clock), self.reports, Preservation(session))
