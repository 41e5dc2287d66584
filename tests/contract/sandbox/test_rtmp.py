"""The RTMP tasks of releases 3.3 to 6.2 (protocol §7.23, §13.26, §18)."""

import base64
import json
from typing import Any

import pytest

from durastore_tui.sandbox.distributions import DEPLOYMENT
from tests.stand_in import Answer, StandIn

RTMP = ["enable-streaming", "get-url", "get-signed-url", "disable-streaming", "delete-streaming"]
OPEN_SPACE, SECURE_SPACE, OFF_SPACE = "chapel-recordings", "football-films", "yearbooks"
PORT = 8443


def run(server: StandIn, task: str, *, user: str = "root", world: str = "cedarfork", **given: Any) -> Answer:
    return server.task(task, json.dumps(given), user, world=world)


def names(server: StandIn, world: str) -> list[str]:
    listed = server.ask("GET", "/task", world=world).text
    return [line.strip().removeprefix("<string>").removesuffix("</string>") for line in listed.split("\n")[1:-1]]


def streaming(server: StandIn, space: str) -> dict[str, str]:
    head = server.ask("HEAD", f"/{space}", world="cedarfork")
    return {name: value for name, value in head.headers if name.startswith("x-dura-meta-streaming")}


def test_release_6_lists_both_families_and_release_4_only_rtmp(untouched: StandIn) -> None:
    hls = ["enable-hls", "get-url-hls", "get-signed-cookies-url", "disable-hls", "delete-hls"]
    assert names(untouched, "cedarfork") == ["noop", "set-storage-policy", *RTMP, *hls]
    assert names(untouched, "prairie") == ["noop", *RTMP, "set-storage-policy"]


def test_release_5_lists_as_release_6(untouched: StandIn) -> None:
    assert names(untouched, "elmwood") == names(untouched, "cedarfork")


@pytest.mark.parametrize("task", RTMP)
def test_release_8_knows_none_of_them(untouched: StandIn, task: str) -> None:
    refused = untouched.task(task, "{}")
    assert (refused.status, refused.text) == (400, f"{task} is not a supported task.")


def test_enabling_sets_the_old_properties_and_leaves_hls_alone(server: StandIn) -> None:
    answer = json.loads(run(server, "enable-streaming", spaceId=OFF_SPACE, secure="false").text)
    assert list(answer) == ["result", "streamingHost"]
    assert answer["result"] == "Enable Streaming Task completed successfully"
    assert streaming(server, OFF_SPACE) == {
        "x-dura-meta-streaming-host": answer["streamingHost"],
        "x-dura-meta-streaming-type": "OPEN",
    }
    assert run(server, "get-url-hls", spaceId=OFF_SPACE, contentId="x").status == 400


def test_the_other_type_is_refused_and_names_the_old_task(untouched: StandIn) -> None:
    refused = run(untouched, "enable-streaming", spaceId=OPEN_SPACE, secure=True)
    assert (refused.status, refused.text) == (
        400,
        f"Execution of task enable-streaming is not supported as requested. The space {OPEN_SPACE} is already"
        " configured to stream as OPEN and cannot be updated to stream as SECURE. To do this, you must first execute"
        " the delete-streaming task.",
    )


def test_a_url_puts_the_prefix_before_the_id_as_it_is(untouched: StandIn) -> None:
    answer = run(untouched, "get-url", spaceId=OPEN_SPACE, contentId="a b/é.mp4", resourcePrefix="mp4:")
    host = f"s3chapel0001.cloudfront.localhost:{PORT}"
    assert answer.text == f'{{\n  "streamUrl" : "rtmp://{host}/cfx/st/mp4:a b/é.mp4"\n}}'
    plain = json.loads(run(untouched, "get-url", spaceId=OPEN_SPACE, contentId="v.mp4").text)
    assert plain["streamUrl"] == f"rtmp://{host}/cfx/st/v.mp4"


