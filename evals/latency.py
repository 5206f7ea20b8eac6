"""How long an answer takes over many passages, once everything is loaded: seconds by stage.

The articles are made for it (`evals.made_corpus`); each question is some words of one of them, asked once.
"""

import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evals.figures import p95
from evals.made_corpus import SEED, make_articles
from evals.schema import Progress
from index.schema import Article

if TYPE_CHECKING:
    from rich.console import RenderableType

    from rag.pipeline import Pipeline

PASSAGES = 20_000
_PASSAGES_AN_ARTICLE = 16  # about
_AT_ONCE = 100  # articles
_QUESTIONS = 100  # at most, and one for ten passages
_WARM = 5  # questions asked before the clock runs
_STAGES = ("retrieve", "rerank", "answer", "total")


@dataclass(frozen=True)
class LatencyReport:
    """Seconds of each stage, one figure a question, over `passages` passages of `articles` articles."""

    passages: int
    articles: int
    seconds: dict[str, tuple[float, ...]]

    def to_dict(self) -> dict[str, Any]:
        """Medians and 95th percentiles in seconds, by stage."""
        return {
            "dataset": "latency",
            "passages": self.passages,
            "articles": self.articles,
            "questions": len(self.seconds["total"]),
            "stages": {
                stage: {"p50": round(median(times), 4), "p95": round(p95(times), 4)}
                for stage, times in self.seconds.items()
            },
        }

    def __rich__(self) -> "RenderableType":
        """The stages as a table, in milliseconds."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(
            title=f"latency: {len(self.seconds['total'])} answers over {self.passages:,} passages",
            caption="in this process, one after the other, models loaded",
            box=SIMPLE_HEAD,
        )
        for heading in ("stage", "p50", "p95"):
            table.add_column(heading, justify="left" if heading == "stage" else "right")
        for stage, times in self.seconds.items():
            table.add_row(stage, f"{median(times) * 1000:.0f} ms", f"{p95(times) * 1000:.0f} ms")
        return table


def run(limit: int | None, progress: Progress) -> LatencyReport:
    """Measure over `limit` passages or a few more, 20,000 where it is None."""
    from rag import open_pipeline

    with (
        TemporaryDirectory(prefix="newscite-latency-") as folder,
        open_pipeline(Path(folder) / "store", create=True) as pipeline,
    ):
        texts = _fill(pipeline, limit or PASSAGES, progress)
        return _ask(pipeline, texts, progress)


def _fill(pipeline: "Pipeline", passages: int, progress: Progress) -> list[str]:
    """Index articles until there are so many passages; their texts."""
    from index.build import index_articles

    texts: list[str] = []
    rows = make_articles(max(passages, _AT_ONCE))  # more than are needed: an article has many passages
    held = 0
    while held < passages:
        batch = list(islice(rows, min(_AT_ONCE, max((passages - held) // _PASSAGES_AN_ARTICLE, 1))))
        index_articles(pipeline.store, [_article(row) for row in batch])
        texts += [row["text"] for row in batch]
        held = pipeline.stats().passages
        progress("indexing", min(held, passages), passages)
    return texts


def _article(row: dict[str, str]) -> Article:
    return Article(
        key=row["url"],
        source=row["url"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        url=row["url"],
        language="en",
    )


def _ask(pipeline: "Pipeline", texts: Sequence[str], progress: Progress) -> LatencyReport:
    chance = random.Random(SEED)
    seconds: dict[str, list[float]] = {stage: [] for stage in _STAGES}
    stats = pipeline.stats()
    count = _WARM + max(min(_QUESTIONS, stats.passages // 10), 1)
    for number in range(count):
        question = _question(chance.choice(texts), chance)
        began = time.perf_counter()
        answer = pipeline.answer(question)
        took = time.perf_counter() - began
        if number >= _WARM:
            for stage in _STAGES[:-1]:
                seconds[stage].append(answer.timings[stage])
            seconds["total"].append(took)
        progress("asking", number + 1, count)
    return LatencyReport(
        stats.passages, stats.articles, {stage: tuple(times) for stage, times in seconds.items()}
    )


def _question(text: str, chance: random.Random) -> str:
    """Some words that stand together in a text, asked about."""
    sentence = chance.choice([found for found in re.split(r"(?<=\.)\s+", text) if found.count(" ") >= 8])
    return f"What was said about {' '.join(sentence.rstrip('.').split()[1:8])}?"
