"""The evaluation of disputes: its data, its metrics on answers made by hand, and systems it must catch."""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from evals.disagreement.corroboration import (
    CorroborationCase,
    ExpectedOrigin,
    JudgedCase,
    agencies_named,
    corroboration_accuracy,
    read_cases,
    read_shipped_cases,
)
from evals.disagreement.measure import (
    MEASURES,
    JudgedPair,
    answered,
    both_sides_cited,
    both_sides_recall,
    denial_flip_rate,
    denial_flip_rate_together,
    direct_accuracy,
    false_dispute_rate,
    flip_alone,
    flip_together,
    judge,
    marked_disputed,
    yes_or_no,
)
from evals.disagreement.pairs import DISAGREEING, KINDS, Pair, Side, Stance, read_pairs, read_shipped_pairs
from evals.disagreement.run import evaluate_disputes
from evals.systems.newscite import Answering, AnsweringOver
from index.errors import InputError
from index.schema import Article, Filter, Hit, Span, outlet_key
from rag.quoting.corroboration import Origin
from rag.schema import Answer, Citation, Role, Sentence

MET = "Mayor Dorn met the broker on Monday, two guards said."
DENIED = "Mayor Dorn denied that he had met the broker."
OPEN = "Whether Mayor Dorn met the broker could not be verified."
AGAIN = "The mayor and the broker met at noon, a waiter said."
TWELVE, TEN = "The storm killed 12 people.", "The storm killed ten people, police said."
ALONG = "The Dorn fair was full."  # stands in every article, and answers nothing

EVERYTHING = Filter()
Said = Sequence[tuple[Role, str, Sequence[Span]]]


def side(key: str, stance: Stance, answer: str, outlet: str) -> Side:
    article = Article(
        key=outlet, source=outlet, text=f"{ALONG} {key}", outlet=outlet, published="2031-03-04", language="en"
    )
    return Side(Span(article, len(ALONG) + 1, len(article.text)), stance, answer)


def pair(kind: str) -> Pair:
    first, second = {
        "denial": ((MET, "affirms", "yes"), (DENIED, "denies", "no")),
        "unverified": ((MET, "affirms", "yes"), (OPEN, "unverified", "unclear")),
        "consistent": ((MET, "affirms", "yes"), (AGAIN, "affirms", "yes")),
        "figures": ((TWELVE, "", "12"), (TEN, "", "ten")),
        "same_figure": ((TWELVE, "", "12"), (TWELVE, "", "12")),
    }[kind]
    question = "How many people died?" if "figure" in kind else "Did Mayor Dorn meet the broker?"
    sides = (side(*first, outlet="The Post"), side(*second, outlet="The Mail"))  # type: ignore[arg-type]
    return Pair(kind, kind, "en", question, sides)


def answer(said: Said, origins: Sequence[Origin] = ()) -> Answer:
    """An answer of these sentences, each with its role and what it cites."""
    spans = list(dict.fromkeys(span for _, _, cited in said for span in cited))
    return Answer(
        question="?",
        status="answered" if said else "abstained",
        sentences=tuple(
            Sentence(text, tuple(spans.index(span) + 1 for span in cited), role) for role, text, cited in said
        ),
        citations=tuple(Citation(s.article, s.start, s.end, n, "p") for n, s in enumerate(spans, start=1)),
        origins=tuple(origins),
    )


def quoting(role: Role, key: Span) -> tuple[Role, str, Sequence[Span]]:
    return role, f"It is told: “{key.text}”", [key]


SILENT = answer([])


class Scripted:
    """A system that gives what a function makes of the question and the articles that pass the filter."""

    def __init__(self, articles: Sequence[Article], say: Callable[[str, Sequence[Article]], Answer]) -> None:
        self.articles = articles
        self.say = say

    def answer(self, question: str, /, *, filter: Filter = EVERYTHING, **_: object) -> Answer:
        keys = filter.outlet_keys
        return self.say(question, [a for a in self.articles if not keys or outlet_key(a.outlet) in keys])

    def search(self, *_: object, **__: object) -> list[Hit]:
        raise AssertionError("nothing is searched here")


def scripted(say: Callable[[str, Sequence[Article]], Answer]) -> AnsweringOver:
    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[Answering]:
        yield Scripted(articles, say)

    return over


def key_of(article: Article) -> Span:
    return Span(article, len(ALONG) + 1, len(article.text))


# The data.


