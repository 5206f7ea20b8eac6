"""What a chat model's answers are worth once they were checked: over every question of the shipped sample.

The model is the one that the settings name. What it wrote is judged again by the checker of support, from the
finished answer alone: an answer that passes here has nothing in it that its citations don't bear out, as far
as that checker can tell.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.datasets.sample import read_shipped_sample
from evals.figures import Figure, figure, figures_table
from evals.metrics import mean, pointer_validity, points_exactly
from evals.schema import Dataset, Progress, Question, silent, spread
from evals.systems.newscite import pipeline_over
from index.errors import InputError
from rag.pipeline import QUOTED_BECAUSE
from rag.schema import Answer
from rag.settings import read_settings
from rag.support import Judge, support_judge

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True)
class WrittenCase:
    """An answer; whether the chat model wrote it; and why each sentence that it wrote is not supported, ""
    where it is. `exact` says for each citation whether its quote stands at its offsets."""

    question: Question
    answer: Answer
    written: bool
    unsupported: tuple[str, ...]
    exact: tuple[bool, ...]

    @property
    def fell_back(self) -> bool:
        """True if there is an answer, and it is quoted in the chat model's place."""
        return bool(self.answer.sentences) and not self.written


@dataclass(frozen=True)
class WrittenReport:
    """The cases of a run, and with which model."""

    dataset: Dataset
    model: str
    cases: tuple[WrittenCase, ...]
    seconds: float

    def figures(self) -> dict[str, Figure]:
        """Pointer validity over citations, unsupported sentences shown, and the share of answers that fell
        back to quotes; intervals by bootstrap over questions."""
        answered = [case for case in self.cases if case.answer.sentences]
        written = [case for case in answered if case.written]
        return {
            "pointer_validity": figure(
                answered,
                lambda cases: pointer_validity([one for case in cases for one in case.exact]),
                n=sum(len(case.exact) for case in answered),
            ),
            "unsupported_shown": figure(
                written,
                lambda cases: mean([bool(why) for case in cases for why in case.unsupported]),
                n=sum(len(case.unsupported) for case in written),
            ),
            "fallback_rate": figure(answered, lambda cases: mean([case.fell_back for case in cases])),
        }

    def to_dict(self) -> dict[str, Any]:
        """The figures, and every answer with what is wrong in it."""
        return {
            "dataset": "written",
            "digest": self.dataset.digest,
            "model": self.model,
            "questions": len(self.cases),
            "metrics": {name: value.to_dict() for name, value in self.figures().items()},
            "seconds": round(self.seconds, 1),
            "cases": [
                {
                    "id": case.question.id,
                    "written": case.written,
                    "unsupported": list(case.unsupported),
                    "exact": list(case.exact),
                    **case.answer.to_dict(),
                }
                for case in self.cases
            ],
        }

    def __rich__(self) -> "RenderableType":
        """The figures as a table."""
        return figures_table(
            self.figures(),
            _MEANS,
            title=f"written: {self.model} over {len(self.cases)} questions of the sample",
            caption=f"digest {self.dataset.digest[:12]}; {self.seconds:.0f} s; intervals by bootstrap over "
            "questions",
        )


_MEANS = {
    "pointer_validity": "citations whose quote stands at its offsets; must be 1",
    "unsupported_shown": "sentences of the model that the checker finds no support for; must be 0",
    "fallback_rate": "answers quoted from the articles because the model's did not stand",
}


def evaluate_written(limit: int | None = None, progress: Progress = silent) -> WrittenReport:
    """Ask every question of the sample, or `limit` of them spread evenly, of the settings' chat model.

    Raises InputError if the settings name none, ChatModelError if it can't be used.
    """
    settings = read_settings()
    if not settings.has_chat_model:
        raise InputError(
            "no chat model is set: name one in NEWSCITE_CHAT_MODEL, or the small one on this machine, as "
            "NEWSCITE_CHAT_MODEL=local"
        )
    began = time.monotonic()
    dataset = read_shipped_sample()
    questions = spread(dataset.questions, limit)
    stored = {article.id: article.to_dict() for article in dataset.articles}
    judge = support_judge(settings)
    cases = []
    progress("asking", 0, len(questions))
    with pipeline_over(dataset.articles) as system:
        for done, question in enumerate(questions, start=1):
            answer = system.answer(question.text, history=question.history, filter=question.filter)
            exact = tuple(
                points_exactly(citation.to_dict(), stored[citation.article.id])
                for citation in answer.citations
            )
            cases.append(_case(question, answer, exact, judge))
            progress("asking", done, len(questions))
    name = settings.chat_model or settings.chat_url
    return WrittenReport(dataset, name, tuple(cases), time.monotonic() - began)


def _case(question: Question, answer: Answer, exact: Sequence[bool], judge: Judge) -> WrittenCase:
    written = bool(answer.sentences) and not answer.reason.startswith(QUOTED_BECAUSE)
    unsupported = [
        judge(sentence.text, [answer.citation(marker) for marker in sentence.citations])
        for sentence in answer.sentences
        if written
    ]
    return WrittenCase(question, answer, written, tuple(unsupported), tuple(exact))
