"""A sentence is supported if what it cites says the same: the same numbers, names and days, no more surely,
and about the same doer. Most cases are minimal pairs."""

import unicodedata

import pytest

from index.schema import Article, Span
from rag.support import unsupported_because

TEXT = (
    "Mayor Ilse Brandt of Tirana said on Tuesday that 12 people were injured in the fire. "
    "The company denied that the alarm had failed."
)


def span(start: int, end: int) -> Span:
    return Span(
        Article(key="a", source="a", text=TEXT, outlet="Harbour Ledger", published="2031-05-04"), start, end
    )


def quoting(text: str, *, language: str = "en", title: str = "", before: str = "") -> Span:
    article = Article(
        key="a",
        source="a",
        text=before + text,
        title=title,
        outlet="Harbour Ledger",
        published="2031-05-14",
        language=language,
    )
    return Span(article, len(before), len(before) + len(text))


INJURED, DENIED = span(0, TEXT.index(" The company")), span(TEXT.index("The company"), len(TEXT))


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("The mayor said that 12 people were injured in the fire.", INJURED),
        ("According to Harbour Ledger, Ilse Brandt said 12 people were injured.", INJURED),
        ("The company denied that the alarm failed.", DENIED),
        ("On 4 May 2031 the mayor said that 12 people were injured in the fire.", INJURED),
        ("The company did not accept that the alarm had failed.", DENIED),
    ],
)
def test_supported(sentence: str, cited: Span) -> None:
    assert unsupported_because(sentence, [cited]) == ""


@pytest.mark.parametrize(
    ("sentence", "cited", "why"),
    [
        ("The mayor said that 21 people were injured in the fire.", INJURED, "the number 21"),
        ("The mayor said that Otto Lang was injured in the fire.", INJURED, "the name Otto"),
        ("The company said that the alarm had failed.", DENIED, "the quotes deny"),
        ("Smith said that 12 people were injured in the fire.", INJURED, "the name Smith"),
        ("The mayor said in Ran that 12 people were injured in the fire.", INJURED, "the name Ran"),
        ("Nobody said that 12 people were injured in the fire.", INJURED, "it denies"),
        (
            "The mayor praised volunteers, donors, nurses and neighbours after the fire.",
            INJURED,
            "it says more",
        ),
    ],
)
def test_unsupported(sentence: str, cited: Span, why: str) -> None:
    assert unsupported_because(sentence, [cited]).startswith(why)


