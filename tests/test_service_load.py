"""Twenty clients at once over the shipped sample.

`LOAD_SECONDS=60 LOAD_STORE=DIR pytest tests/test_service_load.py -s` asks for longer, over another store, and
shows how long answers took.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import pytest
from gradio_warnings import GRADIO_WARNINGS
from service_server import serving

from rag import Pipeline, open_pipeline

CLIENTS = 20
STORE = os.environ.get("LOAD_STORE", "")
SECONDS = float(os.environ.get("LOAD_SECONDS", "5"))

pytestmark = [
    *GRADIO_WARNINGS,
    pytest.mark.slow,
]


@pytest.fixture
def pipeline(sample_pipeline: Pipeline) -> Iterator[Pipeline]:
    if not STORE:
        yield sample_pipeline
        return
    with open_pipeline(STORE) as opened:
        yield opened


def test_twenty_clients_get_answers_and_no_error(pipeline: Pipeline) -> None:
    questions = pipeline.example_questions(8)
    memory_before = resident_mib()

    with serving(pipeline) as (address, _):

        def ask_on(number: int) -> list[tuple[int, float]]:
            results: list[tuple[int, float]] = []
            ends = time.perf_counter() + SECONDS
            with httpx.Client(base_url=address, timeout=60) as client:
                while time.perf_counter() < ends:
                    body = {
                        "question": questions[(number + len(results)) % len(questions)],
                        "stream": number % 2 == 1,
                    }
                    asked = time.perf_counter()
                    response = client.post("/v1/answer", json=body)
                    assert '"status": "answered"' in response.text
                    results.append((response.status_code, time.perf_counter() - asked))
            return results

        with ThreadPoolExecutor(CLIENTS) as clients:
            results = [each for client in clients.map(ask_on, range(CLIENTS)) for each in client]
        metrics = httpx.get(f"{address}/metrics").text

    assert {status for status, _ in results} == {200}
    assert len(results) >= CLIENTS
    assert f'newscite_answers_total{{status="answered"}} {len(results)}.0' in metrics
    p50, p95 = np.percentile([seconds for _, seconds in results], [50, 95])
    print(  # noqa: T201  shown with -s
        f"\n{CLIENTS} clients, {SECONDS:g} s: {len(results)} answers, {len(results) / SECONDS:.1f} a second, "
        f"p50 {p50:.2f} s, p95 {p95:.2f} s, memory {memory_before:.0f} → {resident_mib():.0f} MiB"
    )


def resident_mib() -> float:
    """Memory of this process, where the system tells it."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
