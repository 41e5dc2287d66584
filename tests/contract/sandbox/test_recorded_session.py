"""The samples of protocol §13 over a real socket: what goes out is written byte by byte, and so is what comes back."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from durastore_tui.sandbox.serve import LOOPBACK, serving
from durastore_tui.sandbox.world import Profile, Store
from durastore_tui.sandbox.worlds.preserved import nothing
from durastore_tui.sandbox.worlds.seeds import Seed, Stream
from durastore_tui.sandbox.worlds.universe import Universe
from tests.stand_in import Time, basic

ACME = Profile(
    "lakeshore",
    "acme",
    "acme.duracloud.org",
    (8, 2, 1),
    (Store("1234", "AMAZON_S3"), Store("1235", "CHRONOPOLIS", {"WRITABLE": "false"})),
    "member-id",
)
SPACES = (
    Seed("1234", "alpha", 0, 0, "2017-05-18"),
    Seed("1234", "beta", 65, 650, "2016-04-05", {"bob": "READ", "group-curators": "WRITE"}),
    Seed("1235", "papers", 3, 30, "2020-01-01"),
)
MEDIA = Seed("1234", "media", 2_000, 1, "2017-05-18", streams=(Stream("OPEN", "d111111abcdef8"),))


@dataclass
class Recorder:
    """Sends a request as it is written here; gives the answer as it came."""

    port: int
    edge_port: int

    async def raw(self, request: str, body: bytes = b"", user: str | None = "root") -> tuple[str, bytes]:
        reader, writer = await asyncio.open_connection(LOOPBACK, self.port)
        name, value = basic(user) if user else ("X-None", "-")
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{request}\r\nHost: acme.duracloud.org\r\nAccept: */*\r\n{name}: {value}\r\n"
        writer.write(f"{head}{length}Connection: close\r\n\r\n".encode() + body)
        whole = await reader.read(-1)
        writer.close()
        await writer.wait_closed()
        answered, _, content = whole.partition(b"\r\n\r\n")
        return answered.decode(), content


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recorder() -> AsyncIterator[Recorder]:
    universe = Universe(None, 1_000.0, source=Time(), worlds=((ACME, (*SPACES, MEDIA), nothing),))
    async with serving(universe):
        yield Recorder(universe.engine.ports["api"], universe.engine.ports["edge"])
    universe.close()


pytestmark = pytest.mark.asyncio(loop_scope="module")

DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\r\n'


def significant(head: str, *names: str) -> list[str]:
    """The status line and the headers of these names, as they were written."""
    first, *lines = head.split("\r\n")
    return [first, *(line for line in lines if line.split(":")[0] in names)]


async def test_stores(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/stores HTTP/1.1")
    assert significant(head, "Content-Type") == ["HTTP/1.1 200 ", "Content-Type: application/xml"]
    assert body.decode() == (
        f"{DECLARED}<storageProviderAccounts>\r\n"
        '  <storageAcct ownerId="0" isPrimary="1">\r\n'
        "    <id>1234</id>\r\n"
        "    <storageProviderType>AMAZON_S3</storageProviderType>\r\n"
        "    <storageProviderOptions />\r\n"
        "  </storageAcct>\r\n"
        '  <storageAcct ownerId="0" isPrimary="0">\r\n'
        "    <id>1235</id>\r\n"
        "    <storageProviderType>CHRONOPOLIS</storageProviderType>\r\n"
        "    <storageProviderOptions>\r\n"
        '      <option name="WRITABLE" value="false" />\r\n'
        "    </storageProviderOptions>\r\n"
        "  </storageAcct>\r\n"
        "</storageProviderAccounts>\r\n\r\n"
    )


async def test_unauthenticated(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/stores HTTP/1.1", user=None)
    assert significant(head, "WWW-Authenticate", "Content-Type") == [
        "HTTP/1.1 401 ",
        'WWW-Authenticate: Basic realm="DuraCloud:DuraStore"',
        "Content-Type: text/html;charset=utf-8",
    ]
    assert body.startswith(b"<!doctype html>")


async def test_spaces(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/spaces?storeID=1235 HTTP/1.1")
    assert significant(head, "Content-Type", "Content-Length") == [
        "HTTP/1.1 200 ",
        "Content-Type: application/xml",
        f"Content-Length: {len(body)}",
    ]
    assert body.decode() == f'{DECLARED}<spaces><space id="papers" /></spaces>\r\n'


async def test_spaces_of_an_unknown_store(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/spaces?storeID=9 HTTP/1.1")
    assert significant(head, "Content-Type") == ["HTTP/1.1 500 ", "Content-Type: application/xml"]
    assert body == b"Error attempting to build spaces XML"


async def test_a_page_of_a_space(recorder: Recorder) -> None:
    path = "/durastore/media?maxResults=2&prefix=files/item-00000&marker=files/item-0000003.txt"
    head, body = await recorder.raw(f"GET {path} HTTP/1.1")
    lines = [line for line in head.split("\r\n") if line.startswith(("x-dura-meta", "Content-Type"))]
    assert lines == [
        "Content-Type: application/xml",
        "x-dura-meta-space-created: 2017-05-18T09:15:00",
        "x-dura-meta-space-count: 1000+",
        f"x-dura-meta-hls-streaming-host: d111111abcdef8.cloudfront.localhost:{recorder.edge_port}",
        "x-dura-meta-hls-streaming-type: OPEN",
    ]
    items = "<item>files/item-0000004.txt</item><item>files/item-0000005.txt</item>"
    assert body.decode() == f'{DECLARED}<space id="media">{items}</space>\r\n'


async def test_an_empty_space(recorder: Recorder) -> None:
    _, body = await recorder.raw("GET /durastore/alpha HTTP/1.1")
    assert body.decode() == f'{DECLARED}<space id="alpha" />\r\n'


async def test_a_missing_space(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/nope HTTP/1.1")
    assert significant(head, "Content-Type") == ["HTTP/1.1 404 ", "Content-Type: application/xml"]
    assert body == b"Error attempting to build space XML for 'nope' due to: No S3 bucket found matching spaceID: nope"


async def test_the_properties_of_a_space(recorder: Recorder) -> None:
    head, body = await recorder.raw("HEAD /durastore/beta HTTP/1.1")
    lines = head.split("\r\n")
    assert "x-dura-meta-space-count: 65" in lines
    assert "x-dura-meta-space-created: 2016-04-05T09:15:00" in lines
    assert "Content-Type: application/octet-stream" in lines
    assert body == b""


async def test_making_and_deleting_a_space(recorder: Recorder) -> None:
    head, body = await recorder.raw("PUT /durastore/new-space?storeID=1234 HTTP/1.1")
    location = "Location: http://acme.duracloud.org/durastore/new-space?storeID=1234"
    assert significant(head, "Location", "Content-Length") == ["HTTP/1.1 201 ", location, "Content-Length: 0"]
    assert body == b""
    head, body = await recorder.raw("DELETE /durastore/new-space?storeID=1234 HTTP/1.1")
    assert significant(head, "Content-Type") == ["HTTP/1.1 200 ", "Content-Type: text/plain"]
    assert body == b"Space new-space deleted successfully"


async def test_a_space_id_that_breaks_the_rules(recorder: Recorder) -> None:
    head, body = await recorder.raw("PUT /durastore/Test-Space HTTP/1.1")
    assert significant(head, "Content-Type") == ["HTTP/1.1 400 ", "Content-Type: text/plain"]
    assert body == b"Only lowercase letters, numbers, periods, and dashes may be used in a Space ID"


async def test_acls(recorder: Recorder) -> None:
    head, _ = await recorder.raw("HEAD /durastore/acl/beta HTTP/1.1")
    lines = [line for line in head.split("\r\n") if "acl" in line]
    assert lines == ["x-dura-meta-acl-bob: READ", "x-dura-meta-acl-group-curators: WRITE"]
    request = "POST /durastore/acl/beta HTTP/1.1\r\nx-dura-meta-acl-user0: WRITE\r\nX-Dura-Meta-acl-user1: READ"
    head, body = await recorder.raw(request)
    assert significant(head, "Content-Type") == ["HTTP/1.1 200 ", "Content-Type: text/plain"]
    assert body == b"Space beta ACLs updated successfully"
    head, _ = await recorder.raw("HEAD /durastore/acl/beta HTTP/1.1")
    assert [line for line in head.split("\r\n") if "acl" in line] == [
        "x-dura-meta-acl-user0: WRITE",
        "x-dura-meta-acl-user1: READ",
    ]


async def test_content(recorder: Recorder) -> None:
    path, md5 = "/durastore/alpha/dir0/dir1/content2", "6d2fe5700004d3343ad8ec4f993817a8"
    sent = ("Content-Type: text/xml", f"Content-MD5: {md5}", "x-dura-meta-test-properties: Test Properties")
    head, body = await recorder.raw("\r\n".join([f"PUT {path} HTTP/1.1", *sent]), b"<content />")
    written = ("Location", "Accept-Ranges", "Content-Type", "Content-MD5", "ETag")
    assert significant(head, *written) == [
        "HTTP/1.1 201 ",
        f"Location: http://acme.duracloud.org{path}",
        "Accept-Ranges: bytes",
        "Content-Type: application/octet-stream",
        f"Content-MD5: {md5}",
        f"ETag: {md5}",
    ]
    assert body == b""
    head, body = await recorder.raw(f"GET {path} HTTP/1.1\r\nRange: bytes=3-5")
    assert set(significant(head, "Content-Length", "Content-Range", "Accept-Ranges")) == {
        "HTTP/1.1 206 ",
        "Content-Length: 3",
        "Content-Range: bytes 3-5/11",
        "Accept-Ranges: bytes",
    }
    assert body == b"nte"
    head, body = await recorder.raw(f"HEAD {path} HTTP/1.1")
    shown = ("Content-Type", "Content-Length", "Last-Modified", "Content-MD5", "ETag", "x-dura-meta-test-properties")
    assert set(significant(head, *shown)) == {
        "HTTP/1.1 200 ",
        "Content-Type: text/xml",
        "Content-Length: 11",
        "Last-Modified: 2026-11-24T12:00:00",
        f"Content-MD5: {md5}",
        f"ETag: {md5}",
        "x-dura-meta-test-properties: Test Properties",
    }
    assert body == b""
    assert (await recorder.raw(f"POST {path} HTTP/1.1"))[1] == b"Content dir0/dir1/content2 updated successfully"
    assert (await recorder.raw(f"DELETE {path} HTTP/1.1"))[1] == b"Content dir0/dir1/content2 deleted successfully"


async def test_the_task_list(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/task?storeID=1234 HTTP/1.1")
    assert significant(head, "Content-Type", "Content-Length") == [
        "HTTP/1.1 200 ",
        "Content-Type: application/xml",
        "Content-Length: 240",
    ]
    assert body.decode() == (
        "<list>\n  <string>noop</string>\n  <string>set-storage-policy</string>\n  <string>enable-hls</string>\n"
        "  <string>get-url-hls</string>\n  <string>get-signed-cookies-url</string>\n  <string>disable-hls</string>\n"
        "  <string>delete-hls</string>\n</list>"
    )


async def test_noop_and_a_task_that_is_not_there(recorder: Recorder) -> None:
    head, body = await recorder.raw("POST /durastore/task/noop?storeID=1234 HTTP/1.1")
    assert significant(head, "Content-Type", "Content-Length") == [
        "HTTP/1.1 200 ",
        "Content-Type: text/plain",
        "Content-Length: 7",
    ]
    assert body == b"Success"
    head, body = await recorder.raw("POST /durastore/task/unsupported-task HTTP/1.1")
    assert significant(head, "Content-Type") == ["HTTP/1.1 400 ", "Content-Type: text/plain"]
    assert body == b"unsupported-task is not a supported task."


async def test_a_storage_policy(recorder: Recorder) -> None:
    request = "POST /durastore/task/set-storage-policy?storeID=1234 HTTP/1.1"
    head, body = await recorder.raw(
        request, b'{"spaceId" : "media", "storageClass" : "STANDARD_IA", "daysToTransition" : 30}'
    )
    assert significant(head, "Content-Type", "Content-Length") == [
        "HTTP/1.1 200 ",
        "Content-Type: text/plain",
        "Content-Length: 104",
    ]
    assert (
        body
        == b"Successfully set storage policy on space media to move content to StandardInfrequentAccess after 30 days"
    )


async def test_streaming_from_enabling_to_a_url(recorder: Recorder) -> None:
    host = f"d111111abcdef8.cloudfront.localhost:{recorder.edge_port}"
    sent = b'{"spaceId" : "media", "secure" : "false", "allowedOrigins" : [ "https://test.com" ]}'
    _, body = await recorder.raw("POST /durastore/task/enable-hls?storeID=1234 HTTP/1.1", sent)
    result = "enable-hls task completed successfully"
    assert body.decode() == f'{{\n  "result" : "{result}",\n  "streamingHost" : "{host}"\n}}'
    asked = '{"spaceId" : "media", "contentId" : "a b/é.m3u8"}'.encode()
    _, body = await recorder.raw("POST /durastore/task/get-url-hls?storeID=1234 HTTP/1.1", asked)
    assert body.decode() == f'{{\n  "streamUrl" : "https://{host}/a b/é.m3u8"\n}}'


async def test_the_wrong_stream_type_is_refused(recorder: Recorder) -> None:
    request = "POST /durastore/task/enable-hls?storeID=1234 HTTP/1.1"
    head, body = await recorder.raw(
        request, b'{\n  "spaceId" : "media",\n  "secure" : true,\n  "allowedOrigins" : null\n}'
    )
    assert significant(head, "Content-Type") == ["HTTP/1.1 400 ", "Content-Type: text/plain"]
    assert body == (
        b"Execution of task enable-hls is not supported as requested. The space media is already configured to"
        b" stream as OPEN and cannot be updated to stream as SECURE. To do this, you must first execute the"
        b" delete-hls task."
    )


async def test_an_unknown_key(recorder: Recorder) -> None:
    request = "POST /durastore/task/enable-hls?storeID=1234 HTTP/1.1"
    head, body = await recorder.raw(request, b'{"spaceId":"s","bogus":1}')
    assert significant(head, "Content-Type") == ["HTTP/1.1 500 ", "Content-Type: text/plain"]
    dto = "org.duracloud.s3storageprovider.dto.EnableStreamingTaskParameters"
    first, second = body.decode().split("\n")
    assert first == (
        f'Unable to parse task parameters due to: Unrecognized field "bogus" (class {dto}), not marked as ignorable'
        ' (3 known properties: "spaceId", "allowedOrigins", "secure"])'
    )
    assert second == (
        " at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 25]"
        f' (through reference chain: {dto}["bogus"])'
    )


async def test_signed_cookies(recorder: Recorder) -> None:
    host = f"d111111abcdef8.cloudfront.localhost:{recorder.edge_port}"
    sent = b'{"spaceId" : "media", "minutesToExpire" : 60, "ipAddress" : "1.2.3.4/32", "redirectUrl" : "https://player.example/x"}'
    _, body = await recorder.raw("POST /durastore/task/get-signed-cookies-url?storeID=1234 HTTP/1.1", sent)
    start, end = f'{{\n  "signedCookiesUrl" : "https://{host}/cookies?token=', '"\n}'
    token = body.decode().removeprefix(start).removesuffix(end)
    assert re.fullmatch(r"[A-Za-z0-9]{20}", token)
    request = f"GET /durastore/aux/cookies?token={token} HTTP/1.1\r\nOrigin: https://www.example.com"
    head, body = await recorder.raw(request, user=None)
    assert significant(
        head, "Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Vary"
    ) == [
        "HTTP/1.1 200 ",
        "Content-Type: text/html",
        "Access-Control-Allow-Origin: https://www.example.com",
        "Access-Control-Allow-Credentials: true",
        "Vary: Origin",
    ]
    form = (
        r"Set-Cookie: CloudFront-(Policy|Signature|Key-Pair-Id)=[^;]+;Version=1;Comment=\"Supports HLS\";"
        r"Domain=d111111abcdef8\.cloudfront\.localhost;Path=/;SameSite=None;Secure"
    )
    cookies = [line for line in head.split("\r\n") if line.startswith("Set-Cookie")]
    assert len(cookies) == 3
    assert all(re.fullmatch(form, line) for line in cookies)
    assert body == (
        b"<html><head><meta http-equiv='refresh' content='0;URL=\"https://player.example/x\"' /></head></html>"
    )


async def test_an_unknown_token(recorder: Recorder) -> None:
    head, body = await recorder.raw("GET /durastore/aux/cookies?token=abc HTTP/1.1", user=None)
    assert significant(head)[0] == "HTTP/1.1 404 "
    assert body == b"Token not found"


async def test_disabling_and_deleting(recorder: Recorder) -> None:
    for name in ("disable-hls", "delete-hls"):
        _, body = await recorder.raw(f"POST /durastore/task/{name}?storeID=1234 HTTP/1.1", b'{"spaceId" : "media"}')
        assert body.decode() == f'{{\n  "result" : "{name} task completed successfully"\n}}'
    _, body = await recorder.raw("POST /durastore/task/delete-hls?storeID=1234 HTTP/1.1", b'{"spaceId" : "beta"}')
    assert body == b"No streaming distribution exists for space beta"


@pytest.mark.parametrize(
    ("request_line", "kept"), [("GET /durastore/nope", True), ("POST /durastore/task/nope", False)]
)
async def test_the_line_is_closed_after_some_statuses(recorder: Recorder, request_line: str, kept: bool) -> None:
    reader, writer = await asyncio.open_connection(LOOPBACK, recorder.port)
    name, value = basic("root")
    writer.write(f"{request_line} HTTP/1.1\r\nHost: localhost\r\n{name}: {value}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    assert ("connection: close" in head) is not kept
    if not kept:
        await reader.read(-1)
        assert reader.at_eof()
    writer.close()
    await writer.wait_closed()
