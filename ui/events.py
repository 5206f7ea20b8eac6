"""What a visitor's browser says with an event; it may be anything."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr


def text_in(event: "gr.EventData", name: str) -> str:
    """The text that the event has by this name; "" where it has none."""
    value = event._data.get(name) if isinstance(event._data, dict) else None
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
