"""The whole way of a question, over the shipped sample with the real model."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.build import index_articles
from index.embed import Embedder, Vectors
from index.errors import InputError
from index.schema import Article, Filter, Mask
from index.store import Store
from rag import Cited, Finished, Pipeline, Retrieved, Turn, Wrote, open_pipeline

CLOSED = "Why was the bridge at Tarn closed?"
STORM = "How many homes were without power after the storm?"


def test_answers_with_quotes_that_stand_at_their_offsets(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer(STORM)

    assert answer.status == "answered"
    assert 1 <= len(answer.sentences) <= 6  # the short answer, three quotes, two other sides
    for citation in answer.citations:
        stored = sample_pipeline.store.catalog.article(citation.article.id)
        assert stored is not None
        assert stored.text[citation.start : citation.end] == citation.quote
        assert stored.is_open(citation.start, citation.end)
        assert citation.quote in answer.text
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_streams_each_citation_before_the_sentence_that_carries_it(sample_pipeline: Pipeline) -> None:
    events = list(sample_pipeline.stream(STORM))

    assert isinstance(events[0], Retrieved)
    assert isinstance(events[-1], Finished)
    ready: set[int] = set()
    for event in events:
        if isinstance(event, Cited):
            ready.add(event.citation.marker)
        if isinstance(event, Wrote):
            assert set(event.sentence.citations) <= ready
    written = [event.sentence for event in events if isinstance(event, Wrote)]
    assert tuple(written) == events[-1].answer.sentences


def test_abstains_where_nothing_is_said(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer(
        "Which satellite will be launched to Jupiter by the Japanese space agency?"
    )

    assert answer.status == "abstained"
    assert not answer.citations
    assert "no answer" in answer.reason
    assert answer.text == answer.reason


@pytest.mark.parametrize(
    ("filter", "passes"),
    [
        (Filter(outlet="harbour ledger"), lambda article: article.outlet.endswith("Harbour Ledger")),
        (Filter(since="2031-02-01"), lambda article: article.published >= "2031-02-01"),
        (Filter(until="2031-02-01"), lambda article: "" < article.published[:10] <= "2031-02-01"),
        (Filter(language="es"), lambda article: article.language == "es"),
    ],
)
def test_filters_bound_what_is_found(
    sample_pipeline: Pipeline, filter: Filter, passes: Callable[[Article], bool]
) -> None:
    hits = sample_pipeline.search("What did the dam, the storm and the water plant cost?", filter=filter)

    assert hits
    assert all(passes(hit.passage.article) for hit in hits)


def test_as_of_leaves_out_what_came_later(sample_pipeline: Pipeline) -> None:
    newest = sample_pipeline.stats().last_published
    hits = sample_pipeline.search("What happened to the trams?", as_of="2031-02-06")

    assert newest > "2031-02-06"
    assert hits
    assert all(hit.passage.article.published[:10] <= "2031-02-06" for hit in hits)


def test_hits_are_ranked_and_fall(sample_pipeline: Pipeline) -> None:
    hits = sample_pipeline.search(STORM, k=5)

    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("  ", "the question is empty"),
        ("a" * 100_000, "100,000 characters long"),
        ("?!", "holds no word"),
        ("who \udcff led", "not text"),
    ],
)
def test_unusable_questions_are_one_clear_line(
    sample_pipeline: Pipeline, question: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as failure:
        sample_pipeline.answer(question)
    assert "\n" not in str(failure.value)


def test_a_follow_up_is_answered_from_what_was_asked_before(sample_pipeline: Pipeline) -> None:
    history = [Turn("Who was the harbour master sentenced for bribes?")]
    answer = sample_pipeline.answer("And how long must he go to prison?", history=history)

    assert "harbour-master" in answer.citations[0].article.source


def test_many_threads_get_the_answers_that_one_gets(sample_pipeline: Pipeline) -> None:
    questions = [STORM, "Who stole the astrolabe?", "What does the audit say of the dam?"] * 8
    alone = {question: sample_pipeline.answer(question).text for question in set(questions)}

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: sample_pipeline.answer(question).text, questions))

    assert together == [alone[question] for question in questions]


def test_an_answer_is_one_line_of_json(sample_pipeline: Pipeline) -> None:
    fields = json.loads(json.dumps(sample_pipeline.answer(STORM).to_dict()))

    assert set(fields) >= {"question", "status", "reason", "text", "sentences", "citations", "timings"}
    assert set(fields["timings"]) == {"retrieve", "rerank", "answer", "total"}


def test_is_a_langchain_runnable_and_retriever(sample_pipeline: Pipeline) -> None:
    by_text = sample_pipeline.as_runnable().invoke(STORM)
    by_fields = sample_pipeline.as_runnable().invoke({"question": STORM, "filter": Filter(language="en")})
    documents = sample_pipeline.as_retriever(k=3).invoke(STORM)

    assert by_text.text == by_fields.text == sample_pipeline.answer(STORM).text
    assert [document.id for document in documents] == [
        hit.passage.id for hit in sample_pipeline.search(STORM, k=3)
    ]
    assert {"source", "start", "end", "score", "title"} <= documents[0].metadata.keys()


def test_example_questions_are_answered(sample_pipeline: Pipeline) -> None:
    examples = sample_pipeline.example_questions(4)

    assert len(set(examples)) == 4
    assert all(sample_pipeline.answer(example).sentences for example in examples)


def test_the_same_quote_in_a_reprint_is_not_given_twice(tmp_path: Path, embedder: Embedder) -> None:
    text = "The bridge at Tarn was closed on Monday after a crack was found in its northern pier."
    articles = [
        Article(key=name, source=name, text=text, outlet=name, language="en") for name in ("One", "Two")
    ]
    with Store(tmp_path / "store", embedder, create=True) as store:
        index_articles(store, articles)
        answer = Pipeline(store).answer(CLOSED)

    assert [sentence.citations for sentence in answer.sentences] == [(1, 2)]
    assert answer.text.count(text) == 1


def test_an_empty_store_abstains_and_says_how_to_fill_it(tmp_path: Path) -> None:
    with open_pipeline(tmp_path / "new", create=True) as pipeline:
        answer = pipeline.answer("Is anything indexed?")

    assert answer.status == "abstained"
    assert "newscite index PATH" in answer.reason


def test_a_sentence_in_a_mask_is_never_quoted(tmp_path: Path, embedder: Embedder) -> None:
    text = (
        "The minister resigned on Friday.\n\nWATCH: The minister resigns in tears over the harbour scandal.\n"
    )
    mask = Mask(text.index("WATCH"), len(text.rstrip()), "related")
    masked = Article(key="a", source="a", text=text, language="en", masks=(mask,))
    with Store(tmp_path / "store", embedder, create=True) as store:
        index_articles(store, [masked])
        answer = Pipeline(store).answer("Did the minister resign in tears over the harbour scandal?")

    assert answer.citations
    assert all("tears" not in citation.quote for citation in answer.citations)


def test_as_many_hits_come_as_are_asked_for(sample_pipeline: Pipeline) -> None:
    assert len(sample_pipeline.search(STORM, k=45)) == 45


def test_recent_news_comes_first_where_a_day_is_given(tmp_path: Path, embedder: Embedder) -> None:
    text = "The bridge at Tarn carries {} cars a day, the council said."
    articles = [
        Article(key=day, source=day, text=text.format(cars), published=day, language="en")
        for day, cars in (("2030-05-01", "900"), ("2031-05-01", "1,200"))
    ]
    with Store(tmp_path / "store", embedder, create=True) as store:
        index_articles(store, articles)
        pipeline = Pipeline(store)
        question = "How many cars does the bridge at Tarn carry?"
        answer = pipeline.answer(question, as_of="2031-05-03")
        hits = pipeline.search(question, as_of="2031-05-03")
        earlier = pipeline.answer(question, as_of="2030-06-01")

    assert "1,200" in answer.citations[0].quote
    assert [hit.passage.article.published for hit in hits] == ["2031-05-01", "2030-05-01"]
    assert hits[0].score > hits[1].score
    assert [citation.article.published for citation in earlier.citations] == ["2030-05-01"]
    assert answer.confidence < 1


WRITER = """
import sys
from pathlib import Path
from index.build import index_articles
from index.embed import load_embedder
from index.schema import Article, Mask
from index.store import Store

