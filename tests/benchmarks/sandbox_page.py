"""What one page of 1,000 snapshot items costs the stand-in, against `json` writing the same page, turn by turn.

    .venv/bin/python -m tests.benchmarks.sandbox_page [ROUNDS]

The page is deep inside the snapshot of 1,000,000 items; the whole request is measured, without the socket.
"""

import json
import statistics
import sys
from collections.abc import Callable
from time import perf_counter

from tests.stand_in import StandIn

BAR = 3.0


def milliseconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    server = StandIn()
    snapshots = json.loads(server.task("get-snapshots", store="61", world="scale").text)["snapshots"]
    asked = json.dumps({"snapshotId": snapshots[0]["snapshotId"], "pageNumber": 777, "pageSize": 1000})

    def ask() -> str:
        return server.task("get-snapshot-contents", asked, store="61", world="scale").text

    page = json.loads(ask())
    assert len(page["contentItems"]) == 1_000
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(milliseconds(ask))
        plain.append(milliseconds(lambda: json.dumps(page)))
    ratio = statistics.median(ours) / statistics.median(plain)
    print(f"a page of 1,000 items: {statistics.median(ours):.1f} ms")
    print(f"json.dumps of it: {statistics.median(plain):.1f} ms")
    print(f"ratio {ratio:.2f}, bar {BAR}")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main())
