"""What questions ask for: the form of the answer, days, outlets."""

from datetime import UTC, date, datetime

import pytest

from index.schema import Filter
from rag.asking.asked import Form, parts_of, understand

THURSDAY = datetime(2031, 3, 20, 12, tzinfo=UTC)
OUTLETS = ["The Harbour Ledger", "Drennick Sentinel", "La Gaceta"]


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("Did the talks in Tarn take place?", "Did the talks in Tarn?"),
        ("Has the handover already taken place?", "Has the handover already?"),
        ("Did anything happen to the mayor?", "Did anything happen to the mayor?"),
        ("When did the talks take place?", "When did the talks take place?"),
        ("¿Tuvo lugar la reunión?", "¿ la reunión?"),
    ],
)
def test_whether_there_was_such_a_thing_is_asked_of_the_thing(question: str, matter: str) -> None:
    assert understand(question).matter == matter


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Did the mayor resign?", "yes_no"),
        ("Isn't the bridge open?", "yes_no"),
        ("Will trains run on Monday?", "yes_no"),
        ("¿Subió el precio del agua?", "yes_no"),
        ("هل نفى الوزير ذلك؟", "yes_no"),
        ("Which objections were raised to the plan?", "list"),
        ("What are the side effects of the vaccine?", "list"),
        ("What measures were taken?", "list"),
        ("¿Cuáles son las causas?", "list"),
        ("What happened in March 2031?", "timeline"),
        ("What has happened since the storm?", "timeline"),
        ("¿Qué pasó en Castrillena?", "timeline"),
        ("ماذا حدث في الميناء؟", "timeline"),
        ("What happened to the tram?", "fact"),
        ("Which company makes it?", "fact"),
        ("Who resigned?", "fact"),
        ("¿Qué dijo la alcaldesa?", "fact"),
        ("من قائد السفينة؟", "fact"),
    ],
)
def test_forms(question: str, form: Form) -> None:
    assert understand(question, as_of=THURSDAY).form == form


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What did the ministry say last week?", date(2031, 3, 10), date(2031, 3, 16)),
        ("What was announced today?", date(2031, 3, 20), date(2031, 3, 20)),
        ("What did the mayor say on Monday?", date(2031, 3, 17), date(2031, 3, 17)),
        ("What happened in March 2030?", date(2030, 3, 1), date(2030, 3, 31)),
        ("What happened on 18 January 2031?", date(2031, 1, 18), date(2031, 1, 18)),
    ],
)
def test_days(question: str, first: date, last: date) -> None:
    days = understand(question, as_of=THURSDAY).days

    assert days is not None
    assert (days.first, days.last) == (first, last)


@pytest.mark.parametrize(
    "question",
    ["Who resigned?", "When will the bridge open in May?", "What changed between May 2030 and June 2030?"],
)
def test_no_days(question: str) -> None:
    assert understand(question, as_of=THURSDAY).days is None


@pytest.mark.parametrize(
    ("question", "outlets"),
    [
        ("According to the Harbour Ledger, who resigned?", ("harbour ledger",)),
        ("What did the Drennick Sentinel report about the dam?", ("drennick sentinel",)),
        ("Según La Gaceta, ¿qué pasó?", ("la gaceta",)),
        ("Who founded the Harbour Ledger?", ()),
        ("According to the Evening Star, who resigned?", ()),
    ],
)
def test_outlets(question: str, outlets: tuple[str, ...]) -> None:
    assert understand(question, as_of=THURSDAY, outlets=OUTLETS).outlets == outlets


def test_what_the_question_names_narrows_the_filter_but_not_what_it_says_already() -> None:
    asked = understand(
        "According to the Harbour Ledger, who resigned last week?", as_of=THURSDAY, outlets=OUTLETS
    )

    narrowed = asked.narrowed(Filter(language="en"))
    assert narrowed == Filter(outlet="harbour ledger", since="2031-03-10", until="2031-03-18", language="en")
    given = Filter(outlet="Drennick Sentinel", since="2031-01-01")
    assert asked.narrowed(given) == given


@pytest.mark.parametrize(
    ("question", "about_now"),
    [
        ("What is the latest on the dam?", True),
        ("Who leads the party now?", True),
        ("¿Qué se sabe hasta ahora?", True),
        ("Who built the dam?", False),
    ],
)
def test_now(question: str, about_now: bool) -> None:
    assert understand(question, as_of=THURSDAY).about_now is about_now


def test_parts() -> None:
    asked = understand("Who resigned, and when did it become known?", as_of=THURSDAY)

    assert parts_of(asked) == ["Who resigned", "when did it become known?"]
    assert parts_of(understand("Who resigned?", as_of=THURSDAY)) == ["Who resigned?"]
