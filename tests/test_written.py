"""The evaluation of what a chat model writes: its figures by hand, and a run with the small local model."""

import pytest
from rich.console import Console

from evals.datasets import read_shipped_sample
from evals.written import WrittenCase, WrittenReport, evaluate_written
from index.errors import InputError
from rag.schema import Answer, Citation, Sentence
from rag.writing.local_model import has_local_model


def _case(
    number: int, *, written: bool, unsupported: tuple[str, ...] = (), answered: bool = True
) -> WrittenCase:
    dataset = read_shipped_sample()
    article = dataset.articles[0]
    citation = Citation(article, *article.open_spans()[0], 1, "p1")
    answer = (
        Answer(
            "Why?", "answered", "", tuple(Sentence("So.", (1,)) for _ in unsupported or ("",)), (citation,)
        )
        if answered
        else Answer("Why?", "abstained", "Nothing.")
    )
    return WrittenCase(dataset.questions[number], answer, written, unsupported, (True,) if answered else ())


def test_figures_by_hand() -> None:
    cases = (
        _case(0, written=True, unsupported=("", "")),
        _case(1, written=True, unsupported=("it says 12, the quote 21", "")),
        _case(2, written=False),
        _case(3, written=False, answered=False),
    )

    figures = WrittenReport(read_shipped_sample(), "local", cases, 1.0).figures()

    assert (figures["pointer_validity"].value, figures["pointer_validity"].n) == (1.0, 3)
    assert (figures["unsupported_shown"].value, figures["unsupported_shown"].n) == (0.25, 4)
    assert figures["fallback_rate"].value == pytest.approx(1 / 3)


def test_without_a_chat_model_it_says_how_to_name_one() -> None:
    with pytest.raises(InputError, match="NEWSCITE_CHAT_MODEL=local"):
        evaluate_written()


@pytest.mark.slow
@pytest.mark.llm
def test_the_small_local_model_shows_nothing_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_local_model():
        pytest.skip("the local model is not installed: make test installs it")
    monkeypatch.setenv("NEWSCITE_CHAT_MODEL", "local")
    monkeypatch.setenv("NEWSCITE_CHAT_MAX_TOKENS", "60")

    report = evaluate_written(limit=2)

    plain = report.to_dict()
    assert plain["model"] == "local"
    assert plain["metrics"]["pointer_validity"]["value"] == 1
    assert plain["metrics"]["unsupported_shown"]["value"] in (0, None)
    assert len(plain["cases"]) == 2
    console = Console(width=120, record=True)
    console.print(report)
    assert "fallback_rate" in console.export_text()
