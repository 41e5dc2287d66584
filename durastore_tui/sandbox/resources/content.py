"""`/{space}/{content}` (protocol §4)."""

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import md5
from urllib.parse import quote_plus, unquote_plus

from durastore_tui.sandbox.clock import iso
from durastore_tui.sandbox.contents import Contents, NoSuchContent
from durastore_tui.sandbox.items import Item
from durastore_tui.sandbox.resources.ask import Ask, NoSuchStore, Refused
from durastore_tui.sandbox.spaces import NoSuchSpace, StorageDown, no_such_item
from durastore_tui.sandbox.thaws import FROZEN_MESSAGE, STORAGE_CLASS, archived, frozen
from durastore_tui.sandbox.wire.coercions import LONG_MAX
from durastore_tui.sandbox.wire.messages import META, NoFilePart, Response, empty, is_media_type
from durastore_tui.sandbox.wire.pages import page

_COPY_SOURCE, _COPY_STORE, _MIMETYPE = "copy-source", "copy-source-store", "content-mimetype"
_NOT_STORED = (_COPY_SOURCE, _COPY_STORE, _MIMETYPE)

RANGE_RETRIES = 45.0
"""Seconds of retries before the server gives up on a range that S3 refuses (protocol §17)."""


def _not_found(ask: Ask, store_id: str | None, content: str, space: str) -> str:
    return no_such_item(ask.world.bucket(store_id, space), content)


def _answering(task: str, run: Callable[[Ask, str, str], Response]) -> Callable[[Ask, str, str], Response]:
    """Turns what a step raises into the sentence that the server writes for that task."""

    def failed(ask: Ask, space: str, content: str, cause: object) -> str:
        return f"Error attempting to {task} '{content}' in '{space}' due to: {cause}"

    def resource(ask: Ask, space: str, content: str) -> Response:
        try:
            return run(ask, space, content)
        except Refused as refused:
            return ask.answer(refused.status, refused.message, refused.delay)
        except StorageDown as down:
            return ask.answer(500, failed(ask, space, content, down), down.delay)
        except NoSuchContent:
            cause: object = _not_found(ask, ask.store_id, content, space)
        except (NoSuchSpace, NoSuchStore) as missing:
            cause = missing
        return ask.answer(404, failed(ask, space, content, cause))

    return resource


def _check_thawed(ask: Ask, task: str, space: str, content: str) -> None:
    if frozen(ask.world, ask.store, space, content):
        raise Refused(409, f"Error attempting to {task} '{content}' in '{space}' due to: {FROZEN_MESSAGE}")


def _headers(ask: Ask, space: str, item: Item) -> tuple[tuple[str, str], ...]:
    """With S3's own headers among the properties, as the real server has them (protocol §17)."""
    encoding = (("Content-Encoding", item.encoding),) if item.encoding else ()
    raw = {"content-type": item.mimetype} | ({"content-encoding": item.encoding} if item.encoding else {})
    if archived(ask.world, ask.store, item):
        raw["x-amz-storage-class"] = STORAGE_CLASS
    return (
        ("Accept-Ranges", "bytes"),
        ("Content-Type", item.mimetype),
        ("Last-Modified", iso(item.modified)),
        ("Content-MD5", item.checksum),
        ("ETag", item.checksum),
        *encoding,
        *((META + name, value) for name, value in (raw | dict(item.properties)).items()),
    )


def _first_and_last(header: str) -> tuple[int, int | None] | None:
    """Of `bytes=X-Y` or `bytes=X-`, or of the first range of a list. None when it is not of that form."""
    found = re.match(r"bytes=([0-9]+)-([0-9]*)(,|$)", header)
    if found is None or any(int(number) > LONG_MAX for number in found.groups()[:2] if number):
        return None
    return int(found[1]), int(found[2]) if found[2] else None


def byte_range(header: str, size: int) -> range | None:
    """What a Range header asks for; None when it is not of that form or starts past the end."""
    found = _first_and_last(header)
    if found is None:
        return None
    first, last = found
    stop = size if last is None else min(last + 1, size)
    return range(first, stop) if first < stop else None


def pieces(item: Item, wanted: range) -> Iterator[bytes]:
    return item.body.read(wanted.start, wanted.stop)


