"""Parameters and replies that more than one family has."""

from dataclasses import dataclass
from functools import partial

from durastore_tui.core.checks import cidr
from durastore_tui.core.inputs import private_range, trimmed
from durastore_tui.core.tasks.model import Kind, Param, Role, Settling, StoreType, Task, Tier

MINUTES = Param(
    "minutesToExpire",
    "minutes until it expires",
    "60",
    Kind.NUMBER,
    required=False,
    least=1,
    most=2**31 - 1,
    default="480",
)
COMPLETED = ("complet",)
"""In every known sentence of these tasks: "completed successfully", "complete was successful", "completed"."""
BRIDGE_UNTOUCHED = (
    r"Error reported: (Illegal character in |Connect to .* failed: |Unexpected response code: 4\d\d$"
    r'|Cannot invoke "java.nio.ByteBuffer)'
)
"""Texts that show that the bridge was not reached, or rejected at once. Its 5xx can come after an effect."""
ADDRESS = Param(
    "ipAddress",
    "only viewers from this address range (CIDR)",
    "203.0.113.0/24",
    required=False,
    default="any address",
    check=cidr,
    normalise=trimmed,
    warn=private_range,
)


@dataclass(frozen=True, slots=True)
class Done:
    """A sentence of the server."""

    result: str | None = None


@dataclass(frozen=True, slots=True)
class Enabled:
    """The server's acceptance; `streaming_host` is the host that will answer, later."""

    result: str | None = None
    streaming_host: str | None = None


@dataclass(frozen=True, slots=True)
class StreamUrl:
    """Host, prefix and content id joined, not percent-encoded (protocol §9.4)."""

    stream_url: str | None = None


streaming_task = partial(Task, stores=frozenset({StoreType.S3}), role=Role.ADMIN)
"""A task of HLS or RTMP. The three that change a distribution differ between the two families in words alone."""
enabling_task = partial(
    streaming_task,
    reply=Enabled,
    proof=("streaming_host",),
    tier=Tier.CHANGE,
    answers_within=120,
    settling=Settling(usual=8 * 60, most=15 * 60),
    undo="Disable stops it and keeps the host; delete takes the host away for good.",
)
disabling_task = partial(
    streaming_task,
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.CHANGE,
    answers_within=120,
    later="What the edge has cached may go on playing for up to 24 hours.",
)
deleting_task = partial(
    streaming_task,
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.DANGER,
    settling=Settling(usual=15 * 60, most=30 * 60),
)


def type_param(asked_of_viewers: str) -> Param:
    """The type of a distribution; `asked_of_viewers` is what SECURE wants of them."""
    return Param(
        "secure",
        f"SECURE asks viewers for {asked_of_viewers}; OPEN asks for nothing",
        "true",
        Kind.FLAG,
        required=False,
        default="OPEN",
    )
