"""How cards are laid out: by story, by side, and what heads them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.schema import Article, Mask, Passage
from rag.schema import Answer, Citation, Finished, Role, Sentence
from ui import cards
from ui.render import Exchange

STORM = Article(
    key="storm",
    source="/news/storm.txt",
    text="The storm broke the pier.",
    title="Storm breaks the pier",
    published="2031-03-02",
)
LATER = replace(STORM, key="later", title="Pier to be rebuilt", published="2031-03-03")
TRAM = replace(
    STORM, key="tram", text="Two trams collided.", title="Trams <b>collide</b>", url="https://x.example"
)


def exchange(*cited: tuple[Article, Role]) -> Exchange:
    citations = tuple(
        Citation(article, 0, len(article.text), marker, Passage(article, 0, len(article.text)).id)
        for marker, (article, _) in enumerate(cited, start=1)
    )
    sentences = tuple(
        Sentence("So it was.", (marker,), role) for marker, (_, role) in enumerate(cited, start=1)
    )
    answer = Answer("Why?", "answered", sentences=sentences, citations=citations)
    return Exchange(1, "Why?").after(Finished(answer))


def by_first_word(article_ids: Sequence[str]) -> list[list[str]]:
    """The storm's articles are one story, the tram's another."""
    storm = [one for one in article_ids if one in (STORM.id, LATER.id)]
    return [group for group in (storm, [one for one in article_ids if one not in storm]) if group]


def headings(html: str) -> list[str]:
    return [re.sub("<[^>]*>", "", found) for found in re.findall(r"<h3[^>]*>.*?</h3>", html)]


def test_several_stories_are_headed_by_the_headlines_of_their_first_articles() -> None:
    told = exchange((LATER, "evidence"), (TRAM, "evidence"), (STORM, "evidence"))
    html = cards.sources([told], by_first_word)
    assert headings(html) == [
        "Storm breaks the pier",
        "Pier to be rebuilt",
        "Storm breaks the pier",
        "Trams &lt;b&gt;collide&lt;/b&gt;",  # said once: the story's only article
    ]
    assert re.findall(r'id="c-1-(\d)"', html) == ["1", "3", "2"]
    assert "2 articles on this story" in html
    assert 'href="https://x.example"' in html


def test_one_story_has_no_heading() -> None:
    html = cards.sources([exchange((LATER, "evidence"), (STORM, "evidence"))], by_first_word)
    assert headings(html) == ["Pier to be rebuilt", "Storm breaks the pier"]
    assert 'class="story"' not in html


def test_an_answer_under_way_is_not_grouped_yet() -> None:
    under_way = replace(exchange((LATER, "evidence"), (TRAM, "evidence")), answer=None)
    assert 'class="story"' not in cards.sources([under_way], by_first_word)


def test_the_sides_of_a_dispute_stay_side_by_side_within_its_story() -> None:
    html = cards.sources(
        [exchange((STORM, "evidence"), (LATER, "denied"), (TRAM, "evidence"))], by_first_word
    )
    assert headings(html) == [
        "Storm breaks the pier",
        *("One side", "Storm breaks the pier"),
        *("The other side", "Pier to be rebuilt"),
        "Trams &lt;b&gt;collide&lt;/b&gt;",
    ]


def test_sides_told_in_articles_on_different_events_are_of_one_dispute() -> None:
    html = cards.sources([exchange((STORM, "evidence"), (TRAM, "denied"))], by_first_word)
    assert headings(html) == [
        *("One side", "Storm breaks the pier"),
        *("The other side", "Trams &lt;b&gt;collide&lt;/b&gt;"),
    ]


def test_an_untitled_article_is_called_by_its_first_words() -> None:
    told = "The ferry that left the north quay on Wednesday carried seventy-four passengers and sheep."
    text = f"Share: Print\n\n{told}"
    untitled = Article(key="u", source="/news/u.txt", text=text, masks=(Mask(0, 12, "share"),))
    citation = Citation(untitled, 14, len(text), 1, "p")
    html = cards.card(citation, 1)
    assert headings(html) == ["The ferry that left the north quay on Wednesday carried seventy-four…"]
    assert "u.txt</bdi>" in html
    short = replace(untitled, text="Rain fell.", masks=())
    assert headings(cards.card(Citation(short, 0, 10, 1, "p"), 1)) == ["Rain fell."]


def test_an_answer_that_cites_nothing_has_no_cards() -> None:
    refused = Exchange(1, "Why?").after(Finished(Answer("Why?", "abstained", "Nothing.")))
    assert "No source is cited." in cards.sources([refused])
