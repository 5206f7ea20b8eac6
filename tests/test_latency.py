"""The latency benchmark, over a few passages: what it counts, not how fast this machine is."""

from rich.console import Console

from evals.figures import p95
from evals.latency import LatencyReport, run


def test_it_asks_over_at_least_so_many_passages() -> None:
    told: list[str] = []

    report = run(60, lambda stage, *_: told.append(stage))

    assert 60 <= report.passages < 200
    plain = report.to_dict()
    assert plain["questions"] == len(report.seconds["total"]) == report.passages // 10
    assert list(plain["stages"]) == ["retrieve", "rerank", "answer", "total"]
    assert all(0 < figures["p50"] <= figures["p95"] for figures in plain["stages"].values())
    assert plain["stages"]["total"]["p50"] >= plain["stages"]["rerank"]["p50"]
    assert {"indexing", "asking"} == set(told)


def test_percentiles_by_hand() -> None:
    assert round(p95([n / 20 for n in range(21)]), 9) == 0.95
    assert p95([0.5]) == 0.5


def test_the_table_is_in_milliseconds() -> None:
    console = Console(width=100, record=True)

    console.print(LatencyReport(20_000, 1_200, {"total": (0.1, 0.2, 0.3)}))

    assert "200 ms" in console.export_text()
