"""A login, its stores, and what it may do."""

import pytest

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.errors import BadInput, Forbidden, Unauthorized
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import TASKS, glacier, hls, noop, policy, rtmp, snapshots, undeclared
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.changes.guard import guard
from durastore_tui.services.session import Session, open_session
from tests.misbehaving import Answer, answer, misbehaving
from tests.services.conftest import Login


def standing(session: Session, task: Task) -> Standing:
    return session.capabilities.standing(session.store.id, task)


async def test_the_primary_store_is_the_current_one_and_its_tasks_are_known(login: Login) -> None:
    session = await login()
    assert (session.store.id, session.store.type) == ("51", "AMAZON_S3")
    assert [store.id for store in session.stores] == ["51", "52", "53"]
    assert standing(session, hls.ENABLE) is not Standing.NOT_OFFERED
    assert standing(session, glacier.THAW) is Standing.NOT_OFFERED


def stores(*primary: str) -> Answer:
    """A list of two stores, and which of them are primary."""
    rows = "".join(
        f'<storageAcct ownerId="0" isPrimary="{int(store in primary)}"><id>{store}</id>'
        "<storageProviderType>AMAZON_S3</storageProviderType></storageAcct>"
        for store in ("7", "8")
    )
    body = f"<storageProviderAccounts>{rows}</storageProviderAccounts>"
    return answer("200 OK", body.encode(), "Content-Type: application/xml")


async def test_the_primary_store_is_not_the_first_one_but_the_one_that_says_so() -> None:
    tasks = answer("200 OK", b"<list></list>", "Content-Type: application/xml")
    async with misbehaving(stores("8"), tasks) as server:
        session = await open_session(at(server.url), Secret("rpw"), WallClock())
        await session.close()
    assert session.store.id == "8"


async def test_where_no_store_is_primary_none_is_guessed() -> None:
    async with misbehaving(stores()) as server:
        with pytest.raises(BadInput) as refused:
            await open_session(at(server.url), Secret("rpw"), WallClock())
    assert "name one of 7, 8" in refused.value.sentence


def at(url: str) -> Profile:
    return Profile("two", url, "root", Environment.TEST)


async def test_another_store_has_other_tasks(login: Login) -> None:
    session = await login()
    await session.use_store("53")
    assert standing(session, hls.ENABLE) is Standing.NOT_OFFERED
    assert standing(session, snapshots.CREATE) is Standing.UNKNOWN


@pytest.mark.parametrize("store", ["99", "", "51 ", "*"])
async def test_a_store_that_the_server_did_not_list_is_never_sent(login: Login, store: str) -> None:
    with pytest.raises(BadInput) as refused:
        await login(store=store)
    assert "51, 52, 53" in refused.value.sentence


async def test_the_only_store_with_a_task_is_found_and_none_is_said_to_be_none(login: Login) -> None:
    session = await login()
    await session.use_only_store_with(glacier.THAW)
    assert session.store.id == "52"
    with pytest.raises(BadInput):
        await (await login(world="vallon")).use_only_store_with(snapshots.LIST)


async def test_a_store_whose_tasks_cannot_be_listed_leaves_everything_unknown(login: Login) -> None:
    session = await login(world="cedarfork", store="5")
    assert standing(session, hls.ENABLE) is Standing.UNKNOWN
    assert guard(session, hls.ENABLE) is None


async def test_a_wrong_password_is_unauthorized(login: Login) -> None:
    with pytest.raises(Unauthorized):
        await login(password="wrong")


async def test_a_refusal_tells_of_all_tasks_of_that_role_and_above(login: Login) -> None:
    session = await login("user")
    with pytest.raises(Forbidden):
        await session.run(noop.NOOP, {})
    assert standing(session, hls.ENABLE) is Standing.NEEDS_ROLE
    assert standing(session, policy.SET) is Standing.NEEDS_ROLE
    assert "ADMIN" in str(guard(session, hls.ENABLE))


