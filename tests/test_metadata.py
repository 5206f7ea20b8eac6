from pathlib import Path

import pytest

from index.schema import Article
from index.sources import read_bytes, read_paths
from index.sources.places import is_place
from index.when.dates import find_date, iso_from_seconds, iso_from_text

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
LEAD = "The council voted on Monday to close the old bridge after engineers found cracks in two pillars."
BODY = f"{LEAD}\n\nThe mayor said that a new one would be built within three years, at a cost not yet known."
CUERPO = "El concejo votó el lunes cerrar el viejo puente después de que hallaran grietas en dos pilares."
ARABIC = "صوت المجلس يوم الاثنين على إغلاق الجسر القديم بعد أن وجد المهندسون تشققات في اثنين من أعمدته."


def read(text: str, name: str = "/news/a.txt") -> Article:
    (article,) = read_bytes(text.encode(), name)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Council closes old bridge\n\n{BODY}", "Council closes old bridge"),
        (f"Council closes old bridge\n{BODY}", "Council closes old bridge"),
        (f"*\n17 January 2026\nCouncil closes old bridge\n\n{BODY}", "Council closes old bridge"),
        (f"Will the old bridge reopen?\n\n{BODY}", "Will the old bridge reopen?"),
        (f"The U.S. held talks with the council\r\n\r\n{BODY}", "The U.S. held talks with the council"),
        (f"“Nobody looked at it”: a bridge falls\n\n{BODY}", "“Nobody looked at it”: a bridge falls"),
        (f"World News\nCouncil closes the old bridge\n\n{BODY}", "Council closes the old bridge"),
        (f"Title: Council closes old bridge\n\n{BODY}", "Council closes old bridge"),
        (f"El concejo cierra el viejo puente\n\n{CUERPO}", "El concejo cierra el viejo puente"),
        (f"المجلس يغلق الجسر القديم\n\n{ARABIC}", "المجلس يغلق الجسر القديم"),
        (f"\ufeffCouncil closes old bridge\n\n{BODY}", "Council closes old bridge"),
        (BODY, ""),
        (LEAD, ""),
        (f"He left.\n\n{BODY}", ""),
        (f"and so the bridge was closed\n\n{BODY}", ""),
        ("Council closes old bridge", ""),
        ("One line\nAnother line\nA third line", ""),
    ],
)
def test_the_first_line_is_the_title_if_it_reads_like_one(text: str, title: str) -> None:
    assert read(text).title == title


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("17 يناير 2026", "2026-01-17"),
        ("السبت: 17 يناير 2026", "2026-01-17"),
        ("نُشر في: ١٧ يناير ٢٠٢٦", "2026-01-17"),
        ("17 كانون الثاني 2026", "2026-01-17"),
        ("Published: January 17, 2026 8:37 pm EST", "2026-01-17T20:37:00-05:00"),
        ("Jan. 17, 2026, at 8 p.m. ET", "2026-01-17T20:00:00-05:00"),
        ("Saturday 17 January 2026 20.37 GMT", "2026-01-17T20:37:00+00:00"),
        ("17 de enero de 2026", "2026-01-17"),
        ("Sábado, 17 de enero del 2026 a las 8:30 p. m.", "2026-01-17T20:30:00"),
        ("Publicado: 17 enero 2026 - 20:37h", "2026-01-17T20:37:00"),
        ("2026-01-17", "2026-01-17"),
        ("2026-01-17T20:37:00Z", "2026-01-17T20:37:00+00:00"),
        ("17/01/2026", "2026-01-17"),
        ("By Jane Doe | January 17, 2026", "2026-01-17"),
        ("Caracas, 17 de enero de 2026", "2026-01-17"),
        ("Published January 17, 2026 | Updated January 18, 2026", "2026-01-17"),
        ("17 January 2026\n17 يناير 2026\n20:37", "2026-01-17"),
        ("03/04/2026", ""),
        ("Updated: January 17, 2026", ""),
        ("January 2026", ""),
        ("31 February 2026", ""),
        ("17 January 2026\n15 January 2026", ""),
        ("The council met on January 17, 2026, and closed the old bridge to all traffic at once.", ""),
        ("(AP Photo/Jane Doe, January 17, 2026)", ""),
    ],
)
def test_a_date_on_its_own_line_at_the_head_is_the_date(line: str, published: str) -> None:
    assert read(f"Council closes old bridge\n\n{line}\n\n{BODY}").published == published


