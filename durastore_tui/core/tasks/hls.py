"""HTTP Live Streaming of a space on the primary S3 store (protocol §7.3-§7.7)."""

from dataclasses import dataclass, field

from durastore_tui.core.checks import content_id, origins, space_id, web_url
from durastore_tui.core.inputs import as_origins, as_redirect
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
from durastore_tui.core.tasks.model import Kind, Param

SPACE = Param("spaceId", "the space", "oral-histories-hls", check=space_id)


@dataclass(frozen=True, slots=True)
class SignedCookiesUrl:
    """A link with a token: whoever holds it can stream."""

    signed_cookies_url: str | None = field(default=None, repr=False)


ENABLE = enabling_task(
    name="enable-hls",
    title="Enable HLS streaming",
    help="Streams every item of the space by HTTP Live Streaming, openly or with signed cookies.",
    section="§7.3",
    params=(
        SPACE,
        type_param("signed cookies"),
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
    now="{spaceId} gets a streaming host; its access rules (CORS) are replaced by the origins given here.",
    later="The edge answers after some minutes, up to 15. The server never says when; we ask the edge.",
    since="5.0.0",
)

DISABLE = disabling_task(
    name="disable-hls",
    title="Disable HLS streaming",
    help="Takes away the edge's access to the space. The distribution stays, so the same type comes back quickly.",
    section="§7.4",
    params=(SPACE,),
    now="{spaceId} loses its streaming properties, and the edge its access to the items.",
    undo="Enable with the same type: the host stays the same. The other type needs a delete first.",
    since="5.0.0",
)

DELETE = deleting_task(
    name="delete-hls",
    title="Delete the HLS distribution",
    help="Ends streaming and takes the host away: needed before the other type can be enabled.",
    section="§7.5",
    params=(SPACE,),
    answers_within=120,
    now="{spaceId} loses its streaming properties, access rules (CORS) and bucket policy.",
    later="The host falls silent and is deleted, usually in 15 minutes, at most 30. The server never says when.",
    undo="Nothing brings this host back; enabling later gives a new one, and every URL handed out changes.",
    since="5.0.0",
)

URL = streaming_task(
    name="get-url-hls",
    title="Make a streaming URL",
    help="Joins the streaming host and a content id. Whether the item exists is not checked.",
    section="§7.6",
    params=(
        SPACE,
        Param("contentId", "the item to stream", "oh/1974/OH-0412/interview-playlist.m3u8", check=content_id),
    ),
    reply=StreamUrl,
    proof=("stream_url",),
    since="5.0.0",
)

COOKIES_URL = streaming_task(
    name="get-signed-cookies-url",
    title="Make a signed-cookies URL",
    help="A link that sets the cookies a viewer needs for a SECURE space, then leads on to a page.",
    section="§7.7",
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
