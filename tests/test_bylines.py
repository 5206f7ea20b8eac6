import pytest

from index.sources.bylines import names_an_agency, people


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ana Roa", ["Ana Roa"]),
        ("By Ana Roa", ["Ana Roa"]),
        ("By Ana Roa and John Tallis", ["Ana Roa", "John Tallis"]),
        ("by ANA ROA, JOHN TALLIS & Bo Li", ["ANA ROA", "JOHN TALLIS", "Bo Li"]),
        ("Written by Ana Roa, Senior Reporter", ["Ana Roa"]),
        ("Ana Roa | Coastal Wire", ["Ana Roa"]),
        ("By Ana Roa March 3, 2031", ["Ana Roa"]),
        ("Ana Roa, November", ["Ana Roa"]),
        ("Ana M. Roa, MD, RDN", ["Ana M. Roa"]),
        ("By Ana Roa for the Herald", ["Ana Roa"]),
        ("By Ana Roa on Monday", ["Ana Roa"]),
        ("Por Lucía Otero y Juan Gil", ["Lucía Otero", "Juan Gil"]),
        ("Por: María de la Cruz, corresponsal en Elmar", ["María de la Cruz"]),
        ("بقلم: ليلى منصور", ["ليلى منصور"]),
        ("كتب سامي حداد", ["سامي حداد"]),
        ("Ana Roa. Sound International", ["Ana Roa"]),
        ("Reuters", []),
        ("Staff Writer", []),
        ("European Ferry Agency", []),
        ("@anaroa", []),
        ("ana.roa@herald.example", []),
        ("https://herald.example/ana", []),
        ("Redacción", []),
        ("فريق التحرير", []),
        ("continuing to use this site you agree to our terms", []),
        ("", []),
    ],
)
def test_people_in_a_byline(byline: str, names: list[str]) -> None:
    assert people([byline]) == names


def test_the_outlet_is_nobody_and_a_name_given_twice_is_one() -> None:
    assert people(["Sound Herald", "Ana Roa, Sound Herald", "ana roa", "Ana ROA"], "The Sound Herald") == [
        "Ana Roa"
    ]


def test_an_agencys_byline_is_told_from_an_unreadable_one() -> None:
    assert names_an_agency("The Associated Press")
    assert names_an_agency("By Reuters")
    assert not names_an_agency("Ana Roa")
    assert not names_an_agency("https://herald.example/ana")
