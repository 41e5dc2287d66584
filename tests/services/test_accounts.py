"""All profiles at once: each has its login or its reason, and none harms another."""

from dataclasses import replace

import pytest

from durastore_tui.config.profile_file import Held, checked
from durastore_tui.core.errors import BadInput, Unauthorized, Unreachable
from durastore_tui.core.secret import Secret
from durastore_tui.services import secrets
from durastore_tui.services.accounts import Account, at_hand, session_of
from tests.held_clock import HeldClock
from tests.sandbox_server import SandboxServer

FILE = """
[profiles.commanded]
url = "{url}"
user = "root"
password_command = "echo rpw"

[profiles.failing]
url = "{url}"
user = "root"
password_command = "false"

[profiles.nobody]
url = "{url}"

[profiles.silent]
url = "https://silent.example/durastore"
user = "jo"

[profiles.plain]
url = "http://plain.example/durastore"
user = "jo"
password_command = "echo rpw"

[profiles.lost]
url = "{url}"
user = "root"
ca_file = "/nowhere/ca.pem"
password_command = "echo rpw"
"""


@pytest.fixture
def held(sandbox: SandboxServer) -> Held:
    return checked(FILE.format(url=sandbox.url), "profiles.toml")


async def test_each_profile_has_its_login_or_its_reason(held: Held) -> None:
    accounts = await at_hand(held, {})
    assert [account.name for account in accounts] == ["commanded", "failing", "nobody", "silent", "plain", "lost"]
    commanded, *others = accounts
    assert commanded.endpoint and commanded.endpoint.password == Secret("rpw")
    assert [account.endpoint for account in others] == [None] * 5
    assert [account.why_not for account in others] == [
        "The password command of failing failed (exit code 1).",
        "It names no user.",
        "No password is at hand.",
        "profiles.toml, line 20: plain.example is asked over plain http: the password would be readable on the way",
        "profiles.toml, line 27: There is no certificate file /nowhere/ca.pem.",
    ]


async def test_the_login_of_the_environment_is_for_its_own_server_alone(held: Held, sandbox: SandboxServer) -> None:
    environ = {"DURASTORE_URL": "https://silent.example/durastore", "DURASTORE_USER": "jo", "DURASTORE_PASSWORD": "pw"}
    accounts = {account.name: account for account in await at_hand(held, environ)}
    assert accounts["silent"].endpoint and accounts["silent"].endpoint.password == Secret("pw")
    assert accounts["nobody"].endpoint is None


async def test_only_those_are_looked_for_that_are_wanted(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def noting(name: str, command: str) -> Secret:
        asked.append(name)
        return Secret("rpw")

    monkeypatch.setattr(secrets, "_of_command", noting)
    assert [account.name for account in await at_hand(held, {}, ["commanded", "silent"])] == ["commanded", "silent"]
    assert asked == ["commanded"]


async def test_a_session_of_one_reads_its_stores(held: Held) -> None:
    (account,) = await at_hand(held, {}, ["commanded"])
    async with session_of(account, HeldClock()) as session:
        assert session.store.id == "51"
        assert session.profile.name == "commanded"


async def test_a_login_that_is_not_good_is_told_by_the_server(held: Held) -> None:
    (account,) = await at_hand(held, {}, ["commanded"])
    assert account.endpoint
    wrong = account._replace(endpoint=replace(account.endpoint, password=Secret("wrong")))
    with pytest.raises(Unauthorized):
        async with session_of(wrong, HeldClock()):
            pass
    with pytest.raises(BadInput, match=r"silent: No password is at hand"):
        async with session_of(Account("silent", None, None, "No password is at hand."), HeldClock()):
            pass


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    held = checked(FILE.format(url="http://127.0.0.1:9/durastore"), "profiles.toml")
    (account,) = await at_hand(held, {}, ["commanded"])
    clock = HeldClock()
    began = clock.now()
    with pytest.raises(Unreachable):
        async with session_of(account, clock):
            pass
    assert clock.now() > began  # it was asked again after a while, on the clock that it was given
