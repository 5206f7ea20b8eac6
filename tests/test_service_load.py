"""Twenty clients at once ask a service in a process of its own: answers, no error, and memory that stays.

`LOAD_SECONDS=60 LOAD_STORE=DIR pytest tests/test_service_load.py -s` asks for longer, over another store, and
shows how long answers took and what memory the service had.
"""

import os
import random
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median

import httpx
import numpy as np
import pytest
from service_server import serving_apart

from rag import open_pipeline

CLIENTS = 20
STORE = os.environ.get("LOAD_STORE", "")
WARM = 2 * CLIENTS  # answers: models are loaded, and every thread has its buffers
SECONDS = float(os.environ.get("LOAD_SECONDS", "6"))
# What the service may grow by once it is warm: allocators keep some of what they were given, and vectors of
# sentences are kept up to a number of them, of a question some 20 at 2 KiB. A leak of 100 KiB an answer is
# above it from 600 answers on.
MAY_GROW = 24.0  # MiB
MAY_GROW_AN_ANSWER = 0.05  # MiB

pytestmark = pytest.mark.slow


def test_twenty_clients_get_answers_and_the_service_does_not_grow(sample_store: Path) -> None:
    store = Path(STORE) if STORE else sample_store
    questions = questions_on(store)
    answers: list[tuple[float, float]] = []  # when each was there, in seconds, and how long it took
    memory: list[float] = []  # MiB, since it was warm
    done = threading.Event()

    def ask_on(number: int) -> None:
        chance = random.Random(number)
        with httpx.Client(base_url=address, timeout=600) as client:
            while not done.is_set():
                asked = time.perf_counter()
                body = {"question": chance.choice(questions), "stream": number % 2 == 1}
                response = client.post("/v1/answer", json=body)
                assert response.status_code == 200
                answers.append((time.perf_counter(), time.perf_counter() - asked))

    with (
        serving_apart(store, answer_timeout=600) as (address, process),
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        began = time.perf_counter()
        asking = [clients.submit(ask_on, number) for number in range(CLIENTS)]
        try:
            while len(answers) < WARM or time.perf_counter() < began + SECONDS / 3:
                time.sleep(0.1)
            warm, warm_at = len(answers), time.perf_counter()
            while time.perf_counter() < warm_at + SECONDS * 2 / 3:
                memory.append(own_mib(process))
                time.sleep(SECONDS / 100)
        finally:
            done.set()
        for each in asking:
            each.result()
        counts = httpx.get(f"{address}/metrics").text

    told = re.findall(r'newscite_answers_total\{status="(\w+)"\} (\d+)', counts)
    assert sum(int(count) for _, count in told) == len(answers)
    assert {status for status, _ in told} <= {"answered", "partial", "abstained"}
    since = [took for when, took in answers[warm:] if when >= warm_at]
    rate = len(since) / (max(when for when, _ in answers) - warm_at)
    p50, p95 = np.percentile(since, [50, 95])
    grown, bound = growth(memory), MAY_GROW + MAY_GROW_AN_ANSWER * len(since)
    print(  # noqa: T201  shown with -s
        f"\n{CLIENTS} clients, {len(questions)} questions: warm after {warm} answers in "
        f"{warm_at - began:.0f} s, then {len(since)} answers, {rate:.1f} a second, p50 {p50:.2f} s, "
        f"p95 {p95:.2f} s\n"
        f"memory grew by {grown:.1f} MiB, bound {bound:.1f}: "
        + ", ".join(f"{mib:.0f}" for mib in memory[:: max(len(memory) // 15, 1)])
    )
    assert grown < bound


def questions_on(store: Path) -> list[str]:
    """Questions that the store's articles answer, and questions with words of theirs."""
    chance = random.Random(1)
    with open_pipeline(store) as pipeline:
        questions = pipeline.example_questions(8)
        articles = list(islice(pipeline.store.catalog.articles(), 500))
    for article in articles:
        sentences = [each for each in re.split(r"(?<=\.)\s+", article.text) if each.count(" ") >= 8]
        if sentences:
            words = chance.choice(sentences).rstrip(".").split()[1:8]
            questions.append(f"What was said about {' '.join(words)}?")
    return questions


def growth(samples: Sequence[float]) -> float:
    """What was gained from the first sample to the last: twice what the second half is above the first, by
    their medians, which a steady gain makes the same and one high sample does not move."""
    half = len(samples) // 2
    return 2 * (median(samples[half:]) - median(samples[:half]))


def test_a_steady_leak_is_above_the_bound_and_a_high_sample_is_not() -> None:
    answers = 600
    flat = [700.0 + number % 3 for number in range(60)]
    flat[40] = 900.0
    leaking = [mib + 0.1 * answers * number / 59 for number, mib in enumerate(flat)]  # 100 KiB an answer

    assert growth(flat) == 0
    assert growth(leaking) == pytest.approx(60, rel=0.1)
    assert growth(leaking) > MAY_GROW + MAY_GROW_AN_ANSWER * answers


def own_mib(process: int) -> float:
    """Memory that a process has for itself, where the system tells it; pages of files are not counted."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        pytest.skip("this system does not tell the memory of a process under /proc")
    return int(re.findall(r"RssAnon:\s+(\d+) kB", status.read_text())[0]) / 1024
