"""The stand-in's own paths, below `/sandbox/` (cli.md): faults, clock, start over."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from durastore_tui.sandbox.faults import KNOWN, Scope
from durastore_tui.sandbox.wire.messages import Request, Response
from durastore_tui.sandbox.world import Engine


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
    try:
        given = json.loads(request.body or b"{}")
        if not isinstance(given, dict):
            raise TypeError("an object is wanted")
        with controls.engine.db.transaction():
            return _json(200, handler(controls, given))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        return _json(400, {"error": str(problem)})


def _json(status: int, value: dict[str, Any]) -> Response:
    return Response(status, (("Content-Type", "application/json"),), json.dumps(value).encode())


def _faults(controls: Controls, given: dict[str, Any]) -> dict[str, Any]:
    """`{"name", "on", "path"?, "task"?, "requests"?}`; without a name it only tells what is on."""
    faults = controls.engine.faults
    if "name" in given:
        if given["name"] not in KNOWN:
            raise ValueError(f"no such fault: {given['name']}; known: {', '.join(KNOWN)}")
        requests = given.get("requests")
        scope = Scope(given.get("path"), given.get("task"), None if requests is None else int(requests))
        faults.switch(given["name"], scope if given.get("on", True) else None)
    return {"on": faults.names()}


def _clock(controls: Controls, given: dict[str, Any]) -> dict[str, Any]:
    """`{"advance": seconds}`; it lasts over a restart when there is a data file."""
    clock = controls.engine.clock
    clock.advance(float(given["advance"]))
    controls.engine.db.remember("clock offset", clock.offset)
    return {"now": clock.now(), "offset": clock.offset}


def _reset(controls: Controls, _: dict[str, Any]) -> dict[str, Any]:
    controls.reset()
    return {"reset": True}
