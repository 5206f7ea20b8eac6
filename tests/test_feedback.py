"""What readers say of answers: kept as cases that `newscite eval own` runs, and nothing else is taken."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import filelock
import pytest
from page_server import pipeline_over
from test_kept import broken, through_json

from evals.datasets.sample import read_own
from evals.run import Options, evaluate
from evals.summary import summarise
from evals.systems import Quoted, Reply, System
from index.errors import InputError, StoreError, StoreLocked
from index.schema import Article, Filter
from index.store import Store
from rag.pipeline import Pipeline
from rag.schema import Sentence
from ui import kept
from ui.chat import converse, messages
from ui.feedback import cases
from ui.feedback.cases import FOLDER, Feedback, Judgement, answer_id
from ui.feedback.controls import controls, judge
from ui.narrowing import EVERYWHERE, Narrowed
from ui.render import Exchange

DISPUTED = "Did the government negotiate with Ordalek about the Sarrow Gorge dam?"
REFUSED = "Who won the chess championship of Antarctica?"
RIGHT, NOTHING = Judgement(right=True), Judgement()


@pytest.fixture
def pipeline(sample_store: Path, sample_pipeline: Pipeline, tmp_path: Path) -> Iterator[Pipeline]:
    """A pipeline over a store of its own that holds the sample."""
    shutil.copytree(sample_store, tmp_path / "store")
    with Pipeline(Store(tmp_path / "store", sample_pipeline.store.embedder)) as opened:
        yield opened


def feedback_of(pipeline: Pipeline) -> Feedback:
    return Feedback(pipeline.store.folder / FOLDER, pipeline.search)


@pytest.fixture
def feedback(pipeline: Pipeline) -> Feedback:
    return feedback_of(pipeline)


def asked(pipeline: Pipeline, question: str, *earlier: Exchange, narrowed: Narrowed = EVERYWHERE) -> Exchange:
    *_, exchanges = converse(pipeline, question, earlier, narrowed=narrowed)
    assert exchanges[-1].answer is not None
    return exchanges[-1]


def rows(feedback: Feedback) -> list[dict[str, Any]]:
    lines = (feedback.folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_right_answer_has_its_quotes_as_gold_with_both_sides(
    pipeline: Pipeline, feedback: Feedback
) -> None:
    exchange = asked(pipeline, DISPUTED)
    feedback.save(exchange, RIGHT)
    (question,) = read_own(feedback.folder).questions
    assert (question.text, question.kind) == (DISPUTED, "right answer")
    assert len(question.sides) == 2
    assert {span.text for span in question.gold} == {cited.quote for cited in exchange.citations}
    for span in question.gold:
        told = {cited.article.text: cited.article for cited in exchange.citations}[span.article.text]
        for field in ("title", "outlet", "author", "published", "modified", "language"):
            assert getattr(span.article, field) == getattr(told, field)


def test_a_refusal_is_right_or_should_have_been_an_answer(pipeline: Pipeline, feedback: Feedback) -> None:
    exchange = asked(pipeline, REFUSED)
    feedback.save(exchange, RIGHT)
    assert read_own(feedback.folder).questions[0].unanswerable
    feedback.save(exchange, Judgement(unwanted=True))
    (question,) = read_own(feedback.folder).questions
    assert (question.gold_known, question.kind) == (False, "wrong refusal")
    assert [(one.places, one.sentence) for one in question.wrong] == [((), "")]
    assert feedback.of(exchange) == Judgement(unwanted=True)


def test_what_is_wrong_is_a_quote_or_a_sentence_on_its_quotes(pipeline: Pipeline, feedback: Feedback) -> None:
    exchange = asked(pipeline, DISPUTED)
    said = Judgement(wrong=frozenset({2}), unsupported=frozenset({1}))
    feedback.save(exchange, said)
    (question,) = read_own(feedback.folder).questions
    cited, unsupported = question.wrong
    assert [span.text for span in cited.places] == [exchange.citations[1].quote]
    assert unsupported.sentence == exchange.sentences[0].text
    assert [span.text for span in unsupported.places] == [
        exchange.citations[marker - 1].quote for marker in exchange.sentences[0].citations
    ]
    assert not question.gold_known
    assert feedback.of(exchange) == said


def test_what_is_said_again_replaces_it_and_is_taken_back_alone(
    pipeline: Pipeline, feedback: Feedback
) -> None:
    first, second = asked(pipeline, DISPUTED), asked(pipeline, REFUSED)
    for exchange in (first, second):
        feedback.save(exchange, RIGHT)
    feedback.save(first, Judgement(wrong=frozenset({1})))
    assert [row["id"] for row in rows(feedback)] == [answer_id(first), answer_id(second)]
    assert (feedback.of(first).right, feedback.of(second).right) == (False, True)
    feedback.save(first, NOTHING)
    assert [row["id"] for row in rows(feedback)] == [answer_id(second)]
    assert (feedback.of(first), feedback.of(second)) == (NOTHING, RIGHT)


def test_a_follow_up_is_kept_as_it_was_understood_and_as_it_was_narrowed(
    pipeline: Pipeline, feedback: Feedback
) -> None:
    outlets = tuple(outlet for outlet in pipeline.stats().outlets if outlet)[:2]
    narrowed = Narrowed(outlets, "2020-01-01", "2040-01-01", "en", "2039-01-01")
    first = asked(pipeline, DISPUTED)
    follow_up = asked(pipeline, "When did they say so?", first, narrowed=narrowed)
    assert follow_up.answer is not None
    assert follow_up.answer.is_reworded
    feedback.save(follow_up, Judgement(unwanted=True) if not follow_up.sentences else RIGHT)
    (question,) = read_own(feedback.folder).questions
    assert question.text == follow_up.answer.understood
    assert question.filter == Filter(outlets, "2020-01-01", "2039-01-01", "en")
    assert question.history == ()


def test_others_lines_stay_as_they_are(pipeline: Pipeline, feedback: Feedback) -> None:
    feedback.folder.mkdir()
    theirs = b'{"question": "Mine?",   "gold": []}\n{oops\n\n[1]\n{"id": 7}'
    (feedback.folder / "questions.jsonl").write_bytes(theirs)
    exchange = asked(pipeline, REFUSED)
    feedback.save(exchange, RIGHT)
    written = (feedback.folder / "questions.jsonl").read_bytes()
    assert written.startswith(theirs + b"\n")
    assert feedback.of(exchange) == RIGHT
    feedback.save(exchange, NOTHING)
    assert (feedback.folder / "questions.jsonl").read_bytes() == theirs + b"\n"


def test_text_that_looks_like_a_page_keeps_its_offsets(sample_pipeline: Pipeline, tmp_path: Path) -> None:
    text = (
        "The village of Torvane voted on the tag <p>for bridges</p> on Monday.\r\n\r\n"
        "The mayor of Torvane said that 41 people voted for the new bridge of Torvane, <br> no more.\n"
    )
    article = Article(key="t", source="torvane.txt", text=text, title="Torvane votes", language="en")
    with pipeline_over(tmp_path / "store", sample_pipeline, article) as pipeline:
        feedback = feedback_of(pipeline)
        exchange = asked(pipeline, "How many people voted for the new bridge of Torvane?")
        feedback.save(exchange, RIGHT)
        (question,) = read_own(feedback.folder).questions
        assert question.gold[0].article.text == text
        assert question.gold[0].text == exchange.citations[0].quote


def test_two_versions_of_one_page_stand_beside_each_other(sample_pipeline: Pipeline, tmp_path: Path) -> None:
    def version(people: str) -> Article:
        text = (
            f"The mayor of Torvane said that {people} people voted for the new bridge of Torvane on Monday."
        )
        return Article(key="https://t.example/1", source="t", text=text, url="https://t.example/1")

    asking = "How many people voted for the new bridge of Torvane?"
    store = tmp_path / "store"
    for people in ("forty", "fifty"):
        with pipeline_over(store, sample_pipeline, version(people)) as pipeline:
            feedback = feedback_of(pipeline)
            feedback.save(asked(pipeline, asking), RIGHT)
    dataset = read_own(feedback.folder)
    assert sorted(question.gold[0].text.split()[6] for question in dataset.questions) == ["fifty", "forty"]
    assert len({article.key for article in dataset.articles}) == 2


def test_many_writers_at_once_lose_nothing(pipeline: Pipeline, feedback: Feedback) -> None:
    exchange = asked(pipeline, DISPUTED)
    many = [replace(exchange, question=f"{DISPUTED[:-1]} in {year}?") for year in range(2000, 2012)]
    others = [replace(one, answer=replace(one.answer, understood=one.question)) for one in many if one.answer]
    threads = [
        threading.Thread(target=feedback_of(pipeline).save, args=(other, Judgement(wrong=frozenset({1}))))
        for other in others
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row["question"] for row in rows(feedback)} == {other.question for other in others}


def test_a_writer_that_never_ends_is_one_line(
    pipeline: Pipeline, feedback: Feedback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "_PATIENCE", 0.05)
    exchange = asked(pipeline, REFUSED)
    feedback.folder.mkdir()
    with (
        filelock.FileLock(feedback.folder / "write.lock"),
        pytest.raises(StoreLocked, match=r"another process is writing to .*feedback: wait"),
    ):
        feedback.save(exchange, RIGHT)


def test_where_nothing_can_be_written_is_one_line(pipeline: Pipeline, feedback: Feedback) -> None:
    exchange = asked(pipeline, REFUSED)
    feedback.folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match=r"can't be saved in .*feedback \(.*\): look at free space and"):
        feedback.save(exchange, RIGHT)
    assert feedback.of(exchange) == NOTHING


FULL = """
import resource, sys
from pathlib import Path
from ui.feedback.cases import FOLDER, Feedback, Judgement
from ui.chat import converse
from rag.pipeline import open_pipeline

