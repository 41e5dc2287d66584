"""`/acl/{space}`: HEAD and POST only (protocol §3.6)."""

from durastore_tui.sandbox.resources.ask import ARBITRARY_TYPE, Ask, NoSuchStore
from durastore_tui.sandbox.spaces import NoSuchSpace, StorageDown
from durastore_tui.sandbox.wire.messages import META, Response, empty

_ACL = "acl-"


def head_acls(ask: Ask, space: str) -> Response:
    try:
        acls = ask.spaces.acls(space)
    except (NoSuchSpace, NoSuchStore) as missing:
        return ask.answer(404, _failed("retrieve", space, missing))
    except StorageDown as down:
        return ask.answer(500, _failed("retrieve", space, down), down.delay)
    headers = ((f"{META}{_ACL}{name}", access) for name, access in acls.items())
    return empty(200, *headers, ARBITRARY_TYPE, ("Content-Length", "0"))


def post_acls(ask: Ask, space: str) -> Response:
    """What is not sent is removed."""
    given = {name.removeprefix(_ACL): value for name, value in ask.request.meta().items() if name.startswith(_ACL)}
    unknown = next((value for value in given.values() if value not in ("READ", "WRITE")), None)
    if unknown is not None:
        return ask.answer(500, f"No enum constant org.duracloud.common.model.AclType.{unknown}")
    try:
        ask.spaces.set_acls(space, given)
    except (NoSuchSpace, NoSuchStore) as missing:
        return ask.answer(404, _failed("update", space, missing))
    except StorageDown as down:
        return ask.answer(500, _failed("update", space, down), down.delay)
    return ask.answer(200, f"Space {space} ACLs updated successfully")


def _failed(verb: str, space: str, cause: object) -> str:
    return f"Error attempting to {verb} space ACLs for '{space}' due to: {cause}"
