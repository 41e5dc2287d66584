"""How a task puts a question to the bridge, and what it says when the answer is not the one that it wanted."""

from collections.abc import Callable

from durastore_tui.sandbox.bridge.inner_url import IllegalUrl
from durastore_tui.sandbox.bridge.service import Answer, BridgeTrouble
from durastore_tui.sandbox.tasks.call import TaskFailure
from durastore_tui.sandbox.wire.replies import Json


def ask(purpose: str, request: Callable[[], Answer], wanted: int = 200) -> Json:
    """The body of the bridge's answer; any other status than the wanted one is a 500 (protocol §6.1)."""
    try:
        answer = request()
    except (BridgeTrouble, IllegalUrl) as problem:
        reported = str(problem)
    else:
        if answer.status == wanted:
            return answer.body
        reported = f"Unexpected response code: {answer.status}"
    raise TaskFailure(500, f"Exception encountered attempting to {purpose}. Error reported: {reported}")
