"""Whether a system does again what a reader called wrong. This project's own."""

from collections.abc import Sequence

from evals.metrics.answers import answer_containment
from evals.metrics.averages import mean
from evals.metrics.spans import Place, is_right


def cites_again(cited: Sequence[Place], wrong: Sequence[Place]) -> bool:
    """True if something cited shares a character with a place that was called wrong."""
    return any(is_right(place, wrong) for place in cited)


def says_again(
    said: Sequence[tuple[str, Sequence[Place]]], sentence: str, places: Sequence[Place] = ()
) -> bool:
    """True if one of the sentences `said`, each with what it cites, has the words of `sentence` in a row and
    cites something that shares a character with one of `places`; without places, whatever it cites."""
    return any(
        answer_containment(text, [sentence]) and (not places or cites_again(cited, places))
        for text, cited in said
    )


def repeated_wrong_rate(repeated: Sequence[bool]) -> float | None:
    """Of what was called wrong, the share that is done again; should be 0."""
    return mean(repeated)
