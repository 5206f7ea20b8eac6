"""Questions that lean on what was asked before are made to stand alone."""

import time

import pytest

from rag.asking.conversation import MAX_QUESTION, standalone
from rag.schema import Turn

HISTORY = [Turn("Who is Ilse Tarnowick?", "The deputy energy minister. [1]")]
TALKS = Turn("Did Ilse Tarnowick lead the talks with Ordalek?", "She did. [1]")
HARBOUR = Turn(
    "What punishment did the ex-harbour master receive?",
    "A court in Port Aulin sentenced Domm Arkesden to six years in prison. [1][2] "
    "Judge Tove Ashgravel spoke.",
)
CREWS = Turn("What did the ferry crews win?")
STORM = Turn("How many homes lost power in the storm?")
NEGOCIACIONES = Turn("¿Dirigió Ilse Tarnowick las negociaciones?")
LIBRARY = Turn("من قائد السفينة؟")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("And when did she travel?", "When did Ilse Tarnowick travel?"),
        ("When did she deny it?", "When did Ilse Tarnowick deny it? (about: Who is Ilse Tarnowick?)"),
        ("How old is she?", "How old is Ilse Tarnowick?"),
        ("Why?", "Why? (about: Who is Ilse Tarnowick?)"),
        ("What about the museum?", "What about the museum? (about: Who is Ilse Tarnowick?)"),
        ("¿Y cuándo viajó ella?", "¿Cuándo viajó Ilse Tarnowick?"),
        ("ومتى سافرت هي؟", "متى سافرت هي؟ (عن: Who is Ilse Tarnowick?)"),
    ],
)
def test_a_leaning_question_brings_what_it_needs_of_the_one_before(question: str, understood: str) -> None:
    assert standalone(question, HISTORY) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (TALKS, "And when did she deny it?", "When did Ilse Tarnowick deny it?"),
        (TALKS, "What does her lawyer say?", "What does Ilse Tarnowick's lawyer say?"),
        (TALKS, "Did the court send her to prison?", "Did the court send Ilse Tarnowick to prison?"),
        (TALKS, "Her lawyer?", "Ilse Tarnowick's lawyer?"),
        (HARBOUR, "How much did he take altogether?", "How much did Domm Arkesden take altogether?"),
        (HARBOUR, "And his lawyer, what did she say?", "Domm Arkesden's lawyer, what did she say?"),
        (HARBOUR, "Who paid him?", "Who paid Domm Arkesden?"),
        (CREWS, "When do they sail again?", "When do the ferry crews sail again?"),
        (CREWS, "Who is their leader?", "Who is the ferry crews' leader?"),
        (STORM, "How many of them?", "How many of the homes?"),
        (
            Turn("Why is Orrinvale Glassworks laying off staff?"),
            "Where are they based?",
            "Where are Orrinvale Glassworks based?",
        ),
        (
            Turn("Did Ilse Tarnowick and Domm Arkesden quarrel?"),
            "When did they first meet?",
            "When did Ilse Tarnowick and Domm Arkesden first meet?",
        ),
        (
            Turn("Did the mayor of Drennick resign?", "No, said spokesman Tam Verrall. [1]"),
            "Was she arrested?",
            "Was the mayor of Drennick arrested?",
        ),
    ],
)
def test_a_pronoun_gives_way_to_the_only_one_it_can_mean(
    before: Turn, question: str, understood: str
) -> None:
    assert standalone(question, [before]) == f"{understood} (about: {before.question})"


