import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import shared_folder

from evals.datasets import read_multihop_rag
from index.errors import InputError

FLOOD = "The Elmar rose by two metres.\n\nNobody was hurt, the mayor  said.\nIt rained on.\n\nIt rained on."
STRIKE = "Tram drivers in Porto Velo stopped work on Monday. Their union wants shorter shifts."


def article(url: str, body: Any, **changes: Any) -> dict[str, Any]:
    return {
        "title": f"Title of {url}",
        "author": None,
        "source": "Elmar Post",
        "published_at": "2031-09-26T17:01:22+00:00",
        "category": "technology",
        "url": url,
        "body": body,
        **changes,
    }


CORPUS = [
    article("https://post.example/1", FLOOD),
    article("https://wire.example/2", STRIKE, author="A. Writer"),
]


def fact(url: str, words: Any) -> dict[str, Any]:
    return {**article(url, ""), "fact": words}


def query(*evidence: dict[str, Any], kind: str = "inference_query", **changes: Any) -> dict[str, Any]:
    return {
        "query": "What happened in Elmar and Porto Velo? ",
        "answer": "A flood and a strike",
        "question_type": kind,
        "evidence_list": list(evidence),
        **changes,
    }


def multihop_folder(folder: Path, corpus: Any, queries: Any) -> Path:
    (folder / "corpus.json").write_text(json.dumps(corpus, ensure_ascii=False), encoding="utf-8")
    (folder / "MultiHopRAG.json").write_text(json.dumps(queries, ensure_ascii=False), encoding="utf-8")
    return folder


ROSE = fact("https://post.example/1", "The Elmar rose by two metres.")
STOPPED = fact("https://wire.example/2", "Tram drivers in Porto Velo stopped work on Monday.")
ABSENT = fact("https://wire.example/2", "Nobody was hurt")  # stands in the other article


def test_a_query_of_multihop_rag_has_its_facts_where_they_stand(tmp_path: Path) -> None:
    dataset = read_multihop_rag(multihop_folder(tmp_path, CORPUS, [query(ROSE, STOPPED)]))
    first, second = dataset.articles
    assert (first.key, first.outlet, first.author) == ("corpus.json#1", "Elmar Post", "")
    assert (first.published, first.url) == ("2031-09-26T17:01:22+00:00", "https://post.example/1")
    assert (second.title, second.author, second.text) == (
        "Title of https://wire.example/2",
        "A. Writer",
        STRIKE,
    )
    (question,) = dataset.questions
    assert (question.id, question.kind, question.text) == (
        "1",
        "inference_query",
        "What happened in Elmar and Porto Velo?",
    )
    assert [(span.article.key, span.start, span.end) for span in question.gold] == [
        ("corpus.json#1", 0, 29),
        ("corpus.json#2", 0, 50),
    ]
    assert question.answers == ("A flood and a strike",)
    assert "0 of 2 facts don't stand in their article; 0 questions left out" in dataset.description


def test_a_fact_stands_however_it_is_spaced_and_wherever_it_does(tmp_path: Path) -> None:
    spaced = fact("https://post.example/1", "two metres. Nobody was hurt,the mayor said.")
    twice = fact("https://post.example/1", "It rained on.")
    (question,) = read_multihop_rag(
        multihop_folder(tmp_path, CORPUS, [query(spaced, twice, twice)])
    ).questions
    assert [span.text for span in question.gold] == [
        "two metres.\n\nNobody was hurt, the mayor  said.",
        "It rained on.",
        "It rained on.",
    ]


def test_facts_that_are_not_found_are_counted_and_questions_without_any_are_left_out(tmp_path: Path) -> None:
    nowhere = fact("https://nowhere.example/3", "The Elmar rose by two metres.")
    queries = [query(ROSE, ABSENT), query(ABSENT, nowhere), query(kind="null_query")]
    dataset = read_multihop_rag(multihop_folder(tmp_path, CORPUS, queries))
    assert [(question.id, len(question.gold)) for question in dataset.questions] == [("1", 1), ("3", 0)]
    assert "3 of 4 facts don't stand in their article; 1 questions left out" in dataset.description


