"""Everything that can go wrong between us and the server, as a small tree."""

from collections.abc import Iterator
from dataclasses import dataclass


class BadInput(ValueError):
    """Wrong input, found before anything was sent. `field` names the input, `sentence` is what to show."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class UnknownName(BadInput):
    """No job, profile or other thing of this machine has that name."""


@dataclass
class DuraStoreError(Exception):
    """A request that failed. `asked` is method and path, `status` is None without an answer, and `words` are the
    server's own, untouched. `reason` says what failed and `next_step` what to do."""

    asked: str
    status: int | None
    words: str

    reason = "The server returned an error."
    next_step = "Try again later. If the error persists, report it to the operators of the server."

    def __str__(self) -> str:
        status = "no answer" if self.status is None else str(self.status)
        return f"{self.asked}: {status}: {self.words}" if self.words else f"{self.asked}: {status}"


class Rejected(DuraStoreError):
    """A status without a meaning of its own: tasks answer 400 and 500 for nearly everything (protocol §6.1). A write
    that ends so has changed nothing."""

    next_step = "Read the server's message, then correct the request or try again later."


class Redirected(Rejected):
    """3xx of a read; redirects are not followed, because they would take the login along."""

    reason = "The server redirects the request."
    next_step = "Check the URL: it must lead to DuraStore, not to a login page."


class Unavailable(DuraStoreError):
    """408, 429, 499 or a 5xx above 501: DuraStore or a gateway in front of it cannot answer now. Only reads end so, and
    writes that a 429 rejects."""

    reason = "The server cannot answer now."
    next_step = "Try again in a few minutes. If the error persists, report it to the operators of the server."


class Unauthorized(DuraStoreError):
    """401: no credentials, or wrong ones."""

    reason = "The server does not accept this user and password."
    next_step = "Check the user and the password, then log in again."


class Forbidden(DuraStoreError):
    """403: the role or the access list does not allow it."""

    reason = "This login is not allowed to do this."
    next_step = "Ask an administrator of the account, or use a login with the required role."

    @property
    def of_one(self) -> bool:
        """Whether it is about one space or snapshot; a role is refused by the URL, so for all (protocol §1.4)."""
        return is_about_one(self.words)


class NoAccess(Forbidden):
    """403 of the access check: the role would do, and the access list of one space does not (protocol §1.4, §18)."""

    reason = "The role is sufficient, but this login has no READ access to this space or snapshot."
    next_step = "Ask an administrator for READ access to the space."


def is_about_one(words: str) -> bool:
    """Whether these words of a 403 are the access check's, which knows the space; the role's come as a web page."""
    return words.startswith("You are not authorized to access ")


class Missing(DuraStoreError):
    """404, or a 500 of a task that means it (protocol §6.1)."""

    reason = "Not found: check the ID."
    next_step = "Refresh the list, or check the ID for a typing error."


class Conflict(DuraStoreError):
    """409, or the 400 of a streaming type that needs a delete first (protocol §7.3)."""

    reason = "The current state does not allow this, or another change is still running."
    next_step = "Wait until the other change has ended, then try again."


class Unreachable(DuraStoreError):
    """No connection, a TLS failure, or a read without an answer. A write that ends so was never sent."""

    reason = "Could not reach the server."
    next_step = "Check the address and the network, then try again."


class NameUnknown(Unreachable):
    """The server's host name has no address here."""

    reason = "The host name of the server cannot be resolved."
    next_step = "Check the spelling, and whether this machine is on the right network or VPN."


class Untrusted(Unreachable):
    """TLS failed before the request: the login was not sent."""

    reason = "The TLS certificate of the server could not be verified. Nothing was sent."
    next_step = "If the server uses your own authority, name its certificate with --ca-file or ca_file in the profile."


class CertificateExpired(Untrusted):
    """The server's certificate has expired, or is not valid yet."""

    reason = "The server's certificate is not valid today. Nothing was sent to it."
    next_step = "Check the date of this machine. If it is right, ask the server's operator to renew the certificate."


class WrongHost(Untrusted):
    """The server's certificate is for another host name."""

    reason = "The server's certificate is for another host name. Nothing was sent to it."
    next_step = "Check the host name in the URL. If it is right, another server may be answering: ask its operator."


class ProxyFailed(Unreachable):
    """The proxy could not be reached, or did not connect us to the server."""

    reason = "The proxy did not connect this program to the server."
    next_step = "Check the variable that names the proxy, or list the server in NO_PROXY to reach it directly."


class ReadCancelled(DuraStoreError):
    """The user cancelled a read before its answer came."""

    reason = "Reading was cancelled."
    next_step = "Refresh to read again."


@dataclass
class NoReply(DuraStoreError):
    """A write was sent, and no answer proves that it succeeded or was rejected. It is never sent again by itself.

    `finished` says that the task's own text of a failure came: DuraStore no longer works on the request, whose effects
    may stay.
    """

    finished: bool = False

    reason = "No reply: the change may or may not have been applied."
    next_step = "Check the current state on the server before you try again."


class Malformed(DuraStoreError):
    """An answer that cannot be read: too large, cut off, an HTML page, or not in the documented form."""

    reason = "The reply is not in the form that DuraStore uses."
    next_step = "Check that the URL leads to DuraStore, not to a proxy or login page."


def is_unsent(name: str | None) -> bool:
    """Whether the error class of this name means that the request never left this program."""
    return name in (BadInput.__name__, *(each.__name__ for each in _with_subclasses(Unreachable)))


def _with_subclasses(kind: type[DuraStoreError]) -> Iterator[type[DuraStoreError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _with_subclasses(each)
