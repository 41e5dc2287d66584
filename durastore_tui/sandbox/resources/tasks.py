"""`/task` and `/task/{name}` (protocol §5, §6). An unknown store id falls back to the primary store."""

from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.spaces import NoSuchSpace, StorageDown
from durastore_tui.sandbox.tasks.call import Call, TaskFailure
from durastore_tui.sandbox.tasks.offers import OFFERS, offered
from durastore_tui.sandbox.wire import xml
from durastore_tui.sandbox.wire.messages import Response, text
from durastore_tui.sandbox.wire.pages import page
from durastore_tui.sandbox.world import Store


def _store(ask: Ask) -> Store:
    return (ask.world.store(ask.store_id) if ask.store_id else None) or ask.world.primary


def _no_provider(ask: Ask, store: Store) -> Response:
    if store.type == "UNKNOWN":
        # the two blanks are the server's
        problem = f"Unsupported storage provider type (UNKNOWN)  associated with storage account ({store.id})"
        return ask.answer(500, f"{problem}: unable to create")
    return ask.answer(500, f"No TaskProvider is available for {store.type.lower().replace('_', '-')}")


def list_tasks(ask: Ask) -> Response:
    store = _store(ask)
    if store.type not in OFFERS:
        return _no_provider(ask, store)
    return text(200, xml.tasks(offered(ask.world, store)), "application/xml")


def run_task(ask: Ask, task: str) -> Response:
    if ask.request.has_bad_type:
        return page(400)
    store = _store(ask)
    if store.type not in OFFERS:
        return _no_provider(ask, store)
    runner = offered(ask.world, store).get(task)
    if runner is None:
        return ask.answer(400, f"{task} is not a supported task.")
    try:
        body = ask.request.payload()
    except ValueError as problem:
        return ask.answer(500, str(problem))
    try:
        return text(200, runner(Call(ask.world, store, ask.caller, task, body, ask.host_name)))
    except TaskFailure as failure:
        return ask.answer(failure.status, failure.message, failure.delay)
    except NoSuchSpace as problem:
        return ask.answer(500, str(problem))
    except StorageDown as down:
        return ask.answer(500, str(down), down.delay)