@pytest.mark.parametrize(
    ("opening", "published"),
    [
        ("DUNMORE, 3 March 2031 (Coastal Wire) - ", "2031-03-03"),
        ("DUNMORE, March 3, 2031 — ", "2031-03-03"),
        ("Caracas, 17 de enero de 2026 (EFE).- ", "2026-01-17"),
        ("القاهرة 17 يناير 2026 (رويترز) - ", "2026-01-17"),
        ("DUNMORE, 3 March (Coastal Wire) - ", ""),
        ("On 3 March 2031 - it was a Monday - ", ""),
    ],
)
def test_a_dateline_gives_the_date_if_no_line_does(opening: str, published: str) -> None:
    assert read(f"Council closes old bridge\n\n{opening}{BODY}").published == published
    assert read(f"Council closes old bridge\n\n2 March 2031\n\n{opening}{BODY}").published == "2031-03-02"


@pytest.mark.parametrize(
    ("line", "modified"),
    [
        ("Updated: January 18, 2026, 9:05 am EST", "2026-01-18T09:05:00-05:00"),
        ("Published January 17, 2026 | Updated January 18, 2026", "2026-01-18"),
        ("Actualizado: 18 de enero de 2026 - 09:05 CET", "2026-01-18T09:05:00+01:00"),
        ("آخر تحديث: 18 يناير 2026", "2026-01-18"),
        ("Updated: January 18, 2026\nUpdated: January 19, 2026", "2026-01-19"),
        ("January 17, 2026", ""),
        ("Actualizado a las 20:37 CET", ""),
    ],
)
def test_an_update_is_told_by_its_line(line: str, modified: str) -> None:
    assert read(f"Council closes old bridge\n\n{line}\n\n{BODY}").modified == modified


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By Jane Doe and John van der Roe", "Jane Doe, John van der Roe"),
        ("By Jane Doe | January 17, 2026", "Jane Doe"),
        ("By Jane Doe, Staff Writer", "Jane Doe"),
        ("By Jane Doe and Reuters", "Jane Doe"),
        ("Por Juana Pérez", "Juana Pérez"),
        ("Por Juana Pérez y Luis de la Fuente", "Juana Pérez, Luis de la Fuente"),
        ("Texto: Juana Pérez", "Juana Pérez"),
        ("بقلم: أحمد الزين", "أحمد الزين"),
        ("كتب: أحمد الزين", "أحمد الزين"),
        ("By Aldmere Herald Staff", ""),
        ("By Reuters", ""),
        ("Por Redacción", ""),
        ("By January 17, 2026", ""),
        ("By the river", ""),
    ],
)
def test_a_byline_at_the_head_names_the_writers(line: str, author: str) -> None:
    assert read(f"Council closes old bridge\n\n{line}\n\n{BODY}").author == author


def test_an_outlet_is_no_writer_and_no_byline_stands_in_prose() -> None:
    assert read(f"Source: Aldmere Crier\n\nCouncil closes bridge\n\nBy Aldmere Crier\n\n{BODY}").author == ""
    assert read(f"Council closes old bridge\n\n{BODY}\n\nBy Jane Doe\n\n{BODY}").author == ""


