import csv
import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from index.schema import Article
from index.sources import Link, Skipped, read_bytes, read_paths

BODY = "The council voted on Monday to close the old bridge, after engineers found cracks in two pillars."
ROWS: list[dict[str, Any]] = [
    {
        "Headline": "Bridge closes",
        "Text": f'{BODY}\r\n\r\nThe mayor said: "A new one, soon."',
        "URL": "https://herald.example/1",
        "Date": "2031-01-20T20:37:00+01:00",
        "Source": "Aldmere Herald",
        "Author": "Jane Doe",
        "lang": "en",
        "views": "12",
    },
    {"Headline": "Señal única; otra", "Text": "Llovió en Ébora | mucho.\nNadie\tvino.", "lang": "es"},
]


def as_csv(delimiter: str = ",", encoding: str = "utf-8", rows: list[dict[str, Any]] = ROWS) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def as_parquet(rows: list[dict[str, Any]], **options: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file, **options)
    return file.getvalue()


def read(
    data: bytes, source: str = "/a.csv", max_bytes: int = 100 * 1024**2
) -> list[Article | Link | Skipped]:
    return list(read_bytes(data, source, max_bytes=max_bytes))


def texts(found: list[Article | Link | Skipped]) -> list[str]:
    assert all(isinstance(item, Article) for item in found), found
    return [item.text for item in found if isinstance(item, Article)]


def outcomes(found: list[Article | Link | Skipped]) -> list[tuple[str, str]]:
    return [
        (
            item.source.partition("#")[2],
            item.text if isinstance(item, Article) else str(getattr(item, "reason", "")),
        )
        for item in found
    ]


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_of_any_delimiter_and_encoding_is_read(delimiter: str, encoding: str) -> None:
    first, second = read(as_csv(delimiter, encoding))
    assert first == Article(
        key="https://herald.example/1",
        source="/a.csv#1",
        text=ROWS[0]["Text"],
        title="Bridge closes",
        outlet="Aldmere Herald",
        author="Jane Doe",
        published="2031-01-20T20:37:00+01:00",
        language="en",
        url="https://herald.example/1",
    )
    assert isinstance(second, Article)
    assert (second.source, second.title, second.text) == ("/a.csv#2", "Señal única; otra", ROWS[1]["Text"])


def test_line_ends_blank_lines_and_hints_of_excel_do_no_harm() -> None:
    for end in ("\n", "\r\n", "\r"):
        table = end.join(["sep=;", "title;text", "", "One;Rain fell.", ";", "Two;Snow fell."])
        assert outcomes(read(table.encode())) == [("1", "Rain fell."), ("2", "Snow fell.")]


def test_a_table_without_texts_names_its_columns() -> None:
    (line,) = read(b"id;headline;views\n1;Rain;7\n")
    assert line == Skipped(
        "/a.csv", "has no column named text, body, content or articleBody, but id, headline, views"
    )


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"title,text\n", "without rows"), (b" \n\n", "no text"), (b"", "empty"), (b"\0\1\2", "binary")],
)
def test_what_is_no_table_says_so(data: bytes, word: str) -> None:
    (line,) = read(data)
    assert isinstance(line, Skipped)
    assert (line.source, word in line.reason) == ("/a.csv", True)


def test_rows_that_cant_be_read_are_named_and_the_rest_is_read() -> None:
    table = "title,text\nOne,Rain fell.\nTwo\nThree,Rain, and snow, fell.\nFour,Hail fell.,,\nFive,Sun.\n"
    assert outcomes(read(table.encode())) == [
        ("1", "Rain fell."),
        ("2", "has no text: give it in a field named text, body, content or articleBody"),
        ("3", "has 4 cells for 2 columns; put its text in quotes"),
        ("4", "Hail fell."),
        ("5", "Sun."),
    ]


