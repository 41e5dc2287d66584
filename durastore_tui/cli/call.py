"""One call of the command line: its options, where it reads and writes, and its connection."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from durastore_tui.cli.counter import Counter
from durastore_tui.cli.options import DEMO_USER, GlobalOptions
from durastore_tui.cli.output import FORMATS, Printer
from durastore_tui.cli.process import at_the_keyboard, keep_exit_code
from durastore_tui.cli.rows import BRIEF
from durastore_tui.cli.waiting import WaitingLine
from durastore_tui.config import places, profile_file
from durastore_tui.config.profile import Profile, resolve
from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.text import safe

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request, RequestLog
    from durastore_tui.services.session import Session


@dataclass
class Call:
    """What a command gets. Data goes to `out`, everything else to `err`."""

    options: GlobalOptions
    environ: Mapping[str, str]
    keyboard: TextIO = field(default_factory=lambda: sys.stdin)
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Clock = field(default_factory=WallClock)
    _noted: set[str] = field(default_factory=set)

    def printer(self, known: Sequence[str] = FORMATS) -> Printer:
        """The output format that was asked for; raises BadInput for one that the command does not know."""
        return Printer(self.out, self.options.output, known, BRIEF, self._counter("rows"))

    @contextmanager
    def counting(self, unit: str) -> Iterator[Counter]:
        """Show on stderr how much of a long read is done, if that is a terminal that can draw over a line."""
        counter = self._counter(unit)
        try:
            yield counter
        finally:
            counter.clear()

    def _counter(self, unit: str) -> Counter:
        return Counter(self.err if self._draws else None, self.clock, unit)

    @property
    def _draws(self) -> bool:
        """Whether stderr can be drawn over, and shows nothing else meanwhile."""
        return not self.options.verbose and self.err.isatty() and self.environ.get("TERM", "dumb") != "dumb"

    def note(self, sentence: str) -> None:
        """Print one line for the person on stderr."""
        self.err.write(safe(sentence) + "\n")

    def keep_exit_code(self) -> None:
        """Call before a write is sent: its exit code then reports its outcome, even if the output cannot be written."""
        keep_exit_code(self.out)

    def note_trouble(self) -> None:
        """Say what the command went without: one line about the journal or the state folder, if something is wrong."""
        if "log" in self.__dict__ and not self._noted and (trouble := places.state_trouble()):
            self.note_once(trouble)

    def note_once(self, sentence: str) -> None:
        """The same, however often the command comes by."""
        if sentence not in self._noted:
            self._noted.add(sentence)
            self.note(sentence)

    def profile(self) -> Profile:
        """The server that was named; raises BadInput."""
        profile = resolve(self.options, self.environ, profile_file.read())
        if profile is None:
            raise BadInput(
                "url", "No server was named: use --profile, --url, DURASTORE_URL or DURACLOUD_HOST, or try --demo."
            )
        if not profile.user:
            raise BadInput("user", "No login was named: use --user or DURASTORE_USER.")
        return profile

    def named(self, words: str) -> str:
        """A command for the same server, to be typed next."""
        world = self.options.demo_world
        return f"`durastore-tui {f'--world {world} ' if world else ''}{words}`"

    def login(self) -> tuple[str, str]:
        """Name of the profile, or of the demo's world, and the user; raises BadInput where none was named."""
        if world := self.options.demo_world:
            return world, self.options.user or DEMO_USER
        profile = self.profile()
        return profile.name, profile.user

    def profile_name(self) -> str | None:
        """Whose jobs are meant: the server or the demo world that was named, None when none was."""
        if world := self.options.demo_world:
            return world
        profile = resolve(self.options, self.environ, profile_file.read())
        return profile.name if profile else None

    @cached_property
    def log(self) -> RequestLog:
        """Where every request of this call goes: into the file of requests, and with --verbose on the screen."""
        from durastore_tui.services.request_file import kept_log

        log = kept_log()
        if self.options.verbose:
            log.subscribe(self._verbose)
        return log

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[tuple[Profile, Secret]]:
        """A server to ask, and the password; starts and ends the stand-in when the call is for the demo."""
        world = self.options.demo_world
        if world is None:
            profile = self.profile()
            yield profile, (await self.password(profile))[0]
            return
        if self.options.url or self.options.profile:
            raise BadInput("url", "--demo is a server of its own: leave out --url and --profile.")
        from durastore_tui.cli.demo import Demo

        demo = Demo(world, self.options.user, fresh=self.options.fresh, read_only=self.options.read_only)
        try:
            server = await demo.server()
            if server.notice:
                self.note(server.notice)
            yield server.profile, server.password
        finally:
            demo.close()

    @asynccontextmanager
    async def session(self, with_task: Task | None = None) -> AsyncIterator[Session]:
        """A session on the store that was asked for; else the only one that lists `with_task`; else the primary."""
        async with self.connected() as (profile, password), self._waiting():
            session = await self.opened(profile, password)
            try:
                if with_task and not self.options.store:
                    await session.use_only_store_with(with_task)
                yield session
            finally:
                await session.close()

    @asynccontextmanager
    async def _waiting(self) -> AsyncIterator[None]:
        """Shows on stderr how long an answer is waited for, if that is a terminal that can draw over a line."""
        if not self._draws:
            yield
            return
        line = asyncio.create_task(WaitingLine(self.err, self.clock, self.log).run())
        try:
            yield
        finally:
            line.cancel()
            await asyncio.gather(line, return_exceptions=True)

    def ids(self, words: Sequence[str]) -> tuple[str, ...]:
        """Ids from the command line; a lone `-` takes them from standard input, one a line."""
        if tuple(words) != ("-",):
            return tuple(words)
        lines = [line.removesuffix("\r") for line in self.standard_input().split("\n")]
        return tuple(line for line in lines if line)

    def standard_input(self) -> str:
        """All of it, as it came; ctrl+c ends the wait for a person who types it."""
        with at_the_keyboard():
            return self.keyboard.read()

    async def opened(self, profile: Profile, password: Secret) -> Session:
        """A session that the caller closes."""
        from durastore_tui.services.session import open_session

        return await open_session(profile, password, self.clock, self.options.store, self.log)

    def with_profile(self, name: str) -> Call:
        """The same call, for the profile of that name."""
        return replace(self, options=replace(self.options, profile=name))

    async def password(self, profile: Profile) -> tuple[Secret, str]:
        """The password and where it came from; raises BadInput when there is none."""
        from durastore_tui.services import secrets

        if self.options.password_stdin:
            return self.typed_password(profile), "standard input"
        if found := await secrets.at_hand(profile, self.environ):
            return found
        return self.typed_password(profile), "typed"

    def typed_password(self, profile: Profile) -> Secret:
        """Out of standard input when that was said, else asked for at a terminal; raises BadInput without one."""
        if self.options.password_stdin:
            with at_the_keyboard():
                typed = self.keyboard.readline().rstrip("\r\n")
        elif self.keyboard.isatty() and self.err.isatty():
            with at_the_keyboard(), suppress(EOFError):
                typed = ""
                typed = getpass.getpass(safe(f"Password of {profile.user} at {profile.name}: "), self.err)
        else:
            raise BadInput("password", "No password: set DURASTORE_PASSWORD, or use --password-stdin.")
        if not typed:
            raise BadInput("password", "No password was given.")
        return Secret(typed)

    def _verbose(self, request: Request) -> None:
        status = "no answer" if request.status is None else request.status
        self.note(f"{request.method} {request.path}: {status}, {request.ms:.0f} ms, {request.bytes} bytes")
