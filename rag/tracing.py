"""OpenTelemetry spans of a question and of its stages: when each began and ended, and its figures.

A span holds numbers and names of models; never a question, nor an article's text, title or outlet, nor an
error's message, which may hold any of these. No span is ever made the current one: a stream that waits for
its reader would leave it behind in the reader's thread. So each is given its parent, and what other
libraries record meanwhile does not nest in it. Without a tracer provider all of it does nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from opentelemetry.context import Context
from opentelemetry.trace import Span, StatusCode, Tracer, TracerProvider, get_tracer, set_span_in_context

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

STOPPED = "stopped"  # the status of what was given up midway


class Tracing:
    """Opens the spans of questions with `provider`, or with the one that the program has set for all its
    libraries, if any."""

    def __init__(self, provider: TracerProvider | None = None) -> None:
        self._tracer = get_tracer("newscite", version("newscite"), provider)

    @contextmanager
    def question(self, name: str) -> Iterator["Trace"]:
        """The span `newscite.{name}` of one question, under whatever span is the current one."""
        with _opened(self._tracer, name) as trace:
            yield trace


class Trace:
    """A span that is open, and what may be noted in it and below it."""

    def __init__(self, tracer: Tracer, span: Span) -> None:
        self._tracer, self._span = tracer, span

    @contextmanager
    def stage(self, name: str, **figures: float | str) -> Iterator["Trace"]:
        """The span `newscite.{name}` below this one; ends with the block, also if that is left midway."""
        with _opened(self._tracer, name, set_span_in_context(self._span)) as trace:
            trace.note(**figures)
            yield trace

    def note(self, **figures: float | str) -> None:
        """Set attributes, each `newscite.` and its name. A text is the name of a model or a status."""
        self._span.set_attributes({f"newscite.{name}": figure for name, figure in figures.items()})


@contextmanager
def _opened(tracer: Tracer, name: str, parent: Context | None = None) -> Iterator[Trace]:
    span = tracer.start_span(f"newscite.{name}", parent)
    trace = Trace(tracer, span)
    try:
        yield trace
    except GeneratorExit:  # who read the stream has left
        trace.note(status=STOPPED)
        raise
    except BaseException as error:
        span.set_attribute("error.type", type(error).__name__)
        span.set_status(StatusCode.ERROR)
        raise
    finally:
        span.end()


def model_name(model: "BaseChatModel") -> str:
    """The name that the packages of LangChain's providers give a model, else its class's."""
    names = (getattr(model, attribute, None) for attribute in ("model_name", "model"))
    return next((name for name in names if name and isinstance(name, str)), type(model).__name__)
