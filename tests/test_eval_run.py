"""Runs over a dataset of four articles: by newscite itself, and by systems that are wrong in a known way."""

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from evals import command
from evals.cases import EvalResult
from evals.report import to_dict, to_renderable
from evals.run import Options, evaluate
from evals.schema import Dataset, Question
from evals.summary import MEASURES, sides_cited, summarise
from evals.systems import Quoted, Reply, Said, System, SystemOver
from evals.systems.newscite import quoted
from index.errors import InputError
from index.schema import Article, Mask, Span
from rag.schema import Turn

FLOOD, STRIKE, VOTE, FIRE = ARTICLES = tuple(
    Article(key=name, source=f"{name}.txt", text=text, title=title, language="en")
    for name, title, text in [
        (
            "flood",
            "Flood in Elmar",
            "The river Elmar rose by two metres on Sunday. Nobody was hurt, the mayor said.",
        ),
        (
            "strike",
            "Tram strike in Porto Velo",
            "Tram drivers in Porto Velo stopped work on Monday. Their union wants shorter shifts.",
        ),
        (
            "vote",
            "Sandholm votes for the bridge",
            "Voters in Sandholm approved a new bridge to the island. It will cost nine million crowns.",
        ),
        (
            "fire",
            "Fire at the Kestrel mill",
            "A fire destroyed the old Kestrel paper mill at night. Police believe that a cable was faulty.",
        ),
    ]
)


def gold(article: Article, quote: str) -> tuple[Span]:
    start = article.text.index(quote)
    return (Span(article, start, start + len(quote)),)


QUESTIONS = (
    Question("rise", "How far did the river Elmar rise?", "number", gold(FLOOD, "rose by two metres")),
    Question("shifts", "What does the tram drivers' union want?", "thing", gold(STRIKE, "shorter shifts")),
    Question("bridge", "What will the Sandholm bridge cost?", "number", gold(VOTE, "nine million crowns")),
    Question("mill", "What destroyed the Kestrel paper mill?", "thing", gold(FIRE, "A fire destroyed")),
)
UNANSWERABLE = Question("penguin", "Which penguin won the chess championship in Antarctica?", "absent")


def dataset(*questions: Question) -> Dataset:
    return Dataset("four", ARTICLES, questions or QUESTIONS, "MIT", "0" * 64, "four articles")


def reply_of(spans: Sequence[Span], confidence: float = 0.9) -> Reply:
    if not spans:
        return Reply("No article says.", confidence=1 - confidence, status="abstained")
    text = " ".join(span.text for span in spans)
    said = Said(text, tuple(range(len(spans))))
    return Reply(text, tuple(map(quoted, spans)), confidence, sentences=(said,))


class Scripted:
    """A system that cites what `cites` says of a question's gold, over the articles it knows."""

    def __init__(
        self, articles: Sequence[Article], cites: Callable[[Sequence[Span]], Sequence[Span]]
    ) -> None:
        self.known = {article.id for article in articles}
        self.cites = cites
        self.gold = {question.text: question.gold for question in QUESTIONS}
        self.asked: list[str] = []

    def answer(self, question: str, **_: object) -> Reply:
        self.asked.append(question)
        gold = [span for span in self.gold.get(question, ()) if span.article.id in self.known]
        return reply_of(self.cites(gold))

    def search(self, _question: str, *, k: int = 10, **_: object) -> list[Quoted]:
        known = [article for article in ARTICLES if article.id in self.known]
        return [quoted(Span(article, 0, len(article.text))) for article in known[:k]]


def scripted(cites: Callable[[Sequence[Span]], Sequence[Span]]) -> SystemOver:
    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        yield Scripted(articles, cites)

    return over


def values(result: EvalResult) -> dict[str, float | None]:
    return {key: figure.value for key, figure in summarise(result.cases).items()}


def first_words(article: Article) -> Span:
    return Span(article, 0, 5)


def wrong_sentence(gold: Sequence[Span]) -> list[Span]:
    return [Span(span.article, span.start - 1, span.start) if span.start else last(span) for span in gold]


def last(span: Span) -> Span:
    return Span(span.article, len(span.article.text) - 1, len(span.article.text))


def test_a_perfect_system_scores_one_and_refuses_what_is_absent() -> None:
    result = evaluate(dataset(), system_over=scripted(list))
    got = values(result)
    ranked = {"Hits@1", "MRR@10", "MAP@10", "nDCG@10"}  # scripted search gives the articles as they come
    perfect = {measure.key for measure in MEASURES} - ranked - {"both_sides_recall"}
    perfect -= {"answer_containment", "repeated_wrong_rate"}  # no gold in words, nothing called wrong
    zero = {"false_answer_rate", "false_refusal_rate", "boilerplate_citation_rate"}
    assert {key: got[key] for key in perfect} == {key: float(key not in zero) for key in perfect}


