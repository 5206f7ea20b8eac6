import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import shared_folder

from evals.schema import silent
from evals.support_check import (
    Claim,
    Judged,
    balanced_accuracy,
    passed_with_some_set,
    recall,
    run,
)
from index.errors import InputError
from index.schema import Article, Span

EVIDENCE = [
    "The ferry sank in the harbour of Dunmore in January.",
    "",
    "It had 12 seats.",
    "Divers from Elmar lifted the ferry in May.",
    "Fishermen complained.",
    "Prices rose.",
    "The harbour was shut.",
    "Snow fell.",
]


def row(id: str, label: str, sets: list[list[int]], claim: str = "The ferry sank.") -> dict[str, Any]:
    return {
        "label": label,
        "supporting_sentences": sets,
        "claim": claim,
        "evidence": EVIDENCE,
        "meta": {"id": id},
    }


def wice_folder(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "data" / "entailment_retrieval" / "claim" / "dev.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return folder


class Listening:
    """A judge that lets any claim pass where a quote says `passes`, and keeps the quotes it was given."""

    def __init__(self, passes: str) -> None:
        self.passes = passes
        self.given: list[list[str]] = []

    def __call__(self, _: str, spans: Sequence[Span]) -> str:
        quotes = [span.text for span in spans]
        self.given.append(quotes)
        return "" if any(self.passes in quote for quote in quotes) else "it was not heard"


def judged(label: str, *reasons: str, claim: str = "Rain fell.") -> Judged:
    article = Article(key="a", source="a", text="Rain fell.")
    evidence = tuple((Span(article, 0, 10),) for _ in reasons)
    return Judged(Claim("c", claim, label, evidence), reasons)


def test_a_supported_claim_is_judged_against_each_of_its_sets(tmp_path: Path) -> None:
    judge = Listening("sank")
    data = wice_folder(tmp_path, row("c1", "supported", [[3, 0], [4], [], [0, 3]]))
    report = run(data, None, silent, judge=judge)
    assert judge.given == [[EVIDENCE[0], EVIDENCE[3]], [EVIDENCE[4]]]
    assert [claim.reasons for claim in report.claims] == [("", "it was not heard")]
    assert report.claims[0].passed == 0.5


@pytest.mark.parametrize("label", ["partially_supported", "not_supported"])
def test_another_claim_is_judged_once_against_all_sentences_chosen(tmp_path: Path, label: str) -> None:
    judge = Listening("sank")
    run(wice_folder(tmp_path, row("c1", label, [[3], [2, 0], [3, 2]])), None, silent, judge=judge)
    assert judge.given == [[EVIDENCE[0], EVIDENCE[2], EVIDENCE[3]]]


def test_without_a_chosen_sentence_it_is_judged_against_the_five_that_share_most_words(
    tmp_path: Path,
) -> None:
    judge = Listening("-")
    claim = "The ferry sank in May, it rose, it snowed."  # 3 words of the first, then 1, 3, 0, 1, 1, 0
    run(wice_folder(tmp_path, row("c1", "not_supported", [[]], claim)), None, silent, judge=judge)
    assert judge.given == [[EVIDENCE[position] for position in (0, 2, 3, 5, 6)]]


def test_the_figures_of_claims_judged_by_hand(tmp_path: Path) -> None:
    data = wice_folder(
        tmp_path,
        row("c1", "supported", [[0], [4]]),  # passes with one of two
        row("c2", "supported", [[3]]),  # refused
        row("c3", "partially_supported", [[0]]),  # passes, wrongly
        row("c4", "partially_supported", [[4]]),
        row("c5", "not_supported", [[4]]),
        row("c6", "not_supported", [[5]]),
    )
    report = run(data, None, silent, judge=Listening("sank"))
    figures = report.figures()
    assert {name: (value.value, value.n) for name, value in figures.items()} == {
        "balanced_accuracy": (0.5, 6),  # of .25 and .75
        "recall_supported": (0.25, 2),
        "recall_not_fully_supported": (0.75, 4),
        "passed_with_some_set": (0.5, 2),
    }
    assert (figures["recall_supported"].low, figures["recall_supported"].high) == (0.0, 0.5)
    told = report.to_dict()
    assert (told["dataset"], told["claims"]) == ("wice", 6)
    assert told["reasons"] == {
        "it was not heard": {"supported": 2, "partially_supported": 1, "not_supported": 2}
    }
    assert told["cases"][0] == {
        "id": "c1",
        "label": "supported",
        "claim": "The ferry sank.",
        "passed": 0.5,
        "reasons": ["", "it was not heard"],
    }
    assert len(run(data, 2, silent, judge=Listening("sank")).claims) == 2


def test_the_check_of_newscite_is_the_judge_unless_another_is_given(tmp_path: Path) -> None:
    data = wice_folder(
        tmp_path,
        row("c1", "supported", [[3]], "Divers lifted the ferry in May."),
        row("c2", "not_supported", [[2]], "It had 40 seats."),
        row("c3", "not_supported", [[2]], "It had 50 seats."),
        row("c4", "partially_supported", [[0]], "The ferry sank in Highmere."),
        row("c5", "not_supported", [[4]], "Fishermen complained to judges of unpaid wages."),
    )
    report = run(data, None, silent)
    assert report.figures()["balanced_accuracy"].value == 1
    counts = {reason: sum(by_label.values()) for reason, by_label in report.reasons().items()}
    assert counts == {
        "the number … is not in the quotes": 2,
        "it says more than the quotes": 1,
        "the name … is not in the quotes": 1,
    }
    assert list(counts) == sorted(counts, key=lambda reason: (-counts[reason], reason))


def test_a_judge_that_never_looks_has_a_balanced_accuracy_of_a_half() -> None:
    passing = [judged("supported", ""), judged("not_supported", ""), judged("partially_supported", "")]
    refusing = [judged("supported", "no", "no"), judged("not_supported", "no")]
    assert balanced_accuracy(passing) == balanced_accuracy(refusing) == 0.5


def test_the_measures() -> None:
    claims = [judged("supported", "", "no"), judged("supported", "no"), judged("not_supported", "no")]
    assert recall(claims[:2]) == 0.25
    assert recall(claims[2:]) == 1
    assert balanced_accuracy(claims) == 0.625
    assert passed_with_some_set(claims[:2]) == 0.5
    assert recall([]) is None
    assert balanced_accuracy(claims[:2]) is None
    assert passed_with_some_set([]) is None
    with pytest.raises(ValueError, match="a verdict on each set"):
        judged("supported")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row("c1", "refuted", [[0]]), "the label 'refuted' is none of supported"),
        (row("c1", "supported", [[]]), "needs a set of supporting sentences"),
        (row("c1", "supported", [[8]]), "the supporting sentence 8 is empty or not in the evidence"),
        (row("c1", "not_supported", [[-1]]), "the supporting sentence -1 is empty or not"),
        (row("c1", "supported", [[1]]), "the supporting sentence 1 is empty"),
        ({**row("c1", "not_supported", []), "evidence": [""]}, "no sentence to judge the claim against"),
        ({"claim": "Rain fell."}, "there is no 'label'"),
    ],
)
def test_a_wrong_claim_is_named_by_its_line(tmp_path: Path, wrong: dict[str, Any], message: str) -> None:
    data = wice_folder(tmp_path, row("c0", "supported", [[0]]), wrong)
    with pytest.raises(InputError, match=rf"dev\.jsonl, line 2: not as WiCE has it: .*{message}"):
        run(data, None, silent)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    data = wice_folder(tmp_path)
    (data / "data/entailment_retrieval/claim/dev.jsonl").write_text("\n{oops\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"dev\.jsonl, line 2: not as WiCE has it") as caught:
        run(data, None, silent)
    assert "\n" not in str(caught.value)


def test_another_folder_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not WiCE: there is no data/entailment_retrieval"):
        run(tmp_path, None, silent)


def test_the_command_on_real_claims(newscite: Callable[..., tuple[int, str, str]]) -> None:
    data = shared_folder("data/wice")
    status, printed, _ = newscite("eval", "wice", "--data", data, "--json")
    report = json.loads(printed)
    assert (status, report["claims"]) == (0, 349)
    counts = {name: figure["n"] for name, figure in report["metrics"].items()}
    assert counts == {
        "balanced_accuracy": 349,
        "recall_supported": 115,
        "recall_not_fully_supported": 234,
        "passed_with_some_set": 115,
    }
    status, shown, _ = newscite("eval", "wice", "--data", data)
    assert status == 0
    assert "115 supported, 191 partially supported, 43 not supported" in shown
