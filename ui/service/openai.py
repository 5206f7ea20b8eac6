"""The same answers in the words of OpenAI's chat completions, so that its clients can ask.

The text carries markers such as [1]; what they stand for is in the extra field `citations`, which a stream
gives no later than the text with its marker.
"""

import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from rag import Answer, Citation, Cited, Event, Finished, Wrote
from rag.writing.spending import tokens_in
from ui.service.answers import Asked
from ui.service.streams import sse, told_midway

MODEL = "newscite"


def models() -> dict[str, Any]:
    """The one model there is, as a list."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}


def completion(asked: Asked, answer: Answer) -> dict[str, Any]:
    """An answer as a chat completion."""
    return {
        **_envelope("chat.completion"),
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": answer.text},
                "finish_reason": "stop",
            }
        ],
        "usage": _usage(asked, answer),
        "citations": [citation.to_dict() for citation in answer.citations],
    }


async def chunks(asked: Asked, events: AsyncGenerator[Event], *, with_usage: bool) -> AsyncGenerator[str]:
    """The events of an answer as chunks of a chat completion, a sentence each, ending in [DONE]."""
    envelope = _envelope("chat.completion.chunk")

    def chunk(delta: dict[str, str], finish_reason: str | None = None, **more: Any) -> str:
        return sse(
            {**envelope, "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}], **more}
        )

    async with aclosing(events):
        yield chunk({"role": "assistant", "content": ""})
        try:
            async for piece in _pieces(events):
                match piece:
                    case Answer():
                        yield chunk({}, "stop")
                        if with_usage:
                            yield sse({**envelope, "choices": [], "usage": _usage(asked, piece)})
                    case text, citations:
                        yield chunk(
                            {"content": text}, citations=[citation.to_dict() for citation in citations]
                        )
        except Exception as error:
            yield sse(told_midway(error))
        yield sse("[DONE]")


async def _pieces(events: AsyncGenerator[Event]) -> AsyncGenerator[tuple[str, list[Citation]] | Answer]:
    """The text piece by piece, each with the citations that are new in it, and the whole answer last."""
    new: list[Citation] = []
    before = ""
    async for event in events:
        match event:
            case Cited(citation):
                new.append(citation)
            case Wrote(sentence):
                yield before + sentence.marked(), new
                new, before = [], " "
            case Finished(answer):
                if not before:  # nothing was said, so the reason is
                    yield answer.text, []
                yield answer


def _envelope(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _usage(asked: Asked, answer: Answer) -> dict[str, int]:
    said = " ".join((*(f"{turn.question} {turn.answer}" for turn in asked.history), asked.question))
    prompt = int(answer.timings.get("prompt_tokens", 0)) or tokens_in(said)
    written = int(answer.timings.get("completion_tokens", 0)) or tokens_in(answer.text)
    return {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written}
