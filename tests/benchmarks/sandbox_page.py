"""One page of 1,000 items of the snapshot of a million, against encoding the same page with the standard library.

Run with `python -m tests.benchmarks.sandbox_page`; it fails when the stand-in takes more than three times as long.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter

from tests.stand_in import StandIn

ALLOWED = 3.0
ROUNDS = 15


def best(action: Callable[[], object]) -> float:
    """The fastest of several rounds, in milliseconds: what the machine can do when nobody disturbs it."""
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        action()
        times.append(perf_counter() - begun)
    return min(times) * 1_000


def main() -> int:
    server = StandIn()
    listed = server.task("get-snapshots", store="61", world="scale").text
    body = json.dumps({"snapshotId": json.loads(listed)["snapshots"][0]["snapshotId"], "pageNumber": 500})

    def ask() -> str:
        return server.task("get-snapshot-contents", body, store="61", world="scale").text

    page = json.loads(ask())
    encoding, answering = best(lambda: json.dumps(page)), best(ask)
    print(f"json {encoding:.2f} ms, one page {answering:.2f} ms, {answering / encoding:.2f} times (at most {ALLOWED})")
    server.universe.close()
    return 0 if len(page["contentItems"]) == 1_000 and answering <= ALLOWED * encoding else 1


if __name__ == "__main__":
    sys.exit(main())
