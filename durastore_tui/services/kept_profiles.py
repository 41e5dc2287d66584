"""A server that was typed becomes a profile of the file; its password goes into the keyring, or nowhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from durastore_tui.config import profile_file, profile_writer
from durastore_tui.config.profile import Environment, Profile, of_file
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret
from durastore_tui.services import secrets

if TYPE_CHECKING:
    from durastore_tui.config.profile_file import Value


class Kept(NamedTuple):
    """The profile as it now stands in the file, and a sentence about it."""

    profile: Profile
    words: str


async def keep(name: str, typed: Profile, password: Secret | None = None) -> Kept:
    """Writes it under that name, and the password into the keyring where one is given; raises BadInput when the file
    was not written. A keyring that fails is said, and the profile stays."""
    path = await asyncio.to_thread(profile_writer.add, name, values_of(typed))
    profile = of_file(name, {}, profile_file.read())
    words = f"The profile {name} is in {path}"
    if password is None:
        return Kept(profile, f"{words}; its password is asked for.")
    try:
        await asyncio.to_thread(secrets.keep, profile, password)
    except BadInput as wrong:
        return Kept(profile, f"{words}, but its password was not kept. {wrong.sentence}")
    return Kept(profile, f"{words}, its password in the keyring.")


def values_of(profile: Profile) -> dict[str, Value]:
    """What the file has to say of it: nothing that goes without saying, and no password."""
    usual = profile.environment is Environment.PROD
    values: dict[str, Value | None] = {
        "url": profile.url,
        "user": profile.user,
        "environment": profile.environment.value,
        "read_only": None if profile.read_only in (None, usual) else profile.read_only,
        "ca_file": str(profile.ca_file.absolute()) if profile.ca_file else None,
        "allow_http": profile.allow_http or None,
        "timeout": profile.timeout,
    }
    return {key: value for key, value in values.items() if value is not None}
