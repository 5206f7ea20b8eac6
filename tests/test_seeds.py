"""The questions that a reader would ask of real articles: the right quotes, and nothing from around them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import index_articles
from index.embed import Embedder
from index.sources import read_paths
from index.store import Store
from rag.pipeline import Pipeline

pytestmark = pytest.mark.slow

KHABERNI = "000_b58b2c7b0a8ae219.txt"
CIBERCUBA = "001_5e52470f6abb71c2.txt"
UNNAMED = "003_2424821f33bf5c29.txt"  # its outlet stands nowhere in it

# What surrounds the articles: each from its first words up to its last.
AROUND = {
    KHABERNI: [("*\nالسبت", "20:37"), ("مواضيع قد", "تعجبك")],
    CIBERCUBA: [
        ("Donald Trump and Diosdado Cabello (Reference", "Photo © Sora /CiberCuba"),
        ("Related videos", ":"),
        ("Filed under:", "and critical analysis."),
    ],
    UNNAMED: [
        ("WATCH — President Trump", "America First:"),
        ("Venezuela’s acting President Delcy Rodriguez makes a statement", "(AP Photo/Ariana Cubillos)"),
        ("Christian K. Caruzo is", "Twitter here."),
    ],
}

# A question, words of a right quote, and the articles that may give it.
EXPECTED = [
    ("How much is the bounty on Cabello?", "$25 million bounty", {UNNAMED}),
    ("What is the bounty for Diosdado Cabello's arrest?", "$25 million bounty", {UNNAMED}),
    ("How big is the bounty?", "$25 million bounty", {UNNAMED}),
    ("How old is Diosdado Cabello?", "62", {KHABERNI, CIBERCUBA}),
    ("How old is Cabello?", "62", {KHABERNI, CIBERCUBA}),
    ("What is Cabello's age?", "62", {KHABERNI, CIBERCUBA}),
    ("What is the age of Diosdado Cabello?", "62", {KHABERNI, CIBERCUBA}),
    ("What was the date of the operation?", "January 3", {KHABERNI, CIBERCUBA, UNNAMED}),
    ("How did the regime respond to the report?", "rejected", {UNNAMED}),
    ("When was the operation?", "January 3", {KHABERNI, CIBERCUBA, UNNAMED}),
    ("When did the US operation take place?", "January 3", {KHABERNI, CIBERCUBA, UNNAMED}),
    ("When was Maduro captured?", "January 3, 2026", {UNNAMED}),
    ("What did the regime answer?", "We categorically deny the malicious information", {UNNAMED}),
    ("What did the Venezuelan regime answer to the Reuters report?", "rejected", {UNNAMED}),
    ("Did the regime deny the Reuters report?", "We categorically deny", {UNNAMED}),
    ("How many sources told Reuters that officials had warned Cabello?", "4 sources", {KHABERNI}),
    ("How many sources did Reuters consult?", "four sources consulted", {CIBERCUBA}),
    ("Who is Venezuela's acting president?", "Rodríguez", {UNNAMED}),
    ("Who is the interim president of Venezuela?", "Delcy Rodríguez, interim president", {CIBERCUBA}),
    ("Who is interior minister of Venezuela?", "Diosdado Cabello", {KHABERNI, CIBERCUBA, UNNAMED}),
    ("What did Elliot Abrams say?", "many Venezuelans expect Cabello's dismissal", {KHABERNI}),
    ("What were the officials' warnings to Cabello?", "against using the security devices", {KHABERNI}),
    ("Who is the director of the CIA?", "director John Ratcliffe", {UNNAMED}),
    ("What did Rodríguez deny in October 2025?", "denied claims by the Miami Herald", {UNNAMED}),
    ("What does Washington fear about Cabello?", "could obstruct the transition phase", {KHABERNI}),
    ("What did Maduro's son say?", "claimed in a livestream", {UNNAMED}),
]

# Questions whose words stand in what surrounds the articles.
BAITED = [
    "Which videos are related?",
    "What is filed under CiberCuba?",
    "Who is the CiberCuba editorial team?",
    "Where can I follow Christian K. Caruzo?",
    "Who is a Venezuelan writer who documents life under socialism?",
    "Who took the AP photo of Delcy Rodriguez at Miraflores?",
    "What did Delcy Rodriguez do at Miraflores palace on Wednesday, January 14, 2026?",
    "Watch President Trump: Running Venezuela Is America First",
    "Donald Trump and Diosdado Cabello reference image photo Sora CiberCuba",
    "ما هي المواضيع التي قد تعجبك؟",
    "What happened on السبت 17 يناير 2026?",
]


DISPUTED = [
    "Did the talks between the Trump administration and Cabello take place?",
    "Did the talks take place?",
    "Did Cabello hold talks with US officials before Maduro's arrest?",
    "Was the Trump administration in discussions with Diosdado Cabello?",
    "Did US officials talk with Cabello?",
]


@pytest.fixture(scope="module")
def answers(
    seeds: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """The answers to all these questions, as `newscite ask --json` gives them."""
    store = Store(tmp_path_factory.mktemp("seeds") / "store", embedder, create=True)
    report = index_articles(store, read_paths([seeds]))
    assert (report.added, report.skipped) == (3, ())
    with Pipeline(store) as pipeline:
        questions = [*(question for question, _, _ in EXPECTED), *BAITED, *DISPUTED]
        return {question: pipeline.answer(question).to_dict() for question in questions}


@pytest.mark.parametrize("question", DISPUTED)
def test_asked_whether_the_talks_took_place_both_sides_are_cited(
    answers: dict[str, dict[str, Any]], question: str
) -> None:
    answer = answers[question]

    assert answer["disputed"]
    sides = {origin["side"]: origin["name"] for origin in answer["origins"] if origin["side"] != "unverified"}
    assert sides.keys() == {"reported", "denied"}
    assert sides["reported"] == "Reuters"
    assert "regime" in sides["denied"]
    assert [origin["side"] for origin in answer["origins"]].count("reported") == 1


def spaced(text: str) -> str:
    """The text with its no-break spaces as plain ones; its length stays."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("question", "words", "articles"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_the_right_quote_from_the_right_article(
    answers: dict[str, dict[str, Any]], question: str, words: str, articles: set[str]
) -> None:
    answer = answers[question]
    assert answer["status"] in ("answered", "partial")
    roles = [sentence["role"] for sentence in answer["sentences"]]
    assert roles.count("evidence") <= 4, "a simple question gets a short answer"
    assert len(roles) <= 6
    right = [citation for citation in answer["citations"][:3] if words in spaced(citation["quote"])]
    assert right, [citation["quote"] for citation in answer["citations"]]
    assert {Path(citation["source"]).name for citation in right} <= articles


