"""The service over the shipped sample: what it gives is what the command line gives."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import openai
import pytest
import schemathesis
from gradio_warnings import GRADIO_WARNINGS
from mcp import Client
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from service_server import QUESTION, serving

from evals.datasets import read_shipped_sample
from evals.run import Options, evaluate
from evals.summary import summarise
from rag import Pipeline
from ui.service.schema import AnswerOut, ArticleOut, ChatOut, ModelsOut, SearchOut

pytestmark = GRADIO_WARNINGS

CHECKS = [
    *(not_a_server_error, status_code_conformance),
    *(content_type_conformance, response_schema_conformance),
]


@pytest.fixture(scope="module")
def address(sample_pipeline: Pipeline) -> Iterator[str]:
    with serving(sample_pipeline) as (served, _):
        yield served


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as opened:
        yield opened


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings"}


def events(response: httpx.Response) -> list[tuple[str, Any]]:
    assert response.headers["content-type"].startswith("text/event-stream")
    pairs = []
    for block in response.text.strip().split("\n\n"):
        name, data = block.split("\n")
        pairs.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return pairs


def test_an_answer_is_what_ask_prints(
    client: httpx.Client, newscite: Callable[..., tuple[int, str, str]], sample_store: Path
) -> None:
    given = client.post("/v1/answer", json={"question": QUESTION, "language": "en"}).json()
    _, printed, _ = newscite("ask", QUESTION, "--language", "en", "--store", sample_store, "--json")
    assert untimed(given) == untimed(json.loads(printed))
    assert given["status"] == "answered"
    assert AnswerOut.model_validate(given)


def test_a_question_without_an_answer_gives_the_reason(client: httpx.Client) -> None:
    given = client.post("/v1/answer", json={"question": "Who won the chess olympiad of 1972?"}).json()
    assert given["status"] == "abstained"
    assert given["reason"]
    assert AnswerOut.model_validate(given)


def test_filters_and_history_count(client: httpx.Client, sample_pipeline: Pipeline) -> None:
    outlet = sample_pipeline.answer(QUESTION).citations[0].article.outlet
    narrowed = client.post("/v1/answer", json={"question": QUESTION, "outlet": outlet}).json()
    assert {citation["outlet"] for citation in narrowed["citations"]} == {outlet}
    early = client.post("/v1/answer", json={"question": QUESTION, "as_of": "1999-01-01"}).json()
    assert early["status"] == "abstained"
    followed = client.post(
        "/v1/answer", json={"question": "And why?", "history": [{"question": QUESTION, "answer": "46,000."}]}
    ).json()
    assert "storm" in followed["understood"]


def test_a_stream_gives_citations_before_their_sentences_and_the_answer_last(client: httpx.Client) -> None:
    whole = client.post("/v1/answer", json={"question": QUESTION}).json()
    for options in (
        {"json": {"question": QUESTION, "stream": True}},
        {"json": {"question": QUESTION}, "headers": {"Accept": "text/event-stream"}},
    ):
        told = events(client.post("/v1/answer", **options))
        names = [name for name, _ in told]
        assert names[0] == "retrieved"
        assert names[-1] == "finished"
        known: set[int] = set()
        for name, data in told:
            if name == "citation":
                known.add(data["marker"])
            if name == "sentence":
                assert set(data["citations"]) <= known
        assert [data for name, data in told if name == "citation"] == whole["citations"]
        assert [data for name, data in told if name == "sentence"] == whole["sentences"]
        assert untimed(told[-1][1]) == untimed(whole)


def test_a_stream_that_is_refused_says_so_by_its_status(client: httpx.Client) -> None:
    refused = client.post("/v1/answer", json={"question": " ", "stream": True})
    assert refused.status_code == 422
    assert refused.json() == {"error": {"message": "the question is empty: write one"}}


def test_a_search_is_what_search_prints(
    client: httpx.Client, newscite: Callable[..., tuple[int, str, str]], sample_store: Path
) -> None:
    given = client.post("/v1/search", json={"question": "ferry strike", "k": 3}).json()
    _, printed, _ = newscite("search", "ferry strike", "-k", 3, "--store", sample_store, "--json")
    assert given == json.loads(printed)
    assert len(given["hits"]) == 3
    assert SearchOut.model_validate(given)


def test_an_article_is_what_show_prints_and_holds_the_quote(
    client: httpx.Client, newscite: Callable[..., tuple[int, str, str]], sample_store: Path
) -> None:
    citation = client.post("/v1/answer", json={"question": QUESTION}).json()["citations"][0]
    article_id = citation["article_id"]
    given = client.get(f"/v1/articles/{article_id}").json()
    _, printed, _ = newscite("show", article_id, "--store", sample_store, "--json")
    assert given == json.loads(printed)
    assert given["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert ArticleOut.model_validate(given)


@pytest.mark.parametrize(
    ("path", "body", "status", "message"),
    [
        ("/v1/answer", {"question": "Why?", "since": "yesterday"}, 422, "since 'yesterday' is not a date"),
        ("/v1/answer", {"question": "Why?", "as_of": "soon"}, 422, "as_of 'soon' is not a date"),
        ("/v1/answer", {"question": "?"}, 422, "holds no word"),
        ("/v1/answer", {"question": "why " * 1000}, 422, "shorten it to 2,000"),
        ("/v1/answer", {"quest": "Why?"}, 422, "question: Field required"),
        ("/v1/answer", {"question": "Why?", "outlets": []}, 422, "outlets: Extra inputs are not permitted"),
        ("/v1/search", {"question": "Why?", "k": 0}, 422, "k: Input should be greater than or equal to 1"),
        ("/v1/chat/completions", {"messages": []}, 422, "messages: List should have at least 1 item"),
        (
            "/v1/chat/completions",
            {"messages": [{"role": "system", "content": "Hi"}]},
            422,
            "the question is empty",
        ),
        ("/v1/nothing", {}, 404, "there is nothing at this path"),
        ("/healthz", {}, 405, "this path takes GET"),
        ("/metrics", {}, 405, "this path takes GET"),
        ("/v1/articles/0", {}, 405, "this path takes GET"),
    ],
)
def test_what_is_not_usable_gets_one_clear_line(
    client: httpx.Client, path: str, body: dict[str, Any], status: int, message: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    line = response.json()["error"]["message"]
    assert message in line
    assert "\n" not in line
    assert len(line) <= 301


def test_what_is_no_json_or_no_article_gets_one_clear_line(client: httpx.Client) -> None:
    broken = client.post("/v1/answer", content=b"{", headers={"Content-Type": "application/json"})
    assert (broken.status_code, "is not JSON" in broken.text) == (422, True)
    untyped = client.post(
        "/v1/answer", content=b'{"question": "Why?"}', headers={"Content-Type": "text/plain"}
    )
    assert (untyped.status_code, "Content-Type: application/json" in untyped.text) == (422, True)
    listening = client.get("/mcp", headers={"Accept": "text/event-stream"})
    assert (listening.status_code, "this path takes POST" in listening.text) == (405, True)
    unknown = client.get("/v1/articles/0000000000000000")
    assert (unknown.status_code, "there is no article" in unknown.text) == (404, True)
    version = client.get("/v1/articles/0000000000000000", params={"version": 0})
    assert (version.status_code, "version: Input should" in version.text) == (422, True)


def test_the_official_openai_client_gets_an_answer(address: str, sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer(QUESTION)
    with openai.OpenAI(base_url=f"{address}/v1", api_key="any") as asking:
        assert [model.id for model in asking.models.list()] == ["newscite"]
        said = asking.chat.completions.create(
            model="newscite", messages=[{"role": "user", "content": QUESTION}], temperature=0
        )
        assert said.choices[0].message.content == answer.text
        assert said.choices[0].finish_reason == "stop"
        assert said.usage is not None
        assert said.usage.total_tokens == said.usage.prompt_tokens + said.usage.completion_tokens > 0
        assert [citation["quote"] for citation in extra(said)] == [each.quote for each in answer.citations]
        with pytest.raises(openai.UnprocessableEntityError, match="holds no word"):
            asking.chat.completions.create(model="newscite", messages=[{"role": "user", "content": "?!"}])


def test_the_official_openai_client_gets_a_stream(address: str, sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer(QUESTION)
    with openai.OpenAI(base_url=f"{address}/v1", api_key="any") as asking:
        stream = asking.chat.completions.create(
            model="newscite",
            messages=[{"role": "user", "content": QUESTION}],
            stream=True,
            stream_options={"include_usage": True},
        )
        text, markers, usage = "", [], None
        for chunk in stream:
            markers += [citation["marker"] for citation in extra(chunk)]
            for choice in chunk.choices:
                text += choice.delta.content or ""
            usage = chunk.usage or usage
    assert text == answer.text
    assert markers == [citation.marker for citation in answer.citations]
    assert usage is not None
    assert usage.completion_tokens > 0


def extra(said: Any) -> list[dict[str, Any]]:
    citations: list[dict[str, Any]] = (said.model_extra or {}).get("citations", [])
    return citations


def test_a_chat_without_an_answer_says_why_in_a_stream_too(client: httpx.Client) -> None:
    asked = {"messages": [{"role": "user", "content": "Who won the chess olympiad of 1972?"}]}
    whole = client.post("/v1/chat/completions", json=asked).json()
    assert ChatOut.model_validate(whole)
    streamed = client.post("/v1/chat/completions", json={**asked, "stream": True})
    *chunks, done = streamed.text.strip().split("\n\n")
    assert done == "data: [DONE]"
    text = ""
    for chunk in chunks:
        for choice in json.loads(chunk.removeprefix("data: "))["choices"]:
            text += choice["delta"].get("content", "")
    assert text == whole["choices"][0]["message"]["content"]


def test_earlier_messages_are_the_history_of_a_chat(client: httpx.Client, sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer(QUESTION)
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        {"role": "assistant", "content": answer.text},
        {"role": "user", "content": "And when was it?"},
    ]
    said = client.post("/v1/chat/completions", json={"messages": messages}).json()
    alone = client.post("/v1/chat/completions", json={"messages": messages[-1:]}).json()
    assert said["citations"]
    assert said["choices"] != alone["choices"]
    assert ModelsOut.model_validate(client.get("/v1/models").json())


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_official_mcp_client_asks_searches_and_reads(
    address: str, sample_pipeline: Pipeline, mode: str
) -> None:
    answer = sample_pipeline.answer(QUESTION)
    async with Client(f"{address}/mcp", mode=mode) as asking:
        tools = {tool.name: tool for tool in (await asking.list_tools()).tools}
        assert set(tools) == {"ask", "search", "read_article"}
        assert all(tool.description and tool.output_schema for tool in tools.values())
        said = await asking.call_tool("ask", {"question": QUESTION})
        assert said.structured_content is not None
        assert untimed(said.structured_content) == untimed(json.loads(json.dumps(answer.to_dict())))
        found = await asking.call_tool("search", {"question": "ferry strike", "k": 2})
        assert found.structured_content is not None
        assert len(found.structured_content["hits"]) == 2
        article_id = answer.citations[0].article.id
        read = await asking.call_tool("read_article", {"article_id": article_id})
        assert read.structured_content is not None
        assert read.structured_content["text"] == answer.citations[0].article.text
        refused = await asking.call_tool("ask", {"question": "Why?", "since": "yesterday"})
        assert refused.is_error
        assert "'yesterday' is not a date" in str(refused.content)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_health_and_counts(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    before = counts(client)
    client.post("/v1/answer", json={"question": QUESTION})
    client.post("/v1/answer", json={"question": "?"})
    client.get("/v1/articles/secret-id")
    client.post("/mcp", json=[])
    after = counts(client)

    def grew(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert grew('newscite_answers_total{status="answered"}') == 1
    assert grew('newscite_answers_total{status="refused"}') == 1
    assert grew('newscite_requests_total{route="/v1/answer",status="200"}') == 1
    assert grew('newscite_requests_total{route="/mcp",status="400"}') == 1
    assert grew('newscite_requests_total{route="/v1/answer",status="422"}') == 1
    assert grew('newscite_requests_total{route="/v1/articles/{article_id}",status="404"}') == 1
    for stage in ("retrieve", "rerank", "answer"):
        assert grew(f'newscite_stage_seconds_count{{stage="{stage}"}}') == 1
    assert after["newscite_questions_in_flight"] == 0
    assert "secret-id" not in client.get("/metrics").text


def counts(client: httpx.Client) -> dict[str, float]:
    lines = [line for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_openapi_document_describes_every_route(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    operations = {
        (path, method): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations) == {
        ("/v1/answer", "post"),
        ("/v1/search", "post"),
        ("/v1/articles/{article_id}", "get"),
        ("/v1/chat/completions", "post"),
        ("/v1/models", "get"),
        ("/healthz", "get"),
        ("/metrics", "get"),
    }
    assert all(operation["description"] for operation in operations.values())


@pytest.mark.slow
def test_whatever_fits_the_openapi_document_or_not_is_answered_as_it_says(address: str) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    asked = 0

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in schemathesis.GenerationMode:

            @hypothesis.settings(max_examples=40, deadline=None, database=None, derandomize=True)
            @hypothesis.given(operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                nonlocal asked
                asked += 1
                response = case.call(base_url=address, timeout=30)
                case.validate_response(response, checks=CHECKS)

            ask()
    assert asked > 200


def test_the_service_can_be_evaluated_as_any_remote_system(address: str) -> None:
    result = evaluate(
        read_shipped_sample(), Options(system=f"{address}/v1/answer", limit=8, workers=4), ask_absent=False
    )
    figures = summarise(result.cases)
    assert figures["pointer_validity"].value == 1
    assert figures["pointer_validity"].n > 5
    assert figures["alce_citation_recall"].n > 3
    assert figures["sentence@3"].value
    assert figures["Hits@1"].n == 0  # a remote system is asked, not searched
