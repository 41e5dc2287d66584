"""The five HLS tasks (protocol §7.3-§7.7), with their side effects in the server's order."""

from durastore_tui.sandbox import cookies
from durastore_tui.sandbox.distributions import Distribution
from durastore_tui.sandbox.tasks.call import Call, Offer, TaskFailure
from durastore_tui.sandbox.wire.replies import pretty

HOST, TYPE = "hls-streaming-host", "hls-streaming-type"

CLOUDFRONT_RETRIES = 0.7
"""Seconds until the server gives up on a CloudFront that answers 503 (protocol §17)."""

DEFAULT_ORIGIN = "https://*"


def enable_hls(call: Call) -> str:
    given = call.parameters()
    space_id, kind = given["spaceId"], "SECURE" if given["secure"] else "OPEN"
    call.spaces.find(space_id)
    streaming = begin(call, space_id, "HLS", kind, _distribution(call, space_id), "delete-hls")
    origins = given["allowedOrigins"] or []
    if "" in origins or None in origins:
        raise TaskFailure(500, "One or more of the specified CORS rules is invalid: AllowedOrigin can not be empty.")
    listed = [*origins, f"https://{call.durastore_host}"] if origins else [DEFAULT_ORIGIN]
    call.spaces.set_cors(space_id, " ".join(listed))
    host = show(call, space_id, streaming, HOST, TYPE)
    return pretty({"result": "enable-hls task completed successfully", "streamingHost": host})


def disable_hls(call: Call) -> str:
    space_id = call.parameters()["spaceId"]
    call.spaces.clear_properties(space_id, HOST, TYPE)
    _required_distribution(call, space_id)
    call.spaces.set_bucket_policy(space_id, "")
    return pretty({"result": "disable-hls task completed successfully"})


def delete_hls(call: Call) -> str:
    space_id = call.parameters()["spaceId"]
    call.spaces.clear_properties(space_id, HOST, TYPE)
    call.spaces.set_bucket_policy(space_id, "")
    call.spaces.set_cors(space_id, "")
    found = _required_distribution(call, space_id)
    call.world.distributions.ask_deletion(found.host, fails=call.fault("deletion-gives-up"))
    return pretty({"result": "delete-hls task completed successfully"})


def get_url_hls(call: Call) -> str:
    given = call.parameters()
    host = _streaming_host(call, given["spaceId"], "HLS streaming. Use enable-hls to enable HLS streaming")
    return pretty({"streamUrl": f"https://{host}/{given['contentId']}"})


def get_signed_cookies_url(call: Call) -> str:
    given = call.parameters()
    enabling = "enable-streaming" if call.world.is_old else "enable-hls"
    host = _streaming_host(call, given["spaceId"], f"secure streaming. Use {enabling} to enable secure streaming")
    minutes = given["minutesToExpire"] if given["minutesToExpire"] > 0 else 480
    token = cookies.store(call.world, host, minutes, given["ipAddress"], given["redirectUrl"])
    return pretty({"signedCookiesUrl": f"https://{host}/cookies?token={token}"})


def begin(call: Call, space_id: str, family: str, kind: str, found: Distribution | None, deletion: str) -> Distribution:
    """The distribution that a space streams by from now on: the one `found`, or a new one, in both families."""
    if found is not None and found.type != kind:
        raise unsupported(
            call.task,
            f"The space {space_id} is already configured to stream as {found.type} and cannot be updated to stream as"
            f" {kind}. To do this, you must first execute the {deletion} task.",
        )
    if found is not None:
        call.world.distributions.revive(found.host)
    streaming = found or call.world.distributions.create(call.world.name, call.store.id, space_id, family, kind)
    call.spaces.set_bucket_policy(space_id, "cloudfront")
    return streaming


def show(call: Call, space_id: str, streaming: Distribution, host: str, streaming_type: str) -> str:
    """Sets the two properties of a family on the space, and returns the host on the wire."""
    call.spaces.set_property(space_id, host, streaming.host)
    call.spaces.set_property(space_id, streaming_type, streaming.type)
    return call.world.streaming_host(streaming.host)


def unsupported(task: str, reason: str) -> TaskFailure:
    """A streaming task used in the wrong state: 400 (protocol §6.1)."""
    return TaskFailure(400, f"Execution of task {task} is not supported as requested. {reason}")


def _distribution(call: Call, space_id: str) -> Distribution | None:
    if call.fault("cloudfront-down"):
        raise TaskFailure(
            500,
            "The service is unavailable. (Service: AmazonCloudFront; Status Code: 503; Error Code: ServiceUnavailable;"
            " Request ID: null; Proxy: null)",
            CLOUDFRONT_RETRIES,
        )
    return call.world.distributions.of_space(call.world.name, call.store.id, space_id, "HLS")


def _required_distribution(call: Call, space_id: str) -> Distribution:
    found = _distribution(call, space_id)
    if found is None:
        raise TaskFailure(500, f"No streaming distribution exists for space {space_id}")
    return found


def _streaming_host(call: Call, space_id: str, missing_distribution: str) -> str:
    """The host on the wire. Without the property both tasks say the same; without a distribution each its own."""
    if HOST not in call.spaces.own_properties(space_id):
        raise _not_enabled(call, "HLS streaming. Use enable-hls to enable HLS streaming")
    found = _distribution(call, space_id)
    if found is None:
        raise _not_enabled(call, missing_distribution)
    return call.world.streaming_host(found.host)


def _not_enabled(call: Call, what: str) -> TaskFailure:
    return unsupported(
        call.task,
        f"The {call.task} task can only be used after a space has been configured to enable {what} on this space.",
    )


OFFERS = (
    Offer("enable-hls", enable_hls, since=(5, 0, 0)),
    Offer("get-url-hls", get_url_hls, since=(5, 0, 0)),
    Offer("get-signed-cookies-url", get_signed_cookies_url, since=(5, 0, 0)),
    Offer("disable-hls", disable_hls, since=(5, 0, 0)),
    Offer("delete-hls", delete_hls, since=(5, 0, 0)),
)
"""In wire order."""
