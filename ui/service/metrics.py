"""What the service counts, for Prometheus. No question and no article text is ever a label."""

from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from index.errors import InputError
from rag import Event, Finished, Pipeline

_STAGES = ("retrieve", "rerank", "answer")


class Metrics:
    """The counters of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "newscite_requests", "Requests answered.", ["route", "status"], registry=self.registry
        )
        self._answers = Counter(
            "newscite_answers",
            "Questions by what became of them: answered, partial, abstained, refused, stopped or failed.",
            ["status"],
            registry=self.registry,
        )
        self._stages = Histogram(
            "newscite_stage_seconds", "Seconds an answer spent in a stage.", ["stage"], registry=self.registry
        )
        self._in_flight = Gauge(
            "newscite_questions_in_flight", "Questions being answered now.", registry=self.registry
        )

    def request(self, route: str, status: int) -> None:
        """Count one request."""
        self._requests.labels(route, str(status)).inc()

    def watched(self, events: Iterator[Event]) -> Iterator[Event]:
        """The events of one answer as they come, counted."""
        outcome = "stopped"
        self._in_flight.inc()
        try:
            for event in events:
                if isinstance(event, Finished):
                    outcome = event.answer.status
                    for stage in _STAGES:
                        self._stages.labels(stage).observe(event.answer.timings[stage])
                yield event
        except InputError:
            outcome = "refused"
            raise
        except Exception:
            outcome = "failed"
            raise
        finally:
            self._in_flight.dec()
            self._answers.labels(outcome).inc()

    def text(self) -> str:
        """All of them in Prometheus' text format."""
        return generate_latest(self.registry).decode()


class WatchedPipeline(Pipeline):
    """The same pipeline, whose answers are counted; the page and the API share it."""

    def __init__(self, pipeline: Pipeline, metrics: Metrics) -> None:
        vars(self).update(vars(pipeline))  # the store and the models are the very same
        self._watched, self._metrics = pipeline, metrics

    def stream(self, question: str, **options: Any) -> Iterator[Event]:
        """As `Pipeline.stream`."""
        return self._metrics.watched(self._watched.stream(question, **options))
