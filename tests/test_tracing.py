"""Spans of questions: they nest, end, and hold figures and never a word of what was asked or is stored."""

import asyncio
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from gradio_warnings import GRADIO_WARNINGS
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from mcp import Client
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from service_server import QUESTION, serving, wait_until

from index.errors import InputError
from index.schema import Span
from rag import Pipeline
from rag.support import unsupported_because
from rag.tracing import Tracing
from ui.service.tracing import traced

pytestmark = GRADIO_WARNINGS

STOLEN = "What did thieves steal from the Maritime Museum?"
WRITTEN = "Thieves broke into the Maritime Museum [{number}]. They took 17 paintings [{number}]."


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracing(spans: InMemorySpanExporter) -> Iterator[Tracing]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    yield Tracing(provider)
    provider.shutdown()


@pytest.fixture
def quoting(sample_pipeline: Pipeline, tracing: Tracing) -> Pipeline:
    return Pipeline(sample_pipeline.store, tracing=tracing)


class Pointing(GenericFakeChatModel):
    """Writes about the museum, pointing at the sentence that tells of it; then raises, if it is to."""

    model_name: str = "scripted-1"
    fails: bool = False

    def _stream(self, messages: Any, *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        shown = re.search(r"\[(\d+)\] Thieves broke into", str(messages[-1].content))
        assert shown
        first, second = WRITTEN.format(number=shown[1]).split(". ")
        for piece in (f"{first}. ", second):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        if self.fails:
            raise RuntimeError(f"while asked {STOLEN}")


def writing(pipeline: Pipeline, tracing: Tracing, judge: Any = unsupported_because, **model: Any) -> Pipeline:
    return Pipeline(pipeline.store, Pointing(messages=iter(()), **model), judge=judge, tracing=tracing)


def named(spans: InMemorySpanExporter, name: str) -> list[ReadableSpan]:
    return [span for span in spans.get_finished_spans() if span.name == f"newscite.{name}"]


def only(spans: InMemorySpanExporter, name: str) -> ReadableSpan:
    (span,) = named(spans, name)
    return span


def figures(span: ReadableSpan) -> dict[str, Any]:
    return {name.removeprefix("newscite."): value for name, value in (span.attributes or {}).items()}


def seconds(span: ReadableSpan) -> float:
    assert span.end_time is not None
    assert span.start_time is not None
    return (span.end_time - span.start_time) / 1e9


def test_the_stages_of_a_quoted_answer_are_below_it(quoting: Pipeline, spans: InMemorySpanExporter) -> None:
    answer = quoting.answer(QUESTION)

    whole = only(spans, "answer")
    stages = [span for span in spans.get_finished_spans() if span is not whole]
    assert [span.name for span in stages] == ["newscite.retrieve", "newscite.rerank", "newscite.extract"]
    assert whole.parent is None
    assert whole.context is not None
    for before, span in zip([None, *stages], stages, strict=False):
        assert span.parent is not None
        assert span.parent.span_id == whole.context.span_id
        assert (whole.start_time or 0) <= (span.start_time or 0) <= (span.end_time or 0)
        assert before is None or (before.end_time or 0) <= (span.start_time or 0)
        assert (span.end_time or 0) <= (whole.end_time or 0)
    told = figures(whole)
    assert told["status"] == answer.status == "answered"
    assert told["confidence"] == answer.confidence
    assert told["citations"] == len(answer.citations)
    assert 0 < told["articles"] <= told["passages"] == 20
    assert figures(stages[0])["passages"] >= told["passages"]
    assert figures(stages[0])["embedding_model"] == quoting.store.embedder.identity
    assert seconds(stages[0]) == pytest.approx(answer.timings["retrieve"], abs=0.1)


def test_of_a_written_answer_the_checks_are_timed_and_nothing_else(
    sample_pipeline: Pipeline, tracing: Tracing, spans: InMemorySpanExporter
) -> None:
    def slow_judge(sentence: str, quotes: Sequence[Span]) -> str:
        time.sleep(0.05)
        return unsupported_because(sentence, quotes)

    answer = writing(sample_pipeline, tracing, slow_judge).answer(STOLEN)

    assert (answer.status, len(answer.sentences)) == ("partial", 1)
    checks = named(spans, "verify")
    assert [figures(span) for span in checks] == [
        {"quotes": 1, "supported": True},
        {"quotes": 1, "supported": False},
    ]
    assert all(0.05 <= seconds(span) < 0.5 for span in checks)
    whole, wrote = only(spans, "answer"), only(spans, "generate")
    assert whole.context is not None
    assert [span.parent and span.parent.span_id for span in (*checks, wrote)] == [whole.context.span_id] * 3
    assert figures(wrote)["chat_model"] == "scripted-1"
    assert figures(wrote)["completion_tokens"] == figures(whole)["completion_tokens"] > 0
    assert figures(whole)["prompt_tokens"] == answer.timings["prompt_tokens"]


def test_no_attribute_holds_a_word_of_a_question_or_an_article(
    sample_pipeline: Pipeline, tracing: Tracing, spans: InMemorySpanExporter
) -> None:
    asked = [QUESTION, STOLEN, "Where did the mayor of Tarn, Brannwick or Velloway go?"]
    quoting = Pipeline(sample_pipeline.store, tracing=tracing)
    written = writing(sample_pipeline, tracing, fails=True)
    said = [pipeline.answer(question) for pipeline in (quoting, written) for question in (STOLEN,)]
    said += [quoting.answer(question) for question in asked]
    quoting.search(QUESTION)
    with pytest.raises(InputError):
        quoting.answer(STOLEN, as_of="the day of the theft")

    kept = "\n".join(span.to_json() for span in spans.get_finished_spans()).lower()
    articles = [citation.article for answer in said for citation in answer.citations]
    assert len({article.id for article in articles}) > 3
    secret = {question.lower() for question in asked} | {"the day of the theft"}
    for article in articles:
        secret |= {article.title.lower(), article.outlet.lower(), article.source.lower(), article.id}
        secret |= set(re.findall(r"\w{9,}", article.text.lower()))
    secret -= {"", "confidence"}  # a word of the spans' own
    assert len(secret) > 50
    assert [word for word in secret if word in kept] == []
    for span in spans.get_finished_spans():
        assert not span.events  # where exceptions' messages would be
        assert not span.status.description
        texts = {name: value for name, value in figures(span).items() if isinstance(value, str)}
        assert set(texts) <= {"status", "embedding_model", "chat_model", "error.type"}


def test_a_reader_that_leaves_ends_the_spans_and_leaves_no_context_behind(
    sample_pipeline: Pipeline, tracing: Tracing, spans: InMemorySpanExporter
) -> None:
    events = iter(writing(sample_pipeline, tracing).stream(STOLEN))
    while type(next(events)).__name__ != "Wrote":
        assert not trace.get_current_span().get_span_context().is_valid
    assert not trace.get_current_span().get_span_context().is_valid
    assert not named(spans, "answer")
    del events  # as whoever drops a stream does

    assert figures(only(spans, "answer"))["status"] == "stopped"
    assert only(spans, "answer").status.status_code is StatusCode.UNSET
    assert figures(only(spans, "generate"))["status"] == "stopped"
    assert len(named(spans, "verify")) == 1


def test_who_stops_at_the_finished_answer_has_the_whole_of_it(
    quoting: Pipeline, spans: InMemorySpanExporter
) -> None:
    for event in quoting.stream(QUESTION):
        if type(event).__name__ == "Finished":
            break

    assert figures(only(spans, "answer"))["status"] == "answered"


def test_streams_that_take_turns_keep_their_own_spans(quoting: Pipeline, spans: InMemorySpanExporter) -> None:
    one, other = quoting.stream(QUESTION), quoting.stream(STOLEN)
    while any([next(one, None), next(other, None)]):
        pass

    wholes = {span.context.span_id for span in named(spans, "answer") if span.context}
    below = [span.parent.span_id for span in named(spans, "extract") if span.parent]
    assert len(wholes) == 2
    assert set(below) == wholes


def test_a_stream_nests_under_the_span_that_is_current_where_it_is_begun(
    quoting: Pipeline, spans: InMemorySpanExporter
) -> None:
    with TracerProvider().get_tracer("a program").start_as_current_span("its own work") as mine:
        quoting.answer(QUESTION)

    parent = only(spans, "answer").parent
    assert parent is not None
    assert parent.span_id == mine.get_span_context().span_id


def test_an_error_ends_the_spans_and_is_told_by_its_kind_alone(
    sample_pipeline: Pipeline, quoting: Pipeline, tracing: Tracing, spans: InMemorySpanExporter
) -> None:
    def broken_judge(sentence: str, quotes: Sequence[Span]) -> str:
        raise LookupError(f"of {sentence}")

    with pytest.raises(InputError):
        quoting.answer("?!")
    with pytest.raises(LookupError):
        writing(sample_pipeline, tracing, broken_judge).answer(STOLEN)

    refused, broke = named(spans, "answer")
    failed = [refused, broke, only(spans, "generate"), only(spans, "verify")]
    assert [span.status.status_code for span in failed] == [StatusCode.ERROR] * 4
    assert [figures(span)["error.type"] for span in failed] == ["InputError", *["LookupError"] * 3]


def test_a_model_that_fails_is_an_error_of_its_stage_and_not_of_the_answer(
    sample_pipeline: Pipeline, tracing: Tracing, spans: InMemorySpanExporter
) -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage(content="NO ANSWER")]))

    assert Pipeline(sample_pipeline.store, model, tracing=tracing).answer(STOLEN).status == "answered"

    assert figures(only(spans, "generate"))["error.type"] == "ChatModelError"
    assert only(spans, "answer").status.status_code is StatusCode.UNSET


