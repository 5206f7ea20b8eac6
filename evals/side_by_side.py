"""Several systems over the same questions, articles, weights and machine, in one run.

Each runs in a process of its own, so that its memory can be told apart. Differences to the first system are
paired over questions.
"""

import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from evals.cases import EvalResult
from evals.figures import Figure
from evals.report import QuestionReport, latency
from evals.run import Options, evaluate
from evals.schema import Dataset, Progress, silent
from evals.summary import MEASURES, Measure
from evals.systems import PEERS

if TYPE_CHECKING:
    from rich.console import RenderableType

QUALITY = (
    "sentence@1",
    "sentence@3",
    "citation_precision",
    "span_iou",
    "Hits@1",
    "Hits@4",
    "MRR@10",
    "nDCG@10",
    "abstention_auroc",
    "false_answer_rate",
)
"""What systems are compared by."""
_LESS_IS_BETTER = {"false_answer_rate"}
_MIB = 2**20


@dataclass(frozen=True)
class SystemRun:
    """One system's run, and the most memory that its process held, in bytes."""

    result: EvalResult
    peak_memory: int


@dataclass(frozen=True)
class SideBySide:
    """The runs of several systems over one dataset, the first of which the others are held against."""

    runs: tuple[SystemRun, ...]

    def figures(self) -> dict[str, tuple[Figure, ...]]:
        """Each measure of quality, system by system."""
        return {
            key: tuple(measure.figure(run.result.cases) for run in self.runs)
            for key, measure in _measures().items()
        }

    def differences(self) -> dict[str, dict[str, Figure]]:
        """By system, each measure of the first system less that of this one, paired over questions."""
        first, *others = self.runs
        return {
            other.result.system: {
                key: measure.difference(list(zip(other.result.cases, first.result.cases, strict=True)))
                for key, measure in _measures().items()
            }
            for other in others
        }

    def behind(self) -> list[str]:
        """Where the first system is not ahead of another, in words."""
        first = self.runs[0].result.system
        told = []
        for name, differences in self.differences().items():
            for key, ahead in differences.items():
                value = ahead.value or 0.0
                gained = -value if key in _LESS_IS_BETTER else value
                if ahead.n and gained <= 0:
                    told.append(
                        f"{first} is not ahead of {name} in {key}: {value:+.3f} ({ahead.interval}, paired)"
                    )
        return told

    def to_dict(self) -> dict[str, Any]:
        """What each system's run gives, what it cost, and how far the first is ahead of it."""
        differences = self.differences()
        return {
            "dataset": self.runs[0].result.dataset.name,
            "systems": [
                {
                    **QuestionReport(run.result).to_dict(),
                    "peak_memory_mb": round(run.peak_memory / _MIB),
                    "first_less_this": {
                        key: figure.to_dict()
                        for key, figure in differences.get(run.result.system, {}).items()
                    },
                }
                for run in self.runs
            ],
        }

    def __rich__(self) -> "RenderableType":
        """A column a system; under it where the first one is not ahead."""
        from rich.box import SIMPLE_HEAD
        from rich.console import Group
        from rich.table import Table

        result = self.runs[0].result
        table = Table(
            title=f"{result.dataset.name}: {len(result.cases)} questions on {len(result.dataset.articles)} "
            "articles",
            caption="±: half of the 95 % interval, by bootstrap over questions; index: with models loaded; "
            "latency: median and 95th percentile of an answer; memory: the most that its process held",
            box=SIMPLE_HEAD,
        )
        table.add_column("", no_wrap=True)
        for run in self.runs:
            table.add_column(run.result.system, justify="right")
        for key, figures in self.figures().items():
            table.add_row(key, *map(_with_margin, figures))
        table.add_row("index", *(f"{run.result.index_seconds:.1f} s" for run in self.runs))
        table.add_row("latency", *(_latency(run.result) for run in self.runs))
        table.add_row("memory", *(f"{run.peak_memory / _MIB:,.0f} MiB" for run in self.runs))
        told = self.behind() or [f"{result.system} is ahead in every row of quality."]
        names = [f"{name}: {PEERS[name][1]}" for run in self.runs if (name := run.result.system) in PEERS]
        return Group(table, *told, *names)


def run_side_by_side(dataset: Dataset, runs: Sequence[Options], progress: Progress = silent) -> SideBySide:
    """Ask the questions of `dataset` as each of `runs` says, one after the other.

    Raises what `evals.run.evaluate` does.
    """
    done = []
    progress("systems", 0, len(runs))
    for options in runs:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            done.append(pool.submit(_run, dataset, options).result())
        progress("systems", len(done), len(runs))
    return SideBySide(tuple(done))


def _run(dataset: Dataset, options: Options) -> SystemRun:
    result = evaluate(dataset, options)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return SystemRun(result, peak if sys.platform == "darwin" else peak * 1024)


def _with_margin(figure: Figure) -> str:
    """The value and half the width of its interval, which a narrow column has room for."""
    if figure.low is None or figure.high is None:
        return figure.shown
    return f"{figure.shown} ±{(figure.high - figure.low) / 2:.3f}"


def _latency(result: EvalResult) -> str:
    seconds = latency(result.cases)
    return f"{seconds['p50'] * 1000:.0f} / {seconds['p95'] * 1000:.0f} ms"


def _measures() -> dict[str, Measure[Any]]:
    by_key = {measure.key: measure for measure in MEASURES}
    return {key: by_key[key] for key in QUALITY}
