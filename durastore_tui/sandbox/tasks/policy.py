"""`set-storage-policy` (protocol §7.2): erases the old policy before it can fail."""

from durastore_tui.sandbox.tasks.call import Call, TaskFailure

CLASSES = {
    "STANDARD": "Standard",
    "REDUCED_REDUNDANCY": "ReducedRedundancy",
    "GLACIER": "Glacier",
    "STANDARD_IA": "StandardInfrequentAccess",
    "ONEZONE_IA": "OneZoneInfrequentAccess",
    "INTELLIGENT_TIERING": "IntelligentTiering",
    "DEEP_ARCHIVE": "DeepArchive",
    "OUTPOSTS": "Outposts",
    "GLACIER_IR": "GlacierInstantRetrieval",
    "SNOW": "Snow",
}
"""AWS ids in the SDK's order, and the Java constants that the answer names."""

NO_TRANSITION = {"STANDARD", "REDUCED_REDUNDANCY", "OUTPOSTS", "SNOW"}
"""AWS refuses a transition to these."""

LEAST_DAYS = {"STANDARD_IA": 30, "ONEZONE_IA": 30}

ATTEMPTS = 56.0
"""Eight attempts with waits of 0, 2, ... 14 seconds before the server gives up."""


def set_storage_policy(call: Call) -> str:
    given = call.parameters()
    space_id, storage_class, days = given["spaceId"], given["storageClass"], given["daysToTransition"]
    if storage_class not in CLASSES:
        options = ", ".join(CLASSES)
        raise TaskFailure(
            500,
            f"Cannot set storage policy due to invalid storage class. The valid storage class options are: [{options}]",
        )
    call.spaces.clear_lifecycle(space_id)
    refused = storage_class in NO_TRANSITION or days < LEAST_DAYS.get(storage_class, 0)
    if refused or call.fault("policy-refused"):
        bucket = call.world.bucket(call.store.id, space_id)
        raise TaskFailure(
            500, f"Lifecycle policy for bucket {bucket} could not be applied. The space cannot be found.", ATTEMPTS
        )
    call.spaces.set_policy(space_id, f"{storage_class} {days}")
    constant = CLASSES[storage_class]
    return f"Successfully set storage policy on space {space_id} to move content to {constant} after {days} days"