# A quote, a sentence that it supports, one that it doesn't, and how the reason begins.
PAIRS = [
    # Numbers
    ("Twelve people were hurt in the fire.", "12 people were hurt.", "21 people were hurt.", "the number 21"),
    (
        "The town spent 1.5 million euros on the bridge.",
        "The bridge cost the town 1,500,000 euros.",
        "The town spent 15 million euros on the bridge.",
        "the number 15 million",
    ),
    (
        "Some 63,000 people attended the concert.",
        "More than 60,000 people attended the concert.",
        "More than 90,000 people attended the concert.",
        "the number 90,000",
    ),
    (
        "The flood left 12 people dead and 21 homes in ruins.",
        "The flood left 12 people dead.",
        "The flood left 21 people dead.",
        "the number 21 counts something else",
    ),
    (
        "It was the third storm of the season.",
        "It was the 3rd storm of the season.",
        "It was the fourth storm of the season.",
        "the number fourth",
    ),
    (
        "Two dozen boats sank in the storm.",
        "24 boats sank in the storm.",
        "Two hundred boats sank in the storm.",
        "the number Two hundred",
    ),
    (
        "The firm earned $3bn in the 2018–19 season.",
        "The firm earned 3 billion dollars in the 2018-2019 season.",
        "The firm earned 3 million dollars in the 2018-2019 season.",
        "the number 3 million",
    ),
    ("Turnout fell to 41 percent.", "Turnout fell to 41%.", "Turnout fell to 14%.", "the number 14"),
    # Names
    (
        "Venezuela closed its port on Monday.",
        "The Venezuelan port was closed on Monday.",
        "The Colombian port was closed on Monday.",
        "the name Colombian",
    ),
    (
        "The United Nations sent aid to the valley.",
        "The UN sent aid to the valley.",
        "The EU sent aid to the valley.",
        "the name EU",
    ),
    (
        "The UN sent aid to the valley.",
        "The United Nations sent aid to the valley.",
        "The World Bank sent aid to the valley.",
        "the name World",
    ),
    (
        "The French government sold the ferry.",
        "France sold the ferry, its government said.",
        "Greece sold the ferry, its government said.",
        "the name Greece",
    ),
    (
        "Ilse Brandt opened the bridge.",
        "Mayor Ilse Brandt opened the bridge.",
        "Mayor Otto Brandt opened the bridge.",
        "the name Otto",
    ),
    (
        "The Windsors sold the castle.",
        "The Windsor family sold the castle.",
        "The Bourbon family sold the castle.",
        "the name Bourbon",
    ),
    (
        "Troops from North Korea crossed the river.",
        "North Korean troops crossed the river.",
        "South Korean troops crossed the river.",
        "the name South",
    ),
    (
        "The U.S. delayed the sale.",
        "The United States delayed the sale.",
        "The United Kingdom delayed the sale.",
        "the name United",
    ),
    # Days
    (
        "The vote took place on 12 May.",
        "The vote took place on May 12.",
        "The vote took place on May 21.",
        "the ",
    ),
    (
        "The vote took place on 12 May.",
        "The vote took place in May.",
        "The vote took place in June.",
        "the day June",
    ),
    ("The dam broke yesterday.", "The dam broke on 13 May 2031.", "The dam broke on 11 May 2031.", "the "),
    ("The dam broke on Friday.", "The dam broke on Friday.", "The dam broke on Sunday.", "the day Sunday"),
    # Denial and negation
    (
        "The minister denied that he had met the envoy.",
        "The minister denied meeting the envoy.",
        "The minister met the envoy.",
        "the quotes deny",
    ),
    (
        "The minister confirmed that he had met the envoy.",
        "The minister confirmed meeting the envoy.",
        "The minister denied meeting the envoy.",
        "it denies",
    ),
    (
        "The ministry dismissed the report on the ferry as fiction.",
        "The ministry rejected the report on the ferry.",
        "The ministry confirmed the report on the ferry.",
        "the quotes deny",
    ),
    (
        "The bridge was not damaged in the storm.",
        "The storm did not damage the bridge.",
        "The storm damaged the bridge.",
        "the quotes deny",
    ),
    (
        "The bridge was damaged in the storm.",
        "The storm damaged the bridge.",
        "The storm never damaged the bridge.",
        "it denies",
    ),
    (
        "No such meeting took place, the palace said.",
        "The palace said that no such meeting took place.",
        "The palace said that the meeting took place.",
        "the quotes deny",
    ),
    # Certainty
    (
        "The ferry may have hit a rock.",
        "The ferry might have hit a rock.",
        "The ferry hit a rock.",
        "the quotes only say that it may be so",
    ),
    (
        "The bank is considering closing ten branches.",
        "The bank may close ten branches.",
        "The bank is closing ten branches.",
        "the quotes only say that it may be so",
    ),
    (
        "The treasurer allegedly stole the funds.",
        "The treasurer is accused of having stolen the funds.",
        "The treasurer stole the funds.",
        "the quotes only say that it is alleged",
    ),
    (
        "The envoy reportedly sold the painting.",
        "The envoy sold the painting, according to reports.",
        "The envoy sold the painting.",
        "the quotes only say that it is alleged",
    ),
    (
        "The airline plans to cut routes in winter.",
        "The airline intends to cut routes in winter.",
        "The airline cut routes in winter.",
        "the quotes only say that it is planned",
    ),
    (
        "The court is expected to free the captain.",
        "The court is likely to free the captain.",
        "The court freed the captain.",
        "the quotes only say that it is planned",
    ),
    (
        "Prosecutors suspect the captain of smuggling arms.",
        "The captain is suspected of smuggling arms.",
        "The captain was smuggling arms.",
        "the quotes only say",
    ),
    # Opposites
    (
        "Unemployment rose in the north.",
        "Unemployment increased in the north.",
        "Unemployment fell in the north.",
        "it says the opposite",
    ),
    (
        "The council approved the budget.",
        "The budget was approved by the council.",
        "The council rejected the budget.",
        "it ",
    ),
    (
        "The court convicted the captain of fraud.",
        "The captain was convicted of fraud by the court.",
        "The captain was acquitted of fraud by the court.",
        "it ",
    ),
    (
        "The strike started at the port.",
        "A strike began at the port.",
        "The strike ended at the port.",
        "it says the opposite",
    ),
    # Who did what to whom
    (
        "The union sued the company.",
        "The company was sued by the union.",
        "The company sued the union.",
        "it changes who",
    ),
    (
        "Ilse Brandt accused Otto Lang of fraud.",
        "Otto Lang was accused by Ilse Brandt of fraud.",
        "Otto Lang accused Ilse Brandt of fraud.",
        "it changes who",
    ),
    (
        "Harbour United beat Tirana City in the final.",
        "Tirana City was beaten by Harbour United in the final.",
        "Tirana City beat Harbour United in the final.",
        "it changes who",
    ),
    (
        "The dog bit the postman in the park.",
        "In the park the dog bit the postman.",
        "In the park the postman bit the dog.",
        "it changes who",
    ),
    # Instructions, addresses and markup
    (
        "The fund asked readers to donate at www.fund.example.",
        "The fund asked readers to donate at www.fund.example.",
        "The fund asked readers to donate at www.other.example.",
        "it holds an address",
    ),
    (
        "The museum lost an astrolabe.",
        "An astrolabe was lost by the museum.",
        "The museum lost an astrolabe <b>today</b>.",
        "it holds markup",
    ),
    (
        "The museum lost an astrolabe.",
        "The museum lost its astrolabe.",
        "Click here to see the astrolabe the museum lost.",
        "it tells the reader what to do",
    ),
]


