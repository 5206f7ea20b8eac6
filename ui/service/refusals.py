"""What is not answered, as one clear line of JSON: {"error": {"message": …}}."""

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse

from index.errors import ChatModelError, InputError, NewsciteError, StoreError
from ui.json_lines import json_line
from ui.versions import UnknownArticle

BROKEN = "something went wrong in the service: its log says what"
WAIT = {"Retry-After": "5"}  # seconds
_LONGEST = 300  # characters of a message


class Overloaded(NewsciteError):
    """No slot came free in time for a question."""


class TookTooLong(NewsciteError):
    """An answer was not there in time."""


_STATUSES: tuple[tuple[type[NewsciteError], int], ...] = (  # the first that fits
    (UnknownArticle, 404),
    (InputError, 422),
    (Overloaded, 503),
    (TookTooLong, 504),
    (ChatModelError, 502),
    (StoreError, 503),
)


class LineResponse(JSONResponse):
    """JSON as the command line prints it."""

    def render(self, content: Any) -> bytes:
        """One line, without its end."""
        return json_line(content).encode()


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as every route gives it."""
    return LineResponse(error_fields(message), status, headers)


def error_fields(message: str) -> dict[str, Any]:
    """An error's JSON; a very long message is cut."""
    shown = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
    return {"error": {"message": shown}}


def status_of(error: NewsciteError) -> int:
    """The HTTP status that says what kind of error it is."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def told(error: Exception) -> str:
    """What a client is told of an error: what it can mend itself, or else where to look. Paths of this
    machine and the like stay in the log."""
    return str(error) if isinstance(error, (InputError, Overloaded, TookTooLong)) else BROKEN
