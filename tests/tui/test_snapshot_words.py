"""Every status of a snapshot or restore on screen: the server's of today, those of old servers, and any other."""

import pytest

from durastore_tui.core.glyphs import Shade
from durastore_tui.tui.details.snapshot_words import restore_looks, snapshot_looks

SNAPSHOTS: list[tuple[str, str, Shade]] = [
    ("INITIALIZED", "◌ initialized", "accent"),
    ("TRANSFERRING_FROM_DURACLOUD", "◐ transferring", "accent"),
    ("REPLICATING_TO_STORAGE", "◐ replicating", "accent"),
    ("CLEANING_UP", "◐ cleaning up", "accent"),
    ("SNAPSHOT_COMPLETE", "● complete", "good"),
    ("FAILED_TO_TRANSFER_FROM_DURACLOUD", "✕ failed transfer", "bad"),
    ("ERROR", "✕ error", "bad"),
    ("CANCELLED", "○ cancelled", "dim"),
    ("WAITING_FOR_DPN", "· WAITING_FOR_DPN", ""),
    ("[red]ON_THE_MOON[/]", "· [red]ON_THE_MOON[/]", ""),
]
RESTORES: list[tuple[str, str, Shade]] = [
    ("INITIALIZED", "◌ initialized", "accent"),
    ("RETRIEVING_FROM_STORAGE", "◌ retrieving", "accent"),
    ("STORAGE_RETRIEVAL_COMPLETE", "◐ retrieved", "accent"),
    ("VERIFYING_RETRIEVED_CONTENT", "◐ verifying retrieved content", "accent"),
    ("VERIFYING_SNAPSHOT_REPO_AGAINST_MANIFEST", "◐ verifying against the manifest", "accent"),
    ("TRANSFERRING_TO_DURACLOUD", "◐ transferring", "accent"),
    ("TRANSFER_TO_DURACLOUD_COMPLETE", "◐ transferred", "accent"),
    ("VERIFYING_TRANSFERRED_CONTENT", "◐ verifying transferred content", "accent"),
    ("RESTORATION_COMPLETE", "● restored", "good"),
    ("RESTORATION_EXPIRED", "○ expired", "dim"),
    ("ERROR", "✕ error", "bad"),
    ("CLEANING_UP", "◐ cleaning up", "accent"),
    ("CANCELLED", "○ cancelled", "dim"),
    ("WAITING_FOR_DPN", "· WAITING_FOR_DPN", ""),
    ("DPN_TRANSFER_COMPLETE", "· DPN_TRANSFER_COMPLETE", ""),
    ("VERIFYING_DPN_TO_BRIDGE_TRANSFER", "· VERIFYING_DPN_TO_BRIDGE_TRANSFER", ""),
]


@pytest.mark.parametrize(("status", "text", "shade"), SNAPSHOTS)
def test_a_snapshot_is_a_glyph_a_word_and_a_colour(status: str, text: str, shade: Shade) -> None:
    looks = snapshot_looks(status)
    assert (looks.text, looks.shade) == (text, shade)


@pytest.mark.parametrize(("status", "text", "shade"), RESTORES)
def test_a_restore_is_a_glyph_a_word_and_a_colour(status: str, text: str, shade: Shade) -> None:
    looks = restore_looks(status)
    assert (looks.text, looks.shade) == (text, shade)


@pytest.mark.parametrize(
    ("status", "text", "shade"),
    [
        ("INITIALIZED", "▲ initialized, stuck", "warn"),
        ("CLEANING_UP", "▲ cleaning up, stuck", "warn"),
        ("ERROR", "✕ error", "bad"),
    ],
)
def test_a_stuck_one_says_so_and_a_failure_stays_a_failure(status: str, text: str, shade: Shade) -> None:
    looks = snapshot_looks(status, stuck=True)
    assert (looks.text, looks.shade) == (text, shade)


def test_no_status_at_all_is_said() -> None:
    assert snapshot_looks(None).text == "· no status"