def test_the_shipped_pairs_are_whole() -> None:
    pairs = read_shipped_pairs()
    assert len({pair.id for pair in pairs}) == len(pairs) == 76
    assert Counter(pair.kind for pair in pairs) == {
        **{"denial": 26, "opposite": 12, "figures": 13, "same_figure": 5},
        **{"correction": 8, "unverified": 6, "consistent": 6},
    }
    assert Counter(pair.language for pair in pairs) == {"en": 62, "es": 7, "ar": 7}
    assert {side.article.language for pair in pairs for side in pair.sides} == {"en", "es", "ar"}
    keys = [side.key for pair in pairs for side in pair.sides]
    assert all(key.article.text.count(key.text) == 1 for key in keys)
    assert len({key.article.id for key in keys}) == 152


def test_the_shipped_cases_of_corroboration_are_whole() -> None:
    cases = read_shipped_cases()
    assert len({case.id for case in cases}) == len(cases) == 20
    assert Counter(case.language for case in cases) == {"en": 15, "es": 3, "ar": 2}
    for case in cases:
        assert 3 <= len(case.articles) <= 5
        assert len({outlet_key(article.outlet) for article in case.articles}) >= len(case.origins)
        agencies = {origin.name for origin in case.origins if origin.name}
        told = "\n".join(article.text for article in case.articles)
        assert all(agency in told for agency in agencies), case.id
    assert any(origin.side == "denied" for case in cases for origin in case.origins)


def row(**changes: Any) -> dict[str, Any]:
    articles = [
        {
            **{"title": "Met", "outlet": "The Post", "published": "2031-03-04", "text": f"{ALONG} {MET}"},
            **{"key": MET, "stance": "affirms", "answer": "yes"},
        },
        {
            **{"title": "No", "outlet": "The Mail", "published": "2031-03-05", "text": f"{ALONG} {DENIED}"},
            **{"key": DENIED, "stance": "denies", "answer": "no"},
        },
    ]
    whole = {"id": "p1", "kind": "denial", "language": "en", "question": "Did he?", "articles": articles}
    for name, value in changes.items():
        if name in whole:
            whole[name] = value
        else:
            articles[1][name] = value
    return whole


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(), "an earlier pair has the id 'p1' too"),
        (row(id="p2", kind="quarrel"), "the kind 'quarrel' is none of denial"),
        (row(id="p2", articles=[]), "a pair has two articles, not 0"),
        (row(id="p2", outlet="Post"), "both articles are of 'The Post'"),
        (row(id="p2", stance="mocks"), "the stance 'mocks' is none of affirms"),
        (row(id="p2", stance="affirms"), "the answer 'no' goes with the stance 'denies'"),
        (row(id="p2", answer="never"), "the answer 'never' is neither yes"),
        (row(id="p2", answer=""), "the answer '' is neither yes"),
        (row(id="p2", key="Nobody met."), "'Nobody met.' stands 0 times in p2/2"),
        (row(id="p2", text=f"{DENIED} {DENIED}"), "stands 2 times in p2/2"),
        (row(id="p2", published="soon"), "Invalid isoformat"),
        ({"kind": "denial"}, "there is no 'articles'"),
    ],
)
def test_a_wrong_pair_is_named_by_its_line(tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    path = written(tmp_path / "pairs.jsonl", row(), wrong)
    with pytest.raises(InputError, match=rf"pairs\.jsonl, line 2: not as the pairs has it: .*{message}"):
        read_pairs(path)


@pytest.mark.parametrize(
    ("origins", "message"),
    [
        ([{"side": "shouted", "name": ""}], "the side 'shouted' is none of reported"),
        ([], "1 articles can't go back to 0 origins"),
        ([{"side": "reported", "name": ""}] * 2, "1 articles can't go back to 2 origins"),
        ([{"side": "reported"}], "there is no 'name'"),
    ],
)
def test_a_wrong_case_is_named_by_its_line(tmp_path: Path, origins: list[Any], message: str) -> None:
    articles = [{"title": "Met", "outlet": "The Post", "published": "2031-03-04", "text": MET}]
    whole = {"id": "c1", "language": "en", "question": "?", "articles": articles}
    right = {**whole, "origins": [{"side": "reported", "name": ""}]}
    assert read_cases(written(tmp_path / "c.jsonl", right))[0].articles[0].language == "en"
    with pytest.raises(InputError, match=rf"c\.jsonl, line 1: .*{message}"):
        read_cases(written(tmp_path / "c.jsonl", {**whole, "origins": origins}))
    with pytest.raises(InputError, match=r"line 2: .*the id 'c1' too"):
        read_cases(written(tmp_path / "c.jsonl", right, right))


# Flips.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes.", "yes"),
        ("“Yes”, two guards said.", "yes"),
        ("Sí", "yes"),
        ("نعم، بحسب شاهدين", "yes"),
        ("No, according to the mayor", "no"),
        ("لا", "no"),
        ("Nobody did.", ""),
        ("Not yet.", ""),
        ("Si llueve", ""),
        ("Disputed: yes, says one; no, says the other.", ""),
        ("", ""),
    ],
)
def test_what_a_short_answer_begins_with(text: str, said: str) -> None:
    assert yes_or_no(text) == said


