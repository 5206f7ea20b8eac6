"""A CrossEncoder as the reranker; a tiny one is made here, so nothing is fetched."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from small_models import cross_encoder

from index.errors import InputError
from index.schema import Article, Span
from index.sentences import sentence_spans
from rag import Pipeline
from rag.finding.scorers import load_scorer

TEXT = "The old bridge was closed on Tuesday. The ferry sank in the harbour."


def sentences() -> list[Span]:
    article = Article(key="a", source="a", text=TEXT, language="en")
    return [Span(article, span.start, span.end) for span in sentence_spans(article)]


def test_none_is_set_by_default() -> None:
    assert load_scorer("") is None


def test_a_cross_encoder_scores_each_sentence(tmp_path: Path) -> None:
    scorer = load_scorer(str(cross_encoder(tmp_path / "ranker", labels={0: "score"})))
    assert scorer is not None

    read = scorer.read("What sank?", [sentences(), [], sentences()[1:]])

    assert [len(scores) for scores in read] == [2, 0, 1]
    assert read[0][1] == pytest.approx(read[2][0], abs=1e-4)
    assert scorer.read("What sank?", [[]]) == [[]]


@pytest.mark.parametrize(
    ("labels", "problem"), [({0: "no", 1: "yes"}, "gives 2 figures a pair"), (None, "can't be loaded")]
)
def test_one_that_cannot_serve_is_named(tmp_path: Path, labels: dict[int, str] | None, problem: str) -> None:
    name = str(cross_encoder(tmp_path / "it", labels=labels)) if labels else str(tmp_path / "missing")
    scorer = load_scorer(name)
    assert scorer is not None

    with pytest.raises(InputError, match=problem):
        scorer.read("What sank?", [sentences()])


class Sure:
    """Is sure of every sentence."""

    def read(self, question: str, passages: Sequence[Sequence[Span]]) -> list[list[float]]:  # noqa: ARG002
        return [[100.0 for _ in sentences] for sentences in passages]


def test_a_scorer_orders_sentences_and_answers_no_question_by_itself(sample_pipeline: Pipeline) -> None:
    scored = Pipeline(sample_pipeline.store, scorer=Sure())
    absent, present = "Which satellite did Japan launch to Jupiter?", "Who stole the astrolabe?"

    assert scored.answer(absent).status == "abstained"
    for question in (absent, present):
        alone = sample_pipeline.answer(question).confidence
        assert scored.answer(question).confidence == pytest.approx(alone, abs=1e-6)
