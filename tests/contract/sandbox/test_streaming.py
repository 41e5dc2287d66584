"""HLS and policies as a client sees them: side effects in the server's order, and time (protocol §7.2-§7.7)."""

import json

import pytest

from durastore_tui.sandbox import cookies
from durastore_tui.sandbox.distributions import DEPLOYMENT
from tests.stand_in import Answer, StandIn

OPEN_SPACE, SECURE_SPACE, OFF_SPACE = "oral-histories-hls", "lectures-secure", "dance-archive"


def enable(server: StandIn, space: str, **more: object) -> Answer:
    return server.task("enable-hls", json.dumps({"spaceId": space, **more}))


def properties(server: StandIn, space: str) -> dict[str, str]:
    head = server.ask("HEAD", f"/{space}")
    return {name: value for name, value in head.headers if "streaming" in name}


def answers(server: StandIn, space: str) -> bool:
    distributions = server.universe.engine.distributions
    found = distributions.of_space("lakeshore", "51", space, "HLS")
    return found is not None and distributions.answers(found)


def test_enabling_sets_the_properties_at_once_and_the_edge_follows(server: StandIn) -> None:
    host = json.loads(enable(server, OFF_SPACE).text)["streamingHost"]
    assert properties(server, OFF_SPACE) == {
        "x-dura-meta-hls-streaming-host": host,
        "x-dura-meta-hls-streaming-type": "OPEN",
    }
    server.time.pass_by(DEPLOYMENT - 1)
    assert not answers(server, OFF_SPACE)
    server.time.pass_by(1)
    assert answers(server, OFF_SPACE)


def test_enabling_again_gives_the_same_host(server: StandIn) -> None:
    assert enable(server, OPEN_SPACE).text == enable(server, OPEN_SPACE).text


def test_the_default_origin_is_any_https_and_a_list_gets_the_servers_own(server: StandIn) -> None:
    enable(server, OFF_SPACE)
    assert server.world().spaces("51").find(OFF_SPACE).cors == "https://*"
    enable(server, OFF_SPACE, allowedOrigins=["https://a.example"])
    assert server.world().spaces("51").find(OFF_SPACE).cors == "https://a.example https://127.0.0.1"


def test_a_delete_takes_the_origins_away_and_a_disable_leaves_them(server: StandIn) -> None:
    spaces = server.world().spaces("51")
    enable(server, OFF_SPACE)
    assert server.task("disable-hls", json.dumps({"spaceId": OFF_SPACE})).status == 200
    assert spaces.find(OFF_SPACE).cors == "https://*"
    assert server.task("delete-hls", json.dumps({"spaceId": OFF_SPACE})).status == 200
    assert not spaces.find(OFF_SPACE).cors


def test_an_empty_origin_is_refused_after_the_distribution_was_made(server: StandIn) -> None:
    assert enable(server, OFF_SPACE, allowedOrigins=["", ""]).status == 500
    assert properties(server, OFF_SPACE) == {}
    refused = enable(server, OFF_SPACE, secure=True)
    assert refused.status == 400


def test_disabling_keeps_the_distribution(server: StandIn) -> None:
    assert server.task("disable-hls", json.dumps({"spaceId": OPEN_SPACE})).status == 200
    assert properties(server, OPEN_SPACE) == {}
    assert enable(server, OPEN_SPACE, secure=True).status == 400
    assert enable(server, OPEN_SPACE).status == 200


@pytest.mark.parametrize("task", ["disable-hls", "delete-hls"])
def test_failing_for_want_of_a_distribution_has_removed_the_properties_all_the_same(server: StandIn, task: str) -> None:
    server.world().spaces("51").set_property(OFF_SPACE, "hls-streaming-host", "gone.cloudfront.localhost")
    failed = server.task(task, json.dumps({"spaceId": OFF_SPACE}))
    assert (failed.status, failed.text) == (500, f"No streaming distribution exists for space {OFF_SPACE}")
    assert properties(server, OFF_SPACE) == {}


