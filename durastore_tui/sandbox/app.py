"""The ASGI application of the stand-in: faults outermost, then the guard, then the resources, in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from durastore_tui.sandbox import firewall, guard, misconduct
from durastore_tui.sandbox.bridge.settling import settle
from durastore_tui.sandbox.old.pages import in_old_container
from durastore_tui.sandbox.resources import control, routes
from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.roles import ANONYMOUS
from durastore_tui.sandbox.sessions import Sessions
from durastore_tui.sandbox.wire.line import Line
from durastore_tui.sandbox.wire.messages import Request, Response, dated, redirect
from durastore_tui.sandbox.wire.pages import page, unauthorized
from durastore_tui.sandbox.world import Engine, World, context_of

BODY_LIMIT = 64 * 1024 * 1024

HANGS_UP_AFTER = (400, 408, 411, 413, 414, 500, 501, 503)
"""Statuses after which Tomcat closes the connection."""

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class App:
    """Every world below its own path, and `/sandbox/...` for the stand-in's own controls."""

    def __init__(self, worlds: Callable[[], Mapping[str, World]], engine: Engine, controls: control.Controls) -> None:
        self._worlds, self._engine, self._controls = worlds, engine, controls
        self._sessions = Sessions()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        line = Line(receive)
        request = await read(scope, receive, line)
        if request is None:
            return
        if request.path.startswith("/sandbox/"):
            await respond(request, control.answer(self._controls, request), send, line)
            return
        faults = self._struck(request)
        for name in faults:
            if name in misconduct.WAITS:
                await asyncio.sleep(misconduct.WAITS[name]())
        if "cut-before" in faults:
            line.cut()
            return
        response = next((misconduct.INSTEAD[name]() for name in faults if name in misconduct.INSTEAD), None)
        response = dated(response or self.answer(request), self._engine.clock.now())
        await asyncio.sleep(self._engine.clock.lasting(response.delay))
        await _misbehave(request, response, faults, send, line)

    def answer(self, request: Request) -> Response:
        """What the server does and says, all of it or nothing."""
        refused = firewall.refusal(request)
        if refused is not None:
            return refused
        world = self._world(request.path)
        if world is None:
            return page(404)
        with self._engine.db.transaction():
            response = self._guarded(world, request.below(world.context))
        if world.is_old:
            response = in_old_container(request, response)
        return response.with_headers(*guard.HEADERS)

    def _guarded(self, world: World, request: Request) -> Response:
        if request.path == "/logout":
            self._sessions.end(request)
            return redirect(f"{world.context}/login?logout")
        remembered = self._sessions.login(request)
        caller = guard.caller(request, remembered)
        if caller is None:
            return unauthorized()
        settle(world)
        ask = Ask(world, caller, request)
        response = guard.refusal(ask) or routes.answer(ask)
        if caller is ANONYMOUS or caller.name == remembered:
            return response
        return response.with_headers(self._sessions.begin(caller.name, world.context))

    def _world(self, path: str) -> World | None:
        worlds = self._worlds()
        inside = (name for name in worlds if (path + "/").startswith(context_of(name) + "/"))
        name = next(inside, None)
        return None if name is None else worlds[name]

    def _struck(self, request: Request) -> list[str]:
        world = self._world(request.path)
        path = request.path.removeprefix(world.context) if world else request.path
        task = path.removeprefix("/task/") if path.startswith("/task/") else None
        ours = (*misconduct.WAITS, *misconduct.INSTEAD, *misconduct.REWRITES, *misconduct.CUTS)
        faults = self._engine.faults
        return [name for name in faults.names() if name in ours and faults.strikes(name, path=path, task=task)]


async def read(scope: dict[str, Any], receive: Receive, line: Line) -> Request | None:
    """The whole request; None when the client left or sent too much."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request" or len(body) > BODY_LIMIT:
            line.cut()
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
    return Request(scope["method"], path, query, headers, bytes(body), (scope.get("client") or ("127.0.0.1",))[0])


async def respond(request: Request, response: Response, send: Send, line: Line) -> None:
    """Sends it piece by piece, as long as somebody listens; nothing but the head for HEAD."""
    await send({"type": "http.response.start", "status": response.status, "headers": _encoded(response)})
    if request.method != "HEAD":
        for piece in _pieces(response):
            if line.gone:
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(response.pace)
    await send({"type": "http.response.body", "body": b""})


async def _misbehave(request: Request, response: Response, faults: list[str], send: Send, line: Line) -> None:
    for name in faults:
        if name in misconduct.REWRITES:
            response = misconduct.REWRITES[name](response)
    if "cut-after" in faults:
        line.cut()
    elif "hang" in faults:
        await line.until_gone()
    elif "cut-body" in faults or "wrong-length" in faults:
        whole = misconduct.start_of(response)
        promised = len(whole) + 10
        sent = whole[: len(whole) // 2] if "cut-body" in faults else whole
        lines = [f"{name}: {value}" for name, value in response.headers if name.lower() != "content-length"]
        head = "\r\n".join([f"HTTP/1.1 {response.status} ", *lines, f"Content-Length: {promised}", "", ""])
        line.write_and_close(head.encode() + sent)
    else:
        await respond(request, response, send, line)


def _pieces(response: Response) -> Iterator[bytes]:
    return iter([response.body]) if isinstance(response.body, bytes) else response.body


def _encoded(response: Response) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode(), value.encode()) for name, value in response.headers]
    if response.status in HANGS_UP_AFTER:
        headers.append((b"Connection", b"close"))
    framed = any(name.lower() == b"content-length" for name, _ in headers)
    if not framed and isinstance(response.body, bytes) and response.status != 204:
        headers.append((b"Content-Length", str(len(response.body)).encode()))
    return headers
