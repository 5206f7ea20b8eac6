"""What becomes of a matter on which sources differ: told as they tell it, both cited, origins counted."""

from collections.abc import Mapping, Sequence

from evals.metrics.averages import mean


def denial_flip_rate(flipped: Sequence[bool]) -> float | None:
    """The share of answers over minimal pairs, a confirmation and a denial, that present a denial as a
    confirmation or the reverse, in words or by what they quote; must be 0. This project's own."""
    return mean(flipped)


def both_sides_recall(cited: Sequence[Sequence[bool]]) -> float | None:
    """Of the sides of a question whose sources conflict, the share that is cited; the mean over questions.

    This project's own: recall of the perspectives of a question. One without sides takes no part.
    """
    return mean([sum(sides) / len(sides) for sides in cited if sides])


def both_sides_cited(cited: Sequence[Sequence[bool]]) -> float | None:
    """The share of questions whose sources conflict of which every side is cited: `both_sides_recall` where
    one side alone counts for nothing."""
    return mean([all(sides) for sides in cited if sides])


def corroboration_accuracy(origins: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> float | None:
    """The share of questions with as many independent origins of each side counted as there are.

    `origins` are, for each question, how many were counted and how many there are, by side; a side with none
    may be left out. This project's own.
    """
    return mean([_some(counted) == _some(right) for counted, right in origins])


def _some(by_side: Mapping[str, int]) -> dict[str, int]:
    return {side: number for side, number in by_side.items() if number}