def test_a_null_query_is_unanswerable(tmp_path: Path) -> None:
    null = query(kind="null_query", answer="Insufficient information.")
    (question,) = read_multihop_rag(multihop_folder(tmp_path, CORPUS, [null])).questions
    assert not question.answerable
    assert (question.kind, question.answers) == ("null_query", ())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (query(ROSE, kind="null_query"), "a null_query with 1 facts: only a null_query has none"),
        (query(), "a inference_query with 0 facts"),
        (query(fact("https://post.example/1", None)), "'fact' must be a text, not null"),
        (query({"fact": "It rained on."}), "there is no 'url'"),
        (query(ROSE, query=3), "'query' must be a text, not 3"),
        (query(ROSE, answer=["yes"]), "'answer' must be a text"),
        (query(evidence_list=["It rained on."]), "a field is of another type"),
        ({"query": "Why?", "question_type": "null_query"}, "there is no 'evidence_list'"),
        ("Why?", "a field is of another type"),
    ],
)
def test_a_wrong_query_of_multihop_rag_is_named_by_its_row(tmp_path: Path, wrong: Any, message: str) -> None:
    folder = multihop_folder(tmp_path, CORPUS, [query(ROSE), wrong])
    with pytest.raises(InputError, match=rf"MultiHopRAG\.json, row 2: not as .*{message}") as caught:
        read_multihop_rag(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (article("https://wire.example/2", None), "'body' must be a text, not null"),
        (article("https://wire.example/2", STRIKE, published_at="soon"), "Invalid isoformat string"),
        ({"title": "Talks"}, "there is no 'body'"),
    ],
)
def test_a_wrong_article_of_multihop_rag_is_named_by_its_row(
    tmp_path: Path, wrong: Any, message: str
) -> None:
    folder = multihop_folder(tmp_path, [CORPUS[0], wrong], [query(ROSE)])
    with pytest.raises(InputError, match=rf"corpus\.json, row 2: not as MultiHop-RAG has it: .*{message}"):
        read_multihop_rag(folder)


def test_files_that_are_no_lists_or_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not MultiHop-RAG, which is corpus\.json and MultiHopRAG\.json"):
        read_multihop_rag(tmp_path)
    with pytest.raises(InputError, match=r"corpus\.json: not as MultiHop-RAG has it: it is no list of rows"):
        read_multihop_rag(multihop_folder(tmp_path, {}, []))
    (tmp_path / "corpus.json").write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"corpus\.json: not as MultiHop-RAG has it: Expecting value"):
        read_multihop_rag(tmp_path)


def test_the_digest_is_of_both_files(tmp_path: Path) -> None:
    before = read_multihop_rag(multihop_folder(tmp_path, CORPUS, [query(ROSE)])).digest
    assert before == read_multihop_rag(tmp_path).digest
    assert before != read_multihop_rag(multihop_folder(tmp_path, CORPUS, [query(STOPPED)])).digest
    after = [*CORPUS, article("https://post.example/4", "Dry.")]
    assert before != read_multihop_rag(multihop_folder(tmp_path, after, [query(ROSE)])).digest


def test_real_queries_are_read_over_articles_made_of_their_facts(tmp_path: Path) -> None:
    folder = shared_folder("data/multihop_rag_sample500")
    asked = json.loads((folder / "queries.json").read_bytes())["queries"]
    truth = json.loads((folder / "ground_truth.json").read_bytes())
    queries = [
        {"query": one["question"], "question_type": one["question_type"], **truth[one["id"]]} for one in asked
    ]
    evidence = [fact for one in queries for fact in one["evidence_list"]]
    corpus = {fact["url"]: {**fact, "body": ""} for fact in evidence}
    for each in dict.fromkeys((fact["url"], fact["fact"]) for fact in evidence):
        corpus[each[0]]["body"] += f"{each[1]}\n\n"

    dataset = read_multihop_rag(multihop_folder(tmp_path, list(corpus.values()), queries))

    assert len(dataset.articles) == 326
    assert Counter(question.kind for question in dataset.questions) == {
        "inference_query": 161,
        "comparison_query": 154,
        "temporal_query": 114,
        "null_query": 71,
    }
    assert all(question.answerable == (question.kind != "null_query") for question in dataset.questions)
    assert "0 of 1153 facts don't stand" in dataset.description
    known = {question.text: question for question in dataset.questions}[asked[0]["question"]]
    assert [span.article.outlet for span in known.gold] == [
        fact["source"] for fact in truth[asked[0]["id"]]["evidence_list"]
    ]
