"""Keyrings that hold what a test puts in, in memory, and ones that fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

K = TypeVar("K", bound=KeyringBackend)


class Remembering(KeyringBackend):
    """Works as one should."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # of the package
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class Locked(KeyringBackend):
    """Asks its person, who says no."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # of the package

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("dismissed")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"dismissed {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("dismissed")


class Broken(Locked):
    """Lets an error of its own through, as backends over D-Bus do."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError("the bus went away")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionResetError(f"the bus went away with {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise ConnectionResetError("the bus went away")


@contextmanager
def using(backend: K) -> Iterator[K]:
    """Makes it the keyring of this process for a while."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield backend
    finally:
        keyring.set_keyring(before)
