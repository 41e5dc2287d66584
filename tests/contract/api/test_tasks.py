"""Running tasks: what goes out, how often, and what the reply is read as."""

import json

import pytest

from durastore_tui.api import tasks
from durastore_tui.core.errors import BadInput, Malformed, Missing, NoReply, Rejected
from durastore_tui.core.tasks import TASKS, common, glacier, hls, noop, policy, snapshots, undeclared
from durastore_tui.core.tasks.model import Task, Value
from tests.contract.api.conftest import Connect
from tests.misbehaving import answer, misbehaving, raw

BUSY = answer("503 Service Unavailable")


async def test_a_task_goes_to_its_path_and_store_with_its_body(connect: Connect) -> None:
    reply = answer("200 OK", b'{\n  "result" : "done",\n  "streamingHost" : "d1.cloudfront.net"\n}')
    async with misbehaving(reply) as server:
        found = await tasks.run(connect(server.url), "51", hls.ENABLE, {"spaceId": "media", "secure": True})
    (heard,) = server.requests
    assert (heard.method, heard.target) == ("POST", f"/durastore/task/{hls.ENABLE.name}?storeID=51")
    assert json.loads(heard.body) == {"spaceId": "media", "secure": True}
    assert found.value == common.Enabled("done", "d1.cloudfront.net")
    assert found.text.startswith("{\n")


async def test_wrong_values_are_refused_before_anything_is_sent(connect: Connect) -> None:
    async with misbehaving(BUSY) as server:
        with pytest.raises(BadInput, match="has no scheme"):
            await tasks.run(
                connect(server.url),
                "51",
                hls.ENABLE,
                {"spaceId": "media", "allowedOrigins": ("library.lakeshore.example",)},
            )
    assert server.requests == []


async def test_a_look_is_asked_again_and_a_change_is_not(connect: Connect) -> None:
    async with misbehaving(raw()) as looks:
        with pytest.raises(Exception, match="disconnected"):
            await tasks.run(connect(looks.url), "53", snapshots.LIST, {})
    async with misbehaving(raw()) as changes:
        with pytest.raises(NoReply):
            await tasks.run(connect(changes.url), "51", hls.DISABLE, {"spaceId": "media"})
    assert (len(looks.requests), len(changes.requests)) == (3, 1)


SIGN_IN = b"<html><head><title>Log in to the wireless</title></head><body>campus-events</body></html>"
FOREIGN = {
    "nothing": b"",
    "blanks": b" \r\n",
    "a web page": SIGN_IN,
    "a page in XHTML": b'<?xml version="1.0"?>\n<!-- proxy -->\n<!DOCTYPE html><html><title>Log in</title></html>',
    "cut JSON": b'{"result": ',
    "no text": b"\xff",
    "text of a proxy": b"It works!",
    "JSON of a proxy": b'{"status": "ok", "message": "campus-events"}',
    "null": b"null",
    "an empty object": b"{}",
    "an empty list": b"[]",
    "null fields": b'{"result": null, "streamingHost": null, "status": null, "description": null, "restoreId": null}',
    "blank fields": b'{"result": " ", "streamingHost": "", "signedCookiesUrl": "", "streamUrl": " ", "snapshotId": ""}',
    "an error": b'{"result": "error: no session"}',
}
VALUES: dict[str, Value] = {
    "spaceId": "campus-events",
    "contentId": "a.mp4",
    "snapshotId": "lakeshore_53_campus-events_2025-10-20-14-03-00",
    "redirectUrl": "https://player.example/",
    "storageClass": "GLACIER",
    "daysToTransition": 30,
    "daysToExpire": 30,
    "description": "batch",
    "userEmail": "ana@library.example",
    "status": "SNAPSHOT_COMPLETE",
}


def values_for(task: Task) -> dict[str, Value | None]:
    """Right values of the required parameters."""
    return {p.name: VALUES[p.name] for p in task.params if p.required or p.name == "snapshotId"}


@pytest.mark.parametrize("body", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("raw_body", [False, True])
async def test_an_answer_that_is_not_the_tasks_own_is_no_success(
    connect: Connect, name: str, body: bytes, raw_body: bool
) -> None:
    task = TASKS[name]
    values = values_for(task)
    async with misbehaving(answer("200 OK", body)) as server:
        with pytest.raises((NoReply, Malformed)) as caught:
            if raw_body:
                await tasks.send(connect(server.url), "51", task, task.request_body(values))
            else:
                await tasks.run(connect(server.url), "51", task, values)
    once = task.changes or not task.idempotent
    assert (type(caught.value), caught.value.status) == (NoReply if once else Malformed, 200)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Successfully set storage policy on space campus-events to move content to Glacier after 30 days",
        "Storage policy of campus-events set.",
        '"The policy of campus-events was set"',
        '{\n  "result" : "Set storage policy on campus-events"\n}',
    ],
)
async def test_plain_text_is_judged_by_its_shape_and_not_by_its_words(connect: Connect, said: str) -> None:
    async with misbehaving(answer("200 OK", said.encode())) as server:
        reply = await tasks.run(connect(server.url), "51", policy.SET, values_for(policy.SET))
    assert reply.text == said


