"""The contract that scripts build on: names of commands, options and fields, and what goes where."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.build import index_articles
from index.embed import Embedder
from index.sample import ARTICLES
from index.sources import read_paths
from index.store import Store

Newscite = Callable[..., tuple[int, str, str]]

REPORT = ["added", "updated", "unchanged", "removed", "skipped", "articles", "passages", "seconds"]
ANSWER = [
    "question",
    "status",
    "reason",
    "text",
    "understood",
    "disputed",
    "sentences",
    "citations",
    "origins",
    "nearest",
    "confidence",
    "timings",
]
PLACE = ["article_id", "passage_id", "title", "outlet", "published", "url", "source", "start", "end"]
CITATION = ["marker", *PLACE, "origin", "speaker", "stance", "corrected", "quote", "dates"]
ARTICLE = [
    "article_id",
    "source",
    "title",
    "outlet",
    "author",
    "published",
    "modified",
    "language",
    "url",
    "origin",
    "corrected",
    "text",
    "masks",
]
COMMAND = (sys.executable, "-c", "from ui.cli import main; main()")

CUP = "Who won the Marentine Cup?"
ABSENT = "Who painted the ceiling of the Sistine Chapel?"


def rows(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def result(run: tuple[int, str, str]) -> dict[str, Any]:
    """The one line of JSON of a run that went well and said nothing else."""
    code, out, err = run
    assert (code, err) == (0, "")
    (row,) = rows(out)
    return row


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def jsonl(file: Path, *questions: dict[str, Any]) -> Path:
    file.write_text("".join(json.dumps(question) + "\n" for question in questions), "utf-8")
    return file


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A store of four short articles, quick to ask."""
    folder = tmp_path_factory.mktemp("few")
    file = jsonl(
        folder / "news.jsonl",
        {
            "title": "Velloway win the cup",
            "outlet": "Marentine Post",
            "published": "2031-05-24",
            "text": "Velloway Athletic won the Marentine Cup on Saturday, by two goals to one. "
            "The final was played in the rain at Port Aulin.",
        },
        {
            "title": "Ferry crews go back to work",
            "outlet": "Tessaby Herald",
            "published": "2031-04-23",
            "text": "The ferry crews went back to work on Wednesday after a strike of nine days. "
            "Wages rise by 5.5 percent in May.",
        },
        {
            "title": "Dam to open late",
            "outlet": "Drennick Sentinel",
            "published": "2031-03-14T08:00:00+01:00",
            "text": "The Sarrow Gorge dam will open a year late, the auditor said. "
            "It will cost 1.3 billion more.",
        },
        {
            "title": "La desaladora de Punta Garzal",
            "outlet": "Gaceta",
            "language": "es",
            "text": "La desaladora de Punta Garzal abastecerá a 220.000 vecinos. Empezó a bombear el martes.",
        },
    )
    with Store(folder / "store", embedder, create=True) as store:
        index_articles(store, read_paths([file]))
    return folder / "store"


# index


def test_the_last_line_of_index_is_the_report(newscite: Newscite, tmp_path: Path) -> None:
    news = write(
        tmp_path / "news", bridge="The bridge at Ostrel opens in May.", ferry="The ferry stops in June."
    )
    code, out, err = newscite("index", news, "--store", tmp_path / "store")
    assert code == 0
    report = json.loads(out.splitlines()[-1])
    seconds = report.pop("seconds")
    assert isinstance(seconds, float)
    assert report == {
        "added": 2, "updated": 0, "unchanged": 0, "removed": 0, "skipped": [], "articles": 2, "passages": 2
    }  # fmt: skip
    assert err.startswith("2 added, 0 updated, 0 unchanged, 0 removed in ")
    assert err.endswith(f" s. {tmp_path / 'store'} holds 2 articles in 2 passages.\n")


