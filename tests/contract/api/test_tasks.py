"""Running tasks: what goes out, how often, and what the reply is read as."""

import json

import pytest

from durastore_tui.api import tasks
from durastore_tui.core.errors import BadInput, Malformed, NoReply
from durastore_tui.core.tasks import common, glacier, hls, noop, policy, snapshots
from durastore_tui.core.tasks.model import Value
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


@pytest.mark.parametrize("body", [b"<html><title>Log in to the wireless</title></html>", b'{"result": ', b"\xff"])
async def test_a_change_with_an_answer_that_nobody_can_read_may_have_happened(connect: Connect, body: bytes) -> None:
    async with misbehaving(answer("200 OK", body)) as server:
        with pytest.raises(NoReply) as caught:
            await tasks.run(connect(server.url), "51", hls.DISABLE, {"spaceId": "media"})
    assert caught.value.status == 200


async def test_an_empty_answer_to_a_look_is_not_an_empty_list(connect: Connect) -> None:
    async with misbehaving(answer("200 OK")) as server:
        with pytest.raises(Malformed, match="an empty answer"):
            await tasks.run(connect(server.url), "53", snapshots.LIST, {})


async def test_an_empty_answer_to_a_change_is_an_acceptance_without_words(connect: Connect) -> None:
    async with misbehaving(answer("200 OK")) as server:
        reply = await tasks.run(connect(server.url), "51", hls.ENABLE, {"spaceId": "media"})
    assert reply == tasks.TaskReply("", common.Enabled())


async def test_a_look_that_leaves_a_token_behind_is_asked_once(connect: Connect) -> None:
    values = {"spaceId": "media", "redirectUrl": "https://player.example/"}
    async with misbehaving(raw()) as server:
        with pytest.raises(NoReply):
            await tasks.run(connect(server.url), "51", hls.COOKIES_URL, values)
    assert len(server.requests) == 1


@pytest.mark.parametrize("said", [b"Success", b'"Success"', b'{"result": ""}'])
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
        reply = await tasks.run_raw(connect(server.url), "51", "defrag space/2", b"\xffraw")
    assert server.requests[0].target == "/durastore/task/defrag%20space%2F2?storeID=51"
    assert server.requests[0].body == b"\xffraw"
    assert reply.text == "fait ✓"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"Successfully done", "not JSON"),
        (b"<html><title>Proxy</title></html>", "not JSON"),
        (b'{"snapshotId": "a', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "not an object"),
        (b'{"contentItemCount": "many"}', "content_item_count"),
        (b'{"contentItemCount": {"a": 1}}', "content_item_count"),
        (b'{"alternateIds": "x"}', "alternate_ids"),
        (b'{"snapshotDate": "yesterday"}', "snapshot_date"),
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
    async with misbehaving(answer("200 OK", f'{{"snapshotDate" : {date}}}'.encode())) as server:
        reply = await tasks.run(connect(server.url), "53", snapshots.SHOW, {"snapshotId": "a_1_s_2020"})
    assert isinstance(reply.value, snapshots.Snapshot)
    assert reply.value.snapshot_date == 1_577_934_245_000


async def test_properties_of_snapshot_items_keep_names_and_empty_values(connect: Connect) -> None:
    body = '{"totalCount": "7", "contentItems": [{"contentId": "", "contentProperties": {"content_Id": "", "é": "1"}}]}'
    async with misbehaving(answer("200 OK", body.encode())) as server:
        reply = await tasks.run(connect(server.url), "53", snapshots.CONTENTS, {"snapshotId": "a_1_s_2020"})
    assert reply.value == snapshots.Contents(7, (snapshots.Item(None, {"content_Id": "", "é": "1"}),))
