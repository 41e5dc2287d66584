"""Consent: by option, or typed at a terminal."""

import io
from dataclasses import replace

import pytest

from durastore_tui.cli.consent import Given, consent
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Tier
from durastore_tui.services.changes.confirmation import Consent
from durastore_tui.services.changes.plan import Plan, PlannedRequest

SPACE = "dance-archive"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


PLAN = Plan(
    title="Do it",
    verb="Do",
    subject=SPACE,
    names=(SPACE, "snapshot-1"),
    environment="TEST",
    profile="acme",
    now="something happens",
    later="",
    undo="",
    requests=(PlannedRequest("POST", "/task/x", "{}"),),
    curl="",
    tier=Tier.CHANGE,
)


def plan(tier: Tier) -> Plan:
    return replace(PLAN, tier=tier)


@pytest.mark.parametrize(
    ("tier", "given", "does"),
    [
        (Tier.CHANGE, Given(), False),
        (Tier.CHANGE, Given(yes=True), True),
        (Tier.CHANGE, Given(confirm=SPACE), True),
        (Tier.CHANGE, Given(yes=True, confirm="other"), False),
        (Tier.DANGER, Given(yes=True), False),
        (Tier.DANGER, Given(confirm=SPACE), True),
        (Tier.DANGER, Given(confirm="snapshot-1"), True),
        (Tier.DANGER, Given(confirm="Dance-Archive"), False),
        (Tier.DANGER, Given(confirm=""), False),
        (Tier.DANGER, Given(force=True), False),
    ],
)
def test_options_consent_to_their_tier_and_to_no_other(tier: Tier, given: Given, does: bool) -> None:
    try:
        assert consent(plan(tier), given, io.StringIO("y\n"), io.StringIO()) is Consent.BEFORE
    except BadInput as refused:
        assert not does
        assert "nothing was sent" in refused.sentence
    else:
        assert does


@pytest.mark.parametrize(
    ("tier", "typed", "does"),
    [
        (Tier.CHANGE, "y\n", True),
        (Tier.CHANGE, "\n", False),
        (Tier.CHANGE, "", False),
        (Tier.CHANGE, "yes please\n", False),
        (Tier.DANGER, f"{SPACE}\n", True),
        (Tier.DANGER, "y\n", False),
        (Tier.DANGER, f" {SPACE}\n", False),
    ],
)
def test_a_terminal_is_asked_and_shown_the_effect_and_the_request(tier: Tier, typed: str, does: bool) -> None:
    screen = Terminal()
    try:
        assert consent(plan(tier), Given(), Terminal(typed), screen) is Consent.ASKED
    except BadInput:
        assert not does
    else:
        assert does
    assert "something happens" in screen.getvalue()
    assert "POST /task/x {}" in screen.getvalue()
