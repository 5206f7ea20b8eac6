"""Where the spans of questions go, as OpenTelemetry's own OTEL_… variables say; by default nowhere.

The provider is given to the pipeline and is never the program's: libraries would find it there, and MCP's
records what a client names and the words of errors.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from index.errors import InputError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_OTLP = {"http/protobuf": "otlp_proto_http", "grpc": "otlp_proto_grpc"}  # exporters' entry points


@contextmanager
def traced(environment: Mapping[str, str] = os.environ) -> "Iterator[TracerProvider | None]":
    """The provider that the variables ask for, if they ask for one; what is left in it is sent in the end.

    OTEL_TRACES_EXPORTER names exporters, such as otlp or console, and an OTLP endpoint alone means otlp.
    Raises InputError if what they ask for is not installed.
    """
    names = _exporters(environment)
    if not names:
        yield None
        return
    provider = _provider(names)
    try:
        yield provider
    finally:
        provider.shutdown()


def _exporters(environment: Mapping[str, str]) -> dict[str, str]:
    """By each name that was asked for, the entry point of its exporter."""
    asked = environment.get("OTEL_TRACES_EXPORTER", "")
    if not asked and any(environment.get(name) for name in _ENDPOINTS):
        asked = "otlp"
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or asked == "none":
        return {}
    given = next((found for name in _PROTOCOLS if (found := environment.get(name))), "http/protobuf")
    names = [name.strip() for name in asked.split(",") if name.strip()]
    return {name: _OTLP.get(given, given) if name == "otlp" else name for name in names}


def _provider(names: Mapping[str, str]) -> "TracerProvider":
    try:
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise _missing("OpenTelemetry's SDK") from None
    ours = Resource.create({"service.name": "newscite"})
    provider = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()))
    for name, entry in names.items():
        found = list(entry_points(group="opentelemetry_traces_exporter", name=entry))
        if not found:
            raise _missing(f"the exporter {name!r} ({entry})")
        try:
            exporter = found[0].load()()
        except ImportError:
            raise _missing(f"the exporter {name!r} ({entry})") from None
        provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def _missing(what: str) -> InputError:
    return InputError(
        f"OTEL_… variables ask for traces, but {what} is not installed: pip install 'newscite[tracing]', or "
        "set OTEL_TRACES_EXPORTER=none"
    )