@pytest.mark.parametrize(
    "said",
    [
        "Successfully set storage policy on another-space to move content to Glacier after 30 days",
        "<b>campus-events</b>",
        pytest.param("campus-events " * 500, id="long"),
        '["campus-events"]',
    ],
)
async def test_plain_text_of_another_shape_proves_nothing(connect: Connect, said: str) -> None:
    async with misbehaving(answer("200 OK", said.encode())) as server:
        with pytest.raises(NoReply):
            await tasks.run(connect(server.url), "51", policy.SET, values_for(policy.SET))


async def test_an_item_with_markup_in_its_id_is_still_named_by_the_answer(connect: Connect) -> None:
    item = "a <b>/é \n.wav"
    said = f"Request to restore content item {item} in space one was successful."
    async with misbehaving(answer("200 OK", said.encode())) as server:
        reply = await tasks.run(connect(server.url), "52", glacier.THAW, {"spaceId": "one", "contentId": item})
    assert reply.text == said


async def test_an_unknown_task_may_answer_any_text_but_a_web_page(connect: Connect) -> None:
    for said in (b"OK", b'{"a": 1}', b"<map/>"):
        async with misbehaving(answer("200 OK", said)) as server:
            assert (await tasks.send(connect(server.url), "51", undeclared("defrag"), b"")).text == said.decode()
    for foreign in (b"", b"\n", SIGN_IN):
        async with misbehaving(answer("200 OK", foreign)) as server:
            with pytest.raises(NoReply):
                await tasks.send(connect(server.url), "51", undeclared("defrag"), b"")


REJECTED = {
    "parse error": 'Unable to parse task parameters due to: Unrecognized field "x"\n at [Source: REDACTED]',
    "missing field": "Task parameter values may not be empty",
    "missing space": "No S3 bucket found matching spaceID: campus-events",
    "null": 'Cannot invoke "org.duracloud.s3storageprovider.dto.X.EnableStreamingTaskParameters.getSpaceId()" because '
    '"params" is null',
    "store type": "Unsupported storage provider type (UNKNOWN)  associated with storage account (5): unable to create",
}


@pytest.mark.parametrize("said", REJECTED.values(), ids=REJECTED)
@pytest.mark.parametrize("name", [name for name, task in TASKS.items() if task.changes])
async def test_a_500_from_before_any_effect_is_a_rejection(connect: Connect, name: str, said: str) -> None:
    task = TASKS[name]
    if "spaceID" in said and "spaceId" not in (p.name for p in task.params):
        pytest.skip("names no space")
    async with misbehaving(answer("500 Server Error", said.encode())) as server:
        with pytest.raises((Rejected, Missing)):
            await tasks.run(connect(server.url), "51", task, values_for(task))


@pytest.mark.parametrize(
    "said",
    [
        "null",
        "No streaming distribution exists for space campus-events",
        "down (Service: AmazonCloudFront; Status Code: 503; Error Code: ServiceUnavailable; Request ID: r)",
        "Read timed out",
        "Connect to 127.0.0.1:8181 [/127.0.0.1] failed: Connection refused",
        "upstream connect error or disconnect/reset before headers",
        "Internal Server Error",
        "Unable to initialize snapshot restore, failed creating restore space due to: No S3 bucket found",
        "Exception encountered attempting to restart snapshot. Error reported: Unexpected response code: 500",
    ],
)
@pytest.mark.parametrize("name", [name for name, task in TASKS.items() if task.changes])
async def test_any_other_500_of_a_write_may_come_after_an_effect(connect: Connect, name: str, said: str) -> None:
    task = TASKS[name]
    async with misbehaving(answer("500 Server Error", said.encode())) as server:
        with pytest.raises(NoReply) as caught:
            await tasks.run(connect(server.url), "51", task, values_for(task))
    assert (caught.value.words, caught.value.finished) == (said, OWN_FAILURES.get(name, "?") in said)


OWN_FAILURES = {
    "create-snapshot": "Connect to ",
    "restart-snapshot": "Exception encountered attempting to restart snapshot",
    "restore-snapshot": "Unable to initialize snapshot restore",
}
"""How the task's own texts of a failure begin: after any other text DuraStore may still work on the request."""


