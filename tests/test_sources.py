import gzip
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import IO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.schema import Article
from index.sources import SUFFIXES, Skipped, read_bytes, read_paths
from index.sources.files import file_of

SHARED = Path(__file__).parents[2] / "shared"
BODY = (
    "The council voted on Monday to close the old bridge after engineers found cracks in two pillars.\n\n"
    "The mayor said that a new one would be built within three years, at a cost that is not yet known."
)
PAGE = """<html lang="en-GB"><head><meta charset="utf-8"><title>Bridge closes | Aldmere Herald</title>
<meta property="og:site_name" content="Aldmere Herald">
<meta property="article:published_time" content="2026-01-17T20:37:00+01:00">
<link rel="canonical" href="https://herald.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Bridge closes</h1>{paragraphs}</article>
<footer>© 2026 Aldmere Herald</footer></body></html>"""


def page(paragraphs: int = 8) -> str:
    return PAGE.replace("{paragraphs}", "".join(f"<p>{BODY} Part {n}.</p>" for n in range(paragraphs)))


def articles(*paths: str | Path, max_bytes: int = 100 * 1024**2) -> list[Article]:
    found = list(read_paths(paths, max_bytes=max_bytes))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def skipped(*paths: str | Path, max_bytes: int = 100 * 1024**2) -> list[Skipped]:
    found = list(read_paths(paths, max_bytes=max_bytes))
    assert all(isinstance(item, Skipped) for item in found), found
    return [item for item in found if isinstance(item, Skipped)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Which files


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.md", "a/c.txt", ".hidden.txt", ".git/x.txt", "A.TXT", "d.text.gz"]:
        text = BODY.encode()
        write(tmp_path / name, gzip.compress(text) if name.endswith(".gz") else text)
    names = [Path(article.source).relative_to(tmp_path).as_posix() for article in articles(tmp_path)]
    assert names == ["A.TXT", "b.txt", "d.text.gz", "a/c.txt", "a/z.md"]


def test_globs_match_as_in_a_shell_and_a_literal_name_goes_first(tmp_path: Path) -> None:
    for name in ["a.txt", "b.txt", "c.md", "deep/er/d.txt", "odd[1].txt", ".e.txt"]:
        write(tmp_path / name, BODY)
    assert [Path(a.source).name for a in articles(f"{tmp_path}/?.txt")] == ["a.txt", "b.txt"]
    assert [Path(a.source).name for a in articles(f"{tmp_path}/**/d.txt")] == ["d.txt"]
    assert [Path(a.source).name for a in articles(tmp_path / "odd[1].txt")] == ["odd[1].txt"]
    assert "matches no file" in skipped(f"{tmp_path}/*.html")[0].reason


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BODY)
    (tmp_path / "link.txt").symlink_to(file)
    (tmp_path / "up").symlink_to(tmp_path)
    assert len(articles(tmp_path, file, f"{tmp_path}/*.txt", tmp_path / "up" / "a.txt")) == 1


def test_reading_is_lazy(tmp_path: Path) -> None:
    for name in ["a.txt", "b.txt", "c.txt"]:
        write(tmp_path / name, BODY)
    reading = read_paths([tmp_path])
    assert isinstance(next(reading), Article)
    (tmp_path / "b.txt").unlink()
    write(tmp_path / "c.txt", "Rain fell on the town on Monday.")
    lost, changed = reading
    assert isinstance(lost, Skipped)
    assert lost.reason == "does not exist; check the path"
    assert isinstance(changed, Article)
    assert changed.text == "Rain fell on the town on Monday."


def test_the_same_files_give_the_same_ids_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt", BODY)
    (absolute,) = articles(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    (relative,) = articles("a.txt")
    assert relative == absolute
    assert relative.key == relative.source == str(tmp_path / "a.txt")


# Text as it stands

ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from("\r\n\t\u00a0\ufeff\u200f\u202b\u0301🙂👩‍👩‍👧عربي\u2028"),
    )
)


