"""The statuses of snapshots and restores as glyph, word and colour; words that nobody knows stand as they came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from durastore_tui.core.glyphs import MARKS, Shade, glyph, sign


class Looks(NamedTuple):
    """`word` says without its glyph how it stands."""

    glyph: str
    word: str
    shade: Shade

    @property
    def text(self) -> str:
        """Glyph and word."""
        return f"{self.glyph} {self.word}"


STUCK = "stuck"
"""Stands in for a status, and is none of the server's: whatever does not go on by itself."""
SNAPSHOT: Mapping[str, tuple[str, str]] = {
    "INITIALIZED": ("accepted", "initialized"),
    "TRANSFERRING_FROM_DURACLOUD": ("in_progress", "transferring"),
    "REPLICATING_TO_STORAGE": ("in_progress", "replicating"),
    "CLEANING_UP": ("in_progress", "cleaning up"),
    "SNAPSHOT_COMPLETE": ("confirmed", "complete"),
    "FAILED_TO_TRANSFER_FROM_DURACLOUD": ("failed", "failed transfer"),
    "ERROR": ("failed", "error"),
    "CANCELLED": ("off", "cancelled"),
}
RESTORE: Mapping[str, tuple[str, str]] = {
    "INITIALIZED": ("accepted", "initialized"),
    "RETRIEVING_FROM_STORAGE": ("accepted", "retrieving"),
    "STORAGE_RETRIEVAL_COMPLETE": ("in_progress", "retrieved"),
    "VERIFYING_RETRIEVED_CONTENT": ("in_progress", "verifying retrieved content"),
    "VERIFYING_SNAPSHOT_REPO_AGAINST_MANIFEST": ("in_progress", "verifying against the manifest"),
    "TRANSFERRING_TO_DURACLOUD": ("in_progress", "transferring"),
    "TRANSFER_TO_DURACLOUD_COMPLETE": ("in_progress", "transferred"),
    "VERIFYING_TRANSFERRED_CONTENT": ("in_progress", "verifying transferred content"),
    "RESTORATION_COMPLETE": ("confirmed", "restored"),
    "RESTORATION_EXPIRED": ("off", "expired"),
    "ERROR": ("failed", "error"),
    "CLEANING_UP": ("in_progress", "cleaning up"),
    "CANCELLED": ("off", "cancelled"),
}


def snapshot_looks(status: str | None, *, stuck: bool = False) -> Looks:
    """How a snapshot stands; one that seems stuck is late."""
    return _looks(SNAPSHOT, status, stuck)


def restore_looks(status: str | None) -> Looks:
    """How a restore stands."""
    return _looks(RESTORE, status, False)


def _looks(table: Mapping[str, tuple[str, str]], status: str | None, stuck: bool) -> Looks:
    if status is None or status not in table:
        word = status or "no status"
        return Looks(sign("dot"), word, "")
    state, word = table[status]
    if stuck and state != "failed":
        state, word = "overdue", f"{word}, stuck"
    return Looks(glyph(state), word, MARKS[state].shade)
