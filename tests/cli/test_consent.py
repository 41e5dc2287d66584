"""Consent: by option, or typed at a terminal."""

import io

import pytest

from durastore_tui.cli.consent import Given, Plan, consent, plan_of
from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import hls
from durastore_tui.core.tasks.model import Tier

SPACE = "dance-archive"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def plan(tier: Tier) -> Plan:
    return Plan("Do it", (SPACE,), tier, (("now", "something happens"),), "POST /task/x {}")


@pytest.mark.parametrize(
    ("tier", "given", "does"),
    [
        (Tier.LOOK, Given(), True),
        (Tier.CHANGE, Given(), False),
        (Tier.CHANGE, Given(yes=True), True),
        (Tier.CHANGE, Given(confirm=SPACE), True),
        (Tier.CHANGE, Given(yes=True, confirm="other"), False),
        (Tier.DANGER, Given(yes=True), False),
        (Tier.DANGER, Given(confirm=SPACE), True),
        (Tier.DANGER, Given(confirm="Dance-Archive"), False),
        (Tier.DANGER, Given(confirm=""), False),
        (Tier.DANGER, Given(force=True), False),
    ],
)
def test_options_consent_to_their_tier_and_to_no_other(tier: Tier, given: Given, does: bool) -> None:
    try:
        consent(plan(tier), given, io.StringIO("y\n"), io.StringIO())
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
        consent(plan(tier), Given(), Terminal(typed), screen)
    except BadInput:
        assert not does
    else:
        assert does
    assert "something happens" in screen.getvalue()
    assert "POST /task/x {}" in screen.getvalue()


@pytest.mark.parametrize(
    ("environment", "tier", "asked"),
    [
        (Environment.TEST, Tier.CHANGE, Tier.CHANGE),
        (Environment.DEMO, Tier.CHANGE, Tier.CHANGE),
        (Environment.PROD, Tier.CHANGE, Tier.DANGER),
        (Environment.PROD, Tier.LOOK, Tier.LOOK),
    ],
)
def test_in_production_every_write_wants_the_name(environment: Environment, tier: Tier, asked: Tier) -> None:
    profile = Profile("acme", "https://acme.example/durastore", "ana", environment)
    assert plan(tier).on(profile).tier is asked


def test_the_plan_is_in_the_words_of_the_registry_with_the_values_in_it() -> None:
    made = plan_of(hls.DISABLE, {"spaceId": SPACE}, (SPACE,), "POST …")
    assert made.tier is hls.DISABLE.tier
    assert dict(made.effects)["now"].startswith(SPACE)
    assert "{" not in "".join(text for _, text in made.effects)
