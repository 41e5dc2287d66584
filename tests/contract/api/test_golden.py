"""The client's side of the recorded samples: bodies the real parser accepts, replies the real server wrote."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.api.replies import parsed
from durastore_tui.api.reply import Reply
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import TASKS
from durastore_tui.core.tasks.model import Body, Kind, Param, Task, Value
from durastore_tui.core.tasks.snapshots import Snapshots, Summary
from tests.golden import golden

RTMP_PARAMETERS = {"get-url": "GetUrlTaskParameters", "get-signed-url": "GetSignedUrlTaskParameters"}
RECORDED = sorted(
    name for name in TASKS if name not in RTMP_PARAMETERS and not name.endswith(("-streaming", "content"))
)
JSON_TASKS = [name for name in RECORDED if TASKS[name].body is Body.JSON]
REPLYING = [name for name in RECORDED if TASKS[name].reply]
ONLY_SEEN_NULL = {"restoreId": {"string"}}
JSON_TYPES = {bool: "boolean", int: "number", str: "string", list: "array", dict: "object"}


def reply(text: str) -> Reply:
    return Reply("POST /task/x", 200, {}, text.encode())


def accepted_types(samples: list[dict[str, Any]]) -> dict[str, set[str]]:
    """The JSON types that the real parser was seen to accept for each key."""
    seen: dict[str, set[str]] = {}
    for sample in samples:
        if sample["ok"] and isinstance(body := first_value(sample["in"]), dict):
            for key, value in body.items():
                seen.setdefault(key, set()).add(JSON_TYPES.get(type(value), "null"))
    return seen


def first_value(text: str) -> Any:
    return json.JSONDecoder().raw_decode(text.strip())[0]


TEXTS = {
    "spaceId": st.from_regex(r"[a-z][a-z0-9]{2,41}", fullmatch=True),
    "contentId": st.text(min_size=1, max_size=60).filter(lambda text: not set("?\\") & set(text)),
    "snapshotId": st.from_regex(r"a_1_[a-z]{3,20}_2020-01-02-03-04-05", fullmatch=True),
    "userEmail": st.just("name@library.example"),
    "redirectUrl": st.just("https://player.example/watch?v=1#t"),
    "ipAddress": st.ip_addresses(v=4).map(lambda address: f"{address}/24"),
    "storageClass": st.sampled_from(["GLACIER", "STANDARD_IA"]),
}


def values_of(param: Param) -> st.SearchStrategy[Value]:
    if param.kind is Kind.FLAG:
        return st.booleans()
    if param.kind is Kind.NUMBER:
        return st.integers(param.least, param.most)
    if param.kind is Kind.LIST:
        return st.lists(st.just("https://library.example"), min_size=1, max_size=3).map(tuple)
    if param.choices:
        return st.sampled_from(param.choices)
    return TEXTS.get(param.name, st.text(min_size=1, max_size=512))


def filled(task: Task) -> st.SearchStrategy[dict[str, Value | None]]:
    return st.fixed_dictionaries(
        {param.name: values_of(param) for param in task.params if param.required},
        optional={param.name: st.none() | values_of(param) for param in task.params if not param.required},
    )


@pytest.mark.parametrize("name", JSON_TASKS)
def test_every_body_we_build_is_one_that_the_real_parser_accepts(name: str) -> None:
    seen = accepted_types(golden(name)["decode_params"])
    accepted = {key: types - {"null"} or ONLY_SEEN_NULL[key] for key, types in seen.items()}

    @given(filled(TASKS[name]))
    def check(values: dict[str, Value | None]) -> None:
        try:
            body = json.loads(TASKS[name].request_body(values))
        except BadInput:
            return  # values that are each right and wrong together
        for key, value in body.items():
            assert JSON_TYPES[type(value)] in accepted[key]
        assert "" not in body.values()

    check()


@pytest.mark.parametrize("name", JSON_TASKS)
def test_the_parser_knows_every_key_that_we_declare(name: str) -> None:
    known = set(accepted_types(golden(name)["decode_params"]))
    assert {param.name for param in TASKS[name].params} <= known


@pytest.mark.parametrize(("name", "recorded"), sorted(RTMP_PARAMETERS.items()))
def test_the_old_url_tasks_have_the_recorded_keys(name: str, recorded: str) -> None:
    full = golden("other-dtos")[recorded][1]["json"]
    assert {param.name for param in TASKS[name].params} == set(full)


@pytest.mark.parametrize("name", REPLYING)
def test_every_recorded_reply_is_read_without_losing_a_field(name: str) -> None:
    task = TASKS[name]
    assert task.reply is not None
    for sample in golden(name)["result_detail"]:
        if "raw" in sample:
            assert wire_form(parsed(reply(sample["raw"]), task.reply)) == without_nothing(sample["json"])


def without_nothing(value: Any) -> Any:
    """A document without the keys that say nothing."""
    if isinstance(value, dict):
        return {key: without_nothing(inner) for key, inner in value.items() if inner not in (None, [], "")}
    return [without_nothing(inner) for inner in value] if isinstance(value, list) else value


def wire_form(value: Any) -> Any:
    """A reply as the server would write it, without what it does not say."""
    if isinstance(value, tuple):
        return [wire_form(inner) for inner in value]
    if not hasattr(value, "__dataclass_fields__"):
        return dict(value) if hasattr(value, "items") else value
    fields = {name: wire_form(getattr(value, name)) for name in value.__dataclass_fields__}
    return {camel(name): inner for name, inner in fields.items() if inner not in (None, [], ())}


def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


@pytest.mark.parametrize("name", REPLYING)
def test_what_the_real_client_reads_we_read_as_well_but_for_bare_text_and_cut_off_fractions(name: str) -> None:
    task = TASKS[name]
    assert task.reply is not None
    for sample in golden(name)["decode_result"]:
        if sample["ok"] and not sample["case"].startswith(("json string", "fraction")):
            parsed(reply(sample["in"]), task.reply)


PUBLISHED = {
    "enable-hls": '{"result" : "", "streamingHost" : ""}',
    "get-url-hls": '{"streamUrl" : ""}',
    "get-signed-cookies-url": '{"signedCookiesUrl" : ""}',
    "create-snapshot": '{"snapshotId" : "", "status" : ""}',
    "get-snapshot": (
        '{"snapshotId":"x","snapshotDate":"","status":"","sourceHost":"","sourceSpaceId":"","sourceStoreId":"",'
        '"description":"","contentItemCount":"12","totalSizeInBytes":"","alternateIds":["",""]}'
    ),
    "cleanup-snapshot": '{"contentExpirationDays" : "1"}',
    "restart-snapshot": '{"snapshotId" : "a_1_s_2020", "status" : "INITIALIZED"}',
    "get-snapshots": '{"snapshots":[{"snapshotId":"a","description":"","status":""}], "more": 1}',
    "get-snapshot-contents": '{"totalCount":0,"contentItems":[{"contentId":"a","contentProperties":{"":""}}]}',
    "get-snapshot-history": '{"totalCount":0,"historyItems":[{"history":"","historyDate":0}]}',
    "restore-snapshot": '{"spaceId" : "", "restoreId" : "", "status" : ""}',
    "get-restore": (
        '{"restoreId":"r","startDate":"1580702706000","endDate":"","statusText":null,"destinationPort":"443"}'
    ),
}


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_replies_as_on_the_published_page_are_read(name: str) -> None:
    task = TASKS[name]
    assert task.reply is not None
    assert isinstance(parsed(reply(PUBLISHED[name]), task.reply), task.reply)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("get-snapshot", "content_item_count", 12),
        ("get-snapshot", "snapshot_date", None),
        ("restart-snapshot", "snapshot_id", "a_1_s_2020"),
        ("cleanup-snapshot", "content_expiration_days", 1),
        ("get-restore", "start_date", 1_580_702_706_000),
        ("get-restore", "end_date", None),
        ("get-restore", "destination_port", 443),
        ("get-restore", "expiration_date", None),
    ],
)
def test_text_where_a_number_belongs_is_a_number_and_nothing_is_none(name: str, field: str, value: object) -> None:
    task = TASKS[name]
    assert task.reply is not None
    assert getattr(parsed(reply(PUBLISHED[name]), task.reply), field) == value


@pytest.mark.parametrize("name", REPLYING)
@pytest.mark.parametrize("body", ["", " \n", "null", "{}"])
def test_a_reply_that_says_nothing_is_an_empty_one(name: str, body: str) -> None:
    task = TASKS[name]
    assert task.reply is not None
    assert parsed(reply(body), task.reply) == task.reply()


@pytest.mark.parametrize("odd", ['{"snapshotId":7}', '{"snapshotId":"\\ud800"}', '{"status":true}'])
def test_a_row_that_needs_leniency_changes_nothing_of_its_neighbours(odd: str) -> None:
    kind = TASKS["get-snapshots"].reply
    assert kind is not None
    row = '{"snapshotId":"a_1_s_2020","description":"","status":null,"sourceSpaceId":"é","new":[1]}'
    alone = parsed(reply(f'{{"snapshots":[{row}]}}'), kind)
    beside = parsed(reply(f'{{"snapshots":[{row},{odd}]}} rest'), kind)
    assert isinstance(alone, Snapshots)
    assert isinstance(beside, Snapshots)
    assert alone.snapshots == beside.snapshots[:1] == (Summary("a_1_s_2020", None, "é"),)