@given(text=ANY_TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".txt.gz"])
def test_text_equals_what_the_reader_sees_in_the_file(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(text.encode()) if suffix.endswith("gz") else text.encode())
    for found in read_paths([path]):
        if isinstance(found, Article):
            with (gzip.open if suffix.endswith("gz") else open)(
                path, "rt", newline="", encoding="utf-8"
            ) as file:
                assert found.text == file.read()
        else:
            assert not text.strip("\ufeff \t\r\n\f\v") or found.reason


@given(data=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("suffix", [*SUFFIXES, ".txt.gz", ".json.gz"])
def test_no_bytes_make_it_fail(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = write(tmp_path / f"a{suffix}", data)
    for found in read_paths([path]):
        assert isinstance(found, Article | Skipped)
        if isinstance(found, Article):
            json.dumps(found.to_dict(), ensure_ascii=False).encode()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "@id", "rendered"]), inner)
    ),
    max_leaves=5,
)
FIELD_NAMES = st.sampled_from(
    ["text", "title", "date", "author", "outlet", "url", "lang", "id", "body", "source"]
)


@given(row=st.dictionaries(FIELD_NAMES, JSON_VALUES))
def test_no_row_makes_it_fail(row: dict[str, object]) -> None:
    (found,) = read_bytes(json.dumps([row]).encode(), "/a.json")
    if isinstance(found, Article):
        json.dumps(found.to_dict(), ensure_ascii=False).encode()
        assert found.published_at is None or found.published


# Markdown


def test_front_matter_is_read_and_masked() -> None:
    head = (
        "---\r\ntitle: 'Bridge closes'\r\nDate: 2026-01-17T20:37:00Z\r\n"
        "authors:\r\n  - Jane Doe\r\n  - John Roe\r\n"
        "publisher: {name: Aldmere Herald}\r\nlang: en-GB\r\ncanonical_url: https://herald.example/b\r\n---"
    )
    text = f"\ufeff{head}\r\n\r\n{BODY}"
    (article,) = read_bytes(text.encode(), "/a.md")
    assert isinstance(article, Article)
    assert article.text == text
    assert [(m.start, m.end, m.reason) for m in article.masks] == [(0, len(head) + 1, "front matter")]
    assert (article.title, article.author, article.outlet) == (
        "Bridge closes",
        "Jane Doe, John Roe",
        "Aldmere Herald",
    )
    assert (article.published, article.language) == ("2026-01-17T20:37:00+00:00", "en")
    assert article.key == article.url == "https://herald.example/b"


def test_two_rules_around_a_paragraph_are_no_front_matter() -> None:
    (article,) = read_bytes(f"---\n{BODY}\n---\n{BODY}".encode(), "/a.md")
    assert isinstance(article, Article)
    assert {mask.reason for mask in article.masks} == {"navigation"}


@pytest.mark.parametrize(
    "value", ["[" * 5000, "&a [*a]", "!!python/object:os.system {}", "\t- x", "2026-99-99"]
)
def test_odd_front_matter_does_no_harm(value: str) -> None:
    (article,) = read_bytes(f"---\ntitle: Bridge: closed\ndate: {value}\n---\n{BODY}".encode(), "/a.md")
    assert isinstance(article, Article)
    assert article.published == ""


def test_markdown_images_and_bare_links_are_masked() -> None:
    text = f"# Bridge closes\n\n![A bridge](b.jpg)\n\n{BODY}\n\n- [Another story](https://x.example/1)\n"
    (article,) = read_bytes(text.encode(), "/a.md")
    assert isinstance(article, Article)
    assert [mask.reason for mask in article.masks] == ["caption", "navigation"]


# JSON


@pytest.mark.parametrize("text_name", ["text", "body", "content", "articleBody"])
@pytest.mark.parametrize("outlet_name", ["outlet", "source", "publisher", "site", "domain"])
def test_rows_take_the_common_names(text_name: str, outlet_name: str) -> None:
    row: dict[str, object] = {
        text_name: BODY,
        "headline": "Bridge closes",
        "datePublished": 1768681020,
        outlet_name: {"name": "Aldmere Herald"},
        "byline": ["Jane Doe", {"name": "John Roe"}],
        "lang": "en-US",
        "link": "https://herald.example/b",
    }
    (article,) = read_bytes(json.dumps([row]).encode(), "/a.json")
    assert isinstance(article, Article)
    assert article == Article(
        key="https://herald.example/b",
        source="/a.json#1",
        text=BODY,
        title="Bridge closes",
        outlet="Aldmere Herald",
        author="Jane Doe, John Roe",
        published="2026-01-17T20:17:00+00:00",
        language="en",
        url="https://herald.example/b",
    )


