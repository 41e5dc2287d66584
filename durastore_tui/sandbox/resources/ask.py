"""What a resource is given: the request, who sent it, and the world and store that it is about."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from durastore_tui.sandbox.roles import Caller
from durastore_tui.sandbox.spaces import Spaces, StorageDown
from durastore_tui.sandbox.wire.messages import Request, Response, text
from durastore_tui.sandbox.wire.pages import page
from durastore_tui.sandbox.world import Store, World

LISTING_RETRIES, STORAGE_RETRIES = 51.0, 48.0
"""Seconds that the server tries to list spaces, or to reach one, while S3 is down (protocol §17)."""

ARBITRARY_TYPE = ("Content-Type", "application/octet-stream")
"""Of a HEAD without a body: another one after each start of the real server (protocol §17)."""


class Refused(Exception):
    """An answer in the server's words. `delay` is in unscaled seconds."""

    def __init__(self, status: int, message: str, delay: float = 0.0) -> None:
        super().__init__(message)
        self.status, self.message, self.delay = status, message, delay


class NoSuchStore(Exception):
    """The message is the server's own."""

    def __init__(self, store_id: str) -> None:
        super().__init__(f"No store exists with ID {store_id}")


@dataclass(frozen=True)
class Ask:
    """`request.path` is below the world's context."""

    world: World
    caller: Caller
    request: Request

    @property
    def store_id(self) -> str | None:
        """As the resources read it: the name is case-sensitive."""
        return self.request.parameter("storeID")

    @property
    def judged_store_id(self) -> str | None:
        """As the security layer reads it: in any case, and in lower case (protocol §1.1)."""
        found = re.search("storeid=([^&]*)", self.request.query.lower())
        return None if found is None else found[1]

    @property
    def store(self) -> Store:
        """Raises `NoSuchStore`."""
        found = self.world.store(self.store_id)
        if found is None:
            raise NoSuchStore(self.store_id or "")
        return found

    @property
    def spaces(self) -> Spaces:
        """Of that store. Raises `NoSuchStore`, and `StorageDown` while a fault says so."""
        store = self.store
        if self.world.faults.strikes("s3-down", path=self.request.path):
            raise StorageDown(LISTING_RETRIES if self.request.path == "/spaces" else STORAGE_RETRIES)
        return self.world.spaces(store.id)

    @property
    def base_url(self) -> str:
        """Of the context, as the caller reached it, with a slash at its end."""
        return f"http://{self.request.header('host') or 'localhost'}{self.world.context}/"

    @property
    def url(self) -> str:
        """As the caller wrote it, context included."""
        query = f"?{self.request.query}" if self.request.query else ""
        return f"{self.base_url}{self.request.path.removeprefix('/')}{query}"

    @property
    def host_name(self) -> str:
        return urlsplit(f"//{self.request.header('host') or 'localhost'}").hostname or "localhost"

    def answer(self, status: int, body: str, delay: float = 0.0) -> Response:
        """A text without a declared type: it is labelled as the caller's Accept would have it (protocol §1.5)."""
        content_type = "text/html;charset=utf-8" if self.request.method == "HEAD" else self.request.preferred_type
        return page(406) if content_type is None else text(status, body, content_type, delay)
