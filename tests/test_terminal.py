import sys
from pathlib import Path

import pytest

from index.build import Report
from index.catalog import Stats
from index.schema import Article, Hit, Mask, Passage
from index.sources import Skipped
from rag.schema import Answer, Citation, Sentence
from ui.terminal import (
    flowing,
    plain,
    print_answer,
    print_article,
    print_articles,
    print_hits,
    print_report,
    print_skipped,
    print_stats,
)

Captured = pytest.CaptureFixture[str]

TEXT = "By Ann Orr\n\nThe bridge\nat Ostrel opens in May. “It held,” said the mayor. Nobody fell."
ARTICLE = Article(
    key="bridge.txt",
    source="/news/bridge.txt",
    text=TEXT,
    title="Bridge [bold]opens[/bold]",
    outlet="Ostrel Post",
    published="2031-05-02",
    masks=(Mask(0, 10, "byline"),),
)
BARE = Article(key="b.txt", source="/news/b.txt", text="Nothing is known of it.")


def citation(start: int, end: int, marker: int) -> Citation:
    return Citation(ARTICLE, start, end, marker, "passage")


def no_line_ends_in_space(printed: str) -> bool:
    return all(line == line.rstrip() for line in printed.splitlines())


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_control_characters_never_reach_the_terminal() -> None:
    assert plain("a\x1b[31mred\x07\x00\x9b2J\x7f") == "a[31mred2J"
    assert plain("one\r\ntwo\rthree\tfour\n") == "one\ntwo\nthree\tfour\n"
    assert plain("half \ud800 a pair") == "half \N{REPLACEMENT CHARACTER} a pair"
    assert plain("سفينة 🦟 caf\u0065\u0301 a\u00a0b") == "سفينة 🦟 caf\u0065\u0301 a\u00a0b"


def test_flowing_text_is_one_line_and_keeps_its_no_break_spaces() -> None:
    assert (
        flowing(" The bridge \r\n\r\n  at Ostrel\n\u00a0opens 5\u00a0May.\n")
        == "The bridge at Ostrel opens 5\u00a0May."
    )


def test_an_answer_is_prose_then_its_sources(capsys: Captured) -> None:
    start = TEXT.index("The bridge")
    held = TEXT.index("“It held")
    answer = Answer(
        question="When does the bridge open?",
        status="partial",
        reason="Only one article says so.",
        sentences=(
            Sentence("Ostrel Post reported: “The bridge\nat Ostrel opens in May.”", (1,)),
            Sentence("It also wrote: ““It held,” said the mayor.”", (2,)),
        ),
        citations=(citation(start, start + 34, 1), citation(held, held + 26, 2)),
    )
    print_answer(answer)
    assert capsys.readouterr().out == (
        "When does the bridge open?\n"
        "\n"
        "Ostrel Post reported: “The bridge at Ostrel opens in May.” [1] It also wrote:\n"
        "““It held,” said the mayor.” [2]\n"
        "Only one article says so.\n"
        "2 quotations from 1 outlet · 2 May 2031\n"
        "\n"
        "[1] Ostrel Post · 2 May 2031 · Bridge [bold]opens[/bold]\n"
        "    “The bridge at Ostrel opens in May.”\n"
        "    May = May 2031\n"
        "    /news/bridge.txt\n"
        f"    article {ARTICLE.id}, characters 12–46\n"
        "\n"
        "[2] Ostrel Post · 2 May 2031 · Bridge [bold]opens[/bold]\n"
        "    “It held,” said the mayor.\n"
        "    /news/bridge.txt\n"
        f"    article {ARTICLE.id}, characters 47–73\n"
        "\n"
    )


def test_a_source_says_whose_report_it_is_and_what_its_dates_mean(capsys: Captured) -> None:
    told = Article(
        key="b",
        source="/news/b.txt",
        text="صوت المجلس يوم الخميس على إغلاق الجسر.",
        outlet="Khaberni",
        origin="Reuters",
        published="2031-01-18",
        corrected="2031-01-19T09:30:00+00:00",
        language="ar",
    )
    cited = Citation(told, 0, len(told.text), 1, "passage")
    print_answer(Answer("متى؟", status="answered", sentences=(Sentence("…", (1,)),), citations=(cited,)))
    printed = capsys.readouterr().out

    assert "[1] Khaberni, citing Reuters · 18 January 2031 · corrected on 19 January 2031 ·" in printed
    assert "\N{FIRST STRONG ISOLATE}يوم الخميس\N{POP DIRECTIONAL ISOLATE} = 16 January 2031\n" in printed


def test_an_abstention_is_its_reason_alone(capsys: Captured) -> None:
    print_answer(Answer(question="Who fell?", status="abstained", reason="No article says so."))
    assert capsys.readouterr().out == "Who fell?\n\nNo article says so.\n\n"