async def test_a_success_tells_of_all_tasks_of_that_role_and_below(login: Login) -> None:
    session = await login("admin")
    await session.run(noop.NOOP, {})
    assert standing(session, hls.ENABLE) is Standing.ALLOWED
    assert standing(session, policy.SET) is Standing.UNKNOWN


TASK_OF = {"USER": TASKS["get-snapshot"], "ADMIN": noop.NOOP, "ROOT": policy.SET}
LADDER = tuple(TASK_OF)


@pytest.mark.parametrize("role", LADDER)
async def test_a_success_is_a_lower_bound_of_the_role_and_a_refusal_an_upper_one(login: Login, role: str) -> None:
    learnt = (await login()).capabilities
    learnt.listed("51", tuple(task.name for task in TASK_OF.values()))
    at = LADDER.index(role)
    learnt.succeeded(TASK_OF[role])
    allowed = {each for each in LADDER if learnt.standing("51", TASK_OF[each]) is Standing.ALLOWED}
    assert allowed == set(LADDER[: at + 1])
    if role != "USER":  # what any user may run is refused for other reasons than a role
        learnt.failed(TASK_OF[role], Forbidden("POST", 403, "HTTP Status 403"))
        missing = {each for each in LADDER if learnt.standing("51", TASK_OF[each]) is Standing.NEEDS_ROLE}
        assert missing == set(LADDER[at:])


async def test_what_is_not_offered_says_where_it_is(login: Login) -> None:
    session = await login()
    assert "AMAZON_GLACIER" in str(guard(session, glacier.THAW))
    assert "no more since 7.0.0" in str(guard(session, rtmp.ENABLE))
    assert guard(await login(world="cedarfork"), rtmp.ENABLE) is None


async def test_read_only_stops_what_changes_and_lets_a_cookies_url_be_made(login: Login) -> None:
    session = await login(read_only=True)
    assert "read-only" in str(guard(session, hls.ENABLE))
    assert guard(session, hls.COOKIES_URL) is None
    assert guard(session, hls.URL) is None


async def test_a_known_tasks_raw_run_teaches_as_its_form_does(login: Login) -> None:
    user, admin = await login("user"), await login("admin")
    with pytest.raises(Forbidden):
        await user.run_raw(noop.NOOP, b"")
    assert standing(user, hls.ENABLE) is Standing.NEEDS_ROLE
    await admin.run_raw(noop.NOOP, b"")
    assert standing(admin, hls.ENABLE) is Standing.ALLOWED
    assert [(lesson.task, lesson.status) for lesson in admin.capabilities.lessons()] == [(noop.NOOP, 200)]


async def test_a_refusal_about_one_space_says_nothing_of_the_role(login: Login) -> None:
    session = await login()
    refused = Forbidden("POST", 403, "You are not authorized to access space private-donor-papers.")
    session.capabilities.failed(hls.URL, refused)
    assert standing(session, hls.URL) is Standing.UNKNOWN


async def test_the_newest_answer_wins_when_a_role_is_given_or_taken_away(login: Login) -> None:
    session = await login()
    session.capabilities.failed(policy.SET, Forbidden("POST", 403, "HTTP Status 403"))
    assert standing(session, policy.SET) is Standing.NEEDS_ROLE
    session.capabilities.succeeded(policy.SET)
    assert standing(session, policy.SET) is Standing.ALLOWED
    session.capabilities.failed(hls.ENABLE, Forbidden("POST", 403, "HTTP Status 403"))
    assert standing(session, policy.SET) is Standing.NEEDS_ROLE
    assert standing(session, hls.ENABLE) is Standing.NEEDS_ROLE


@pytest.mark.parametrize("task", [task for task in TASKS.values() if task.changes] + [undeclared("defrag-space")])
async def test_a_session_sends_no_change(login: Login, task: Task) -> None:
    session = await login()
    with pytest.raises(ValueError, match="sent as a job"):
        await session.run(task, {})
    with pytest.raises(ValueError, match="sent as a job"):
        await session.run_raw(task, b"{}")
    assert [request.task for request in session.log if request.method == "POST"] == []
