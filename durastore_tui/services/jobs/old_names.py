"""The names of states, kinds and errors in journals of layout 1, and the present ones."""

from collections.abc import Mapping
from typing import Any

STATES = {
    "settling": "in_progress",
    "seen": "confirmed",
    "late": "overdue",
    "refused": "rejected",
    "lost": "no_reply",
}
ENDED_POLICY = {"accepted": "unverified"}
"""A policy that was accepted has ended: nothing can read it back."""
KINDS: Mapping[str, str] = {"thaw": "retrieval"}
ERRORS: Mapping[str, str] = {"Lost": "NoReply", "Refused": "Rejected"}


def renamed(body: dict[str, Any]) -> dict[str, Any]:
    """An entry's JSON object with the old names of layout 1 replaced by the present ones.

    A process of an old release may still run and write such entries, so reading needs this as well.
    """
    job, order = body["job"], body["order"]
    states = STATES | ENDED_POLICY if job["kind"] == "policy" else STATES
    job = job | {
        "kind": KINDS.get(job["kind"], job["kind"]),
        "state": states.get(job["state"], job["state"]),
        "refusal": ERRORS.get(job["refusal"], job["refusal"]),
    }
    if isinstance(job["parts"], list):
        job["parts"] = [part | {"state": states.get(part["state"], part["state"])} for part in job["parts"]]
    return body | {"job": job, "order": order | {"kind": KINDS.get(order["kind"], order["kind"])}}
