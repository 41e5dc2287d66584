"""Who may ask what (protocol §1.3, §1.4): one table, the first matching row wins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum


class Role(IntEnum):
    ANONYMOUS = 0
    USER = 1
    ADMIN = 2
    OWNER = 3
    ROOT = 4


@dataclass(frozen=True)
class Caller:
    """The one who asks."""

    name: str = "anonymous"
    role: Role = Role.ANONYMOUS
    groups: tuple[str, ...] = ()
    is_outside: bool = False
    """Whether this login may not be used from here: its addresses are limited (protocol §1.2)."""
    is_bare: bool = False
    """Whether no role rows are stored: that counts as USER, and without what anonymous callers may do.

    Before 7.0 such a login has no role at all (protocol §18).
    """

    @property
    def is_admin(self) -> bool:
        return self.role >= Role.ADMIN

    @property
    def rights(self) -> tuple[str, ...]:
        """The names through which an ACL can give this caller a right."""
        own = () if self.role is Role.ANONYMOUS else (self.name, *self.groups)
        return ("group-public", *own)

    def may(self, wanted: Iterable[str], acls: dict[str, str]) -> bool:
        """Whether one of the wanted rights (READ, WRITE) is given; admins always."""
        wanted = tuple(wanted)
        return self.is_admin or any(acls.get(name) in wanted for name in self.rights)


ANONYMOUS = Caller()

USERS = {
    "root": ("rpw", Caller("root", Role.ROOT)),
    "owner": ("opw", Caller("owner", Role.OWNER)),
    "admin": ("apw", Caller("admin", Role.ADMIN)),
    "user": ("upw", Caller("user", Role.USER, groups=("group-av", "group-maps"))),
    "reader": ("epw", Caller("reader", Role.USER)),
    "üser": ("üpw", Caller("üser", Role.USER)),
    "bare": ("bpw", Caller("bare", Role.USER, is_bare=True)),
    "iplimited": ("ipw", Caller("iplimited", Role.ADMIN, is_outside=True)),
}
"""Login: password and who that is. The same in every world; fictional like all of it."""


class Acl(Enum):
    """What the space in the path must grant to a caller below ADMIN."""

    NONE = ()
    READ = ("READ", "WRITE")
    WRITE = ("WRITE",)


@dataclass(frozen=True)
class Rule:
    """`methods` is empty for a rule of any method."""

    methods: str
    path: re.Pattern[str]
    least: Role
    acl: Acl = Acl.NONE
    locked: bool = False
    """Whether a running snapshot forbids it below ROOT."""
    not_bare: bool = False
    """Whether it takes the anonymous authority, which a login without role rows lacks."""


def _rule(
    methods: str, path: str, least: Role, acl: Acl = Acl.NONE, *, locked: bool = False, not_bare: bool = False
) -> Rule:
    return Rule(methods, re.compile(path), least, acl, locked, not_bare)


_ANY, _READS, _WRITES = "", "GET HEAD", "PUT POST DELETE"

VERBS = (*_READS.split(), *_WRITES.split())
"""What the voters know. Any other method is denied where a rule without a method matches (protocol §17)."""

RULES = (
    _rule("GET", r"/stores", Role.USER),
    _rule("HEAD", r"/stores", Role.ANONYMOUS),
    _rule("POST", r"/stores", Role.ROOT),
    _rule(_READS, r"/spaces", Role.ANONYMOUS),
    _rule(_ANY, r"/task", Role.USER),
    _rule("POST", r"/task/(restore-snapshot|restore-content|set-storage-policy)", Role.ROOT),
    _rule(
        _ANY,
        r"/task/(get-snapshot|get-snapshots|get-snapshot-history|get-snapshot-contents|get-restore|get-url|get-signed-url)",
        Role.USER,
    ),
    _rule(_ANY, r"/task/[^/]*", Role.ADMIN),
    _rule(_READS, r"/manifest/(?P<space>[^/]+)", Role.USER, Acl.READ),
    _rule("POST", r"/manifest/(?P<space>[^/]+)", Role.USER, Acl.WRITE, locked=True),
    _rule(_READS, r"/bit-integrity/(?P<space>[^/]+)", Role.USER, Acl.READ),
    _rule(_READS, r"/audit/[^/]+", Role.ADMIN),
    _rule(_READS, r"/report/space/(?P<space>[^/]+)", Role.USER, Acl.READ),
    # Nominally USER; the ACL voter takes `report` for a space, so only admins get in.
    _rule(_READS, r"/(?P<space>report)/store(/[^/]*)?", Role.USER, Acl.READ),
    _rule(_ANY, r"/aux/cookies", Role.ANONYMOUS, not_bare=True),
    _rule("PUT", r"/acl/?", Role.ROOT),
    _rule("POST", r"/acl/?", Role.ADMIN),
    _rule("POST", r"/acl/[^/]+", Role.ADMIN),
    _rule(_READS, r"/acl/[^/]+", Role.ANONYMOUS),
    _rule("PUT DELETE", r"/(?P<space>[^/]+)/?", Role.ADMIN, locked=True),
    _rule(_READS, r"/x-service-out/bit-integrity/.*", Role.USER),
    _rule(_READS, r"/x-duracloud-admin/bit-integrity-results\.json", Role.USER),
    _rule(_READS, r"(/(?P<space>[^/]*)(/.*)?)?", Role.ANONYMOUS, Acl.READ),
    _rule(_WRITES, r"(/(?P<space>[^/]*)(/.*)?)?", Role.USER, Acl.WRITE, locked=True),
)


def rule_for(method: str, path: str) -> tuple[Rule, str | None] | None:
    """The row that decides, and the space (still percent-encoded) that it speaks of. None: nobody guards it."""
    for rule in RULES:
        found = rule.path.fullmatch(path)
        if found and (not rule.methods or method in rule.methods.split()):
            return rule, found.groupdict().get("space")
    return None