def test_a_signed_url_has_a_policy_a_signature_and_a_key(untouched: StandIn) -> None:
    answer = run(untouched, "get-signed-url", spaceId=SECURE_SPACE, contentId="v.mp4", minutesToExpire=60)
    url = json.loads(answer.text)["signedUrl"]
    address, _, query = url.partition("?")
    assert address == f"rtmp://s3football01.cloudfront.localhost:{PORT}/cfx/st/v.mp4"
    assert [part.partition("=")[0] for part in query.split("&")] == ["Policy", "Signature", "Key-Pair-Id"]


@pytest.mark.parametrize(
    ("task", "space", "reason"),
    [
        (
            "get-url",
            SECURE_SPACE,
            "The get-url task cannot be used to request a stream from a secure distribution. Use get-signed-url"
            " instead.",
        ),
        (
            "get-signed-url",
            OPEN_SPACE,
            "The get-signed-url task cannot be used to request a stream from an open distribution. Use get-url"
            " instead.",
        ),
        (
            "get-url",
            OFF_SPACE,
            "The get-url task can only be used after a space has been configured to enable streaming. Use"
            " enable-streaming to enable streaming on this space.",
        ),
    ],
)
def test_a_url_of_the_wrong_kind_is_refused(untouched: StandIn, task: str, space: str, reason: str) -> None:
    refused = run(untouched, task, spaceId=space, contentId="v.mp4")
    assert (refused.status, refused.text) == (
        400,
        f"Execution of task {task} is not supported as requested. {reason}",
    )


def test_readers_of_the_space_get_a_url_and_others_do_not(untouched: StandIn) -> None:
    assert run(untouched, "get-url", user="user", spaceId=OPEN_SPACE, contentId="v.mp4").status == 200
    refused = run(untouched, "get-signed-url", user="user", spaceId=SECURE_SPACE, contentId="v.mp4")
    assert (refused.status, refused.text) == (403, f"You are not authorized to access space {SECURE_SPACE}.")


def test_disabling_removes_the_properties_and_keeps_the_distribution(server: StandIn) -> None:
    answer = run(server, "disable-streaming", spaceId=OPEN_SPACE)
    assert answer.text == '{\n  "result" : "Disable Streaming Task completed successfully"\n}'
    assert streaming(server, OPEN_SPACE) == {}
    assert run(server, "enable-streaming", spaceId=OPEN_SPACE, secure=True).status == 400


def test_deleting_frees_the_type_only_when_it_is_done(server: StandIn) -> None:
    answer = run(server, "delete-streaming", spaceId=OPEN_SPACE)
    assert answer.text == '{\n  "result" : "Delete Streaming Task completed successfully"\n}'
    assert run(server, "enable-streaming", spaceId=OPEN_SPACE, secure=True).status == 400
    server.time.pass_by(DEPLOYMENT)
    assert run(server, "enable-streaming", spaceId=OPEN_SPACE, secure=True).status == 200


@pytest.mark.parametrize("task", ["disable-streaming", "delete-streaming"])
def test_a_space_that_never_streamed_is_a_500(untouched: StandIn, task: str) -> None:
    refused = run(untouched, task, spaceId=OFF_SPACE)
    assert (refused.status, refused.text) == (500, f"No streaming distribution exists for space {OFF_SPACE}")


def policy_of(server: StandIn, **given: Any) -> dict[str, Any]:
    url = json.loads(run(server, "get-signed-url", spaceId=SECURE_SPACE, contentId="v.mp4", **given).text)["signedUrl"]
    coded = url.partition("Policy=")[2].partition("&")[0].translate(str.maketrans("-_~", "+=/"))
    found: dict[str, Any] = json.loads(base64.b64decode(coded))["Statement"][0]["Condition"]
    return found


@pytest.mark.parametrize(
    ("given", "address"), [({}, "0.0.0.0/0"), ({"ipAddress": None}, "0.0.0.0/0"), ({"ipAddress": ""}, "")]
)
def test_a_signed_policy_always_names_an_address(untouched: StandIn, given: dict[str, Any], address: str) -> None:
    assert policy_of(untouched, **given)["IpAddress"] == {"AWS:SourceIp": address}


