"""Serving the chat page alone, on this machine: the address is checked first, and nothing leaves it."""

import errno
import os
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from index.errors import InputError, NewsciteError
from ui import grouping
from ui.addresses import is_loopback
from ui.chat import build_page
from ui.look import page_options

if TYPE_CHECKING:
    import gradio as gr

    from rag.pipeline import Pipeline


def serve(pipeline: "Pipeline", *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the chat page until Ctrl+C. Raises InputError if the address can't be used."""
    check_address(host, port)
    _bypass_proxy(host)
    may_change = is_loopback(host)  # elsewhere anyone who reaches the page could remove articles
    page = build_page(pipeline, may_change=may_change)
    launch(page, host=host, port=port, may_change=may_change)
    threading.Thread(target=warm_up, args=(pipeline,), daemon=True).start()
    typer.echo(f"newscite is ready at {(page.local_url or '').rstrip('/')} (stop with Ctrl+C)")
    try:
        page.server.thread.join()
    except KeyboardInterrupt:
        page.close(verbose=False)


def warm_up(pipeline: "Pipeline") -> None:
    """Load the embedding model and the like while the first visitor looks around."""
    with suppress(NewsciteError):  # it will be said when a question meets it
        pipeline.warm_up()
        grouping.warm_up(pipeline.store)


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
    page.launch(
        server_name=f"[{host}]" if ":" in host else host,  # IPv6, as Gradio wants it
        server_port=port,
        inbrowser=False,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        **page_options(may_change=may_change),
    )
