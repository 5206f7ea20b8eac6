import gzip
import io
import json
import struct
import time
import zipfile
from pathlib import Path

import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.schema import Article
from index.sources import Link, Skipped, read_bytes, read_paths
from index.store import Store

BODY = "The council voted on Monday to close the old bridge after engineers found cracks in two pillars."
PAGE = "<html lang='en'><head><title>Bridge closes</title></head><body><article>" + f"<p>{BODY}</p>" * 9


def packed(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(
    data: bytes, source: str = "/a.zip", max_bytes: int = 100 * 1024**2
) -> list[Article | Link | Skipped]:
    return list(read_bytes(data, source, max_bytes=max_bytes))


def outcomes(found: list[Article | Link | Skipped]) -> dict[str, str]:
    return {
        item.source.partition("#")[2]: item.text
        if isinstance(item, Article)
        else str(getattr(item, "reason", ""))
        for item in found
        if not isinstance(item, Link)
    }


@pytest.mark.parametrize(
    "compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_members_of_every_format_are_read_in_their_order(compression: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    parquet = io.BytesIO()
    pq.write_table(pa.table({"text": [BODY, "Rain fell."]}), parquet)
    members: dict[str, str | bytes] = {
        "z/first.txt": BODY,
        "a/page.html": PAGE,
        "a/rows.jsonl": f"{json.dumps({'text': BODY})}\n{{broken\n",
        "a/rows.csv": f"text\n{BODY}\n",
        "a/rows.parquet": parquet.getvalue(),
        "a/packed.txt.gz": gzip.compress(BODY.encode()),
        "feed.xml": "<rss><channel><item><title>Rain</title>"
        "<description>Rain fell.</description></item></channel></rss>",
        "a/b/": "",
        "a/.hidden.txt": BODY,
        ".git/x.txt": BODY,
        "__MACOSX/a/page.html": b"\0\5\x16\7",
    }
    found = read(packed(members, compression))
    assert [item.source for item in found if isinstance(item, Article | Skipped)] == [
        "/a.zip#z/first.txt",
        "/a.zip#a/page.html",
        "/a.zip#a/rows.jsonl#1",
        "/a.zip#a/rows.jsonl#2",
        "/a.zip#a/rows.csv#1",
        "/a.zip#a/rows.parquet#1",
        "/a.zip#a/rows.parquet#2",
        "/a.zip#a/packed.txt.gz",
        "/a.zip#feed.xml#1",
    ]
    assert [type(item) for item in found].count(Article) == 8
    assert outcomes(found)["z/first.txt"] == BODY
    assert outcomes(found)["a/page.html"].startswith(BODY)
    page = found[1]
    assert isinstance(page, Article)
    assert (page.title, page.language) == ("Bridge closes", "en")


def test_members_that_cant_be_read_are_a_line_each() -> None:
    data = packed(
        {
            "a.zip": packed({"b.txt": BODY}),
            "b.jpg": b"\xff\xd8\xff",
            "c.txt": b"",
            "d.txt": BODY,
            "e.pdf": "x",
        }
    )
    found = outcomes(read(data))
    assert found.pop("d.txt") == BODY
    words = {"a.zip": "archive inside an archive", "b.jpg": "(.jpg)", "c.txt": "empty", "e.pdf": "(.pdf)"}
    assert found.keys() == words.keys()
    assert all(words[name] in reason for name, reason in found.items())


def test_encrypted_and_damaged_members_are_a_line_each() -> None:
    data = bytearray(packed({"a.txt": BODY, "b.txt": BODY * 9, "c.txt": BODY}, zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the first entry of the list of members
    data[data.index(BODY.encode() * 9) + 50] ^= 1
    found = outcomes(read(bytes(data)))
    assert found == {
        "a.txt": "is encrypted; unpack it with its password first",
        "b.txt": "is damaged; pack or fetch the archive again",
        "c.txt": BODY,
    }


def test_a_way_of_packing_that_is_not_known_is_a_line() -> None:
    data = bytearray(packed({"a.txt": BODY, "b.txt": BODY}, zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 10] = 99
    found = outcomes(read(bytes(data)))
    assert "can't be read" in found["a.txt"]
    assert found["b.txt"] == BODY


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp1256"])
def test_names_in_any_encoding(encoding: str) -> None:
    names = ["أخبار/قال الرئيس اليوم.txt", "أخبار/الانتخابات لن تجرى.txt"]
    if encoding == "cp1252":
        names = ["niños/año nuevo.txt", "mañana, el puente está cerrado.txt"]
    written = {
        f"{number}{'_' * (len(name.encode(encoding)) - 5)}.txt": name for number, name in enumerate(names)
    }
    data = packed(dict.fromkeys(written, BODY))  # in ASCII, so without the flag that says UTF-8
    for plain, name in written.items():
        data = data.replace(plain.encode(), name.encode(encoding))
    assert [item.source for item in read(data) if isinstance(item, Article)] == [
        f"/a.zip#{name}" for name in names
    ]


def test_odd_names_stay_one_line() -> None:
    found = read(packed({"a\nb.txt": BODY, "../../etc/up.txt": BODY, "c#d.txt": BODY, "/abs.txt": BODY}))
    assert [item.source for item in found if isinstance(item, Article)] == [
        "/a.zip#a\ufffdb.txt",
        "/a.zip#../../etc/up.txt",
        "/a.zip#c#d.txt",
        "/a.zip#/abs.txt",
    ]


# Limits


def test_a_large_document_is_not_unpacked_and_rows_are_limited_by_themselves() -> None:
    rows = "".join(json.dumps({"text": f"{BODY} {number}"}) + "\n" for number in range(500))
    found = read(packed({"large.txt": "a" * 50_000, "rows.jsonl": rows}), max_bytes=10_000)
    assert "larger than the limit of 10000 bytes" in outcomes(found)["large.txt"]
    assert len(found) == 501


def test_an_archive_that_unpacks_without_end_is_stopped() -> None:
    bomb = packed({f"{number:04}.jsonl": "\n" * 90_000 for number in range(40)})
    started = time.monotonic()
    found = read(bomb, max_bytes=10_000)
    assert time.monotonic() - started < 10
    *_, line = found
    assert isinstance(line, Skipped)
    assert "unpacks to over" in line.reason
    assert len(found) == 10_000 * 100 // 90_000 + 1


def test_a_member_that_claims_to_be_small_gives_no_more_than_it_claims() -> None:
    data = packed({"a.txt": "a" * 5_000_000})
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        position = data.index(mark) + offset
        data = data[:position] + struct.pack("<I", 100) + data[position + 4 :]
    (line,) = read(data, max_bytes=1000)
    assert isinstance(line, Skipped)
    assert "damaged" in line.reason


def test_members_that_share_their_bytes_are_no_way_around_the_limit() -> None:
    data = packed({"a.jsonl": "\n" * 90_000})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    many = 1000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, len(entry) * many, start, 0)
    found = read(data[:start] + entry * many + tail, max_bytes=10_000)
    assert len(found) == 100 * 10_000 // 90_000 + 1
    assert isinstance(found[-1], Skipped)


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.9])
def test_a_damaged_archive_is_a_line(cut: float) -> None:
    data = packed({"a.txt": BODY, "b.txt": BODY})
    for broken in (data[: int(len(data) * cut)] or b"no archive", data[: int(len(data) * cut)] + b"\0" * 99):
        (line,) = read(broken)
        assert isinstance(line, Skipped)
        assert "damaged, or no ZIP archive" in line.reason


def test_an_archive_without_articles_is_one_line() -> None:
    nothing: list[dict[str, str | bytes]] = [{}, {"a.jpg": b"x", "b.png": b"x"}, {".a.txt": BODY}]
    for members in nothing:
        (line,) = read(packed(members))
        assert isinstance(line, Skipped)
        assert line.source == "/a.zip"
        assert line.reason.startswith("holds no article; what can be read is")


def test_archives_in_folders_are_read_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"in/side.txt": BODY}))
    (tmp_path / "b.txt").write_text(BODY)
    (tmp_path / "c.zip.gz").write_bytes(gzip.compress(packed({"in/side.txt": BODY})))
    assert [item.source for item in read_paths([tmp_path])] == [
        f"{tmp_path}/a.zip#in/side.txt",
        f"{tmp_path}/b.txt",
        f"{tmp_path}/c.zip.gz#in/side.txt",
    ]


