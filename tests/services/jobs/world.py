"""A server and an edge that do what a test tells them, and a runner of jobs that asks them."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import DuraStoreError, Missing
from durastore_tui.core.jobs import Evidence, Job, JobKind
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import common
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import LIST, Snapshot, Snapshots
from durastore_tui.services.jobs.board import Board
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.lines import Lines
from durastore_tui.services.jobs.locks import Locks
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.runner import Runner
from durastore_tui.services.jobs.server import Line
from durastore_tui.services.prober import CANNOT_CHECK, Probe
from tests.held_clock import HeldClock

HOST = "d1.cloudfront.localhost:1"
SPACE = "dance-archive"
ITEM = "preservation/OH-0412_pm.wav"
SNAPSHOT = "lakeshore_53_dance-archive_2026-01-01-00-00-00"
RESTORE = "lakeshore_53_dance-archive_2026-02-01-00-00-00"
ENDPOINT = Endpoint("http://127.0.0.1:1/durastore", "root", Secret("rpw"))

Effect = Callable[[], None]
Answer = TaskReply | DuraStoreError


class Server:
    """`answers` are given in turn, the last one again and again; each may come with an effect on the space."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.items = {ITEM}
        self.frozen = True
        self.empty: set[str] = set()
        self.answers: list[Answer] = [TaskReply("Success")]
        self.writes: list[tuple[str, Mapping[str, Value]]] = []
        self.looks = 0
        self.fails: DuraStoreError | None = None
        self.breaks: Exception | None = None
        self.before_answer: Effect = lambda: None
        self.listed = Snapshots()
        self.status: Snapshot | Restore | DuraStoreError = Missing("POST", 500, "inner 404")
        self.asked: list[tuple[str, Mapping[str, Value]]] = []

    def streams(self, kind: str | None, host: str = HOST) -> None:
        """The space shows it, or with None nothing."""
        self.shown = {"hls-streaming-host": host, "hls-streaming-type": kind} if kind else {}

    async def write(self, store: str, request: Request) -> TaskReply:
        self.writes.append((request.task.name, dict(request.values)))
        self.before_answer()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, DuraStoreError):
            raise answer
        return answer

    async def ask(self, store: str, task: Task, values: Mapping[str, Value]) -> object | None:
        self._look()
        self.asked.append((task.name, dict(values)))
        if task is LIST:
            return self.listed
        if isinstance(self.status, DuraStoreError):
            raise self.status
        return self.status

    async def space(self, store: str, space: str) -> SpaceProperties:
        self._look()
        return SpaceProperties(self.shown)

    async def find(self, store: str, space: str, item: str) -> None:
        self._look()
        if item not in self.items:
            raise Missing(f"HEAD /{space}/{item}", 404, "")

    async def readable(self, store: str, space: str, item: str) -> bool | None:
        self._look()
        if item in self.empty:
            return None
        return not self.frozen

    async def close(self) -> None:
        pass

    def _look(self) -> None:
        self.looks += 1
        if trouble := self.breaks or self.fails:
            raise trouble


class Edge:
    """Answers, is silent, or can't be judged."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.answers: bool | None = False
        self.blocked = False
        self.asked: list[str] = []

    async def probe(self, host: str) -> Probe:
        self.asked.append(host)
        now = self.clock.now()
        if self.blocked:
            refused = Evidence(now, "tcp", f"{CANNOT_CHECK}: no connection to port 443: Connection refused")
            return Probe(now, (refused,), answered=False, silent=False, blocked=True)
        if self.answers:
            return Probe(now, (Evidence(now, "http", "answered 403"),), answered=True, silent=False)
        if self.answers is None:
            return Probe(now, (Evidence(now, "tls", "the certificate is not trusted"),), answered=False, silent=False)
        return Probe(now, (Evidence(now, "tls", "the handshake was refused"),), answered=False, silent=True)


class Process:
    """One program of this person: a runner with its own hold on the journal, which can die."""

    def __init__(
        self, folder: Path, clock: HeldClock, server: Server, edge: Edge, user: str = "root", continues: bool = True
    ) -> None:
        self.clock = clock
        self.endpoint: Endpoint | None = replace(ENDPOINT, user=user)
        self.journal = Journal(folder / "jobs.sqlite3")
        self.board = Board(self.journal)
        self.locks = Locks(folder / "locks")
        self.broken = ""
        lines = Lines(self._endpoint_of, lambda *_: Line(server, edge), clock)
        self.read_only = False
        self.runner = Runner(
            self.board, lines, self.locks, clock, lambda _: not self.read_only, lambda: 0.0, continues=continues
        )

    @property
    def rows(self) -> sqlite3.Connection:
        """The journal's own connection."""
        assert self.journal._file
        return self.journal._file.rows

    async def submit(self, order: Order) -> Job:
        return await self.runner.submit(order)

    def _endpoint_of(self, profile: str) -> Endpoint | None:
        if profile == self.broken:
            raise RuntimeError("a bug of ours")
        return self.endpoint

    def login(self, password: str) -> None:
        """Somebody logs in anew."""
        self.endpoint = replace(ENDPOINT, password=Secret(password))

    async def round(self) -> None:
        """What is due now, to its end."""
        self.runner.round()
        await self.runner.idle()

    async def follow(self, seconds: int) -> None:
        """A round each second."""
        for _ in range(seconds):
            self.clock.advance(1)
            await self.round()

    def job(self, job: Job) -> Job:
        return self.board.entry(job.id).job

    def die(self) -> None:
        """As by kill -9: the kernel lets its locks go."""
        self.locks.release_all()
        self.journal.close()


def order(kind: JobKind, **more: object) -> Order:
    """An order about one space, or one item of it."""
    fields: dict[str, object] = {"profile": "lakeshore", "store": "51", "space": SPACE}
    if kind is JobKind.POLICY:
        fields["values"] = (("storageClass", "STANDARD_IA"), ("daysToTransition", 30))
    elif kind is JobKind.RETRIEVAL:
        fields["target"] = ITEM
    elif kind is JobKind.SNAPSHOT:
        fields["values"] = (("description", "batch 42"), ("userEmail", "ana@library.example"))
    elif kind is JobKind.RESTORE:
        fields |= {"target": SNAPSHOT, "values": (("userEmail", "ana@library.example"),)}
    else:
        fields["family"] = "HLS"
    return Order(kind, **(fields | more))  # type: ignore[arg-type]


def enabled(host: str = HOST) -> TaskReply:
    """The server's acceptance of an enable."""
    return TaskReply("enable-hls task completed successfully", common.Enabled("ok", host))