def _asked_range(ask: Ask, item: Item, space: str, asked: str) -> range | None:
    """None for one that runs backwards: S3 ignores it. Raises `Refused`."""
    found = _first_and_last(asked)
    if found is None:
        raise Refused(
            400,
            "The Range header value, when utilized, must be in the format 'bytes=X-Y', where X and Y are numerical"
            f" values. The value provided ({asked}) is not valid.",
        )
    first, last = found
    if last is not None and last < first:
        return None
    if first >= item.size:
        raise Refused(
            500,
            f"Error attempting to get content '{item.id}' in '{space}' due to: Could not retrieve content {item.id} in"
            f" S3 bucket {ask.world.bucket(ask.store_id, space)} due to error: The requested range is not satisfiable"
            " (Service: Amazon S3; Status Code: 416; Error Code: InvalidRange; Request ID: null; S3 Extended Request"
            " ID: null; Proxy: null)",
            RANGE_RETRIES,
        )
    return byte_range(asked, item.size)


def _get(ask: Ask, space: str, content: str) -> Response:
    item = ask.spaces.contents(space).item(content)
    _check_thawed(ask, "get content", space, content)
    headers = _headers(ask, space, item)
    if ask.request.parameter("attachment") == "true":
        headers = (*headers, ("Content-Disposition", f'attachment;filename="{content}"'))
    asked = ask.request.header("range") or None
    part = None if asked is None else _asked_range(ask, item, space, asked)
    wanted = range(item.size) if part is None else part
    if part is not None:
        shown = f"bytes {wanted.start}-{wanted.stop - 1}/{item.size}"
        headers = (*headers, ("Content-Range", shown), (f"{META}content-range", shown))
    length = ("Content-Length", str(len(wanted)))
    return Response(200 if asked is None else 206, (*headers, length), pieces(item, wanted))


def _head(ask: Ask, space: str, content: str) -> Response:
    item = ask.spaces.contents(space).item(content)
    return empty(200, *_headers(ask, space, item), ("Content-Length", str(item.size)))


def _check_id(content: str) -> None:
    for character in "?\\":
        if character in content:
            raise Refused(400, f"Content ID may not include the '{character}' character")
    if max(len(content.encode()), len(quote_plus(content))) > 1024:
        raise Refused(400, "Content ID must <= 1024 bytes after URL and UTF-8 encoding")


def _not_ascii(properties: Mapping[str, str]) -> tuple[str, str] | None:
    """The first property that S3 would not take: (`name` or `value`, the text)."""
    for name, value in properties.items():
        if not name.isascii():
            return "name", name
        if not value.isascii():
            return "value", value
    return None


def _own(ask: Ask) -> dict[str, str]:
    return {name: value for name, value in ask.request.meta().items() if name not in _NOT_STORED}


def _earlier(contents: Contents, content: str) -> Mapping[str, str]:
    try:
        return contents.item(content).properties
    except NoSuchContent:
        return {}


def _stored(ask: Ask, item: Item) -> Response:
    checksum = (("Content-MD5", item.checksum), ("ETag", item.checksum))
    shown = (("Accept-Ranges", "bytes"), ("Content-Type", "application/octet-stream"))
    return empty(201, ("Location", ask.url), *shown, *checksum)


def _put(ask: Ask, space: str, content: str) -> Response:
    if ask.request.has_bad_type:
        return page(400)
    if _COPY_SOURCE in ask.request.meta():
        return _copy(ask, space, content)
    try:
        body = ask.request.payload()
    except NoFilePart as problem:
        raise Refused(400, str(problem)) from None
    except ValueError as problem:
        raise Refused(500, str(problem)) from None
    _check_id(content)
    mimetype = ask.request.header("content-type") or "application/octet-stream"
    if _not_ascii(_own(ask)):
        raise Refused(400, f"adding content({space}, {content}, {'null' if ask.store_id is None else ask.store_id})")
    contents = ask.spaces.contents(space)
    given = ask.request.header("content-md5")
    if given and _hex_bytes(given) != md5(body, usedforsecurity=False).digest():
        raise Refused(
            409,
            f"Error attempting to add content '{content}' in '{space}' due to: Checksum mismatch detected attempting"
            f" to add content {content} to S3 bucket {ask.world.bucket(ask.store_id, space)}. Content was not added.",
        )
    properties = {**_earlier(contents, content), **_own(ask)}
    return _stored(ask, contents.put(content, body, mimetype, properties, ask.request.header("content-encoding")))


