"""How the generated contents of a space are named: one listing a pattern, any length (demo-world §6.3, §6.5)."""

import hashlib
from collections.abc import Callable

from durastore_tui.sandbox.listing import Collections, Listing
from durastore_tui.sandbox.nasty import NASTY_NAMES

_GIVEN = ("alma", "bernard", "clara", "dwight", "edith", "frank", "gloria", "hazel", "ida", "julius", "kamala", "leroy")
_FAMILY = (
    "abbott",
    "brandt",
    "castillo",
    "whitcomb",
    "dubois",
    "eriksen",
    "fujita",
    "grady",
    "haddad",
    "ivanov",
    "jones",
)


def _code(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _streamed(segments: int, *more: str) -> tuple[str, ...]:
    """One recording as HLS: a master playlist, a video and an audio rendition, their segments."""
    rendition = [f"-{kind}{n:05d}.ts" for kind in ("a160k", "v2m") for n in range(segments)]
    single = ["-a160k.m3u8", "-captions.en.vtt", "-playlist.m3u8", "-poster.jpg", "-v2m.m3u8"]
    return tuple(sorted([*rendition, *single, *more]))


def _interview(n: int) -> str:
    number = n + 1
    given, family = _GIVEN[(number + 3) % len(_GIVEN)], _FAMILY[(number - 2) % len(_FAMILY)]
    return f"oh/{1962 + n * 15 // 511}/OH-{number:04d}/interview-{given}-{family}"


def _lecture(n: int) -> str:
    return f"lectures/{2000 + n // 8:04d}-fall/BIO-{210 + n % 8}_lecture-07"


def _bag(n: int) -> str:
    code = _code(f"bag {n}")
    return f"{n:04x}/{code[:4]}/AIP-{code[:8]}-{code[8:12]}-{code[12:24]}.7z"


def _accession(n: int) -> str:
    return f"acc-{n // 400:05d}/series-{n // 40 % 10}/box-{n // 8 % 5}/item-{n:07d}"


_ONE = ("",)
_CHUNKS = tuple(f".dura-chunk-{n:04d}" for n in range(114))

# Folder, members, and how many folders there can be before the numbers in them grow a digit and fall out of order.
_FOLDERS: dict[str, tuple[Callable[[int], str], tuple[str, ...], int]] = {
    "plain": (lambda n: f"files/item-{n:07d}.txt", _ONE, 10_000_000),
    "oral-histories": (_interview, _streamed(15, ".mets.xml"), 9_999),
    "lectures": (_lecture, _streamed(214, ".mp4"), 64_000),
    "ceremonies": (lambda n: f"commencement/{1994 + n}/ceremony", _streamed(23, ".mets.xml"), 8_000),
    "radio": (
        lambda n: f"wlsu/{1968 + n // 52:04d}/week-{1 + n % 52:02d}/broadcast",
        _streamed(15, ".mets.xml"),
        400_000,
    ),
    "dances": (lambda n: f"dance/concert-{1 + n:03d}/stage", _streamed(20), 999),
    "events": (lambda n: f"events/event-{1 + n:03d}/recording", _streamed(12), 999),
    "films": (lambda n: f"films/bobine-{1 + n:03d}/film", _streamed(19, ".mp4"), 999),
    "maps": (lambda n: f"maps/sheet-{n:05d}", (".jpg", ".tif", ".tif.md5"), 100_000),
    "theses": (lambda n: f"theses/{1890 + n // 96:04d}/thesis-{n:05d}", (".mets.xml", ".pdf"), 100_000),
    "newspapers": (
        lambda n: f"lakeshore-herald/issue-{n // 8:06d}/page-{1 + n % 8:02d}",
        (".mets.xml", ".tif"),
        8_000_000,
    ),
    "web-archives": (lambda n: f"crawls/{2012 + n // 184:04d}/crawl-{n:05d}", (".warc.gz",), 100_000),
    "accessions": (_accession, (".bin", ".csv"), 10_000_000),
    "archivematica": (_bag, (*_CHUNKS, ".dura-manifest"), 65_536),
    "audio-masters": (lambda n: f"preservation/OH-{n + 1:04d}_pm.wav", ("", ".md5"), 9_999),
    "film-masters": (lambda n: f"film/reel-{n:03d}/reel-{n:03d}_ffv1", (".mets.xml", ".mkv"), 1_000),
    "reels": (lambda n: f"reels/reel-{n:04d}", (".flv", ".mp4"), 10_000),
    "letters": (lambda n: f"fonds/boite-{n // 60:03d}/piece-{n:05d}", (".jpg", ".tif"), 60_000),
    "reports": (lambda n: f"manifests/manifest-{n:04d}", (".csv",), 10_000),
    "restored": (lambda n: f"restored/item-{n:07d}", (".bin",), 10_000_000),
}

PATTERNS = (*_FOLDERS, "nasty")


def pattern_listing(pattern: str, count: int) -> Listing:
    """The first `count` ids of a pattern; the nasty names are exactly those of the list."""
    if pattern == "nasty":
        return tuple(sorted(NASTY_NAMES[:count]))
    return Collections(count, *_FOLDERS[pattern])
