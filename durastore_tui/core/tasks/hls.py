"""HTTP Live Streaming of a space on the primary S3 store (protocol §7.3-§7.7)."""

from dataclasses import dataclass

from durastore_tui.core.checks import cidr, origins, space_id, web_url
from durastore_tui.core.tasks.model import Kind, Param, Role, Settling, StoreType, Task, Tier

S3 = frozenset({StoreType.S3})
SPACE = Param("spaceId", "the space", "oral-histories-hls", check=space_id)


@dataclass(frozen=True, slots=True)
class Enabled:
    """The server's acceptance; `streaming_host` is the host that will answer, later."""

    result: str | None = None
    streaming_host: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A sentence of the server."""

    result: str | None = None


@dataclass(frozen=True, slots=True)
class StreamUrl:
    """Host and content id joined, not percent-encoded (protocol §9.4)."""

    stream_url: str | None = None


@dataclass(frozen=True, slots=True)
class SignedCookiesUrl:
    """A link with a token: whoever holds it can stream."""

    signed_cookies_url: str | None = None


ENABLE = Task(
    name="enable-hls",
    title="Enable HLS streaming",
    help="Streams every item of the space by HTTP Live Streaming, openly or with signed cookies.",
    section="§7.3",
    stores=S3,
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
        ),
    ),
    reply=Enabled,
    tier=Tier.CHANGE,
    settling=Settling(usual=8 * 60, most=15 * 60),
    now="{spaceId} gets a streaming host; its access rules (CORS) are replaced by the origins given here.",
    later="The edge answers after some minutes, up to 15. The server never says when; we ask the edge.",
    undo="Disable stops it and keeps the host; delete takes the host away for good.",
    since="5.0.0",
)
