"""Which sentences may be quoted: not questions, headings and what is left over from a page."""

from index.schema import Article
from rag.telling.quotable import told_sentences


def quotable(text: str, title: str = "") -> list[str]:
    article = Article(key="a", source="a.txt", text=text, title=title, language="en")
    return [text[span.start : span.end] for span, may_be in told_sentences(article) if may_be]


def test_what_ends_as_a_sentence_may_be_quoted() -> None:
    text = (
        "Rain on the pier\n\nRain fell on the pier on Monday. He denied it.\n\nWho was?\n\n“Nobody came.”\n"
    )
    assert quotable(text) == ["Rain fell on the pier on Monday.", "He denied it.", "“Nobody came.”"]


def test_in_a_text_with_full_stops_a_line_without_one_is_no_sentence() -> None:
    prose = "Rain fell on the pier on Monday, and the ferries stayed in the harbour until Tuesday evening."
    leftover = (
        "Ottilie Crane, who has written about the harbour and its boats for many a year, arts correspondent"
    )
    assert quotable(f"{prose}\n\n{leftover}\n\n{prose}\n") == [prose, prose]
    unpunctuated = prose.rstrip(".")
    assert quotable(f"{unpunctuated}\n\n{unpunctuated} again\n") == [unpunctuated, f"{unpunctuated} again"]


def test_items_of_lists_and_rows_of_tables_may_be_quoted_without_one() -> None:
    prose = "The council published what the storm had cost on Monday, street by street."
    items = "- 12 houses lost in Port Aulin\n- Harbour\n1. Three boats sunk"
    text = f"{prose}\n\n{items}\n\n| Quay | 300,000 crowns |\n"
    assert quotable(text) == [
        prose,
        "12 houses lost in Port Aulin",
        "Three boats sunk",
        "Quay | 300,000 crowns",
    ]