def test_null_and_odd_values_are_left_empty() -> None:
    row: dict[str, object] = {
        "text": BODY,
        "title": None,
        "url": "javascript:alert(1)",
        "date": "soon",
        "author": [],
        "lang": "??",
    }
    (article,) = read_bytes(json.dumps(row).encode(), "/a.json")
    assert isinstance(article, Article)
    assert (article.title, article.url, article.published, article.author) == ("", "", "", "")
    assert (article.key, article.source, article.language) == ("/a.json", "/a.json", "en")


@pytest.mark.parametrize("holder", [None, "articles", "items", "data", "results"])
def test_lists_are_found_and_rows_are_numbered_from_one(holder: str | None) -> None:
    rows = [{"text": BODY, "id": "x7"}, {"text": BODY}]
    found = list(read_bytes(json.dumps({holder: rows} if holder else rows).encode(), "/a.json"))
    assert [(a.source, a.key) for a in found if isinstance(a, Article)] == [
        ("/a.json#1", "/a.json#x7"),
        ("/a.json#2", "/a.json#2"),
    ]


def test_one_broken_line_of_many_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    row = json.dumps({"text": BODY})
    file = write(tmp_path / "a.jsonl", f'\ufeff{row}\r\n\r\n{{"text": "x\r\n{row}\n[1]\n{{}}\n{row}')
    found = list(read_paths([file]))
    assert [item.source for item in found] == [f"{file}#{line}" for line in [1, 3, 4, 5, 6, 7]]
    broken, no_object, no_text = (item.reason for item in found if isinstance(item, Skipped))
    assert "broken JSON" in broken
    assert "no JSON object" in no_object
    assert "text, body, content" in no_text


def test_line_separators_inside_a_string_end_no_row() -> None:
    row = json.dumps({"text": f"{BODY}\u2028{BODY}\u0085"}, ensure_ascii=False)
    (article,) = read_bytes(row.encode(), "/a.jsonl")
    assert isinstance(article, Article)
    assert article.text == f"{BODY}\u2028{BODY}\u0085"


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    (article,) = read_bytes(rb'{"text": "Rain \ud800 fell \ud83d\ude00", "title": "\udfff"}', "/a.json")
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("Rain \ufffd fell 😀", "\ufffd")


def test_markup_in_a_row_becomes_text_and_a_mere_tag_stays() -> None:
    markup = "<p>Rain fell &amp; fell.</p><script>x()</script><p>Nobody came.<br>Nobody.</p>"
    rows = [{"text": markup}, {"text": "He typed <script>alert(1)</script> and <img onerror=x>."}]
    first, second = read_bytes(json.dumps(rows).encode(), "/a.json")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "Rain fell & fell.\n\nNobody came.\nNobody."
    assert second.text == rows[1]["text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp1256"])
def test_json_lines_in_any_encoding(encoding: str) -> None:
    line = "قال الرئيس إن الانتخابات لن تجرى" if encoding == "cp1256" else "Señal única: «llovió»"
    rows = "".join(json.dumps({"text": f"{line} {n}."}, ensure_ascii=False) + "\r\n" for n in range(3000))
    found = list(read_bytes(rows.encode(encoding), "/a.jsonl"))
    assert [item.text for item in found if isinstance(item, Article)] == [f"{line} {n}." for n in range(3000)]


