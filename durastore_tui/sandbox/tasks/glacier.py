"""`restore-content` (protocol §7.8): thaws one item; most failures of S3 are reported as success."""

from durastore_tui.sandbox.contents import NoSuchContent
from durastore_tui.sandbox.tasks.call import Call, Offer, TaskFailure
from durastore_tui.sandbox.thaws import frozen, thaws


def restore_content(call: Call) -> str:
    path = call.body.decode("utf-8", "replace")
    if path and "/" not in path:
        raise TaskFailure(500, f"begin 0, end -1, length {len(path)}")
    space_id, _, content_id = path.partition("/")
    if not space_id or not content_id:
        raise TaskFailure(500, "A path including a space ID and an content ID (separated by a '/') is required.")
    contents = call.spaces.contents(space_id)
    underway = thaws(call.world, call.store).find(space_id, content_id)
    if underway is not None and underway.underway(call.world.clock):
        raise TaskFailure(409, f"Restore is already in progress for {path}")
    try:
        contents.item(content_id)
        if underway is not None or frozen(call.world, call.store, space_id, content_id):
            thaws(call.world, call.store).ask(space_id, content_id)
    except NoSuchContent:
        pass  # the server swallows what S3 says and reports success
    return f"Request to restore content item {content_id} in space {space_id} was successful."


OFFERS = (Offer("restore-content", restore_content),)
