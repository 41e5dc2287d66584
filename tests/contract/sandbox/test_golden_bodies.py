"""The golden bodies sent to the running dispatch: what the real parser refused is a 500 with the same first line."""

import pytest

from durastore_tui.sandbox.wire.params import TASKS
from tests.golden import golden
from tests.stand_in import StandIn

RTMP = {"enable-streaming", "disable-streaming", "delete-streaming", "get-url", "get-signed-url"}
STORES = {"set-storage-policy": "51", "enable-hls": "51", "disable-hls": "51", "delete-hls": "51", "get-url-hls": "51"}
STORES["get-signed-cookies-url"] = "51"


@pytest.mark.parametrize("task", sorted(TASKS.keys() - RTMP))
def test_a_golden_body_passes_or_fails_where_the_real_parser_did(untouched: StandIn, task: str) -> None:
    for case in golden(task)["decode_params"]:
        answer = untouched.task(task, case["in"], store=STORES.get(task, "53"))
        if case["ok"]:
            assert not answer.text.startswith(("Unable to parse", "Task parameter", "Value for")), case["case"]
        else:
            assert (answer.status, answer.header("Content-Type")) == (500, "text/plain")
            # compiled for the samples without the names of variables
            said = case["message"].replace("<local2>", "params")
            assert answer.text.split("\n")[0] == said.split("\n")[0], case["case"]
