"""Every name and count in the tables of the demo world, as a client sees them."""

import re
from xml.etree import ElementTree

import pytest

from durastore_tui.sandbox.nasty import ESCAPING_NAMES, NASTY_NAMES
from durastore_tui.sandbox.wire.xml import NotXml, space
from tests.stand_in import StandIn

LAKESHORE_51 = {
    "oral-histories-hls": (18_432, "OPEN", {"group-public": "READ", "group-av": "WRITE"}),
    "lectures-secure": (6_204, "SECURE", {"group-faculty": "READ"}),
    "commencement-video": (312, None, {"group-av": "WRITE"}),
    "radio-wlsu-1968-1989": (41_077, None, {"admin": "WRITE"}),
    "dance-archive": (977, None, {"group-dance": "WRITE"}),
    "campus-events": (58, "OPEN", {"group-public": "READ"}),
    "maps-and-plans": (12_890, None, {"group-maps": "READ"}),
    "theses-1890-2026": (26_114, None, {"group-public": "READ"}),
    "newspapers-tiff": (184_233, None, {"group-news": "WRITE"}),
    "web-archives": (2_210, None, {"admin": "WRITE"}),
    "born-digital-accessions": (733_120, None, {"group-proc": "WRITE"}),
    "nasty-names": (54, "OPEN", {"admin": "WRITE"}),
    "empty-space": (0, None, {"admin": "WRITE"}),
    "legacy-rtmp-leftover": (40, None, {"user": "READ"}),
    "a-space-with-exactly-forty-two-characters0": (5, None, {"admin": "WRITE"}),
    "private-donor-papers": (1_406, None, {"root": "WRITE"}),
    "dip-store": (9_012, None, {"group-archivematica": "WRITE"}),
    "aip-store-1": (21_440, None, {"group-archivematica": "WRITE"}),
    "aip-store-2": (30_000, None, {"group-archivematica": "WRITE"}),
    "x-duracloud-admin": (220, None, {"root": "WRITE"}),
}

OTHERS = {
    ("lakeshore", "52"): {
        "masters-audio": 8_912,
        "masters-film": 611,
        "newspapers-tiff": 184_233,
        "maps-and-plans": 12_890,
    },
    ("vallon", "7"): {
        "fonds-elise-muller": 2_340,
        "films-amateurs": 88,
        "affiches": 14_002,
        "sons-du-vallon": 420,
        "vide": 0,
    },
    ("cedarfork", "3"): {"chapel-recordings": 310, "football-films": 122, "yearbooks": 5_020, "lecture-series": 77},
    ("prairie", "0"): {"reels": 900, "maps": 2_210},
    ("maple", "21"): {"etd": 7_700, "govdocs": 61_000},
    ("broken", "90"): {"first": 10, "second": 2_000},
}

STORES = {
    "lakeshore": [("51", "AMAZON_S3"), ("52", "AMAZON_GLACIER"), ("53", "CHRONOPOLIS")],
    "vallon": [("7", "AMAZON_S3")],
    "cedarfork": [("3", "AMAZON_S3"), ("4", "CHRONOPOLIS"), ("5", "IRODS")],
    "prairie": [("0", "AMAZON_S3"), ("1", "DPN")],
    "maple": [("21", "SWIFT_S3")],
    "scale": [("60", "AMAZON_S3"), ("61", "CHRONOPOLIS")],
    "broken": [("90", "AMAZON_S3"), ("91", "CHRONOPOLIS"), ("92", "UNKNOWN")],
}


def listed(server: StandIn, store: str, world: str) -> list[str]:
    document = ElementTree.fromstring(server.ask("GET", f"/spaces?storeID={store}", world=world).body)  # noqa: S314
    return [element.attrib["id"] for element in document]


@pytest.mark.parametrize("world", STORES)
def test_the_stores_of_a_world_with_the_first_as_primary(untouched: StandIn, world: str) -> None:
    document = ElementTree.fromstring(untouched.ask("GET", "/stores", world=world).body)  # noqa: S314
    found = [(account.findtext("id"), account.findtext("storageProviderType")) for account in document]
    assert found == STORES[world]
    assert [account.attrib["isPrimary"] for account in document] == ["1"] + ["0"] * (len(found) - 1)


def test_the_primary_store_of_lakeshore_has_the_twenty_spaces(untouched: StandIn) -> None:
    assert listed(untouched, "51", "lakeshore") == sorted(LAKESHORE_51)
    assert len(LAKESHORE_51) == 20