def test_a_date_after_the_prose_has_begun_is_not() -> None:
    assert read(f"Council closes old bridge\n\n{LEAD}\n\nJanuary 17, 2026\n\n{BODY}").published == ""


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"Council closes old bridge\n\nKhaberni  - The council voted. {BODY}", "Khaberni"),
        (f"Council closes old bridge\n\nAldmere Herald — The council voted. {BODY}", "Aldmere Herald"),
        (f"Concejo cierra puente viejo\n\nEl Nacional - El concejo votó. {CUERPO}", "El Nacional"),
        (f"المجلس يغلق الجسر القديم\n\nوكالة النهار - {ARABIC}", "وكالة النهار"),
        (f"Source: Aldmere Herald\nCouncil closes old bridge\n\n{BODY}", "Aldmere Herald"),
        (f"{BODY}\n\n© 2026 The Aldmere Ledger. All rights reserved.", "The Aldmere Ledger"),
        (f"{BODY}\n\nCopyright 2026 Aldmere Ledger", "Aldmere Ledger"),
        (f"{BODY}\n\nAt CiberCuba, we work to deliver truthful news.", "CiberCuba"),
        (f"{BODY}\n\nCiberCuba Editorial Team", "CiberCuba"),
        (f"{BODY}\n\nSubscribe to the Aldmere Herald newsletter", "Aldmere Herald"),
        (f"{CUERPO}\n\nSuscríbete a Diario Claro", "Diario Claro"),
        (f"{BODY}\n\nFollow Aldmere Herald on Facebook", "Aldmere Herald"),
        (f"{BODY}\n\nThis article was first published in the Aldmere Herald.", "Aldmere Herald"),
        (f"Council closes old bridge\n\nCaracas - The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nCARACAS — The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nBogotá – The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nSão Paulo, Brazil - The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nAnalysis - The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nExclusive — The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nSaturday - The council voted. {BODY}", ""),
        (f"Council closes old bridge\n\nPerrow - the mayor - left. {BODY}", ""),
        (f"Council closes old bridge\n\nPerrow - Mayor since May - left. {BODY}", ""),
        (f"Council closes old bridge\n\nPerrow - Mayor of all. {BODY} Perrow left.", ""),
        (f"المجلس يغلق الجسر القديم\n\nدمشق - {ARABIC}", ""),
        (f"{BODY}\n\nPhoto © Sora / CiberCuba", ""),
        (f"{BODY}\n\n© 2026 Aldmere Ledger\n\n© 2025 Dunmore Post", ""),
        (f"{BODY}\n\nSubscribe to our newsletter", ""),
        (f"{BODY}\n\nThe Aldmere Herald said on Sunday that it had seen the report.", ""),
        (BODY, ""),
    ],
)
def test_an_outlet_is_taken_where_it_names_itself(text: str, outlet: str) -> None:
    assert read(text).outlet == outlet


def test_what_front_matter_says_goes_before_what_the_text_says() -> None:
    article = read(
        f"---\ntitle: Bridge: closed\noutlet: Aldmere Herald\ndate: 2026-01-17\n---\n# Other\n\n{BODY}",
        "/news/a.md",
    )
    assert (article.title, article.outlet, article.published) == (
        "Bridge: closed",
        "Aldmere Herald",
        "2026-01-17",
    )


def test_a_markdown_heading_is_a_title() -> None:
    assert read(f"# Council closes old bridge\n\n{BODY}", "/news/a.md").title == "Council closes old bridge"


@pytest.mark.parametrize("name", ["Caracas", "BOGOTÁ", "São Paulo", "london", "Venezuela"])
def test_places_are_known_whatever_their_case_and_accents(name: str) -> None:
    assert is_place(name)
    assert not is_place("Khaberni")


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Sat, 17 Jan 2026 20:37:00 GMT", "2026-01-17T20:37:00+00:00"),
        ("2026-01-17 20:37:00 UTC", "2026-01-17T20:37:00+00:00"),
        ("2026-01-17T20:37:00.123456-0500", "2026-01-17T20:37:00-05:00"),
        ("20260117", "2026-01-17"),
        ("1768681020", "2026-01-17T20:17:00+00:00"),
        ("1768681020000", "2026-01-17T20:17:00+00:00"),
        ("17 janvier 2026", "2026-01-17"),
        ("17. Januar 2026", "2026-01-17"),
        ("13.01.2026", "2026-01-13"),
        ("03.04.2026", ""),
        ("0001-01-01T00:00:00Z", ""),
        ("2026-01", ""),
        ("yesterday", ""),
        ("2026", ""),
        ("", ""),
    ],
)
def test_date_fields_are_read_one_way_or_not_at_all(value: str, iso: str) -> None:
    assert iso_from_text(value) == iso


def test_a_found_date_stands_at_its_offsets() -> None:
    line = "نشر: ١٧ يناير ٢٠٢٦ م"
    found = find_date(line)
    assert found is not None
    assert line[found.start : found.end].startswith("١٧ يناير ٢٠٢٦")


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 1e300, -1e18, 10**400])
def test_seconds_beyond_any_calendar_give_no_date(seconds: float) -> None:
    assert iso_from_seconds(seconds) == ""


@pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the seed articles are not beside this checkout (../shared/seeds)"
)
def test_the_seeds_say_what_they_say_and_no_more() -> None:
    articles = [found for found in read_paths([SEEDS]) if isinstance(found, Article)]
    assert [(article.outlet, article.published, article.title) for article in articles] == [
        (
            "Khaberni",
            "2026-01-17",
            "Reuters reveals secret communications between Washington and Venezuelan minister "
            "before Maduros arrest",
        ),
        ("CiberCuba", "", "The U.S. held talks with Diosdado Cabello months before Maduro's capture"),
        ("", "", ""),
    ]
