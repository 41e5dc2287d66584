"""The stand-in server inside a test: asked without a socket, on a clock that the test moves."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from durastore_tui.sandbox.app import App
from durastore_tui.sandbox.faults import Scope
from durastore_tui.sandbox.resources.control import Controls
from durastore_tui.sandbox.roles import USERS
from durastore_tui.sandbox.wire.messages import Request
from durastore_tui.sandbox.world import World
from durastore_tui.sandbox.worlds.universe import WORLDS, Universe, Worlds

PASSWORDS = {login: password for login, (password, _) in USERS.items()}
NOON = 1_795_521_600.0
"""2026-11-24 12:00:00 UTC."""


class Time:
    """A clock's source that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay: float

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


def basic(user: str, password: str | None = None) -> tuple[str, str]:
    pair = f"{user}:{PASSWORDS[user] if password is None else password}"
    return "Authorization", "Basic " + base64.b64encode(pair.encode()).decode()


class StandIn:
    """A universe and its application. Paths are below the world's context and percent-encoded."""

    def __init__(self, data: Path | None = None, speed: float = 1.0, worlds: Worlds = WORLDS) -> None:
        self.time = Time()
        self.universe = Universe(data, speed, source=self.time, worlds=worlds)
        engine = self.universe.engine
        engine.ports.update(api=8080, edge=8443)
        self.app = App(self.universe.worlds, engine, Controls(engine, self.universe.reset))

    def world(self, name: str = "lakeshore") -> World:
        return self.universe.worlds()[name]

    def ask(
        self,
        method: str,
        path: str,
        user: str | None = "root",
        body: str | bytes = b"",
        headers: Iterable[tuple[str, str]] = (),
        world: str = "lakeshore",
    ) -> Answer:
        path, _, query = path.partition("?")
        sent = (("Host", "127.0.0.1:8080"), *headers, *((basic(user),) if user else ()))
        data = body.encode() if isinstance(body, str) else body
        response = self.app.answer(Request(method, self.world(world).context + path, query, tuple(sent), data))
        whole = response.body if isinstance(response.body, bytes) else b"".join(response.body)
        return Answer(response.status, response.headers, b"" if method == "HEAD" else whole, response.delay)

    def task(
        self, name: str, body: str = "", user: str | None = "root", store: str | None = None, world: str = "lakeshore"
    ) -> Answer:
        query = f"?storeID={store}" if store else ""
        return self.ask("POST", f"/task/{name}{query}", user, body, world=world)

    def switch_on(
        self, fault: str, path: str | None = None, task: str | None = None, requests: int | None = None
    ) -> None:
        self.universe.engine.faults.switch(fault, Scope(path, task, requests))


def encoded(content_id: str) -> str:
    """A content id as it stands in a path."""
    return quote(content_id, safe="/")
