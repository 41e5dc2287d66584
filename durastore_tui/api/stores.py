"""The storage providers of the account (protocol §2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from durastore_tui.api.transport import Transport
from durastore_tui.api.xml import parsed


@dataclass(frozen=True, slots=True)
class Store:
    """One provider; `type` is the server's word, known or not, and `options` what it tells of its settings."""

    id: str
    type: str
    primary: bool
    options: Mapping[str, str] = field(default_factory=dict)


async def stores(transport: Transport) -> tuple[Store, ...]:
    """All stores, the primary one first; raises DuraStoreError."""
    reply = await transport.read("GET", "/stores")
    accounts = (await parsed(reply, "storageProviderAccounts")).iter("storageAcct")
    return tuple(sorted(map(_store, accounts), key=lambda store: (not store.primary, store.id)))


def _store(account: Element) -> Store:
    return Store(
        id=account.findtext("id", "").strip(),
        type=account.findtext("storageProviderType", "").strip(),
        primary=account.get("isPrimary", "0") == "1",
        options={option.get("name", ""): option.get("value", "") for option in account.iter("option")},
    )
