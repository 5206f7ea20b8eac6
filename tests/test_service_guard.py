"""Who may ask the service, from where, how often and how much, and what it tells browsers and logs."""

import asyncio
import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_warnings import GRADIO_WARNINGS
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from pydantic import SecretStr
from service_server import QUESTION, TOKEN, Gated, free_port, serving, wait_until

from index.errors import InputError, StoreError
from rag import Event, Pipeline, Settings
from ui.service.app import NothingElse
from ui.service.buckets import Buckets
from ui.service.server import check_bind

pytestmark = GRADIO_WARNINGS

ANSWER = {"question": QUESTION}
STREAM = {"question": QUESTION, "stream": True}


@pytest.fixture(scope="module")
def address(sample_pipeline: Pipeline) -> Iterator[str]:
    with serving(sample_pipeline) as (served, _):
        yield served


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_other_machines_are_not_served_without_a_token(
    newscite: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "news.example"):
        status, printed, line = newscite("serve", "--host", host, "--store", tmp_path / "none")
        assert (status, printed) == (1, "")
        assert line.startswith(f"newscite: {host} can be reached from other machines: set NEWSCITE_TOKEN")
        assert line.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("token", ["short", "sixteen letters\n", "sixteen lettérs!"])
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(InputError, match="NEWSCITE_TOKEN must be 16 ASCII characters") as refused:
        check_bind(Settings(host="127.0.0.1", port=free_port(), token=SecretStr(token)))
    assert token not in str(refused.value)


def test_with_a_token_other_machines_may_be_served() -> None:
    check_bind(Settings(host="0.0.0.0", port=free_port(), token=SecretStr(TOKEN)))


def test_with_a_token_every_route_but_health_refuses_without_it(sample_pipeline: Pipeline) -> None:
    with (
        serving(sample_pipeline, host="0.0.0.0", token=TOKEN) as (address, app),
        httpx.Client(base_url=address) as client,
    ):
        asked = 0
        found = dict(every_route(app.routes))
        assert {"/v1/answer", "/mcp", "/metrics", "/openapi.json", "/"} < set(found)
        assert any(path.endswith("/queue/join") for path in found)
        for path, methods in found.items():
            for method in methods:
                for headers in ({}, bearer("wrong" * 4), basic("wrong" * 4), {"Authorization": "Basic %"}):
                    response = client.request(method, path, headers=headers)
                    assert response.status_code == (200 if path == "/healthz" else 401), (method, path)
                    asked += 1
        assert asked > 200
        for path in ("/", "/config", "/gradio_api/info", "/v1/models", "/metrics", "/openapi.json"):
            for headers in (bearer(TOKEN), basic(TOKEN)):
                assert client.get(path, headers=headers).status_code == 200, path
        assert client.get("/").headers["www-authenticate"].startswith("Basic")
        assert client.get("/v1/models").headers["www-authenticate"] == "Bearer"
        assert client.post("/v1/answer", json=ANSWER, headers=bearer(TOKEN)).json()["status"] == "answered"


def every_route(routes: Any, above: str = "") -> Iterator[tuple[str, list[str]]]:
    """Paths and methods of all routes, those of the page too."""
    for route in routes:
        if nested := getattr(getattr(route, "original_router", route), "routes", None):
            yield from every_route(nested, above + getattr(route, "path", ""))
        elif not isinstance(route, NothingElse):  # which is what is left of the paths
            yield above + route.path, sorted({*(route.methods or ("GET", "POST"))} - {"HEAD", "OPTIONS"})


def test_on_this_machine_only_its_own_names_are_answered(address: str) -> None:
    port = address.rpartition(":")[2]
    with httpx.Client(base_url=address) as client:
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost", f"[::1]:{port}"):
            assert client.get("/healthz", headers={"Host": host}).status_code == 200
        for host in (
            "evil.example",
            f"evil.example:{port}",
            "localhost.evil.example",
            "",
            "[",
            "127.0.0.1@x",
        ):
            for path in ("/healthz", "/", "/v1/models"):
                refused = client.get(path, headers={"Host": host})
                assert refused.status_code == 403
                assert "use that as the host" in refused.json()["error"]["message"]


