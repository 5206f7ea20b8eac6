"""The chat page: questions on the left, the sources of their answers on the right.

The page holds no answer of its own. It passes each question to `Pipeline.stream` and shows the events as
they come; what they look like is `ui.render`'s business. Gradio takes seconds to import, so it is
imported where the page is built.
"""

import errno
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import typer

from index.errors import InputError, NewsciteError
from index.schema import Filter
from rag.settings import read_settings
from ui import render
from ui.render import Exchange

if TYPE_CHECKING:
    import gradio as gr

    from rag.pipeline import Pipeline

_EXAMPLES = 4
_SIMULTANEOUS = 8  # questions of all visitors that are answered at the same time; others wait their turn

_TITLE = "newscite"
_DATE = "2026-01-17"  # how a date is written
_ICON = (  # a quotation mark on the page's red
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%238f1d21'/%3E"
    "%3Ctext x='16' y='37' font-size='42' font-family='Georgia,serif' text-anchor='middle' fill='white'%3E”"
    "%3C/text%3E%3C/svg%3E"
)
_BROKEN = "Something went wrong. The terminal in which newscite runs says what."


def serve(pipeline: "Pipeline", *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat page until Ctrl+C. Raises InputError if the address can't be used."""
    check_address(host, port)
    _bypass_proxy(host)
    may_change = is_loopback(host)  # elsewhere anyone who reaches the page could remove articles
    page = build_page(pipeline, may_change=may_change)
    launch(page, host=host, port=port, may_change=may_change)
    threading.Thread(target=_warm_up, args=(pipeline,), daemon=True).start()
    typer.echo(f"newscite is ready at {(page.local_url or '').rstrip('/')} (stop with Ctrl+C)")
    try:
        page.server.thread.join()
    except KeyboardInterrupt:
        page.close(verbose=False)


def _warm_up(pipeline: "Pipeline") -> None:
    """Load the embedding model while the first visitor looks around."""
    with suppress(NewsciteError):  # it will be said when a question meets it
        pipeline.warm_up()


def check_address(host: str, port: int) -> None:
    """Raise InputError if nothing can listen on `host` at `port`, saying why."""
    if not 1 <= port <= 65535:
        raise InputError(f"port {port} does not exist: choose one from 1 to 65535 with --port")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except socket.gaierror:
        raise InputError(f"host {host!r} is not known: choose another with --host") from None
    except PermissionError:
        raise InputError(
            f"port {port} on {host} is reserved for the system: choose one above 1023 with --port"
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"port {port} on {host} is in use: stop what serves it, or choose another with --port"
            ) from None
        raise InputError(
            f"host {host} is not an address of this machine: choose another with --host"
        ) from None


def is_loopback(host: str) -> bool:
    """True if only this machine can reach what listens on `host`."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return all(ip_address(str(address[0])).is_loopback for *_, address in found)


def _bypass_proxy(host: str) -> None:
    """Have this process reach its own page directly: Gradio asks for it once when it starts, and where
    HTTP_PROXY is set that would go to the proxy."""
    for name in ("no_proxy", "NO_PROXY"):
        already = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, (already, "localhost", "127.0.0.1", host)))


def launch(page: "gr.Blocks", *, host: str, port: int, may_change: bool = True) -> None:
    """Start serving `page` in a thread. Nothing is shared, recorded, or loaded from elsewhere.

    Without `may_change` nobody uploads anything.
    """
    assets = files("ui") / "assets"
    page.launch(
        server_name=f"[{host}]" if ":" in host else host,  # IPv6, as Gradio wants it
        server_port=port,
        inbrowser=False,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        max_file_size=f"{read_settings().max_file_mb}mb" if may_change else "1kb",
        footer_links=["settings"],
        theme=_theme(),
        css=_joined(assets, "page.css", "library.css"),
        head=f'<link rel="icon" href="{_ICON}"><script>{_joined(assets, "page.js", "library.js")}</script>',
    )


def _joined(folder: Traversable, *names: str) -> str:
    return "\n".join((folder / name).read_text("utf-8") for name in names)


def converse(
    pipeline: "Pipeline",
    question: str,
    earlier: Sequence[Exchange],
    *,
    outlets: Sequence[str] = (),
    since: str = "",
    until: str = "",
) -> Iterator[tuple[Exchange, ...]]:
    """Ask `question` after the `earlier` exchanges; yield all of them, the new one last, after every event.

    What newscite refuses becomes the exchange's problem. Anything else is shown as one too, then raised.
    """
    exchange = Exchange(len(earlier) + 1, question)
    yield (*earlier, exchange)
    try:
        history = [past.turn for past in earlier if past.answer]
        chosen = Filter(outlet=outlets, since=since, until=until)
        for event in pipeline.stream(question, history=history, filter=chosen):
            exchange = exchange.after(event)
            yield (*earlier, exchange)
    except NewsciteError as error:
        yield (*earlier, replace(exchange, problem=str(error)))
    except Exception:
        yield (*earlier, replace(exchange, problem=_BROKEN))
        raise


def messages(exchanges: Sequence[Exchange]) -> list[dict[str, str]]:
    """The exchanges as Gradio's chat messages."""
    spoken = []
    for exchange in exchanges:
        if exchange.question.strip():
            spoken.append({"role": "user", "content": render.question(exchange)})
        spoken.append({"role": "assistant", "content": render.reply(exchange)})
    return spoken


def build_page(pipeline: "Pipeline", *, may_change: bool = True) -> "gr.Blocks":
    """Build the page over `pipeline`. Its state is a visitor's own: many may ask at once.

    Without `may_change` no visitor adds or removes articles.
    """
    import gradio as gr

    from ui.library.shelf import Shelf
    from ui.library.view import library

    shelf = Shelf(pipeline.store, may_change=may_change, max_bytes=read_settings().max_file_mb * 1024**2)

    def shown(exchanges: Sequence[Exchange]) -> tuple[Any, ...]:
        is_working = bool(exchanges) and not exchanges[-1].done
        buttons = gr.update(submit_btn=not is_working, stop_btn=is_working)
        return buttons, exchanges, messages(exchanges), render.sources(exchanges)

    def ask(
        question: str, earlier: Sequence[Exchange], outlets: list[str], since: str, until: str
    ) -> Iterator[tuple[Any, ...]]:
        if earlier and not earlier[-1].done:
            return
        yield gr.update(value=""), earlier, gr.skip(), gr.skip()
        for exchanges in converse(pipeline, question, earlier, outlets=outlets, since=since, until=until):
            yield shown(exchanges)

    def ask_example(
        event: gr.SelectData, earlier: Sequence[Exchange], outlets: list[str], since: str, until: str
    ) -> Iterator[tuple[Any, ...]]:
        yield from ask(event.value["text"], earlier, outlets, since, until)

    def stop(exchanges: Sequence[Exchange]) -> tuple[Any, ...]:
        *earlier, latest = exchanges
        return shown((*earlier, latest if latest.done else replace(latest, stopped=True)))

    def clear() -> tuple[Any, ...]:
        return shown(())

    def welcome() -> tuple[Any, ...]:
        stats = pipeline.stats()
        return (
            render.masthead(stats),
            gr.update(placeholder=render.welcome(stats)),
            gr.update(choices=[outlet for outlet in stats.outlets if outlet]),
            gr.update(placeholder=stats.first_published[: len(_DATE)] or _DATE),
            gr.update(placeholder=stats.last_published[: len(_DATE)] or _DATE),
        )

    def suggest() -> dict[str, Any]:
        stats = pipeline.stats()
        return gr.update(examples=[{"text": text} for text in examples(stats.articles, stats.passages)])

    @lru_cache(maxsize=1)
    def examples(articles: int, passages: int) -> list[str]:  # noqa: ARG001  they tell when to look anew
        return pipeline.example_questions(_EXAMPLES) if articles else []

    page = gr.Blocks(title=_TITLE, analytics_enabled=False, fill_height=True, fill_width=True)
    with page:
        exchanges = gr.State(())
        head = gr.HTML(apply_default_css=False, elem_id="head")
        views = gr.Tabs(elem_id="views")
        with views, gr.Tab("Ask", elem_id="view-ask"), gr.Row(elem_id="desk"):
            chat, box, outlets, since, until = _conversation()
            panel = _evidence()
        with views, gr.Tab("Library", elem_id="view-library") as shelves:
            changes = library(shelves, shelf)

        everything = [box, exchanges, chat, panel]
        narrowing = [exchanges, outlets, since, until]
        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # Gradio's "once" would also swallow what is asked while a stopped answer's last step still runs.
        many: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": _SIMULTANEOUS}
        asking = box.submit(ask, [box, *narrowing], everything, api_name="ask", **many, **quietly)
        picking = chat.example_select(
            ask_example, narrowing, everything, api_name="ask_example", **many, **quietly
        )
        running: dict[str, Any] = {"cancels": [asking, picking], "queue": False}
        box.stop(stop, [exchanges], everything, api_name="stop", **running, **quietly)
        chat.clear(clear, None, everything, api_name="clear", **running, **quietly)
        greeted = [head, chat, outlets, since, until]
        arriving = page.load(welcome, None, greeted, api_name="welcome", **quietly)
        # Finding examples takes answering them, so they come when the rest is there.
        arriving.then(suggest, None, [chat], api_name="suggest", **quietly)
        for change in changes:
            greeting = change.then(welcome, None, greeted, api_name="welcome_again", **quietly)
            greeting.then(suggest, None, [chat], api_name="suggest_again", **quietly)
    return page


def _conversation() -> tuple["gr.Chatbot", "gr.Textbox", "gr.Dropdown", "gr.Textbox", "gr.Textbox"]:
    """The left column: the chat, the box to ask in, and what narrows the search."""
    import gradio as gr

    with gr.Column(elem_id="conversation", scale=3, min_width=320):
        chat = gr.Chatbot(
            elem_id="chat",
            label="Conversation",
            show_label=False,
            container=False,
            height=None,
            render_markdown=False,  # messages are HTML from ui.render; article text is no Markdown
            latex_delimiters=[],
            allow_tags=False,
            buttons=[],
            feedback_options=None,
            group_consecutive_messages=False,
        )
        box = gr.Textbox(
            elem_id="question",
            label="Your question",
            show_label=False,
            container=False,
            placeholder="Ask about the news",
            submit_btn=True,
            autofocus=True,
            max_lines=6,
        )
        with gr.Accordion("Narrow the search", open=False, elem_id="narrow"), gr.Row():
            outlets = gr.Dropdown(label="Outlets", multiselect=True, scale=2, min_width=220)
            since = gr.Textbox(label="Since", max_lines=1, min_width=120)
            until = gr.Textbox(label="Until", max_lines=1, min_width=120)
    return chat, box, outlets, since, until


def _evidence() -> "gr.HTML":
    """The right column: the panel of sources."""
    import gradio as gr

    with gr.Column(elem_id="evidence", scale=2, min_width=320):
        return gr.HTML(
            render.sources(()),
            html_template="${value}",  # any other template would run article text as part of itself
            js_on_load=None,
            apply_default_css=False,
            elem_id="panel",
        )


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
