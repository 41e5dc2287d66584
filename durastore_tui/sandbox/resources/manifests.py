"""`/manifest/{space}`: the items of a space with their checksums (protocol §10.2)."""

from collections.abc import Callable, Iterator
from itertools import chain

from durastore_tui.sandbox.items import Item
from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.spaces import NoSuchSpace
from durastore_tui.sandbox.wire.messages import Response

FORMATS = ("TSV", "EXTENDED_TSV", "BAGIT")


def get_manifest(ask: Ask, space: str) -> Response:
    wanted = ask.request.parameter("format") or "TSV"
    if wanted.upper() not in FORMATS:
        allowed = ", ".join(f"'{name}'" for name in FORMATS)
        return ask.answer(400, f"Invalid manifest format: {wanted} Allowable formats are: {allowed}")
    store = ask.world.store(ask.store_id)
    if store is None:
        return ask.answer(400, f"The storeId you supplied ({ask.store_id}) is not associated with this domain.")
    try:
        contents = ask.spaces.contents(space)
    except NoSuchSpace:
        missing = f"there is no manifest for space: {space} where storeId = {store.id} : no such space exists."
        return ask.answer(404, missing)
    if wanted not in FORMATS:
        return ask.answer(500, f"No enum constant org.duracloud.common.constant.ManifestFormat.{wanted}")
    header, row = _LAYOUTS[wanted]
    rows = (f"{row(space, contents.item(content_id))}\n".encode() for content_id in contents.ids())
    content_type = "text/bagit" if wanted == "BAGIT" else "text/tab-separated-values"
    return Response(200, (("Content-Type", content_type),), _streamed(header, rows))


def _streamed(header: str, rows: Iterator[bytes]) -> Iterator[bytes]:
    return chain([f"{header}\n".encode()] if header else [], rows)


_LAYOUTS: dict[str, tuple[str, Callable[[str, Item], str]]] = {
    "TSV": ("space-id\tcontent-id\tMD5", lambda space, item: f"{space}\t{item.id}\t{item.checksum}"),
    "EXTENDED_TSV": (
        "space-id\tcontent-id\tMD5\tcontent-size\tmime-type",
        lambda space, item: f"{space}\t{item.id}\t{item.checksum}\t{item.size}\t{item.mimetype}",
    ),
    "BAGIT": ("", lambda space, item: f"{item.checksum}  {space}/{item.id}"),
}
"""Header and row of each format."""
