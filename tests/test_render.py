"""The page's HTML: nothing an article holds becomes markup, and quotes are marked by their offsets."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from pydantic import SecretStr

from index.schema import Article, Hit, Mask, Passage
from rag.schema import Answer, Citation, Cited, Finished, Sentence, Status, Wrote
from rag.settings import Settings
from ui import cards, render
from ui.render import Exchange

SCRIPT = "<script>alert(1)</script>"
IMAGE = '<img src=x onerror="alert(2)">'
ESCAPING = '"><svg onload=alert(3)>'

STORY = Article(
    key="https://sentinel.example/weir",
    source="/news/weir.txt",
    text="The weir held. Nobody came.\n\nThe weir held. The mayor left at noon.\n\nFiled under: Weirs",
    title="The weir held",
    outlet="Drennick Sentinel",
    published="2026-01-17T20:37:00+02:00",
    url="https://sentinel.example/weir",
)


class Page(HTMLParser):
    """The elements, attributes and text of some HTML, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked = self.text = ""
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._in_mark = self._in_mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._in_mark else ""

    def all(self, attribute: str) -> list[str | None]:
        return [value for name, value in self.attributes if name == attribute]


def citing(article: Article, start: int, end: int, marker: int = 1) -> Citation:
    return Citation(article, start, end, marker, Passage(article, start, end).id)


def card(article: Article, start: int, end: int) -> Page:
    return Page(cards.card(citing(article, start, end), number=1))


def finished(*sentences: Sentence, citations: tuple[Citation, ...] = (), **fields: object) -> Exchange:
    status: Status = "answered" if sentences else "abstained"
    answer = Answer("Why?", status, sentences=sentences, citations=citations)
    return Exchange(1, "Why?").after(Finished(replace(answer, **fields)))  # type: ignore[arg-type]


def test_article_text_and_fields_never_become_markup() -> None:
    article = replace(
        STORY,
        text=f"{SCRIPT} The mayor {IMAGE} left. </mark></blockquote> {ESCAPING}",
        title=IMAGE,
        outlet=ESCAPING,
        source=ESCAPING,
        url=f"https://x.example/{ESCAPING}",
    )
    page = card(article, 26, 60)
    assert not {"script", "img", "svg"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert SCRIPT in page.text
    assert IMAGE in page.text
    assert page.marked == article.text[26:60]


def test_questions_answers_and_problems_never_become_markup() -> None:
    sentence = Sentence(f"He said {SCRIPT}{IMAGE}", (1,))
    exchange = replace(
        finished(sentence, citations=(citing(replace(STORY, title=ESCAPING), 0, 14),)), question=IMAGE
    )
    abstained = finished(reason=f"No article speaks of {IMAGE}.")
    problem = replace(exchange, problem=f"no outlet is named {IMAGE}")
    html = render.question(exchange) + "".join(map(render.reply, (exchange, abstained, problem)))
    html += cards.sources([exchange])
    page = Page(html)
    assert not {"script", "img", "svg"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.text.count(IMAGE) == 5  # question, answer, refusal, problem, the question over the cards


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", ""])
def test_only_web_addresses_are_linked(url: str) -> None:
    assert card(replace(STORY, url=url), 0, 14).all("href") == ["#m-1-1"]


def test_a_web_address_is_linked_from_the_title() -> None:
    address = "https://sentinel.example/weir"
    assert card(STORY, 0, 14).all("href") == [
        "#m-1-1",
        address,
        f"{address}#:~:text=The%20weir%20held.",
    ]


def test_a_card_says_who_wrote_it_when_and_where_it_stands() -> None:
    text = card(STORY, 15, 27).text
    for part in ("Drennick Sentinel", "17 January 2026", "The weir held", "Characters 15–27 of weir.txt"):
        assert part in text


def test_the_quote_at_the_offsets_is_marked_not_one_that_reads_the_same() -> None:
    second = STORY.text.rindex("The weir held.")
    html = cards.card(citing(STORY, second, second + 14), number=1)
    assert "<mark>The weir held.</mark> The mayor left at noon." in html
    assert "Nobody came" not in html


def test_only_the_quotes_own_paragraph_is_shown() -> None:
    assert "<mark>Nobody came.</mark></blockquote>" in cards.card(citing(STORY, 15, 27), number=1)


def test_masked_text_is_not_shown() -> None:
    text = "It rained. Related: ten boats. It stopped."
    article = replace(STORY, text=text, masks=(Mask(11, 30, "related"),))
    assert "Related" not in card(article, 0, 10).text
    assert "Related" not in card(article, 31, 42).text


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("Rain fell.\r\n\r\nThe dam\r\nheld. All slept.\r\n\r\nEnd.", "The dam\r\nheld. All slept."),
        ("Rain fell.\r\nThe dam held. All slept.\r\nEnd.", "The dam held. All slept."),
        ("The dam held. All slept.", "The dam held. All slept."),
    ],
)
def test_paragraphs_end_at_blank_lines_and_after_sentences_with_crlf_too(text: str, paragraph: str) -> None:
    start = text.index("All")
    page = card(replace(STORY, text=text), start, start + len("All slept."))
    assert page.marked == "All slept."
    assert paragraph in page.text


