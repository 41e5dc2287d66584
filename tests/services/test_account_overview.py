"""Other accounts side by side: each asked once, and one that fails harms no other."""

from durastore_tui.api.request_log import RequestLog
from durastore_tui.config.profile_file import checked
from durastore_tui.core.clock import WallClock
from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import Empty, Failed, Ready
from durastore_tui.services.account_overview import Accounts, Figures
from tests.sandbox_server import SandboxServer


def written(sandbox: SandboxServer) -> str:
    """Five profiles: two that answer, one refused, one where nobody listens, one without a password."""
    rows = [
        ("lakeshore", sandbox.worlds["lakeshore"], "root", "rpw"),
        ("maple", sandbox.worlds["maple"], "admin", "apw"),
        ("refused", sandbox.worlds["vallon"], "admin", "wrong"),
        ("gone", "http://127.0.0.1:9/durastore", "admin", "apw"),
    ]
    text = "".join(
        f'[profiles.{name}]\nurl = "{url}"\nuser = "{user}"\nca_file = "{sandbox.ca_file}"\n'
        f'password_command = "echo {password}"\n'
        for name, url, user, password in rows
    )
    return f'{text}[profiles.silent]\nurl = "{sandbox.worlds["vallon"]}"\nuser = "admin"\n'


async def test_each_account_says_its_own_and_one_that_fails_harms_no_other(sandbox: SandboxServer) -> None:
    log = RequestLog()
    accounts = Accounts(WallClock(), lambda name: (), lambda: log)
    await accounts.find(checked(written(sandbox), "profiles.toml"), {})
    assert accounts.without_password == 1
    assert accounts.found
    assert [one.name for one in accounts.found] == ["lakeshore", "maple", "refused", "gone"]
    await accounts.read((), lambda: None)
    lakeshore, maple, refused, gone = (accounts.held(one.name) for one in accounts.found)
    assert isinstance(lakeshore, Ready)
    assert lakeshore.value == Figures(stuck=4, expiring=1)
    assert isinstance(maple, Ready)
    assert maple.value == Figures()
    assert isinstance(refused, Failed)
    assert isinstance(refused.error, Unauthorized)
    assert isinstance(gone, Failed)
    once = len(list(log))
    await accounts.read((), lambda: None)
    assert len(list(log)) == once, "nothing is asked for twice"


async def test_an_account_that_is_connected_anyway_is_not_asked_beside_that(sandbox: SandboxServer) -> None:
    accounts = Accounts(WallClock(), lambda name: (), RequestLog)
    await accounts.find(checked(written(sandbox), "profiles.toml"), {})
    await accounts.read(("lakeshore", "refused", "gone"), lambda: None)
    assert isinstance(accounts.held("lakeshore"), Empty)
    assert isinstance(accounts.held("maple"), Ready)
