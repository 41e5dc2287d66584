"""The five RTMP tasks of releases 3.3 to 6.2 (protocol §7.23, §18)."""

import hashlib
from base64 import b64encode

from durastore_tui.sandbox.distributions import Distribution
from durastore_tui.sandbox.spaces import NoSuchSpace
from durastore_tui.sandbox.tasks.call import Call, Offer, TaskFailure
from durastore_tui.sandbox.tasks.hls import begin, show, unsupported
from durastore_tui.sandbox.wire.replies import pretty
from durastore_tui.sandbox.world import RTMP_ENDED

HOST, TYPE = "streaming-host", "streaming-type"

MINUTES = 480

ANY_ADDRESS = "0.0.0.0/0"

KEY_FILE = "/opt/duracloud/cloudfront-key.der"

_AFTER_SIGNING = str.maketrans("+=/", "-_~")


def enable_streaming(call: Call) -> str:
    given = call.parameters()
    space_id, kind = given["spaceId"], "SECURE" if given["secure"] else "OPEN"
    call.spaces.find(space_id)
    streaming = begin(call, space_id, "RTMP", kind, _distribution(call, space_id), "delete-streaming")
    host = show(call, space_id, streaming, HOST, TYPE)
    return pretty({"result": "Enable Streaming Task completed successfully", "streamingHost": host})


def disable_streaming(call: Call) -> str:
    space_id = call.parameters()["spaceId"]
    _required_distribution(call, space_id)
    call.spaces.set_bucket_policy(space_id, "")
    return pretty({"result": "Disable Streaming Task completed successfully"})


def delete_streaming(call: Call) -> str:
    """Takes the bucket policy away before it looks for a distribution: HLS of the space stops with it."""
    space_id = call.parameters()["spaceId"]
    call.spaces.set_bucket_policy(space_id, "")
    found = _required_distribution(call, space_id)
    call.world.distributions.ask_deletion(found.host, fails=call.fault("deletion-gives-up"))
    return pretty({"result": "Delete Streaming Task completed successfully"})


def get_url(call: Call) -> str:
    _advise(call)
    given = call.parameters()
    found = _enabled(call, given["spaceId"], "open")
    if found.type == "SECURE":
        raise unsupported(
            call.task,
            "The get-url task cannot be used to request a stream from a secure distribution. Use get-signed-url"
            " instead.",
        )
    return pretty({"streamUrl": f"{_stream(call, found, given['resourcePrefix'])}{given['contentId']}"})


def get_signed_url(call: Call) -> str:
    _advise(call)
    given = call.parameters()
    found = _enabled(call, given["spaceId"], "secure")
    if found.type == "OPEN":
        raise unsupported(
            call.task,
            "The get-signed-url task cannot be used to request a stream from an open distribution. Use get-url"
            " instead.",
        )
    minutes = given["minutesToExpire"] if given["minutesToExpire"] > 0 else MINUTES
    until = int(call.world.clock.now() + minutes * 60)
    if call.fault("signing-key-missing"):
        raise TaskFailure(
            500,
            f"Error encountered attempting to sign URL for task {call.task}: {KEY_FILE} (No such file or directory)",
        )
    content_id = given["contentId"]
    address = ANY_ADDRESS if given["ipAddress"] is None else given["ipAddress"]
    condition = f'{{"DateLessThan":{{"AWS:EpochTime":{until}}},"IpAddress":{{"AWS:SourceIp":"{address}"}}}}'
    policy = f'{{"Statement": [{{"Resource":"{content_id}","Condition":{condition}}}]}}'
    begins = "&" if "?" in content_id else "?"
    signed = f"Policy={_signing(policy.encode())}&Signature={_signing(_signature(policy))}&Key-Pair-Id=APKASTANDIN"
    return pretty({"signedUrl": f"{_stream(call, found, given['resourcePrefix'])}{content_id}{begins}{signed}"})


def _signing(data: bytes) -> str:
    return b64encode(data).decode("ascii").translate(_AFTER_SIGNING)


def _signature(policy: str) -> bytes:
    """Looks like one; there is no key behind it."""
    return hashlib.shake_128(policy.encode()).digest(256)


def _stream(call: Call, found: Distribution, prefix: str | None) -> str:
    return f"rtmp://{call.world.streaming_host(found.host)}/cfx/st/{prefix or ''}"


def _distribution(call: Call, space_id: str) -> Distribution | None:
    return call.world.distributions.of_space(call.world.name, call.store.id, space_id, "RTMP")


def _required_distribution(call: Call, space_id: str) -> Distribution:
    """The properties go first, also when there is none."""
    if HOST in call.spaces.own_properties(space_id):
        call.spaces.clear_properties(space_id, HOST, TYPE)
    found = _distribution(call, space_id)
    if found is None:
        raise TaskFailure(500, f"No streaming distribution exists for space {space_id}")
    return found


def _enabled(call: Call, space_id: str, kind: str) -> Distribution:
    if TYPE not in call.spaces.own_properties(space_id):
        raise _not_enabled(call, "streaming")
    found = _distribution(call, space_id)
    if found is None:
        raise _not_enabled(call, f"{kind} streaming")
    return found


def _not_enabled(call: Call, what: str) -> TaskFailure:
    return unsupported(
        call.task,
        f"The {call.task} task can only be used after a space has been configured to enable {what}. Use"
        f" enable-streaming to enable {what} on this space.",
    )


def _advise(call: Call) -> None:
    """The access advice: below ADMIN only readers of the space, and only what get-url takes (protocol §18, 1 and 7).

    It reads the body of get-signed-url as one of get-url, so that minutes and address are unknown keys to it.
    """
    if call.caller.is_admin:
        return
    space_id = call.parameters("get-url")["spaceId"]
    try:
        allowed = call.caller.may(("READ", "WRITE"), call.spaces.acls(space_id))
    except NoSuchSpace:
        allowed = False
    if not allowed:
        raise TaskFailure(403, f"You are not authorized to access space {space_id}.")


OFFERS = (
    Offer("enable-streaming", enable_streaming, until=RTMP_ENDED),
    Offer("get-url", get_url, until=RTMP_ENDED),
    Offer("get-signed-url", get_signed_url, until=RTMP_ENDED),
    Offer("disable-streaming", disable_streaming, until=RTMP_ENDED),
    Offer("delete-streaming", delete_streaming, until=RTMP_ENDED),
)
"""In wire order."""