def test_a_deletion_is_through_when_the_other_type_is_taken(server: StandIn) -> None:
    assert server.task("delete-hls", json.dumps({"spaceId": OPEN_SPACE})).status == 200
    assert properties(server, OPEN_SPACE) == {}
    server.time.pass_by(DEPLOYMENT - 1)
    assert answers(server, OPEN_SPACE)
    assert enable(server, OPEN_SPACE, secure=True).status == 400
    server.time.pass_by(1)
    assert not answers(server, OPEN_SPACE)
    assert enable(server, OPEN_SPACE, secure=True).status == 200


def test_enabling_the_same_type_revives_a_dying_distribution(server: StandIn) -> None:
    before = properties(server, OPEN_SPACE)
    server.task("delete-hls", json.dumps({"spaceId": OPEN_SPACE}))
    enable(server, OPEN_SPACE)
    server.time.pass_by(3 * DEPLOYMENT)
    assert properties(server, OPEN_SPACE) == before
    assert answers(server, OPEN_SPACE)


def test_a_deletion_that_gives_up_leaves_a_silent_distribution_that_blocks_the_other_type(server: StandIn) -> None:
    server.time.pass_by(100 * DEPLOYMENT)
    assert not answers(server, "radio-wlsu-1968-1989")
    assert enable(server, "radio-wlsu-1968-1989", secure=True).status == 400


def test_the_fault_makes_the_next_deletion_give_up(server: StandIn) -> None:
    server.switch_on("deletion-gives-up", task="delete-hls", requests=1)
    server.task("delete-hls", json.dumps({"spaceId": OPEN_SPACE}))
    server.time.pass_by(100 * DEPLOYMENT)
    assert enable(server, OPEN_SPACE, secure=True).status == 400


def test_speed_shortens_the_deployment() -> None:
    server = StandIn(speed=45)
    enable(server, OFF_SPACE)
    server.time.pass_by(19)
    assert not answers(server, OFF_SPACE)
    server.time.pass_by(1)
    assert answers(server, OFF_SPACE)


def test_a_stream_url_holds_the_id_as_it_was_given(untouched: StandIn) -> None:
    answer = untouched.task("get-url-hls", json.dumps({"spaceId": OPEN_SPACE, "contentId": "a b#%/é.m3u8"}))
    assert json.loads(answer.text)["streamUrl"].endswith(":8443/a b#%/é.m3u8")


@pytest.mark.parametrize("task", ["get-url-hls", "get-signed-cookies-url"])
def test_urls_need_a_space_that_streams(untouched: StandIn, task: str) -> None:
    more = {"contentId": "a"} if task == "get-url-hls" else {"redirectUrl": "https://x.example"}
    answer = untouched.task(task, json.dumps({"spaceId": OFF_SPACE, **more}))
    assert (answer.status, answer.text) == (
        400,
        f"Execution of task {task} is not supported as requested. The {task} task can only be used after a space has"
        " been configured to enable HLS streaming. Use enable-hls to enable HLS streaming on this space.",
    )


def test_a_property_without_a_distribution_has_words_of_its_own(server: StandIn) -> None:
    server.world().spaces("51").set_property(OFF_SPACE, "hls-streaming-host", "gone.cloudfront.localhost")
    body = json.dumps({"spaceId": OFF_SPACE, "redirectUrl": "https://x.example"})
    assert server.task("get-signed-cookies-url", body).text.endswith(
        "to enable secure streaming. Use enable-hls to enable secure streaming on this space."
    )


