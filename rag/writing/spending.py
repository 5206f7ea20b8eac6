"""What a chat model may spend on one answer, what it did spend, and which of its failures pass."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rag.cite import Draft
from rag.settings import Settings

CHARACTERS_A_TOKEN = 4  # of English, by which tokens are estimated where nobody counts them
_LONGEST_PAUSE = 20.0  # seconds; a model that asks to be left alone for longer is given up
_OVERLOADED = frozenset([409, 425, 429, 500, 502, 503, 504, 529])  # HTTP: too many requests, not now
# Providers' packages raise their own kinds; their names say what happened.
_PASSING_NAMES = ("RateLimit", "TooManyRequests", "ResourceExhausted", "APIConnection", "ServiceUnavailable",
                  "Overloaded", "InternalServer", "ConnectError", "ReadError", "WriteError", "RemoteProtocol",
                  "ConnectionReset", "ChunkedEncoding")  # fmt: skip
_SPENT_UP = ("insufficient_quota", "billing", "exceeded your current quota")  # waiting brings no money


@dataclass(frozen=True)
class Limits:
    """`budget` is the tokens of the sentences put before the model, `max_tokens` those it may write and
    `seconds` how long it may take. `retries` is how often it is asked again when it is overloaded or the
    connection drops, and `pause` the seconds before the first of these; it doubles each time."""

    budget: int = 3000
    max_tokens: int = 500
    seconds: float = 60.0
    retries: int = 2
    pause: float = 0.5


@dataclass(frozen=True)
class Written:
    """What a chat model made of a question, and what it spent: prompt_tokens and completion_tokens as the
    model reports them, else estimated, and llm_seconds."""

    draft: Draft
    spent: Mapping[str, float]


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings name."""
    return Limits(
        settings.chat_budget, settings.chat_max_tokens, settings.chat_timeout, settings.chat_retries
    )


def tokens_in(text: str) -> int:
    """The tokens of `text`, estimated."""
    return -(-len(text) // CHARACTERS_A_TOKEN)


class Meter:
    """Counts what one answer spends, over all attempts at it."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._reported = {"input_tokens": 0, "output_tokens": 0}
        self._estimated = {"input_tokens": 0, "output_tokens": 0}
        self._settled = {"input_tokens": 0, "output_tokens": 0}

    def ask(self, prompt: str) -> None:
        """Note the prompt of one attempt."""
        self._settle()
        self._estimated["input_tokens"] = tokens_in(prompt)

    def read(self, text: str, usage: Mapping[str, Any] | None) -> None:
        """Note a piece of the answer: all the text so far, and what the piece reports."""
        self._estimated["output_tokens"] = tokens_in(text)
        for name in self._reported:
            self._reported[name] += int((usage or {}).get(name) or 0)

    @property
    def seconds(self) -> float:
        """Seconds since it began to count."""
        return time.perf_counter() - self._started

    def spent(self) -> Mapping[str, float]:
        """The fields of `Written.spent`."""
        self._settle()
        return MappingProxyType(
            {
                "prompt_tokens": float(self._settled["input_tokens"]),
                "completion_tokens": float(self._settled["output_tokens"]),
                "llm_seconds": self.seconds,
            }
        )

    def _settle(self) -> None:
        for name in self._settled:
            self._settled[name] += self._reported[name] or self._estimated[name]
            self._reported[name] = self._estimated[name] = 0


def passes(error: BaseException) -> bool:
    """True if the same request may well succeed a little later: too many requests, a server overloaded, a
    connection dropped. Not if the key is refused, the request is wrong, or the time is up."""
    seen = _causes(error)
    status = next((code for each in seen if (code := _status(each))), None)
    if any(word in str(each).lower() for each in seen for word in _SPENT_UP):
        return False
    if status is not None:
        return status in _OVERLOADED
    if any(isinstance(each, TimeoutError) or "Timeout" in type(each).__name__ for each in seen):
        return False
    return any(_is_dropped(each) for each in seen)


def pause_before(attempt: int, error: BaseException, limits: Limits) -> float | None:
    """Seconds to wait before attempt number `attempt`, of which the first again is 1; None where the server
    asks for more than is worth waiting."""
    asked = next((wait for each in _causes(error) if (wait := _retry_after(each)) is not None), None)
    if asked is not None:
        return asked if asked <= _LONGEST_PAUSE else None
    return float(min(limits.pause * 2 ** (attempt - 1) * random.uniform(1.0, 1.25), _LONGEST_PAUSE))


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in found:
        found.append(each)
        each = each.__cause__
    return found


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        for name in ("status_code", "http_status", "code"):
            value = getattr(holder, name, None)
            if isinstance(value, int) and 400 <= value < 600:
                return value
    return None


def _is_dropped(error: BaseException) -> bool:
    names = [kind.__name__ for kind in type(error).__mro__]
    return isinstance(error, ConnectionError) or any(
        part in name for name in names for part in _PASSING_NAMES
    )


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    try:
        return max(float(value), 0.0) if value is not None else None
    except ValueError:  # a date: rare, and the usual pause does
        return None
