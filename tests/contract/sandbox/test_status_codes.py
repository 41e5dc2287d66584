"""Every status of protocol §1.7 that the stand-in can be brought to, endpoint by endpoint."""

import pytest

from tests.stand_in import StandIn

POLICY = '{"spaceId": "dance-archive", "storageClass": "GLACIER", "daysToTransition": 1}'
HLS = '{"spaceId": "dance-archive"}'
SECURE_OF_OPEN = '{"spaceId": "campus-events", "secure": true}'
SNAPSHOT_OF_NOTHING = '{"spaceId": "staging-empty", "description": "", "userEmail": "a@b.example"}'
MASTER = "masters-film/film/reel-000/reel-000_ffv1.mkv"

WALK = [
    (200, "GET", "/stores", ""),
    (200, "GET", "/spaces", ""),
    (500, "GET", "/spaces?storeID=99", ""),
    (200, "GET", "/dance-archive", ""),
    (404, "GET", "/nope", ""),
    (200, "HEAD", "/dance-archive", ""),
    (404, "HEAD", "/nope", ""),
    (200, "HEAD", "/acl/dance-archive", ""),
    (404, "HEAD", "/acl/nope", ""),
    (201, "PUT", "/new-space", ""),
    (201, "PUT", "/dance-archive", ""),
    (400, "PUT", "/Bad", ""),
    (400, "PUT", "/new-space?storeID=99", ""),
    (405, "POST", "/dance-archive", ""),
    (405, "GET", "/acl/dance-archive", ""),
    (200, "POST", "/acl/dance-archive", ""),
    (404, "POST", "/acl/nope", ""),
    (200, "DELETE", "/dance-archive", ""),
    (404, "DELETE", "/nope", ""),
    (200, "GET", "/nasty-names/plain.m3u8", ""),
    (404, "GET", "/nasty-names/nope", ""),
    (409, "GET", f"/{MASTER}?storeID=52", ""),
    (200, "HEAD", "/nasty-names/plain.m3u8", ""),
    (404, "HEAD", "/nasty-names/nope", ""),
    (201, "PUT", "/nasty-names/new", "body"),
    (400, "PUT", "/nasty-names/new%3F", "body"),
    (404, "PUT", "/nope/new", "body"),
    (404, "PUT", "/nasty-names/new?storeID=99", "body"),
    (200, "POST", "/nasty-names/plain.m3u8", ""),
    (404, "POST", "/nasty-names/nope", ""),
    (409, "POST", f"/{MASTER}?storeID=52", ""),
    (200, "DELETE", "/nasty-names/plain.m3u8", ""),
    (404, "DELETE", "/nasty-names/nope", ""),
    (200, "GET", "/task", ""),
    (200, "POST", "/task/set-storage-policy", POLICY),
    (200, "POST", "/task/enable-hls", HLS),
    (400, "POST", "/task/nope", ""),
    (400, "POST", "/task/enable-hls", SECURE_OF_OPEN),
    (409, "POST", "/task/create-snapshot?storeID=53", SNAPSHOT_OF_NOTHING),
    (500, "POST", "/task/enable-hls", "not json"),
    (500, "POST", "/task/disable-hls", HLS),
    (200, "GET", "/manifest/dance-archive", ""),
    (404, "GET", "/manifest/nope", ""),
    (202, "POST", "/manifest/empty-space", ""),
    (204, "GET", "/bit-integrity/dance-archive", ""),
    (500, "GET", "/audit/dance-archive", ""),
    (200, "GET", "/report/space/dance-archive", ""),
    (400, "GET", "/report/store?groupBy=year", ""),
    (404, "GET", "/report/space/nope", ""),
    (404, "GET", "/aux/cookies?token=nope", ""),
    (404, "GET", "/aux/cookies", ""),
]


@pytest.mark.parametrize(
    ("status", "method", "path", "body"), WALK, ids=[f"{status} {method} {path}" for status, method, path, _ in WALK]
)
def test_an_endpoint_answers_with_each_of_its_statuses(
    server: StandIn, status: int, method: str, path: str, body: str
) -> None:
    assert server.ask(method, path, body=body).status == status


def test_a_part_of_an_item_is_206_and_a_bad_part_400(untouched: StandIn) -> None:
    path = "/oral-histories-hls/oh/1974/OH-0412/interview-hazel-whitcomb-v2m00003.ts"
    assert untouched.ask("GET", path, headers=[("Range", "bytes=0-9")]).status == 206
    assert untouched.ask("GET", path, headers=[("Range", "bytes=-9")]).status == 400


def test_every_answer_carries_the_headers_of_the_security_layer(untouched: StandIn) -> None:
    for path in ("/stores", "/nope", "/task/nope"):
        answer = untouched.ask("GET", path)
        assert answer.header("X-Frame-Options") == "DENY"
        assert answer.header("Cache-Control") == "no-cache, no-store, max-age=0, must-revalidate"