def test_prune_keeps_what_a_damaged_archive_held_and_removes_what_left_it(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"text": f"{what} fell on the town."}) for what in ("Rain", "Snow", "Hail"))
    whole, news = (
        packed({"a.jsonl": rows, "b.txt": BODY, "c.txt": "Wind."}, zipfile.ZIP_STORED),
        tmp_path / "news",
    )
    news.mkdir()
    for name in ("damaged.zip", "smaller.zip"):
        (news / name).write_bytes(whole)
    with Store(tmp_path / "store", HashEmbedder(), create=True) as store:
        assert index_articles(store, read_paths([news])).added == 10
        (news / "damaged.zip").write_bytes(whole.replace(b"Hail fell", b"Hail fall"))
        (news / "smaller.zip").write_bytes(packed({"a.jsonl": rows[: rows.rindex("\n")], "c.txt": "Wind."}))
        report = index_articles(store, read_paths([news]), prune_under=[news])
        assert report.removed == 2
        held = {source.removeprefix(f"{news}/") for _, _, source in store.catalog.sources()}
    members = {"a.jsonl#1", "a.jsonl#2", "a.jsonl#3", "b.txt", "c.txt"}
    assert held == {f"damaged.zip#{member}" for member in members} | {
        f"smaller.zip#{member}" for member in members - {"a.jsonl#3", "b.txt"}
    }
