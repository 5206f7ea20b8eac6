"""A citation to take along: links to its very words, and forms that nothing of an article can break."""

from dataclasses import replace

import pytest

from index.schema import Article, Passage
from rag.schema import Citation
from ui.citing import forms, original, web_address

STORY = Article(
    key="k",
    source="/news/weir.txt",
    text="The weir held, barely. Nobody came to the well-lit hall that the town had opened for the night.",
    title="The weir held",
    author="Ana Ruiz",
    outlet="Drennick Sentinel",
    published="2026-01-17T20:37:00+02:00",
    url="https://sentinel.example/weir?a=1",
)


def citing(article: Article, start: int, end: int) -> Citation:
    return Citation(article, start, end, 1, Passage(article, start, end).id)


def test_a_short_quote_is_named_whole_in_the_link() -> None:
    link = original(citing(STORY, 0, 22))
    assert link == "https://sentinel.example/weir?a=1#:~:text=The%20weir%20held%2C%20barely."


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    whole = original(citing(replace(STORY, text=STORY.text * 2), 0, 190))
    assert whole.endswith(
        "#:~:text=The%20weir%20held%2C%20barely.%20Nobody,had%20opened%20for%20the%20night."
    )


def test_a_hyphen_is_encoded_for_it_has_a_meaning_in_a_fragment() -> None:
    start = STORY.text.index("well-lit")
    assert original(citing(STORY, start, start + 8)).endswith("text=well%2Dlit")


def test_an_address_with_a_fragment_keeps_it() -> None:
    link = original(citing(replace(STORY, url="https://sentinel.example/weir#top"), 0, 8))
    assert link == "https://sentinel.example/weir#top:~:text=The%20weir"


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://["]
)
def test_no_other_address_is_linked(url: str) -> None:
    assert web_address(url) == ""
    assert original(citing(replace(STORY, url=url), 0, 8)) == ""


def test_the_forms() -> None:
    made = forms(citing(STORY, 0, 22))
    assert made["Text"] == (
        "“The weir held, barely.” (Drennick Sentinel, “The weir held”, 17 January 2026) "
        "https://sentinel.example/weir?a=1"
    )
    assert made["Markdown"] == (
        "> The weir held, barely.\n>\n> — [The weir held](<https://sentinel.example/weir?a=1>), "
        "Drennick Sentinel, 17 January 2026"
    )
    assert made["BibTeX"] == (
        f"@article{{Sentinel2026-{STORY.id[:6]},\n  title = {{The weir held}},\n  author = {{Ana Ruiz}},\n"
        "  journal = {Drennick Sentinel},\n  date = {2026-01-17},\n  url = {https://sentinel.example/weir?a=1},\n"
        "  note = {“The weir held, barely.”},\n}"
    )


def test_an_article_that_says_little_of_itself_is_named_by_its_file() -> None:
    bare = Article(key="k", source="notes.txt", text=STORY.text)
    made = forms(citing(bare, 0, 22))
    assert made["Text"] == "“The weir held, barely.” (notes.txt)"
    assert made["Markdown"].endswith("> — notes.txt")
    assert made["BibTeX"].startswith("@article{article-")


def test_nothing_of_an_article_is_markup_in_markdown_or_bibtex() -> None:
    hostile = replace(
        STORY,
        text="# <img src=x> [click](javascript:x)\n> more `code` | and",
        title="](javascript:alert(1)) }, url = {x",
        url="https://x.example/>)[y](javascript:z",
    )
    made = forms(citing(hostile, 0, len(hostile.text)))
    markdown, bibtex = made["Markdown"], made["BibTeX"]
    assert "\\<img src=x\\>" in markdown
    assert "\\[click\\](" in markdown
    assert markdown.splitlines()[1] == "> \\> more \\`code\\` \\| and"
    assert "](<https://x.example/%3E)[y](javascript:z>)" in markdown
    assert r"title = {](javascript:alert(1)) \}, url = \{x}" in bibtex
