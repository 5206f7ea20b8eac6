"""How the page looks, and what of Gradio it leaves off."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

from rag.settings import read_settings

if TYPE_CHECKING:
    import gradio as gr

_ICON = (  # a quotation mark on the page's red
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%238f1d21'/%3E"
    "%3Ctext x='16' y='37' font-size='42' font-family='Georgia,serif' text-anchor='middle' fill='white'%3E”"
    "%3C/text%3E%3C/svg%3E"
)


def page_options(*, may_change: bool = True) -> dict[str, Any]:
    """How the page looks and what of Gradio it leaves off, wherever it is served."""
    assets = files("ui") / "assets"
    script = _joined(assets, "page.js", "answers.js", "library.js", "feedback.js", "going_on.js")
    return {
        "run_history": False,
        "enable_monitoring": False,
        "mcp_server": False,
        "ssr_mode": False,
        "pwa": False,
        "max_file_size": f"{read_settings().max_file_mb}mb" if may_change else "1kb",
        "footer_links": ["settings"],
        "theme": _theme(),
        "css": _joined(assets, "page.css", "library.css", "feedback.css", "going_on.css"),
        "head": f'<link rel="icon" href="{_ICON}"><script>{script}</script>',
    }


def _joined(folder: Traversable, *names: str) -> str:
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def _theme() -> "gr.themes.Base":
    """Warm paper, black ink, one dark red; only fonts that the visitor's machine has."""
    import gradio as gr

    theme = gr.themes.Base(
        primary_hue="red",
        secondary_hue="stone",
        neutral_hue="stone",
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"],
        font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"],
    )
    # The colours are page.css's, which has them for light and for dark.
    colours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--soft-ink)",
        "background_fill_primary": "var(--sheet)",
        "background_fill_secondary": "var(--paper)",
        "block_background_fill": "var(--sheet)",
        "border_color_primary": "var(--rule)",
        "border_color_accent": "var(--accent)",
        "color_accent_soft": "var(--accent-tint)",
        "block_border_color": "var(--rule)",
        "block_label_text_color": "var(--soft-ink)",
        "block_title_text_color": "var(--soft-ink)",
        "input_background_fill": "var(--sheet)",
        "input_border_color": "var(--rule)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--soft-ink)",
    }
    return theme.set(
        color_accent="var(--accent)",
        input_border_width="1px",
        **colours,
        **{f"{name}_dark": colour for name, colour in colours.items()},
    )