with Store(Path(sys.argv[1]), load_embedder()) as store:
    print("ready", flush=True)
    for number in range(25):
        before = "Edited. " * (number % 3)
        text = f"{before}The bridge at Tarn was closed after a crack was found in its pier."
        masks = (Mask(0, 8, "caption"),) if number % 3 else ()
        index_articles(store, [Article(key="tarn", source="tarn", text=text, language="en", masks=masks)])
"""


@pytest.mark.slow
def test_answers_hold_while_another_process_changes_the_article(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "store"
    text = "The bridge at Tarn was closed after a crack was found in its pier."
    with Store(folder, embedder, create=True) as store:
        index_articles(store, [Article(key="tarn", source="tarn", text=text, language="en")])
    command = [sys.executable, "-c", WRITER, str(folder)]
    answers = []
    with (
        Pipeline(Store(folder, embedder)) as one,
        Pipeline(Store(folder, embedder)) as other,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer,
    ):
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        while writer.poll() is None:
            answers += [pipeline.answer(CLOSED) for pipeline in (one, other)]
        last = [pipeline.answer(CLOSED).citations[0] for pipeline in (one, other)]

    assert writer.returncode == 0
    assert len(answers) > 10
    assert {answer.citations[0].quote for answer in answers if answer.citations} == {text}
    assert all(answer.status == "answered" for answer in answers)
    assert {citation.article.text for citation in last} == {text}


def test_a_refusal_gives_the_nearest_passage_and_says_what_was_understood(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer("Which satellite did Japan launch to Jupiter?")

    assert answer.status == "abstained"
    assert answer.nearest is not None
    assert answer.understood == answer.question
    assert sample_pipeline.answer(STORM).nearest is None


def test_the_question_itself_names_the_outlet(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer("According to the Khalimar, who headed the Marentine delegation?")

    assert answer.citations
    assert {citation.article.outlet for citation in answer.citations} == {"Khalimar"}


def test_days_that_hold_no_answer_are_widened_and_that_is_said(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer("How many homes were without power after the storm in January 2030?")

    assert answer.citations
    assert "January 2030" in answer.reason


def test_both_sides_of_a_dispute_are_given(sample_pipeline: Pipeline) -> None:
    answer = sample_pipeline.answer("Was a stake in the Sarrow Gorge dam offered to Ordalek?")

    stances = {citation.stance for citation in answer.citations}
    assert "denied" in stances
    assert not answer.sentences[0].text.startswith("Yes")


@pytest.mark.parametrize(
    "question",
    [
        "How old is deputy energy minister Ilse Tarnowick?",
        "What is the name of the widow with the boathouse?",
    ],
)
def test_an_age_or_a_name_that_nobody_gives_is_refused(sample_pipeline: Pipeline, question: str) -> None:
    assert sample_pipeline.answer(question).status == "abstained"


def test_of_many_sentences_only_the_promising_are_embedded(sample_store: Path, embedder: Embedder) -> None:
    class Counting:
        """Passes texts on to the model and counts them."""

        identity, languages = embedder.identity, embedder.languages
        dimension, max_tokens = embedder.dimension, embedder.max_tokens
        count_tokens = embedder.count_tokens
        texts = 0

        def embed(self, texts: Sequence[str]) -> Vectors:
            self.texts += len(texts)
            return embedder.embed(texts)

    counting = Counting()
    with Pipeline(Store(sample_store, counting)) as pipeline:
        hits = pipeline.search(STORM, k=20)

    assert sum(hit.passage.text.count(". ") + 1 for hit in hits) > 20
    assert counting.texts <= 21  # the question's own as well
