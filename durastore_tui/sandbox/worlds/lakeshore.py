"""Lakeshore State University Libraries: its spaces (demo-world §6.2). Store 53 also gets what snapshots leave."""

from durastore_tui.sandbox.world import Profile, Store
from durastore_tui.sandbox.worlds.seeds import ADMIN_ONLY, GB, KB, MB, MINUTE, Seed, Stream

PROFILE = Profile(
    "lakeshore",
    "lakeshore",
    "lakeshore.duracloud.example",
    (8, 2, 1),
    (Store("51", "AMAZON_S3"), Store("52", "AMAZON_GLACIER"), Store("53", "CHRONOPOLIS", {"WRITABLE": "false"})),
    "lsu-dc",
)

_PUBLIC = {"group-public": "READ"}
_BAGS = {"group-archivematica": "WRITE"}
_WEEKLY, _WEEKLY_60 = "STANDARD_IA 30", "STANDARD_IA 60"

PRIMARY = (
    Seed(
        "51",
        "oral-histories-hls",
        18_432,
        412_600 * MB,
        "2021-03-02",
        {"group-public": "READ", "group-av": "WRITE"},
        "oral-histories",
        _WEEKLY,
        (Stream("OPEN", "d3k9x1qv7hls"),),
    ),
    Seed(
        "51",
        "lectures-secure",
        6_204,
        1_900 * GB,
        "2022-09-14",
        {"group-faculty": "READ"},
        "lectures",
        _WEEKLY_60,
        (Stream("SECURE", "d8s2lecture0"),),
    ),
    Seed(
        "51",
        "commencement-video",
        312,
        688 * GB,
        "2019-05-20",
        {"group-av": "WRITE"},
        "ceremonies",
        streams=(Stream("OPEN", "d7commence12", shown=False),),
    ),
    Seed(
        "51",
        "radio-wlsu-1968-1989",
        41_077,
        2_700 * GB,
        "2018-11-01",
        ADMIN_ONLY,
        "radio",
        _WEEKLY,
        (Stream("OPEN", "d1wlsuradio68", shown=False, deletion_age=6 * MINUTE, deletion_fails=True),),
    ),
    Seed("51", "dance-archive", 977, 53_100 * MB, "2023-02-11", {"group-dance": "WRITE"}, "dances"),
    Seed(
        "51",
        "campus-events",
        58,
        9_400 * MB,
        "2024-06-30",
        _PUBLIC,
        "events",
        "GLACIER 365",
        (Stream("OPEN", "d5campusev24"),),
        "https://events.lakeshore.example https://www.lakeshore.example https://lakeshore.duracloud.example",
    ),
    Seed("51", "maps-and-plans", 12_890, 3_200 * GB, "2016-08-05", {"group-maps": "READ"}, "maps", _WEEKLY),
    Seed("51", "theses-1890-2026", 26_114, 771_200 * MB, "2015-01-20", _PUBLIC, "theses", _WEEKLY),
    Seed(
        "51", "newspapers-tiff", 184_233, 18_600 * GB, "2017-04-18", {"group-news": "WRITE"}, "newspapers", "GLACIER 90"
    ),
    Seed("51", "web-archives", 2_210, 4_800 * GB, "2019-10-10", ADMIN_ONLY, "web-archives", "DEEP_ARCHIVE 0"),
    Seed(
        "51",
        "born-digital-accessions",
        733_120,
        6_100 * GB,
        "2018-02-02",
        {"group-proc": "WRITE"},
        "accessions",
        "INTELLIGENT_TIERING 0",
    ),
    Seed(
        "51",
        "nasty-names",
        54,
        1_100 * KB,
        "2026-01-05",
        ADMIN_ONLY,
        "nasty",
        streams=(Stream("OPEN", "d0nastynames5"),),
    ),
    Seed("51", "empty-space", 0, 0, "2026-10-01", ADMIN_ONLY),
    Seed(
        "51",
        "legacy-rtmp-leftover",
        40,
        2_200 * MB,
        "2014-07-07",
        {"user": "READ"},
        "reels",
        "REDUCED_REDUNDANCY",
        properties={"streaming-host": "s2oldrtmp2014.cloudfront.localhost", "streaming-type": "OPEN"},
    ),
    Seed("51", "a-space-with-exactly-forty-two-characters0", 5, 12 * KB, "2020-02-29", ADMIN_ONLY),
    Seed("51", "private-donor-papers", 1_406, 210 * GB, "2020-07-19", {"root": "WRITE"}, "letters"),
    Seed("51", "dip-store", 9_012, 3_100 * GB, "2019-03-11", _BAGS, "archivematica", _WEEKLY),
    Seed("51", "aip-store-1", 21_440, 6_400 * GB, "2019-03-11", _BAGS, "archivematica", _WEEKLY),
    Seed("51", "aip-store-2", 30_000, 9_000 * GB, "2019-03-12", _BAGS, "archivematica", _WEEKLY),
    Seed("51", "x-duracloud-admin", 220, 1_400 * MB, "2014-04-22", {"root": "WRITE"}, "reports"),
)

GLACIER = (
    Seed("52", "masters-audio", 8_912, 14_200 * GB, "2017-02-01", ADMIN_ONLY, "audio-masters", "GLACIER 0"),
    Seed("52", "masters-film", 611, 61_700 * GB, "2017-02-01", ADMIN_ONLY, "film-masters", "GLACIER 0"),
    Seed("52", "newspapers-tiff", 184_233, 18_600 * GB, "2017-04-18", ADMIN_ONLY, "newspapers", "GLACIER 0"),
    Seed("52", "maps-and-plans", 12_890, 3_200 * GB, "2017-04-18", ADMIN_ONLY, "maps", "GLACIER 0"),
)

STAGING = (
    Seed("53", "oh-batch-2026-11", 1_204, 27 * GB, "2026-11-02", ADMIN_ONLY, "audio-masters"),
    Seed("53", "staging-empty", 0, 0, "2026-09-01", ADMIN_ONLY),
)

SPACES = (*PRIMARY, *GLACIER, *STAGING)