def test_flips_over_one_article() -> None:
    met, denied = pair("denial").sides
    _, unclear = pair("unverified").sides
    yes, no = "Yes.", "No."

    def flip(side: Side, direct: str, role: Role) -> str:
        said: list[tuple[Role, str, Sequence[Span]]] = [("direct", direct, [side.key])] if direct else []
        return flip_alone(side, answer([*said, quoting(role, side.key)]))

    assert flip(met, yes, "evidence") == flip(met, "", "evidence") == ""
    assert flip(met, no, "evidence") == "no where the article affirms"
    assert flip(met, yes, "denied") == "what is affirmed is given as denied"
    assert flip(met, "", "unverified") == "what is affirmed is given as unverified"
    assert flip(met, "", "differs") == ""
    assert flip(denied, no, "denied") == flip(denied, "", "evidence") == flip(denied, no, "evidence") == ""
    assert flip(denied, yes, "denied") == "yes where the article does not affirm"
    assert flip(unclear, yes, "evidence") == "yes where the article does not affirm"
    assert flip(unclear, "Unclear.", "unverified") == ""
    assert flip_alone(met, SILENT) == flip_alone(denied, SILENT) == ""
    # A denial that doesn't read as one, told as evidence of a yes.
    absent = side("Mayor Dorn was in bed all day.", "denies", "no", "The Mail")
    assert flip(absent, yes, "evidence") == "a denial is evidence of a yes"
    assert flip(absent, "", "evidence") == ""


def test_flips_over_both_articles() -> None:
    disputed, agreed = pair("denial"), pair("consistent")
    met, denied = (side.key for side in disputed.sides)
    both = [quoting("evidence", met), quoting("denied", denied)]
    assert flip_together(disputed, answer(both)) == ""
    assert flip_together(disputed, answer([("direct", "Disputed.", [met, denied]), *both])) == ""
    for text in ("Yes.", "No."):
        flip = flip_together(disputed, answer([("direct", text, [met, denied]), *both]))
        assert flip == f"a plain {text[:-1].lower()} where the articles disagree"
    swapped = answer([quoting("denied", met), quoting("evidence", denied)])
    assert flip_together(disputed, swapped) == "what is affirmed is given as denied"
    first, second = (side.key for side in agreed.sides)
    assert flip_together(agreed, answer([("direct", "Yes.", [first, second])])) == ""
    assert flip_together(agreed, answer([("direct", "No.", [first])])) == "no where both articles affirm"
    assert flip_together(agreed, answer([quoting("unverified", second)])).endswith("given as unverified")


# The metrics, by hand.


def by_hand() -> list[JudgedPair]:
    """A denial with a flip alone, an open matter with a flip over both, and figures, two that agree among
    them."""
    denial, unverified, figures, same = map(pair, ("denial", "unverified", "figures", "same_figure"))
    met, denied = (side.key for side in denial.sides)
    first, _ = (side.key for side in unverified.sides)
    twelve, ten = (side.key for side in figures.sides)
    one, other = (side.key for side in same.sides)
    return [
        judge(
            denial,
            (answer([quoting("evidence", met)]), answer([("direct", "Yes.", [denied])])),
            answer([quoting("evidence", met), quoting("denied", denied)]),
        ),
        judge(
            unverified,
            (answer([quoting("evidence", first)]), SILENT),
            answer([("direct", "Yes.", [first]), quoting("evidence", first)]),
        ),
        judge(
            figures,
            (answer([("direct", "12 people", [twelve])]), answer([("direct", "Twelve", [ten])])),
            answer([quoting("evidence", ten), quoting("differs", twelve)]),
        ),
        judge(
            same,
            (answer([quoting("evidence", one)]), answer([("direct", "About  12", [other])])),
            answer([quoting("evidence", one), quoting("differs", other)]),
        ),
    ]


