"""Stores, spaces, items and task lists, as they come over the wire (protocol §13)."""

from datetime import date

import pytest

from durastore_tui.api import content, reports, spaces, stores, tasks
from durastore_tui.api.stores import Store
from durastore_tui.core.errors import BadInput, Malformed
from tests.contract.api.conftest import Connect
from tests.misbehaving import Answer, answer, misbehaving, raw

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\r\n'
STORES = (
    DECLARATION
    + """<storageProviderAccounts>\r
  <storageAcct ownerId="0" isPrimary="0">\r
    <id>1235</id>\r
    <storageProviderType>BRAND_NEW</storageProviderType>\r
    <storageProviderOptions>\r
      <option name="WRITABLE" value="false" />\r
    </storageProviderOptions>\r
  </storageAcct>\r
  <storageAcct ownerId="0" isPrimary="1">\r
    <id>1234</id>\r
    <storageProviderType>AMAZON_S3</storageProviderType>\r
    <storageProviderOptions />\r
  </storageAcct>\r
</storageProviderAccounts>\r
\r
"""
)
BOMB = """<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><spaces><space id="&b;"/></spaces>"""


def xml(text: str, *headers: str) -> Answer:
    return answer("200 OK", text.encode(), "Content-Type: application/xml", *headers)


async def test_stores_come_with_type_and_options_the_primary_first(connect: Connect) -> None:
    async with misbehaving(xml(STORES)) as server:
        found = await stores.stores(connect(server.url))
    assert found == (
        Store("1234", "AMAZON_S3", True, {}),
        Store("1235", "BRAND_NEW", False, {"WRITABLE": "false"}),
    )


async def test_names_of_spaces_are_those_of_the_store_asked_for(connect: Connect) -> None:
    async with misbehaving(xml(DECLARATION + '<spaces><space id="alpha" /><space id="beta" /></spaces>\r\n')) as server:
        assert await spaces.names(connect(server.url), "1234") == ("alpha", "beta")
    assert server.requests[0].target == "/durastore/spaces?storeID=1234"


async def test_no_spaces_is_an_answer_too(connect: Connect) -> None:
    async with misbehaving(xml(DECLARATION + "<spaces />\r\n")) as server:
        assert await spaces.names(connect(server.url), "1234") == ()


async def test_space_properties_lose_their_prefix_and_keep_their_text(connect: Connect) -> None:
    headers = (
        "X-DURA-META-space-count: 1000+",
        "x-dura-meta-space-created: 2017-05-18T20:03:18",
        "x-dura-meta-hls-streaming-host: d111111abcdef8.cloudfront.net",
        "x-dura-meta-hls-streaming-type: SECURE",
        "x-dura-meta-is-delete: true",
    )
    async with misbehaving(answer("200 OK", b"", *headers)) as server:
        found = await spaces.properties(connect(server.url), "1234", "media")
    assert (found.count, found.created, found.deleting) == ("1000+", "2017-05-18T20:03:18", True)
    assert (found.hls_host, found.hls_type) == ("d111111abcdef8.cloudfront.net", "SECURE")
    assert (found.rtmp_host, found.rtmp_type, found.snapshot_id, found.restore_id) == (None, None, None, None)
    assert server.requests[0].method == "HEAD"


async def test_a_listing_keeps_every_id_exact_and_brings_the_properties_along(connect: Connect) -> None:
    body = (
        DECLARATION
        + '<space id="media"><item>vid2 &amp; co.m3u8</item><item> \x85b  </item><item>…/é</item></space>\r\n'
    )
    async with misbehaving(xml(body, "x-dura-meta-space-count: 3")) as server:
        found = await spaces.listing(connect(server.url), "1234", "media", prefix="vid", marker="vid 1", limit=3)
    assert found.ids == ("vid2 & co.m3u8", " \x85b  ", "…/é")
    assert found.properties.count == "3"
    assert server.requests[0].target == "/durastore/media?storeID=1234&maxResults=3&prefix=vid&marker=vid%201"


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "c"), ("b",), ("a",), ("c", "a")])
async def test_a_page_that_does_not_lead_past_its_marker_is_an_error(connect: Connect, ids: tuple[str, ...]) -> None:
    items = "".join(f"<item>{one}</item>" for one in ids)
    async with misbehaving(xml(f'{DECLARATION}<space id="media">{items}</space>')) as server:
        with pytest.raises(Malformed, match="does not advance: the page after 'b'"):
            await spaces.listing(connect(server.url), "1234", "media", marker="b")


async def test_a_listing_from_the_top_sends_neither_prefix_nor_marker(connect: Connect) -> None:
    async with misbehaving(xml('<space id="media" />')) as server:
        assert (await spaces.listing(connect(server.url), "1234", "media")).ids == ()
    assert server.requests[0].target == "/durastore/media?storeID=1234&maxResults=1000"


