"""HTTP Live Streaming of a space on the primary S3 store (protocol §7.3-§7.7)."""

from dataclasses import dataclass, field

from durastore_tui.core.checks import content_id, origins, space_id, web_url
from durastore_tui.core.inputs import as_origins, as_redirect
from durastore_tui.core.tasks.common import ADDRESS, COMPLETED, MINUTES, Done, Enabled, StreamUrl
from durastore_tui.core.tasks.model import Kind, Param, Role, Settling, StoreType, Task, Tier

SPACE = Param("spaceId", "the space", "oral-histories-hls", check=space_id)


@dataclass(frozen=True, slots=True)
class SignedCookiesUrl:
    """A link with a token: whoever holds it can stream."""

    signed_cookies_url: str | None = field(default=None, repr=False)


ENABLE = Task(
    name="enable-hls",
    title="Enable HLS streaming",
    help="Streams every item of the space by HTTP Live Streaming, openly or with signed cookies.",
    section="§7.3",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(
        SPACE,
        Param(
            "secure",
            "SECURE asks viewers for signed cookies; OPEN asks for nothing",
            "true",
            Kind.FLAG,
            required=False,
            default="OPEN",
        ),
        Param(
            "allowedOrigins",
            "web pages that may play the streams: scheme and host, no path",
            "https://library.example",
            Kind.LIST,
            required=False,
            default="https://*",
            check=origins,
            normalise=as_origins,
        ),
    ),
    reply=Enabled,
    proof=("streaming_host",),
    tier=Tier.CHANGE,
    answers_within=120,
    settling=Settling(usual=8 * 60, most=15 * 60),
    now="{spaceId} gets a streaming host; its access rules (CORS) are replaced by the origins given here.",
    later="The edge answers after some minutes, up to 15. The server never says when; we ask the edge.",
    undo="Disable stops it and keeps the host; delete takes the host away for good.",
    since="5.0.0",
)

DISABLE = Task(
    name="disable-hls",
    title="Disable HLS streaming",
    help="Takes away the edge's access to the space. The distribution stays, so the same type comes back quickly.",
    section="§7.4",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(SPACE,),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.CHANGE,
    answers_within=120,
    now="{spaceId} loses its streaming properties, and the edge its access to the items.",
    later="What the edge has cached may go on playing for up to 24 hours.",
    undo="Enable with the same type: the host stays the same. The other type needs a delete first.",
    since="5.0.0",
)

DELETE = Task(
    name="delete-hls",
    title="Delete the HLS distribution",
    help="Ends streaming and takes the host away: needed before the other type can be enabled.",
    section="§7.5",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(SPACE,),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.DANGER,
    answers_within=120,
    settling=Settling(usual=15 * 60, most=30 * 60),
    now="{spaceId} loses its streaming properties, access rules (CORS) and bucket policy.",
    later="The host falls silent and is deleted, usually in 15 minutes, at most 30. The server never says when.",
    undo="Nothing brings this host back; enabling later gives a new one, and every URL handed out changes.",
    since="5.0.0",
)

URL = Task(
    name="get-url-hls",
    title="Make a streaming URL",
    help="Joins the streaming host and a content id. Whether the item exists is not checked.",
    section="§7.6",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(
        SPACE,
        Param("contentId", "the item to stream", "oh/1974/OH-0412/interview-playlist.m3u8", check=content_id),
    ),
    reply=StreamUrl,
    proof=("stream_url",),
    since="5.0.0",
)

COOKIES_URL = Task(
    name="get-signed-cookies-url",
    title="Make a signed-cookies URL",
    help="A link that sets the cookies a viewer needs for a SECURE space, then leads on to a page.",
    section="§7.7",
    stores=frozenset({StoreType.S3}),
    role=Role.ADMIN,
    params=(
        SPACE,
        MINUTES,
        ADDRESS,
        Param(
            "redirectUrl",
            "where the viewer is sent with the cookies",
            "https://player.example/watch",
            check=web_url,
            normalise=as_redirect,
        ),
    ),
    reply=SignedCookiesUrl,
    proof=("signed_cookies_url",),
    rejections=(r"Error encountered attempting to create signed cookies in task ",),
    idempotent=False,
    now="A token is stored on the server; whoever holds the link can stream {spaceId}.",
    undo="Nothing takes the token back; the cookies expire by themselves.",
    since="5.0.0",
)

TASKS = (ENABLE, DISABLE, DELETE, URL, COOKIES_URL)
