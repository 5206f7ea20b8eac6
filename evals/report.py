"""A run's figures as tables for a terminal and as plain data for programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from evals.cases import Case, EvalResult
from evals.figures import Figure, figures_table, p95
from evals.journal import about
from evals.metrics import sentence_at_k
from evals.summary import MEANS, counted, sides_cited, summarise, summarise_by_kind

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

BY_KIND = ("sentence@1", "sentence@3", "MRR@10", "false_refusal_rate", "abstention_recall")


@dataclass(frozen=True)
class QuestionReport:
    """A run over a dataset of questions as a `Report`."""

    result: EvalResult

    def to_dict(self) -> dict[str, Any]:
        """The figures, and every case."""
        return to_dict(self.result)

    def __rich__(self) -> "RenderableType":
        return to_renderable(self.result)


def to_dict(result: EvalResult) -> dict[str, Any]:
    """The fields of `newscite eval --json`. Only seconds differ between two runs over the same data."""
    dataset = result.dataset
    by_kind = summarise_by_kind(result.cases)
    return {
        "dataset": dataset.name,
        "system": result.system,
        "judge": result.judge,
        "digest": dataset.digest,
        "licence": dataset.licence,
        "articles": len(dataset.articles),
        "questions": len(result.cases),
        "metrics": {key: figure.to_dict() for key, figure in summarise(result.cases).items()},
        "kinds": {
            kind: {key: figure.to_dict() for key, figure in figures.items() if figure.n}
            for kind, figures in by_kind.items()
        },
        "seconds": round(result.seconds, 1),
        "index_seconds": round(result.index_seconds, 1),
        "latency": latency(result.cases),
        "cases": [_case(case) for case in result.cases],
    }


def answer_seconds(cases: Sequence[Case]) -> list[float]:
    """The seconds that each answer took."""
    return [outcome.seconds for case in cases for outcome in case.outcomes]


def latency(cases: Sequence[Case]) -> dict[str, float]:
    """Median and 95th percentile of the seconds that an answer took."""
    seconds = answer_seconds(cases)
    return {"p50": round(median(seconds), 4), "p95": round(p95(seconds), 4)}


def to_renderable(result: EvalResult) -> "RenderableType":
    """What `newscite eval` shows: the metrics, and the main ones by kind where there are several kinds."""
    from rich.console import Group

    kinds = summarise_by_kind(result.cases)
    tables = [_metrics_table(result), *([_kinds_table(result, kinds)] if len(kinds) > 1 else [])]
    missed = [case for case in result.cases if case.question.answerable and not _at(case, 3)]
    return Group(
        *tables, f"{len(missed)} answerable questions without a right citation in three; see --json."
    )


def _metrics_table(result: EvalResult) -> "Table":
    dataset = result.dataset
    return figures_table(
        counted(result.cases),
        MEANS,
        title=f"{dataset.name}: {len(result.cases)} questions on {len(dataset.articles)} articles",
        caption=f"{dataset.description} ({dataset.licence}); digest {dataset.digest[:12]}; "
        f"{result.system}, judge of support: {result.judge}; {result.seconds:.0f} s; intervals by bootstrap "
        "over questions",
    )


def _kinds_table(result: EvalResult, kinds: dict[str, dict[str, Figure]]) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    questions = Counter(case.question.kind for case in result.cases)
    table = Table(title="by kind of question", box=SIMPLE_HEAD)
    table.add_column("kind", no_wrap=True)
    table.add_column("n", justify="right")
    for key in BY_KIND:
        table.add_column(key.replace("_", " "), justify="right")
    for kind, figures in kinds.items():
        table.add_row(kind, str(questions[kind]), *(figures[key].shown for key in BY_KIND))
    return table


def _case(case: Case) -> dict[str, Any]:
    return {
        **about(case.question),
        **case.asked.to_dict(),
        "sentence@1": _at(case, 1),
        "sentence@3": _at(case, 3),
        "sides": sides_cited(case),
        "hits": None if case.hits is None else list(case.hits),
        "absent": None if case.asked_absent is None else case.asked_absent.to_dict(),
    }


def _at(case: Case, k: int) -> bool | None:
    return sentence_at_k(case.asked.right, k) if case.question.answerable else None
