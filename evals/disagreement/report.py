"""The figures of `newscite eval disputes` as tables for a terminal and as plain data for programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.disagreement.corroboration import JudgedCase, agencies_named, corroboration_accuracy
from evals.disagreement.measure import MEASURES, Alone, JudgedPair, Together, direct_answer
from evals.disagreement.pairs import KINDS, LICENCE
from evals.figures import Figure, figure, figures_table
from rag.schema import Answer

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_LISTED = 10  # faults that the terminal shows; --json has them all
_CORROBORATION = {
    "corroboration_accuracy": "cases with as many independent origins of each side as there are",
    "agencies_named": "agencies that the articles name, given as an origin",
}


@dataclass(frozen=True)
class DisputesReport:
    """The judged pairs and cases of a run, in the order of the data. `seconds` is all that differs between
    two runs over the same data."""

    pairs: tuple[JudgedPair, ...]
    corroboration: tuple[JudgedCase, ...]
    digest: str
    seconds: float

    def figures(self) -> dict[str, Figure]:
        """All metrics by their names, with intervals over pairs and cases."""
        return {**_of_pairs(self.pairs), **_of_cases(self.corroboration)}

    def to_dict(self) -> dict[str, Any]:
        """The figures, by kind and language too, and every pair and case with what was answered."""
        return {
            "dataset": "disputes",
            "digest": self.digest,
            "licence": LICENCE,
            "pairs": len(self.pairs),
            "metrics": {name: value.to_dict() for name, value in self.figures().items()},
            "kinds": _plain_groups(self._kinds()),
            "languages": _plain_groups(self._languages()),
            "seconds": round(self.seconds, 1),
            "cases": [_plain_pair(judged) for judged in self.pairs],
            "corroboration": [_plain_case(judged) for judged in self.corroboration],
        }

    def __rich__(self) -> "RenderableType":
        from rich.console import Group

        groups = {**self._kinds(), **self._languages()}
        return Group(self._metrics_table(), _groups_table(groups), *self._faults())

    def _kinds(self) -> dict[str, dict[str, Figure]]:
        return _grouped(self.pairs, KINDS, lambda judged: judged.pair.kind)

    def _languages(self) -> dict[str, dict[str, Figure]]:
        languages = dict.fromkeys(judged.pair.language for judged in self.pairs)
        return _grouped(self.pairs, tuple(languages), lambda judged: judged.pair.language)

    def _metrics_table(self) -> "Table":
        return figures_table(
            self.figures(),
            {name: measure.means for name, measure in MEASURES.items()} | _CORROBORATION,
            title=f"disputes: {len(self.pairs)} pairs, {len(self.corroboration)} cases of corroboration",
            caption=f"{LICENCE}; digest {self.digest[:12]}; {self.seconds:.0f} s; intervals by bootstrap "
            "over pairs and cases",
        )

    def _faults(self) -> list[str]:
        faults = [
            *(
                f"flip in {judged.pair.id}, {where}: {flip}"
                for judged in self.pairs
                for where, flip in _flips(judged).items()
                if flip
            ),
            *(
                f"{judged.case.id}: {_counts(judged.counted)}; right is {_counts(judged.expected)}"
                for judged in self.corroboration
                if judged.counted != judged.expected
            ),
        ]
        more = [f"… and {len(faults) - _LISTED} more; see --json."] if len(faults) > _LISTED else []
        return [*faults[:_LISTED], *more]


def _of_pairs(pairs: Sequence[JudgedPair]) -> dict[str, Figure]:
    figures = {}
    for name, measure in MEASURES.items():
        counted = [judged for judged in pairs if measure.counts(judged)]
        figures[name] = figure(counted, measure.formula, n=sum(map(measure.counts, counted)))
    return figures


def _of_cases(cases: Sequence[JudgedCase]) -> dict[str, Figure]:
    naming = [judged for judged in cases if judged.named]
    return {
        "corroboration_accuracy": figure(cases, corroboration_accuracy),
        "agencies_named": figure(naming, agencies_named, n=sum(len(judged.named) for judged in naming)),
    }


def _grouped(
    pairs: Sequence[JudgedPair], names: Sequence[str], name_of: Callable[[JudgedPair], str]
) -> dict[str, dict[str, Figure]]:
    groups = {name: [judged for judged in pairs if name_of(judged) == name] for name in names}
    return {name: _of_pairs(group) for name, group in groups.items() if group}


def _plain_groups(groups: dict[str, dict[str, Figure]]) -> dict[str, dict[str, Any]]:
    return {
        name: {key: value.to_dict() for key, value in figures.items() if value.n}
        for name, figures in groups.items()
    }


def _groups_table(groups: dict[str, dict[str, Figure]]) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title="by kind and language", box=SIMPLE_HEAD)
    table.add_column("pairs", no_wrap=True)
    for name in MEASURES:
        table.add_column(name.replace("_", " "), justify="right")
    for name, figures in groups.items():
        cells = (f"{value.shown}\n{_interval(value)}" if value.n else "" for value in figures.values())
        table.add_row(name.replace("_", " "), *cells)
    return table


def _interval(value: Figure) -> str:
    return "–" if value.low is None or value.high is None else f"{value.low:.2f}–{value.high:.2f}"


def _counts(by_side: dict[str, int]) -> str:
    return ", ".join(f"{count} {side}" for side, count in sorted(by_side.items())) or "no origin"


def _flips(judged: JudgedPair) -> dict[str, str]:
    """The flips of a pair by what was asked."""
    first, second = judged.alone
    return {"first alone": first.flip, "second alone": second.flip, "both": judged.together.flip}


def _plain_pair(judged: JudgedPair) -> dict[str, Any]:
    pair = judged.pair
    return {
        "id": pair.id,
        "kind": pair.kind,
        "language": pair.language,
        "question": pair.question,
        "alone": [
            {
                "outlet": side.article.outlet,
                "stance": side.stance,
                "right": side.answer,
                **_plain_alone(alone),
            }
            for side, alone in zip(pair.sides, judged.alone, strict=True)
        ],
        "together": _plain_together(judged.together),
    }


def _plain_alone(alone: Alone) -> dict[str, Any]:
    return {
        "flip": alone.flip,
        "cites_key": alone.cites_key,
        "direct_right": alone.direct_right,
        **_plain_answer(alone.answer),
    }


def _plain_together(together: Together) -> dict[str, Any]:
    return {"flip": together.flip, "cites_keys": list(together.cites_keys), **_plain_answer(together.answer)}


def _plain_case(judged: JudgedCase) -> dict[str, Any]:
    return {
        "id": judged.case.id,
        "language": judged.case.language,
        "question": judged.case.question,
        "expected": judged.expected,
        "counted": judged.counted,
        "named": list(judged.named),
        "origins": [origin.to_dict() for origin in judged.answer.origins],
        **_plain_answer(judged.answer),
    }


def _plain_answer(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "direct": direct_answer(answer),
        "disputed": answer.disputed,
        "sentences": [{"role": sentence.role, "text": sentence.marked()} for sentence in answer.sentences],
    }