@pytest.mark.parametrize(("quote", "supported", "unsupported", "why"), PAIRS)
def test_minimal_pairs(quote: str, supported: str, unsupported: str, why: str) -> None:
    cited = [quoting(quote)]

    assert unsupported_because(supported, cited) == ""
    assert unsupported_because(unsupported, cited).startswith(why)


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        (
            "El ministro negó que el puente se hubiera cerrado.",
            "El ministro dijo que el puente se ha cerrado.",
        ),
        ("El puente costó 1.500 euros.", "El puente costó 1,5 euros."),
        ("نفت الوزارة إغلاق الجسر في المدينة.", "أعلنت الوزارة إغلاق الجسر في المدينة."),
    ],
)
def test_other_languages_are_checked_too(quote: str, sentence: str) -> None:
    language = "ar" if "الجسر" in quote else "es"

    assert unsupported_because(quote, [quoting(quote, language=language)]) == ""
    assert unsupported_because(sentence, [quoting(quote, language=language)])


def test_a_name_may_stand_before_a_quote_that_leans_on_it() -> None:
    before = "Ilse Brandt opened the bridge. "

    assert not unsupported_because(
        "Brandt then thanked the crew.", [quoting("She then thanked the crew.", before=before)]
    )
    assert unsupported_because(
        "Brandt thanked the crew.", [quoting("Otto Lang thanked the crew.", before=before)]
    )


def test_a_name_may_stand_in_the_title_or_be_the_outlet() -> None:
    cited = [quoting("The bridge reopened.", title="Corravane bridge reopens")]

    assert not unsupported_because("The Corravane bridge reopened, Harbour Ledger reported.", cited)


def test_what_one_quote_leaves_open_another_may_tell() -> None:
    open_, told = quoting("The ferry may have hit a rock."), quoting("The ferry hit a rock, divers found.")

    assert unsupported_because("The ferry hit a rock.", [open_])
    assert not unsupported_because("The ferry hit a rock.", [open_, told])


def test_nothing_supports_a_sentence_without_quotes() -> None:
    assert unsupported_because("The ferry sank.", [])


def test_a_letter_and_its_accent_may_be_two_characters() -> None:
    apart = unicodedata.normalize(
        "NFD", "The chief physician, Amélie Øresund-Kñap, warned on Monday of a wave."
    )
    assert not unsupported_because("Amélie Øresund-Kñap warned of a wave.", [quoting(apart)])
    assert not unsupported_because(apart, [quoting(unicodedata.normalize("NFC", apart))])
    assert unsupported_because("Amália Øresund-Kñap warned of a wave.", [quoting(apart)])


def test_a_day_told_in_spanish_is_a_day_and_no_number() -> None:
    article = Article(
        key="a",
        source="a",
        text="La planta abrió ayer.",
        outlet="La Gaceta",
        published="2031-06-18",
        language="es",
    )
    cited = [Span(article, 0, len(article.text))]
    assert not unsupported_because("La Gaceta informó el 18 de junio de 2031: «La planta abrió ayer.»", cited)
    assert unsupported_because("La Gaceta informó el 19 de junio de 2031: «La planta abrió ayer.»", cited)