store, first, second = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with open_pipeline(store=store) as pipeline:
    feedback = Feedback(store / FOLDER, pipeline.search)
    *_, (one,) = converse(pipeline, first, ())
    feedback.save(one, Judgement(right=True))
    *_, (other,) = converse(pipeline, second, ())
    size = (feedback.folder / "questions.jsonl").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, size + 10))
    try:
        feedback.save(other, Judgement(right=True))
    except Exception as error:
        print(type(error).__name__, error)
"""


@pytest.mark.slow
def test_a_full_disk_is_one_line_and_what_was_there_stays(pipeline: Pipeline) -> None:
    folder = pipeline.store.folder
    command = [sys.executable, "-c", FULL, str(folder), REFUSED, DISPUTED]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.startswith("StoreError this can't be saved in")
    assert done.stdout.count("\n") == 1
    assert [question.text for question in read_own(folder / "feedback").questions] == [REFUSED]
    assert list((folder / "feedback").rglob("*.new")) == []


def test_what_an_answer_does_not_have_is_refused(pipeline: Pipeline, feedback: Feedback) -> None:
    answered, refused = asked(pipeline, DISPUTED), asked(pipeline, REFUSED)
    for exchange, judgement in [
        (answered, Judgement(wrong=frozenset({99}))),
        (answered, Judgement(unsupported=frozenset({0}))),
        (answered, Judgement(unwanted=True)),
        (refused, Judgement(wrong=frozenset({1}))),
        (replace(answered, answer=None), RIGHT),
        (replace(answered, sentences=(Sentence(" ", (1,)),)), Judgement(unsupported=frozenset({1}))),
        (replace(answered, narrowed=(("as_of", "soon"),)), RIGHT),
        (replace(answered, narrowed=(("since", "soon"),)), RIGHT),
    ]:
        with pytest.raises(InputError):
            feedback.save(exchange, judgement)
    assert not (feedback.folder / "questions.jsonl").exists()
    with pytest.raises(ValueError, match="right or not"):
        Judgement(right=True, wrong=frozenset({1}))


def test_nothing_is_indexed(sample_pipeline: Pipeline, tmp_path: Path) -> None:
    with pipeline_over(tmp_path / "store", sample_pipeline) as pipeline:
        exchange = asked(pipeline, REFUSED)
        with pytest.raises(InputError, match="nothing is indexed"):
            feedback_of(pipeline).save(exchange, RIGHT)


def sent(exchange: Exchange, **said: Any) -> dict[str, Any]:
    nothing = {"right": False, "wrong": [], "unsupported": [], "unwanted": False}
    return dict(through_json({"answer": kept.plain(exchange), **nothing, **said}))


@pytest.mark.slow
def test_whatever_a_browser_sends_only_places_in_articles_are_kept(pipeline: Pipeline) -> None:
    feedback = Feedback(pipeline.store.folder / FOLDER, lru_cache(pipeline.search))
    exchange = asked(pipeline, DISPUTED)
    texts = {article.text for article in pipeline.store.catalog.articles()}
    find = pipeline.store.catalog.article
    given = sent(exchange, wrong=[1], unsupported=[1])
    saved = 0
    for changed in broken(given):
        told = judge(feedback, find, changed)
        assert told.keys() == {"saved", "line"}
        assert "\n" not in told["line"]
        saved += told["saved"]
    dataset = read_own(feedback.folder)  # what was saved can be run, all of it
    assert saved > 5
    assert {article.text for article in dataset.articles} <= texts


def test_the_controls_say_what_was_said(pipeline: Pipeline, feedback: Feedback) -> None:
    exchange, refused = asked(pipeline, DISPUTED), asked(pipeline, REFUSED)
    assert "pressed" not in controls(exchange, feedback)
    assert "is saved with the question" in controls(exchange, feedback)
    told = judge(feedback, pipeline.store.catalog.article, sent(exchange, wrong=[2]))
    assert told == {
        "saved": True,
        "line": f"Saved. To test with it: newscite eval own --data {feedback.folder}",
    }
    shown = controls(exchange, feedback)
    assert shown.count("pressed") == 1
    assert 'class="judge wrong n-2 pressed"' in shown
    assert "newscite eval own --data" in shown
    assert "Rightly refused" in controls(refused, feedback)
    assert "Should have been answered" in messages([refused], feedback)[-1]["content"]
    assert "feedback" not in messages([exchange, refused])[-1]["content"]
    assert controls(replace(exchange, answer=None), feedback) == ""
    told = judge(feedback, pipeline.store.catalog.article, sent(exchange))
    assert told == {"saved": True, "line": "Taken back."}


@contextmanager
def careful(articles: Sequence[Article]) -> Iterator[System]:
    """A system that answers everything with the last words of some article."""

    class Careful:
        def answer(self, _question: str, **_: object) -> Reply:
            article = articles[0]
            start = len(article.text.rstrip()) - 5
            last = Quoted(article.id, start, start + 5, article.text[start : start + 5])
            return Reply(last.quote, (last,), 0.5)

        def search(self, _question: str, **_: object) -> list[Quoted]:
            return []

    yield Careful()


def careful_system() -> Callable[[Sequence[Article]], Any]:
    return careful


def test_newscite_eval_own_runs_it_and_catches_who_does_it_again(
    pipeline: Pipeline, feedback: Feedback, newscite: Callable[..., tuple[int, str, str]]
) -> None:
    exchange, refused = asked(pipeline, DISPUTED), asked(pipeline, REFUSED)
    find = pipeline.store.catalog.article
    assert judge(feedback, find, sent(exchange, wrong=[1], unsupported=[1]))["saved"]
    assert judge(feedback, find, sent(refused, unwanted=True))["saved"]

    def rate(*options: str) -> Any:
        status, out, err = newscite("eval", "own", "--data", feedback.folder, "--json", *options)
        assert (status, err) == (0, "")
        return json.loads(out)["metrics"]["repeated_wrong_rate"]

    assert rate()["value"] == 1  # newscite has not changed since
    assert rate("--system", "test_feedback:careful_system")["value"] == 0
    assert rate()["n"] == 3


def test_right_answers_are_found_again_by_newscite(pipeline: Pipeline, feedback: Feedback) -> None:
    feedback.save(asked(pipeline, DISPUTED), RIGHT)
    feedback.save(asked(pipeline, REFUSED), RIGHT)
    figures = summarise(evaluate(read_own(feedback.folder), Options()).cases)
    assert figures["sentence@1"].value == figures["both_sides_recall"].value == 1
    assert figures["abstention_recall"].value == 1
    assert figures["repeated_wrong_rate"].n == 0


def test_a_store_with_feedback_is_whole(pipeline: Pipeline, feedback: Feedback) -> None:
    feedback.save(asked(pipeline, REFUSED), RIGHT)
    with Store(pipeline.store.folder, pipeline.store.embedder) as again:
        assert again.refresh() >= 0