def test_a_quotation_mark_left_open_costs_its_row_only() -> None:
    table = 'title,text\nOne,Rain fell.\nTwo,"Snow fell.\nThree,Hail fell.\nFour,Sun.'
    assert outcomes(read(table.encode())) == [
        ("1", "Rain fell."),
        ("2", "opens a quotation mark that is not closed"),
        ("3", "Hail fell."),
        ("4", "Sun."),
    ]
    large = table + "\nFive,Wind." * 100
    found = outcomes(read(large.encode(), max_bytes=500))
    assert [number for number, text in found if "larger than the limit" in text] == ["2"]
    assert len(found) == 104


def test_an_endless_row_and_an_endless_line_are_lines() -> None:
    table = "title,text\nOne,Rain fell.\nTwo," + "x" * 5000 + "\nThree,Hail fell.\n"
    assert [text for _, text in outcomes(read(table.encode(), max_bytes=1000))] == [
        "Rain fell.",
        "is larger than the limit of 1000 bytes; split it, or raise NEWSCITE_MAX_FILE_MB",
        "Hail fell.",
    ]


def test_a_field_may_be_long() -> None:
    long = "Rain fell on the town. " * 20_000
    assert texts(read(as_csv(rows=[{"Text": long}]))) == [long]


def test_packed_tables_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(as_csv()))
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(as_parquet([{"text": BODY}])))
    (tmp_path / "c.tsv").write_bytes(as_csv("\t"))
    found = list(read_paths([tmp_path]))
    assert [Path(item.source).name for item in found] == [
        "a.csv.gz#1",
        "a.csv.gz#2",
        "b.parquet.gz#1",
        "c.tsv#1",
        "c.tsv#2",
    ]
    assert all(isinstance(item, Article) for item in found)


# Parquet


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli"])
def test_a_parquet_file_is_read_with_its_types(compression: str) -> None:
    rows: list[dict[str, Any]] = [
        {
            "headline": "Bridge closes",
            "articleBody": BODY,
            "publisher": {"name": "Aldmere Herald"},
            "authors": ["Jane Doe", "John Roe"],
            "published": datetime(2031, 1, 20, 19, 37, tzinfo=UTC),
            "modified": date(2031, 1, 21),
            "url": "https://herald.example/1",
            "embedding": [0.5] * 8,
        },
        {"headline": None, "articleBody": None, "publisher": None, "authors": None},
    ]
    first, second = read(as_parquet(rows, compression=compression), "/a.parquet")
    assert isinstance(first, Article)
    assert (first.text, first.title, first.outlet, first.author) == (
        BODY,
        "Bridge closes",
        "Aldmere Herald",
        "Jane Doe, John Roe",
    )
    assert (first.published, first.modified) == ("2031-01-20T19:37:00+00:00", "2031-01-21")
    assert (first.source, first.key) == ("/a.parquet#1", "https://herald.example/1")
    assert isinstance(second, Skipped)
    assert second.source == "/a.parquet#2"


def test_rows_of_all_row_groups_are_numbered_on() -> None:
    rows = [{"text": f"Rain fell {number} times."} for number in range(1, 101)]
    found = read(as_parquet(rows, row_group_size=7), "/a.parquet")
    assert outcomes(found) == [(str(number), row["text"]) for number, row in enumerate(rows, 1)]


def test_a_parquet_row_over_the_limit_is_a_line() -> None:
    rows = [{"text": "Rain fell."}, {"text": "x" * 5000}, {"text": "Hail fell."}]
    found = read(as_parquet(rows), "/a.parquet", max_bytes=1000)
    assert [number for number, text in outcomes(found) if "larger than the limit" in text] == ["2"]
    assert len(found) == 3


def test_damaged_parquet_is_a_line() -> None:
    whole = as_parquet([{"text": f"Rain fell {number} times."} for number in range(1000)])
    for data in (whole[:-20], whole[: len(whole) // 2], b"PAR1" + b"\0" * 50, b"no parquet at all"):
        *_, line = read(data, "/a.parquet")
        assert isinstance(line, Skipped)
        assert "damaged" in line.reason
    (line,) = read(as_parquet([{"id": 1, "views": 7}]), "/a.parquet")
    assert isinstance(line, Skipped)
    assert line.reason.endswith("but id, views")