def test_the_metrics_of_pairs_judged_by_hand() -> None:
    judged = by_hand()
    assert [alone.flip for one in judged for alone in one.alone if alone.flip] == [
        "yes where the article does not affirm"
    ]
    assert denial_flip_rate(judged) == 1 / 4  # two pairs of those kinds, asked twice each
    assert denial_flip_rate_together(judged) == 1 / 2
    assert both_sides_recall(judged) == pytest.approx((1 + 0.5 + 1) / 3)
    assert both_sides_cited(judged) == pytest.approx(2 / 3)
    assert marked_disputed(judged) == pytest.approx(2 / 3)
    assert false_dispute_rate(judged) == 1  # the same figure twice, told as if it differed
    assert answered(judged) == 7 / 8
    assert direct_accuracy(judged) == pytest.approx(2 / 3)  # "Twelve" is not "ten"


def test_the_metrics_of_nothing_are_none() -> None:
    figures = [one for one in by_hand() if "figure" in one.pair.kind]
    assert all(measure.formula([]) is None for measure in MEASURES.values())
    assert denial_flip_rate(figures) is None
    assert denial_flip_rate_together(figures) is None
    assert both_sides_recall(figures[1:]) is both_sides_cited(figures[1:]) is None
    assert marked_disputed(figures[1:]) is None
    assert false_dispute_rate(figures[:1]) is None
    assert direct_accuracy(by_hand()[:2]) is None


def test_origins_are_counted_by_side_and_by_name() -> None:
    article = Article(key="a", source="a", text=MET)
    case = CorroborationCase(
        "c",
        "en",
        "?",
        (article,),
        (
            ExpectedOrigin("reported", "Coastal Wire"),
            ExpectedOrigin("reported", ""),
            ExpectedOrigin("denied", ""),
        ),
    )

    def counted(*origins: tuple[str, str]) -> JudgedCase:
        made = [Origin(name, side, (1,)) for name, side in origins]  # type: ignore[arg-type]
        return JudgedCase(case, answer([("evidence", MET, [Span(article, 0, 5)])], made))

    right = counted(("The Coastal Wire", "reported"), ("The Post", "reported"), ("Jory Albin", "denied"))
    thrice = counted(*[("The Post", "reported")] * 3, ("Jory Albin", "denied"))
    no_denial = counted(("Coastal Wire", "denied"), ("The Post", "reported"))
    assert corroboration_accuracy([right, thrice, no_denial]) == pytest.approx(1 / 3)
    assert agencies_named([right, thrice, no_denial]) == pytest.approx(1 / 3)
    assert corroboration_accuracy([]) is agencies_named([]) is None


# Systems.


def test_a_system_that_tells_both_sides_as_they_are_has_nothing_to_mend() -> None:
    pairs = [pair(kind) for kind in ("denial", "unverified", "consistent", "figures")]
    sides = {side.article.id: side for each in pairs for side in each.sides}
    roles: dict[str, Role] = {DENIED: "denied", OPEN: "unverified", TEN: "differs"}
    shorts = {"yes": "Yes.", "no": "No.", "unclear": "It is not clear."}

    def say(question: str, articles: Sequence[Article]) -> Answer:
        keys = list(map(key_of, articles))
        short = [sides[article.id].answer for article in articles]
        direct = shorts.get(short[0], short[0]) if len(set(short)) == 1 else "The articles disagree."
        told = [quoting(roles.get(key.text, "evidence"), key) for key in keys]
        return answer([("direct", direct, keys), *told])

    figures = evaluate_disputes(pairs=pairs, cases=[], open=scripted(say)).figures()
    values = {name: (figure.value, figure.n) for name, figure in figures.items()}
    assert values == {
        "denial_flip_rate": (0, 6),
        "denial_flip_rate_together": (0, 3),
        "both_sides_recall": (1, 3),
        "both_sides_cited": (1, 3),
        "marked_disputed": (1, 3),
        "false_dispute_rate": (0, 1),
        "answered": (1, 8),
        "direct_accuracy": (1, 2),
        "corroboration_accuracy": (None, 0),
        "agencies_named": (None, 0),
    }


