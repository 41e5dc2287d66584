"""URLs as lists for other programs: plain lines, CSV, a playlist."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from durastore_tui.core.text import safe
from durastore_tui.services.urls import UrlRow

FIELDS = ("spaceId", "contentId", "url", "error")
M3U_HEAD = "#EXTM3U"


class Form(StrEnum):
    """What a list is written as; CSV alone has rows for failures."""

    TEXT = "text"
    CSV = "CSV"
    M3U = "M3U"


SUFFIXES = {Form.TEXT: ".txt", Form.CSV: ".csv", Form.M3U: ".m3u"}


def as_list(form: Form, rows: Iterable[UrlRow]) -> str:
    """The whole list, lines ended; ids in CSV are exact."""
    match form:
        case Form.CSV:
            text = io.StringIO()
            writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(fields, rows))
            return text.getvalue()
        case Form.M3U:
            entries = (line for row in _usable(rows) for line in m3u_lines(row.content_id, row.encoded or ""))
            return "\n".join((M3U_HEAD, *entries)) + "\n"
        case Form.TEXT:
            return "".join(f"{row.encoded}\n" for row in _usable(rows))


def fields(row: UrlRow) -> Mapping[str, str | None]:
    """One row by the names of the command line."""
    return {"spaceId": row.space, "contentId": row.content_id, "url": row.encoded, "error": row.error}


def m3u_lines(content_id: str, url: str) -> tuple[str, str]:
    """Title and address; a title is one line whatever the id holds."""
    return f"#EXTINF:-1,{safe(content_id)}", url


def _usable(rows: Iterable[UrlRow]) -> Iterator[UrlRow]:
    return (row for row in rows if row.encoded)
