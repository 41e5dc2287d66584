"""How a space streams, in words that claim no more than is known; and the orders that change it."""

from __future__ import annotations

from dataclasses import dataclass

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.jobs import Evidence, Job
from durastore_tui.services.jobs import Order
from durastore_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class StreamState:
    """`word` for people, `glyph` a key of the glyph table; family HLS or RTMP; type and host as the space says."""

    word: str
    glyph: str
    family: str | None
    type: str | None
    host: str | None
    evidence: tuple[Evidence, ...] = ()


class Changed(Exception):
    """What the sheet promised no longer holds; the text says what is different now. Nothing was sent."""


def state_of(properties: SpaceProperties, job: Job | None = None) -> StreamState:
    """The space's own word, or the open job's when there is one."""
    raise NotImplementedError


async def enable(
    session: Session, space: str, *, secure: bool, origins: tuple[str, ...], promised: SpaceProperties | None = None
) -> Order:
    """Reads the space again and makes the order for Jobs; raises Changed, BadInput and the error tree."""
    raise NotImplementedError


async def disable(session: Session, space: str, *, promised: SpaceProperties | None = None) -> Order:
    """As enable; the distribution stays (protocol §7.4)."""
    raise NotImplementedError


async def delete(session: Session, space: str, *, promised: SpaceProperties | None = None) -> Order:
    """As enable; the distribution goes, later (protocol §7.5)."""
    raise NotImplementedError