async def test_a_500_without_a_text_rejects_a_body_that_is_null(connect: Connect) -> None:
    async with misbehaving(answer("500 Server Error", b"null")) as server:
        with pytest.raises(Rejected):
            await tasks.send(connect(server.url), "51", hls.DELETE, b"null")


async def test_a_look_that_leaves_a_token_behind_is_asked_once(connect: Connect) -> None:
    values = {"spaceId": "media", "redirectUrl": "https://player.example/"}
    async with misbehaving(raw()) as server:
        with pytest.raises(NoReply):
            await tasks.run(connect(server.url), "51", hls.COOKIES_URL, values)
    assert len(server.requests) == 1


@pytest.mark.parametrize("said", [b"Success", b'"Success"', b'{"result": "Success"}'])
async def test_a_task_that_answers_in_words_is_not_parsed(connect: Connect, said: bytes) -> None:
    async with misbehaving(answer("200 OK", said)) as server:
        reply = await tasks.run(connect(server.url), "51", noop.NOOP, {})
    assert (reply.text, reply.value) == (said.decode(), None)


async def test_a_policy_goes_out_with_a_number_and_answers_in_words(connect: Connect) -> None:
    said = b"Successfully set storage policy on space media to move content to StandardInfrequentAccess after 30 days"
    values: dict[str, Value | None] = {"spaceId": "media", "storageClass": "STANDARD_IA", "daysToTransition": 30}
    async with misbehaving(answer("200 OK", said)) as server:
        reply = await tasks.run(connect(server.url), "51", policy.SET, values)
    assert json.loads(server.requests[0].body) == values
    assert reply.text == said.decode()


async def test_a_frozen_item_is_named_by_path_and_the_answer_is_words(connect: Connect) -> None:
    said = b"Request to restore content item two/three.txt in space one was successful."
    async with misbehaving(answer("200 OK", said)) as server:
        reply = await tasks.run(
            connect(server.url), "52", glacier.THAW, {"spaceId": "one", "contentId": "two/three.txt"}
        )
    assert server.requests[0].body == b"one/two/three.txt"
    assert reply == tasks.TaskReply(said.decode(), None)


async def test_an_unknown_task_goes_out_once_with_its_body_untouched(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", "fait ✓".encode())) as server:
        reply = await tasks.send(connect(server.url), "51", undeclared("defrag space/2"), b"\xffraw")
    assert server.requests[0].target == "/durastore/task/defrag%20space%2F2?storeID=51"
    assert server.requests[0].body == b"\xffraw"
    assert reply.text == "fait ✓"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"Successfully done", "not JSON"),
        (b"<html><title>Proxy</title></html>", "a web page instead .*: Proxy"),
        (b'{"snapshotId": "a', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "not an object"),
        (b'{"snapshotId": "a", "contentItemCount": "many"}', "content_item_count"),
        (b'{"snapshotId": "a", "contentItemCount": {"a": 1}}', "content_item_count"),
        (b'{"snapshotId": "a", "alternateIds": "x"}', "alternate_ids"),
        (b'{"snapshotId": "a", "snapshotDate": "yesterday"}', "snapshot_date"),
    ],
)
async def test_a_reply_of_another_shape_is_a_clear_error(connect: Connect, body: bytes, said: str) -> None:
    async with misbehaving(answer("200 OK", body)) as server:
        with pytest.raises(Malformed, match=said):
            await tasks.run(connect(server.url), "53", snapshots.SHOW, {"snapshotId": "a_1_s_2020"})


@pytest.mark.parametrize(
    "date", ["1577934245000", '"1577934245000"', '"2020-01-02T03:04:05"', '"2020-01-02T04:04:05+01:00"']
)
async def test_dates_come_as_numbers_or_text(connect: Connect, date: str) -> None:
    async with misbehaving(answer("200 OK", f'{{"snapshotId": "a", "snapshotDate" : {date}}}'.encode())) as server:
        reply = await tasks.run(connect(server.url), "53", snapshots.SHOW, {"snapshotId": "a_1_s_2020"})
    assert isinstance(reply.value, snapshots.Snapshot)
    assert reply.value.snapshot_date == 1_577_934_245_000


async def test_properties_of_snapshot_items_keep_names_and_empty_values(connect: Connect) -> None:
    body = '{"totalCount": "7", "contentItems": [{"contentId": "", "contentProperties": {"content_Id": "", "é": "1"}}]}'
    async with misbehaving(answer("200 OK", body.encode())) as server:
        reply = await tasks.run(connect(server.url), "53", snapshots.CONTENTS, {"snapshotId": "a_1_s_2020"})
    assert reply.value == snapshots.Contents(7, (snapshots.Item(None, {"content_Id": "", "é": "1"}),))
