"""Server-sent events, and giving a question up as soon as the client has gone."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi import HTTPException, Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from rag import Cited, Event, Finished, Retrieved, Wrote
from ui.json_lines import json_line
from ui.service.records import record
from ui.service.refusals import BROKEN, error_fields, told

T = TypeVar("T")

_CLIENT_GONE = 499  # as nginx logs it; nobody gets it


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives, which is given up if the client goes away before. Raises what `work` does."""
    working, leaving = asyncio.create_task(work), asyncio.create_task(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise HTTPException(_CLIENT_GONE, "the client has gone")
        return working.result()
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait((working, leaving))  # by then the question is given up


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class EventStream(StreamingResponse):
    """Sends what `lines` yields, and closes it however the sending ends."""

    media_type = "text/event-stream"

    def __init__(self, lines: AsyncGenerator[str]) -> None:
        super().__init__(lines, headers={"X-Accel-Buffering": "no"})
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        async with aclosing(self._lines):
            await super().__call__(scope, receive, send)


async def begun(events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
    """The same events, of which the first is there already: what refuses a question does so before it, and
    can still be told by the response's status."""
    first = await anext(events)

    async def all_of_them() -> AsyncGenerator[Event]:
        async with aclosing(events):
            yield first
            async for event in events:
                yield event

    return all_of_them()


def sse(fields: dict[str, Any] | str, event: str = "") -> str:
    """One server-sent event."""
    data = fields if isinstance(fields, str) else json_line(fields)
    named = f"event: {event}\n" if event else ""
    return f"{named}data: {data}\n\n"


async def as_sse(events: AsyncGenerator[Event]) -> AsyncGenerator[str]:
    """The events of an answer: retrieved, citation before the sentence with its marker, and finished with the
    whole answer; or error."""
    async with aclosing(events):
        try:
            async for event in events:
                yield sse(*_named(event))
        except Exception as error:
            yield sse(told_midway(error), "error")


def told_midway(error: Exception) -> dict[str, Any]:
    """What a client is told of an error when the status is sent already; the rest goes to the log."""
    if told(error) == BROKEN:
        record("error", error)
    return error_fields(told(error))


def _named(event: Event) -> tuple[dict[str, Any], str]:
    match event:
        case Retrieved(hits):
            return {"hits": [hit.to_dict() for hit in hits]}, "retrieved"
        case Cited(citation):
            return citation.to_dict(), "citation"
        case Wrote(sentence):
            fields = {"text": sentence.text, "citations": list(sentence.citations), "role": sentence.role}
            return fields, "sentence"
        case Finished(answer):
            return answer.to_dict(), "finished"