@pytest.mark.parametrize("name", LAKESHORE_51)
def test_a_space_of_lakeshore_is_as_in_the_table(untouched: StandIn, name: str) -> None:
    items, streams, acls = LAKESHORE_51[name]
    head = untouched.ask("HEAD", f"/{name}")
    assert head.header("x-dura-meta-space-count") == ("1000+" if items >= 1_000 else str(items))
    assert head.header("x-dura-meta-hls-streaming-type") == streams
    assert untouched.world().spaces("51").contents(name).count() == items
    access = untouched.ask("HEAD", f"/acl/{name}").headers
    prefix = "x-dura-meta-acl-"
    assert {key.removeprefix(prefix): value for key, value in access if key.startswith(prefix)} == acls


def test_four_spaces_of_lakeshore_stream(untouched: StandIn) -> None:
    kinds = [untouched.ask("HEAD", f"/{name}").header("x-dura-meta-hls-streaming-type") for name in LAKESHORE_51]
    assert (kinds.count("OPEN"), kinds.count("SECURE")) == (3, 1)


@pytest.mark.parametrize(("world", "store"), OTHERS)
def test_the_other_worlds_hold_the_spaces_of_their_tables(untouched: StandIn, world: str, store: str) -> None:
    expected = OTHERS[(world, store)]
    assert listed(untouched, store, world) == sorted(expected)
    spaces = untouched.world(world).spaces(store)
    assert {name: spaces.contents(name).count() for name in expected} == expected


def test_rtmp_was_left_behind_in_a_space_without_hls(untouched: StandIn) -> None:
    head = untouched.ask("HEAD", "/legacy-rtmp-leftover")
    assert head.header("x-dura-meta-streaming-type") == "OPEN"
    assert head.header("x-dura-meta-streaming-host")
    assert head.header("x-dura-meta-hls-streaming-host") is None


def test_both_families_stream_from_one_space_of_cedarfork(untouched: StandIn) -> None:
    head = untouched.ask("HEAD", "/chapel-recordings", world="cedarfork")
    assert head.header("x-dura-meta-streaming-type") == "OPEN"
    assert head.header("x-dura-meta-hls-streaming-type") == "OPEN"


def test_the_task_list_of_the_irods_store_fails(untouched: StandIn) -> None:
    assert untouched.ask("GET", "/task?storeID=5", world="cedarfork").status == 500


def test_the_fault_laboratory_offers_a_task_that_nobody_knows(untouched: StandIn) -> None:
    assert "<string>defrag-space</string>\n</list>" in untouched.ask("GET", "/task", world="broken").text
    assert untouched.task("defrag-space", "first", world="broken").status == 200


def test_the_nasty_names_are_the_fifty_four_and_come_back_exactly(untouched: StandIn) -> None:
    document = ElementTree.fromstring(untouched.ask("GET", "/nasty-names").body)  # noqa: S314
    names = [item.text for item in document]
    assert names == sorted(NASTY_NAMES)
    assert len(names) == 54


@pytest.mark.parametrize("name", ESCAPING_NAMES)
def test_a_name_with_an_escape_cannot_stand_in_a_listing(name: str) -> None:
    with pytest.raises(NotXml):
        space("nasty-names", [name])


def test_scale_has_a_thousand_spaces_and_one_of_five_million_items(untouched: StandIn) -> None:
    names = listed(untouched, "60", "scale")
    assert names == [f"scale-{n:04d}" for n in range(1_000)]
    spaces = untouched.world("scale").spaces("60")
    counts = [spaces.find(name).generated for name in names]
    assert counts[0] == 5_000_000
    assert all(10 <= count <= 10_000 for count in counts[1:])


def test_the_last_page_of_five_million_items_is_answered_like_the_first(untouched: StandIn) -> None:
    page = untouched.ask("GET", "/scale-0000?marker=files/item-4998999.txt", world="scale").text
    found = re.findall("<item>([^<]*)</item>", page)
    assert (len(found), found[-1]) == (1_000, "files/item-4999999.txt")


def test_the_same_seed_gives_the_same_world() -> None:
    def picture(server: StandIn) -> list[bytes]:
        return [server.ask("GET", f"/{name}?maxResults=50").body for name in LAKESHORE_51]

    assert picture(StandIn()) == picture(StandIn())


def test_the_interview_of_the_handbook_is_there(untouched: StandIn) -> None:
    path = "/oral-histories-hls/oh/1974/OH-0412/interview-hazel-whitcomb-playlist.m3u8"
    assert untouched.ask("HEAD", path, None).header("Content-Type") == "application/x-mpegURL"


def test_bags_have_a_manifest_and_chunks(untouched: StandIn) -> None:
    page = untouched.ask("GET", "/aip-store-1").text
    assert ".7z.dura-manifest<" in page
    assert ".7z.dura-chunk-0113<" in page