def test_the_service_records_these_spans_and_no_library_others(
    quoting: Pipeline, spans: InMemorySpanExporter
) -> None:
    async def ask_tool(address: str) -> None:
        async with Client(f"{address}/mcp") as client:
            await client.call_tool("ask", {"question": QUESTION})

    with serving(quoting) as (address, _):
        body = {"question": QUESTION, "stream": True}
        assert "event: finished" in httpx.post(f"{address}/v1/answer", json=body).text
        asyncio.run(ask_tool(address))
        httpx.post(f"{address}/v1/search", json={"question": QUESTION})
        wait_until(lambda: named(spans, "search"))

    assert [figures(span)["status"] for span in named(spans, "answer")] == ["answered"] * 2
    assert all(span.name.startswith("newscite.") for span in spans.get_finished_spans())
    assert not isinstance(trace.get_tracer_provider(), TracerProvider)


def test_a_client_that_leaves_the_service_ends_the_spans(
    sample_pipeline: Pipeline, tracing: Tracing, spans: InMemorySpanExporter
) -> None:
    checking, go_on = threading.Event(), threading.Event()

    def held_judge(sentence: str, quotes: Sequence[Span]) -> str:
        checking.set()
        assert go_on.wait(30)
        return ""

    pipeline = writing(sample_pipeline, tracing, held_judge)
    with (
        serving(pipeline) as (address, _),
        httpx.stream("POST", f"{address}/v1/answer", json={"question": STOLEN, "stream": True}) as response,
    ):
        told = response.iter_text()
        assert next(told).startswith("event: retrieved")
        assert checking.wait(30)
        response.close()
        gone = 'newscite_requests_total{route="/v1/answer",status="200"} 1.0'
        wait_until(lambda: gone in httpx.get(f"{address}/metrics").text)
        go_on.set()
        wait_until(lambda: named(spans, "answer"))

    assert figures(only(spans, "answer"))["status"] == "stopped"
    assert len(named(spans, "verify")) == 1