async def test_access_lists_are_read_with_head(connect: Connect) -> None:
    acl = answer("200 OK", b"", "x-dura-meta-acl-bob: READ", "x-dura-meta-acl-group-curators: WRITE")
    async with misbehaving(acl) as server:
        assert await spaces.acl(connect(server.url), "1234", "foo") == {"bob": "READ", "group-curators": "WRITE"}
    assert (server.requests[0].method, server.requests[0].target) == ("HEAD", "/durastore/acl/foo?storeID=1234")


async def test_an_item_is_asked_for_under_its_exact_id(connect: Connect) -> None:
    headers = (
        "Content-Type: text/xml",
        "Content-MD5: 6d2fe5700004d3343ad8ec4f993817a8",
        "Last-Modified: 2014-08-15T07:53:30",
        "x-dura-meta-creator: élise",
    )
    async with misbehaving(answer("200 OK", b"", *headers)) as server:
        found = await content.head(connect(server.url), "1234", "foo", "a/.../100% déjà;#1+2.xml")
    assert server.requests[0].target == "/durastore/foo/a/%2E%2E%2E/100%25%20d%C3%A9j%C3%A0%3B%231%2B2.xml?storeID=1234"
    assert (found.size, found.mimetype, found.modified) == (0, "text/xml", "2014-08-15T07:53:30")
    assert found.checksum == "6d2fe5700004d3343ad8ec4f993817a8"
    assert found.raw == {"creator": "élise"}


@pytest.mark.parametrize(
    ("header", "storage_class"),
    [
        ("x-dura-meta-x-amz-storage-class: GLACIER", "GLACIER"),
        ("X-Dura-Meta-X-Amz-Storage-Class: DEEP_ARCHIVE", "DEEP_ARCHIVE"),
        ("x-amz-storage-class: GLACIER", "GLACIER"),
        ("x-dura-meta-creator: ana", None),
    ],
)
async def test_the_storage_class_is_read_from_either_header(
    connect: Connect, header: str, storage_class: str | None
) -> None:
    checksum = "Content-MD5: 6d2fe5700004d3343ad8ec4f993817a8"  # without one it is no item
    async with misbehaving(answer("200 OK", b"", checksum, header)) as server:
        found = await content.head(connect(server.url), "1234", "foo", "a.wav")
    assert found.storage_class == storage_class


async def test_an_item_that_is_stored_compressed_keeps_its_stored_size(connect: Connect) -> None:
    checksum = b"Content-MD5: 6d2fe5700004d3343ad8ec4f993817a8\r\n"
    stored = raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + checksum + b"Content-Length: 41\r\n\r\n")
    async with misbehaving(stored) as server:
        assert (await content.head(connect(server.url), "1234", "foo", "manifest.txt.gz")).size == 41


async def test_an_empty_answer_is_no_space_and_no_item(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", b"", "Content-Type: text/html")) as server:
        with pytest.raises(Malformed, match="no properties of a space"):
            await spaces.properties(connect(server.url), "1234", "foo")
        for ask in (content.head, content.read_first_byte):
            with pytest.raises(Malformed, match="no properties of an item"):
                await ask(connect(server.url), "1234", "foo", "a.wav")


async def test_an_id_that_no_path_can_name_is_said_to_be_so_and_not_asked_for(connect: Connect) -> None:
    async with misbehaving(answer("404 Not Found")) as server:
        with pytest.raises(BadInput, match="empty path segment"):
            await content.head(connect(server.url), "1234", "foo", "//double//slash.ts")
    assert server.requests == []


async def test_task_names_keep_the_servers_order(connect: Connect) -> None:
    body = "<list>\n  <string>noop</string>\n  <string>defrag-space</string>\n</list>"
    async with misbehaving(xml(body)) as server:
        assert await tasks.offered(connect(server.url), "1234") == ("noop", "defrag-space")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BOMB, "forbidden"),
        ("<spaces><space id=", "not XML"),
        ("", "not XML"),
        ("Error attempting to build spaces XML", "not XML"),
        ("<list/>", "<list> where <spaces>"),
        ("<!DOCTYPE html><html><title>Log in to the wireless</title></html>", "Log in to the wireless"),
    ],
)
async def test_what_is_no_list_of_spaces_is_said_to_be_so(connect: Connect, body: str, said: str) -> None:
    async with misbehaving(xml(body)) as server:
        with pytest.raises(Malformed, match=said):
            await spaces.names(connect(server.url), "1234")


async def test_a_login_page_is_no_empty_access_list(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", b"", "Content-Type: text/html")) as server:
        with pytest.raises(Malformed, match="a web page instead of an access list"):
            await spaces.acl(connect(server.url), "1234", "media")
    async with misbehaving(answer("200 OK", b"", "Content-Type: application/octet-stream")) as server:
        assert await spaces.acl(connect(server.url), "1234", "media") == {}


@pytest.mark.parametrize("body", [b"", b"null", b"{}", b'"OK"'])
async def test_a_report_without_a_list_is_not_a_store_without_content(connect: Connect, body: bytes) -> None:
    async with misbehaving(answer("200 OK", body, "Content-Type: application/json")) as server:
        with pytest.raises(Malformed, match="not a list of samples"):
            await reports.store_on(connect(server.url), "1234", date(2026, 11, 30))
