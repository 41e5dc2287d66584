"""S3's own headers among the properties of items and spaces, and what a storage class says (protocol §17, row 27)."""

from collections.abc import Mapping

STORAGE_CLASS = "x-amz-storage-class"
ARCHIVES = frozenset({"GLACIER", "DEEP_ARCHIVE"})
"""Storage classes whose items cannot be read, nor streamed, before they are retrieved."""
PREFIXES = ("x-amz-", "x-amzn-", "access-control-")
HEADERS = frozenset(
    {
        "accept-ranges",
        "cache-control",
        "connection",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-md5",
        "content-range",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "server",
        "vary",
    }
)


def is_storage_header(name: str) -> bool:
    """Whether a property is a raw header of S3, which DuraCloud passes on, and not a property that someone set."""
    name = name.lower()
    return name in HEADERS or name.startswith(PREFIXES)


def split(properties: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The properties without S3's raw headers, and these headers."""
    own = {name: value for name, value in properties.items() if not is_storage_header(name)}
    return own, {name: value for name, value in properties.items() if name not in own}


def count_words(headers: Mapping[str, str]) -> str:
    """How many raw headers there are, as in `12 storage headers`."""
    return f"{len(headers)} storage {'header' if len(headers) == 1 else 'headers'}"


def is_archived(storage_class: str | None) -> bool:
    """Whether items of this class are archived. A retrieved item keeps its class."""
    return storage_class in ARCHIVES


def class_words(storage_class: str) -> str:
    """The class for a person, as in `archived (GLACIER)`."""
    return f"archived ({storage_class})" if is_archived(storage_class) else storage_class