@pytest.mark.parametrize(("given", "lasting"), [(60, 60), (0, 480), (-5, 480)])
def test_cookies_last_as_long_as_asked_or_eight_hours(server: StandIn, given: int, lasting: int) -> None:
    body = {"spaceId": SECURE_SPACE, "minutesToExpire": given, "redirectUrl": "https://x.example"}
    url = json.loads(server.task("get-signed-cookies-url", json.dumps(body)).text)["signedCookiesUrl"]
    page = server.ask("GET", f"/aux/cookies?{url.partition('?')[2]}", None)
    held = {pair.partition("=")[0]: pair.partition("=")[2].partition(";")[0] for pair in page.all("Set-Cookie")}
    end = server.time.now + lasting * 60
    assert cookies.admits(held, "d8s2lecture0.cloudfront.localhost", "127.0.0.1", end - 1)
    assert not cookies.admits(held, "d8s2lecture0.cloudfront.localhost", "127.0.0.1", end)
    assert not cookies.admits(held, "d3k9x1qv7hls.cloudfront.localhost", "127.0.0.1", end - 1)


def test_a_token_serves_for_a_day_and_only_in_its_world(server: StandIn) -> None:
    body = json.dumps({"spaceId": SECURE_SPACE, "redirectUrl": "https://x.example"})
    query = json.loads(server.task("get-signed-cookies-url", body).text)["signedCookiesUrl"].partition("?")[2]
    assert server.ask("GET", f"/aux/cookies?{query}", None).status == 200
    assert server.ask("GET", f"/aux/cookies?{query}", None, world="vallon").status == 404
    server.time.pass_by(86_400)
    assert server.ask("GET", f"/aux/cookies?{query}", None).text == "Token not found"


def test_cookies_lie_in_a_space_that_is_not_listed(server: StandIn) -> None:
    body = json.dumps({"spaceId": SECURE_SPACE, "redirectUrl": "https://x.example"})
    token = json.loads(server.task("get-signed-cookies-url", body).text)["signedCookiesUrl"].partition("token=")[2]
    assert "signedcookies" not in server.ask("GET", "/spaces").text
    assert f"<item>{token}</item>" in server.ask("GET", "/signedcookies").text
    kept = json.loads(server.ask("GET", f"/signedcookies/{token}").text)
    assert list(kept) == ["signedCookies", "streamingHost", "redirectUrl"]
    assert server.ask("GET", "/signedcookies", "user").status == 403


def test_releases_before_7_send_no_cors_headers_with_the_cookies(server: StandIn) -> None:
    body = json.dumps({"spaceId": "lecture-series", "redirectUrl": "https://x.example"})
    made = server.task("get-signed-cookies-url", body, world="cedarfork")
    query = json.loads(made.text)["signedCookiesUrl"].partition("?")[2]
    page = server.ask("GET", f"/aux/cookies?{query}", None, world="cedarfork")
    assert page.status == 200
    assert page.header("Access-Control-Allow-Origin") is None


def policy(server: StandIn, storage_class: str, days: int) -> Answer:
    body = {"spaceId": OFF_SPACE, "storageClass": storage_class, "daysToTransition": days}
    return server.task("set-storage-policy", json.dumps(body))


@pytest.mark.parametrize(
    ("storage_class", "constant"),
    [
        ("GLACIER", "Glacier"),
        ("STANDARD_IA", "StandardInfrequentAccess"),
        ("ONEZONE_IA", "OneZoneInfrequentAccess"),
        ("INTELLIGENT_TIERING", "IntelligentTiering"),
        ("DEEP_ARCHIVE", "DeepArchive"),
        ("GLACIER_IR", "GlacierInstantRetrieval"),
    ],
)
def test_a_policy_is_answered_with_the_java_constant(server: StandIn, storage_class: str, constant: str) -> None:
    assert policy(server, storage_class, 30).text == (
        f"Successfully set storage policy on space {OFF_SPACE} to move content to {constant} after 30 days"
    )