def test_hits_and_reciprocal_rank_follow_the_rank_of_the_gold_article() -> None:
    # Scripted search returns the articles in order, so the four questions' gold comes at ranks 1, 2, 3, 4.
    got = values(evaluate(dataset(), system_over=scripted(list)))
    assert (got["Hits@1"], got["Hits@4"], got["Hits@10"]) == (1 / 4, 1, 1)
    assert got["MRR@10"] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)


def test_citing_the_right_articles_wrong_sentence_lowers_sentence_at_k_alone() -> None:
    got = values(evaluate(dataset(), system_over=scripted(wrong_sentence)))
    assert (got["sentence@1"], got["sentence@3"]) == (0, 0)
    assert got["pointer_validity"] == 1


def test_citing_spans_at_random_lowers_everything_about_spans() -> None:
    chance = random.Random(3)

    def anywhere(gold: Sequence[Span]) -> list[Span]:
        article = chance.choice(ARTICLES)
        start = chance.randrange(len(article.text) - 5)
        return [Span(article, start, start + 5)]

    got = values(evaluate(dataset(), system_over=scripted(anywhere)))
    keys = (
        "sentence@1",
        "citation_precision",
        "citation_recall",
        "span_precision",
        "span_recall",
        "span_iou",
    )
    honest = values(evaluate(dataset(), system_over=scripted(list)))
    assert all((got[key] or 0) < (honest[key] or 0) for key in keys)
    assert got["span_iou"] is not None
    assert got["span_iou"] < 0.2


def test_citing_more_than_gold_costs_precision_and_not_recall() -> None:
    got = values(
        evaluate(dataset(), system_over=scripted(lambda gold: [Span(s.article, 0, s.end) for s in gold]))
    )
    assert (got["span_recall"], got["citation_precision"]) == (1, 1)
    assert got["span_precision"] == got["span_iou"] != 1


def test_what_the_citations_do_not_say_shows_as_unsupported() -> None:
    class Inventing(Scripted):
        def answer(self, question: str, **_: object) -> Reply:
            reply = super().answer(question)
            invented = Said("Ninety penguins won the chess championship.", (0,))
            return replace(reply, sentences=tuple(invented for _ in reply.citations))

    honest = values(evaluate(dataset(), system_over=scripted(list)))
    inventing = values(
        evaluate(dataset(), system_over=lambda articles: nullcontext(Inventing(articles, list)))
    )
    assert (honest["alce_citation_recall"], honest["alce_citation_precision"]) == (1, 1)
    assert (inventing["alce_citation_recall"], inventing["alce_citation_precision"]) == (0, 0)


def test_gold_answers_are_looked_for_in_the_answers_words() -> None:
    questions = (
        replace(QUESTIONS[0], answers=("two metres", "2 m")),
        replace(QUESTIONS[2], answers=("ten million",)),
    )
    got = values(evaluate(dataset(*questions), system_over=scripted(list)))
    assert got["answer_containment"] == 0.5


def test_the_right_citation_in_second_place_counts_for_three_not_for_one() -> None:
    late = scripted(lambda gold: [*wrong_sentence(gold), *gold])
    got = values(evaluate(dataset(), system_over=late))
    assert (got["sentence@1"], got["sentence@3"]) == (0, 1)


def test_never_refusing_shows_as_false_answers() -> None:
    got = values(evaluate(dataset(), system_over=scripted(lambda gold: gold or [first_words(FLOOD)])))
    assert (got["abstention_recall"], got["false_answer_rate"]) == (0, 1)
    assert got["abstention_precision"] is None
    assert got["abstention_auroc"] == 0.5


def test_always_refusing_shows_as_false_refusals_and_misses() -> None:
    got = values(evaluate(dataset(), system_over=scripted(lambda _: [])))
    assert (got["abstention_recall"], got["false_refusal_rate"], got["sentence@3"]) == (1, 1, 0)
    assert got["abstention_precision"] == 0.5
    assert got["pointer_validity"] is None


RISE_OR_NOT = (gold(FLOOD, "rose by two metres"), gold(VOTE, "nine million crowns"))
DISPUTED = replace(QUESTIONS[0], gold=tuple(span for side in RISE_OR_NOT for span in side), sides=RISE_OR_NOT)


