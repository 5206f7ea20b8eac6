"""What each part of the ranking adds: the figures of a dataset without it.

Each part is taken out by itself, by putting in its place, for as long as the questions are asked, what does
nothing. Only questions with an answer are asked, where it is present. Differences are paired: the interval is
the bootstrap's over questions, of the whole's verdict less the verdict without the part.
"""

import importlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evals.cases import Case
from evals.figures import Figure, figure
from evals.metrics import mean
from evals.run import Options, evaluate
from evals.schema import Dataset, Progress, silent
from evals.summary import MEASURES
from evals.systems.newscite import as_systems, pipelines_loaded_once
from evals.systems.protocol import SystemOver
from index.schema import Passage, Span

if TYPE_CHECKING:
    from rich.console import RenderableType

WHOLE = "everything"
_MEASURED = ("sentence@1", "sentence@3", "Hits@1")


def _nothing_gained(_question: str, _sentence: Span) -> float:
    return 0.0


def _itself(sentence: Span, _passage: Span) -> Span:
    return sentence


def _text_alone(passage: Passage) -> str:
    return passage.text


PARTS: Mapping[str, Mapping[str, object]] = {
    "words": {"rag.finding.matching._ALPHA": 1.0, "rag.finding.matching._ALPHA_UNLEARNT": 1.0},
    "vectors": {"rag.finding.matching._ALPHA": 0.0, "rag.finding.matching._ALPHA_UNLEARNT": 0.0},
    "titles": {"rag.finding.retrieve._with_title": _text_alone},
    "the passage's match": {"rag.finding.rerank._SENTENCE_SHARE": 1.0},
    "the sentence's match": {"rag.finding.rerank._SENTENCE_SHARE": 0.0},
    "the kind of answer": {"rag.quoting.extract.fit": _nothing_gained},
    "names asked about": {"rag.quoting.extract._UNKNOWN_NAME": 0.0},
    "the figure asked for": {"rag.quoting.extract._TELLS_QUANTITY": 0.0},
    "yes or no": {"rag.quoting.extract._TELLS_WHETHER": 0.0},
    "the sentence before": {"rag.quoting.shape.with_antecedent": _itself},
}
"""Each part and what stands in its place, by dotted name, while it is taken out."""


@dataclass(frozen=True)
class AblationReport:
    """The cases of each run, by the part that was taken out of it; `WHOLE` with nothing taken out."""

    dataset: Dataset
    runs: Mapping[str, Sequence[Case]]
    seconds: float

    def figures(self) -> dict[str, dict[str, Figure]]:
        """For each run its measures."""
        measures = [measure for measure in MEASURES if measure.key in _MEASURED]
        return {
            part: {measure.key: measure.figure(cases) for measure in measures}
            for part, cases in self.runs.items()
        }

    def gains(self) -> dict[str, dict[str, Figure]]:
        """For each part what each measure loses without it, with a paired interval."""
        verdicts = {part: _verdicts(cases) for part, cases in self.runs.items()}
        whole = verdicts[WHOLE]
        return {
            part: {
                name: figure(list(zip(whole[name], its[name], strict=True)), _mean_difference)
                for name in _MEASURED
            }
            for part, its in verdicts.items()
            if part != WHOLE
        }

    def to_dict(self) -> dict[str, Any]:
        """The figures of each run, and what each part gains."""
        return {
            "dataset": "ablation",
            "of": self.dataset.name,
            "digest": self.dataset.digest,
            "runs": {
                part: {name: value.to_dict() for name, value in figures.items()}
                for part, figures in self.figures().items()
            },
            "gains": {
                part: {name: value.to_dict() for name, value in gains.items()}
                for part, gains in self.gains().items()
            },
            "seconds": round(self.seconds, 1),
        }

    def __rich__(self) -> "RenderableType":
        """A row a part: the figures without it, and in brackets what it gains."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(
            title=f"{self.dataset.name}: what each part adds",
            caption="each figure without the part; in brackets what the part adds, 95 % interval, paired",
            box=SIMPLE_HEAD,
        )
        table.add_column("without", no_wrap=True)
        for name in _MEASURED:
            table.add_column(name, justify="right")
        gains = self.gains()
        for part, figures in self.figures().items():
            cells = (
                figures[name].shown + (f"  {_signed(gains[part][name])}" if part in gains else "")
                for name in _MEASURED
            )
            table.add_row("nothing" if part == WHOLE else part, *cells)
        return table


def run(dataset: Dataset, limit: int | None = None, progress: Progress = silent) -> AblationReport:
    """Ask the answerable questions of `dataset`, or `limit` of them spread evenly, once for each part."""
    began = time.monotonic()
    answerable = tuple(question for question in dataset.questions if question.answerable)
    asked = replace(dataset, questions=answerable)
    open_over = as_systems(pipelines_loaded_once())
    runs = {WHOLE: _cases(asked, limit, open_over)}
    for done, (part, instead) in enumerate(PARTS.items(), start=1):
        progress("taking parts out", done - 1, len(PARTS))
        with _replaced(instead):
            runs[part] = _cases(asked, limit, open_over)
        progress("taking parts out", done, len(PARTS))
    return AblationReport(dataset, runs, time.monotonic() - began)


def _cases(dataset: Dataset, limit: int | None, open_over: SystemOver) -> tuple[Case, ...]:
    return evaluate(dataset, Options(limit=limit), system_over=open_over, ask_absent=False).cases


@contextmanager
def _replaced(instead: Mapping[str, object]) -> Iterator[None]:
    """Put other things in the place of module attributes, and put these back at the end."""
    places = [(importlib.import_module(dotted.rpartition(".")[0]), dotted) for dotted in instead]
    kept = [(where, name := dotted.rpartition(".")[2], getattr(where, name)) for where, dotted in places]
    for (where, name, _), value in zip(kept, instead.values(), strict=True):
        setattr(where, name, value)
    try:
        yield
    finally:
        for where, name, value in kept:
            setattr(where, name, value)


def _verdicts(cases: Sequence[Case]) -> dict[str, list[float]]:
    """What each case counts for in each measure, 0 or 1."""
    return {
        measure.key: [measure.figure([case]).value or 0.0 for case in cases]
        for measure in MEASURES
        if measure.key in _MEASURED
    }


def _mean_difference(pairs: Sequence[tuple[float, float]]) -> float | None:
    return mean([whole - without for whole, without in pairs])


def _signed(gain: Figure) -> str:
    if gain.value is None or gain.low is None or gain.high is None:
        return "–"
    return f"({gain.value:+.3f}, {gain.low:+.3f} to {gain.high:+.3f})"