def test_index_again_changes_nothing_and_then_only_what_changed(newscite: Newscite, tmp_path: Path) -> None:
    news = write(
        tmp_path / "news", bridge="The bridge at Ostrel opens in May.", ferry="The ferry stops in June."
    )
    index = ("index", news, "--store", tmp_path / "store", "--json")
    first = result(newscite(*index))
    assert list(first) == REPORT
    again = result(newscite(*index))
    assert (again["added"], again["updated"], again["unchanged"], again["passages"]) == (0, 0, 2, 2)
    write(news, bridge="The bridge at Ostrel opens in July.", tram="The tram is late.")
    (news / "ferry.txt").unlink()
    changed = result(newscite(*index))
    assert [changed[name] for name in REPORT[:4]] == [1, 1, 0, 0]
    assert changed["articles"] == 3, "without --prune nothing is removed"
    pruned = result(newscite(*index, "--prune"))
    assert [pruned[name] for name in REPORT[:4]] == [0, 0, 2, 1]
    assert (pruned["articles"], pruned["passages"]) == (2, 2)
    titles = [row["source"] for row in rows(newscite("list", "--store", tmp_path / "store", "--json")[1])]
    assert sorted(titles) == [str(news / "bridge.txt"), str(news / "tram.txt")]


def test_prune_leaves_alone_what_is_elsewhere(newscite: Newscite, tmp_path: Path) -> None:
    here = write(tmp_path / "here", bridge="The bridge at Ostrel opens in May.")
    there = write(tmp_path / "there", ferry="The ferry stops in June.")
    newscite("index", here, there)
    (here / "bridge.txt").unlink()
    (there / "ferry.txt").unlink()
    write(here, tram="The tram is late.")
    report = result(newscite("index", here, "--prune", "--json"))
    assert (report["removed"], report["articles"]) == (1, 2)