def test_the_outlet_is_the_one_that_the_article_names(answers: dict[str, dict[str, Any]]) -> None:
    outlets = {
        Path(citation["source"]).name: citation["outlet"]
        for answer in answers.values()
        for citation in answer["citations"]
    }
    assert outlets == {KHABERNI: "Khaberni", CIBERCUBA: "CiberCuba", UNNAMED: ""}


def test_every_quote_stands_at_its_offsets_in_the_file(
    answers: dict[str, dict[str, Any]], seeds: Path
) -> None:
    for answer in answers.values():
        for citation in answer["citations"]:
            text = (seeds / Path(citation["source"]).name).read_bytes().decode()
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def around(file: Path) -> Iterator[tuple[int, int]]:
    text = spaced(file.read_bytes().decode())
    for first, last in AROUND[file.name]:
        start = text.index(first)
        yield start, text.index(last, start) + len(last)


def test_nothing_is_cited_from_around_the_articles(answers: dict[str, dict[str, Any]], seeds: Path) -> None:
    cited = 0
    for answer in answers.values():
        for citation in answer["citations"]:
            for start, end in around(seeds / Path(citation["source"]).name):
                assert citation["end"] <= start or end <= citation["start"], (
                    answer["question"],
                    citation["quote"],
                )
            cited += 1
    assert cited > len(EXPECTED)
