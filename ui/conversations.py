"""The page's conversations: kept in the visitor's browser across reloads, to be named, deleted, saved.

Several tabs of one browser share what it keeps. So each event takes what is kept at that moment, and gives
back the one conversation that it changed, which is put among what is kept by then.
"""

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

_KEY = "newscite-kept"  # in the browser's storage
_DELETED = 300  # conversations of which is known that they were deleted, so that no tab brings them back
_TAKE = f"""(_, ...others) => {{
  try {{
    return [localStorage.getItem("{_KEY}") ?? "", ...others];
  }} catch {{
    return ["", ...others]; // a browser that keeps nothing
  }}
}}"""
_PUT = f"""(text) => {{
  if (!text) return;
  const change = JSON.parse(text);
  try {{
    let held = null;
    try {{
      held = JSON.parse(localStorage.getItem("{_KEY}"));
    }} catch {{
      // what is there is not ours: it makes room
    }}
    const deleted = Array.isArray(held?.deleted) ? held.deleted : [];
    let conversations = Array.isArray(held?.conversations) ? held.conversations : [];
    const place = conversations.findIndex((one) => one?.id === change.id);
    if (!change.now) {{
      conversations = conversations.filter((one) => one?.id !== change.id);
      deleted.unshift(change.id);
    }} else if (deleted.includes(change.id)) {{
      return;
    }} else if (place >= 0 && !change.first) {{
      conversations[place] = change.now;
    }} else {{
      conversations = [change.now, ...conversations.filter((one) => one?.id !== change.id)];
    }}
    conversations = conversations.slice(0, {kept.MOST});
    for (;;) {{
      try {{
        const now = {{ conversations, deleted: deleted.slice(0, {_DELETED}) }};
        localStorage.setItem("{_KEY}", JSON.stringify(now));
        return;
      }} catch (full) {{
        if (!conversations.pop()) throw full; // the oldest makes room
      }}
    }}
  }} catch {{
    // a browser that keeps nothing
  }}
}}"""
_SAVE = """(text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = "newscite.md";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}"""


@dataclass(frozen=True)
class Conversations:
    """The controls, what passes between browser and page of what is kept, and which conversation is on the
    page."""

    kept: "gr.Textbox"
    current: "gr.State"
    chooser: "gr.Dropdown"
    name: "gr.Textbox"
    new: "gr.Button"
    save: "gr.Button"
    delete: "gr.Button"
    written: "gr.Textbox"

    @property
    def begun(self) -> list[Any]:
        """The listeners of what puts another conversation on the page."""
        return [self.chooser.input, self.new.click, self.delete.click]

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

        def keep(held: str, current: str, exchanges: Sequence[Exchange]) -> tuple[Any, ...]:
            everything = kept.read(held)
            if not exchanges:
                return "", current, *list_all(everything, current)
            current = current or secrets.token_hex(6)
            everything = kept.keep(everything, current, exchanges)
            return kept.changed(everything, current), current, *list_all(everything, current)

        def open_latest(held: str) -> tuple[Any, ...]:
            everything = kept.read(held)
            latest = next((one["id"] for one in kept.conversations(everything)), "")
            return show(everything, latest) if latest else (gr.skip(),) * len(opened)

        def open_one(held: str, chosen: str | None) -> tuple[Any, ...]:
            return show(kept.read(held), chosen)

        def show(everything: Kept, chosen: str | None) -> tuple[Any, ...]:
            found = kept.find(everything, chosen or "")
            exchanges = kept.restored(found, article) if found else ()
            current = found["id"] if found else ""
            return *shown(exchanges), current, *list_all(everything, current)

        def begin(held: str) -> tuple[Any, ...]:
            return open_one(held, "")

        def delete(held: str, current: str) -> tuple[Any, ...]:
            everything = kept.forget(kept.read(held), current)
            return *show(everything, ""), kept.changed(everything, current) if current else ""

        def rename(held: str, current: str, name: str) -> tuple[Any, ...]:
            everything = kept.rename(kept.read(held), current, name)
            is_kept = kept.find(everything, current) is not None
            return kept.changed(everything, current) if is_kept else "", *list_all(everything, current)

        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        taking: dict[str, Any] = {"js": _TAKE, **quietly}

        def put(event: Any) -> None:
            event.success(None, [self.kept], None, js=_PUT, **quietly)

        opened = [*everything, self.current, *listed]
        opening = page.load(open_latest, [self.kept], opened, **taking)
        self.chooser.input(open_one, [self.kept, self.chooser], opened, **taking)
        self.new.click(begin, [self.kept], opened, **taking)
        put(self.delete.click(delete, held, [*opened, self.kept], **taking))
        for renaming in (self.name.submit, self.name.blur):
            put(renaming(rename, [*held, self.name], [self.kept, *listed], **taking))
        self.save.click(kept.markdown, [state], [self.written], **quietly).then(
            None, [self.written], None, js=_SAVE, **quietly
        )

        def after(event: Any) -> None:
            put(event.then(keep, [*held, state], [*held, *listed], **taking))

        return opening, after


def conversation_controls() -> Conversations:
    """The controls, folded away under the box."""
    import gradio as gr

    with gr.Accordion("Conversations", open=False, elem_id="kept", elem_classes="fold"):
        with gr.Row():
            chooser = gr.Dropdown(label="Conversation", choices=[], scale=3, min_width=200)
            name = gr.Textbox(label="Its name", max_lines=1, scale=3, min_width=200, interactive=False)
        with gr.Row():
            new = gr.Button("New", size="sm", min_width=90)
            save = gr.Button("Save as Markdown", size="sm", min_width=90)
            delete = gr.Button("Delete", size="sm", min_width=90)
        written = gr.Textbox(visible="hidden", show_label=False)
        held = gr.Textbox(visible="hidden", show_label=False)
    return Conversations(held, gr.State(""), chooser, name, new, save, delete, written)
