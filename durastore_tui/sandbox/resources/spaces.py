"""`/stores` and `/{space}` (protocol §2, §3)."""

import re

from durastore_tui.sandbox.resources.ask import ARBITRARY_TYPE, Ask, NoSuchStore
from durastore_tui.sandbox.spaces import NewSpace, NoSuchSpace, StorageDown
from durastore_tui.sandbox.wire import xml
from durastore_tui.sandbox.wire.coercions import java_long
from durastore_tui.sandbox.wire.messages import META, Response, empty, text
from durastore_tui.sandbox.wire.pages import page

CREATION = 1.5
"""Seconds that the server waits after it made a bucket."""

FIRST_POLICY = {"AMAZON_S3": "STANDARD_IA 30", "AMAZON_GLACIER": "GLACIER 0"}
"""The lifecycle rule of a new space, by store type."""

MISSING_POLL = 12.0
"""Seconds that it polls before it believes that a space is not there."""

_RULES = (
    (lambda s: 3 <= len(s.strip()) <= 42, "Space ID must be between 3 and 42 characters long"),
    (
        lambda s: re.fullmatch(r"[a-z0-9.-]*", s),
        "Only lowercase letters, numbers, periods, and dashes may be used in a Space ID",
    ),
    (lambda s: s[0] not in ".-", "A Space ID must begin with a lowercase letter."),
    (lambda s: not s[0].isdigit(), "A Space ID must begin with a lowercase letter."),
    (
        lambda s: not re.search(r"\.[0-9][^.]*$", s),
        "The last period in a Space ID may not be immediately followed by a number.",
    ),
    (lambda s: not s.endswith("-"), "A Space ID must end with a lowercase letter, number, or period"),
    (lambda s: not re.search(r"\.\.|-\.|\.-", s), "A Space ID must not contain '..' '-.' or '.-'"),
    (
        lambda s: not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", s),
        "A Space ID must not be formatted as an IP address",
    ),
)


def broken_rule(space_id: str) -> str | None:
    """The message of the first rule that a new space id breaks."""
    return next((message for keeps, message in _RULES if not keeps(space_id)), None)


_NO_LIST = "Error attempting to build spaces XML"


def list_spaces(ask: Ask) -> Response:
    if not ask.request.accepts("application/xml"):
        return page(406)
    try:
        spaces = ask.spaces
    except NoSuchStore:
        return text(500, _NO_LIST, "application/xml")
    except StorageDown as down:
        return text(500, _NO_LIST, "application/xml", down.delay)
    seen = spaces.ids() if ask.caller.is_admin else spaces.listed_for(ask.caller.rights)
    return text(200, xml.spaces(seen), "application/xml")


def shown_properties(ask: Ask, space_id: str) -> tuple[tuple[str, str], ...]:
    """The headers of HEAD and GET; streaming hosts with the port of the edge."""
    properties = ask.spaces.properties(space_id).items()
    return tuple(
        (META + name, ask.world.streaming_host(value) if name.endswith("streaming-host") else value)
        for name, value in properties
    )


def get_space(ask: Ask, space: str) -> Response:
    if not ask.request.accepts("application/xml"):
        return page(406)
    wanted = java_long(ask.request.parameter("maxResults") or "0")
    if wanted is None:
        return page(404)
    try:
        headers = shown_properties(ask, space)
        contents = ask.spaces.contents(space)
        found = contents.page(ask.request.parameter("prefix"), ask.request.parameter("marker"), wanted)
        return text(200, xml.space(space, found), "application/xml").with_headers(*headers)
    except (NoSuchSpace, NoSuchStore) as missing:
        return text(404, _failed("build space XML for", space, missing), "application/xml")
    except StorageDown as down:
        return text(500, _failed("build space XML for", space, down), "application/xml", down.delay)
    except xml.NotXml as problem:
        return text(500, _failed("build space XML for", space, problem), "application/xml")


def head_space(ask: Ask, space: str) -> Response:
    try:
        return empty(200, *shown_properties(ask, space), ARBITRARY_TYPE, ("Content-Length", "0"))
    except (NoSuchSpace, NoSuchStore) as missing:
        return ask.answer(404, _failed("retrieve space properties for", space, missing))
    except StorageDown as down:
        return ask.answer(500, _failed("retrieve space properties for", space, down), down.delay)


def put_space(ask: Ask, space: str) -> Response:
    broken = broken_rule(space)
    if broken is not None:
        return ask.answer(400, broken)
    try:
        spaces = ask.spaces
    except NoSuchStore as missing:
        return ask.answer(400, str(missing))
    except StorageDown as down:
        return ask.answer(500, _failed("add space", space, down), down.delay)
    collapsed = re.sub("-+", "-", space).rstrip(".")
    if not spaces.exists(collapsed):
        owned, policy = {ask.caller.name: "WRITE"}, FIRST_POLICY.get(ask.store.type, "")
        spaces.add(NewSpace(collapsed, ask.world.clock.now(), owned, policy=policy))
    if collapsed != space:
        return ask.answer(400, str(spaces.no_such(space)))
    return empty(201, ("Location", ask.url), delay=CREATION)


def delete_space(ask: Ask, space: str) -> Response:
    try:
        spaces = ask.spaces
    except NoSuchStore as missing:
        return ask.answer(404, _failed("delete space", space, missing))
    except StorageDown as down:
        return ask.answer(500, _failed("delete space", space, down), down.delay)
    if not spaces.exists(space):
        cause = f"Error: Space does not exist: {space}"
        return ask.answer(404, _failed("delete space", space, cause), MISSING_POLL)
    spaces.ask_deletion(space, fails=ask.world.faults.strikes("space-deletion-fails", path=ask.request.path))
    return ask.answer(200, f"Space {space} deleted successfully")


def _failed(task: str, space: str, cause: object) -> str:
    return f"Error attempting to {task} '{space}' due to: {cause}"


def list_stores(ask: Ask) -> Response:
    return text(200, xml.stores(ask.world.stores, ask.world.primary), "application/xml")