@pytest.mark.parametrize(
    ("cites", "cited", "recall"),
    [
        (list, [True, True], 1),
        (lambda gold: gold[:1], [True, False], 0.5),
        (lambda gold: [last(gold[0]), Span(VOTE, gold[1].end - 1, len(VOTE.text))], [False, True], 0.5),
        (lambda gold: [replace(gold[0], article=VOTE)], [False, False], 0),
        (lambda _: [], [False, False], 0),
    ],
)
def test_sides_are_cited_where_a_citation_shares_a_character_with_them(
    cites: Callable[[Sequence[Span]], Sequence[Span]], cited: list[bool], recall: float
) -> None:
    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        system = Scripted(articles, lambda gold: cites(gold) if gold else [])
        system.gold[DISPUTED.text] = DISPUTED.gold
        yield system

    result = evaluate(dataset(DISPUTED, UNANSWERABLE), system_over=over)
    assert [sides_cited(case) for case in result.cases] == [cited, []]
    figure = summarise(result.cases)["both_sides_recall"]
    assert (figure.value, figure.n) == (recall, 1)
    assert [case["sides"] for case in to_dict(result)["cases"]] == [cited, []]


def test_a_side_is_gold() -> None:
    with pytest.raises(ValueError, match="question rise has a side outside its gold"):
        dataset(replace(QUESTIONS[0], sides=RISE_OR_NOT))


def test_a_quote_from_an_altered_article_is_not_valid() -> None:
    altered = replace(FLOOD, text=FLOOD.text.replace("two metres", "six metres"))
    got = values(evaluate(dataset(), system_over=scripted(lambda _: [Span(altered, 10, 30)])))
    assert got["pointer_validity"] == 0


def test_citing_what_the_dataset_masks_shows_as_boilerplate() -> None:
    # The system was given the articles without their masks.
    masked = tuple(replace(article, masks=(Mask(0, 9, "caption"),)) for article in ARTICLES)
    captions = scripted(lambda _: [first_words(FLOOD), Span(STRIKE, 20, 30)])
    got = values(evaluate(replace(dataset(UNANSWERABLE), articles=masked), system_over=captions))
    assert (got["boilerplate_citation_rate"], got["pointer_validity"]) == (0.5, 0.5)


def test_a_question_is_asked_again_over_only_the_articles_that_do_not_answer_it() -> None:
    systems: list[Scripted] = []

    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        systems.append(Scripted(articles, list))
        yield systems[-1]

    evaluate(dataset(), system_over=over)
    everything, even, odd = systems
    assert everything.asked == [question.text for question in QUESTIONS]
    assert (even.known, even.asked) == ({FLOOD.id, VOTE.id}, [QUESTIONS[1].text, QUESTIONS[3].text])
    assert (odd.known, odd.asked) == ({STRIKE.id, FIRE.id}, [QUESTIONS[0].text, QUESTIONS[2].text])


def test_a_dataset_with_unanswerable_questions_is_asked_once() -> None:
    result = evaluate(dataset(*QUESTIONS, UNANSWERABLE), system_over=scripted(list))
    assert all(case.asked_absent is None for case in result.cases)
    figures = summarise(result.cases)
    assert (figures["abstention_recall"].n, figures["false_refusal_rate"].n) == (1, 4)
    assert figures["sentence@1"].n == 4


def test_search_is_not_judged_on_a_follow_up() -> None:
    follow_up = replace(QUESTIONS[0], id="it", history=(Turn("What happened in Elmar?"),))
    result = evaluate(dataset(*QUESTIONS, follow_up), system_over=scripted(list))
    figures = summarise(result.cases)
    assert (figures["Hits@1"].n, figures["sentence@1"].n) == (4, 5)


def test_a_limit_is_spread_evenly_over_the_questions() -> None:
    result = evaluate(dataset(), Options(limit=2), system_over=scripted(list))
    assert [case.question.id for case in result.cases] == ["rise", "bridge"]