def test_a_line_in_another_encoding_than_the_rest_is_read_too() -> None:
    ascii_lines = (json.dumps({"text": BODY}) + "\n") * 2000  # more than an encoding is told from
    odd = '{"text": "Señal única, llovió."}\n'.encode("cp1252")
    *before, found, after = read_bytes(ascii_lines.encode() + odd + ascii_lines[:100].encode(), "/a.jsonl")
    assert len(before) == 2000
    assert isinstance(found, Article)
    assert found.text == "Señal única, llovió."
    assert isinstance(after, Skipped)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_endless_line_is_one_line_and_the_rest_is_read(tmp_path: Path, end: str) -> None:
    row = json.dumps({"text": BODY})
    long = json.dumps({"text": "x" * 500_000})
    file = write(tmp_path / "a.jsonl", end.join([row, long, row, long]))
    found = list(read_paths([file], max_bytes=100_000))
    assert [item.source for item in found] == [f"{file}#{number}" for number in (1, 2, 3, 4)]
    assert ["larger than the limit" in getattr(item, "reason", "") for item in found] == [False, True] * 2


def test_a_packed_file_that_breaks_off_gives_the_rows_before(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{BODY} {os.urandom(3000).hex(' ', 4)}"}) for _ in range(100)]
    packed = gzip.compress("\n".join(rows).encode())
    file = write(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])
    *found, last = read_paths([file])
    assert 40 < len(found) < 60
    assert all(isinstance(item, Article) for item in found)
    assert last == Skipped(str(file), "is a damaged or incomplete .gz file; pack or fetch it again")


# HTML


def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.html", page()))
    assert BODY.split("\n", maxsplit=1)[0] in article.text
    assert "©" not in article.text
    assert (article.title, article.outlet) == ("Bridge closes", "Aldmere Herald")
    assert (article.published, article.language) == ("2026-01-17T20:37:00+01:00", "en")
    assert article.key == article.url == "https://herald.example/bridge"


def test_json_ld_goes_first_and_names_are_looked_up_by_id() -> None:
    graph = {
        "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "Dunmore Post"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge &amp; tunnel close",
                "publisher": {"@id": "#org"},
                "author": [{"name": "Jane Doe"}],
                "datePublished": "2026-01-18T01:02:03Z",
            },
        ]
    }
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    other = page().replace("Aldmere Herald", "Dunmore Post").replace("</head>", script + "</head>")
    (article,) = read_bytes(other.encode(), "/a.html")
    assert isinstance(article, Article)
    assert (article.title, article.outlet, article.author) == (
        "Bridge & tunnel close",
        "Dunmore Post",
        "Jane Doe",
    )
    assert article.published == "2026-01-18T01:02:03+00:00"


def test_a_page_that_names_no_outlet_has_none() -> None:
    bare = page().replace('<meta property="og:site_name" content="Aldmere Herald">', "")
    bare = bare.replace(" | Aldmere Herald", "")
    (article,) = read_bytes(bare.encode(), "/herald.html")
    assert isinstance(article, Article)
    assert article.outlet == ""


def test_a_page_in_its_declared_encoding_is_read() -> None:
    declared = page().replace("utf-8", "windows-1252").replace("council", "consejería")
    (article,) = read_bytes(declared.encode("cp1252"), "/a.html")
    assert isinstance(article, Article)
    assert "consejería" in article.text


@pytest.mark.parametrize(
    "markup",
    [
        "<",
        "<html></html>",
        "<div>" * 50_000,
        "<!DOCTYPE",
        "<?xml version='1.0' encoding='x'?>",
        "<script>x</script>",
    ],
)
def test_broken_pages_are_skipped(markup: str) -> None:
    (found,) = read_bytes(markup.encode(), "/a.html")
    assert isinstance(found, Skipped)


# What can't be read


def test_bad_input_is_one_clear_line_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "binary.txt", b"\x00\x01\x02" * 100)
    write(tmp_path / "blank.txt", " \r\n\ufeff\n")
    write(tmp_path / "empty.txt", b"")
    write(tmp_path / "nested.json", "[" * 100_000)
    write(tmp_path / "paper.pdf", b"%PDF-1.7")
    write(tmp_path / "paper.txt", b"%PDF-1.7")
    write(tmp_path / "short.txt.gz", gzip.compress(BODY.encode())[:-9])
    write(tmp_path / "unpacked.txt.gz", BODY)
    write(tmp_path / "z.txt", BODY)
    found = list(read_paths([tmp_path, tmp_path / "missing.txt"]))
    assert [Path(a.source).name for a in found if isinstance(a, Article)] == ["a.txt", "z.txt"]
    reasons = {Path(item.source).name: item.reason for item in found if isinstance(item, Skipped)}
    words = {
        "binary.txt": "binary",
        "blank.txt": "no text",
        "empty.txt": "empty",
        "nested.json": "nested too deeply",
        "paper.pdf": "not supported",
        "paper.txt": "PDF",
        "short.txt.gz": "damaged",
        "unpacked.txt.gz": "damaged",
        "missing.txt": "does not exist",
    }
    assert reasons.keys() == words.keys()
    assert all(words[name] in reason and "\n" not in reason for name, reason in reasons.items())


