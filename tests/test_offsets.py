"""The offset contract: whatever the text, a sentence or passage is `text[start:end]`, clear of every mask,
and no letter outside the masks is lost."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import shared_folder
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embed import Embedder
from index.schema import Article, Mask, Passage, Span
from index.sentences import SentenceSpan, sentence_spans
from index.sources import read_paths
from index.split import MAX_CHARACTERS, context, split

# What real pages are made of, and what breaks offsets that are not counted in code points.
FRAGMENTS = [
    "The U.S. said on Monday that 3.5 million had voted.",
    "“We won. We did,” she said.",
    "He said: 'I saw \"it\".'",
    "El Sr. Pérez viajó a EE. UU. ¿Qué dijo? ¡Nada!",
    "«No sé», dijo.",
    "قال الرئيس إن الأمر انتهى. هل عاد؟",
    "\u200fالسبت: 17 يناير 2026\u200f",
    "Cafe\u0301 n\u0303andu\u0301 cerro\u0301.",
    "👩‍👩‍👧 came 🇪🇸 to 👍🏽 town.",
    "你好。世界！",
    "대한민국 서울에서 열린 회담.",
    "Rain fell. Rain fell. Rain fell.",
    "Related videos:",
    "• 17:37",
    "-" * 70,
    "* * *",
    "http://example.org/a/very/long/path?with=query&and=more#anchor",
    "x" * 300,
    "unbelievablepresidentialelectioneeringcounterrevolutionarieskeyboard",
    "ﷺ½ﬁ",
    "a\u0301\u0302\u0303\u0304\u0305",
]
GAPS = [
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\r\n\r\n",
    "\u00a0",
    "  ",
    "\t",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\x00",
    "…",
    "",
]
TITLES = ["", "Rain fell in the town", "대한민국 서울특별시 기자회견 " * 12, "👍" * 300, "ü" * 150 + " x"]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of mixed fragments with masks anywhere, in the middle of words too."""
    fragments = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=20))
    parts = draw(st.lists(st.tuples(fragments, st.sampled_from(GAPS)), max_size=20))
    text = "".join(fragment + gap for fragment, gap in parts)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    masks = tuple(Mask(start, end, "drawn") for start, end in zip(cuts[::2], cuts[1::2], strict=False))
    return Article(
        key="drawn",
        source="drawn.txt",
        text=text,
        title=draw(st.sampled_from(TITLES)),
        published=draw(st.sampled_from(["", "2026-01-17"])),
        language=draw(st.sampled_from(["", "en", "es", "ar", "zh", "xx"])),
        masks=masks,
    )


def open_letters(article: Article) -> list[int]:
    """The offsets of every letter and digit outside the masks."""
    return [
        offset
        for start, end in article.open_spans()
        for offset in range(start, end)
        if article.text[offset].isalnum()
    ]


def letters_in(article: Article, spans: list[Passage] | list[SentenceSpan]) -> list[int]:
    return [at for span in spans for at in range(span.start, span.end) if article.text[at].isalnum()]


def assert_sentences_hold(article: Article) -> list[SentenceSpan]:
    sentences = sentence_spans(article)
    for sentence in sentences:
        quoted = Span(article, sentence.start, sentence.end)  # raises where it would touch a mask
        assert quoted.text == article.text[sentence.start : sentence.end] == quoted.text.strip()
        assert any(character.isalnum() for character in quoted.text)
    assert all(one.end <= two.start for one, two in pairwise(sentences))
    assert all(one.paragraph <= two.paragraph for one, two in pairwise(sentences))
    assert letters_in(article, sentences) == open_letters(article)
    return sentences


def assert_passages_hold(article: Article, embedder: Embedder, max_tokens: int) -> list[Passage]:
    sentences = assert_sentences_hold(article)
    passages = split(article, embedder.count_tokens, max_tokens)
    assert [passage.text for passage in passages] == [
        article.text[passage.start : passage.end] for passage in passages
    ]
    assert all(article.is_open(passage.start, passage.end) for passage in passages)
    assert all(one.end <= two.start for one, two in pairwise(passages))
    assert letters_in(article, passages) == open_letters(article)

    before = context(article, embedder.count_tokens, max_tokens)
    counts = embedder.count_tokens([before + passage.text for passage in passages]) if passages else []
    assert max(counts, default=0) <= max_tokens
    assert max((len(passage.text) for passage in passages), default=0) <= MAX_CHARACTERS

    room = max_tokens - embedder.count_tokens([before])[0]
    for sentence in sentences:  # a sentence is cut only where it is too long
        if not any(passage.start <= sentence.start and sentence.end <= passage.end for passage in passages):
            text = article.text[sentence.start : sentence.end]
            assert embedder.count_tokens([text])[0] > room or len(text) > MAX_CHARACTERS
    return passages


