import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import shared_folder

from evals.near_duplicates import NearDuplicateReport, StoryPairs, precision, recall, run
from evals.schema import silent
from index.errors import InputError

STORY = (
    "The harbour of Dunmore will close for eleven days in May while divers lift the wreck of a ferry. It "
    "sank at its berth during a storm in January, and fishermen complain that it blocks the inner basin."
)
OTHER = (
    "Teachers in Highmere voted on Thursday against a strike over the later start of the school day. Their "
    "union had wanted lessons to begin at half past eight again and said the buses did not fit the new hours."
)


def corpus(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_pairs_are_judged_by_the_names_of_files(tmp_path: Path) -> None:
    data = corpus(
        tmp_path,
        {
            "Adv-Txt/Harbour-adv.txt": STORY,
            "Int-Txt/Harbour-int.txt": f"Intermediate\n{STORY}",
            "Ele-Txt/Harbour-ele.txt": OTHER,  # misfiled
            "Adv-Txt/WNL Teachers-adv.txt": OTHER,
            "Int-Txt/WNL Teachers-int.txt": OTHER.replace("new hours", "hours"),
            "Ele-Txt/WNL Teachers-ele.txt": OTHER.replace("Teachers in", "In"),
        },
    )
    report = run(data, None, silent)
    assert (report.articles, report.unread) == (6, ())
    assert report.stories == (
        StoryPairs("harbour", found=1, missed=2, wrong=1.5),
        StoryPairs("wnl teachers", found=3, missed=0, wrong=1.5),
    )
    assert report.merged["story"] == ()
    assert set(report.merged["reprint"]) == {
        ("Adv-Txt/WNL Teachers-adv.txt", "Ele-Txt/Harbour-ele.txt"),
        ("Ele-Txt/Harbour-ele.txt", "Int-Txt/WNL Teachers-int.txt"),
        ("Ele-Txt/Harbour-ele.txt", "Ele-Txt/WNL Teachers-ele.txt"),
    }
    figures = report.to_dict()["metrics"]
    assert (figures["precision"]["value"], figures["precision"]["n"]) == (round(4 / 7, 4), 7)
    assert (figures["recall"]["value"], figures["recall"]["n"]) == (round(4 / 6, 4), 6)
    assert figures["recall"]["low"] == round(1 / 3, 4)


def test_the_measures() -> None:
    stories = [StoryPairs("a", 3, 0, 0.5), StoryPairs("b", 1, 2, 0.5)]
    assert precision(stories) == 4 / 5
    assert recall(stories) == 4 / 6
    assert precision([StoryPairs("a", 0, 3, 0.0)]) is None
    assert recall([]) is None


@pytest.mark.parametrize("made", [{}, {"Adv-Txt/a-adv.txt": STORY}, {"notes.txt": "x"}])
def test_another_folder_is_an_error_in_one_line(tmp_path: Path, made: dict[str, str]) -> None:
    with pytest.raises(InputError, match="is not OneStopEnglish"):
        run(corpus(tmp_path, made), None, silent)


def test_at_most_ten_pairs_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    pairs: Sequence[tuple[str, str]] = [(f"Adv-Txt/{number}", f"Ele-Txt/{number}") for number in range(12)]
    merged = {"reprint": tuple(pairs), "story": ()}
    story = StoryPairs("a", 3, 0, 6.0)
    Console(width=120).print(NearDuplicateReport((story,), 3, (), (), merged, 1.0, 1.0, 1.0))
    printed = capsys.readouterr().out
    assert "Adv-Txt/9  |" in printed
    assert "Adv-Txt/10  |" not in printed
    assert "2 more" in printed


@pytest.mark.slow
def test_the_command_on_real_stories(newscite: Callable[..., tuple[int, str, str]]) -> None:
    data = shared_folder("data/onestop_english")
    status, printed, _ = newscite("eval", "near_duplicates", "--data", data, "--limit", 10, "--json")
    report = json.loads(printed)
    assert (status, report["articles"], report["stories"]) == (0, 30, 10)
    assert report["metrics"]["precision"]["value"] >= 0.98
    assert report["metrics"]["recall"]["value"] >= 0.95
    assert report["different_stories_merged"]["story"] == 0
    assert report["milliseconds_per_article"]["linking"] > 0