def test_spans_are_sent_where_the_variables_say(
    sample_pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever).start()
        variables = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_port}"}
        for name, value in {**variables, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}.items():
            monkeypatch.setenv(name, value)
        with traced(variables) as provider:
            Pipeline(sample_pipeline.store, tracing=Tracing(provider)).answer(QUESTION)
        collector.shutdown()

    ((path, told),) = received
    assert path == "/v1/traces"
    assert all(part in told for part in (b"newscite.answer", b"newscite.retrieve", b"service.name"))
    assert b"homes" not in told


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"},
        {"OTEL_SDK_DISABLED": "true", "OTEL_TRACES_EXPORTER": "otlp"},
    ],
)
def test_without_the_variables_nothing_is_recorded(variables: dict[str, str]) -> None:
    with traced(variables) as provider:
        assert provider is None


@pytest.mark.parametrize("exporter", ["zipkin", "otlp, zipkin"])
def test_an_exporter_that_is_not_installed_is_one_clear_line(
    newscite: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    exporter: str,
    tmp_path: Any,
) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", exporter)

    status, printed, line = newscite("serve", "--store", tmp_path / "none", "--port", "7869")

    assert (status, printed) == (1, "")
    assert line.startswith(
        "newscite: OTEL_… variables ask for traces, but the exporter 'zipkin' (zipkin) is not"
    )
    assert "pip install 'newscite[tracing]'" in line
    assert line.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_without_the_extra_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)  # as if not installed

    with (
        pytest.raises(InputError, match=r"OpenTelemetry's SDK is not installed: pip install 'newscite\[tra"),
        traced({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}),
    ):
        pass