@given(article=articles())
@settings(max_examples=100)
def test_sentences_of_any_text(article: Article) -> None:
    assert_sentences_hold(article)
    assert sentence_spans(article) == sentence_spans(article)


@given(article=articles())
@settings(max_examples=100)
def test_passages_of_any_text(article: Article, embedder: Embedder) -> None:
    passages = assert_passages_hold(article, embedder, embedder.max_tokens)
    again = split(article, embedder.count_tokens, embedder.max_tokens)
    assert [passage.id for passage in again] == [passage.id for passage in passages]
    assert len({passage.id for passage in passages}) == len(passages)


@given(article=articles(), max_tokens=st.integers(24, 60))
@settings(max_examples=100)
def test_passages_of_any_text_in_a_small_model(article: Article, embedder: Embedder, max_tokens: int) -> None:
    assert_passages_hold(article, embedder, max_tokens)


@pytest.mark.parametrize("text", ["", " ", "\r\n\u00a0\t\ufeff\u200f", "…\n* * *\n👩‍👩‍👧", "\x00"])
def test_a_text_without_letters_gives_nothing(text: str, embedder: Embedder) -> None:
    assert assert_passages_hold(Article(key="a", source="a", text=text), embedder, embedder.max_tokens) == []


@pytest.mark.parametrize(
    "unit",
    [
        "It rained in the old town on Monday, he said. ",
        "word and other things ",
        "abcdefghij",
        "كتاب",
        "e\u0301",
        "👩‍👩‍👧a",
    ],
    ids=["sentences", "no full stop", "no space", "arabic without space", "combining", "emoji"],
)
def test_a_line_of_a_megabyte(unit: str, embedder: Embedder) -> None:
    text = unit * (1_000_000 // len(unit))
    middle = len(text) // 2
    article = Article(key="a", source="a", text=text, masks=(Mask(middle, middle + 100, "in the middle"),))
    assert_passages_hold(article, embedder, embedder.max_tokens)


def test_a_letter_under_endless_combining_marks(embedder: Embedder) -> None:
    article = Article(key="a", source="a", text="a" + "\u0301" * 200_000)
    assert_passages_hold(article, embedder, embedder.max_tokens)


def test_the_seed_articles(seeds: Path, embedder: Embedder) -> None:
    found = list(read_paths([seeds]))
    assert len(found) == 3
    for article in found:
        assert isinstance(article, Article)
        assert article.text.encode() == Path(article.source).read_bytes()
        assert assert_passages_hold(article, embedder, embedder.max_tokens)


def test_the_wikinews_articles(embedder: Embedder) -> None:
    files = sorted(shared_folder("data/gum_wikinews").rglob("*.xml"))
    assert len(files) == 43
    for file in files:
        article = Article(key=file.name, source=str(file), text=text_of(file), language="en")
        passages = assert_passages_hold(article, embedder, embedder.max_tokens)
        assert passages
        sentences = sentence_spans(article)
        masks = tuple(Mask(span.start, span.end, "every third") for span in sentences[::3])
        masked = Article(key=file.name, source=str(file), text=article.text, language="en", masks=masks)
        assert_passages_hold(masked, embedder, embedder.max_tokens)


def text_of(file: Path) -> str:
    """The text of an annotated article: a paragraph a block, its tokens set as they are read."""
    blocks = (block for block in ET.parse(file).iter() if block.tag in ("head", "p", "item", "caption"))
    return "\n\n".join(text for block in blocks if (text := tokens_of(block)))


def tokens_of(block: ET.Element) -> str:
    lines = "".join(block.itertext()).splitlines()
    joined = " ".join(line.split("\t")[0] for line in lines if "\t" in line)
    return re.sub(r" (?=[.,;:!?)’”])|(?<=[(“‘]) ", "", joined)
