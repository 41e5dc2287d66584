"""Secrets are masked wherever text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.redact import redact
from durastore_tui.core.secret import Secret

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


@pytest.mark.parametrize(
    "form", ['Tr/ick wörd"', "Tr%2Fick%20w%C3%B6rd%22", 'Tr/ick w\\u00f6rd\\"', "VHIvaWNrIHfDtnJkIg"]
)
def test_a_secret_that_is_held_is_masked_wherever_it_turns_up_in_each_of_its_forms(form: str) -> None:
    Secret('Tr/ick wörd"')
    assert redact(f"it was {form} that came") == "it was ••• that came"


def test_a_short_secret_does_not_mask_the_words_that_contain_it() -> None:
    Secret("me")
    assert redact("some names") == "some names"