def test_a_system_that_always_says_yes_is_caught() -> None:
    pairs = read_shipped_pairs()
    keys = {side.article.id: side.key for pair in pairs for side in pair.sides}

    def say(question: str, articles: Sequence[Article]) -> Answer:
        told = [keys[article.id] for article in articles]
        return answer([("direct", "Yes.", told), *(quoting("evidence", key) for key in told)])

    report = evaluate_disputes(pairs=pairs, cases=[], open=scripted(say))
    figures = report.figures()
    flips = figures["denial_flip_rate"]
    assert flips.value == pytest.approx((26 + 10 + 6) / 100)  # each second article that denies or leaves open
    assert flips.n == 100
    assert figures["denial_flip_rate_together"].value == pytest.approx(44 / 50)  # all but the consistent
    assert figures["answered"].value == figures["both_sides_recall"].value == 1
    assert figures["marked_disputed"].value == figures["direct_accuracy"].value == 0
    plain = report.to_dict()
    assert set(plain["kinds"]) == set(KINDS)
    assert plain["kinds"]["consistent"]["denial_flip_rate"]["value"] == 0
    assert plain["kinds"]["unverified"]["denial_flip_rate"]["value"] == 0.5
    assert set(plain["languages"]) == {"en", "es", "ar"}


def test_a_system_that_never_gives_the_other_side_is_caught() -> None:
    pairs = read_shipped_pairs()
    keys = {side.article.id: side.key for pair in pairs for side in pair.sides}
    report = evaluate_disputes(
        pairs=pairs,
        cases=[],
        open=scripted(lambda _, articles: answer([quoting("evidence", keys[articles[0].id])])),
    )
    figures = report.figures()
    assert (figures["both_sides_recall"].value, figures["both_sides_recall"].n) == (0.5, 65)
    assert figures["both_sides_cited"].value == figures["marked_disputed"].value == 0
    assert figures["denial_flip_rate"].value == figures["denial_flip_rate_together"].value == 0
    assert figures["answered"].value == 1
    assert sum(pair.kind in DISAGREEING for pair in pairs) == 65


def test_reprints_counted_as_several_are_caught() -> None:
    def say(question: str, articles: Sequence[Article]) -> Answer:
        spans = [Span(article, 0, len(article.text)) for article in articles]
        origins = [Origin(span.article.outlet, "reported", (n,)) for n, span in enumerate(spans, start=1)]
        return answer([quoting("evidence", span) for span in spans], origins)

    report = evaluate_disputes(pairs=[], cases=read_shipped_cases(), open=scripted(say))
    value = report.figures()["corroboration_accuracy"]
    assert (value.value, value.n) == (0, 20)
    assert report.figures()["agencies_named"].value == 0


# The report.


def test_the_report_keeps_every_case_and_names_what_is_wrong() -> None:
    pairs = [pair("denial"), pair("figures")]
    case = read_shipped_cases()[0]
    told: list[tuple[str, int, int]] = []

    def say(question: str, articles: Sequence[Article]) -> Answer:
        return answer([("direct", "Yes.", [key_of(article) for article in articles])])

    report = evaluate_disputes(
        None, lambda *at: told.append(at), pairs=pairs, cases=[case], open=scripted(say)
    )
    plain = json.loads(json.dumps(report.to_dict()))
    assert (plain["dataset"], plain["pairs"]) == ("disputes", 2)
    assert plain["metrics"]["denial_flip_rate"] == {"value": 0.5, "low": 0.5, "high": 0.5, "n": 2}
    assert [one["id"] for one in plain["cases"]] == ["denial", "figures"]
    first = plain["cases"][0]
    assert first["alone"][1]["flip"] == "yes where the article does not affirm"
    assert first["together"]["cites_keys"] == [True, True]
    assert first["together"]["sentences"] == [{"role": "direct", "text": "Yes. [1][2]"}]
    assert plain["corroboration"][0]["expected"] == {"reported": 1}
    assert plain["corroboration"][0]["counted"] == {}
    assert told == [
        *[("asking pairs", done, 2) for done in range(3)],
        *[("asking for origins", done, 1) for done in range(2)],
    ]
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(report)
    shown = console.export_text()
    assert "flip in denial, second alone: yes where the article does not affirm" in shown
    assert "flip in denial, both: a plain yes where the articles disagree" in shown
    assert f"{case.id}: no origin; right is 1 reported" in shown
    again = evaluate_disputes(pairs=pairs[:1], cases=[case], open=scripted(say))
    assert again.digest != report.digest


def test_the_command_asks_newscite_itself(newscite: Callable[..., tuple[int, str, str]]) -> None:
    status, printed, _ = newscite("eval", "disputes", "--limit", 2, "--json")
    report = json.loads(printed)
    assert (status, report["pairs"], len(report["corroboration"])) == (0, 2, 2)
    assert [one["id"] for one in report["cases"]] == ["p01", "p39"]
    assert report["metrics"]["answered"]["n"] == 4
