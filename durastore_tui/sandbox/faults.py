"""Faults by name, switched on for a path or a task, for the next n requests or until off."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "latency": "100 to 500 ms before each request is acted on",
        "slow": "30 s before each request is acted on",
        "cut-before": "the line is cut before the request is acted on",
        "cut-after": "the line is cut after the request was acted on, before the answer",
        "cut-body": "the line is cut in mid body",
        "hang": "the request is acted on and never answered",
        "drip": "the body comes byte by byte, two a second",
        "endless": "the body never ends",
        "wrong-length": "the body is shorter than its Content-Length",
        "bad-gzip": "the body is labelled gzip and is not",
        "invalid-utf8": "bytes that are no UTF-8 in the body",
        "escapes": "control characters and escape sequences in every text field",
        "markup": "markup in every text field",
        "byte-order-mark": "the body starts with a byte-order mark",
        "empty-200": "200 with nothing in it",
        "invalid-json": "half of the body",
        "html-502": "a load balancer's page",
        "html-503": "a load balancer's page",
        "html-504": "a load balancer's page",
        "redirect": "302 to another host",
        "unauthorized": "401 whatever the credentials",
        "forbidden": "403 whatever the role",
        "not-found": "the container's 404",
        "null-500": "500 with the body null",
        "snapshots-disabled": "410 Snapshots are disabled",
        "tls-error": "the edge refuses every handshake",
        "dns-failure": "streaming hosts whose name resolves nowhere",
        "vanished-store": "the last store of each world is gone",
        "clock-jump": "the server's clock is 26 hours ahead until switched off",
        "folded-order": "snapshot contents ordered by case-folded instead of code-point order",
        "bridge-down": "the snapshot bridge refuses connections",
        "bridge-gone": "the snapshot bridge is gone for good",
        "create-times-out": "create-snapshot answers that it timed out, and worked all the same",
        "transfer-fails": "a snapshot created now fails in mid transfer",
        "preservation-fails": "a snapshot created now ends in ERROR",
        "restore-fails": "a restore started now ends in ERROR",
        "s3-down": "S3 refuses connections: listings fail after 51 s, spaces and items after 48 s, tasks after 20 s",
        "cloudfront-down": "CloudFront answers 503: streaming tasks fail within a second",
        "signing-key-missing": "get-signed-url does not find its key file",
        "policy-refused": "AWS refuses every storage policy: 500 after 56 s, the old one erased",
        "deletion-gives-up": "the background deletion of a distribution never ends",
        "space-deletion-fails": "the background deletion of a space gives up",
        "unknown-task": "every task list ends with defrag-space, which runs",
    }
)


@dataclass
class Scope:
    """Where a fault strikes; `remaining` None means until it is switched off."""

    path: str | None = None
    """Only requests whose path (below the world's) starts with this."""
    task: str | None = None
    remaining: int | None = None

    def covers(self, path: str | None, task: str | None) -> bool:
        if self.task is not None and self.task != task:
            return False
        return self.path is None or (path or f"/task/{task}").startswith(self.path)


class Faults:
    """Which faults are on. In memory: they belong to the running process, not to the data."""

    def __init__(self) -> None:
        self._on: dict[str, Scope] = {}

    def switch(self, name: str, scope: Scope | None) -> None:
        """On with a scope, off with None."""
        if scope is None:
            self._on.pop(name, None)
        else:
            self._on[name] = scope

    def clear(self) -> None:
        self._on.clear()

    def names(self) -> list[str]:
        return list(self._on)

    def on(self, name: str) -> bool:
        """Whether it is on at all, whatever its scope."""
        return name in self._on

    def strikes(self, name: str, *, path: str | None = None, task: str | None = None) -> bool:
        """Whether it strikes here and now; that is one use of it."""
        scope = self._on.get(name)
        if scope is None or not scope.covers(path, task):
            return False
        if scope.remaining is not None:
            scope.remaining -= 1
            if scope.remaining <= 0:
                del self._on[name]
        return True
