"""Runs the stand-in: all worlds on one port, their edge on another, both on loopback, in one process."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import ssl
import sys
import threading
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import trustme
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import Server

from durastore_tui.sandbox.app import App
from durastore_tui.sandbox.edge import Edge, refuse_unknown_hosts
from durastore_tui.sandbox.faults import KNOWN, Scope
from durastore_tui.sandbox.resources.control import Controls
from durastore_tui.sandbox.roles import USERS
from durastore_tui.sandbox.temporary import own_folder
from durastore_tui.sandbox.wire.line import TomcatProtocol
from durastore_tui.sandbox.world import Engine, context_of
from durastore_tui.sandbox.worlds.universe import Universe

LOOPBACK = "127.0.0.1"

AUTHORITY = ".edge-ca.pem"

FAULTS = tuple(KNOWN)
"""The names that `Options.faults` takes."""


@dataclass(frozen=True)
class Options:
    """How to run it. Port 0 takes any free one; `data` is a file that is kept, None keeps nothing."""

    port: int = 0
    edge_port: int = 0
    speed: float = 1.0
    data: Path | None = None
    faults: tuple[str, ...] = ()
    fresh: bool = False
    exit_with_stdin: bool = False


def run(options: Options) -> None:
    """Serves until SIGTERM, SIGINT or, when asked for, the end of standard input. Raises OSError for a taken port."""
    asyncio.run(_serve(options, _announce))


def _announce(ready: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()


async def _serve(options: Options, ready: Callable[[dict[str, object]], None]) -> None:
    universe = Universe(options.data, options.speed, fresh=options.fresh)
    for name in options.faults:
        universe.engine.faults.switch(name, Scope())
    with contextlib.closing(universe), own_folder() as folder:
        async with serving(universe, options.port, options.edge_port, folder) as authority:
            # beside the data file, which outlives the folder
            ca_file = (options.data or folder / "sandbox").with_suffix(AUTHORITY)
            authority.cert_pem.write_to_path(str(ca_file))
            stop = _stopper(options.exit_with_stdin)
            ready(_ready_line(universe, str(ca_file)))
            await stop.wait()


@contextlib.asynccontextmanager
async def serving(
    universe: Universe, port: int = 0, edge_port: int = 0, folder: Path | None = None
) -> AsyncIterator[trustme.CA]:
    """Both servers listen inside the block; gives the authority of the edge's certificate.

    `folder` takes the certificate's file while it is read; None means the temporary folder.
    """
    engine = universe.engine
    authority = trustme.CA(organization_name="The stand-in's edge")
    api = App(universe.worlds, engine, Controls(engine, universe.reset))
    edge = Edge(universe.worlds, engine, api)
    with _listening(port) as api_socket, _listening(edge_port) as edge_socket:
        engine.ports.update(api=api_socket.getsockname()[1], edge=edge_socket.getsockname()[1])
        servers = [
            _Server(_config(api, TomcatProtocol)),
            _Server(_config(edge, H11Protocol, _tls(authority, engine, folder))),
        ]
        sockets = [api_socket, edge_socket]
        running = [asyncio.create_task(own.serve([on])) for own, on in zip(servers, sockets, strict=True)]
        await asyncio.gather(*(server.ready.wait() for server in servers))
        try:
            yield authority
        finally:
            # Requests that are cut short by the end are no news.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            for server in servers:
                server.should_exit = True
            await asyncio.gather(*running)


def _ready_line(universe: Universe, ca_file: str) -> dict[str, object]:
    ports = universe.engine.ports
    worlds = {name: f"http://{LOOPBACK}:{ports['api']}{context_of(name)}" for name in universe.worlds()}
    users = {login: password for login, (password, _) in USERS.items()}
    edge = f"{LOOPBACK}:{ports['edge']}"
    return {"url": worlds["lakeshore"], "worlds": worlds, "edge": edge, "ca_file": ca_file, "users": users}


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as problem:
        listener.close()
        raise OSError(problem.errno, problem.strerror, f"{LOOPBACK}:{port}") from None
    return listener


class _Server(Server):
    """Leaves the signals alone and tells when it listens."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def _config(app: App | Edge, protocol: type[H11Protocol], tls: ssl.SSLContext | None = None) -> Config:
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = Config(
        cast(Any, app),
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,
    )
    config.load()
    config.ssl = tls
    return config


def _tls(authority: trustme.CA, engine: Engine, folder: Path | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own = authority.issue_cert("*.cloudfront.localhost")
    with own.private_key_and_cert_chain_pem.tempfile(dir=str(folder) if folder else None) as path:
        context.load_cert_chain(path)
    refuse_unknown_hosts(context, engine)
    return context


def _stopper(with_stdin: bool) -> asyncio.Event:
    """Set by SIGTERM, by SIGINT, and, when asked for, by the end of standard input."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def watch_stdin() -> None:
        while os.read(0, 4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop may be gone first
            loop.call_soon_threadsafe(stop.set)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if with_stdin:
        threading.Thread(target=watch_stdin, daemon=True).start()
    return stop
