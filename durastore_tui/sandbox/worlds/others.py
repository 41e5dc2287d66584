"""The other institutions of demo-world §6.1 and §6.2b, and the two laboratories."""

import hashlib
from dataclasses import replace

from durastore_tui.sandbox.world import Profile, Store
from durastore_tui.sandbox.worlds.seeds import ADMIN_ONLY, GB, MB, PUBLIC, Seed, Stream

_STAGING = {"WRITABLE": "false"}

VALLON = Profile("vallon", "vallon", "vallon.duracloud.example", (8, 2, 0), (Store("7", "AMAZON_S3"),), "vallon-dc")
CEDARFORK = Profile(
    "cedarfork",
    "cedarfork",
    "cedarfork.dc.example",
    (6, 2, 1),
    (Store("3", "AMAZON_S3"), Store("4", "CHRONOPOLIS", _STAGING), Store("5", "IRODS", None)),
    "cfc-dc",
)
ELMWOOD = replace(
    CEDARFORK,
    name="elmwood",
    account="elmwood",
    host="elmwood.dc.example",
    release=(5, 0, 0),
    member="elmwood-dc",
)
"""A twin of cedarfork at the first release with HLS."""

PRAIRIE = Profile(
    "prairie", "prairie", "localhost", (4, 4, 6), (Store("0", "AMAZON_S3"), Store("1", "DPN", _STAGING)), "prairie-dpn"
)
MAPLE = Profile("maple", "maple", "maple.dc.example", (7, 1, 4), (Store("21", "SWIFT_S3"),), "maple-dc")
SCALE = Profile(
    "scale",
    "scale",
    "127.0.0.1",
    (8, 2, 1),
    (Store("60", "AMAZON_S3"), Store("61", "CHRONOPOLIS", _STAGING)),
    "scale-dc",
    big=True,
)
BROKEN = Profile(
    "broken",
    "broken",
    "broken.dc.example",
    (8, 2, 1),
    (Store("90", "AMAZON_S3"), Store("91", "CHRONOPOLIS", _STAGING, bridge="down"), Store("92", "UNKNOWN", None)),
    "broken-dc",
    tasks=("defrag-space",),
)

VALLON_SPACES = (
    Seed("7", "fonds-elise-muller", 2_340, 88 * GB, "2020-02-03", ADMIN_ONLY, "letters"),
    Seed("7", "films-amateurs", 88, 74 * GB, "2021-06-21", PUBLIC, "films", streams=(Stream("OPEN", "d4bobines0088"),)),
    Seed("7", "affiches", 14_002, 410 * GB, "2018-09-30", PUBLIC, "letters"),
    Seed(
        "7",
        "sons-du-vallon",
        420,
        31 * GB,
        "2022-11-08",
        ADMIN_ONLY,
        "radio",
        streams=(Stream("SECURE", "d6sonsvallon0"),),
    ),
    Seed("7", "vide", 0, 0, "2026-05-04", ADMIN_ONLY),
)

CEDARFORK_SPACES = (
    Seed(
        "3",
        "chapel-recordings",
        310,
        96 * GB,
        "2016-10-12",
        PUBLIC,
        "radio",
        streams=(Stream("OPEN", "s3chapel0001", "RTMP"), Stream("OPEN", "d3chapel0001")),
    ),
    Seed(
        "3",
        "football-films",
        122,
        61 * GB,
        "2015-08-15",
        ADMIN_ONLY,
        "reels",
        streams=(Stream("SECURE", "s3football01", "RTMP"),),
    ),
    Seed("3", "yearbooks", 5_020, 240 * GB, "2014-03-03", PUBLIC, "theses"),
    Seed(
        "3",
        "lecture-series",
        77,
        12 * GB,
        "2020-01-27",
        ADMIN_ONLY,
        "radio",
        streams=(Stream("SECURE", "d3lectures77"),),
    ),
    Seed("4", "staging-1", 512, 44 * GB, "2021-05-05", ADMIN_ONLY),
)


def _before_6(stream: Stream) -> Stream:
    """No two distributions have one host."""
    return replace(stream, host=stream.host.replace("3", "5", 1))


ELMWOOD_SPACES = tuple(replace(seed, streams=tuple(map(_before_6, seed.streams))) for seed in CEDARFORK_SPACES)

PRAIRIE_SPACES = (
    Seed("0", "reels", 900, 330 * GB, "2013-04-09", PUBLIC, "reels", streams=(Stream("OPEN", "s0reels0900a", "RTMP"),)),
    Seed("0", "maps", 2_210, 510 * GB, "2014-12-01", PUBLIC, "maps"),
    Seed("1", "dpn-staging", 40, 3 * GB, "2016-02-17", ADMIN_ONLY),
)

MAPLE_SPACES = (
    Seed("21", "etd", 7_700, 92 * GB, "2019-09-09", PUBLIC, "theses"),
    Seed("21", "govdocs", 61_000, 480 * GB, "2019-09-09", PUBLIC, "theses"),
)


def _scale_items(number: int) -> int:
    if number == 0:
        return 5_000_000
    return 10 + int.from_bytes(hashlib.sha256(f"scale {number}".encode()).digest()[:4]) % 9_991


SCALE_SPACES = tuple(
    Seed("60", f"scale-{n:04d}", _scale_items(n), _scale_items(n) * 4 * MB, "2020-01-01", ADMIN_ONLY)
    for n in range(1_000)
)

BROKEN_SPACES = (
    Seed("90", "first", 10, 40 * MB, "2024-01-01", ADMIN_ONLY),
    Seed("90", "second", 2_000, 8 * GB, "2024-01-02", ADMIN_ONLY),
)