def test_no_page_of_another_site_can_ask_or_read(address: str) -> None:
    foreign = (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": address.replace("http", "https")[:-1]},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": address},
    )
    with httpx.Client(base_url=address) as client:
        for headers in foreign:
            for path in ("/v1/answer", "/mcp", "/gradio_api/queue/join", "/login"):
                refused = client.post(path, json=ANSWER, headers=headers)
                assert refused.status_code == 403, (path, headers)
        for headers in ({"Origin": address}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
            assert client.post("/v1/search", json=ANSWER, headers=headers).status_code == 200
        for method in ("GET", "OPTIONS"):
            for path in ("/", "/v1/models", "/gradio_api/info"):
                headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
                response = client.request(method, path, headers=headers)
                assert "access-control-allow-origin" not in response.headers


def test_browsers_are_told_to_run_and_frame_nothing_else(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        responses = [client.get(path) for path in ("/", "/v1/models", "/v1/nothing", "/nothing", "/healthz")]
        responses += [client.get("/", headers={"Host": "evil.example"}), client.post("/v1/answer", json={})]
    for response in responses:
        headers = response.headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers
    page, api = responses[0].headers, responses[1].headers
    assert "default-src 'self'" in page["content-security-policy"]
    scripts = page["content-security-policy"].partition("script-src ")[2].partition(";")[0]
    assert "unsafe-inline" not in scripts
    assert scripts.count("'sha256-") > 2
    assert api["content-security-policy"].startswith("default-src 'none'")
    assert api["cache-control"] == "no-store"


def test_a_large_request_is_refused_whether_or_not_it_says_its_size(sample_pipeline: Pipeline) -> None:
    large = json.dumps({"question": "why " * 3000}).encode()

    def in_pieces() -> Iterator[bytes]:
        for start in range(0, len(large), 1000):
            yield large[start : start + 1000]

    json_type = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    with (
        serving(sample_pipeline, max_request_kb=8) as (address, _),
        httpx.Client(base_url=address, headers=json_type) as client,
    ):
        for path in ("/v1/answer", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join"):
            assert client.post(path, content=large).status_code == 413, path
            assert client.post(path, content=in_pieces()).status_code == 413, path
        refused = client.post("/v1/answer", content=large)
        assert refused.json() == {"error": {"message": "the request is larger than 8,192 bytes: send less"}}
        assert client.post("/v1/search", json=ANSWER).status_code == 200


def test_too_many_requests_are_refused_with_the_time_to_wait(sample_pipeline: Pipeline) -> None:
    with (
        serving(sample_pipeline, rate=3) as (address, _),
        httpx.Client(base_url=address) as client,
    ):
        assert [client.get("/v1/models").status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = client.post("/v1/answer", json=ANSWER)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 20
        assert "more than 3 requests a minute" in refused.json()["error"]["message"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/").status_code == 200


def test_a_bucket_fills_again_and_each_client_has_its_own() -> None:
    now = [0.0]
    buckets = Buckets(rate=60, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(61)] == [0.0] * 60 + [1.0]
    assert buckets.take("b") == 0
    now[0] = 0.5
    assert buckets.take("a") == 1
    now[0] = 2
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 1]
    for client in range(20_000):
        buckets.take(str(client))
    assert len(buckets) == 10_000


def test_a_client_that_leaves_midway_frees_its_slot(sample_pipeline: Pipeline) -> None:
    gated = Gated(sample_pipeline)
    with (
        serving(gated, simultaneous=1, answer_timeout=20) as (address, _),
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        for path, body in (
            ("/v1/answer", STREAM),
            ("/v1/chat/completions", {"messages": [{"role": "user", "content": QUESTION}], "stream": True}),
        ):
            gated.gate.release()
            with client.stream("POST", path, json=body) as response:
                told = response.iter_text()  # which hangs up when it is dropped
                assert next(told)
                wait_until(lambda: gated.waiting == 1)
            ended = f'newscite_requests_total{{route="{path}",status="200"}} 1.0'
            wait_until(lambda ended=ended: ended in client.get("/metrics").text)
            gated.gate.release()  # the event that it was at, and no other
            wait_until(lambda: in_flight(client) == 0)
        with pytest.raises(httpx.ReadTimeout):
            client.post("/v1/answer", json=ANSWER, timeout=0.5)
        wait_until(lambda: 'route="/v1/answer",status="499"} 1.0' in client.get("/metrics").text)
        gated.gate.release()
        wait_until(lambda: in_flight(client) == 0)
        gated.gate.release(1000)
        assert client.post("/v1/answer", json=ANSWER).json()["status"] == "answered"
        assert 'newscite_answers_total{status="stopped"} 3.0' in client.get("/metrics").text


def in_flight(client: httpx.Client) -> float:
    line = next(
        line
        for line in client.get("/metrics").text.splitlines()
        if line.startswith("newscite_questions_in_flight ")
    )
    return float(line.split()[1])


def test_twenty_can_ask_at_once_and_the_rest_still_works(sample_pipeline: Pipeline) -> None:
    gated = Gated(sample_pipeline)
    with (
        serving(gated) as (address, _),
        httpx.Client(base_url=address, timeout=30) as client,
        ThreadPoolExecutor(21) as clients,
    ):
        asked = [clients.submit(client.post, "/v1/answer", json=ANSWER) for _ in range(21)]
        wait_until(lambda: in_flight(client) == 20, 30)
        assert client.get("/healthz").status_code == 200
        gated.gate.release(1000)
        assert [each.result().status_code for each in asked] == [200] * 21
        wait_until(lambda: in_flight(client) == 0)


def test_what_takes_too_long_or_waits_too_long_is_given_up(sample_pipeline: Pipeline) -> None:
    gated = Gated(sample_pipeline)
    with (
        serving(gated, simultaneous=1, answer_timeout=1) as (address, _),
        httpx.Client(base_url=address, timeout=30) as client,
        ThreadPoolExecutor(1) as clients,
    ):
        first = clients.submit(client.post, "/v1/answer", json=ANSWER)
        wait_until(lambda: in_flight(client) == 1)
        waiting = client.post("/v1/answer", json=ANSWER)
        assert (waiting.status_code, waiting.headers["retry-after"]) == (503, "5")
        assert "too many questions are waiting" in waiting.json()["error"]["message"]
        assert first.result().status_code == 504
        assert "no answer within 1 seconds" in first.result().json()["error"]["message"]
        gated.gate.release()  # of the first, which then ends
        wait_until(lambda: in_flight(client) == 0)
        gated.gate.release()
        streamed = client.post("/v1/answer", json=STREAM)
        assert streamed.text.startswith("event: retrieved")
        assert streamed.text.strip().rpartition("\n\n")[2].startswith("event: error")
        gated.gate.release(1000)


class Broken(Pipeline):
    """A pipeline whose store goes away after the first event, or breaks before it."""

    def __init__(self, pipeline: Pipeline, error: Exception) -> None:
        super().__init__(pipeline.store)
        self.error = error

    def stream(self, question: str, **options: Any) -> Iterator[Event]:
        if "midway" in question:
            yield next(iter(super().stream(question, **options)))
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("of /home/someone"), 500), (StoreError("no room in /home/someone"), 503)],
)
def test_what_breaks_is_told_to_the_log_and_not_to_the_client(
    sample_pipeline: Pipeline, caplog: pytest.LogCaptureFixture, error: Exception, status: int
) -> None:
    with (
        serving(Broken(sample_pipeline, error)) as (address, _),
        httpx.Client(base_url=address) as client,
        caplog.at_level("INFO", "newscite.service"),
    ):
        whole = client.post("/v1/answer", json={"question": "What of the secret plan?"})
        midway = client.post("/v1/answer", json={"question": "What midway?", "stream": True})
        chat = client.post(
            "/v1/chat/completions",
            json={"messages": [{"role": "user", "content": "What midway?"}], "stream": True},
        )
    assert whole.status_code == status
    for response in (whole, midway, chat):
        assert "something went wrong in the service: its log says what" in response.text
        assert "someone" not in response.text
        assert "Traceback" not in response.text
    assert chat.text.endswith("data: [DONE]\n\n")
    lines = [json.loads(line.message) for line in caplog.records if line.name == "newscite.service"]
    errors = [line for line in lines if line["event"] == "error"]
    assert [line["error"] for line in errors] == [type(error).__name__] * 3
    assert all("test_service_guard.py" in line["at"][-1] for line in errors)
    assert "secret plan" not in caplog.text


def test_the_log_has_a_line_a_request_and_neither_question_nor_article(
    address: str, sample_pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    citation = sample_pipeline.answer(QUESTION).citations[0]
    with httpx.Client(base_url=address) as client, caplog.at_level("INFO", "newscite.service"):
        client.post("/v1/answer", json=ANSWER)
        client.get(f"/v1/articles/{citation.article.id}")
        client.get("/v1/articles/what-is-secret?version=1&secret=1")
        client.get("/theme.css")
    lines = [json.loads(line.message) for line in caplog.records if line.name == "newscite.service"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("POST", "/v1/answer", 200),
        ("GET", "/v1/articles/{article_id}", 200),
        ("GET", "/v1/articles/{article_id}", 404),
    ]
    assert all(set(line) == {"time", "event", "method", "route", "status", "seconds"} for line in lines)
    assert "secret" not in caplog.text
    assert QUESTION not in caplog.text
    assert citation.quote not in caplog.text


@pytest.mark.slow
def test_the_command_serves_until_it_is_told_to_stop(sample_store: Path) -> None:
    port = free_port()
    environment = {**os.environ, "NEWSCITE_TOKEN": TOKEN, "NEWSCITE_PORT": str(port)}
    command = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--store", str(sample_store)]
    with subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as served:
        assert served.stdout is not None
        assert f"newscite is ready at http://127.0.0.1:{port}" in served.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=bearer(TOKEN), timeout=30) as client:
            page = client.stream("GET", "/gradio_api/heartbeat/someone")  # as an open page listens
            with page as listening:
                assert listening.status_code == 200
                with client.stream("POST", "/v1/answer", json=STREAM) as response:
                    served.send_signal(signal.SIGTERM)
                    assert "event: finished" in "".join(response.iter_text())
        _, errors = served.communicate(timeout=30)
    assert served.returncode == 0
    lines = [json.loads(line) for line in errors.splitlines()]
    assert [line["route"] for line in lines if line["status"] != 200] == []
    assert TOKEN not in errors


@pytest.mark.slow
def test_the_mcp_command_answers_on_stdin_and_stdout(sample_store: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from ui.cli import main; main()", "mcp", "--store", str(sample_store)],
        env=dict(os.environ),
    )

    async def ask() -> Any:
        async with Client(stdio_client(command)) as asking:
            return await asking.call_tool("ask", {"question": QUESTION})

    said = asyncio.run(ask())
    assert said.structured_content["status"] == "answered"
    assert said.structured_content["citations"]
