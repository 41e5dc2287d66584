"""`/manifest/{space}`: the items of a space with their checksums, at once or as a file (protocol §10.2)."""

import gzip
from collections.abc import Callable, Iterator
from itertools import chain

from durastore_tui.sandbox.bridge.ids import stamp
from durastore_tui.sandbox.items import Item
from durastore_tui.sandbox.resources.ask import Ask, Refused
from durastore_tui.sandbox.spaces import NoSuchSpace
from durastore_tui.sandbox.wire.messages import Response

FORMATS = ("TSV", "EXTENDED_TSV", "BAGIT")

FILES_SPACE = "x-duracloud-admin"

LARGEST_FILE = 1_000
"""Items; the file of a larger space never arrives, since its checksums would take minutes."""


def get_manifest(ask: Ask, space: str) -> Response:
    wanted = ask.request.parameter("format") or "TSV"
    try:
        _check(ask, wanted)
        rows = _lines(ask, space, wanted.upper())
    except Refused as refused:
        return ask.answer(refused.status, refused.message)
    if wanted not in FORMATS:
        return ask.answer(500, f"No enum constant org.duracloud.common.constant.ManifestFormat.{wanted}")
    return Response(200, (("Content-Type", _media_type(wanted)),), rows)


def post_manifest(ask: Ask, space: str) -> Response:
    """Writes a file into the administration space, in time; the Location says where to look for it."""
    wanted = ask.request.parameter("format") or "TSV"
    store = ask.world.store(ask.store_id)
    if store is None:
        return ask.answer(500, "storage provider type could not be resolved")
    try:
        _check(ask, wanted)
        rows = _lines(ask, space, wanted.upper())
    except Refused as refused:
        return ask.answer(refused.status, refused.message)
    name = f"manifest-{space}_{store.type.lower()}_{stamp(ask.world.clock.now())}.txt.gz"
    files = ask.world.spaces(ask.world.primary.id)
    if files.exists(FILES_SPACE) and ask.spaces.contents(space).count(up_to=LARGEST_FILE + 1) <= LARGEST_FILE:
        packed = gzip.compress(b"".join(rows))
        files.contents(FILES_SPACE).put(f"generated-manifests/{name}", packed, _media_type(wanted.upper()), {}, "gzip")
    address = f"{ask.base_url}{FILES_SPACE}/generated-manifests/{name}"
    sentence = (
        "We are processing your manifest generation request. To retrieve your file, please poll the URI in the Location"
        f" header of this response: ({address})."
    )
    return ask.answer(202, sentence).with_headers(("Location", address))


def _check(ask: Ask, wanted: str) -> None:
    if wanted.upper() not in FORMATS:
        allowed = ", ".join(f"'{name}'" for name in FORMATS)
        raise Refused(400, f"Invalid manifest format: {wanted} Allowable formats are: {allowed}")
    if ask.world.store(ask.store_id) is None:
        raise Refused(400, f"The storeId you supplied ({ask.store_id}) is not associated with this domain.")


def _lines(ask: Ask, space: str, layout: str) -> Iterator[bytes]:
    """Header and rows, each with its line end. Raises `Refused` for a missing space."""
    try:
        contents = ask.spaces.contents(space)
    except NoSuchSpace:
        missing = f"there is no manifest for space: {space} where storeId = {ask.store.id} : no such space exists."
        raise Refused(404, missing) from None
    header, row = _LAYOUTS[layout]
    rows = (f"{row(space, contents.item(content_id))}\n".encode() for content_id in contents.ids())
    return chain([f"{header}\n".encode()] if header else [], rows)


def _media_type(layout: str) -> str:
    return "text/bagit" if layout == "BAGIT" else "text/tab-separated-values"


_LAYOUTS: dict[str, tuple[str, Callable[[str, Item], str]]] = {
    "TSV": ("space-id\tcontent-id\tMD5", lambda space, item: f"{space}\t{item.id}\t{item.checksum}"),
    "EXTENDED_TSV": (
        "space-id\tcontent-id\tMD5\tcontent-size\tmime-type",
        lambda space, item: f"{space}\t{item.id}\t{item.checksum}\t{item.size}\t{item.mimetype}",
    ),
    "BAGIT": ("", lambda space, item: f"{item.checksum}  {space}/{item.id}"),
}
"""Header and row of each format."""