def test_a_long_paragraph_is_cut_around_the_quote_between_words() -> None:
    text = "before " * 200 + "The dam held." + " after" * 200
    start = text.index("The dam")
    html = cards.card(citing(replace(STORY, text=text), start, start + 13), number=1)
    shown = re.search("<blockquote[^>]*>(.*)</blockquote>", html)
    assert shown
    assert re.fullmatch(r"… (before )+<mark>The dam held\.</mark>( after)+ …", shown[1])
    assert len(shown[1]) < 900


def test_text_of_either_direction_finds_its_own() -> None:
    arabic = replace(STORY, text="قال العمدة إن السد صمد.", title="صمد السد", outlet="الخليمار")
    assert card(arabic, 0, 23).all("dir") == ["auto", "auto", "auto"]
    answer = finished(
        Sentence("The mayor left.", (1,)), Sentence("قال العمدة.", (1,)), citations=(citing(arabic, 0, 23),)
    )
    assert Page(render.reply(answer)).all("dir") == ["ltr", "auto", "rtl", "auto"]


def test_a_card_says_whose_report_it_is_what_its_dates_mean_and_when_it_was_corrected() -> None:
    text = "قال العمدة أمس إن السد صمد."
    told = replace(STORY, text=text, origin="Reuters", language="ar", corrected="2026-01-19T09:30:00+00:00")
    html = cards.card(citing(told, 0, len(text)), number=1)

    assert "Drennick Sentinel, citing Reuters" in Page(html).text
    assert "<bdi>أمس</bdi> = 16 January 2026 · Corrected on 19 January 2026</p>" in html
    assert 'class="notes"' not in cards.card(citing(STORY, 0, 14), number=1)


def test_an_origin_is_text_and_never_markup() -> None:
    told = replace(STORY, origin=ESCAPING)
    assert "svg" not in Page(cards.card(citing(told, 0, 14), number=1)).tags


def test_a_lone_surrogate_does_not_break_the_page() -> None:
    article = replace(STORY, text="The dam \ud800 held.")
    cards.card(citing(article, 0, 15), number=1).encode("utf-8")


def test_markers_and_cards_point_at_each_other() -> None:
    citations = (citing(STORY, 0, 14), citing(STORY, 15, 27, marker=2))
    exchange = finished(Sentence("It held.", (1, 2)), Sentence("Really.", (1,)), citations=citations)
    answer, panel = Page(render.reply(exchange)), Page(cards.sources([exchange]))
    assert answer.all("href") == ["#c-1-1", "#c-1-2", "#c-1-1", "?q=Why%3F"]
    assert answer.all("id") == ["m-1-1", "m-1-2"]
    assert panel.all("id") == ["c-1-1", "c-1-2"]
    assert "2 quotations from 1 outlet" in answer.text


def test_a_citation_has_its_card_before_its_marker_comes() -> None:
    asked = Exchange(1, "Why?")
    cited = asked.after(Cited(citing(STORY, 0, 14)))
    assert 'id="c-1-1"' in cards.sources([cited])
    assert "c-1-1" not in render.reply(cited)
    assert 'href="#c-1-1"' in render.reply(cited.after(Wrote(Sentence("It held.", (1,)))))


def test_older_questions_are_folded_under_the_newest() -> None:
    older = finished(Sentence("It held.", (1,)), citations=(citing(STORY, 0, 14),))
    html = cards.sources([older, replace(older, number=2, question="And then?")])
    assert html.index("And then?") < html.index("Why?")
    assert Page(html).tags.count("details") == 2
    assert len(Page(html).all("open")) == 1
    assert Page(html).all("id") == ["c-2-1", "c-1-1"]


def test_a_refusal_and_a_partial_answer_say_so() -> None:
    assert "No answer from these articles" in render.reply(finished(reason="Nothing on dams."))
    partial = finished(
        Sentence("It held.", (1,)), citations=(citing(STORY, 0, 14),), status="partial", reason="Not why."
    )
    assert Page(render.reply(partial)).text.endswith("Partial answer. Not why.Copy a link")


def test_the_short_answer_and_the_other_side_stand_apart() -> None:
    html = render.reply(
        finished(
            Sentence("It held.", (1,), "direct"),
            Sentence("Ledger reported: “It held.”", (1,)),
            Sentence("This is denied.", (1,), "denied"),
            citations=(citing(STORY, 0, 14),),
        )
    )
    assert re.findall(r'class="(said[^"]*)"', html) == ["said direct", "said", "said other-side"]


def test_what_was_understood_and_the_nearest_passage_are_text() -> None:
    nearest = Hit(1, 0.4, Passage(replace(STORY, title=ESCAPING), 0, 14))
    exchange = finished(reason="Nothing on dams.")
    assert exchange.answer is not None
    answer = replace(exchange.answer, understood=f"Why? {ESCAPING}", nearest=nearest)
    html = render.reply(replace(exchange, answer=answer))

    assert "svg" not in Page(html).tags
    assert "Understood as: Why?" in Page(html).text
    assert "which is not an answer" in Page(html).text


def test_how_it_answers_is_told_and_no_key() -> None:
    assert "quoted from the articles, without a chat model" in render.workings(Settings())
    written = render.workings(
        Settings(
            chat_model="llama<3>",
            chat_url="http://me:secret@models.example:8080/v1",
            chat_key=SecretStr("sk-secret"),
            nli_model="an-nli",
        )
    )
    assert "written by llama&lt;3&gt; at models.example, checked" in written
    assert "rules, then an-nli" in written
    assert "secret" not in written
