"""What was seen of a job, one look a line."""

from collections.abc import Sequence
from datetime import datetime

from durastore_tui.core.jobs import Evidence
from durastore_tui.tui.widgets.facts import Block


def evidence_blocks(evidence: Sequence[Evidence], now: datetime) -> tuple[Block, ...]:
    """For an Inspector or a sheet; newest first, "14 s ago  tls   handshake refused"."""
    raise NotImplementedError
