"""What a resource is given: the request, who sent it, and the world and store that it is about."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from durastore_tui.sandbox.roles import Caller
from durastore_tui.sandbox.spaces import Spaces
from durastore_tui.sandbox.wire.messages import Request, Response, text
from durastore_tui.sandbox.world import Store, World


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
        return self.request.parameter("storeID") or None

    @property
    def store(self) -> Store:
        """Raises `NoSuchStore`."""
        found = self.world.store(self.store_id)
        if found is None:
            raise NoSuchStore(self.store_id or "")
        return found

    @property
    def spaces(self) -> Spaces:
        """Of that store. Raises `NoSuchStore`."""
        return self.world.spaces(self.store.id)

    @property
    def url(self) -> str:
        """As the caller wrote it, context included."""
        host = self.request.header("host") or "localhost"
        query = f"?{self.request.query}" if self.request.query else ""
        return f"http://{host}{self.world.context}{self.request.path}{query}"

    @property
    def host_name(self) -> str:
        return urlsplit(f"//{self.request.header('host') or 'localhost'}").hostname or "localhost"

    def answer(self, status: int, body: str, delay: float = 0.0) -> Response:
        """A text without a declared type: it is labelled as the caller's Accept would have it (protocol §1.5)."""
        return text(status, body, self.request.preferred_type, delay)
