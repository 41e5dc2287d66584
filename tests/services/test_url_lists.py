"""Lists of URLs for other programs, and the file of one's own that they go into."""

import csv
import io
import stat
from pathlib import Path

import pytest

from durastore_tui.config.files import create_file
from durastore_tui.core.errors import BadInput
from durastore_tui.services.url_lists import Form, as_list
from durastore_tui.services.urls import UrlRow

HOSTILE = 'a,"b"\n\x1b[31m;\'=1'
ROWS = (
    UrlRow("s", HOSTILE, "https://h/raw", "https://h/encoded"),
    UrlRow("s", "gone.ts", error="not found"),
    UrlRow("s", "日本語.ts", "https://h/日本語.ts", "https://h/%E6%97%A5%E6%9C%AC%E8%AA%9E.ts"),
)


def test_csv_keeps_ids_exact_and_failures_in_place() -> None:
    read = list(csv.DictReader(io.StringIO(as_list(Form.CSV, ROWS))))
    assert [row["contentId"] for row in read] == [HOSTILE, "gone.ts", "日本語.ts"]
    assert [row["url"] for row in read] == ["https://h/encoded", "", "https://h/%E6%97%A5%E6%9C%AC%E8%AA%9E.ts"]
    assert read[1]["error"] == "not found"


def test_text_is_the_encoded_urls_a_line_each() -> None:
    assert as_list(Form.TEXT, ROWS) == "https://h/encoded\nhttps://h/%E6%97%A5%E6%9C%AC%E8%AA%9E.ts\n"


def test_a_playlist_has_a_title_of_one_line_for_each_url() -> None:
    head, title, url, second, _ = as_list(Form.M3U, ROWS).splitlines()
    assert (head, url, second) == ("#EXTM3U", "https://h/encoded", "#EXTINF:-1,日本語.ts")
    assert title.startswith("#EXTINF:-1,a,")
    assert "\x1b" not in title


def test_a_file_is_for_its_owner_alone_and_takes_the_place_of_none(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    create_file(file, "one\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(BadInput, match="is there already"):
        create_file(file, "two\n")
    assert file.read_text() == "one\n"


@pytest.mark.parametrize("path", ["no/such/folder/urls.txt", "nul\0"])
def test_a_file_that_cannot_be_made_is_a_sentence(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadInput, match="was not written"):
        create_file(tmp_path / path, "x")
