"""Secrets taken out of text that is going to be kept or shown."""

import re

MASK = "•••"

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


def redact(text: str) -> str:
    """The text with tokens, signatures, passwords and credentials masked."""
    for pattern, masked in _RULES:
        text = pattern.sub(masked, text)
    return text
