"""The stand-in, with every task that it executed (answered 200) written down as a line of a file: name and body.

python -m tests.benchmarks.counting_stand_in FILE SPEED
"""

import json
import sys
from pathlib import Path

from durastore_tui.sandbox.app import App
from durastore_tui.sandbox.serve import Options, run
from durastore_tui.sandbox.wire.messages import Request, Response


def count_into(path: Path) -> None:
    """Wraps the place where a request is acted on, which faults of the line don't touch."""
    act = App.answer

    def counted(self: App, request: Request) -> Response:
        response = act(self, request)
        task = request.path.partition("/task/")[2]
        if request.method == "POST" and task and response.status == 200:
            with path.open("a") as lines:
                lines.write(json.dumps([task, request.body.decode()]) + "\n")
        return response

    App.answer = counted  # type: ignore[method-assign]


if __name__ == "__main__":
    count_into(Path(sys.argv[1]))
    run(Options(speed=float(sys.argv[2]), exit_with_stdin=True))
