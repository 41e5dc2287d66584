"""RTMP streaming, gone from servers since 7.0.0 and from the edge since 2020-12-31 (protocol §7.23)."""

from dataclasses import dataclass, field, replace

from durastore_tui.core.checks import content_id, space_id
from durastore_tui.core.tasks.common import ADDRESS, COMPLETED, MINUTES, Done, Enabled, StreamUrl
from durastore_tui.core.tasks.model import Kind, Param, Role, Settling, StoreType, Task, Tier

SPACE = Param("spaceId", "the space", "chapel-recordings", check=space_id)
CONTENT = Param("contentId", "the item to stream", "services/1998/easter.mp4", check=content_id)
PREFIX = Param("resourcePrefix", "what the player wants in front of the id", "mp4:", required=False)


@dataclass(frozen=True, slots=True)
class SignedUrl:
    """A link with its signature: whoever holds it can stream."""

    signed_url: str | None = field(default=None, repr=False)


ENABLE = Task(
    name="enable-streaming",
    title="Enable RTMP streaming",
    help="Streams every item of the space by RTMP. The edge ended RTMP on 2020-12-31; kept for old servers.",
    section="§7.23",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(
        SPACE,
        Param(
            "secure",
            "SECURE asks viewers for signed URLs; OPEN asks for nothing",
            "true",
            Kind.FLAG,
            required=False,
            default="OPEN",
        ),
    ),
    reply=Enabled,
    proof=("streaming_host",),
    tier=Tier.CHANGE,
    answers_within=120,
    settling=Settling(usual=8 * 60, most=15 * 60),
    now="{spaceId} gets an RTMP streaming host.",
    later="The edge answers after some minutes, up to 15. The server never says when.",
    undo="Disable stops it and keeps the host; delete takes the host away for good.",
    since="3.3.0",
    until="7.0.0",
)

DISABLE = Task(
    name="disable-streaming",
    title="Disable RTMP streaming",
    help="Takes away the edge's access to the space, also for HLS. The distribution stays.",
    section="§7.23",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(SPACE,),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.CHANGE,
    answers_within=120,
    now="{spaceId} loses its RTMP properties and its bucket policy: HLS on the same space stops as well.",
    later="What the edge has cached may go on playing for up to 24 hours.",
    undo="Enable with the same type: the host stays the same.",
    since="3.3.0",
    until="7.0.0",
)

DELETE = Task(
    name="delete-streaming",
    title="Delete the RTMP distribution",
    help="Ends RTMP streaming and takes the host away.",
    section="§7.23",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(SPACE,),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.DANGER,
    answers_within=20 * 60,
    settling=Settling(usual=15 * 60, most=30 * 60),
    now="{spaceId} loses its RTMP properties and its bucket policy: HLS on the same space stops as well.",
    later="The host is deleted, usually in 15 minutes. Servers before 4.0.0 answer only then.",
    undo="Nothing brings this host back.",
    since="3.3.0",
    until="7.0.0",
)

URL = Task(
    name="get-url",
    title="Make an RTMP URL",
    help="Joins the RTMP host, the prefix and a content id of an OPEN space.",
    section="§7.23",
    stores=frozenset({StoreType.S3}),
    role=Role.USER,
    params=(SPACE, CONTENT, PREFIX),
    reply=StreamUrl,
    proof=("stream_url",),
    since="3.3.0",
    until="7.0.0",
)

SIGNED_URL = Task(
    name="get-signed-url",
    title="Make a signed RTMP URL",
    help="An RTMP URL of a SECURE space, with a signature that expires.",
    section="§7.23",
    stores=frozenset({StoreType.S3}),
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
