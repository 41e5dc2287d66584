"""One page of 1,000 items of the snapshot of a million, against encoding the same page with the standard library.

Run with `python -m tests.benchmarks.sandbox_page`; it fails when the stand-in takes more than three times as long.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter

from tests.stand_in import StandIn

ALLOWED = 3.0
ROUNDS = 25


def milliseconds(action: Callable[[], object]) -> float:
    begun = perf_counter()
    action()
    return (perf_counter() - begun) * 1_000


def main() -> int:
    server = StandIn()
    listed = server.task("get-snapshots", store="61", world="scale").text
    body = json.dumps({"snapshotId": json.loads(listed)["snapshots"][0]["snapshotId"], "pageNumber": 500})

    def ask() -> str:
        return server.task("get-snapshot-contents", body, store="61", world="scale").text

    page = json.loads(ask())
    rounds = [(milliseconds(lambda: json.dumps(page)), milliseconds(ask)) for _ in range(ROUNDS)]
    # the fastest of each: what the machine can do when nobody disturbs it
    encoding, answering = map(min, zip(*rounds, strict=True))
    print(f"json {encoding:.2f} ms, one page {answering:.2f} ms, {answering / encoding:.2f} times (at most {ALLOWED})")
    server.universe.close()
    return 0 if len(page["contentItems"]) == 1_000 and answering <= ALLOWED * encoding else 1


if __name__ == "__main__":
    sys.exit(main())
