"""The service put together: routes, the page, MCP, and the guards before all of them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from fastapi.security import HTTPBearer
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

from index.errors import NewsciteError
from rag import Pipeline, Settings
from ui.addresses import is_loopback
from ui.chat import build_page
from ui.look import page_options
from ui.service import openai
from ui.service.answers import Answers
from ui.service.buckets import Buckets
from ui.service.guard import (
    MCP,
    BodyLimit,
    Credentials,
    NoWebSockets,
    RateLimit,
    SameSite,
    is_api,
)
from ui.service.headers import SecurityHeaders
from ui.service.mcp import mcp_server
from ui.service.metrics import Metrics, WatchedPipeline
from ui.service.records import Records, record
from ui.service.refusals import BROKEN, WAIT, LineResponse, refusal, status_of, told
from ui.service.schema import (
    ERRORS,
    AnswerOut,
    AnswerRequest,
    ArticleOut,
    ChatOut,
    ChatRequest,
    ErrorOut,
    HealthOut,
    ModelsOut,
    SearchOut,
    SearchRequest,
    Version,
)
from ui.service.streams import EventStream, as_sse, begun, while_connected
from ui.service.users import Doorkeeper, read_users

_DESCRIPTION = (
    "Answers questions about news articles; every sentence cites the exact source passage. Each answer is "
    "the JSON of `newscite ask --json`. Where a token is set, every route but /healthz wants it as "
    "`Authorization: Bearer …`, and where users are set a name and password as HTTP Basic. An MCP "
    "server is at /mcp."
)
_SSE_EXAMPLE = (
    'event: retrieved\\ndata: {"hits": […]}\\n\\nevent: citation\\ndata: {"marker": 1, …}\\n\\n'
    'event: sentence\\ndata: {"text": "…", "citations": [1], "role": "direct"}\\n\\n'
    'event: finished\\ndata: {"question": "…", …}\\n\\n'
)
_PASSWORDS = 120  # checked a minute for one address, where any number of requests is taken
# No library may record or send what is asked.
_NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


def build_app(pipeline: Pipeline, settings: Settings) -> FastAPI:
    """The service over `pipeline`, which stays the caller's to close.

    Call it where an event loop runs: Gradio would else make one and never close it. `app.state.stop_pages`
    ends what open pages listen to.
    """
    metrics = Metrics()
    watched = WatchedPipeline(pipeline, metrics)
    answers = Answers(watched, simultaneous=settings.simultaneous, seconds=settings.answer_timeout)
    mcp = mcp_server(answers)
    mcp_routes = _mcp_routes(mcp)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with mcp.session_manager.run():
            yield
        answers.close()

    app = FastAPI(
        title="newscite",
        version=version("newscite"),
        description=_DESCRIPTION,
        docs_url=None,  # these pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        telemetry=_NO_TELEMETRY,
        default_response_class=LineResponse,
        dependencies=[
            Depends(HTTPBearer(auto_error=False, description="The service's token, if one is set."))
        ],
    )
    _refuse_in_one_line(app)
    _add_answers(app, answers)
    _add_openai(app, answers)
    _add_operation(app, answers, metrics)
    app.router.routes.extend(mcp_routes)
    app.router.routes.append(NothingElse(list(app.routes)))
    look = page_options()
    _mount_page(app, watched, settings, look)
    _guard(app, settings, metrics, look["head"])
    return app


def _refuse_in_one_line(app: FastAPI) -> None:
    """Give every error as `refusal` does, and none with its traceback."""

    @app.exception_handler(NewsciteError)
    async def of_ours(_: Request, error: NewsciteError) -> Response:
        if told(error) == BROKEN:
            record("error", error)
        status = status_of(error)
        return refusal(status, told(error), WAIT if status == 503 else None)

    @app.exception_handler(RequestValidationError)
    async def of_the_request(_: Request, error: RequestValidationError) -> Response:
        return refusal(422, _first_problem(error))

    @app.exception_handler(HTTPException)
    async def of_http(_: Request, error: HTTPException) -> Response:
        unreadable = "the request can't be read: send a JSON object in UTF-8"
        message = unreadable if error.status_code == 400 else str(error.detail)
        return refusal(error.status_code, message, error.headers)


def _first_problem(error: RequestValidationError) -> str:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return "the request is not JSON: send a JSON object"
    where = ".".join(str(part) for part in first["loc"][1:])
    if not where:
        return "the request has no JSON object: send one, with Content-Type: application/json"
    return f"{where}: {first['msg']}"


def _add_answers(app: FastAPI, answers: Answers) -> None:
    @app.post(
        "/v1/answer",
        tags=["answers"],
        responses={
            200: {"model": AnswerOut, "content": {"text/event-stream": {"example": _SSE_EXAMPLE}}},
            **ERRORS,
        },
    )
    async def answer(asked: AnswerRequest, request: Request) -> Response:
        """Answer a question, every sentence citing spans of stored articles.

        With `stream: true`, or `Accept: text/event-stream`, the answer comes as server-sent events:
        `retrieved`, then `citation` before the `sentence` that carries its marker, and `finished` with the
        whole answer; or `error`.
        """
        question = asked.asked()
        if asked.stream or "text/event-stream" in request.headers.get("accept", ""):
            return EventStream(as_sse(await begun(answers.stream(question))))
        return LineResponse((await while_connected(request, answers.answer(question))).to_dict())

    @app.post("/v1/search", tags=["answers"], responses={200: {"model": SearchOut}, **ERRORS})
    async def search(asked: SearchRequest) -> Response:
        """Find the passages that best match a question, best first."""
        hits = await answers.search(asked.asked(), asked.k)
        return LineResponse({"question": asked.question, "hits": [hit.to_dict() for hit in hits]})

    @app.get(
        "/v1/articles/{article_id}",
        tags=["articles"],
        responses={
            200: {"model": ArticleOut},
            404: {"model": ErrorOut, "description": "There is no such article."},
            **ERRORS,
        },
    )
    async def article(article_id: str, version: Version = None) -> Response:
        """A stored article, for checking a citation: `text[start:end]` is its `quote`."""
        return LineResponse((await answers.article(article_id, version)).to_dict())


def _add_openai(app: FastAPI, answers: Answers) -> None:
    @app.post("/v1/chat/completions", tags=["OpenAI"], responses={200: {"model": ChatOut}, **ERRORS})
    async def chat_completions(chat: ChatRequest, request: Request) -> Response:
        """Answer the last user message, as OpenAI's chat completions do.

        Its text carries markers such as [1]; the extra field `citations` says what they stand for. With
        `stream: true` it comes in chunks, a sentence each with the citations new in it, and `[DONE]` last.
        """
        asked = chat.asked()
        if not chat.stream:
            said = await while_connected(request, answers.answer(asked))
            return LineResponse(openai.completion(asked, said))
        with_usage = chat.stream_options is not None and chat.stream_options.include_usage
        events = await begun(answers.stream(asked))
        return EventStream(openai.chunks(asked, events, with_usage=with_usage))

    @app.get("/v1/models", tags=["OpenAI"], responses={200: {"model": ModelsOut}, **ERRORS})
    async def models() -> Response:
        """The one model there is."""
        return LineResponse(openai.models())


def _add_operation(app: FastAPI, answers: Answers, metrics: Metrics) -> None:
    @app.get(
        "/healthz",
        tags=["operation"],
        responses={200: {"model": HealthOut}, 503: {"model": ErrorOut, "description": "The store does not."}},
    )
    async def healthz() -> Response:
        """Whether the store answers. Wants no token."""
        await answers.check()
        return LineResponse({"status": "ok"})

    @app.get("/metrics", tags=["operation"], response_class=PlainTextResponse, responses=ERRORS)
    async def prometheus() -> Response:
        """Counts for Prometheus: requests, answers, seconds by stage, questions in flight."""
        return Response(metrics.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)


def _mcp_routes(mcp: MCPServer) -> list[Route]:
    """Each request to it stands alone, so there is nothing to listen for with GET or to end with DELETE."""
    checked_before = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # by SameSite
    served = mcp.streamable_http_app(
        json_response=True, stateless_http=True, transport_security=checked_before
    )
    return [
        Route(MCP, route.endpoint, methods=["POST"]) for route in served.routes if isinstance(route, Route)
    ]


class NothingElse(BaseRoute):
    """Answers, of the paths that are not the page's, what no route before it did; else the page, which is
    mounted on every path, would."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = [route for route in routes if isinstance(route, Route)]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whatever path is not the page's."""
        is_ours = scope["type"] == "http" and is_api(scope["path"])
        return (Match.FULL if is_ours else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say which methods there are, or that there is nothing."""
        known = [route for route in self._routes if route.matches(scope)[0] is Match.PARTIAL]
        methods = ", ".join(sorted({method for route in known for method in route.methods or ()}))
        if methods:
            response = refusal(405, f"this path takes {methods}", {"Allow": methods})
        else:
            response = refusal(404, "there is nothing at this path: /openapi.json lists those there are")
        await response(scope, receive, send)


def _mount_page(app: FastAPI, pipeline: Pipeline, settings: Settings, look: dict[str, Any]) -> None:
    import gradio as gr
    from gradio.routes import App as GradioApp

    gr.mount_gradio_app(
        app,
        build_page(pipeline),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        show_error=False,
        app_kwargs={"telemetry": _NO_TELEMETRY},
        **look,
    )
    app.state.stop_pages = next(
        route.app.stop_event.set
        for route in app.routes
        if isinstance(route, Mount) and isinstance(route.app, GradioApp)
    )


def _guard(app: FastAPI, settings: Settings, metrics: Metrics, head: str) -> None:
    """Put the guards before every route, the innermost first."""
    app.add_middleware(CORSMiddleware)  # allows no origin; without it Gradio would allow every one
    app.add_middleware(BodyLimit, size=settings.max_request_kb * 1024, upload=settings.max_file_mb * 1024**2)
    buckets = Buckets(settings.rate or _PASSWORDS)
    token = settings.token.get_secret_value()
    doorkeeper = Doorkeeper(read_users(settings.users), buckets) if settings.users else None
    if token or doorkeeper:
        app.add_middleware(Credentials, token=token, doorkeeper=doorkeeper)
    if settings.rate:
        app.add_middleware(RateLimit, buckets=buckets)
    app.add_middleware(SameSite, loopback=is_loopback(settings.host))
    app.add_middleware(Records, metrics=metrics)
    app.add_middleware(SecurityHeaders, head=head)
    app.add_middleware(NoWebSockets)