def test_an_id_with_a_question_mark_is_signed_behind_an_ampersand(untouched: StandIn) -> None:
    answer = run(untouched, "get-signed-url", spaceId=SECURE_SPACE, contentId="a?b")
    assert "/cfx/st/a?b&Policy=" in answer.text


@pytest.mark.parametrize("key", ["minutesToExpire", "ipAddress"])
@pytest.mark.parametrize("value", [None, "5"])
def test_a_reader_may_not_say_how_long_or_from_where(untouched: StandIn, key: str, value: str | None) -> None:
    given: dict[str, Any] = {"spaceId": OPEN_SPACE, "contentId": "v.mp4", key: value}
    refused = run(untouched, "get-signed-url", user="user", **given)
    assert refused.status == 500
    assert (
        f'Unrecognized field "{key}" (class org.duracloud.s3storageprovider.dto.GetUrlTaskParameters)' in refused.text
    )
    assert "(3 known properties:" in refused.text
    assert f'"{key}"' not in run(untouched, "get-signed-url", user="admin", **given).text


@pytest.mark.parametrize(
    ("given", "status", "text"),
    [
        ({"spaceId": "nope-x"}, 500, "Task parameter 'contentId' may not be empty"),
        ({"spaceId": "nope-x", "contentId": "v"}, 403, "You are not authorized to access space nope-x."),
        ({"spaceId": OFF_SPACE, "contentId": "v"}, 400, None),
    ],
)
def test_empty_fields_come_before_rights_and_rights_before_the_task(
    untouched: StandIn, given: dict[str, Any], status: int, text: str | None
) -> None:
    refused = run(untouched, "get-url", user="user", **given)
    assert refused.status == status
    assert text is None or refused.text == text
    assert run(untouched, "get-url", spaceId="nope-x", contentId="v").status == 500


def test_deleting_what_never_streamed_by_rtmp_stops_hls_of_the_space(server: StandIn) -> None:
    spaces = server.world("cedarfork").spaces("3")
    assert run(server, "disable-streaming", spaceId="lecture-series").status == 500
    assert spaces.find("lecture-series").bucket_policy
    assert run(server, "delete-streaming", spaceId="lecture-series").status == 500
    assert not spaces.find("lecture-series").bucket_policy


@pytest.mark.parametrize("world", ["cedarfork", "elmwood"])
def test_origins_are_ignored_when_enabling_rtmp(server: StandIn, world: str) -> None:
    enabled = run(server, "enable-streaming", world=world, spaceId=OFF_SPACE, allowedOrigins=["https://a.example"])
    assert enabled.status == 200


def test_release_4_knows_no_origins(untouched: StandIn) -> None:
    refused = run(untouched, "enable-streaming", world="prairie", spaceId="maps", allowedOrigins=None)
    assert refused.status == 500
    assert 'Unrecognized field "allowedOrigins" (Class org.duracloud' in refused.text


@pytest.mark.parametrize(("name", "status"), [("GET-URL", 400), ("get-url/", 200), ("get-url%20", 400)])
def test_a_task_spelt_otherwise_reaches_the_task_layer(untouched: StandIn, name: str, status: int) -> None:
    body = json.dumps({"spaceId": OPEN_SPACE, "contentId": "v.mp4"})
    assert untouched.task(name, body, "user", world="cedarfork").status == status


@pytest.mark.parametrize("name", ["ENABLE-STREAMING", "enable-streaming/", "enable-streaming%20"])
def test_a_task_of_admins_spelt_otherwise_stays_theirs(untouched: StandIn, name: str) -> None:
    assert untouched.task(name, json.dumps({"spaceId": OPEN_SPACE}), "user", world="cedarfork").status == 403


def test_a_missing_key_file_is_named(server: StandIn) -> None:
    server.switch_on("signing-key-missing")
    refused = run(server, "get-signed-url", spaceId=SECURE_SPACE, contentId="v.mp4")
    assert refused.status == 500
    assert refused.text.startswith("Error encountered attempting to sign URL for task get-signed-url: /")
    assert refused.text.endswith(" (No such file or directory)")
