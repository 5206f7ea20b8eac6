"""An article in full: every character of it, the quote marked, what is masked dimmed, nothing markup."""

import html
import re

import pytest

from index.schema import Article, Mask
from ui.reader import gone, in_full

TEXT = "By Ana Ruiz\n\nThe weir <held>. Nobody & no one came.\n\nFiled under: Weirs"
STORY = Article(
    key="k",
    source="weir.txt",
    text=TEXT,
    title="The <weir>",
    outlet="Sentinel",
    url="https://sentinel.example/weir",
    masks=(Mask(0, 11, "byline"), Mask(TEXT.index("Filed"), len(TEXT), 'filed "under"')),
)


def paragraphs_of(page: str) -> str:
    """What the article itself says on the page, a blank line between its paragraphs."""
    told = page.split('<div class="text">')[1]
    told = re.sub(r'<p class="legend">.*?</p>|<span class="unseen"[^>]*>[^<]*</span>', "", told)
    return html.unescape(re.sub(r"<[^>]*>", "", told.replace("</p><p", "</p>\n\n<p")))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (13, 28), (29, 51), (len(TEXT), len(TEXT) + 5)])
def test_every_character_is_there_once(start: int, end: int) -> None:
    assert paragraphs_of(in_full(STORY, start, end)).strip() == TEXT


def test_the_quote_is_marked_and_masks_say_why() -> None:
    page = in_full(STORY, 13, 29)
    assert '<mark id="quoted">The weir &lt;held&gt;.</mark>' in page
    assert re.search(r'<p class="masked" [^>]*title="Never quoted: byline">.*By Ana Ruiz</p>', page)
    assert re.search(r'title="Never quoted: filed &quot;under&quot;">.*Filed under: Weirs</p>', page)
    assert "What is dimmed is never quoted" in page


def test_without_a_quote_nothing_is_marked() -> None:
    assert "<mark" not in in_full(STORY)


def test_offsets_that_touch_a_mask_still_show_all() -> None:
    page = in_full(STORY, 5, 20)
    assert paragraphs_of(page).strip() == TEXT
    assert page.count('id="quoted"') == 1
    assert page.count("<mark") == 2  # one a paragraph


def test_title_and_address_are_no_markup() -> None:
    assert ">The &lt;weir&gt;</a>" in in_full(STORY)
    assert "href" not in in_full(Article(key="k", source="s", text="So.", url="javascript:x"))


def test_an_article_that_is_gone_is_said_to_be() -> None:
    assert "no longer in the store" in gone()
