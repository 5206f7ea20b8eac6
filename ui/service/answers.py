"""The pipeline's blocking work in threads of its own, so many at a time, each within a time limit."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from rag import Answer, Event, Filter, Finished, Hit, Pipeline, Turn
from ui.service.refusals import Overloaded, TookTooLong
from ui.versions import ShownArticle, article_version

T = TypeVar("T")

NO_FILTER = Filter()


@dataclass(frozen=True)
class Asked:
    """A question as it arrived, and which articles may answer it."""

    question: str
    history: tuple[Turn, ...] = ()
    filter: Filter = NO_FILTER
    as_of: str = ""


class Answers:
    """Answers questions without ever blocking the event loop.

    A slot is a thread: `simultaneous` questions are worked on, the others wait. Whoever is not answered
    within `seconds`, waiting included, gets Overloaded or TookTooLong. A slot is free again as soon as its
    question is answered, or given up and at the next event.
    """

    def __init__(self, pipeline: Pipeline, *, simultaneous: int, seconds: float) -> None:
        self._pipeline, self._seconds = pipeline, seconds
        self._slots = ThreadPoolExecutor(simultaneous, "newscite-answer")

    def close(self) -> None:
        """Begin nothing more, and wait for what is being worked on."""
        self._slots.shutdown(cancel_futures=True)

    async def stream(self, asked: Asked) -> AsyncGenerator[Event]:
        """The events of an answer. Close it to give the question up. Raises what `Pipeline.stream` does."""
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[Event | Exception] = asyncio.Queue()
        begun, given_up = threading.Event(), threading.Event()

        def tell(news: Event | Exception) -> None:
            if not given_up.is_set():
                loop.call_soon_threadsafe(told.put_nowait, news)

        def work() -> None:
            begun.set()
            try:
                events = self._pipeline.stream(
                    asked.question, history=asked.history, filter=asked.filter, as_of=asked.as_of
                )
                while not given_up.is_set() and (event := next(events, None)):
                    tell(event)
            except Exception as error:  # raised where it is awaited
                tell(error)

        waiting = self._slots.submit(work)
        deadline = loop.time() + self._seconds
        try:
            while True:
                try:
                    async with asyncio.timeout_at(deadline):
                        news = await told.get()
                except TimeoutError:
                    raise self._late(begun.is_set()) from None
                if isinstance(news, Exception):
                    raise news
                yield news
                if isinstance(news, Finished):
                    return
        finally:
            given_up.set()
            waiting.cancel()

    async def answer(self, asked: Asked) -> Answer:
        """The whole answer. Raises what `stream` does."""
        async with aclosing(self.stream(asked)) as events:
            async for event in events:
                if isinstance(event, Finished):
                    return event.answer
        raise AssertionError("a stream ends with Finished")

    async def search(self, asked: Asked, k: int) -> list[Hit]:
        """The `k` passages most likely to answer. Raises what `Pipeline.search` does."""
        return await self._in_a_slot(
            lambda: self._pipeline.search(
                asked.question, k=k, history=asked.history, filter=asked.filter, as_of=asked.as_of
            )
        )

    async def article(self, article_id: str, version: int | None = None) -> ShownArticle:
        """A stored article. Raises UnknownArticle."""
        return await self._in_a_slot(
            lambda: article_version(self._pipeline.store.catalog, article_id, version)
        )

    async def check(self) -> None:
        """Raise StoreError if the store can't answer; takes no slot."""
        await asyncio.to_thread(self._pipeline.store.refresh)

    async def _in_a_slot(self, work: Callable[[], T]) -> T:
        waiting = self._slots.submit(work)
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(waiting)
        except TimeoutError:
            raise self._late(waiting.running()) from None

    def _late(self, has_begun: bool) -> Overloaded | TookTooLong:
        if has_begun:
            return TookTooLong(f"there was no answer within {self._seconds:g} seconds: ask again, or less")
        return Overloaded("too many questions are waiting: ask again in a moment")
