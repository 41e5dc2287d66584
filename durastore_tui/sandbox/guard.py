"""The security layer in front of the resources: firewall, credentials, roles, ACLs, the snapshot lock (protocol §1)."""

import base64
import binascii
import re

from durastore_tui.sandbox.bridge.files import METADATA_SPACE
from durastore_tui.sandbox.bridge.ids import MissingPart, UnparsableDate, parse_snapshot_id
from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.roles import ANONYMOUS, USERS, Acl, Caller, Role, Rule, rule_for
from durastore_tui.sandbox.spaces import NoSuchSpace
from durastore_tui.sandbox.wire.messages import Request, Response, decoded
from durastore_tui.sandbox.wire.pages import forbidden, page, unauthorized

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("X-Frame-Options", "DENY"),
)
"""On every answer, behind the resource's own."""

_FORBIDDEN_PATH = re.compile(r"//|/\.\.?(/|$)|\\|[\x00-\x1f\x7f]")


def firewall(request: Request) -> Response | None:
    """Paths that never reach a resource."""
    return page(400) if _FORBIDDEN_PATH.search(decoded(request.path)) else None


def caller(request: Request) -> Caller | None:
    """Who asks; None for wrong credentials."""
    given = request.header("authorization")
    if given is None:
        return ANONYMOUS
    kind, _, coded = given.partition(" ")
    if kind.lower() != "basic":
        return ANONYMOUS
    try:
        name, _, password = base64.b64decode(coded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    expected, known = USERS.get(name, (None, None))
    return known if known is not None and password == expected else None


def refusal(ask: Ask) -> Response | None:
    """The page for a caller who may not; None when the resource may answer."""
    found = rule_for(ask.request.method, ask.request.path)
    if found is None:
        return page(404 if ask.request.path == "/" else 405)
    rule, space = found
    if ask.caller.role < rule.least:
        return _denied(ask)
    if space is None:
        return None
    store = ask.world.store(ask.store_id)
    if store is None:
        return None if ask.caller.is_admin or rule.acl is Acl.NONE else page(500)
    space = decoded(space)
    if not _granted(ask, rule, store.id, space) or (rule.locked and _locked(ask, store.type, store.id, space)):
        return _denied(ask)
    return None


def _denied(ask: Ask) -> Response:
    if ask.caller.role is Role.ANONYMOUS:
        return unauthorized("Full authentication is required to access this resource")
    return forbidden()


def _granted(ask: Ask, rule: Rule, store: str, space: str) -> bool:
    if ask.caller.is_admin or rule.acl is Acl.NONE:
        return True
    try:
        return ask.caller.may(rule.acl.value, ask.world.spaces(store).acls(_judged_space(ask, rule, space)))
    except NoSuchSpace:
        return False


def _judged_space(ask: Ask, rule: Rule, space: str) -> str:
    """The metadata of a snapshot may be read by the readers of its source space (protocol §8.3)."""
    snapshot_id = decoded(ask.request.path).rpartition("/")[2].removesuffix(".zip")
    if space != METADATA_SPACE or rule.acl is not Acl.READ:
        return space
    try:
        return parse_snapshot_id(snapshot_id).space
    except (MissingPart, UnparsableDate):
        return space


def _locked(ask: Ask, store_type: str, store: str, space: str) -> bool:
    if ask.caller.role is Role.ROOT:
        return False
    if space == METADATA_SPACE and ask.request.method == "DELETE":
        return True
    spaces = ask.world.spaces(store)
    return store_type == "CHRONOPOLIS" and spaces.exists(space) and "snapshot-id" in spaces.own_properties(space)
