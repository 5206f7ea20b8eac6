"""The systems beside newscite: each finds and quotes, and can be put beside the others."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from test_eval_run import ARTICLES, FLOOD, QUESTIONS, dataset, values
from typer.testing import CliRunner

from evals import command
from evals.run import Options, evaluate
from evals.side_by_side import QUALITY, run_side_by_side
from evals.systems import PEERS, Reply, System, SystemOver, load_system
from evals.systems.retrievers import Found, loaded_embedder, quoting
from index.embed import Embedder
from index.errors import InputError
from index.schema import Article, Filter


@pytest.mark.slow
@pytest.mark.parametrize("name", PEERS)
def test_a_peer_finds_and_cites_the_article_asked_about(name: str) -> None:
    result = evaluate(dataset(), Options(system=name), ask_absent=False)
    got = values(result)
    assert (got["Hits@1"], got["MRR@10"]) == (1, 1)
    assert (got["pointer_validity"], got["false_refusal_rate"]) == (1, 0)
    assert got["sentence@3"] is not None
    assert got["sentence@3"] >= 0.75  # which of two sentences is nearest is the embedding model's doing
    assert result.system == name


class ByHand:
    """A retriever that finds all articles, the last one first."""

    def __init__(self, articles: Sequence[Article], _folder: Path) -> None:
        self.articles = articles

    def find(self, _question: str, k: int) -> list[Found]:
        found = [
            Found(place, 0, len(article.text), 1 / (9 - place)) for place, article in enumerate(self.articles)
        ]
        return found[::-1][:k]


def test_a_retriever_cites_of_each_passage_the_nearest_sentence(embedder: Embedder) -> None:
    with quoting(ByHand, embedder)(ARTICLES) as system:
        reply = system.answer("What was faulty, what will it cost, and what does the union want?")
    assert [quoted.quote for quoted in reply.citations] == [
        "Police believe that a cable was faulty.",
        "It will cost nine million crowns.",
        "Their union wants shorter shifts.",
    ]
    assert reply.confidence == 1 / 6


def test_a_retrievers_filter_is_held(embedder: Embedder) -> None:
    dated = [
        replace(article, outlet=f"Post {n}", published=f"2031-01-0{n}")
        for n, article in enumerate(ARTICLES, 1)
    ]
    with quoting(ByHand, embedder)(dated) as system:
        by_outlet = system.search("fire", filter=Filter(outlet="Post 2"))
        by_day = system.search("fire", filter=Filter(since="2031-01-02", until="2031-01-03"))
        elsewhere = system.search("fire", filter=Filter(language="es"))
    assert [quoted.article_id for quoted in by_outlet] == [dated[1].id]
    assert [quoted.article_id for quoted in by_day] == [dated[2].id, dated[1].id]
    assert elsewhere == []


def test_a_retriever_that_tells_wrong_offsets_shows_in_pointer_validity(embedder: Embedder) -> None:
    class Wrong(ByHand):
        def find(self, _question: str, k: int) -> list[Found]:
            return [Found(0, -1, 20, 1.0)][:k]

    got = values(evaluate(dataset(QUESTIONS[0]), system_over=quoting(Wrong, embedder), ask_absent=False))
    assert got["pointer_validity"] == 1  # the sentence was cut by us
    assert got["sentence@1"] == 1

    class Outside(ByHand):
        def find(self, _question: str, k: int) -> list[Found]:
            return [Found(0, -30, -1, 1.0)][:k]

    got = values(evaluate(dataset(QUESTIONS[0]), system_over=quoting(Outside, embedder), ask_absent=False))
    assert (got["pointer_validity"], got["sentence@1"]) == (0, 0)


def of_my_own() -> SystemOver:
    """Someone's own system, named on the command line as MODULE:FUNCTION."""

    @contextmanager
    def over(_articles: Sequence[Article]) -> Iterator[System]:
        class Silent:
            def answer(self, _question: str, **_: object) -> Reply:
                return Reply("I don't know.", status="abstained")

            def search(self, _question: str, **_: object) -> list[object]:
                return []

        yield Silent()  # type: ignore[misc]

    return over


def test_anyones_system_can_be_named() -> None:
    with load_system("test_systems:of_my_own")([FLOOD]) as system:
        assert system.answer("How far?").text == "I don't know."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody", "there is no system 'nobody'; there are: newscite, langchain"),
        ("nowhere:at_all", "can't be loaded"),
        ("json:nothing", "can't be loaded"),
    ],
)
def test_a_wrong_name_is_one_line(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_system(name)


def test_a_peer_that_is_not_installed_says_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(InputError, match=r"pip install 'newscite\[peers\]'"):
        load_system("bm25")


@pytest.mark.slow
def test_systems_side_by_side(tmp_path: Path) -> None:
    runs = [
        Options(system=name, limit=2, keep=tmp_path / name[:4]) for name in ("bm25", "test_systems:of_my_own")
    ]
    table = run_side_by_side(dataset(), runs)

    told = json.loads(json.dumps(table.to_dict()))
    bm25, silent = told["systems"]
    assert (bm25["system"], silent["system"]) == ("bm25", "test_systems:of_my_own")
    assert bm25["first_less_this"] == {}
    assert silent["first_less_this"]["sentence@1"]["value"] == bm25["metrics"]["sentence@1"]["value"] > 0
    assert (
        silent["first_less_this"]["false_answer_rate"]["value"] == 1
    )  # BM25 never refuses, the other always
    assert all(one["peak_memory_mb"] > 100 for one in told["systems"])
    assert {file.name for file in tmp_path.iterdir()} == {"bm25", "test"}

    out = StringIO()
    Console(file=out, width=120).print(table)
    shown = out.getvalue()
    assert all(key in shown for key in QUALITY)
    assert "bm25 is not ahead of test_systems:of_my_own in false_answer_rate: +1.000" in shown
    assert "BM25 alone, by bm25s" in shown


def test_several_datasets_and_one_report_is_refused_before_anything_runs(tmp_path: Path) -> None:
    done = CliRunner().invoke(command.app, ["sample", "hard_questions", "--report", str(tmp_path / "r.html")])
    assert isinstance(done.exception, InputError)


def test_an_evaluation_of_newscite_alone_takes_no_system() -> None:
    done = CliRunner().invoke(command.app, ["disputes", "--system", "bm25"])
    assert isinstance(done.exception, InputError)
    assert "is of newscite alone" in str(done.exception)


def test_the_embedder_of_the_peers_is_the_settings_one() -> None:
    assert loaded_embedder().identity.startswith("all-MiniLM-L6-v2")
