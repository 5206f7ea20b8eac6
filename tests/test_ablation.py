"""Taking parts of the ranking out, one at a time, and what the figures say to it."""

import importlib
from dataclasses import replace

import pytest
from rich.console import Console

from evals.ablation import PARTS, WHOLE, run
from evals.datasets import read_shipped_sample
from evals.schema import Dataset


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Six answerable questions, on the articles that they are about."""
    whole = read_shipped_sample()
    questions = [question for question in whole.questions if question.answerable and not question.history][:6]
    keys = {span.article.id for question in questions for span in question.gold}
    articles = tuple(article for article in whole.articles if article.id in keys)
    return replace(whole, articles=articles, questions=tuple(questions))


def test_each_part_is_taken_out_alone_and_put_back(dataset: Dataset) -> None:
    before = {name: _named(name) for instead in PARTS.values() for name in instead}

    report = run(dataset)

    assert {name: _named(name) for name in before} == before
    assert list(report.runs) == [WHOLE, *PARTS]
    scores = {part: [case.asked.confidence for case in cases] for part, cases in report.runs.items()}
    without_effect = {part for part, its in scores.items() if part != WHOLE and its == scores[WHOLE]}
    # These order and widen, which six questions need not show in how sure an answer is.
    assert without_effect <= {
        "names asked about",
        "the sentence before",
        "the kind of answer",
        "the figure asked for",
        "yes or no",
    }
    gains = report.gains()
    figures = report.figures()
    for part in PARTS:
        for name, gain in gains[part].items():
            whole, without = figures[WHOLE][name].value, figures[part][name].value
            assert whole is not None
            assert without is not None
            assert gain.value == pytest.approx(whole - without)


def test_the_table_has_a_row_a_part(dataset: Dataset) -> None:
    report = run(replace(dataset, questions=dataset.questions[:1]))
    console = Console(width=160, record=True)

    console.print(report)

    shown = console.export_text()
    assert all(part in shown for part in PARTS)
    assert set(report.to_dict()["runs"]) == {WHOLE, *PARTS}


def test_a_name_that_is_no_longer_there_is_noticed(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARTS, "gone", {"rag.finding.matching._GONE": 1})

    with pytest.raises(AttributeError, match="_GONE"):
        run(replace(dataset, questions=dataset.questions[:1]))


def _named(dotted: str) -> object:
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)