def test_with_a_seed_a_limit_is_drawn_at_random_and_always_the_same() -> None:
    drawn = [
        [case.question.id for case in evaluate(dataset(), options, system_over=scripted(list)).cases]
        for options in (Options(limit=2, seed=1), Options(limit=2, seed=1), Options(limit=2, seed=5))
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_several_workers_find_the_same_in_the_same_order() -> None:
    alone = evaluate(dataset(), system_over=scripted(list))
    together = evaluate(dataset(), Options(workers=4), system_over=scripted(list))
    assert without_seconds(together) == without_seconds(alone)


def test_progress_is_told_for_every_question() -> None:
    told: list[tuple[str, int, int]] = []
    evaluate(dataset(), system_over=scripted(list), progress=lambda *step: told.append(step))
    assert [step[1:] for step in told if step[0] == "asking"] == [(n, 4) for n in range(5)]
    assert told[-1] == ("asking what is absent, 2 of 2", 2, 2)


def test_the_json_has_every_metric_and_every_case() -> None:
    result = evaluate(dataset(*QUESTIONS, UNANSWERABLE), system_over=scripted(list))
    written = json.loads(json.dumps(to_dict(result)))
    assert (written["dataset"], written["system"], written["judge"]) == ("four", "newscite", "rules")
    assert written["digest"] == "0" * 64
    assert (written["articles"], written["questions"]) == (4, 5)
    assert list(written["metrics"]) == [measure.key for measure in MEASURES]
    assert written["metrics"]["sentence@1"] == {"value": 1, "low": 1, "high": 1, "n": 4}
    assert [case["id"] for case in written["cases"]] == ["rise", "shifts", "bridge", "mill", "penguin"]
    assert written["cases"][0]["citations"][0]["quote"] == "rose by two metres"
    assert written["cases"][0]["gold"][0]["quote"] == "rose by two metres"
    assert list(written["kinds"]) == ["number", "thing", "absent"]
    assert written["kinds"]["absent"]["abstention_recall"]["value"] == 1


def test_the_tables_show_values_intervals_and_kinds() -> None:
    result = evaluate(dataset(*QUESTIONS, UNANSWERABLE), system_over=scripted(wrong_sentence))
    out = StringIO()
    Console(file=out, width=120).print(to_renderable(result))
    shown = out.getvalue()
    assert "four: 5 questions on 4 articles" in shown
    left_out = {measure.key for measure in MEASURES if measure.key not in shown}
    assert left_out == {"both_sides_recall", "answer_containment", "repeated_wrong_rate"}  # they have none
    assert "0.250" in shown
    assert "by kind of question" in shown
    assert "4 answerable questions without a right citation" in shown


@pytest.fixture(scope="module")
def by_newscite() -> EvalResult:
    return evaluate(dataset())


def test_newscite_answers_four_plain_questions_and_refuses_them_where_absent(by_newscite: EvalResult) -> None:
    got = values(by_newscite)
    assert (got["sentence@3"], got["Hits@1"], got["MRR@10"]) == (1, 1, 1)
    assert (got["pointer_validity"], got["boilerplate_citation_rate"]) == (1, 0)
    assert got["abstention_auroc"] == 1


def test_newscite_gives_the_same_cases_again(by_newscite: EvalResult) -> None:
    assert without_seconds(evaluate(dataset())) == without_seconds(by_newscite)


def without_seconds(result: EvalResult) -> list[dict[str, object]]:
    return [
        {**case, "seconds": 0, "absent": case["absent"] and {**case["absent"], "seconds": 0}}
        for case in to_dict(result)["cases"]
    ]


def shell() -> typer.Typer:
    app = typer.Typer()
    app.add_typer(command.app, name="eval")
    return app


def test_the_command_prints_one_json_line() -> None:
    done = CliRunner().invoke(shell(), ["eval", "sample", "--limit", "2", "--json"])
    assert done.exit_code == 0, done.output
    written = json.loads(done.stdout.splitlines()[-1])
    assert (written["dataset"], written["questions"]) == ("sample", 2)


def test_the_command_prints_a_table() -> None:
    done = CliRunner().invoke(shell(), ["eval", "sample", "--limit", "1"])
    assert done.exit_code == 0, done.output
    assert "pointer_validity" in done.stdout


def test_run_may_be_said_and_a_wrong_name_is_one_line() -> None:
    done = CliRunner().invoke(shell(), ["eval", "run", "nowhere"])
    assert isinstance(done.exception, InputError)
    assert "no evaluation 'nowhere'" in str(done.exception)


def test_the_evaluations_are_listed_with_where_their_data_is() -> None:
    done = CliRunner().invoke(shell(), ["eval", "--list"])
    assert done.exit_code == 0, done.output
    assert done.stdout == CliRunner().invoke(shell(), ["eval", "list"]).stdout
    assert "github.com/berzak/onestop-qa" in done.stdout
    assert "shipped" in done.stdout
    assert "holds 2,556 questions on 609 articles" in done.stdout
    assert "licence: ODC-BY 1.0" in done.stdout


def test_the_command_compares_two_runs(tmp_path: Path) -> None:
    done = CliRunner().invoke(shell(), ["eval", "sample", "--limit", "2", "--json"])
    file = tmp_path / "run.json"
    file.write_text(done.stdout.splitlines()[-1], encoding="utf-8")

    compared = CliRunner().invoke(shell(), ["eval", "compare", str(file), str(file), "--json"])

    assert compared.exit_code == 0, compared.output
    assert json.loads(compared.stdout)["questions"] == 2


def test_the_command_is_cheap_to_import() -> None:
    heavy = "torch chromadb gradio numpy tantivy trafilatura rag.pipeline"
    code = f"import sys, evals.command; print(*[m for m in {heavy!r}.split() if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
