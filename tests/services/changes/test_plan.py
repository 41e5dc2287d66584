"""A change as it is shown before it is sent."""

import pytest

from durastore_tui.config.profile import Environment
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import hls
from durastore_tui.core.tasks.model import Tier
from durastore_tui.services.changes import retrieval_changes, streaming_changes
from durastore_tui.services.changes.plan import plan_of, tier_on
from durastore_tui.services.changes.preflight import Preflight
from tests.services.conftest import Login

SPACE = "dance-archive"


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
    assert tier_on(environment, tier) is asked


async def test_the_plan_is_in_the_words_of_the_registry_with_the_values_in_it(login: Login) -> None:
    session = await login()
    order = streaming_changes.draft(JobKind.DISABLE, SPACE)
    made = plan_of(session, Preflight(hls.DISABLE, {"spaceId": SPACE}, order=order), "Disable")
    assert made.tier is hls.DISABLE.tier
    assert dict(made.effects)["now"].startswith(SPACE)
    assert "{" not in "".join(text for _, text in made.effects)
    assert (made.subject, made.names, made.typed) == (SPACE, (SPACE,), None)


async def test_a_run_is_confirmed_by_its_number_and_shows_every_request(login: Login) -> None:
    session = await login(store="52")
    found = await retrieval_changes.preflight(session, "masters-audio", ["a.wav", "b.wav"], unchecked=True)
    made = plan_of(session, found, "Retrieve")
    assert (made.names, made.typed, made.tier) == (("2",), "2", Tier.DANGER)
    assert made.subject == "2 items: a.wav, b.wav"
    assert [request.body for request in made.requests] == ["masters-audio/a.wav", "masters-audio/b.wav"]
    assert made.curl.count("curl ") == 2


async def test_what_is_predicted_is_a_warning_and_the_button_says_so(login: Login) -> None:
    order = streaming_changes.draft(JobKind.DISABLE, SPACE)
    wrong = Preflight(hls.DISABLE, {"spaceId": SPACE}, ("It is off.",), order=order, warnings=("It is old.",))
    made = plan_of(await login(), wrong, "Disable")
    assert (made.verb, made.predicted, made.warnings) == ("Disable anyway", ("It is off.",), ("It is old.",))
