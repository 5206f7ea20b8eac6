"""Whether citations point where they say: 100 % or a bug. It says nothing about support."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.metrics.averages import mean


def points_exactly(citation: Mapping[str, Any], article: Mapping[str, Any]) -> bool:
    """True if the quote stands in the article at the citation's offsets and touches no mask.

    Takes a citation of `newscite ask --json` and its article as `newscite show --json` gives it, and
    computes from those alone: `article["text"][start:end] == quote`, offsets in code points.
    """
    start, end, text = citation["start"], citation["end"], article["text"]
    inside: bool = citation["article_id"] == article["article_id"] and 0 <= start < end <= len(text)
    return inside and text[start:end] == citation["quote"] and not in_boilerplate(citation, article)


def in_boilerplate(citation: Mapping[str, Any], article: Mapping[str, Any]) -> bool:
    """True if a mask of the article touches the citation's offsets."""
    return any(citation["start"] < end and start < citation["end"] for start, end, _ in article["masks"])


def pointer_validity(exact: Sequence[bool]) -> float | None:
    """The share of citations that point exactly; anything below 1 is a bug, not a score.

    It says nothing about support: a quote can stand where it should and prove nothing.
    """
    return mean(exact)


def boilerplate_citation_rate(masked: Sequence[bool]) -> float | None:
    """The share of citations that touch masked text; anything above 0 is a bug."""
    return mean(masked)
