import random
import time

import pytest

from index.errors import ReadError
from index.schema import Article
from index.sources import Skipped, html, read_bytes
from index.sources.html import fragment_text

PROSE = "The ferry company said on Monday that it would stop all crossings until the pier is mended."
PAGE = (
    '<html lang="en"><head><title>Pier | Sound Herald</title><link rel="canonical" href="/pier">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier",'
    ' "author": [{"name": "Ana Roa"}]}</script>'
    '<meta property="article:published_time" content="2031-03-03T09:30:00Z"></head><body><nav>Home</nav>'
    f'<article><h1>Pier</h1><p class="byline">By Ana Roa</p><p>{PROSE}</p><div class="promo">Join us</div>'
    f"<ul><li>One boat sank.</li></ul><blockquote class='twitter-tweet'>It is gone. <a href='/1'>3 March</a>"
    f"</blockquote><p>{PROSE}</p></article></body></html>"
)


def test_control_characters_do_not_cost_a_page_its_text() -> None:
    # Raw and by number; the empty element is one that has to be moved with the words after it.
    page = f"<p>{PROSE}</p><p><b></b>Rain\x01 fell&#8; and&#x1F; fell\x0c.</p><p>{PROSE}</p>"
    (article,) = html.read(f"<html><body><article>{page}</article></body></html>".encode(), "/a.html")
    assert article.text.split("\n")[1] == "Rain fell and fell ."


def test_characters_by_number_that_are_none_of_these_stay() -> None:
    assert fragment_text("<p>caf&#233; &#8212; &#x1F600; &#10;&#149;</p>").startswith("café — 😀")


def test_a_page_on_the_web_is_its_own_base() -> None:
    (article,) = html.read(PAGE.encode(), "https://herald.example/amp/pier")
    assert article.url == article.key == "https://herald.example/pier"
    (saved,) = html.read(PAGE.encode(), "/saved/pier.html")
    assert (saved.url, saved.key) == ("", "/saved/pier.html")
    (archived,) = html.read(PAGE.encode(), "/a.warc#3", "https://herald.example/x")
    assert (archived.source, archived.url) == ("/a.warc#3", "https://herald.example/pier")


def test_a_page_without_article_text_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="save it from a browser"):
        list(html.read(b"<html><body><div id=app></div></body></html>", "/app.html"))


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="date related">' * 3000 + "x",
        "<ul><li>" * 2000,
        '<span class="byline">By Ana Roa and ' * 3000,
        '<blockquote class="twitter-tweet">' * 2000 + "x",
        "<div hidden>x" * 2000,
        '<p style="' + "display " * 20_000 + '">x</p>',
        '<p class="' + "a-b " * 20_000 + '">x</p>',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        + '\\"' * 50_000
        + "</script>",
        "<div>loose words</div><p>" + "word " * 30 + "</p>" * 2000,
    ],
    ids=["nested marks", "lists", "bylines", "posts", "hidden", "style", "class", "json", "divisions"],
)
def test_odd_pages_are_read_in_time(markup: str) -> None:
    began = time.monotonic()
    list(html.read(f"<html><body><p>{PROSE * 5}</p>{markup}</body></html>".encode(), "/a.html"))
    assert time.monotonic() - began < 10


@pytest.mark.slow
def test_broken_pages_give_text_or_one_reason() -> None:
    draw = random.Random(7)
    for _ in range(300):
        data = bytearray(PAGE.encode())
        for _ in range(draw.randint(1, 12)):
            at = draw.randrange(len(data))
            if draw.random() < 0.5:
                data[at] = draw.randrange(256)
            else:
                data[at : at + draw.randint(0, 60)] = data[draw.randrange(len(data)) :][: draw.randint(0, 60)]
        for found in read_bytes(bytes(data), "/a.html"):
            assert isinstance(found, Article | Skipped)
            assert found.text if isinstance(found, Article) else "\n" not in found.reason
