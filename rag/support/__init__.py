"""Whether a written sentence is supported by the quotes it cites."""

from rag.support.judge import Judge, support_judge, unsupported_because

__all__ = ["Judge", "support_judge", "unsupported_because"]
