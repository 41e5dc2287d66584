"""RTMP streaming, gone from servers since 7.0.0 and from the edge since 2020-12-31 (protocol §7.23)."""

from dataclasses import dataclass, field, replace

from durastore_tui.core.checks import content_id, space_id
from durastore_tui.core.tasks.common import (
    ADDRESS,
    MINUTES,
    StreamUrl,
    deleting_task,
    disabling_task,
    enabling_task,
    streaming_task,
    type_param,
)
from durastore_tui.core.tasks.model import Param, Role

SPACE = Param("spaceId", "the space", "chapel-recordings", check=space_id)
CONTENT = Param("contentId", "the item to stream", "services/1998/easter.mp4", check=content_id)
PREFIX = Param("resourcePrefix", "what the player wants in front of the id", "mp4:", required=False)


@dataclass(frozen=True, slots=True)
class SignedUrl:
    """A link with its signature: whoever holds it can stream."""

    signed_url: str | None = field(default=None, repr=False)


ENABLE = enabling_task(
    name="enable-streaming",
    title="Enable RTMP streaming",
    help="Streams every item of the space by RTMP. The edge ended RTMP on 2020-12-31; kept for old servers.",
    section="§7.23",
    params=(
        SPACE,
        type_param("signed URLs"),
    ),
    now="{spaceId} gets an RTMP streaming host.",
    later="The edge answers after some minutes, up to 15. The server never says when.",
    since="3.3.0",
    until="7.0.0",
)

DISABLE = disabling_task(
    name="disable-streaming",
    title="Disable RTMP streaming",
    help="Takes away the edge's access to the space, also for HLS. The distribution stays.",
    section="§7.23",
    params=(SPACE,),
    now="{spaceId} loses its RTMP properties and its bucket policy: HLS on the same space stops as well.",
    undo="Enable with the same type: the host stays the same.",
    since="3.3.0",
    until="7.0.0",
)

DELETE = deleting_task(
    name="delete-streaming",
    title="Delete the RTMP distribution",
    help="Ends RTMP streaming and takes the host away.",
    section="§7.23",
    params=(SPACE,),
    answers_within=20 * 60,
    now="{spaceId} loses its RTMP properties and its bucket policy: HLS on the same space stops as well.",
    later="The host is deleted, usually in 15 minutes. Servers before 4.0.0 answer only then.",
    undo="Nothing brings this host back.",
    since="3.3.0",
    until="7.0.0",
)

URL = streaming_task(
    name="get-url",
    title="Make an RTMP URL",
    help="Joins the RTMP host, the prefix and a content id of an OPEN space.",
    section="§7.23",
    role=Role.USER,
    params=(SPACE, CONTENT, PREFIX),
    reply=StreamUrl,
    proof=("stream_url",),
    since="3.3.0",
    until="7.0.0",
)

SIGNED_URL = streaming_task(
    name="get-signed-url",
    title="Make a signed RTMP URL",
    help="An RTMP URL of a SECURE space, with a signature that expires.",
    section="§7.23",
    role=Role.USER,
    params=(
        SPACE,
        CONTENT,
        replace(MINUTES, role=Role.ADMIN),
        replace(ADDRESS, role=Role.ADMIN),
        PREFIX,
    ),
    reply=SignedUrl,
    proof=("signed_url",),
    since="3.3.0",
    until="7.0.0",
)

TASKS = (ENABLE, DISABLE, DELETE, URL, SIGNED_URL)
