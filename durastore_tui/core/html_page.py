"""Tells a web page from the texts and data that DuraStore sends."""

import re

_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|script|style|h\d|p|div|form)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_html(text: str) -> bool:
    """Whether a text begins as a web page or a part of one does."""
    return bool(_PAGE.match(text.lstrip("\ufeff")))
