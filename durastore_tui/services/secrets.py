"""Passwords that are at hand without asking anybody: environment, a command, the keyring. None is ever written here
but into the keyring."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, cast

from durastore_tui.config import password_command
from durastore_tui.config.profile import Profile, password_of
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret

if TYPE_CHECKING:
    from types import ModuleType

T = TypeVar("T")
SERVICE = "durastore-tui"
COMMAND, KEYRING, ASKED = "password_command", "keyring", "asked for"
COMMAND_SECONDS = 60.0


async def at_hand(profile: Profile, environ: Mapping[str, str]) -> tuple[Secret, str] | None:
    """The password and where it came from, or None; raises BadInput when its command or the keyring fails."""
    if found := _around(profile, environ):
        return found
    if profile.password_command:
        return await _of_command(profile.name, profile.password_command), COMMAND
    if password := await _apart(_of_keyring, profile):
        return password, KEYRING
    return None


async def source(profile: Profile, environ: Mapping[str, str]) -> str:
    """Where the next login takes the password from, in words; its command is not run."""
    if found := _around(profile, environ):
        return found[1]
    if profile.password_command:
        return COMMAND
    try:
        return KEYRING if await _apart(_of_keyring, profile) else ASKED
    except BadInput as wrong:
        return f"{ASKED}. {wrong.sentence}"


async def can_keep() -> bool:
    """Whether there is a keyring here that keeps anything."""
    return await _apart(_keyring) is not None


def keep(profile: Profile, password: Secret) -> None:
    """Puts it into the keyring; raises BadInput when there is none."""
    keyring = _keyring()
    if keyring is None:
        raise BadInput("password", "There is no keyring here: install durastore-tui[keyring], or use password_command.")
    try:
        keyring.set_password(SERVICE, _entry(profile), password.reveal())
    except Exception as error:  # backends let through whatever their own libraries raise
        raise _failed("did not take the password", profile, error) from None


def forget(profile: Profile) -> None:
    """Takes it out of the keyring, if it is there; raises BadInput when the keyring fails."""
    if keyring := _keyring():
        try:
            keyring.delete_password(SERVICE, _entry(profile))
        except keyring.errors.PasswordDeleteError:
            return
        except Exception as error:  # as above
            raise _failed("did not give up the password", profile, error) from None


def _around(profile: Profile, environ: Mapping[str, str]) -> tuple[Secret, str] | None:
    if profile.from_around and (password := password_of(environ)):
        return password, "DURASTORE_PASSWORD" if environ.get("DURASTORE_PASSWORD") else "DURACLOUD_PASSWORD"
    return None


async def _of_command(name: str, command: str) -> Secret:
    """The first line that it prints. Its words stay unread: a failing command may print what it knows."""
    program = password_command.split(command, name)
    hint = password_command.hint(command)
    try:
        child = await asyncio.create_subprocess_exec(
            *program,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError) as error:  # the last for a NUL
        why = getattr(error, "strerror", None) or "it contains a character that cannot be passed to a program"
        raise BadInput("password", f"The password command of {name} did not start: {why}.{hint}") from None
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            out, _ = await child.communicate()
    except BaseException as error:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        if isinstance(error, TimeoutError):
            words = f"The password command of {name} did not end within {COMMAND_SECONDS:g} s."
            raise BadInput("password", words) from None
        raise
    password = out.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if child.returncode:
        raise BadInput("password", f"The password command of {name} failed (exit code {child.returncode}).{hint}")
    if not password:
        raise BadInput("password", f"The password command of {name} printed no password: its first line is empty.")
    return Secret(password)


def _of_keyring(profile: Profile) -> Secret | None:
    keyring = _keyring()
    if keyring is None or not profile.user:
        return None
    try:
        text = keyring.get_password(SERVICE, _entry(profile))
    except Exception as error:  # backends let through whatever their own libraries raise
        raise _failed("did not give the password", profile, error) from None
    return Secret(text) if text else None


def _failed(what: str, profile: Profile, error: Exception) -> BadInput:
    """Says the kind of error alone: its words may hold what was to be kept."""
    locked = type(error).__name__ == "KeyringLocked"
    why = "it is locked" if locked else type(error).__name__
    return BadInput("password", f"The keyring {what} of {profile.name}: {why}.")


def _keyring() -> ModuleType | None:
    """The extra, where it is installed and has a place to keep things; imported when it is asked, for it is slow."""
    try:
        import keyring
        import keyring.backends.fail
        import keyring.errors
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), keyring.backends.fail.Keyring) else keyring


async def _apart(ask: Callable[..., T], *about: Profile) -> T:
    """In a thread that nobody waits for at the end: a keyring may ask its person, who may never answer."""
    loop, answered = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if not answered.done():
            answered.set_exception(error) if error else answered.set_result(result)

    def work() -> None:
        result, wrong = None, None
        try:
            result = ask(*about)
        except BaseException as error:
            wrong = error
        with suppress(RuntimeError):  # the loop has gone
            loop.call_soon_threadsafe(settle, result, wrong)

    threading.Thread(target=work, daemon=True, name="keyring").start()
    return cast(T, await answered)


def _entry(profile: Profile) -> str:
    return f"{profile.user}@{profile.url}"
