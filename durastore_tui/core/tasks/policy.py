"""Where a space's items are stored as they age: lifecycle rules of the bucket (protocol §7.2)."""

from collections.abc import Mapping
from dataclasses import replace

from durastore_tui.core.checks import space_id
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Kind, Param, Role, StoreType, Task, Tier, Value

CLASSES = ("STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")
REFUSED_BY_AWS = ("REDUCED_REDUNDANCY", "STANDARD")
"""The server takes them, and finds out after 56 s that AWS does not (protocol §7.2)."""
RULES_ARE_GONE = r"Lifecycle policy for bucket .* could not be applied"
"""A rejection after an effect: AWS rejected the new rule after the old ones were deleted (protocol §7.2)."""
FROM_30_DAYS = frozenset({"STANDARD_IA", "ONEZONE_IA"})


def _class(value: Value) -> str | None:
    if value in REFUSED_BY_AWS:
        return f"AWS refuses to move items to {value}, and the old policy would be gone by then"
    return _known(value)


def _known(value: Value) -> str | None:
    if value in (*CLASSES, *REFUSED_BY_AWS):
        return None
    return f"a storage class is one of {', '.join(CLASSES)}"


def _days(values: Mapping[str, Value]) -> BadInput | None:
    days = values["daysToTransition"]
    if values["storageClass"] in FROM_30_DAYS and isinstance(days, int) and days < 30:
        return BadInput("daysToTransition", f"{values['storageClass']} needs 30 days or more: AWS refuses less")
    return None


SET = Task(
    name="set-storage-policy",
    title="Set the storage policy",
    help="Replaces every lifecycle rule of the space by one: move items to a storage class after some days.",
    section="§7.2",
    stores=frozenset({StoreType.S3}),
    role=Role.ROOT,
    params=(
        Param("spaceId", "the space", "campus-events", check=space_id),
        Param("storageClass", "where items go: " + ", ".join(CLASSES), "STANDARD_IA", check=_class),
        Param(
            "daysToTransition",
            "days at standard storage before that; 30 or more for " + " and ".join(sorted(FROM_30_DAYS)),
            "30",
            Kind.NUMBER,
            least=0,
            most=2**31 - 1,
        ),
    ),
    success=("{spaceId}",),
    rejections=(r"Cannot set storage policy due to invalid storage class\.", RULES_ARE_GONE),
    tier=Tier.DANGER,
    answers_within=150,
    now="All lifecycle rules of {spaceId} are deleted; one is written: {storageClass} after {daysToTransition} days.",
    later="AWS moves items in the days after. The server may take a minute to fail; the old rules are gone even then.",
    undo="Nothing reads the old policy back; set the one you know.",
    since="3.5.0",
    check=_days,
)

ANYWAY = replace(
    SET,
    params=tuple(replace(param, check=_known) if param.name == "storageClass" else param for param in SET.params),
    check=None,
)
"""The same without AWS's rules, for a person who was told them and wants it sent."""

TASKS = (SET,)
