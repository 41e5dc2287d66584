"""What can be said of a space's storage policy: what was last set from here, never what is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.jobs import JobState
from durastore_tui.core.storage import ARCHIVES
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words
from durastore_tui.tui.wording import ago, on_clock

if TYPE_CHECKING:
    from durastore_tui.services.policies import Attempt, LastSet

NEVER = ("off", "not set from here")
ASKED = {
    None: ("off", "waits"),
    JobState.SENT: ("sent", "asking"),
    JobState.PAUSED: ("paused", "paused"),
    JobState.ABANDONED: ("off", "not sent"),
    JobState.UNVERIFIED: ("unverified", ""),
    JobState.NO_REPLY: ("no_reply", "no reply"),
    JobState.REJECTED: ("rejected", "rejected"),
}


def in_a_word(said: LastSet | None) -> tuple[str, str]:
    """Glyph name and words for a row."""
    if said is None:
        return NEVER
    newest, effect = said.newest, said.effect
    if effect is None or effect is newest:
        return _word(newest)
    glyph, word = _word(effect)
    return glyph, f"{word}, then {_word(newest)[1]}"


def _word(attempt: Attempt) -> tuple[str, str]:
    what = asked(attempt)
    if attempt.removed:
        return "failed", f"gone, {what} refused"
    if attempt.part.state is None and not attempt.job.open:
        return "off", f"not sent: {what}"
    glyph, word = ASKED[attempt.part.state]
    return glyph, f"{word}: {what}" if word else what


def asked(attempt: Attempt) -> str:
    """Class and days: "STANDARD_IA 45"."""
    return f"{attempt.storage_class} {attempt.days}"


def policy_blocks(
    said: LastSet | None, begins: tuple[str, int] | None, streams: bool, now: datetime
) -> Iterator[Block]:
    """`begins` is what new spaces of the store start with, None where nobody knows."""
    yield Heading("LAST SET FROM HERE")
    glyph, word = in_a_word(said)
    yield Fact("policy", badge(glyph, word), MARKS[glyph].shade)
    if said:
        yield from _attempt(said.effect or said.newest, now)
        if said.effect and said.effect is not said.newest:
            yield Heading("LAST TRY")
            yield from _attempt(said.newest, now)
    yield Heading("IN FORCE")
    yield Words("Nobody can say: the server tells nothing of it.", "dim")
    if begins:
        yield Fact("new spaces", f"begin with {begins[0]} after {begins[1]} days")
    effect = said.effect if said else None
    if streams and effect and not effect.removed and effect.storage_class in ARCHIVES:
        yield Heading("CONFLICT")
        yield Words(f"It streams, and its items are to move to {effect.storage_class}: streams stop as they do.", "bad")


def _attempt(attempt: Attempt, now: datetime) -> Iterator[Block]:
    at = attempt.part.at
    if at:
        yield Fact("asked", f"{ago(at, now)}, {on_clock(at)}", "dim")
    if attempt.part.words:
        yield Words(
            f"“{attempt.part.words}”" if attempt.part.state is not JobState.NO_REPLY else attempt.part.words, "dim"
        )
    if attempt.removed:
        yield Words("The old policy is already gone: the server deletes it first. Set one that AWS takes.", "bad")
    elif attempt.part.state is JobState.NO_REPLY:
        yield Words("The policy may be the new one, the old one, or gone.", "warn")
    if attempt.job.parts[1:]:
        yield Fact(
            "run", f"{len(attempt.job.parts):,} spaces, {badge(attempt.job.state)}", MARKS[attempt.job.state].shade
        )
        yield Words(attempt.job.words, "dim")