def test_the_store_is_the_option_or_else_the_setting(
    newscite: Newscite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = write(tmp_path / "news", bridge="The bridge at Ostrel opens in May.")
    monkeypatch.setenv("NEWSCITE_STORE", str(tmp_path / "set"))
    newscite("index", news)
    newscite("index", news, "--store", tmp_path / "given")
    assert {path.name for path in tmp_path.iterdir()} == {"news", "set", "given"}


# ask


def test_an_answer_has_exactly_these_fields(newscite: Newscite, few: Path) -> None:
    answer = result(newscite("ask", CUP, "--store", few, "--json"))
    assert list(answer) == ANSWER
    assert (answer["question"], answer["status"]) == (CUP, "answered")
    assert all(list(sentence) == ["text", "citations", "role"] for sentence in answer["sentences"])
    assert all(list(citation) == CITATION for citation in answer["citations"])
    assert 1 <= len(answer["sentences"]) <= 6
    assert "total" in answer["timings"]


def test_citations_come_in_the_order_of_their_use(newscite: Newscite, sample_store: Path) -> None:
    answer = result(
        newscite("ask", "What did the ministry say about the dam?", "--store", sample_store, "--json")
    )
    used = list(dict.fromkeys(marker for sentence in answer["sentences"] for marker in sentence["citations"]))
    assert used == [citation["marker"] for citation in answer["citations"]] == list(range(1, len(used) + 1))
    assert all(f"[{marker}]" in answer["text"] for marker in used)


def test_every_quote_stands_at_its_offsets_in_the_stored_article(
    newscite: Newscite, sample_store: Path
) -> None:
    questions = (CUP, "How many people were hurt in the tram collision?", "¿Cuánta agua dará la desaladora?")
    file = sample_store.parent / "questions.txt"
    file.write_text("\n".join(questions), "utf-8")
    code, out, err = newscite("ask", "--input", file, "--store", sample_store, "--json")
    assert (code, err) == (0, "")
    answers = rows(out)
    assert [answer["question"] for answer in answers] == list(questions)
    citations = [citation for answer in answers for citation in answer["citations"]]
    assert len(citations) >= len(questions)
    for citation in citations:
        article = result(newscite("show", citation["article_id"], "--store", sample_store, "--json"))
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert all(end <= citation["start"] or citation["end"] <= start for start, end, _ in article["masks"])


def test_abstaining_is_an_answer(newscite: Newscite, few: Path) -> None:
    answer = result(newscite("ask", ABSENT, "--store", few, "--json"))
    assert (answer["status"], answer["sentences"], answer["citations"]) == ("abstained", [], [])
    assert answer["text"] == answer["reason"] != ""


def test_a_file_of_json_lines_sets_each_question_its_own_limits(
    newscite: Newscite, few: Path, tmp_path: Path
) -> None:
    file = jsonl(
        tmp_path / "questions.jsonl",
        {"question": CUP},
        {"question": CUP, "outlet": "marentine post"},
        {"question": CUP, "since": "2031-05-24", "until": "2031-05-24"},
        {"question": CUP, "outlet": ["Tessaby Herald", "Drennick Sentinel"]},
        {"question": CUP, "until": "2031-05-23"},
        {"question": CUP, "as_of": "2031-05-23"},
        {"question": CUP, "language": "es"},
        {
            "question": "And how long did it last?",
            "history": [{"question": "When did the ferry strike end?"}],
        },
    )
    code, out, err = newscite("ask", "--input", file, "--store", few, "--json")
    assert (code, err) == (0, "")
    *answers, follow_up = rows(out)
    cited = [{citation["outlet"] for citation in answer["citations"]} for answer in answers]
    assert ["Marentine Post" in outlets for outlets in cited] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert follow_up["question"] == "And how long did it last?"
    assert follow_up["citations"][0]["quote"].endswith("after a strike of nine days.")


def test_options_limit_what_may_be_cited(newscite: Newscite, few: Path) -> None:
    def outlets(*options: str) -> set[str]:
        found = result(newscite("search", "What will it cost?", *options, "--store", few, "--json"))
        return {hit["outlet"] for hit in found["hits"]}

    assert outlets() == {"Marentine Post", "Tessaby Herald", "Drennick Sentinel", "Gaceta"}
    assert outlets("--outlet", "gaceta", "--outlet", "tessaby herald") == {"Gaceta", "Tessaby Herald"}
    assert outlets("--since", "2031-03-14T07:00:01+00:00", "--until", "2031-04-23") == {"Tessaby Herald"}
    assert outlets("--language", "ES") == {"Gaceta"}


def test_a_line_of_the_file_comes_before_the_options(newscite: Newscite, few: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "q.jsonl", {"question": "What?!", "outlet": "Gaceta"}, {"question": "What now?"})
    _, out, _ = newscite("search", "--input", file, "--outlet", "Tessaby Herald", "--store", few, "--json")
    assert [{hit["outlet"] for hit in found["hits"]} for found in rows(out)] == [
        {"Gaceta"},
        {"Tessaby Herald"},
    ]


def test_an_answer_that_nothing_passes_the_filter_says_so(newscite: Newscite, few: Path) -> None:
    answer = result(newscite("ask", CUP, "--outlet", "No Such Paper", "--store", few, "--json"))
    assert answer["status"] == "abstained"
    assert "filter" in answer["reason"]


def test_an_answer_reads_well_in_a_terminal(
    newscite: Newscite, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = newscite("ask", CUP, "--store", few)
    assert (code, err) == (0, "")
    question, blank, direct, prose, *_ = lines = out.splitlines()
    assert (question, blank, direct) == (CUP, "", "Velloway Athletic. [1]")
    assert prose == "Marentine Post reported on 24 May 2031: “Velloway Athletic won the Marentine Cup"
    assert "[1] Marentine Post · 24 May 2031 · Velloway win the cup" in lines
    assert all(line == line.rstrip() and len(line) <= 80 for line in lines if "/" not in line)
    assert not any(sign in out for sign in ("{", "\x1b", "None"))


# search


def test_search_gives_ranked_passages_cut_from_their_articles(newscite: Newscite, few: Path) -> None:
    found = result(newscite("search", "ferry strike", "-k", 3, "--store", few, "--json"))
    assert list(found) == ["question", "hits"]
    assert found["question"] == "ferry strike"
    hits = found["hits"]
    assert all(list(hit) == ["rank", "score", *PLACE, "text"] for hit in hits)
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert sorted((hit["score"] for hit in hits), reverse=True) == [hit["score"] for hit in hits]
    for hit in hits:
        article = result(newscite("show", hit["article_id"], "--store", few, "--json"))
        assert article["text"][hit["start"] : hit["end"]] == hit["text"]


def test_search_takes_the_same_files_as_ask(newscite: Newscite, few: Path, tmp_path: Path) -> None:
    file = jsonl(
        tmp_path / "questions.jsonl",
        {"question": "dam", "outlet": "Drennick Sentinel"},
        {"question": "And when was that?", "history": ["Who won the Marentine Cup?"]},
    )
    code, out, err = newscite("search", "--input", file, "-k", 2, "--store", few, "--json")
    assert (code, err) == (0, "")
    dam, cup = rows(out)
    assert {hit["outlet"] for hit in dam["hits"]} == {"Drennick Sentinel"}
    assert cup["question"] == "And when was that?"
    assert cup["hits"][0]["outlet"] == "Marentine Post"


def test_search_for_people(newscite: Newscite, few: Path) -> None:
    code, out, err = newscite("search", "ferry strike", "-k", 1, "--store", few)
    assert (code, err) == (0, "")
    assert out.startswith("ferry strike\n\n1. Tessaby Herald · ")
    assert "\n2. " not in out


# show, list, remove, stats


def test_list_show_and_stats_agree(newscite: Newscite, sample_store: Path) -> None:
    store = ("--store", sample_store)
    code, out, _ = newscite("list", *store, "--json")
    assert code == 0
    listed = rows(out)
    assert all(list(row) == [name for name in ARTICLE if name not in ("text", "masks")] for row in listed)
    days = [row["published"] for row in listed]
    assert days == sorted(days, reverse=True), "newest first, those without a date last"
    shown = result(newscite("show", listed[0]["article_id"], *store, "--json"))
    assert list(shown) == [*ARTICLE, "version", "versions", "replaced"]
    assert {name: shown[name] for name in listed[0]} == listed[0]
    stats = result(newscite("stats", *store, "--json"))
    assert list(stats) == [
        *("articles", "passages", "outlets", "languages", "first_published", "last_published"),
        *("store", "embedder"),
    ]
    assert (stats["articles"], stats["store"]) == (len(listed), str(sample_store))


def test_masks_are_spans_of_the_text_with_a_reason(newscite: Newscite, sample_store: Path) -> None:
    listed = rows(newscite("list", "--store", sample_store, "--json")[1])
    masked = 0
    for row in listed:
        article = result(newscite("show", row["article_id"], "--store", sample_store, "--json"))
        for start, end, reason in article["masks"]:
            masked += 1
            assert 0 <= start < end <= len(article["text"])
            assert isinstance(reason, str)
            assert reason
    assert masked > len(listed) / 2


def test_list_show_and_stats_for_people(newscite: Newscite, sample_store: Path) -> None:
    store = ("--store", sample_store)
    _, listed, _ = newscite("list", *store)
    assert all(line == line.rstrip() for line in listed.splitlines())
    cup = next(line for line in listed.splitlines() if "Marentine Cup" in line)
    article_id, day, outlet = cup.split("  ")[:3]
    assert (day, outlet) == ("2031-05-24", "Marentine Post")
    _, shown, _ = newscite("show", article_id, *store)
    assert f"article_id {article_id}\n" in shown
    assert "outlet     Marentine Post\n" in shown
    _, facts, _ = newscite("stats", *store)
    assert f"store      {sample_store}\n" in facts
    assert f"articles   {len(listed.splitlines())}\n" in facts


def test_removed_articles_are_gone(newscite: Newscite, few: Path, tmp_path: Path) -> None:
    store = shutil.copytree(few, tmp_path / "store")
    listed = rows(newscite("list", "--store", store, "--json")[1])
    cup = next(row["article_id"] for row in listed if row["outlet"] == "Marentine Post")
    assert newscite("remove", cup, "--store", store) == (0, "removed 1 of 1 articles\n", "")
    assert result(newscite("stats", "--store", store, "--json"))["articles"] == 3
    found = result(newscite("search", CUP, "--store", store, "--json"))
    assert cup not in [hit["article_id"] for hit in found["hits"]]


# extract


def test_extract_reads_and_stores_nothing(newscite: Newscite, tmp_path: Path) -> None:
    files = (ARTICLES / "marentine-post-cup-final.html", ARTICLES / "mixed-outlets.jsonl")
    code, out, err = newscite("extract", *files, "--json")
    assert (code, err) == (0, "")
    cup, *mixed = rows(out)
    assert list(cup) == [name for name in ARTICLE if name not in ("article_id", "url", "corrected")]
    assert (cup["outlet"], cup["published"][:10], cup["language"]) == ("Marentine Post", "2031-05-24", "en")
    assert len(mixed) > 1
    assert not (tmp_path / "default-store").exists()


def test_extract_keeps_plain_text_as_it_is(newscite: Newscite, tmp_path: Path) -> None:
    text = "Ferry stops\r\n\r\nThe ferry\u00a0stops in June 🦟, said سلمى.\r\nNobody minds.\r\n"
    file = tmp_path / "ferry.txt"
    file.write_bytes(text.encode())
    assert result(newscite("extract", file, "--json"))["text"] == text


def test_extract_for_people(newscite: Newscite) -> None:
    code, out, err = newscite("extract", ARTICLES / "marentine-post-dam-vote.md")
    assert (code, err) == (0, "")
    assert "outlet     Marentine Post\n" in out
    assert "⟨front matter⟩" in out


# help


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([], ["index", "ask", "search", "show", "list", "remove", "stats", "extract", "chat", "eval"]),
        (["index"], ["PATH...", "--store", "--prune", "--json"]),
        (
            ["ask"],
            [
                "[QUESTION]",
                *(filters := ["--input", "--store", "--outlet", "--since", "--until", "--language"]),
            ],
        ),
        (["search"], ["[QUESTION]", "-k", *filters, "--json"]),
        (["show"], ["ARTICLE_ID", "--store", "--json"]),
        (["list"], ["--store", "--json"]),
        (["remove"], ["ARTICLE_ID...", "--store"]),
        (["stats"], ["--store", "--json"]),
        (["extract"], ["FILE...", "--json"]),
        (["chat"], ["--store", "--host", "--port", "127.0.0.1", "7860"]),
        (["eval"], ["run", "list", "compare", "gate", "newscite eval sample"]),
        (["eval", "run"], ["DATASET", "--data", "--limit", "--report", "--json"]),
        (["eval", "compare"], ["FIRST", "SECOND", "--json"]),
        (["eval", "gate"], ["--baseline", "--json"]),
    ],
    ids=lambda value: "-".join(value) if all(word.isalpha() for word in value) else "",
)
def test_help_names_everything(newscite: Newscite, command: list[str], words: list[str]) -> None:
    code, out, err = newscite(*command, "--help")
    assert (code, err) == (0, "")
    assert [word for word in words if word not in out] == []