def _hex_bytes(text: str) -> bytes:
    """A checksum, read two digits at a time. Raises `Refused` in Java's words."""
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    wrong = next((pair for pair in pairs if not re.fullmatch("[0-9A-Fa-f]{1,2}", pair)), None)
    if wrong is not None:
        raise Refused(500, f'For input string: "{wrong}" under radix 16')
    return bytes(int(pair, 16) for pair in pairs)


def _copied_from(header: str, body_size: int) -> tuple[str, str]:
    """Space and content id of a copy's source."""
    if body_size > 0:
        raise Refused(
            400, f"Body should not be present in copy-content request: from {header}, with body size: {body_size}"
        )
    if not header:
        raise Refused(400, f"Missing header: {META}{_COPY_SOURCE}")
    path = header.lstrip("/")
    if not path:
        raise Refused(500, "Index 0 out of bounds for length 0")
    space, _, content = path.partition("/")
    if not content:
        raise Refused(500, 'Cannot invoke "String.length()" because "s" is null')
    return space, unquote_plus(content)


def _copy(ask: Ask, space: str, content: str) -> Response:
    given = ask.request.meta()
    source_space, source_id = _copied_from(given[_COPY_SOURCE], len(ask.request.body))
    source_store_id = given.get(_COPY_STORE)
    source_store, target_store = ask.world.store(source_store_id), ask.world.store(ask.store_id)
    if source_store is None or target_store is None:
        unknown = ask.store_id if target_store is None else source_store_id
        raise Refused(500, str(NoSuchStore(unknown or "")))
    between = source_store.id != target_store.id
    from_side = f"{source_store.type} / " * between + f"{source_space} / {source_id}"
    to_side = f"{target_store.type} / " * between + f"{space} / {content}"
    try:
        source_contents = ask.world.spaces(source_store.id).contents(source_space)
        source = source_contents.item(source_id)
        if frozen(ask.world, source_store, source_space, source_id):
            sentence = f"Error attempting to copy content '{from_side}' to '{to_side}' due to: {FROZEN_MESSAGE}"
            raise Refused(409, sentence)
        target = ask.world.spaces(target_store.id).contents(space)
        item = target.copy(content, source, source_contents.seed(source_id), source.mimetype, source.properties)
    except (NoSuchSpace, NoSuchContent) as missing:
        found = isinstance(missing, NoSuchSpace)
        cause = missing if found else _not_found(ask, source_store_id, source_id, source_space)
        sentence = f"Error attempting to copy content '{from_side}' to '{to_side}' due to: {cause}"
        raise Refused(404, sentence) from None
    return _stored(ask, item)


def _post(ask: Ask, space: str, content: str) -> Response:
    if ask.request.has_bad_type:
        return page(400)
    mimetype = ask.request.meta().get(_MIMETYPE)
    if mimetype is not None and not is_media_type(mimetype):
        raise Refused(500, "Invalid Mimetype")
    declared = ask.request.header("content-type")
    wrong = _not_ascii(_own(ask))
    if wrong is not None:
        what, value = wrong
        raise Refused(
            400,
            f"Error attempting to update properties for content '{content}' in '{space}' due to: The property {what}"
            f" '{value}' is invalid. Only US-ASCII characters are allowed.  ",
        )
    contents = ask.spaces.contents(space)
    _check_thawed(ask, "update properties for content", space, content)
    contents.describe(content, mimetype or declared or contents.item(content).mimetype, _own(ask))
    return ask.answer(200, f"Content {content} updated successfully")


def _delete(ask: Ask, space: str, content: str) -> Response:
    ask.spaces.contents(space).delete(content)
    return ask.answer(200, f"Content {content} deleted successfully")


get_content = _answering("get content", _get)
head_content = _answering("get properties for content", _head)
put_content = _answering("add content", _put)
post_content = _answering("update properties for content", _post)
delete_content = _answering("delete content", _delete)
