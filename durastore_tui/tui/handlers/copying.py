"""What the keys of copying do: the place says what there is, and the app copies it."""

from durastore_tui.tui import actions
from durastore_tui.tui.context import AppContext, CopiesAnswer, CopiesRequest, Target
from durastore_tui.tui.copies import CURL, Copyable
from durastore_tui.tui.dialogs.copy_sheet import CopySheet
from durastore_tui.tui.messages import Told
from durastore_tui.tui.widgets.sheet import Sheet


def copy(context: AppContext, target: Target) -> None:
    """Copy the one thing that there is, else open the menu of what can be copied."""
    there = tuple(target.view.copyables())
    has_request = target.view.scope in actions.find("copy_curl").scopes
    if not there:
        _tell(target, "There is nothing here to copy.")
    elif len(there) == 1 and (there[0].at_once or not has_request):
        _copy(target, there[0])
    else:

        def chosen(one: Copyable | None) -> None:
            if one and one.text:
                _copy(target, one)
            elif one:
                target.view.action_act("copy_curl")

        context.push_screen(CopySheet((*there, *([CURL] if has_request else []))), chosen)


def copy_request(context: AppContext, target: Target) -> None:
    """Copy the request behind the place as a curl line, or say why there is none."""
    _copy_or_tell(target, target.view.request_copy() if isinstance(target.view, CopiesRequest) else "")


def copy_answer(context: AppContext, target: Target) -> None:
    """Copy the answer under the cursor as a whole."""
    _copy_or_tell(target, target.view.answer_copy() if isinstance(target.view, CopiesAnswer) else "")


def _copy_or_tell(target: Target, found: Copyable | str) -> None:
    if isinstance(found, Copyable):
        _copy(target, found)
    elif found:
        _tell(target, found)


def _copy(target: Target, one: Copyable) -> None:
    target.view.post_message(Sheet.Copy(one.text, one.what, one.keep))


def _tell(target: Target, sentence: str) -> None:
    target.view.post_message(Told(sentence))
