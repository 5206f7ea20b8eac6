"""Serving until a signal says stop: what is being answered is finished first."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer
import uvicorn
from fastapi import FastAPI

from index.errors import InputError
from rag import Pipeline, Settings
from ui.addresses import is_loopback
from ui.service.app import build_app
from ui.service.records import log_to_stderr
from ui.service.users import read_users
from ui.serving import check_address, warm_up

_SHORTEST_TOKEN = 16  # characters; fewer can be guessed
_GRACE = 10  # seconds for what is being answered when a signal says stop


def serve(pipeline: Pipeline, settings: Settings) -> None:
    """Serve the page and the API at the settings' host and port until SIGINT or SIGTERM.

    Raises InputError as `check_bind`.
    """
    check_bind(settings)
    log_to_stderr()
    threading.Thread(target=warm_up, args=(pipeline,), daemon=True).start()
    asyncio.run(_serve(pipeline, settings))


def check_bind(settings: Settings) -> None:
    """Raise InputError if the address can't be used, if the token is too short, if the file of users is not
    one, or if there is neither token nor file and other machines would reach the service."""
    token = settings.token.get_secret_value()
    if not token and not settings.users and not is_loopback(settings.host):
        raise InputError(
            f"{settings.host} can be reached from other machines: set NEWSCITE_TOKEN to a long random text "
            "that whoever asks must show, or NEWSCITE_USERS to a file of users, or serve on 127.0.0.1"
        )
    if settings.users:
        read_users(settings.users)
    if token and (len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable()):
        raise InputError(
            f"the token is not usable: NEWSCITE_TOKEN must be {_SHORTEST_TOKEN} ASCII characters at least"
        )
    check_address(settings.host, settings.port)


async def _serve(pipeline: Pipeline, settings: Settings) -> None:
    app = build_app(pipeline, settings)
    await Server(app, settings.host, settings.port).serve()


class Server(uvicorn.Server):
    """uvicorn, which says when it is ready, and for which a signal to stop is no failure."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=_GRACE,
        )
        super().__init__(config)
        self._app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say where."""
        await super().startup(sockets)
        host = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
        typer.echo(f"newscite is ready at http://{host}:{self.config.port} (stop with Ctrl+C)")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of the pages that are open, then of the rest."""
        self._app.state.stop_pages()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM; uvicorn's own would raise them again in the end."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
