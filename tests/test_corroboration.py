"""Independent origins: reprints of one agency are one, a denial is somebody's own."""

from index.schema import Article
from rag.quoting.corroboration import origins_of
from rag.schema import Citation

AGENCY = "Officials negotiated in secret for months, four people told Meridane."
DENIAL = "“There were no talks,” government spokeswoman Ruvane Oxleth said."


def citation(marker: int, text: str, *, outlet: str, origin: str = "", key: str = "") -> Citation:
    article = Article(key or outlet, outlet, text, outlet=outlet, origin=origin, language="en")
    return Citation(article, 0, len(text), marker, f"p{marker}")


def test_reports_that_name_one_agency_are_one() -> None:
    one = citation(1, AGENCY, outlet="Harbour Ledger", origin="Meridane")
    other = citation(2, "Meridane revealed months of talks.", outlet="Khalimar", origin="Meridane")

    (origin,) = origins_of([one, other], {})

    assert (origin.name, origin.side, origin.markers) == ("Meridane", "reported", (1, 2))


def test_copies_of_one_text_are_one_whatever_they_name() -> None:
    one = citation(1, "The dam is leaking, engineers found.", outlet="Ledger")
    other = citation(2, "The dam is leaking, engineers found.", outlet="Sentinel")

    groups = {one.article.id: "same", other.article.id: "same"}
    assert [origin.markers for origin in origins_of([one, other], groups)] == [(1, 2)]
    assert [origin.markers for origin in origins_of([one, other], {})] == [(1,), (2,)]


def test_two_articles_of_one_outlet_are_one_origin() -> None:
    one = citation(1, "The dam is leaking.", outlet="The Ledger", key="a")
    other = citation(2, "The leak has grown.", outlet="Ledger", key="b")

    assert [origin.markers for origin in origins_of([one, other], {})] == [(1, 2)]


def test_the_agency_itself_and_who_cites_it_are_one() -> None:
    one = citation(1, "The dam is leaking.", outlet="Meridane")
    other = citation(2, "The dam leaks, it was reported.", outlet="Ledger", origin="Meridane")

    assert [origin.name for origin in origins_of([one, other], {})] == ["Meridane"]


def test_a_denial_is_its_speakers_and_stands_apart_from_reports() -> None:
    report = citation(1, AGENCY, outlet="Harbour Ledger", origin="Meridane")
    denial = citation(2, DENIAL, outlet="Evening Post")
    again = citation(3, "“No such talks took place,” spokeswoman Ruvane Oxleth said.", outlet="Khalimar")

    reported, denied = origins_of([report, denial, again], {})

    assert (reported.name, reported.side) == ("Meridane", "reported")
    assert (denied.side, denied.markers) == ("denied", (2, 3))
    assert denied.name == "government spokeswoman Ruvane Oxleth"


def test_whoever_speaks_for_who_denies_it_is_the_same_origin() -> None:
    company = "Kerrow Gold denied that any cyanide had run out, its spokesman Harlan Speke said."
    spokesman = "Spokesman Harlan Speke denied on Saturday that cyanide ever reached the river."
    minister = "Health minister Oda Finn denied that the ministry had bought the masks."
    denials = [
        citation(marker, text, outlet=f"Paper {marker}")
        for marker, text in enumerate((company, spokesman, minister), start=1)
    ]

    assert [origin.markers for origin in origins_of(denials, {})] == [(1, 2), (3,)]


def test_nothing_cited_has_no_origin() -> None:
    assert origins_of([], {}) == ()
