"""Secrets are masked wherever text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.redact import redact

SECRET = "s3cr3tS3CR3T"


@pytest.mark.parametrize(
    "text",
    [
        f"https://d1.cloudfront.net/cookies?token={SECRET}",
        f"https://d1.cloudfront.net/cookies?x=1&token={SECRET}&y=2",
        f"https%3A%2F%2Fh%2Fcookies%3Ftoken%3D{SECRET}",
        f"rtmp://h/cfx/st/v.mp4?Policy={SECRET}_&Signature={SECRET}~-&Key-Pair-Id={SECRET}",
        f"Set-Cookie: CloudFront-Policy={SECRET};Version=1",
        f"https://b.s3.amazonaws.com/k?X-Amz-Signature={SECRET}&X-Amz-Credential={SECRET}",
        f"Authorization: Basic {SECRET}==",
        f"authorization='Bearer {SECRET}'",
        f"sent Basic {SECRET}== to it",
        f"https://root:{SECRET}@acme.duracloud.org/durastore",
        f'{{"password" : "{SECRET} \\" {SECRET}"}}',
        f"password={SECRET}",
    ],
)
def test_no_secret_is_left(text: str) -> None:
    masked = redact(text)
    assert SECRET not in masked
    assert "•••" in masked


@pytest.mark.parametrize(
    "text",
    [
        '{"spaceId": "media", "secure": true}',
        "/media?storeID=51&marker=a%20b",
        "Basic plan",
        "me@library.example wrote",
        "https://player.example/@handle",
        "Successfully set storage policy on space media",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)
