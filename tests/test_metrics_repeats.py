"""Whether what was called wrong is done again, by hand and in runs of systems that do it in a known way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from test_eval_run import FLOOD, QUESTIONS, Scripted, dataset, gold, scripted

from evals.cases import EvalResult
from evals.gate import check_gate, write_baseline
from evals.metrics import cites_again, repeated_wrong_rate, says_again
from evals.pages.html import to_html
from evals.pages.written import to_markdown
from evals.report import QuestionReport, to_dict
from evals.run import Options, evaluate
from evals.schema import Question, Wrong
from evals.summary import summarise
from evals.systems import Reply, System
from index.schema import Article, Span

ASKED = QUESTIONS[0]  # how far the river rose
NOBODY = gold(FLOOD, "Nobody was hurt, the mayor said.")


def test_citing_again_is_sharing_a_character() -> None:
    assert cites_again([("a", 0, 4), ("a", 9, 12)], [("a", 11, 20)])
    assert not cites_again([("a", 0, 4), ("b", 11, 20)], [("a", 4, 20)])
    assert not cites_again([], [("a", 0, 4)])


def test_saying_again_is_the_same_words_on_the_same_place() -> None:
    said = [("It rose.", [("a", 0, 4)]), ("Two people were hurt, he said.", [("a", 10, 20), ("b", 0, 3)])]
    assert says_again(said, "two people were hurt", [("b", 0, 1)])
    assert says_again(said, "Two people were hurt.")
    assert not says_again(said, "Two people were hurt.", [("a", 0, 4)])
    assert not says_again(said, "Two people were killed.")
    assert not says_again(said, "…")


def test_the_rate_is_a_share() -> None:
    assert repeated_wrong_rate([True, False, False, False]) == 0.25
    assert repeated_wrong_rate([]) is None


def wrongly(*wrong: Wrong, **changes: object) -> Question:
    return replace(ASKED, gold=(), gold_known=False, wrong=wrong, **changes)  # type: ignore[arg-type]


def run(*questions: Question, cites: Sequence[Span]) -> EvalResult:
    """What comes of a system that cites these spans, whatever it is asked."""
    return evaluate(dataset(*questions), Options(), system_over=scripted(lambda _: cites))


CITED = Wrong(NOBODY)
SAID = Wrong(NOBODY, "Nobody was hurt")
ELSEWHERE = Wrong(ASKED.gold, "Nobody was hurt")  # said, but not on this
REFUSED = Wrong()


@pytest.mark.parametrize(
    ("cites", "repeats"),
    [
        (NOBODY, (True, True, False, False)),
        (ASKED.gold, (False, False, False, False)),
        ((), (False, False, False, True)),
    ],
)
def test_a_system_that_does_it_again_is_caught_and_another_is_not(
    cites: Sequence[Span], repeats: tuple[bool, ...]
) -> None:
    result = run(wrongly(CITED, SAID, ELSEWHERE, REFUSED), cites=cites)
    assert result.cases[0].asked.repeats == repeats
    figure = summarise(result.cases)["repeated_wrong_rate"]
    assert (figure.value, figure.n) == (sum(repeats) / 4, 4)


def test_sentences_that_are_not_told_apart_are_looked_for_in_the_whole_answer() -> None:
    class Plain(Scripted):
        def answer(self, question: str, **named: object) -> Reply:
            return replace(super().answer(question, **named), sentences=())

    @contextmanager
    def plain(articles: Sequence[Article]) -> Iterator[System]:
        yield Plain(articles, lambda _: [*ASKED.gold, *NOBODY])

    result = evaluate(dataset(wrongly(SAID, ELSEWHERE)), Options(), system_over=plain)
    assert result.cases[0].asked.repeats == (True, True)


def test_what_is_wrong_says_nothing_of_what_is_right() -> None:
    result = run(*QUESTIONS[1:], wrongly(CITED), cites=ASKED.gold)
    figures = summarise(result.cases)
    without = summarise(run(*QUESTIONS[1:], cites=ASKED.gold).cases)
    assert figures["repeated_wrong_rate"].value == 0
    assert without["repeated_wrong_rate"].value is None
    of_any_answer = {"pointer_validity", "boilerplate_citation_rate", "repeated_wrong_rate"}
    of_any_answer |= {"alce_citation_recall", "alce_citation_precision"}
    assert {key for key in figures if figures[key] != without[key]} == of_any_answer
    assert result.cases[-1].asked_absent is None


def test_gold_beside_it_counts_as_gold_everywhere() -> None:
    figures = summarise(run(replace(ASKED, wrong=(CITED,)), cites=ASKED.gold).cases)
    assert (figures["sentence@1"].value, figures["repeated_wrong_rate"].value) == (1, 0)


def test_the_figure_stands_in_every_report_and_in_the_gate(tmp_path: Path) -> None:
    result = run(wrongly(CITED, SAID), wrongly(REFUSED, id="other"), cites=NOBODY)
    plain = to_dict(result)
    assert plain["metrics"]["repeated_wrong_rate"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert plain["metrics"]["repeated_wrong_rate"]["low"] is not None
    assert [case["answerable"] for case in plain["cases"]] == [None, None]
    assert [case["repeats"] for case in plain["cases"]] == [[True, True], [False]]
    assert plain["cases"][0]["wrong"][1]["sentence"] == "Nobody was hurt"
    assert plain["cases"][0]["wrong"][0]["places"][0]["quote"] == NOBODY[0].text

    page, written = to_html(result), to_markdown(result)
    for shown in (page, written):
        assert "repeated_wrong_rate" in shown
        assert "does again what was called wrong" in shown
    assert "Called wrong: <bdi>citing “Nobody was hurt, the mayor said.”</bdi> (done again)" in page
    assert "Called wrong: <bdi>refusing</bdi> (not done again)" in page

    baseline = tmp_path / "baseline.json"
    write_baseline(QuestionReport(result), baseline)
    assert '"repeated_wrong_rate"' in baseline.read_text(encoding="utf-8")
    assert check_gate(lambda _: QuestionReport(result), baseline).passed
    worse = run(wrongly(CITED, SAID, SAID), wrongly(CITED, id="other"), cites=NOBODY)
    assert not check_gate(lambda _: QuestionReport(worse), baseline).passed


def test_a_run_that_goes_on_knows_what_was_done_again(tmp_path: Path) -> None:
    asked = dataset(wrongly(CITED))
    options = Options(keep=tmp_path / "cases.jsonl")
    first = evaluate(asked, options, system_over=scripted(lambda _: NOBODY))
    again = evaluate(asked, options, system_over=scripted(lambda _: ()))
    assert again.cases[0].asked.text == first.cases[0].asked.text
    assert again.cases[0].asked.repeats == (True,)


def test_what_is_wrong_must_be_in_the_articles() -> None:
    other = Article(key="other", source="other.txt", text="Nobody came.")
    with pytest.raises(ValueError, match="calls an unknown article wrong"):
        dataset(wrongly(Wrong((Span(other, 0, 6),))))
