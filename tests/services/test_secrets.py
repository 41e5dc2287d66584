"""Passwords that are at hand: out of the environment, a command or the keyring; and what is said when there is none."""

import asyncio
import builtins
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret
from durastore_tui.services import secrets
from tests.keyrings import Broken, Locked, Remembering, using

URL = "https://acme.example/durastore"
ENTRY = ("durastore-tui", f"jo@{URL}")


def acme(command: str | None = None, *, user: str = "jo", from_around: bool = True) -> Profile:
    return Profile("acme", URL, user, Environment.PROD, password_command=command, from_around=from_around, kept=True)


async def found(profile: Profile, environ: dict[str, str] | None = None) -> tuple[str, str] | None:
    at_hand = await secrets.at_hand(profile, environ or {})
    return (at_hand[0].reveal(), at_hand[1]) if at_hand else None


async def test_the_environment_goes_before_the_command_and_the_command_before_the_keyring() -> None:
    around = {"DURASTORE_PASSWORD": "epw", "DURACLOUD_PASSWORD": "opw"}
    with using(Remembering()) as keyring:
        keyring.held[ENTRY] = "kpw"
        assert await found(acme("echo cpw"), around) == ("epw", "DURASTORE_PASSWORD")
        assert await found(acme("echo cpw"), {"DURACLOUD_PASSWORD": "opw"}) == ("opw", "DURACLOUD_PASSWORD")
        assert await found(acme("echo cpw")) == ("cpw", "password_command")
        assert await found(acme()) == ("kpw", "keyring")
        assert await found(acme(from_around=False), around) == ("kpw", "keyring")


async def test_the_source_is_known_without_running_the_command(tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    with using(Remembering()) as keyring:
        sources = [
            await secrets.source(acme(), {"DURASTORE_PASSWORD": "epw"}),
            await secrets.source(acme(f"touch {witness}"), {}),
            await secrets.source(acme(), {}),
        ]
        keyring.held[ENTRY] = "kpw"
        sources.append(await secrets.source(acme(), {}))
    assert sources == ["DURASTORE_PASSWORD", "password_command", "asked for", "keyring"]
    assert not witness.exists()


@pytest.mark.parametrize(
    ("command", "password"),
    [
        ("printf 'first\\nsecond\\n'", "first"),
        ("printf 'dos\\r\\n'", "dos"),
        ("printf 'no end'", "no end"),
        ("printf ' blanks \\n'", " blanks "),
        ("printf 'grün'", "grün"),
    ],
)
async def test_a_command_gives_its_first_line_exactly(command: str, password: str) -> None:
    assert await found(acme(command)) == (password, "password_command")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("false", "failed (exit code 1)"),
        ("sh -c 'echo hush-hush; exit 3'", "failed (exit code 3)"),
        ("sh -c 'echo hush-hush >&2; exit 3'", "failed (exit code 3)"),
        ("true", "its first line is empty"),
        ("printf '\\nsecond'", "its first line is empty"),
        ("/nowhere/at-all", "did not start: No such file or directory"),
        ("printf 'unclosed", "did not start: a quote is not closed"),
        ("''", "did not start"),
        (" ", "did not start"),
    ],
)
async def test_a_command_that_gives_none_is_one_sentence_without_its_words(command: str, says: str) -> None:
    with pytest.raises(BadInput) as failed:
        await found(acme(command))
    assert failed.value.sentence.startswith("The password command of acme ")
    assert says in failed.value.sentence
    assert "hush" not in failed.value.sentence


async def test_a_command_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "COMMAND_SECONDS", 0.1)
    started: list[Any] = []
    start = asyncio.create_subprocess_exec

    async def noted(*words: str, **how: Any) -> Any:
        started.append(await start(*words, **how))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    with pytest.raises(BadInput, match=r"did not end within 0\.1 s"):
        await found(acme("sleep 1000"))
    assert started[0].returncode == -9


async def test_a_command_is_given_no_keyboard_and_no_words_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadInput):
        await found(acme("sh -c 'echo hush-hush >&2; cat'"))
    assert capfd.readouterr() == ("", "")


async def test_a_password_is_kept_and_forgotten_for_one_user_of_one_server() -> None:
    with using(Remembering()) as keyring:
        keyring.held["durastore-tui", f"ben@{URL}"] = "bpw"
        secrets.keep(acme(), Secret("kpw"))
        assert keyring.held[ENTRY] == "kpw"
        assert await found(acme()) == ("kpw", "keyring")
        assert await found(acme(user="")) is None
        secrets.forget(acme())
        secrets.forget(acme())
        assert keyring.held == {("durastore-tui", f"ben@{URL}"): "bpw"}
        assert await found(acme()) is None


@pytest.mark.parametrize(("backend", "why"), [(Locked, "it is locked"), (Broken, "ConnectionResetError")])
async def test_a_keyring_that_fails_is_said_and_repeats_no_password(backend: type[Locked], why: str) -> None:
    with using(backend()):
        assert await secrets.can_keep()
        with pytest.raises(BadInput, match=f"did not give the password of acme: {why}") as gave:
            await found(acme())
        with pytest.raises(BadInput, match=f"did not take the password of acme: {why}") as took:
            secrets.keep(acme(), Secret("hush-hush"))
        with pytest.raises(BadInput, match=f"did not give up the password of acme: {why}"):
            secrets.forget(acme())
        assert await secrets.source(acme(), {}) == f"asked for. The keyring did not give the password of acme: {why}."
    assert "hush" not in f"{gave.value}{took.value}{took.value.__cause__}"


def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def importing(name: str, *about: Any) -> Any:
        if name.partition(".")[0] == "keyring":
            raise ImportError(name)
        return known(name, *about)

    monkeypatch.setattr(builtins, "__import__", importing)


@pytest.mark.parametrize("installed", [True, False], ids=["no place to keep it", "not installed"])
async def test_without_a_keyring_there_is_none_and_the_other_ways_are_named(
    installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not installed:
        without_the_extra(monkeypatch)
    assert not await secrets.can_keep()
    assert await found(acme()) is None
    assert await secrets.source(acme(), {}) == "asked for"
    with pytest.raises(BadInput, match="password_command"):
        secrets.keep(acme(), Secret("hush-hush"))
    secrets.forget(acme())


class Asking(Remembering):
    """Opens a question and waits for its person."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answered = threading.Event(), threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.set()
        self.answered.wait()
        return "late"


async def test_a_keyring_that_waits_for_its_person_holds_nobody_up() -> None:
    with using(Asking()) as keyring:
        waiting = asyncio.create_task(found(acme()))
        await asyncio.to_thread(keyring.asked.wait)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert any(thread.name == "keyring" and thread.daemon for thread in threading.enumerate())
        keyring.answered.set()


async def test_no_child_has_the_password_among_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    words: list[Sequence[str]] = []
    start = asyncio.create_subprocess_exec

    async def noted(*argv: str, **how: Any) -> Any:
        words.append(argv)
        return await start(*argv, **how)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setenv("OF_THE_TEST", "hush-hush")
    assert await found(acme("printenv OF_THE_TEST")) == ("hush-hush", "password_command")
    assert words == [("printenv", "OF_THE_TEST")]