def test_a_folder_with_nothing_to_read_is_one_line(tmp_path: Path) -> None:
    write(tmp_path / "photos" / "a.jpg", b"x")
    write(tmp_path / "photos" / "b.jpg", b"x")
    (tmp_path / "bare").mkdir()
    for folder in ["photos", "bare"]:
        (line,) = skipped(tmp_path / folder)
        assert line.source == str(tmp_path / folder)
        assert ".jsonl" in line.reason


def test_the_size_limit_holds_for_a_file_and_for_what_a_packed_one_unpacks_to(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200 * 1024**2)  # sparse: it takes no room on disk
    write(tmp_path / "bomb.txt.gz", gzip.compress(b"a" * 20 * 1024**2))
    assert [line.reason for line in skipped(tmp_path / "large.txt")] == [
        "is larger than the limit of 100 MB; split it, or raise NEWSCITE_MAX_FILE_MB"
    ]
    assert "1 MB" in skipped(tmp_path / "bomb.txt.gz", max_bytes=1024**2)[0].reason
    assert articles(write(tmp_path / "fits.txt", BODY), max_bytes=len(BODY.encode()))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY).chmod(0)
    assert "permissions" in skipped(tmp_path / "a.txt")[0].reason


def test_pipes_loops_and_odd_names_do_no_harm(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "nothing.txt").symlink_to(tmp_path / "gone.txt")
    for path in ["pipe.txt", "loop.txt", "nothing.txt", "x" * 5000, "nul\0.txt"]:
        (line,) = skipped(str(tmp_path / path))
        assert line.reason
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    odd.write_text(BODY)
    (article,) = articles(odd)
    article.source.encode()


def test_importing_the_readers_imports_nothing_heavy() -> None:
    code = "import sys, index.sources; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = [
        "trafilatura",
        "lxml",
        "dateparser",
        "charset_normalizer",
        "py3langid",
        "numpy",
        "yaml",
        "pyarrow",
    ]
    result = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside this checkout (../shared)")
def test_the_seeds_hide_what_no_answer_may_cite() -> None:
    masked = [
        article.text[mask.start : mask.end].replace("\xa0", " ")
        for article in articles(SHARED / "seeds")
        for mask in article.masks
    ]
    for debris in [
        "*",
        "السبت: 17 يناير 2026",
        "مواضيع قد تعجبك",
        "Related videos:",
        "Filed under:",
        "CiberCuba Editorial Team",
        "WATCH — President Trump: Running Venezuela Is America First:",
    ]:
        assert debris in masked
    assert any("AP Photo" in line for line in masked)
    assert any("follow him on Twitter" in line for line in masked)
    assert len(masked) == 13


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside this checkout (../shared)")
def test_real_prose_stays_open() -> None:
    texts = articles(SHARED / "data" / "onestop_english" / "Adv-Txt")
    length = sum(len(article.text) for article in texts)
    hidden = sum(mask.end - mask.start for article in texts for mask in article.masks)
    assert hidden < length / 1000


