"""Raw S3 headers apart from properties, and storage classes in words."""

import pytest

from durastore_tui.core.storage import class_words, count_words, is_archived, is_storage_header, split

RECORDED = (
    "x-amz-content-sha256",
    "Access-Control-Allow-Origin",
    "x-amzn-requestid",
    "content-type",
    "content-encoding",
    "content-range",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-storage-class",
)
OWN = (
    "content-mimetype",
    "content-size",
    "content-checksum",
    "content-modified",
    "content-file-path",
    "creator",
    "tags",
    "space-count",
    "space-created",
    "hls-streaming-host",
    "acl-group-curators",
    "snapshot-id",
)


@pytest.mark.parametrize("name", RECORDED)
def test_a_header_that_real_servers_pass_on_is_a_storage_header(name: str) -> None:
    assert is_storage_header(name)


@pytest.mark.parametrize("name", OWN)
def test_a_property_of_duracloud_or_of_a_person_is_none(name: str) -> None:
    assert not is_storage_header(name)


def test_properties_are_split_in_their_order_and_nothing_is_lost() -> None:
    both = {"creator": "ana", "ETag": "0", "tags": "a|b", "x-amz-storage-class": "GLACIER"}
    own, headers = split(both)
    assert list(own) == ["creator", "tags"]
    assert list(headers) == ["ETag", "x-amz-storage-class"]
    assert own | headers == both
    assert count_words({"a": ""}) == "1 storage header"
    assert count_words(dict.fromkeys(RECORDED, "")) == "8 storage headers"


@pytest.mark.parametrize(
    ("storage_class", "words"),
    [
        ("GLACIER", "archived (GLACIER)"),
        ("DEEP_ARCHIVE", "archived (DEEP_ARCHIVE)"),
        ("GLACIER_IR", "GLACIER_IR"),
        ("STANDARD_IA", "STANDARD_IA"),
    ],
)
def test_only_classes_that_need_a_retrieval_are_archives(storage_class: str, words: str) -> None:
    assert class_words(storage_class) == words
    assert is_archived(storage_class) == words.startswith("archived")
    assert not is_archived(None)
