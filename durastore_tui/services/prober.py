"""Asks a streaming host from outside whether it answers: name, TCP, TLS, HTTP (protocol §9.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from durastore_tui.core.clock import Clock
from durastore_tui.core.jobs import Evidence


@dataclass(frozen=True, slots=True)
class Probe:
    """One look at a host: a line a step, up to the first that failed.

    `answered`: HTTP came back, whatever its status. `silent`: the host is not there: no name, no connection, no
    handshake. Neither: something is there that we can't judge.
    """

    at: datetime
    evidence: tuple[Evidence, ...]
    answered: bool
    silent: bool


class Prober:
    """One per event loop. Keeps each host's last answer, and gives it again when asked within a few seconds."""

    def __init__(self, clock: Clock, ca_file: Path | None = None) -> None:
        raise NotImplementedError

    async def probe(self, host: str) -> Probe:
        """Asks `host` or `host:port`; never raises."""
        raise NotImplementedError

    def last(self, host: str) -> Probe | None:
        """What the last look found, with its time."""
        raise NotImplementedError
