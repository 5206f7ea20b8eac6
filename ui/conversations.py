"""The page's conversations: kept in the visitor's browser across reloads, to be named, deleted, saved."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui import kept
from ui.kept import FindArticle, Kept
from ui.render import Exchange

if TYPE_CHECKING:
    import gradio as gr

Shown = Callable[[Sequence[Exchange]], tuple[Any, ...]]
"""What the page's box, state, chat and panel are to show of some exchanges."""

_KEY = "newscite-conversations"  # in the browser's storage, where it is no secret
_SAVE = """(text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = "newscite.md";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}"""


@dataclass(frozen=True)
class Conversations:
    """The controls, and what they hold: all that is kept, and which conversation is on the page."""

    kept: "gr.BrowserState"
    current: "gr.State"
    chooser: "gr.Dropdown"
    name: "gr.Textbox"
    new: "gr.Button"
    save: "gr.Button"
    delete: "gr.Button"
    written: "gr.Textbox"

    def connect(
        self,
        page: "gr.Blocks",
        *,
        state: "gr.State",
        everything: list[Any],
        shown: Shown,
        article: FindArticle,
    ) -> tuple[Any, Callable[[Any], None]]:
        """Wire the controls to the page's `state` of exchanges and to `everything` that shows them.

        Gives the event of the latest conversation being back on the page, and what is to be called with each
        event that ends an answer, so that it is kept.
        """
        import gradio as gr

        held = [self.kept, self.current]
        listed = [self.chooser, self.name]

        def list_all(everything: Kept, current: str) -> tuple[Any, Any]:
            choices = [(one["name"], one["id"]) for one in kept.conversations(everything)]
            now = kept.find(everything, current)
            return (
                gr.update(choices=choices, value=current if now else None),
                gr.update(value=now["name"] if now else "", interactive=now is not None),
            )

        def keep(everything: Kept, current: str, exchanges: Sequence[Exchange]) -> tuple[Any, ...]:
            if not exchanges:
                return everything, current, *list_all(everything, current)
            current = current or secrets.token_hex(6)
            everything = kept.keep(everything, current, exchanges)
            return everything, current, *list_all(everything, current)

        def open_latest(everything: Kept) -> tuple[Any, ...]:
            latest = next((one["id"] for one in kept.conversations(everything)), "")
            return open_one(everything, latest) if latest else (gr.skip(),) * len(opened)

        def open_one(everything: Kept, chosen: str | None) -> tuple[Any, ...]:
            found = kept.find(everything, chosen or "")
            exchanges = kept.restored(found, article) if found else ()
            current = found["id"] if found else ""
            return *shown(exchanges), current, *list_all(everything, current)

        def begin(everything: Kept) -> tuple[Any, ...]:
            return open_one(everything, "")

        def delete(everything: Kept, current: str) -> tuple[Any, ...]:
            everything = kept.forget(everything, current)
            return *open_one(everything, ""), everything

        def rename(everything: Kept, current: str, name: str) -> tuple[Any, ...]:
            everything = kept.rename(everything, current, name)
            return everything, *list_all(everything, current)

        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        opened = [*everything, self.current, *listed]
        opening = page.load(open_latest, [self.kept], opened, **quietly)
        self.chooser.input(open_one, [self.kept, self.chooser], opened, **quietly)
        self.new.click(begin, [self.kept], opened, **quietly)
        self.delete.click(delete, held, [*opened, self.kept], **quietly)
        self.name.submit(rename, [*held, self.name], [self.kept, *listed], **quietly)
        self.name.blur(rename, [*held, self.name], [self.kept, *listed], **quietly)
        self.save.click(kept.markdown, [state], [self.written], **quietly).then(
            None, [self.written], None, js=_SAVE, **quietly
        )

        def after(event: Any) -> None:
            event.then(keep, [*held, state], [*held, *listed], **quietly)

        return opening, after


def conversation_controls() -> Conversations:
    """The controls, folded away under the box."""
    import gradio as gr

    everything = gr.BrowserState(dict(kept.NOTHING), storage_key=_KEY, secret=_KEY)
    with gr.Accordion("Conversations", open=False, elem_id="kept", elem_classes="fold"):
        with gr.Row():
            chooser = gr.Dropdown(label="Conversation", choices=[], scale=3, min_width=200)
            name = gr.Textbox(label="Its name", max_lines=1, scale=3, min_width=200, interactive=False)
        with gr.Row():
            new = gr.Button("New", size="sm", min_width=90)
            save = gr.Button("Save as Markdown", size="sm", min_width=90)
            delete = gr.Button("Delete", size="sm", min_width=90)
        written = gr.Textbox(visible="hidden", show_label=False)
    return Conversations(everything, gr.State(""), chooser, name, new, save, delete, written)
