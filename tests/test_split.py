"""Passages: whole sentences, within the model's room, clear of masks. `test_offsets` has the general law."""

from collections.abc import Sequence

from index.embed import Embedder
from index.schema import Article, Mask, Passage
from index.split import MAX_CHARACTERS, context, split


def count_words(texts: Sequence[str]) -> list[int]:
    """A tokenizer in which the numbers can be followed by eye: a word is a token."""
    return [len(text.split()) for text in texts]


def article(text: str, title: str = "", published: str = "", masks: tuple[Mask, ...] = ()) -> Article:
    return Article(
        key="a", source="a.txt", text=text, title=title, published=published, language="en", masks=masks
    )


def cut(article: Article, max_tokens: int) -> list[str]:
    return [passage.text for passage in split(article, count_words, max_tokens)]


def test_sentences_are_packed_as_far_as_they_fit() -> None:
    story = article("One two three. Four five six. Seven eight nine. Ten.")
    assert cut(story, 100) == [story.text]
    assert cut(story, 7) == ["One two three. Four five six.", "Seven eight nine. Ten."]
    assert cut(story, 3) == ["One two three.", "Four five six.", "Seven eight nine.", "Ten."]


def test_a_passage_prefers_to_end_with_a_paragraph() -> None:
    story = article("One two three.\n\nFour five six. Seven eight.\n\nNine.")
    assert cut(story, 6) == ["One two three.", "Four five six. Seven eight.\n\nNine."]


def test_title_and_day_are_context_and_take_room_but_are_not_text() -> None:
    story = article("One two three. Four five six.", title="Rain fell", published="2026-01-17T20:37:00+02:00")
    assert context(story, count_words, 100) == "Rain fell\n2026-01-17\n"
    assert cut(story, 9) == ["One two three. Four five six."]
    assert cut(story, 8) == ["One two three.", "Four five six."]


def test_an_article_without_title_or_date_has_no_context() -> None:
    assert context(article("One."), count_words, 100) == ""
    assert context(article("One.", published="2026-01-17"), count_words, 100) == "2026-01-17\n"


def test_context_leaves_half_of_the_room_whatever_its_script_costs(embedder: Embedder) -> None:
    title = "대한민국 서울특별시에서 열린 기자회견 각료회의결과발표 " * 8
    story = article("Rain fell in Seoul. " * 100, title=title)
    before = context(story, embedder.count_tokens, embedder.max_tokens)
    assert title.startswith(before.strip())
    assert 0 < embedder.count_tokens([before])[0] <= embedder.max_tokens // 2
    assert len(split(story, embedder.count_tokens, embedder.max_tokens)) < 10


def test_a_sentence_too_long_is_cut_between_words() -> None:
    words = [f"w{number}" for number in range(50)]
    pieces = cut(article(" ".join(words)), 8)
    assert " ".join(pieces).split() == words
    assert max(count_words(pieces)) <= 8


def test_an_endless_word_is_cut_by_its_length() -> None:
    pieces = cut(article("x" * 10_000), 8)
    assert "".join(pieces) == "x" * 10_000
    assert max(map(len, pieces)) <= MAX_CHARACTERS


def test_a_letter_keeps_its_combining_marks_where_a_word_is_cut() -> None:
    pieces = cut(article("e\u0301" * 5_000), 8)
    assert "".join(pieces) == "e\u0301" * 5_000
    assert all(piece.startswith("e") for piece in pieces)


def test_the_halves_of_a_cut_word_are_not_put_together_again(embedder: Embedder) -> None:
    # The word is more tokens than its pieces are, since the start of a word is cut into other tokens.
    text = "outstandingpriestsupermanguestscastetransferredlatchgarypreserved cartoonist."
    passages = split(article(text), embedder.count_tokens, 11)
    assert max(embedder.count_tokens([passage.text for passage in passages])) <= 11


def test_masks_part_passages() -> None:
    text = "One two. Photo: A. Writer. Three four."
    mask = Mask(text.index("Photo"), text.index(" Three"), "credit")
    assert cut(article(text, masks=(mask,)), 100) == ["One two.", "Three four."]


def test_a_row_of_signs_parts_passages_and_takes_no_room(embedder: Embedder) -> None:
    story = article(f"One two.\n{'*' * 600}\nThree four.\n\n* * *\n\nFive six.")
    passages = split(story, embedder.count_tokens, embedder.max_tokens)
    assert [passage.text for passage in passages] == ["One two.", "Three four.", "Five six."]


def test_the_items_of_a_list_share_a_passage_with_what_announces_them() -> None:
    story = article("It was decided:\n\n- One lane.\n- No cars.")
    assert [passage.text for passage in split(story, count_words, 20)] == [story.text]
    assert [passage.text for passage in split(story, count_words, 6)] == [
        "It was decided:\n\n- One lane.",
        "No cars.",
    ]


def test_nothing_citable_gives_no_passage() -> None:
    assert split(article(""), count_words, 8) == split(article(" \r\n\u00a0…"), count_words, 8) == []
    assert split(article("One.", masks=(Mask(0, 4, "nav"),)), count_words, 8) == []


def test_passages_are_cut_from_their_article() -> None:
    story = article("One two three. Four five six.")
    assert split(story, count_words, 3) == [Passage(story, 0, 14), Passage(story, 15, 29)]
