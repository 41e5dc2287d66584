"""The edge: CloudFront as far as a client can tell, on a second port with TLS (design §2, protocol §9)."""

import ssl
from collections.abc import Callable, Mapping
from typing import Any

from durastore_tui.sandbox import cookies
from durastore_tui.sandbox.app import App, Receive, Send, read, respond
from durastore_tui.sandbox.contents import NoSuchContent
from durastore_tui.sandbox.distributions import Distribution
from durastore_tui.sandbox.resources.content import byte_range, pieces
from durastore_tui.sandbox.spaces import NoSuchSpace
from durastore_tui.sandbox.wire.line import Line
from durastore_tui.sandbox.wire.messages import Request, Response, dated, decoded
from durastore_tui.sandbox.world import Engine, World

FAMILY = "HLS"

METHODS = ("GET", "HEAD")
"""What a streaming host answers, and what its bucket's CORS rules allow."""


def refuse_unknown_hosts(context: ssl.SSLContext, engine: Engine) -> None:
    """The handshake of a host that is not deployed fails, as one whose name does not resolve yet would."""

    def choose(_: ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> int | None:
        if engine.faults.on("tls-error"):
            return ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
        found = engine.distributions.of_host(name or "")
        known = found is not None and found.family == FAMILY and engine.distributions.answers(found)
        return None if known else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    context.sni_callback = choose


class Edge:
    """An ASGI application: a space's contents under the host of its distribution."""

    def __init__(self, worlds: Callable[[], Mapping[str, World]], engine: Engine, api: App) -> None:
        self._worlds, self._engine, self._api = worlds, engine, api

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        line = Line(receive)
        request = await read(scope, receive, line)
        if request is None:
            return
        host = (request.header("host") or "").partition(":")[0]
        found = self._engine.distributions.of_host(host)
        if found is None or found.family != FAMILY or not self._engine.distributions.answers(found):
            line.cut()
            return
        response = dated(self._answer(request, found), self._engine.clock.now())
        await respond(request, response.with_headers(("Via", "1.1 stand-in (CloudFront)")), send, line)

    def _answer(self, request: Request, found: Distribution) -> Response:
        world = self._worlds()[found.world]
        if found.type == "SECURE" and request.path == "/cookies":
            return self._ask_api(world, request)
        if request.method == "OPTIONS":
            return _preflight(world, found, request)
        if request.method not in METHODS:
            return _refusal(403, "AccessDenied")
        held = _cookies(request)
        if found.type == "SECURE" and cookies.KEY_PAIR not in held:
            return _refusal(403, "MissingKey")
        now = world.clock.now()
        if found.type == "SECURE" and not cookies.admits(held, found.host, request.client, now):
            return _refusal(403, "AccessDenied")
        try:
            return _content(world, found, request)
        except (NoSuchSpace, NoSuchContent):
            return _refusal(403, "AccessDenied")

    def _ask_api(self, world: World, request: Request) -> Response:
        """The `/cookies` behaviour forwards to the DuraStore that it was made by."""
        origin = tuple((name, value) for name, value in request.headers if name.lower() == "origin")
        asked = Request(request.method, f"{world.context}/aux/cookies", request.query, (("Host", "localhost"), *origin))
        return self._api.answer(asked)


def _content(world: World, found: Distribution, request: Request) -> Response:
    spaces = world.spaces(found.store)
    space = spaces.find(found.space)
    if not space.bucket_policy:
        return _refusal(403, "AccessDenied")
    item = spaces.contents(found.space).item(decoded(request.path[1:].replace(";", "%3B")))
    wanted, status = range(item.size), 200
    headers = [
        ("Content-Type", item.mimetype),
        ("Accept-Ranges", "bytes"),
        ("ETag", f'"{item.checksum}"'),
        *_crossing(space.cors, request),
    ]
    asked = request.header("range")
    part = byte_range(asked, item.size) if asked else None
    if part is not None:
        wanted, status = part, 206
        headers.append(("Content-Range", f"bytes {part.start}-{part.stop - 1}/{item.size}"))
    return Response(status, (*headers, ("Content-Length", str(len(wanted)))), pieces(item, wanted))


def _preflight(world: World, found: Distribution, request: Request) -> Response:
    """A browser asks before it sends: S3 answers by the CORS rules alone, without cookies and for any item."""
    try:
        crossing = _crossing(world.spaces(found.store).find(found.space).cors, request)
    except NoSuchSpace:
        crossing = []
    if not crossing or request.header("access-control-request-method") not in METHODS:
        return _refusal(403, "AccessForbidden")
    wanted = request.header("access-control-request-headers")
    allowed = [("Access-Control-Allow-Headers", wanted)] if wanted else []
    methods = ("Access-Control-Allow-Methods", ", ".join(METHODS))
    return Response(200, (*crossing, methods, *allowed, ("Content-Length", "0")))


def _covers_origin(rule: str, origin: str) -> bool:
    """Whether a rule allows an origin. One `*` stands for any text, wherever it is."""
    before, star, after = rule.partition("*")
    if not star:
        return rule == origin
    fits = origin.startswith(before) and origin.endswith(after)
    return fits and len(origin) >= len(before) + len(after)


def _crossing(cors: str, request: Request) -> list[tuple[str, str]]:
    """The headers by the bucket's CORS rules; none for an origin that no rule allows."""
    origin = request.header("origin")
    if origin is None or not any(_covers_origin(rule, origin) for rule in cors.split()):
        return []
    return [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")]


def _cookies(request: Request) -> Mapping[str, str]:
    held = [value for name, value in request.headers if name.lower() == "cookie"]
    pairs = (pair.strip().partition("=") for value in held for pair in value.split(";"))
    return {name: value for name, _, value in pairs}


def _refusal(status: int, code: str) -> Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>Access Denied</Message></Error>'
    return Response(status, (("Content-Type", "application/xml"), ("Server", "CloudFront")), body.encode())
