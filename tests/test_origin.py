"""Whose report an article says it is: agencies that are known and such as were never heard of."""

import time

import pytest

from index.origin import byline_agency, find_origin
from index.sample import ARTICLES
from index.schema import Article
from index.sources import read_paths

BODY = (
    "The ministry did not answer questions that were sent to it on Thursday, nor did the company say a word."
)

ENGLISH = [
    ("DUNMORE, 3 March 2031 (Coastal Wire) - The ferry is late, two people said on Monday.", "Coastal Wire"),
    ("DUNMORE (Harbour Ledger) - The ferry is late, two people said on Monday evening in town.", ""),
    ("DUNMORE (in the north) - the ferry is late, two people said on Monday evening in the town.", ""),
    ("The mayor (Civic Union) - who was elected in May - said on Monday that the bridge is shut.", ""),
    ("DUNMORE, Ordavia (AP) — The bridge will stay closed until the summer, the police said there.", "AP"),
    ("Two officials told Skarn on Monday that the bridge would stay closed until the summer.", "Skarn"),
    ("Two officials told Vellan Press that the bridge would stay closed until the summer.", "Vellan Press"),
    ("Two officials told Parliament on Monday that the bridge would stay closed until summer.", ""),
    ("Two officials told Mayor Olm on Monday that the bridge would stay closed until summer.", ""),
    ("Two officials told the Ledger on Monday that the bridge would stay closed until summer.", ""),
    ("The minister said on Monday that the bridge would stay closed until the coming summer.", ""),
    ("According to Ossary Bank, the bridge would stay closed until the summer of next year.", ""),
    ("Police reported on Monday that the bridge would stay closed until the coming summer.", ""),
    ("The European Space Agency said on Monday that the probe would land on the moon in May.", ""),
    ("The news agency Skarn reported on Monday that the bridge would stay closed for a year.", "Skarn"),
    ("The bridge will stay closed until the summer, the newspaper Skarn reported on Monday.", "Skarn"),
    ("The bridge will stay closed until the coming summer, Skarn reported late on Monday.", "Skarn"),
    ("Skarn could not verify whether the bridge would stay closed until the coming summer.", "Skarn"),
    ("A draft reviewed by Skarn says that the bridge will stay closed until the coming summer.", "Skarn"),
    ("The government on Monday denied a report by the news agency Skarn that the dam was sold.", ""),
    ("The company has denied reports.\n\nThe newspaper Skarn had reported on Monday that it was sold.", ""),
    (f"{BODY}\n\n— with files from Skarn", "Skarn"),
    (f"{BODY}\n\n— with files from Jane Doe", ""),
    (f"{BODY}\n\nSource: Reuters", "Reuters"),
    (f"{BODY}\n\nSource: News agencies", ""),
    (f"This article was first published in the Dunmore Post.\n\n{BODY}", "Dunmore Post"),
    (f"{BODY}\n\nCopyright 2031 The Associated Press. All rights reserved.", "AP"),
    (f"By Skarn staff\n\n{BODY} Skarn has learned more.", "Skarn"),
    (f"By Jane Doe and Reuters\n\n{BODY}", "Reuters"),
    (f"By Jane Doe and agencies\n\n{BODY}", ""),
    ("\n\n".join([BODY] * 7) + "\n\nSkarn reported last year, citing two people, that it had cracks.", ""),
]
SPANISH = [
    ("MADRID, 3 mar (EFE).- El concejo votó el lunes cerrar el viejo puente tras hallar grietas.", "EFE"),
    (
        "EFE.- El concejo votó el lunes cerrar el viejo puente después de hallar grietas en los pilares.",
        "EFE",
    ),
    (
        "DUNMORE, 3 Mar. (EUROPA PRESS) - El concejo votó el lunes cerrar el puente tras hallar grietas.",
        "Europa Press",
    ),
    ("El puente seguirá cerrado hasta el verano, según informó Reuters el lunes por la noche.", "Reuters"),
    ("El puente seguirá cerrado hasta el verano, según informó la agencia Orvel el lunes.", "Orvel"),
    ("El puente seguirá cerrado hasta el verano, informó la agencia Orvel el lunes por la noche.", "Orvel"),
    ("Dos fuentes del ministerio dijeron a Orvel el lunes que el puente seguirá cerrado un año.", "Orvel"),
    ("El puente seguirá cerrado, dijeron dos fuentes del ministerio a Orvel el lunes por la noche.", "Orvel"),
    ("El puente seguirá cerrado, según informó la empresa pública Aguas del Orvejo el lunes.", ""),
    ("El puente seguirá cerrado hasta el verano, según informó el Ministerio de Fomento el lunes.", ""),
    ("El puente seguirá cerrado hasta el verano, informó la alcaldesa Inés Valdemoro el lunes.", ""),
    ("El Gobierno negó el lunes un informe de la agencia Orvel sobre el cierre del viejo puente.", ""),
    ("El concejo votó el lunes cerrar el puente viejo de la ciudad.\n\nCon información de Orvel", "Orvel"),
]
ARABIC = [
    ("دبي 3 مارس (رويترز) - قالت وزارة الطاقة يوم الاثنين إن الجسر سيبقى مغلقا حتى الصيف.", "Reuters"),
    ("سيبقى الجسر القديم مغلقا حتى الصيف المقبل بسبب التشققات في أعمدته، وفقا لرويترز.", "Reuters"),
    ("سيبقى الجسر القديم مغلقا حتى الصيف، وفق ما ذكرت وكالة رويترز يوم الاثنين مساء.", "Reuters"),
    ("كشفت وكالة ميريدان يوم الاثنين أن الجسر القديم سيبقى مغلقا حتى الصيف المقبل.", "ميريدان"),
    ("قال مسؤولان لوكالة ميريدان يوم الاثنين إن الجسر القديم سيبقى مغلقا حتى الصيف.", "ميريدان"),
    ("قالت وزارة الطاقة يوم الاثنين إن الجسر القديم سيبقى مغلقا حتى الصيف المقبل.", ""),
    ("أعلن المتحدث باسم الحكومة يوم الاثنين أن الجسر القديم سيبقى مغلقا حتى الصيف.", ""),
    ("نفت الحكومة يوم الاثنين تقريرا نشرته وكالة ميريدان عن بيع الجسر القديم لشركة.", ""),
]


