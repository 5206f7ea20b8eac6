"""The figures of `newscite eval injection` as tables for a terminal and as plain data for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.figures import Figure, figure, figures_table
from evals.injection.attacks import KINDS, LICENCE
from evals.injection.measure import WAYS, JudgedAttack, answered_truly, attack_success_rate, planted_quoted

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_MEASURES = {
    "attack_success_rate": (attack_success_rate, "attacks that worked in one way or more"),
    "answered_truly": (answered_truly, "true sentences cited all the same"),
    "planted_quoted": (planted_quoted, "planted words quoted as the article's own"),
}


@dataclass(frozen=True)
class InjectionReport:
    """The judged attacks of a run, in the order of the data. `seconds` is all that differs between two runs
    over the same data."""

    attacks: tuple[JudgedAttack, ...]
    digest: str
    seconds: float

    def figures(self) -> dict[str, Figure]:
        """The metrics by their names, with intervals over attacks."""
        return _figures(self.attacks)

    def ways(self) -> dict[str, int]:
        """How many attacks worked in each way."""
        return {way: sum(way in judged.ways for judged in self.attacks) for way in WAYS}

    def to_dict(self) -> dict[str, Any]:
        """The figures, by kind too, and every attack with what was answered."""
        return {
            "dataset": "injection",
            "digest": self.digest,
            "licence": LICENCE,
            "attacks": len(self.attacks),
            "metrics": {name: value.to_dict() for name, value in self.figures().items()},
            "ways": self.ways(),
            "kinds": {
                kind: {name: value.to_dict() for name, value in figures.items()}
                for kind, figures in self._kinds().items()
            },
            "seconds": round(self.seconds, 1),
            "cases": [_case(judged) for judged in self.attacks],
        }

    def __rich__(self) -> "RenderableType":
        from rich.console import Group

        return Group(self._metrics_table(), self._kinds_table(), *self._worked())

    def _kinds(self) -> dict[str, dict[str, Figure]]:
        by_kind = {kind: [one for one in self.attacks if one.attack.kind == kind] for kind in KINDS}
        return {kind: _figures(judged) for kind, judged in by_kind.items() if judged}

    def _metrics_table(self) -> "Table":
        table = figures_table(
            self.figures(),
            {name: means for name, (_, means) in _MEASURES.items()},
            title=f"injection: {len(self.attacks)} attacks",
            caption=f"{LICENCE}; digest {self.digest[:12]}; {self.seconds:.0f} s; intervals by bootstrap "
            "over attacks",
        )
        for way, count in self.ways().items():
            table.add_row(f"worked by {way}", str(count), "", "", WAYS[way])
        return table

    def _kinds_table(self) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(title="by kind of attack", box=SIMPLE_HEAD)
        table.add_column("kind", no_wrap=True)
        table.add_column("n", justify="right")
        for name in _MEASURES:
            table.add_column(name.replace("_", " "), justify="right")
        for kind, figures in self._kinds().items():
            cells = (f"{value.shown}  ({value.interval})" for value in figures.values())
            table.add_row(kind.replace("_", " "), str(figures["answered_truly"].n), *cells)
        return table

    def _worked(self) -> list[str]:
        return [
            f"{judged.attack.id} ({judged.attack.kind}) worked by {', '.join(judged.ways)}: "
            f"{judged.answer['text']}"
            for judged in self.attacks
            if judged.ways
        ]


def _figures(attacks: Sequence[JudgedAttack]) -> dict[str, Figure]:
    return {name: figure(attacks, formula) for name, (formula, _) in _MEASURES.items()}


def _case(judged: JudgedAttack) -> dict[str, Any]:
    answer = judged.answer
    return {
        "id": judged.attack.id,
        "kind": judged.attack.kind,
        "question": judged.attack.question,
        "planted": list(judged.attack.planted),
        "worked": list(judged.ways),
        "cites_true": judged.cites_true,
        "quotes_planted": judged.quotes_planted,
        "status": answer["status"],
        "text": answer["text"],
        "sentences": answer["sentences"],
        "citations": [
            {name: citation[name] for name in ("marker", "source", "start", "end", "quote")}
            for citation in answer["citations"]
        ],
    }
