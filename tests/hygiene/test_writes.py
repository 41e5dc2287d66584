"""Every change goes to the server one way: through the jobs, which journal it before it is sent."""

import ast

from tests.hygiene.source import modules

CLIENT = {place: tree for place, tree in modules().items() if "/sandbox/" not in place}
SESSION = "durastore_tui/services/session.py"
JOBS = "durastore_tui/services/jobs/server.py"
TRIAL = "durastore_tui/services/trial.py"
SENDS = {"tasks.send", "tasks.run", "api_tasks.send", "api_tasks.run"}


def used(tree: ast.AST, names: set[str]) -> set[str]:
    """Which of these dotted names a module uses."""
    return {text for node in ast.walk(tree) if isinstance(node, ast.Attribute) and (text := ast.unparse(node)) in names}


def imports_the_calls(tree: ast.AST) -> bool:
    """Whether it imports more of `api.tasks` than the type of a reply."""
    for node in ast.walk(tree):
        names = {alias.name for alias in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
        if isinstance(node, ast.ImportFrom):
            whole = node.module == "durastore_tui.api" and "tasks" in names
            if whole or (node.module == "durastore_tui.api.tasks" and names - {"TaskReply"}):
                return True
        elif "durastore_tui.api.tasks" in names:
            return True
    return False


def test_only_the_session_and_the_jobs_call_tasks() -> None:
    callers = {place: tree for place, tree in CLIENT.items() if imports_the_calls(tree)}
    assert {place for place, tree in callers.items() if used(tree, SENDS)} == {SESSION, JOBS}
    assert {place for place, tree in callers.items() if used(tree, {"tasks.offered"})} == {TRIAL}
    assert set(callers) == {SESSION, JOBS, TRIAL}


def test_the_session_calls_only_what_checks_that_a_task_reads() -> None:
    tree = CLIENT[SESSION]
    assert used(tree, SENDS) == {"api_tasks.run", "api_tasks.send"}
    senders = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef) and used(node, SENDS)]
    assert [node.name for node in senders] == ["run", "run_raw"]
    assert all("_check_reads(task)" in ast.unparse(node) for node in senders)


def test_nothing_but_the_api_sends_through_a_transport() -> None:
    names = {"transport.send", "self._transport.send", "self.transport.send", "session.transport.send"}
    assert [place for place, tree in CLIENT.items() if used(tree, names)] == ["durastore_tui/api/tasks.py"]
