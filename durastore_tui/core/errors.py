"""Everything that can go wrong between us and the server, as a small tree."""

from dataclasses import dataclass


class BadInput(ValueError):
    """Refused here, before anything was sent; `field` names the input, the text is the sentence to show."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class UnknownName(BadInput):
    """No job, profile or other thing of this machine has that name."""


@dataclass
class DuraStoreError(Exception):
    """What was asked, the status that came (None without an answer), and the server's own words, untouched."""

    asked: str
    status: int | None
    words: str

    reason = "The server answered with an error."
    next_step = "Try again; if it goes on, show this message to whoever runs the server."

    def __str__(self) -> str:
        status = "no answer" if self.status is None else str(self.status)
        return f"{self.asked}: {status}: {self.words}" if self.words else f"{self.asked}: {status}"


class Refused(DuraStoreError):
    """4xx or 5xx without a meaning of its own; tasks answer 400 and 500 for nearly everything (protocol §6.1)."""

    reason = "The server refused or failed."
    next_step = "Read the server's words; nothing is sent again by itself."


class Unauthorized(DuraStoreError):
    """401: no credentials, or wrong ones."""

    reason = "The server does not accept this user and password."
    next_step = "Log in again."


class Forbidden(DuraStoreError):
    """403: the role or the access list does not allow it."""

    reason = "This login may not do that."
    next_step = "Ask an administrator of the account, or log in as somebody who may."

    @property
    def of_one(self) -> bool:
        """Whether it is about one space or snapshot; a role is refused by the URL, so for all (protocol §1.4)."""
        return is_about_one(self.words)


def is_about_one(words: str) -> bool:
    """Whether these words of a 403 are the access check's, which knows the space; the role's come as a web page."""
    return words.startswith("You are not authorized to access ")


class Missing(DuraStoreError):
    """404, or a server's 500 that means it (protocol §6.1)."""

    reason = "The server does not know it."
    next_step = "Check the name; refresh the list."


class Conflict(DuraStoreError):
    """409, or the 400 of a stream type that needs a delete first (protocol §7.3)."""

    reason = "Something else stands in the way."
    next_step = "Let it finish, then try again."


class Unreachable(DuraStoreError):
    """Nothing was asked or a read got no answer: no connection, TLS failure or time-out."""

    reason = "The server could not be reached."
    next_step = "Check the address and the network, then try again."


class NameUnknown(Unreachable):
    """No address belongs to the name of the server, here and now."""

    reason = "The name of this server is not known here."
    next_step = "Check it for a typing mistake, and whether this machine is on the network (or the VPN) that knows it."


class Untrusted(Unreachable):
    """TLS failed, so nothing was asked: the login never went out."""

    reason = "TLS failed: the server could not show who it is, and nothing was sent to it."
    next_step = "If its authority is your own, name the certificate with --ca-file, or ca_file in the profile."


class NoReply(DuraStoreError):
    """A write went out and no readable answer came: it may have happened. It is never sent again by itself."""

    reason = "No answer came that can be read, so it may have happened."
    next_step = "Look at what the server shows before trying again."


class Malformed(DuraStoreError):
    """An answer that makes no sense: too large, cut, not XML, not JSON, not of the documented shape."""

    reason = "The answer could not be read."
    next_step = "Something between here and the server may have replaced or cut it; try again."
