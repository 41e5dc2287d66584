"""Secrets taken out of text that is going to be kept or shown."""

import json
import re
from base64 import b64encode
from urllib.parse import quote

MASK = "•••"
LEAST = 8
"""Characters from which on a secret is masked by itself: a shorter one is found inside of other words."""
_held: tuple[str, ...] = ()

_RULES = (
    (re.compile(r"(?i)(authorization[\"']?\s*[:=]\s*[\"']?(?:basic|bearer)\s+)[^\s\"']+"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b(basic|bearer)\s+[a-z0-9+/=._~-]{8,}"), rf"\1 {MASK}"),
    (re.compile(r"(://)[^/\s?#@\"']*@"), rf"\1{MASK}@"),
    (
        re.compile(
            r"(?i)(?:\b|(?<=%3F)|(?<=%26))(token|signature|policy|key-pair-id|password|passwd|secret|x-amz-[a-z-]+)((?:=|%3D)[\"']?)[^&\s\"'<>;,}]+"
        ),
        rf"\1\2{MASK}",
    ),
    (
        re.compile(r"(?i)(\"(?:token|signature|password|passwd|secret|authorization)\"\s*:\s*)\"(?:[^\"\\]|\\.)*\"?"),
        rf'\1"{MASK}"',
    ),
)


def hold(secret: str) -> None:
    """From now on this text is masked wherever it turns up, also percent-encoded, in base64 and in JSON."""
    global _held
    if len(secret) >= LEAST and secret not in _held:
        plain = secret.encode(errors="surrogatepass")
        forms = {secret, quote(plain, safe=""), b64encode(plain).decode().rstrip("="), json.dumps(secret)[1:-1]}
        _held = tuple(sorted({*_held, *forms}, key=len, reverse=True))


def redact(text: str) -> str:
    """The text with tokens, signatures, passwords and credentials masked."""
    for secret in _held:
        text = text.replace(secret, MASK)
    for pattern, masked in _RULES:
        text = pattern.sub(masked, text)
    return text