def test_long_lines_are_wrapped_between_words_and_indented(capsys: Captured) -> None:
    article = Article(key="long", source="/a/very/long/path/" * 8 + "long.txt", text="word " * 99 + "end.")
    whole = Citation(article, 0, len(article.text), 1, "passage")
    print_answer(
        Answer(
            question="word? " * 40,
            status="answered",
            sentences=(Sentence("word " * 99 + "end.", (1,)),),
            citations=(whole,),
        )
    )
    printed = capsys.readouterr().out
    assert no_line_ends_in_space(printed)
    assert all(len(line) <= 80 for line in printed.splitlines() if article.source not in line)
    assert f"    {article.source}\n" in printed, "a path must stay whole, to be copied"


def test_wide_terminals_are_not_filled(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    print_answer(Answer(question="word " * 99, status="abstained", reason="word " * 99))
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_hits_stand_in_order_with_their_passages(capsys: Captured) -> None:
    print_hits("The bridge?", [Hit(1, 0.876, Passage(ARTICLE, 12, 46)), Hit(2, 0.5, Passage(BARE, 0, 23))])
    assert capsys.readouterr().out == (
        "The bridge?\n"
        "\n"
        "1. Ostrel Post · 2 May 2031 · Bridge [bold]opens[/bold]\n"
        "    The bridge\n"
        "    at Ostrel opens in May.\n"
        f"    article {ARTICLE.id}, score 0.88\n"
        "\n"
        "2. b.txt\n"
        "    Nothing is known of it.\n"
        f"    article {BARE.id}, score 0.50\n"
        "\n"
    )


def test_no_hit_says_so(capsys: Captured) -> None:
    print_hits("The bridge?", [])
    assert capsys.readouterr().out == "The bridge?\n\nNo passage found.\n\n"


def test_an_article_shows_what_is_masked_and_why(capsys: Captured) -> None:
    print_article(ARTICLE)
    printed = capsys.readouterr().out
    assert "title      Bridge [bold]opens[/bold]\n" in printed
    assert "author\n" in printed
    assert "\nBy Ann Orr ⟨byline⟩\n\nThe bridge\nat Ostrel opens in May." in printed
    assert no_line_ends_in_space(printed)


def test_a_list_is_a_line_an_article_whole_when_piped(capsys: Captured) -> None:
    long = Article(key="c", source="c", text="x", title="word " * 60, outlet="مرصد")
    print_articles([ARTICLE, BARE, long])
    first, second, third = capsys.readouterr().out.splitlines()
    assert first == f"{ARTICLE.id}  2031-05-02  Ostrel Post  Bridge [bold]opens[/bold]"
    assert second == f"{BARE.id}                           b.txt"
    assert third.endswith("word word")
    assert len(third) > 300


def test_a_list_in_a_terminal_is_cut_to_its_width(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    print_articles([Article(key="c", source="c", text="x", title="word " * 60)])
    (line,) = capsys.readouterr().out.splitlines()
    assert len(line) == 80
    assert line.endswith("…")


def test_an_empty_store_says_what_to_do(capsys: Captured) -> None:
    print_articles([])
    assert capsys.readouterr().out == "The store is empty: index articles with newscite index PATH\n"


def test_stats_are_a_line_a_fact(capsys: Captured) -> None:
    print_stats(
        Stats(1200, 9, {"Ostrel Post": 1100, "Ledger": 1}, {}, "2031-01-01", "2031-05-02"), "/store", "mini"
    )
    assert capsys.readouterr().out == (
        "store      /store\n"
        "articles   1,200\n"
        "passages   9\n"
        "outlets    Ostrel Post (1,100), Ledger (1)\n"
        "languages\n"
        "published  2031-01-01 to 2031-05-02\n"
        "embedder   mini\n"
    )


def report(articles: int, passages: int, skipped: tuple[Skipped, ...] = ()) -> Report:
    return Report(articles, 0, 0, 0, skipped, articles, passages, 1.25)


def test_the_report_for_people_goes_to_stderr(capsys: Captured) -> None:
    print_report(report(1, 2, (Skipped("a.jpg", "type not supported"),)), Path("/store"))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "skipped a.jpg: type not supported\n"
        "1 added, 0 updated, 0 unchanged, 0 removed in 1.2 s. /store holds 1 article in 2 passages.\n"
    )


def test_a_report_of_nothing_says_so(capsys: Captured) -> None:
    print_report(report(0, 0), Path("/store"))
    assert capsys.readouterr().err == "No article was indexed, and the store is empty.\n"


def test_a_thousand_skipped_files_are_counted_not_listed(capsys: Captured) -> None:
    print_skipped([Skipped(f"{number}.txt", "is\nempty") for number in range(1020)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[0] == "skipped 0.txt: is empty"
    assert lines[-1] == "… and 1,000 more; the report with --json names them all"
