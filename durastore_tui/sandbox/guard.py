"""The security layer in front of the resources: credentials, roles, ACLs, the snapshot lock (protocol §1)."""

import base64
import binascii

from durastore_tui.sandbox.bridge.files import METADATA_SPACE
from durastore_tui.sandbox.bridge.ids import MissingPart, UnparsableDate, parse_snapshot_id
from durastore_tui.sandbox.old.pages import judged_path
from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.roles import ANONYMOUS, USERS, VERBS, Acl, Caller, Role, Rule, rule_for
from durastore_tui.sandbox.spaces import NoSuchSpace
from durastore_tui.sandbox.wire.messages import Request, Response, decoded
from durastore_tui.sandbox.wire.pages import exception_page, forbidden, unauthorized

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("X-Frame-Options", "DENY"),
)
"""On every answer that the firewall lets through, behind the resource's own."""

_ERRORS = "org.duracloud.storage.error"
_VOTING = (
    "org.duracloud.security.vote.SpaceReadAccessVoter.matchesPathExemptions(SpaceReadAccessVoter.java:192)",
    "org.duracloud.security.vote.SpaceReadAccessVoter.vote(SpaceReadAccessVoter.java:149)",
    "org.duracloud.security.vote.AccessDecisionManagerImpl.decide(AccessDecisionManagerImpl.java:59)",
)
"""The first frames of a failure in a vote; the rest of the trace is left out."""


def caller(request: Request, remembered: str | None = None) -> Caller | None:
    """Who asks; None for wrong credentials. The login that a session remembers needs no password any more."""
    _, known = USERS.get(remembered or "", (None, ANONYMOUS))
    given = request.header("authorization")
    if given is None:
        return known
    kind, _, coded = given.partition(" ")
    if kind.lower() != "basic":
        return known
    try:
        name, _, password = base64.b64decode(coded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    expected, named = USERS.get(name, (None, None))
    return named if named is not None and (password == expected or name == remembered) else None


def refusal(ask: Ask) -> Response | None:
    """The page for a caller who may not; None when the resource may answer."""
    path = judged_path(ask.request.path) if ask.world.is_old else ask.request.path
    found = rule_for(ask.request.method, path)
    if found is None:
        return None
    rule, space = found
    is_known = ask.request.method in VERBS
    takes_a_role = rule.not_bare or (ask.world.is_old and rule.least is not Role.ANONYMOUS)
    is_too_bare = ask.caller.is_bare and takes_a_role
    if not is_known or ask.caller.is_outside or ask.caller.role < rule.least or is_too_bare:
        return _denied(ask)
    if ask.caller.is_admin and not rule.locked:
        return None
    return None if space is None and ask.request.path else _judged(ask, rule, decoded(space or ""))


def _judged(ask: Ask, rule: Rule, space: str) -> Response | None:
    """What the voters say of a space; their failures are pages too."""
    store = ask.world.store(ask.judged_store_id)
    if store is None:
        message = f"No store exists with ID {ask.judged_store_id}"
        return None if ask.caller.is_admin else exception_page(f"{_ERRORS}.NotFoundException", message)
    if _granted(ask, rule, store.id, space):
        return _denied(ask) if rule.locked and _locked(ask, store.type, store.id, space) else None
    if not ask.request.path and ask.caller.role is not Role.ANONYMOUS:
        # without a path there is nothing to compare with the exempted ones
        message = 'Cannot invoke "String.matches(String)" because "path" is null'
        return exception_page("java.lang.NullPointerException", message, *_VOTING)
    return _denied(ask)


def _denied(ask: Ask) -> Response:
    return unauthorized() if ask.caller.role is Role.ANONYMOUS else forbidden()


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
