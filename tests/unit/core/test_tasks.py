"""The registry: 27 declarations, and what they make of values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import TASKS, find, glacier, hls, noop, policy, restores, rtmp, snapshots
from durastore_tui.core.tasks.model import Body, Kind, Param, Role, Task, Tier, Value
from durastore_tui.core.tasks.reading import read


def examples(task: Task) -> dict[str, Value | None]:
    return {param.name: read(param, param.example) for param in task.params if param.required}


@pytest.mark.parametrize("name", sorted(TASKS))
def test_every_example_is_right(name: str) -> None:
    for param in TASKS[name].params:
        assert read(param, param.example) is not None


@pytest.mark.parametrize("name", sorted(set(TASKS) - {restores.SHOW.name}))
def test_the_required_values_are_enough_and_each_is_needed(name: str) -> None:
    task = TASKS[name]
    values = examples(task)
    assert task.checked(values) == values
    for missing in values:
        for nothing in (None, ""):
            with pytest.raises(BadInput) as caught:
                task.checked({**values, missing: nothing})
            assert caught.value.field == missing


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_that_changes_says_what_happens_and_what_undoes_it(name: str) -> None:
    task = TASKS[name]
    if task.changes:
        assert task.now and task.later and task.undo
    assert task.title and task.help.endswith(".") and task.section.startswith("§7.")
    for text in (task.now, task.later, task.undo):
        assert "{" not in task.worded(text, examples(task))


@pytest.mark.parametrize("name", sorted(TASKS))
def test_an_unused_optional_key_is_left_out(name: str) -> None:
    task = TASKS[name]
    if task.body is Body.JSON and name != restores.SHOW.name:
        empty: dict[str, Value | None] = {param.name: "" for param in task.params if not param.required}
        assert set(json.loads(task.request_body({**examples(task), **empty}))) == set(examples(task))


def test_an_unknown_parameter_is_named_with_those_that_exist() -> None:
    with pytest.raises(BadInput, match="has no parameter resourcePrefix; it takes contentId, spaceId"):
        hls.URL.checked({"spaceId": "media", "contentId": "a", "resourcePrefix": "mp4:"})


def test_frozen_items_are_named_by_path_and_not_in_json() -> None:
    body = glacier.THAW.request_body({"spaceId": "one", "contentId": "two/trois é.txt"})
    assert body == "one/two/trois é.txt".encode()


def test_tasks_without_parameters_have_an_empty_body() -> None:
    assert noop.NOOP.request_body({}) == snapshots.LIST.request_body({}) == b""


def test_text_stays_itself_in_json() -> None:
    body = hls.URL.request_body({"spaceId": "media", "contentId": '日本語/"講義"07.m3u8'})
    assert "日本語" in body.decode()
    assert json.loads(body)["contentId"] == '日本語/"講義"07.m3u8'


@pytest.mark.parametrize("storage_class", ["STANDARD_IA", "ONEZONE_IA"])
def test_infrequent_access_needs_30_days(storage_class: str) -> None:
    values: dict[str, Value | None] = {"spaceId": "media", "storageClass": storage_class, "daysToTransition": 29}
    with pytest.raises(BadInput, match="30 days or more") as caught:
        policy.SET.checked(values)
    assert caught.value.field == "daysToTransition"
    policy.SET.checked({**values, "daysToTransition": 30})


def test_reduced_redundancy_is_refused_with_the_reason() -> None:
    with pytest.raises(BadInput, match="AWS refuses"):
        policy.SET.checked({"spaceId": "media", "storageClass": "REDUCED_REDUNDANCY", "daysToTransition": 40})


def test_zero_days_is_a_value() -> None:
    body = policy.SET.request_body({"spaceId": "media", "storageClass": "GLACIER", "daysToTransition": 0})
    assert json.loads(body)["daysToTransition"] == 0


@pytest.mark.parametrize("values", [{}, {"snapshotId": "a_1_s_2020", "restoreId": "r"}])
def test_a_restore_is_asked_for_by_one_id(values: dict[str, Value | None]) -> None:
    with pytest.raises(BadInput, match="either"):
        restores.SHOW.checked(values)


def test_a_restore_by_its_own_id_sends_only_that() -> None:
    assert restores.SHOW.request_body({"restoreId": "r", "snapshotId": ""}) == b'{"restoreId": "r"}'


@pytest.mark.parametrize(
    ("task", "role", "tier"),
    [
        (hls.ENABLE, Role.ADMIN, Tier.CHANGE),
        (hls.DELETE, Role.ADMIN, Tier.DANGER),
        (hls.COOKIES_URL, Role.ADMIN, Tier.LOOK),
        (policy.SET, Role.ROOT, Tier.DANGER),
        (glacier.THAW, Role.ROOT, Tier.CHANGE),
        (snapshots.TOTALS, Role.ADMIN, Tier.LOOK),
        (snapshots.CLEAN_UP, Role.ADMIN, Tier.DANGER),
        (snapshots.RESTART, Role.ADMIN, Tier.CHANGE),
        (restores.REQUEST, Role.ADMIN, Tier.CHANGE),
        (restores.START, Role.ROOT, Tier.DANGER),
        (restores.COMPLETE, Role.ADMIN, Tier.DANGER),
        (rtmp.URL, Role.USER, Tier.LOOK),
    ],
)
def test_roles_and_consent_are_those_of_the_server_and_the_design(task: Task, role: Role, tier: Tier) -> None:
    assert (task.role, task.tier) == (role, tier)


@pytest.mark.parametrize("name", ["NOPE", "a_1_s_2020-01-02-03-04-05"])
def test_any_snapshot_may_be_looked_for_but_only_a_well_formed_id_restored(name: str) -> None:
    assert snapshots.SHOW.checked({"snapshotId": name}) == {"snapshotId": name}
    values: dict[str, Value | None] = {"snapshotId": name, "userEmail": "a@b.example"}
    if name == "NOPE":
        with pytest.raises(BadInput, match="has the form"):
            restores.START.checked(values)
    else:
        assert restores.START.checked(values) == values


@pytest.mark.parametrize("value", ["half\udcff", ("https://a.example", "https://\ud83d.example")])
def test_half_characters_are_refused_before_they_are_encoded(value: Value) -> None:
    with pytest.raises(BadInput, match="no text"):
        hls.ENABLE.request_body({"spaceId": "media", "allowedOrigins": value})


def test_an_unknown_name_is_no_task_of_ours() -> None:
    assert find("defrag-space") is None


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.FLAG, "True", True),
        (Kind.FLAG, " no ", False),
        (Kind.NUMBER, " 60 ", 60),
        (Kind.NUMBER, "-1", -1),
        (Kind.TEXT, " blanks stay ", " blanks stay "),
        (Kind.LIST, "https://a.example, https://b.example", ("https://a.example", "https://b.example")),
        (Kind.LIST, ("https://a.example", "", "https://b.example"), ("https://a.example", "https://b.example")),
        (Kind.LIST, " ", None),
        (Kind.TEXT, "", None),
    ],
)
def test_what_is_typed_becomes_what_is_sent(kind: Kind, typed: str | tuple[str, ...], value: Value | None) -> None:
    assert read(Param("p", "", "", kind), typed) == value


@pytest.mark.parametrize(
    ("param", "typed", "sentence"),
    [
        (Param("p", "", "", Kind.FLAG), "1", "true or false"),
        (Param("p", "", "", Kind.NUMBER), "1.5", "whole number"),
        (Param("p", "", "", Kind.NUMBER), "٣", "whole number"),
        (Param("p", "", "", Kind.NUMBER), "--1", "whole number"),
        (Param("p", "", "", Kind.NUMBER, least=1), "0", "1 or more"),
        (Param("p", "", "", Kind.NUMBER, most=1000), "1001", "1000 or less"),
        (Param("p", "", "", choices=("A", "B")), "C", "one of A, B"),
        (Param("p", "", ""), ("a", "b"), "one value"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_a_sentence(
    param: Param, typed: str | tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence) as caught:
        read(param, typed)
    assert caught.value.field == "p"


@given(st.text(), st.text())
def test_values_are_worded_as_they_are_and_never_read_again(one: str, two: str) -> None:
    text = hls.ENABLE.worded("{a} and {b}", {"a": one + "{b}", "b": two or "x"})
    assert text == f"{one}{{b}} and {two or 'x'}"
