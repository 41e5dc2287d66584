"""The XML of stores, spaces and contents (CRLF, JDOM's look) and of the task list (XStream's): protocol §2, §3, §5."""

import re
from collections.abc import Iterable

from durastore_tui.sandbox.world import Store

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\r\n'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotXml(ValueError):
    """A text holds a character that XML 1.0 cannot carry."""


def _text(value: str) -> str:
    found = _NOT_XML.search(value)
    if found:
        raise NotXml(
            f'The data "{value}" is not legal for a JDOM character content:'
            f" 0x{ord(found[0]):x} is not a legal XML character."
        )
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


def _attribute(value: str) -> str:
    return _text(value).replace('"', "&quot;").replace("\t", "&#x9;").replace("\n", "&#xA;")


def stores(accounts: Iterable[Store], primary: Store) -> str:
    lines = [_DECLARATION + "<storageProviderAccounts>"]
    for account in accounts:
        lines += [
            f'  <storageAcct ownerId="0" isPrimary="{int(account.id == primary.id)}">',
            f"    <id>{_text(account.id)}</id>",
            f"    <storageProviderType>{_text(account.type)}</storageProviderType>",
        ]
        if account.options:
            options = account.options.items()
            rows = [
                f'      <option name="{_attribute(name)}" value="{_attribute(value)}" />' for name, value in options
            ]
            lines += ["    <storageProviderOptions>", *rows, "    </storageProviderOptions>"]
        elif account.options is not None:
            lines.append("    <storageProviderOptions />")
        lines.append("  </storageAcct>")
    return "\r\n".join([*lines, "</storageProviderAccounts>", "", ""])


def spaces(ids: Iterable[str]) -> str:
    inner = "".join(f'<space id="{_attribute(space_id)}" />' for space_id in ids)
    return _DECLARATION + (f"<spaces>{inner}</spaces>" if inner else "<spaces />") + "\r\n"


def space(space_id: str, items: Iterable[str]) -> str:
    """Raises `NotXml` when a content id cannot be listed."""
    inner = "".join(f"<item>{_text(item)}</item>" for item in items)
    start = f'<space id="{_attribute(space_id)}"'
    return _DECLARATION + (f"{start}>{inner}</space>" if inner else f"{start} />") + "\r\n"


def tasks(names: Iterable[str]) -> str:
    inner = "".join(f"  <string>{_text(name)}</string>\n" for name in names)
    return f"<list>\n{inner}</list>" if inner else "<list/>"
