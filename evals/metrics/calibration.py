"""How far confidence can be trusted. `judged` are a confidence, 0 to 1, and whether what came with it was
right."""

from bisect import bisect_left
from collections.abc import Sequence


def risk_coverage(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """The risk–coverage curve of selective prediction (El-Yaniv & Wiener 2010): for each number of answers
    kept, the most confident first, the share kept and the share of these that are wrong. Answers of one
    confidence are kept together."""
    ordered = sorted(judged, key=lambda item: -item[0])
    points, wrong = [], 0
    for place, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if place == len(ordered) or ordered[place][0] < confidence:
            points.append((place / len(ordered), wrong / place))
    return points


def reliability(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> list[tuple[float, float, int]]:
    """The reliability diagram (Guo et al. 2017): for each of `bins` equal stretches of confidence that holds
    any, the mean confidence, the share right, and how many there are. A stretch ends with its upper edge."""
    edges = [number / bins for number in range(1, bins)]
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        held.setdefault(bisect_left(edges, confidence), []).append((confidence, right))
    return [
        (
            sum(confidence for confidence, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
            len(group),
        )
        for _, group in sorted(held.items())
    ]


def expected_calibration_error(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> float | None:
    """ECE (Guo et al. 2017): Σ over the bins of `reliability` of (held / all) · |share right - confidence|,
    which is the mean confidence in the bin; None without answers."""
    if not judged:
        return None
    found = reliability(judged, bins=bins)
    return sum(number * abs(confidence - right) for confidence, right, number in found) / len(judged)
