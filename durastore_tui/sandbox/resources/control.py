"""The stand-in's own paths, below `/sandbox/` (cli.md): faults, clock, start over."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from durastore_tui.sandbox.faults import KNOWN, Scope
from durastore_tui.sandbox.wire.messages import Request, Response
from durastore_tui.sandbox.world import Engine

FARTHEST = 100 * 365 * 86_400.0
"""How far ahead the clock can be, in seconds: a hundred years."""


@dataclass(frozen=True)
class Controls:
    """What these paths act on; `reset` makes all worlds anew."""

    engine: Engine
    reset: Callable[[], None]


def answer(controls: Controls, request: Request) -> Response:
    """JSON in, JSON out; 400 with an `error` for what makes no sense."""
    handler = {"/sandbox/faults": _faults, "/sandbox/clock": _clock, "/sandbox/reset": _reset}.get(request.path)
    if handler is None:
        return _json(404, {"error": f"no such control: {request.path}"})
    if request.method != "POST":
        return _json(405, {"error": "POST only"})
    if refused := _foreign(request):
        return refused
    try:
        given = json.loads(request.body or b"{}", parse_constant=_no_number)
        if not isinstance(given, dict):
            raise TypeError("an object is wanted")
        with controls.engine.db.transaction():
            return _json(200, handler(controls, given))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        return _json(400, {"error": str(problem)})


def _foreign(request: Request) -> Response | None:
    """The refusal of a request that a web page elsewhere could have made; None for our own."""
    origin = request.header("origin")
    if not _is_loopback(f"//{request.header('host') or ''}") or not (origin is None or _is_loopback(origin)):
        return _json(403, {"error": "only for Host and Origin on loopback"})
    media_type = (request.header("content-type") or "").partition(";")[0].strip().lower()
    return None if media_type == "application/json" else _json(415, {"error": "application/json only"})


def _is_loopback(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _no_number(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")


def _json(status: int, value: dict[str, Any]) -> Response:
    return Response(status, (("Content-Type", "application/json"),), json.dumps(value).encode())


def _faults(controls: Controls, given: dict[str, Any]) -> dict[str, Any]:
    """`{"name", "on", "path"?, "task"?, "requests"?}`; without a name it only tells what is on."""
    faults = controls.engine.faults
    if "name" in given:
        if given["name"] not in KNOWN:
            raise ValueError(f"no such fault: {given['name']}; known: {', '.join(KNOWN)}")
        wanted: dict[str, type] = {"on": bool, "path": str, "task": str, "requests": int}
        wrong = [name for name, kind in wanted.items() if not isinstance(given.get(name), kind | None)]
        requests = given.get("requests")
        if wrong or (requests is not None and (isinstance(requests, bool) or requests < 1)):
            raise ValueError("on is true or false, path and task are texts, requests is a number from 1")
        scope = Scope(given.get("path"), given.get("task"), requests)
        faults.switch(given["name"], scope if given.get("on", True) else None)
    return {"on": faults.names()}


def _clock(controls: Controls, given: dict[str, Any]) -> dict[str, Any]:
    """`{"advance": seconds}`; it lasts over a restart when there is a data file."""
    clock, seconds = controls.engine.clock, given["advance"]
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TypeError("advance is a number of seconds")
    if not 0 <= seconds <= FARTHEST - clock.offset:
        raise ValueError(f"the clock can be advanced by 0 to {FARTHEST - clock.offset:.0f} seconds")
    clock.advance(seconds)
    controls.engine.db.remember("clock offset", clock.offset)
    return {"now": clock.now(), "offset": clock.offset}


def _reset(controls: Controls, _: dict[str, Any]) -> dict[str, Any]:
    controls.reset()
    return {"reset": True}
