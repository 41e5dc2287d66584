"""What can be said of a task. Forms, checks, requests, sheets, curl lines, help and commands all come from it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum, StrEnum
from typing import NewType

from durastore_tui.core.errors import BadInput
from durastore_tui.core.text import sendable

EpochMs = NewType("EpochMs", int)
"""Milliseconds since 1970-01-01 UTC, as the server writes every date of a reply (protocol §6.3)."""

Value = str | bool | int | tuple[str, ...]
Values = Mapping[str, Value]


def as_time(milliseconds: EpochMs | None) -> datetime | None:
    """A date of a reply as a time (UTC); one that was not sent stays None."""
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


class Role(IntEnum):
    """Least role, cumulative (protocol §1.3)."""

    ANONYMOUS = 0
    USER = 1
    ADMIN = 2
    OWNER = 3
    ROOT = 4


class Tier(IntEnum):
    """How much consent a task asks for (design §4)."""

    LOOK = 0
    CHANGE = 1
    DANGER = 2


class Body(Enum):
    """What the request carries (protocol §6, §7.8)."""

    JSON = "JSON object"
    PATH = "text: spaceId/contentId"
    NONE = "nothing"


class Kind(StrEnum):
    """The type that a parameter has on the wire; forms hold text, requests hold these."""

    TEXT = "text"
    FLAG = "flag"
    NUMBER = "number"
    LIST = "list"


class StoreType(StrEnum):
    """Storage providers that offer tasks (protocol §2.1, §5.1)."""

    S3 = "AMAZON_S3"
    GLACIER = "AMAZON_GLACIER"
    SWIFT = "SWIFT_S3"
    CHRONOPOLIS = "CHRONOPOLIS"
    DPN = "DPN"
    SNAPSHOT = "SNAPSHOT"


NAMED_BY = ("spaceId", "snapshotId", "restoreId")
SNAPSHOT_STORES = frozenset({StoreType.CHRONOPOLIS, StoreType.DPN, StoreType.SNAPSHOT})


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter.

    `normalise` gives a value the form that is sent, `check` returns the sentence that says what is wrong with it, and
    `warn` one that says what to know about it, or None.
    """

    name: str
    help: str
    example: str
    kind: Kind = Kind.TEXT
    required: bool = True
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    default: str = ""
    check: Callable[[Value], str | None] | None = None
    normalise: Callable[[Value], Value] | None = None
    warn: Callable[[Value], str | None] | None = None
    role: Role = Role.ANONYMOUS
    """The least role that may give it, where that is more than the task's own."""

    def normalised(self, value: Value) -> Value:
        """The value as it is sent."""
        return self.normalise(value) if self.normalise else value

    def warning(self, value: Value) -> str | None:
        """What to know about a value that is right, or None."""
        return self.warn(value) if self.warn else None

    def wrong(self, value: Value) -> str | None:
        """The sentence that says what is wrong with a value that is there, or None."""
        if self.kind is Kind.NUMBER and isinstance(value, int):
            if self.least is not None and value < self.least:
                return f"{self.name} is {self.least} or more"
            if self.most is not None and value > self.most:
                return f"{self.name} is {self.most} or less"
        if not all(map(sendable, value if isinstance(value, tuple) else (str(value),))):
            return f"{self.name} holds bytes that are no text"
        if self.choices and value not in self.choices:
            return f"{self.name} is one of {', '.join(self.choices)}"
        return self.check(value) if self.check else None


@dataclass(frozen=True, slots=True)
class Settling:
    """How long the effect takes after the answer, in seconds: usually, and at the documented most."""

    usual: float
    most: float


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the API, declared once. Texts may name parameters in braces.

    `reply` is the form of a JSON answer, and `proof` the fields that a success always has; without `reply` the task
    answers in plain text. `success` are parts that the sentence of a success contains, in any case. `rejections` are
    patterns of the 500s that the server sends before any effect, beside the general ones (`core.tasks.answers`), and
    `failures` of those that it sends once it has stopped working on the request, whose effects may stay.
    """

    name: str
    title: str
    help: str
    section: str
    stores: frozenset[StoreType]
    role: Role
    body: Body = Body.JSON
    params: tuple[Param, ...] = ()
    reply: type | None = None
    proof: tuple[str, ...] = ()
    success: tuple[str, ...] = ()
    rejections: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    tier: Tier = Tier.LOOK
    idempotent: bool = True
    answers_within: float = 60.0
    settling: Settling | None = None
    now: str = ""
    later: str = ""
    undo: str = ""
    since: str = "3.0.0"
    until: str | None = None
    check: Callable[[Mapping[str, Value]], BadInput | None] | None = None

    def worded(self, text: str, values: Mapping[str, Value | None]) -> str:
        """One of the task's texts with the parameters in braces filled in; ids come out exact, not made safe."""
        return re.sub(r"\{(\w+)\}", lambda name: str(values.get(name[1]) or name[1]), text)

    @property
    def changes(self) -> bool:
        """Whether the server is different afterwards."""
        return self.tier is not Tier.LOOK

    def subject(self, values: Mapping[str, Value | None]) -> str:
        """What consent to a danger names: the space, the snapshot or the restore, else the task."""
        return next((str(values[name]) for name in NAMED_BY if values.get(name)), self.name)

    def checked(self, values: Mapping[str, Value | None]) -> dict[str, Value]:
        """The values to send: known, present and right; raises BadInput naming the parameter."""
        known = {param.name for param in self.params}
        for name in values:
            if name not in known:
                raise BadInput(
                    name, f"{self.name} has no parameter {name}; it takes {', '.join(sorted(known)) or 'none'}"
                )
        sent: dict[str, Value] = {}
        for param in self.params:
            value = values.get(param.name)
            if value is None or value == "" or value == ():
                if param.required:
                    raise BadInput(param.name, f"{param.name} is needed: {param.help}")
                continue
            value = param.normalised(value)
            if wrong := param.wrong(value):
                raise BadInput(param.name, wrong)
            sent[param.name] = value
        if self.check and (refusal := self.check(sent)):
            raise refusal
        return sent

    def request_body(self, values: Mapping[str, Value | None]) -> bytes:
        """UTF-8 bytes of the request; an unused optional key is left out (protocol §7.21, §12)."""
        sent = self.checked(values)
        if self.body is Body.NONE:
            return b""
        if self.body is Body.PATH:
            return "/".join(str(sent[param.name]) for param in self.params).encode()
        return json.dumps(sent, ensure_ascii=False).encode()