def test_without_a_command_help_is_shown(newscite: Newscite) -> None:
    code, out, err = newscite()
    assert code == 2
    assert "Commands:" in out + err


def test_eval_is_reached_through_its_entry_point(newscite: Newscite) -> None:
    code, out, err = newscite("eval", "no-such-dataset")
    assert (code, out) == (1, "")
    assert err.startswith("newscite: ")
    assert "sample" in err


# As a process of its own


def process(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=120, **options
    )


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["eval", "--help"], ["serve", "--help"]])
def test_help_loads_nothing_that_takes_time(words: list[str]) -> None:
    heavy = "torch sentence_transformers chromadb gradio numpy tantivy trafilatura langchain fastapi mcp"
    code = (
        "import sys, ui.cli\n"
        f"sys.argv = ['newscite', *{words!r}]\n"
        "try:\n    ui.cli.main()\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', *[name for name in {heavy!r}.split() if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage: " in done.stdout
    assert done.stdout.splitlines()[-1].split() == ["loaded:"]


@pytest.mark.slow
def test_a_process_of_its_own_answers_with_json_alone_on_stdout(sample_store: Path) -> None:
    done = process("ask", CUP, "--json", env={**os.environ, "NEWSCITE_STORE": str(sample_store)})
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "answered"


def test_a_terminal_of_another_encoding_gets_what_it_can_show(sample_store: Path) -> None:
    ascii_only = {**os.environ, "NEWSCITE_STORE": str(sample_store), "PYTHONIOENCODING": "ascii"}
    for_people = process("list", env=ascii_only)
    assert (for_people.returncode, for_people.stderr) == (0, "")
    for_scripts = process("list", "--json", env=ascii_only)
    assert any(
        row["language"] == "ar" and row["title"].startswith("سفينة") for row in rows(for_scripts.stdout)
    )


def test_a_reader_that_stops_early_is_no_error(sample_store: Path) -> None:
    script = '"$@" list --json --store "$STORE" | head -n 1; echo "${PIPESTATUS[0]}" >&2'
    many = {**os.environ, "STORE": str(sample_store)}
    done = subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=many,
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.strip() in ("0", "1"), "the exit status alone: no traceback"


# versions, check


def test_a_corrected_article_keeps_its_first_text(newscite: Newscite, tmp_path: Path) -> None:
    store, news = str(tmp_path / "store"), tmp_path / "news"
    for price in ("600 million", "1.3 billion"):
        write(news, dam=f"The Sarrow Gorge dam will cost {price} more.\n\nThe auditor said so on Monday.")
        assert newscite("index", str(news), "--store", store)[0] == 0
    (listed,) = rows(newscite("list", "--json", "--store", store)[1])
    assert listed["corrected"]

    now = result(newscite("show", listed["article_id"], "--json", "--store", store))
    assert "1.3 billion" in now["text"]
    assert (now["version"], now["versions"], now["replaced"]) == (2, 2, "")
    first = result(newscite("show", listed["article_id"], "--version", "1", "--json", "--store", store))
    assert "600 million" in first["text"]
    assert (first["version"], first["replaced"]) == (1, listed["corrected"])
    # What cited the first text finds it still by its id.
    assert result(newscite("show", first["article_id"], "--json", "--store", store)) == first

    code, out, _ = newscite("show", listed["article_id"], "--store", store)
    assert code == 0
    assert f"2 (1 until {listed['corrected'][:10]}, 2 is the present one)" in out
    code, _, err = newscite("show", listed["article_id"], "--version", "3", "--store", store)
    assert code == 1
    assert err.strip().endswith("it has 2 versions")


def test_check_finds_and_repairs(newscite: Newscite, few: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(few, store)
    passages = result(newscite("check", "--json", "--store", str(store)))
    assert passages["findings"] == []
    assert newscite("check", "--store", str(store))[1] == (
        f"all is well: the three parts hold the same {passages['passages']} passages\n"
    )

    shutil.rmtree(store / "lexical")
    code, out, err = newscite("check", "--store", str(store))
    assert code == 1
    assert out == f"lexical: {passages['passages']} passages missing\n"
    assert err.strip().endswith("is not whole: newscite check --repair")
    assert newscite("check", "--repair", "--store", str(store))[0] == 0
    assert newscite("check", "--store", str(store))[0] == 0
    hits = result(newscite("search", "cup final", "--json", "--store", str(store)))["hits"]
    assert hits[0]["title"] == "Velloway win the cup"
