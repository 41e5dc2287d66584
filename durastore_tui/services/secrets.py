"""Passwords that are at hand without asking anybody: environment, a command, the keyring. None is ever written here
but into the keyring."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from durastore_tui.config.profile import Profile, password_of
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret

if TYPE_CHECKING:
    from types import ModuleType

SERVICE = "durastore-tui"
COMMAND_SECONDS = 60.0


async def at_hand(profile: Profile, environ: Mapping[str, str]) -> tuple[Secret, str] | None:
    """The password and where it came from, or None; raises BadInput when its command or the keyring fails."""
    if profile.from_around and (password := password_of(environ)):
        return password, "DURASTORE_PASSWORD" if environ.get("DURASTORE_PASSWORD") else "DURACLOUD_PASSWORD"
    if profile.password_command:
        return await _of_command(profile.name, profile.password_command), "password_command"
    if password := await asyncio.to_thread(_of_keyring, profile):
        return password, "keyring"
    return None


def keep(profile: Profile, password: Secret) -> None:
    """Puts it into the keyring; raises BadInput when there is none."""
    keyring = _keyring()
    if keyring is None:
        raise BadInput("password", "There is no keyring here: install durastore-tui[keyring], or use password_command.")
    try:
        keyring.set_password(SERVICE, _entry(profile), password.reveal())
    except keyring.errors.KeyringError as error:
        raise BadInput("password", f"The keyring did not take it: {type(error).__name__}.") from None


def forget(profile: Profile) -> None:
    """Takes it out of the keyring, if it is there."""
    if keyring := _keyring():
        with suppress(keyring.errors.KeyringError):
            keyring.delete_password(SERVICE, _entry(profile))


async def _of_command(name: str, command: str) -> Secret:
    """The first line that it prints. Its words stay unread: a failing command may print what it knows."""
    try:
        child = await asyncio.create_subprocess_exec(
            *shlex.split(command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError) as error:
        raise BadInput("password", f"The password command of {name} did not start: {type(error).__name__}.") from None
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            out, _ = await child.communicate()
    except BaseException as error:
        with suppress(ProcessLookupError):
            child.kill()
        if isinstance(error, TimeoutError):
            raise BadInput("password", f"The password command of {name} did not end in time.") from None
        raise
    password = out.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if child.returncode or not password:
        raise BadInput("password", f"The password command of {name} gave none (exit code {child.returncode}).")
    return Secret(password)


def _of_keyring(profile: Profile) -> Secret | None:
    keyring = _keyring()
    if keyring is None or not profile.user:
        return None
    try:
        text = keyring.get_password(SERVICE, _entry(profile))
    except keyring.errors.KeyringError:
        return None
    return Secret(text) if text else None


def _keyring() -> ModuleType | None:
    """The extra, where it is installed; imported when it is asked, for it is slow."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    return keyring


def _entry(profile: Profile) -> str:
    return f"{profile.user}@{profile.url}"