def test_front_matter_with_aliases_does_not_grow_without_end(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    lines += ["title: Rain", "author: *a8"]
    write(tmp_path / "bomb.md", "---\n" + "\n".join(lines) + "\n---\nRain fell in the town on Monday.\n")

    (article,) = articles(tmp_path / "bomb.md")
    assert (article.title, len(article.author) < 100) == ("Rain", True)


# Large files, progress, and which file a source comes from


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet", "a.zip", "a.warc.gz"])
def test_a_large_file_is_never_held_whole(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    rows = 1_500 if "warc" in name else 3_000  # of 20 KB; a page takes longer than a row
    large_file(file, rows)
    code = """
import resource, sys
from index.sources import read_paths
from index import sources
sources._finished = lambda article, kind: article  # what masks and dates cost is measured elsewhere
for count, found in enumerate(read_paths([sys.argv[1]]), 1):
    if count == 20:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    result = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True
    )
    count, grown = map(int, result.stdout.split())
    assert count == rows
    assert grown < 20 * 1024  # KB, of 30 or 60 MB


def large_file(file: Path, rows: int) -> None:
    text = (f"{BODY} " * 110)[:20_000]
    if file.name.endswith(".parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        texts = [f"{number} {text}" for number in range(rows)]
        pq.write_table(pa.table({"text": texts}), file, use_dictionary=False, row_group_size=rows)
        return
    line = json.dumps({"text": text}) if "json" in file.name or "zip" in file.name else f'"{text}"'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) if file.suffix == ".zip" else opened(file) as out:
        lines = out.open("rows.jsonl", "w", force_zip64=True) if isinstance(out, zipfile.ZipFile) else out
        with lines:
            if file.name.endswith(".csv"):
                lines.write(b"text\n")
            for _ in range(rows):
                lines.write(warc_record(text) if "warc" in file.name else line.encode() + b"\n")


def opened(file: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(file, "wb", 1)) if file.suffix == ".gz" else file.open("wb")


def warc_record(text: str) -> bytes:
    content = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{text}</p>".encode()
    header = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(content)}\r\n\r\n"
    return header.encode() + content + b"\r\n\r\n"


def test_how_much_has_been_read_is_told(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{BODY} {os.urandom(300).hex(' ', 4)}"}) + "\n" for _ in range(400))
    write(tmp_path / "a.jsonl", rows)
    write(tmp_path / "b.jsonl.gz", gzip.compress(rows.encode()))
    write(tmp_path / "c.txt", BODY)
    write(tmp_path / "d.html", "")
    write(tmp_path / "e.jpg", "x" * 1000)
    told: list[tuple[int, int]] = []
    first_article: list[int] = []
    for found in read_paths([tmp_path, tmp_path / "none"], on_read=lambda *sizes: told.append(sizes)):
        if isinstance(found, Article):
            first_article.append(len(told))
    total = sum((tmp_path / name).stat().st_size for name in ["a.jsonl", "b.jsonl.gz", "c.txt", "d.html"])
    assert told[0] == (0, total)
    assert told[-1] == (total, total)
    assert first_article[0] >= 1
    assert {whole for _, whole in told} == {total}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({done for done, _ in told}) > total / (128 * 1024)


def test_many_files_are_found_quickly(tmp_path: Path) -> None:
    for number in range(5_000):
        (tmp_path / f"{number:05}.txt").write_bytes(b"")
    started = time.monotonic()
    told: list[int] = []
    next(iter(read_paths([tmp_path], on_read=lambda _, total: told.append(total))))
    assert told[0] == 0
    assert time.monotonic() - started < 2


def test_the_file_that_a_source_comes_from(tmp_path: Path) -> None:
    for name in ["a.zip", "rows.jsonl", "x#y.txt", "b#1.csv", "dir#1/c.jsonl"]:
        write(tmp_path / name, BODY)
    there = {
        "a.zip": "a.zip",
        "a.zip#b/c.jsonl#3": "a.zip",
        "a.zip#odd#name.html": "a.zip",
        "rows.jsonl#3": "rows.jsonl",
        "x#y.txt": "x#y.txt",
        "b#1.csv#7": "b#1.csv",
        "dir#1/c.jsonl#3": "dir#1/c.jsonl",
    }
    gone = {
        "gone.zip#b/c.jsonl#3": "gone.zip",
        "gone.jsonl.gz#3": "gone.jsonl.gz",
        "p#q.txt": "p#q.txt",
        "dir#2/c.csv#3": "dir#2/c.csv",
        "gone.txt": "gone.txt",
    }
    for source, file in {**there, **gone}.items():
        assert file_of(f"{tmp_path}/{source}") == f"{tmp_path}/{file}"
    assert file_of("nul\0#x" + "y" * 5000) == "nul\0#x" + "y" * 5000