@pytest.mark.parametrize(
    ("before", "question", "kept"),
    [
        (Turn("Did Ilse Tarnowick accuse Domm Arkesden?"), "Did he answer?", "Did he answer?"),
        (Turn("Who resigned?", "Nobody, said Tam Verrall. [1]"), "Was she arrested?", "Was she arrested?"),
        (
            Turn(
                "What did the government say about the report?",
                "Velloway Post: “The government rejected it in a post on its new “Harbour Right Now” "
                "account, which looks like another's.” [1]",
            ),
            "And how old is he?",
            "How old is he?",
        ),
        (TALKS, "What did the skipper do before he fled?", "What did the skipper do before he fled?"),
        (TALKS, "Why?", "Why?"),
        (TALKS, "Why Ordalek?", "Why Ordalek?"),
        (TALKS, "Who else?", "Who else?"),
        (TALKS, "When was that?", "When was that?"),
        (TALKS, "And how did the minister explain this?", "How did the minister explain this?"),
        (STORM, "And in March?", "In March?"),
        (STORM, "And what has the minister offered?", "What has the minister offered?"),
        (Turn("did ilse tarnowick lie"), "what did she say", "what did she say"),
        (Turn("Did Ilse Tarnowick meet the editor?"), "And the mayor?", "The mayor?"),
    ],
)
def test_where_nothing_fits_alone_the_earlier_question_is_given(
    before: Turn, question: str, kept: str
) -> None:
    assert standalone(question, [before]) == f"{kept} (about: {before.question})"


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("How many goals did Drennick score?", "What about Velloway?", "How many goals did Velloway score?"),
        ("Who is the mayor of Drennick?", "And in Velloway?", "Who is the mayor of Velloway?"),
        (TALKS.question, "And Domm Arkesden?", "Did Domm Arkesden lead the talks with Ordalek?"),
        ("What did the minister say?", "And the mayor?", "What did the mayor say?"),
        ("Is the mayor ill?", "The minister?", "Is the minister ill?"),
        ("What did the union say?", "How about the government?", "What did the government say?"),
        ("How many homes lost power in May?", "And in June?", "How many homes lost power in June?"),
        ("What happened on Monday?", "And on Friday?", "What happened on Friday?"),
        ("When did the mayor resign?", "Why?", "Why did the mayor resign?"),
        ("¿Cuánto subió el agua en febrero?", "¿Y en marzo?", "¿Cuánto subió el agua en marzo?"),
        ("¿Qué dijo la ministra?", "¿Y el alcalde?", "¿Qué dijo el alcalde?"),
        ("¿Cuándo dimitió la alcaldesa?", "¿Por qué?", "¿Por qué dimitió la alcaldesa?"),
    ],
)
def test_the_earlier_question_is_asked_again_of_another(before: str, question: str, understood: str) -> None:
    assert standalone(question, [Turn(before)]) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (NEGOCIACIONES, "¿Y cuándo lo negó?", "¿Cuándo lo negó? (sobre: {})"),
        (NEGOCIACIONES, "¿Cuándo viajó?", "¿Cuándo viajó? (sobre: {})"),
        (NEGOCIACIONES, "¿Qué dijo su abogado?", "¿Qué dijo su abogado? (sobre: {})"),
        (NEGOCIACIONES, "¿Quién habló con ella?", "¿Quién habló con Ilse Tarnowick? (sobre: {})"),
        (NEGOCIACIONES, "¿Por qué?", "¿Por qué? (sobre: {})"),
        (LIBRARY, "لماذا؟", "لماذا؟ (عن: {})"),
        (LIBRARY, "كم عمره؟", "كم عمره؟ (عن: {})"),
        (LIBRARY, "ومتى وصل إلى خليمار؟", "متى وصل إلى خليمار؟ (عن: {})"),
        (LIBRARY, "وماذا عن المكتبة؟", "ماذا عن المكتبة؟ (عن: {})"),
        (LIBRARY, "أين ولد؟", "أين ولد؟ (عن: {})"),
    ],
)
def test_spanish_and_arabic_follow_ups(before: Turn, question: str, understood: str) -> None:
    assert standalone(question, [before]) == understood.format(before.question)


@pytest.mark.parametrize(
    "question",
    [
        "How many homes lost power in the storm?",
        "What did Janek Virolle say about his company?",
        "Did the mayor say that he would resign?",
        "Did the mayor say he would resign?",
        "What did the mayor's lawyer say she had done?",
        "After he was arrested, what did Domm Arkesden say?",
        "What will the tram company change on its vehicles?",
        "When did the coach of the cup winners start in her job?",
        "Had anyone put their name to the contract?",
        "Did farmers say why they protest?",
        "What interest rate did the central bank set this month?",
        "Is it true that Domm Arkesden resigned?",
        "Are there teachers in the union?",
        "So far, how many have died in the flood?",
        "Who apologised?",
        "Sarrow Gorge dam",
        "¿Quién dimitió?",
        "¿Dijo la alcaldesa que ella dimitiría?",
        "¿Cuánto subirá el precio del agua y desde cuándo?",
        "متى سترجع السفينة إلى خليمار؟",
        "من قائد السفينة وكم شخصاً يعمل معه؟",
    ],
)
@pytest.mark.parametrize("before", [HISTORY[0], HARBOUR])
def test_a_question_that_stands_alone_is_left_as_it_is(question: str, before: Turn) -> None:
    assert standalone(question, [before]) == question


def test_a_chain_of_follow_ups_keeps_the_name_it_began_with() -> None:
    history = [*HISTORY, Turn("And where was she born?")]

    assert standalone("Why there?", history) == "Why there? (about: Where was Ilse Tarnowick born?)"


def test_the_context_of_a_context_is_not_nested() -> None:
    denied = [TALKS, Turn("When did she deny it?")]

    assert standalone("Why?", denied) == f"Why did Ilse Tarnowick deny it? (about: {TALKS.question})"
    assert (
        standalone("Who reported it?", denied)
        == f"Who reported it? (about: {TALKS.question} When did Ilse Tarnowick deny it?)"
    )
    assert (
        standalone("And then?", [*denied, Turn("Who reported it?"), Turn("Why?")]).count(TALKS.question) == 1
    )


def test_an_empty_turn_is_passed_over() -> None:
    assert standalone("Why?", [*HISTORY, Turn("")]) == standalone("Why?", HISTORY)


def test_without_history_nothing_is_changed() -> None:
    assert standalone("And why did she?", []) == "And why did she?"


def test_a_long_conversation_is_remembered_in_part() -> None:
    assert len(standalone("And why?", [Turn("And then?")] * 2000)) < 100


@pytest.mark.parametrize("words", ["she said it ", "his Her ", "Ada Bo and ", "the mayor of "])
def test_the_longest_questions_stay_within_the_limit_and_take_no_time(words: str) -> None:
    longest = (words * MAX_QUESTION)[: MAX_QUESTION - 1] + "?"
    began = time.perf_counter()
    for question in ("Why?", longest):
        assert len(standalone(question, [Turn(longest, longest * 20)] * 6)) <= MAX_QUESTION
    assert time.perf_counter() - began < 3