@pytest.mark.parametrize(
    ("storage_class", "days"), [("STANDARD_IA", 29), ("ONEZONE_IA", 0), ("STANDARD", 90), ("REDUCED_REDUNDANCY", 90)]
)
def test_a_policy_that_aws_refuses_erases_the_old_one_and_takes_56_seconds(
    server: StandIn, storage_class: str, days: int
) -> None:
    policy(server, "GLACIER", 1)
    refused = policy(server, storage_class, days)
    assert (refused.status, refused.delay) == (500, 56.0)
    assert refused.text.endswith("could not be applied. The space cannot be found.")
    assert server.world().spaces("51").find(OFF_SPACE).policy == ""


def test_an_unknown_class_changes_nothing(server: StandIn) -> None:
    policy(server, "GLACIER", 1)
    refused = policy(server, "standard_ia", 30)
    assert refused.text == (
        "Cannot set storage policy due to invalid storage class. The valid storage class options are: [STANDARD,"
        " REDUCED_REDUNDANCY, GLACIER, STANDARD_IA, ONEZONE_IA, INTELLIGENT_TIERING, DEEP_ARCHIVE, OUTPOSTS,"
        " GLACIER_IR, SNOW]"
    )
    assert server.world().spaces("51").find(OFF_SPACE).policy == "GLACIER 1"


@pytest.mark.parametrize("task", ["enable-hls", "disable-hls", "delete-hls", "get-url-hls", "set-storage-policy"])
def test_a_missing_space_is_a_500_of_every_task(untouched: StandIn, task: str) -> None:
    every: dict[str, dict[str, object]] = {
        "enable-hls": {},
        "disable-hls": {},
        "delete-hls": {},
        "get-url-hls": {"contentId": "a"},
        "set-storage-policy": {"storageClass": "GLACIER", "daysToTransition": 1},
    }
    answer = untouched.task(task, json.dumps({"spaceId": "no.such", **every[task]}))
    buckets = len(untouched.world().spaces("51").ids())
    garbled = "no" + "[" * buckets + "." + "]" * buckets + "such"
    assert (answer.status, answer.text) == (500, f"No S3 bucket found matching spaceID: {garbled}")


@pytest.mark.parametrize(
    ("space", "shown"), [("nope\\ud800", "nope"), ("nope\\udc00", "nope?"), ("\\ud800nope", "?nope")]
)
def test_half_a_surrogate_pair_is_a_question_mark_or_lost_at_the_end(
    untouched: StandIn, space: str, shown: str
) -> None:
    answer = untouched.task("get-url-hls", f'{{"spaceId": "{space}", "contentId": "a"}}')
    assert (answer.status, answer.text) == (500, f"No S3 bucket found matching spaceID: {shown}")


def test_an_unknown_store_acts_on_the_primary_one(server: StandIn) -> None:
    assert server.task("enable-hls", json.dumps({"spaceId": OFF_SPACE}), store="99").status == 200
    assert "x-dura-meta-hls-streaming-type" in properties(server, OFF_SPACE)
    assert server.ask("GET", "/task?storeID=99").text == server.ask("GET", "/task").text
    assert server.ask("GET", "/task?storeid=52").text == server.ask("GET", "/task").text


def test_only_since_5_there_is_hls(untouched: StandIn) -> None:
    assert "enable-hls" not in untouched.ask("GET", "/task", world="prairie").text
    assert untouched.task("enable-hls", "{}", world="prairie").status == 400
    assert "enable-hls" in untouched.ask("GET", "/task", world="cedarfork").text


def test_swift_only_has_noop(untouched: StandIn) -> None:
    assert untouched.ask("GET", "/task", world="maple").text == "<list>\n  <string>noop</string>\n</list>"


def test_a_multipart_form_gives_its_first_file_as_the_body(server: StandIn) -> None:
    form = (
        '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nno\r\n'
        '--x\r\nContent-Disposition: form-data; name="f"; filename="p.json"\r\n\r\n'
        f'{{"spaceId":"{OFF_SPACE}"}}\r\n--x--\r\n'
    )
    headers = [("Content-Type", "multipart/form-data; boundary=x")]
    assert server.ask("POST", "/task/enable-hls", body=form, headers=headers).status == 200
