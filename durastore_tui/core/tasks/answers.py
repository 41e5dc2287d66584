"""What the answer to a task proves: that it succeeded, that it was rejected before any effect, or neither."""

import json
import re
from collections.abc import Mapping

from durastore_tui.core.tasks.model import Body, Task, Value
from durastore_tui.core.text import is_html

MAX_SENTENCE = 1000
"""Characters of a plain-text success, without the IDs in it. The longest known one has under 200."""
MAX_TEXT = 20_000
"""Characters of the same as it came, with its IDs."""

_MARKUP = re.compile(r"<\s*[a-zA-Z/!?]")
_BEFORE_ANY_TASK = (
    r"Unable to parse task parameters due to: ",
    r"Unsupported storage provider type ",
    r"No TaskProvider is available for ",
    r"the request was rejected because no multipart boundary was found$",
)
"""Raised while the request is read and the store is looked up (protocol §2.1, §6.2, §17)."""
_BEFORE_ANY_EFFECT = (
    r"Task parameter values may not be empty$",
    r"Task parameter '\w+' may not be empty$",
    r"Value for snapshot ID may not be empty$",
    r"Task parameter value must be a positive integer$",
    r'Cannot invoke "[\w.$]+Parameters\.\w+\(\)" because "params" is null$',
)
"""Raised by the known tasks while they check their parameters (protocol §7)."""
_NO_SPACE = r"No S3 bucket found matching spaceID:"
"""About the space that was named in the request: nothing can be changed in a space that is missing."""


def wrong_sentence(task: Task, text: str, values: Mapping[str, Value]) -> str | None:
    """Why this text is not a plain-text success of the task; None for one that is.

    Servers of other releases may word it otherwise: it is judged by its shape and by `task.success`. The answer of a
    task without a declaration may be any text but a web page.
    """
    if not text.strip():
        return "an empty answer"
    if is_html(text):
        return "a web page instead of the task's answer"
    if not task.success:
        return None
    if len(text) > MAX_TEXT:
        return "a text far longer than the task's answer"
    sentence = _sentence(text)
    if sentence is None:
        return "JSON instead of the sentence of the task"
    parts = [_filled(part, values) for part in task.success]
    if absent := [part for part in parts if part.casefold() not in sentence.casefold()]:
        return f"not the task's answer: it does not mention {absent[0]}"
    for part in sorted(parts, key=len, reverse=True):
        sentence = sentence.replace(part, "", 1)
    if _MARKUP.search(sentence):
        return "markup instead of the sentence of the task"
    return "a text far longer than the task's answer" if len(sentence) > MAX_SENTENCE else None


def sent_values(task: Task, body: bytes) -> dict[str, Value]:
    """The parameters that a request body carries, as text; what cannot be read is left out."""
    text = body.decode(errors="replace")
    if task.body is Body.PATH:
        return dict(zip((param.name for param in task.params), text.split("/", 1), strict=False))
    try:
        found = json.JSONDecoder().raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in found.items()}


def is_rejection(task: Task, words: str, body: bytes) -> bool:
    """Whether the text of a 500 proves that the task changed nothing. Old servers have no text for a JSON `null`."""
    if words == "null":
        return body.strip() == b"null"
    patterns = [*_BEFORE_ANY_TASK, *task.rejections]
    if task.section:
        patterns += _BEFORE_ANY_EFFECT
    if any(param.name == "spaceId" for param in task.params):
        patterns.append(_NO_SPACE)
    return any(re.match(pattern, words) for pattern in patterns)


def is_failure(task: Task, words: str) -> bool:
    """Whether the text of a 500 is the task's own: DuraStore has stopped working on the request.

    Any other text may come from a proxy or container, behind which DuraStore still works on it.
    """
    return any(re.match(pattern, words) for pattern in task.failures)


def _sentence(text: str) -> str | None:
    """The text itself, a JSON string, or the `result` of a JSON object, as the published page has it."""
    if not text.lstrip().startswith(("{", "[", '"')):
        return text
    try:
        found = json.JSONDecoder().raw_decode(text.strip())[0]
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        found = found.get("result")
    return found if isinstance(found, str) else None


def _filled(part: str, values: Mapping[str, Value]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: str(values.get(name[1], "")), part)