@pytest.mark.parametrize(("text", "origin"), [*ENGLISH, *SPANISH, *ARABIC])
def test_an_origin_is_who_the_article_says_reported_it(text: str, origin: str) -> None:
    assert find_origin(text, "Harbour Ledger") == origin


@pytest.mark.parametrize("outlet", ["AP", "Associated Press", "The Associated Press"])
def test_the_outlet_itself_is_no_origin(outlet: str) -> None:
    assert (
        find_origin("DUNMORE (AP) — The bridge will stay closed until the summer, police said.", outlet) == ""
    )


@pytest.mark.parametrize(
    ("author", "origin"),
    [
        ("The Associated Press", "AP"),
        ("Jane Doe, Associated Press", "AP"),
        ("JANE DOE, AP National Writer", "AP"),
        ("Jane Doe", ""),
        ("Skarn staff", ""),  # of which the article says nothing
    ],
)
def test_an_agency_as_author_is_the_origin(author: str, origin: str) -> None:
    assert find_origin(BODY, "Harbour Ledger", author=author) == origin


def test_three_outlets_of_the_sample_pass_on_one_report() -> None:
    found = {
        article.source.rpartition("/")[2]: article.origin
        for article in read_paths([ARTICLES])
        if isinstance(article, Article)
    }

    assert {name: origin for name, origin in found.items() if origin} == {
        "drennick-sentinel-sarrow-stake.txt": "Meridane",
        "harbour-ledger-sarrow-stake.txt": "Meridane",
        "khalimar-sarrow-stake.txt": "Meridane",
    }
    assert len(found) >= 21


def test_the_seeds_say_whose_report_they_are(seeds: object) -> None:
    articles = [found for found in read_paths([str(seeds)]) if isinstance(found, Article)]

    # The third is on a denial of the report, and no report of the agency's.
    assert [article.origin for article in articles] == ["Reuters", "Reuters", ""]


@pytest.mark.parametrize(
    "piece", ["told ", "A ", "(Aa ", "Reuters said, ", "قال ل", "sources ", "según la agencia "]
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "."
    started = time.perf_counter()

    find_origin(text, "")

    assert time.perf_counter() - started < 4


@pytest.mark.parametrize(
    ("bylines", "outlet", "agency"),
    [
        (["Associated Press"], "Harbour Ledger", "AP"),
        (["Jane Doe, CNN"], "Harbour Ledger", "CNN"),
        (["JANE DOE, JOHN ROE Associated Press"], "Harbour Ledger", "AP"),
        (["Jane Doe, CNN"], "CNN Business", ""),
        (["Jane Doe", "Harbour Ledger staff"], "Harbour Ledger", ""),
    ],
)
def test_a_pages_byline_names_the_agency(bylines: list[str], outlet: str, agency: str) -> None:
    assert byline_agency(bylines, outlet) == agency
