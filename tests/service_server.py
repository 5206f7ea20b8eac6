"""The real service on 127.0.0.1, in a thread or in a process of its own, for tests to ask."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from rag import Event, Pipeline, Settings
from ui.service.app import build_app
from ui.service.server import Server

QUESTION = "How many homes lost power in the storm?"
TOKEN = "correct-horse-battery-staple"


class Gated(Pipeline):
    """The real pipeline, each of whose events waits until it is let through."""

    def __init__(self, pipeline: Pipeline) -> None:
        super().__init__(pipeline.store)
        self.gate = threading.Semaphore(0)
        self.waiting = 0

    def example_questions(self, count: int = 4) -> list[str]:  # noqa: ARG002
        return []  # finding them takes answers

    def stream(self, question: str, **options: Any) -> Iterator[Event]:
        for event in super().stream(question, **options):
            self.waiting += 1
            assert self.gate.acquire(timeout=30)
            self.waiting -= 1
            yield event


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def serving(pipeline: Pipeline, **settings: Any) -> Iterator[tuple[str, FastAPI]]:
    """Serve with these settings, by default without a rate limit; gives the address and the app."""
    chosen = Settings(**{"port": free_port(), "rate": 0, **settings})
    started = threading.Event()
    running: list[tuple[FastAPI, Server]] = []

    async def serve() -> None:
        app = build_app(pipeline, chosen)
        running.append((app, Server(app, chosen.host, chosen.port)))
        started.set()
        await running[0][1].serve()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert started.wait(30)
    app, server = running[0]
    try:
        wait_until(lambda: server.started)
        yield f"http://127.0.0.1:{chosen.port}", app
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def serving_apart(store: Path, **settings: object) -> Iterator[tuple[str, int]]:
    """`newscite serve` over a store with these settings, by default without a rate limit, in a process of its
    own; gives the address and the process's id."""
    chosen = {"port": free_port(), "rate": 0, "store": store, **settings}
    environment = {**os.environ, **{f"NEWSCITE_{name.upper()}": str(value) for name, value in chosen.items()}}
    command = [sys.executable, "-c", "from ui.cli import main; main()", "serve"]
    with subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            assert process.stdout is not None
            assert "newscite is ready" in process.stdout.readline()
            yield f"http://127.0.0.1:{chosen['port']}", process.pid
        finally:
            process.terminate()
            assert process.wait(60) == 0


def wait_until(is_so: Any, seconds: float = 10) -> None:
    """Wait for something that happens in another thread."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if is_so():
            return
        pause.wait(0.02)
    raise AssertionError("it did not happen in time")
