"""Two runs over the same questions: what got better, what got worse, and whether that may be chance.

Both are what `newscite eval DATASET --json` printed. Differences are paired: the interval is the percentile
bootstrap's over questions, of the second run's verdict less the first's (Efron & Tibshirani 1993).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.figures import Figure, figure
from evals.metrics import mean, paired_difference
from index.errors import InputError

if TYPE_CHECKING:
    from rich.console import RenderableType

_LISTED = 20  # questions that the terminal shows of each measure; --json has them all

Plain = Mapping[str, Any]


def _refused(case: Plain) -> bool:
    return bool(case["status"] == "abstained")


VERDICTS: Mapping[str, tuple[str, Callable[[Plain], bool | None]]] = {
    "sentence@1": ("the first citation is right", lambda case: case["sentence@1"]),
    "sentence@3": ("one of the first three is", lambda case: case["sentence@3"]),
    "Hits@1": ("the best passage holds gold", lambda case: None if case["hits"] is None else case["hits"][0]),
    "not_repeated": (
        "nothing that was called wrong is done again",
        lambda case: not any(case["repeats"]) if case.get("repeats") else None,
    ),
    "answered": (
        "a question with an answer was not refused",
        lambda case: not _refused(case) if case["answerable"] else None,
    ),
    "refused": (
        "a question without an answer was",
        lambda case: _refused(case) if case["answerable"] is False else None,
    ),
    "refused_absent": (
        "a question was refused where the articles that answer it were left out",
        lambda case: None if case["absent"] is None else _refused(case["absent"]),
    ),
}
"""What is compared, question by question: what it means, and how a case says it; None where it can't."""


@dataclass(frozen=True)
class Flipped:
    """A question on which the two runs differ."""

    id: str
    question: str
    better: bool


@dataclass(frozen=True)
class Compared:
    """One measure over the questions that both runs can be judged by."""

    name: str
    first: Figure
    second: Figure
    difference: Figure
    flipped: tuple[Flipped, ...]


@dataclass(frozen=True)
class Comparison:
    """Two runs of one dataset, measure by measure."""

    dataset: str
    questions: int
    compared: tuple[Compared, ...]

    def to_dict(self) -> dict[str, Any]:
        """The fields of `newscite eval compare --json`."""
        return {
            "dataset": self.dataset,
            "questions": self.questions,
            "measures": {
                one.name: {
                    "first": one.first.to_dict(),
                    "second": one.second.to_dict(),
                    "difference": one.difference.to_dict(),
                    "better": [flip.id for flip in one.flipped if flip.better],
                    "worse": [flip.id for flip in one.flipped if not flip.better],
                }
                for one in self.compared
            },
        }

    def __rich__(self) -> "RenderableType":
        """The measures as a table, then the questions that flipped."""
        from rich.box import SIMPLE_HEAD
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text

        table = Table(title=f"{self.dataset}: {self.questions} questions in both runs", box=SIMPLE_HEAD)
        for heading in ("measure", "first", "second", "difference", "95 % interval", "better", "worse"):
            table.add_column(heading, justify="left" if heading == "measure" else "right")
        for one in self.compared:
            better = sum(flip.better for flip in one.flipped)
            value = one.difference.value
            table.add_row(
                one.name,
                one.first.shown,
                one.second.shown,
                "–" if value is None else f"{value:+.3f}",
                one.difference.interval,
                str(better),
                str(len(one.flipped) - better),
            )
        lines = [
            Text(f"{one.name} {'+' if flip.better else '-'} {flip.question}")
            for one in self.compared
            for flip in one.flipped[:_LISTED]
        ]
        return Group(table, *lines)


def compare(first: Plain, second: Plain) -> Comparison:
    """Compare two results of `newscite eval DATASET --json`, read from JSON.

    Raises InputError if they are not such results, or not of the same data.
    """
    for result in (first, second):
        cases = result.get("cases")
        if not (isinstance(cases, list) and cases and {"id", "sentence@1", "hits"} <= cases[0].keys()):
            raise InputError(
                f"the result of {result.get('dataset', 'a run')!r} has no questions to compare: it must be "
                "what newscite eval prints with --json for a dataset of questions"
            )
    if first["digest"] != second["digest"]:
        raise InputError(
            f"the runs are not of the same data ({first['dataset']} {first['digest'][:12]} and "
            f"{second['dataset']} {second['digest'][:12]}): run both over the same"
        )
    others = {case["id"]: case for case in second["cases"]}
    pairs = [(case, others[case["id"]]) for case in first["cases"] if case["id"] in others]
    if not pairs:
        raise InputError("the runs share no question: run both with the same --limit")
    compared = [_measure(name, pairs) for name in VERDICTS]
    return Comparison(first["dataset"], len(pairs), tuple(one for one in compared if one.first.n))


def compare_files(first: Path, second: Path) -> Comparison:
    """`compare` on two files. Raises InputError too if one can't be read as JSON."""
    return compare(_read(first), _read(second))


def _measure(name: str, pairs: Sequence[tuple[Plain, Plain]]) -> Compared:
    verdict = VERDICTS[name][1]
    judged = [
        (case, one, other)
        for case, another in pairs
        if (one := verdict(case)) is not None and (other := verdict(another)) is not None
    ]
    return Compared(
        name,
        figure([one for _, one, _ in judged], mean),
        figure([other for _, _, other in judged], mean),
        figure([(one, other) for _, one, other in judged], _difference),
        tuple(Flipped(case["id"], case["question"], other) for case, one, other in judged if one != other),
    )


def _difference(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    return paired_difference(pairs, mean)


def _read(file: Path) -> Plain:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file} can't be read as the result of a run: {error}") from error
    if not isinstance(read, dict):
        raise InputError(f"{file} is not the result of a run: save what newscite eval DATASET --json prints")
    return read
