"""The two means that the other metrics are made of."""

from collections.abc import Sequence


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean; of booleans, the share that is true."""
    return sum(values) / len(values) if values else None


def f1(precision: float | None, recall: float | None) -> float | None:
    """F1: the harmonic mean, 2PR / (P + R) (van Rijsbergen 1979); None counts as 0, unless both are None."""
    if precision is None and recall is None:
        return None
    total = (precision or 0) + (recall or 0)
    return 2 * (precision or 0) * (recall or 0) / total if total else 0.0
