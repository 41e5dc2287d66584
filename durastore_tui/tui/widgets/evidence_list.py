"""What was seen of a job, one look a line."""

from collections.abc import Sequence

from durastore_tui.core.jobs import Evidence
from durastore_tui.tui.widgets.facts import Block, Fact, Words


def evidence_blocks(evidence: Sequence[Evidence]) -> tuple[Block, ...]:
    """For an Inspector or a sheet; newest first, local time: "12:04:09   tls: handshake refused"."""
    if not evidence:
        return (Words("Nothing was looked at yet.", "dim"),)
    return tuple(Fact(f"{one.at.astimezone():%H:%M:%S}", f"{one.step}: {one.result}") for one in reversed(evidence))
