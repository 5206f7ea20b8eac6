"""Where sentences start and end, in the three languages and in what news pages look like."""

import pytest

from index.schema import Article, Mask
from index.sentences import sentence_spans


def article(text: str, language: str = "en", masks: tuple[Mask, ...] = ()) -> Article:
    return Article(key="a", source="a.txt", text=text, language=language, masks=masks)


def sentences(text: str, language: str = "en", masks: tuple[Mask, ...] = ()) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(article(text, language, masks))]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The U.S. economy grew 3.5 percent.", "Mr. Smith was glad.", "So was Dr. Jones!"]),
        (
            "en",
            [
                "It began at 5 p.m. Monday.",
                "It ended at 7 p.m. EST.",
                "She paid $1.5 million on Jan. 5.",
                "Why?",
                "She left at 5 p.m.",
                "It rained.",
            ],
        ),
        ("en", ["“We won. We did.”", "Then he left."]),
        ("en", ["“I heard him say ‘no, never’ twice,” she said.", "Nobody else did."]),
        ("es", ["El Sr. Pérez viajó a EE. UU. el lunes.", "¿Qué dijo?", "¡Nada!", "Luego se fue."]),
        ("es", ["La Sra. Gómez ganó 3,5 millones.", "«No sé», dijo.", "¿Y quién sabe?"]),
        ("ar", ["قال الرئيس إن الأمر انتهى.", "هل عاد؟", "نعم عاد."]),
        ("zh", ["你好。", "世界！"]),
        ("", ["Rain fell.", "Nobody came."]),
        ("xx", ["Rain fell.", "Nobody came."]),
    ],
)
def test_a_line_of_sentences(language: str, expected: list[str]) -> None:
    joint = "" if language == "zh" else " "
    assert sentences(joint.join(expected), language) == expected


def test_a_spanish_question_after_a_closing_quote_stands_alone() -> None:
    assert sentences("Dijo: «Nos vamos». ¿Adónde? Nadie sabe.", "es") == [
        "Dijo: «Nos vamos».",
        "¿Adónde?",
        "Nadie sabe.",
    ]


def test_lines_of_a_fixed_width_are_joined() -> None:
    text = (
        "The council met on Tuesday to speak of the\n"
        "bridge, which has been closed since the\n"
        "storm. Nobody could say when it opens.\n"
    )
    assert sentences(text) == [
        "The council met on Tuesday to speak of the\nbridge, which has been closed since the\nstorm.",
        "Nobody could say when it opens.",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_lines_that_were_not_wrapped_stay_apart(line_end: str) -> None:
    text = f"Bridge closed{line_end}The council met on Tuesday to speak of it.{line_end * 2}It rained."
    assert sentences(text) == ["Bridge closed", "The council met on Tuesday to speak of it.", "It rained."]


def test_headings_and_list_items_are_incomplete() -> None:
    text = 'Bridge closed\n\n• Two lanes\n\n“It is over.”\nHe said "no!"\nAnd then …\nBy A. Writer'
    assert [(text[span.start : span.end], span.complete) for span in sentence_spans(article(text))] == [
        ("Bridge closed", False),
        ("Two lanes", False),
        ("“It is over.”", True),
        ('He said "no!"', True),
        ("And then …", True),
        ("By A. Writer", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- One fell. Two fell.\n- Three", ["One fell.", "Two fell.", "Three"]),
        ("* flour from the mill\n* water\n* salt", ["flour from the mill", "water", "salt"]),
        ("1. One fell.\n2. Two fell.", ["One fell.", "Two fell."]),
        ("> “We won,” she said. He left.", ["“We won,” she said.", "He left."]),
        ("## Bridge closed ##", ["Bridge closed"]),
        ("| Roads | 14.2 |\n|---|---|\n| Schools | 31 |", ["Roads | 14.2", "Schools | 31"]),
        ("**He denied it. Nobody saw him.** He left.", ["He denied it.", "Nobody saw him.", "He left."]),
        ("*Rain fell.* _Nobody came._", ["Rain fell.", "Nobody came."]),
        ("The **old** bridge is *shut*.", ["The **old** bridge is *shut*."]),
        ("**Two** lanes are **shut**", ["**Two** lanes are **shut**"]),
        (
            "See [the report](https://a.example/b_c). It rained.",
            ["See [the report](https://a.example/b_c).", "It rained."],
        ),
        ("A 5 * 3 grid. The snake_case name.", ["A 5 * 3 grid.", "The snake_case name."]),
    ],
)
def test_marks_of_lists_headings_and_emphasis_are_left_out(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_paragraphs_are_numbered_and_blank_lines_part_them() -> None:
    text = "One fell. Two fell.\n\nThree fell.\n \u00a0 \n---\n\nFour fell."
    assert [span.paragraph for span in sentence_spans(article(text))] == [0, 0, 1, 2]


def test_outer_white_space_and_direction_marks_are_left_out() -> None:
    text = "\ufeff\u200f\u00a0Rain fell.\u00a0\r\n\u202b قال نعم. \u202c"
    assert sentences(text) == ["Rain fell.", "قال نعم."]


def test_what_holds_no_letter_or_digit_is_no_sentence() -> None:
    assert sentences("") == sentences(" \r\n\t\u00a0") == sentences("* * *\n\n—\n👩‍👩‍👧") == []


def test_offsets_count_code_points() -> None:
    text = "👩‍👩‍👧 She came. Cafe\u0301 closed 👍. Done."
    assert sentences(text) == ["👩‍👩‍👧 She came.", "Cafe\u0301 closed 👍.", "Done."]


def test_a_mask_parts_a_sentence() -> None:
    text = "The bridge (photo: A. Writer) is closed. It rained."
    mask = Mask(text.index("("), text.index(")") + 1, "credit")
    assert sentences(text, masks=(mask,)) == ["The bridge", "is closed.", "It rained."]
    assert sentences(text, masks=(Mask(0, len(text), "all"),)) == []
