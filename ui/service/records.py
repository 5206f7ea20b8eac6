"""One line of JSON a request, on stderr, and its place in the counts. No question, no article text, no
address: what was asked and by whom is nobody's business."""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import StoreError
from ui.service.guard import MCP, is_api
from ui.service.metrics import Metrics
from ui.service.refusals import BROKEN, refusal

_LOGGER = logging.getLogger("newscite.service")


def log_to_stderr() -> None:
    """Let this process write the lines; as a library it writes none."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _LOGGER.handlers = [handler]
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def record(event: str, error: BaseException | None = None, **fields: Any) -> None:
    """Write one line. Of an error its kind and where it was raised; its words may hold what was asked."""
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        line["error"] = type(error).__name__
        if isinstance(error, StoreError):  # these speak of files
            line["message"] = str(error)
        line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    _LOGGER.log(logging.ERROR if error else logging.INFO, json.dumps(line))


class Records:
    """Records each request, and answers what breaks with 500 and no word of why."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        path = scope["path"]  # routing changes the scope
        try:
            await self._app(scope, receive, noting)
        except Exception as error:  # else its traceback would be uvicorn's to print
            record("error", error, route=_route(scope, path))
            if not status:
                await refusal(500, BROKEN)(scope, receive, noting)
        finally:
            self._note(scope, path, status, time.perf_counter() - started)

    def _note(self, scope: Scope, path: str, status: int, seconds: float) -> None:
        route = _route(scope, path)
        self._metrics.request(route, status)
        if route != "page" or path == "/" or status >= 400:  # else the page's many files
            record("request", method=scope["method"], route=route, status=status, seconds=round(seconds, 4))


def _route(scope: Scope, path: str) -> str:
    """The route's pattern, without what a client put into it."""
    if not is_api(path):
        return "page"
    named = MCP if path == MCP else "other"  # only FastAPI notes the route
    return str(getattr(scope.get("route"), "path", named))
